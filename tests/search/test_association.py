"""Counts of what stands together, judged as NLTK's measures judge them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.association import BigramAssocMeasures

from indexer.search.association import likelihood_ratio, pmi


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int, int, int]:
    """In how many places both stand, one, the other, and how many there are."""
    both, alone, apart, neither = (draw(st.integers(least, 5000)) for least in (1, 0, 0, 0))
    return both, both + alone, both + apart, both + alone + apart + neither


@given(counts())
def test_the_ratio_is_nltks(four: tuple[int, int, int, int]) -> None:
    both, one, other, total = four
    expected = BigramAssocMeasures.likelihood_ratio(both, (one, other), total)
    assert likelihood_ratio(both, one, other, total) == pytest.approx(expected, rel=1e-9, abs=1e-6)


@given(counts())
def test_the_mutual_information_is_nltks(four: tuple[int, int, int, int]) -> None:
    both, one, other, total = four
    expected = BigramAssocMeasures.pmi(both, (one, other), total)
    assert pmi(both, one, other, total) == pytest.approx(expected, abs=1e-9)


def test_what_always_stands_together_is_no_chance() -> None:
    assert likelihood_ratio(50, 50, 50, 1000) > 100 > likelihood_ratio(3, 50, 50, 1000)
