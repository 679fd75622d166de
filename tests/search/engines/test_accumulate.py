"""Score maps merged and ranked."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.engines.accumulate import Scores, evaluate, matches_of
from indexer.search.query import AllOf, AnyOf, Best, Term, Without

SCORES = st.dictionaries(st.integers(0, 40), st.sampled_from((0.0, 0.5, 1.0, 1.5)))


def scores_of(found: dict[int, float]) -> Scores:
    ordinals = sorted(found)
    return Scores(np.array(ordinals, np.int64), np.array([found[o] for o in ordinals], np.float64))


def as_map(scores: Scores) -> dict[int, float]:
    return dict(zip(scores.ordinals.tolist(), scores.values.tolist(), strict=True))


@given(scores=SCORES, limit=st.integers(-1, 45), within=st.none() | st.sets(st.integers(0, 50)))
def test_ranking_is_sorting_and_cutting(
    scores: dict[int, float], limit: int, within: set[int] | None
) -> None:
    bits = None if within is None else sum(1 << ordinal for ordinal in within)
    passing = [(o, score) for o, score in scores.items() if within is None or o in within]
    matches = matches_of(scores_of(scores), limit, bits)
    assert list(matches.ranked) == sorted(passing, key=lambda pair: (-pair[1], pair[0]))[: max(limit, 0)]
    assert matches.matching == sum(1 << ordinal for ordinal in scores)
    assert matches.total == len(passing)


def test_leaves_are_asked_for_in_order_and_their_maps_merged() -> None:
    maps = {"a": {1: 1.0, 2: 2.0}, "b": {2: 0.5, 3: 4.0}, "c": {}}
    a, b, c = Term("a"), Term("b"), Term("c")

    def scores(node: object) -> Scores:
        assert isinstance(node, Term)
        return scores_of(maps[node.token])

    assert as_map(evaluate(AnyOf((a, b, c)), scores)) == {1: 1.0, 2: 2.5, 3: 4.0}
    assert as_map(evaluate(Best((c, a, b)), scores)) == {1: 1.0, 2: 2.0, 3: 4.0}
    assert as_map(evaluate(AllOf((a, b)), scores)) == {2: 2.5}
    assert as_map(evaluate(AllOf((a, c)), scores)) == {}
    assert as_map(evaluate(Without(a, b), scores)) == {1: 1.0}
