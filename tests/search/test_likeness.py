"""What a passage is about: rare words that come again, and none of those of every report."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.likeness import MOST_WORDS, share, telling_words, tree_of
from indexer.search.query import AnyOf, Term

HELD = {
    "neglect": 40,
    "hammock": 3,
    "sling": 3,
    "sofa": 2,
    "protocol": 60,
    "safe": 300,
    "onli": 1,
    "the": 900,
}


def frequency(token: str) -> int:
    return HELD.get(token, 0)


def words(text: str, heading: str = "") -> list[str]:
    return list(telling_words(text, heading, frequency, 1000))


def test_rare_words_come_first_and_routine_words_not_at_all() -> None:
    assert words("The neglect protocol on hammocks in 2014 was completed.") == [
        "hammock",
        "neglect",
        "protocol",
    ]


def test_a_word_that_comes_again_tells_more() -> None:
    assert words("sling hammock hammock") == ["hammock", "sling"]


def test_words_that_find_nothing_or_everything_are_left_out() -> None:
    assert words("only safe") == []


def test_the_heading_counts_for_less() -> None:
    weights = telling_words("sling", "hammock", frequency, 1000)
    assert weights["sling"] > weights["hammock"] > 0


def test_the_query_weighs_words_against_the_most_telling() -> None:
    tree = tree_of({"hammock": 4.0, "neglect": 2.0})
    assert tree == AnyOf((Term("hammock", 1.0), Term("neglect", 0.5)))


def test_the_share_is_of_what_it_is_about() -> None:
    weights = {"hammock": 3.0, "neglect": 1.0}
    assert share(weights, {"hammock", "zebra"}) == 0.75
    assert share({}, {"hammock"}) == 0.0


@given(st.text(max_size=200), st.integers(2, 50))
def test_any_text_has_few_telling_words(text: str, held: int) -> None:
    weights = telling_words(text, text, lambda _: held, 1000)
    assert len(weights) <= MOST_WORDS and all(weight > 0 for weight in weights.values())
    assert list(weights.values()) == sorted(weights.values(), reverse=True)


@pytest.mark.parametrize("text", ["", " ", "2012 2013", "the of and"])
def test_what_says_nothing_has_none(text: str) -> None:
    assert words(text) == []
