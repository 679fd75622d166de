"""Bit sets there and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.bitsets import bits_of, ordinals_of

SETS = st.sets(st.integers(0, 3000))


@given(SETS)
def test_a_bit_set_holds_what_was_put_in_and_gives_it_back_in_order(ordinals: set[int]) -> None:
    assert bits_of(ordinals) == sum(1 << ordinal for ordinal in ordinals)
    assert ordinals_of(bits_of(ordinals)) == tuple(sorted(ordinals))


@given(SETS, SETS)
def test_set_algebra_is_integer_algebra(one: set[int], other: set[int]) -> None:
    assert bits_of(one) & bits_of(other) == bits_of(one & other)
    assert bits_of(one) | bits_of(other) == bits_of(one | other)
    assert bits_of(one).bit_count() == len(one)
