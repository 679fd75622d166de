"""Copies are grouped whatever stands around them; texts that differ never are."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st

from indexer.duplicates import group_copies, likeness

WORDS = st.lists(
    st.sampled_from("neglect abuse infant audit plan school police health court review".split()), max_size=60
)
PHRASE = (
    "the board is asked to note the contents of this report and to agree the actions that are set out in it"
)


def grouped(passages: Iterable[tuple[int, str]]) -> dict[int, int]:
    return group_copies((ordinal, likeness(text)) for ordinal, text in passages)


def words(name: str, count: int) -> str:
    return " ".join(f"{name}{n}" for n in range(count))


@given(st.lists(WORDS, max_size=12), st.integers(0, 11))
def test_a_text_that_comes_twice_is_always_grouped(texts: list[list[str]], chosen: int) -> None:
    written = [" ".join(text) for text in texts]
    if texts and len(texts[chosen % len(texts)]) >= 8:
        first = chosen % len(texts)
        groups = grouped(enumerate([*written, written[first].upper() + "."]))
        assert groups[first] == groups[len(written)]


@given(st.lists(st.integers(8, 60), max_size=15))
def test_texts_without_a_word_in_common_are_never_grouped(sizes: list[int]) -> None:
    assert grouped((n, words(f"w{n}x", size)) for n, size in enumerate(sizes)) == {}


@given(st.lists(WORDS, max_size=15))
def test_a_group_is_named_after_its_first_member_and_has_two_at_least(texts: list[list[str]]) -> None:
    groups = grouped((10 * n, " ".join(text)) for n, text in enumerate(texts))
    members: dict[int, list[int]] = {}
    for ordinal, group in groups.items():
        members.setdefault(group, []).append(ordinal)
    assert all(group == min(found) and len(found) > 1 for group, found in members.items())


def test_a_copy_with_another_edge_is_a_copy() -> None:
    text = words("said", 60)
    assert grouped([(1, text), (2, words("other", 60)), (3, f"Page 4 {text} (end)")]) == {1: 1, 3: 1}


def test_a_quote_inside_a_long_passage_is_none() -> None:
    text = words("said", 20)
    assert grouped([(1, text), (2, f"{text} {words('more', 40)}")]) == {}


def test_short_texts_say_the_same_without_being_copies() -> None:
    assert grouped([(1, "The report was noted."), (2, "The report was noted.")]) == {}


def test_case_spacing_and_punctuation_make_no_difference() -> None:
    assert grouped([(5, PHRASE), (6, PHRASE.title().replace(" ", "\n") + "!")]) == {5: 5, 6: 5}


def test_a_turn_of_phrase_in_many_papers_is_still_a_copy_of_itself() -> None:
    longer = [(n, f"{PHRASE} {words(f'paper{n}x', 40)}") for n in range(60)]
    assert grouped([*longer, (60, PHRASE), (61, PHRASE)]) == {60: 60, 61: 60}
