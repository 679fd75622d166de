"""Where tokens stand in the documents of an index's segment, as arrays; and where phrases do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from indexer.search.engines.accumulate import Numbers, Values

_DOCUMENT = 2**32
"""A place is its document's number times this, and its position: so places ascend through documents."""


class Frequencies(NamedTuple):
    """How often something stands in documents: their numbers, ascending, and counts, side by side."""

    docs: Numbers
    counts: Values


class Postings(NamedTuple):
    """Where a token stands in documents: their numbers, ascending, and how often, side by side."""

    docs: Numbers
    counts: Values
    positions: Numbers
    """Document after document, ascending in each."""


NO_FREQUENCIES = Frequencies(np.empty(0, np.int64), np.empty(0, np.float64))
NO_POSTINGS = Postings(*NO_FREQUENCIES, np.empty(0, np.int64))


def phrase_frequencies(tokens: Sequence[Postings], slop: int) -> Frequencies:
    """At how many positions of each document a match of the phrase begins, where any does.

    A match takes, from where it begins, the nearest next position for every token: any other choice
    would drift at least as far.
    """
    if not tokens:
        return NO_FREQUENCIES
    first, *others = map(_places, tokens)
    starts = at = np.unique(first)
    for following in others:
        index = np.searchsorted(following, at, side="right")
        is_there = index < len(following)
        starts, at = starts[is_there], following[index[is_there]]
        is_same = starts // _DOCUMENT == at // _DOCUMENT
        starts, at = starts[is_same], at[is_same]
    near = starts[at - starts <= len(others) + slop]
    docs, counts = np.unique(near // _DOCUMENT, return_counts=True)
    return Frequencies(docs, counts.astype(np.float64))


def _places(postings: Postings) -> Numbers:
    docs = np.repeat(postings.docs, postings.counts.astype(np.int64))
    places: Numbers = docs * _DOCUMENT + postings.positions
    return places
