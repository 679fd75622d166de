"""Phrases are counted where they stand, document by document."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.engines.postings import NO_POSTINGS, Postings, phrase_frequencies

PLACES = st.dictionaries(
    st.integers(0, 3), st.sets(st.integers(0, 12), min_size=1, max_size=6).map(sorted), max_size=4
)
"""Where a token stands: document to positions."""


def postings(places: dict[int, list[int]]) -> Postings:
    docs = sorted(places)
    counts = [len(places[doc]) for doc in docs]
    positions = [position for doc in docs for position in places[doc]]
    return Postings(np.array(docs, np.int64), np.array(counts, np.float64), np.array(positions, np.int64))


def starts(tokens: list[list[int]], slop: int) -> set[int]:
    """Where some ascending choice of positions, one of each token, drifts little enough."""
    return {
        choice[0]
        for choice in product(*tokens)
        if all(a < b for a, b in pairwise(choice)) and choice[-1] - choice[0] - (len(choice) - 1) <= slop
    }


@given(st.lists(PLACES, min_size=1, max_size=4), st.integers(0, 5))
def test_a_phrase_begins_wherever_some_ascending_choice_drifts_little_enough(
    tokens: list[dict[int, list[int]]], slop: int
) -> None:
    expected = {doc: len(starts([of.get(doc, []) for of in tokens], slop)) for doc in range(4)}
    found = phrase_frequencies([postings(of) for of in tokens], slop)
    counted = dict(zip(found.docs.tolist(), found.counts.tolist(), strict=True))
    assert counted == {doc: count for doc, count in expected.items() if count}
    assert sorted(counted) == found.docs.tolist()


def test_no_tokens_stand_nowhere() -> None:
    assert len(phrase_frequencies([], 0).docs) == 0
    assert len(phrase_frequencies([NO_POSTINGS], 0).docs) == 0
