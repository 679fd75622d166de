"""How far two things stand together beyond chance, from counts: what phrases and related terms are
judged by. Asked for some ten thousand pairs in a build, which is why the sums are written out."""

from __future__ import annotations

from math import log, log2

_SMALL = 1e-20
"""Added where a count of nothing would be divided by or its logarithm taken."""


def pmi(both: int, one: int, other: int, total: int) -> float:
    """Pointwise mutual information, in bits, of two words (Manning and Schütze 1999, section 5.4)."""
    return log2(both * total) - log2(one * other)


def likelihood_ratio(both: int, one: int, other: int, total: int) -> float:
    """Dunning's log-likelihood ratio (1993, "Accurate Methods for the Statistics of Surprise and
    Coincidence"): of ``total`` places, ``one`` and ``other`` are where either stands, ``both`` where they
    stand together."""
    alone, apart = one - both, other - both
    neither = total - one - apart
    return 2 * (
        _surprise(both, one * other / total)
        + _surprise(apart, other * (total - one) / total)
        + _surprise(alone, one * (total - other) / total)
        + _surprise(neither, (total - one) * (total - other) / total)
    )


def _surprise(observed: int, expected: float) -> float:
    return observed * log(observed / (expected + _SMALL) + _SMALL)
