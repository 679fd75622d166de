"""Words meet however they are spelled, cut or encoded, and a token never loses its place in the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.analysis import STOP_WORDS, analyse, is_stop_word, normalise, pack, stem, unpack, words

TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(
            ["co", "-", "\n", "sleep", " ", "’s", "<b>", "1,190", "\u00ad", "А", "ﬁ", "a.b", "20%", "ʼ"]
        )
    ).map("".join),
)


def tokens(text: str) -> set[str]:
    return {token.text for token in analyse(text)}


@given(TEXTS)
def test_tokens_are_slices_of_the_source_in_order(text: str) -> None:
    found = analyse(text)
    slices = set(words(text))
    for token in found:
        assert 0 <= token.start < token.end <= len(text)
        assert token.text
        assert text[token.start : token.end].strip() == text[token.start : token.end]
        assert (token.start, token.end) in slices or any(token.start == start for start, _ in slices)
    assert [t.position for t in found] == sorted(t.position for t in found)
    assert [t.end for t in found] == sorted(t.end for t in found)


@given(TEXTS)
def test_each_position_has_one_word_and_its_joined_spellings(text: str) -> None:
    slices = words(text)
    for token in analyse(text):
        start, end = slices[token.position]
        assert token.end == end and token.start <= start


@given(st.text(st.characters(codec="ascii")))
def test_case_makes_no_difference(text: str) -> None:
    assert [t.text for t in analyse(text.upper())] == [t.text for t in analyse(text.lower())]


@given(st.text(st.characters(codec="utf-8")))
def test_a_normal_spelling_stays_as_it_is(word: str) -> None:
    assert normalise(normalise(word)) == normalise(word) or "'" in normalise(word) or len(word) > 1


@pytest.mark.parametrize(
    "spelling",
    [
        "co-sleeping",
        "cosleeping",
        "Co-Sleeping",
        "co‐sleeping",
        "co-\nsleeping",
        "co\u00adsleeping",
        "cosleep-\ning",
        "со-sleeping",  # Cyrillic с and о
        "COSLEEPING",
    ],
)
def test_the_ways_to_write_co_sleeping_meet(spelling: str) -> None:
    assert "cosleep" in tokens(f"risks of {spelling} were known")


def test_a_joined_spelling_covers_its_pieces_and_shares_the_last_ones_position() -> None:
    co, sleep, joined, _ = analyse("co-sleeping risk")
    assert (joined.start, joined.end, joined.position) == (co.start, sleep.end, sleep.position)


def test_three_pieces_join_step_by_step() -> None:
    assert tokens("mother-in-law") == {"mother", "in", "law", "motherin", "motherinlaw"}


@pytest.mark.parametrize(
    "text", ["co - sleeping", "co- sleeping", "co – sleeping", "2012-13", "co--sleeping", "a-1"]
)
def test_what_is_not_one_word_is_not_joined(text: str) -> None:
    assert len(tokens(text)) == 2


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("children’s", "children's"),
        ("children’s", "children"),
        ("ﬁndings", "findings"),
        ("Ѕаfеguаrdіng", "Safeguarding"),  # Cyrillic look-alikes
        ("ΑUDIT", "audit"),  # a Greek capital
        ("naïve", "naive"),
        ("１２", "12"),
        ("1,190", "1190"),
        ("recommendations", "recommended"),
        ("SAFEGUARDING", "safeguard"),
    ],
)
def test_spellings_that_meet(one: str, other: str) -> None:
    assert tokens(one) == tokens(other)


def test_markup_is_no_word_and_a_comparison_is_no_markup() -> None:
    assert tokens("<strong>Neglect</strong> of <br/>x") == {"neglect", "of", "x"}
    assert tokens("a < b and c > d") == {"a", "b", "and", "c", "d"}


def test_a_letter_that_only_modifies_another_is_no_token_and_leaves_a_gap() -> None:
    assert [(t.text, t.position) for t in analyse("neglect ʼ audit")] == [("neglect", 0), ("audit", 2)]


@given(TEXTS)
def test_tokens_are_packed_without_loss_but_their_slices(text: str) -> None:
    tokens = analyse(text)
    assert unpack(pack(tokens)) == tuple((token.text, token.position) for token in tokens)


def test_no_text_no_tokens() -> None:
    assert analyse("") == () == analyse(" \n—…!?\x00")


def test_stop_words_are_known_as_typed_and_as_written() -> None:
    assert all(is_stop_word(word) and is_stop_word(word.upper()) for word in STOP_WORDS)
    assert not any(is_stop_word(word) for word in ("neglect", "Board", "child", "risk", "harm"))


@given(st.text(st.characters(codec="ascii", categories=["Ll"]), min_size=1, max_size=15))
def test_a_stem_is_no_longer_than_one_letter_more(word: str) -> None:
    assert 1 <= len(stem(word)) <= len(word) + 1


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [
        ("the familyâ€™s views", "the family's views"),
        ("they werenâ€™t heard", "they weren't heard"),
        ("the cafÃ© â€“ a play", "the café – a play"),
        ("itâ€˜s costs of Â£1,200", "it's costs of £1,200"),
    ],
)
def test_words_of_utf_8_taken_for_another_encoding_are_found(damaged: str, meant: str) -> None:
    assert tokens(damaged) == tokens(meant)
