"""The formula, against numbers worked out by hand and what it must always do."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.engines.bm25 import inverse_document_frequency, length_penalty, saturation

COUNTS = st.integers(0, 10_000)


def test_worked_examples() -> None:
    assert inverse_document_frequency(1, 3) == pytest.approx(math.log(8 / 3))
    assert length_penalty(10, 10.0) == pytest.approx(1.2)
    assert length_penalty(20, 10.0) == pytest.approx(1.2 * 1.75)
    assert saturation(1, 1.2) == pytest.approx(1 / 2.2)
    assert saturation(3, 1.2) == pytest.approx(3 / 4.2)


@given(passages=st.integers(1, 10_000), having=COUNTS)
def test_idf_is_above_zero_and_falls_as_a_token_spreads(passages: int, having: int) -> None:
    having = min(having, passages - 1)
    rarer, commoner = (inverse_document_frequency(n, passages) for n in (having, having + 1))
    assert rarer > commoner > 0


@given(occurrences=st.integers(1, 1000), length=COUNTS, mean=st.floats(0.5, 500))
def test_more_occurrences_help_less_and_less_and_length_never_does(
    occurrences: int, length: int, mean: float
) -> None:
    penalty = length_penalty(length, mean)
    once, twice, thrice = (saturation(occurrences * n, penalty) for n in (1, 2, 3))
    assert 0 < once < twice < thrice < 1
    assert twice - once > thrice - twice
    assert saturation(occurrences, length_penalty(length + 1, mean)) < once
