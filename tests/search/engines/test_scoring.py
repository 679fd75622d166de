"""What the scorer keeps in memory."""

from __future__ import annotations

from indexer.search.engines.accumulate import Leaf
from indexer.search.engines.scoring import PostingCache
from indexer.search.query import Prefix, Term


def cache_of(most: int) -> PostingCache[Leaf, str]:
    return PostingCache(most)


def test_what_was_not_used_for_longest_goes_first() -> None:
    cache = cache_of(30)
    for name in "abc":
        cache.put(Term(name), "x", 9)
    assert cache.get(Term("a")) is not None
    cache.put(Term("d"), "x", 9)
    assert cache.get(Term("b")) is None
    assert [cache.get(Term(name)) is not None for name in "acd"] == [True, True, True]


def test_what_is_larger_than_all_the_room_is_not_kept() -> None:
    cache = cache_of(5)
    cache.put(Term("a"), "x", 6)
    assert cache.get(Term("a")) is None
    cache.put(Term("b"), "x", 3)
    assert cache.get(Term("b")) is not None


def test_words_that_stand_nowhere_take_room_too() -> None:
    cache = cache_of(3)
    for name in "abcd":
        cache.put(Term(name), "x", 0)
    assert [cache.get(Term(name)) is None for name in "abcd"] == [True, False, False, False]


def test_a_term_and_a_prefix_of_one_spelling_are_two() -> None:
    cache = cache_of(10)
    cache.put(Term("a"), "x", 1)
    assert cache.get(Prefix("a")) is None
