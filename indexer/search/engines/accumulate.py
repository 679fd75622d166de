"""Term at a time: the query tree over whole score maps, for engines that hand out posting lists.

A score map is two arrays side by side, ordinals and their scores. Each leaf of the tree becomes one, and
the inner nodes merge them over an array with a place for each ordinal; so the work is a few
machine operations a posting, and every match is known, exactly.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from indexer.search.contract import Matches
from indexer.search.query import (
    AllOf,
    Among,
    AnyOf,
    Best,
    Everything,
    Node,
    OneOf,
    Phrase,
    Prefix,
    Term,
    Without,
)

Numbers = NDArray[np.int64]
Values = NDArray[np.float64]


class Scores(NamedTuple):
    """Passages and what each scores, side by side; not to be changed, for they are kept and shared."""

    ordinals: Numbers
    """Ascending."""
    values: Values
    """0 or more."""


Leaf = Term | Phrase | Prefix | OneOf | Everything | Among


def evaluate(node: Node, leaf_scores: Callable[[Leaf], Scores]) -> Scores:
    """The score of each passage that the tree matches; ``leaf_scores`` gives a leaf's."""
    match node:
        case AnyOf(children=children):
            return _added(_each(children, leaf_scores), at_least=1)
        case AllOf(children=children):
            return _added(_each(children, leaf_scores), at_least=len(children))
        case Best(children=children):
            return _highest(_each(children, leaf_scores))
        case Without(wanted=wanted, unwanted=unwanted):
            removed, found = evaluate(unwanted, leaf_scores), evaluate(wanted, leaf_scores)
            kept = ~np.isin(found.ordinals, removed.ordinals)
            return Scores(found.ordinals[kept], found.values[kept])
        case Term() | Phrase() | Prefix() | OneOf() | Everything() | Among():
            return leaf_scores(node)


def matches_of(scores: Scores, limit: int, within: int | None) -> Matches:
    """The best ``limit`` of the scored passages that are ``within``, ties by ordinal, and all that match."""
    ordinals, values = scores
    matching = _bits_of(ordinals)
    if within is not None:
        passing = _flags_of(within, _room(ordinals))[ordinals]
        ordinals, values = ordinals[passing], values[passing]
    return Matches(_ranked(ordinals, values, limit), matching, len(ordinals))


def _each(children: tuple[Node, ...], leaf_scores: Callable[[Leaf], Scores]) -> list[Scores]:
    return [evaluate(child, leaf_scores) for child in children]


def _added(maps: Sequence[Scores], at_least: int) -> Scores:
    """The scores added up, of the passages that stand in ``at_least`` so many of the maps."""
    if len(maps) == 1:
        return maps[0]
    room = max((_room(scores.ordinals) for scores in maps), default=0)
    total, times = np.zeros(room), np.zeros(room, np.int64)
    for ordinals, values in maps:
        total[ordinals] += values
        times[ordinals] += 1
    found = np.flatnonzero(times >= max(1, at_least))
    return Scores(found, total[found])


def _highest(maps: Sequence[Scores]) -> Scores:
    if len(maps) == 1:
        return maps[0]
    highest = np.full(max((_room(scores.ordinals) for scores in maps), default=0), -1.0)
    for ordinals, values in maps:
        highest[ordinals] = np.maximum(highest[ordinals], values)
    found = np.flatnonzero(highest >= 0)
    return Scores(found, highest[found])


def _room(ordinals: Numbers) -> int:
    """The places that an array needs which has one for each ordinal up to the last."""
    return int(ordinals[-1]) + 1 if len(ordinals) else 0


def _bits_of(ordinals: Numbers) -> int:
    flags = np.zeros(_room(ordinals), np.uint8)
    flags[ordinals] = 1
    return int.from_bytes(np.packbits(flags, bitorder="little").tobytes(), "little")


def _flags_of(bits: int, room: int) -> NDArray[np.bool_]:
    """Whether each ordinal up to ``room`` is in a bit set."""
    length = (room + 7) // 8
    cut = bits & ((1 << 8 * length) - 1)
    packed = np.frombuffer(cut.to_bytes(length, "little"), np.uint8)
    return np.unpackbits(packed, bitorder="little").astype(np.bool_)


def _ranked(ordinals: Numbers, values: Values, limit: int) -> tuple[tuple[int, float], ...]:
    limit = max(limit, 0)
    if 0 < limit < len(values):
        # Sorting only what can be shown is several times faster than sorting all.
        lowest = np.partition(values, -limit)[-limit]
        ordinals, values = ordinals[values >= lowest], values[values >= lowest]
    order = np.lexsort((ordinals, -values))[:limit]
    return tuple(zip(ordinals[order].tolist(), values[order].tolist(), strict=True))
