"""A snippet is whole sentences of the passage, the ones that answer among them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.analysis import analyse
from indexer.search.matching import Tokens
from indexer.search.query import Node, Term
from indexer.search.snippets import ROOM_WORDS, choose_snippet
from indexer.sentences import split_sentences

SENTENCES = st.lists(
    st.sampled_from(
        ["Neglect was seen.", "The audit was long.", "It was " + "very " * 70 + "long.", "- an item", "\n"]
    ),
    max_size=10,
).map(" ".join)
IDEAS = st.lists(st.sampled_from(["neglect", "audit", "absent"]).map(Term), max_size=3)


def shown(text: str, ideas: list[Node]) -> tuple[int, int]:
    return choose_snippet(text, split_sentences(text), Tokens(analyse(text)), ideas)


def snippet(text: str, *ideas: str) -> str:
    start, end = shown(text, [Term(idea) for idea in ideas])
    return text[start:end]


@given(st.one_of(SENTENCES, st.text()), IDEAS)
def test_a_snippet_is_whole_sentences_with_little_more_than_there_is_room_for(
    text: str, ideas: list[Node]
) -> None:
    start, end = shown(text, ideas)
    assert 0 <= start <= end <= len(text)
    sentences = split_sentences(text)
    if sentences:
        assert start in {a for a, _ in sentences} and end in {b for _, b in sentences}
        assert len(text[start:end].split()) <= ROOM_WORDS or (start, end) in sentences


def test_the_sentence_that_holds_most_ideas_is_in_it() -> None:
    filler = " ".join(
        f"Sentence {n} says something else that is of no interest to anyone here." for n in range(9)
    )
    assert "An audit of neglect." in snippet(
        f"Neglect was seen. {filler} An audit of neglect. {filler}", "neglect", "audit"
    )


def test_the_first_of_equals_is_chosen() -> None:
    long = "word " * (ROOM_WORDS - 3)
    assert snippet(f"Neglect one {long}. Neglect two {long}.", "neglect").startswith("Neglect one")


def test_a_short_passage_is_shown_whole() -> None:
    assert snippet("Neglect was seen. Nobody acted.", "acted") == "Neglect was seen. Nobody acted."


def test_no_words_no_snippet() -> None:
    assert shown("", []) == (0, 0)
