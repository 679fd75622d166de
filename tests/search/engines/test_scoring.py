"""What the scorer keeps in memory."""

from __future__ import annotations

from array import array

from indexer.search.engines.scoring import ScoreCache
from indexer.search.query import Prefix, Term


def scored(postings: int) -> tuple[array[int], array[float]]:
    return array("q", range(postings)), array("d", [1.0] * postings)


def test_what_was_not_used_for_longest_goes_first() -> None:
    cache = ScoreCache(30)
    for name in "abc":
        cache.put(Term(name), scored(9))
    assert cache.get(Term("a")) is not None
    cache.put(Term("d"), scored(9))
    assert cache.get(Term("b")) is None
    assert [cache.get(Term(name)) is not None for name in "acd"] == [True, True, True]


def test_what_is_larger_than_all_the_room_is_not_kept() -> None:
    cache = ScoreCache(5)
    cache.put(Term("a"), scored(6))
    assert cache.get(Term("a")) is None
    cache.put(Term("b"), scored(3))
    assert cache.get(Term("b")) is not None


def test_words_that_stand_nowhere_take_room_too() -> None:
    cache = ScoreCache(3)
    for name in "abcd":
        cache.put(Term(name), scored(0))
    assert [cache.get(Term(name)) is None for name in "abcd"] == [True, False, False, False]


def test_a_term_and_a_prefix_of_one_spelling_are_two() -> None:
    cache = ScoreCache(10)
    cache.put(Term("a"), scored(1))
    assert cache.get(Prefix("a")) is None
