"""Score maps merged, ranked, and phrases counted."""

from __future__ import annotations

from itertools import pairwise, product

from hypothesis import given
from hypothesis import strategies as st

from indexer.search.engines.accumulate import evaluate, matches_of, phrase_frequency
from indexer.search.query import AllOf, AnyOf, Best, Term, Without

SCORES = st.dictionaries(st.integers(0, 40), st.sampled_from((0.0, 0.5, 1.0, 1.5)))
POSITIONS = st.lists(st.lists(st.integers(0, 12), max_size=6).map(sorted), min_size=1, max_size=4)


@given(scores=SCORES, limit=st.integers(-1, 45), within=st.none() | st.sets(st.integers(0, 50)))
def test_ranking_is_sorting_and_cutting(
    scores: dict[int, float], limit: int, within: set[int] | None
) -> None:
    bits = None if within is None else sum(1 << ordinal for ordinal in within)
    passing = [(o, score) for o, score in scores.items() if within is None or o in within]
    matches = matches_of(scores, limit, bits)
    assert list(matches.ranked) == sorted(passing, key=lambda pair: (-pair[1], pair[0]))[: max(limit, 0)]
    assert matches.matching == sum(1 << ordinal for ordinal in scores)
    assert matches.total == len(passing)


@given(positions=POSITIONS, slop=st.integers(0, 5))
def test_a_phrase_begins_wherever_some_ascending_choice_drifts_little_enough(
    positions: list[list[int]], slop: int
) -> None:
    starts = {
        choice[0]
        for choice in product(*positions)
        if all(a < b for a, b in pairwise(choice)) and choice[-1] - choice[0] - (len(choice) - 1) <= slop
    }
    assert phrase_frequency(positions, slop) == len(starts)


def test_leaves_are_asked_for_in_order_and_their_maps_merged() -> None:
    maps = {"a": {1: 1.0, 2: 2.0}, "b": {2: 0.5, 3: 4.0}, "c": {}}
    a, b, c = Term("a"), Term("b"), Term("c")

    def scores(node: object) -> dict[int, float]:
        assert isinstance(node, Term)
        return dict(maps[node.token])

    assert evaluate(AnyOf((a, b, c)), scores) == {1: 1.0, 2: 2.5, 3: 4.0}
    assert evaluate(Best((c, a, b)), scores) == {1: 1.0, 2: 2.0, 3: 4.0}
    assert evaluate(AllOf((a, b)), scores) == {2: 2.5}
    assert evaluate(AllOf((a, c)), scores) == {}
    assert evaluate(Without(a, b), scores) == {1: 1.0}
