"""Term at a time: the query tree over whole score maps, for engines that hand out posting lists.

A score map is a dict from ordinal to score. Each leaf of the tree becomes one, and the inner nodes
merge them; so the work is a few dict operations a posting, and every match is known, exactly.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from functools import reduce
from heapq import nlargest

from indexer.search.bitsets import bits_of, ordinals_of
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

Scores = dict[int, float]
Leaf = Term | Phrase | Prefix | OneOf | Everything | Among


def evaluate(node: Node, leaf_scores: Callable[[Leaf], Scores]) -> Scores:
    """The score of each passage that the tree matches; ``leaf_scores`` gives a fresh map for a leaf."""
    match node:
        case AnyOf(children=children):
            return reduce(_add, _each(children, leaf_scores), {})
        case Best(children=children):
            return reduce(_highest, _each(children, leaf_scores), {})
        case AllOf(children=children):
            return _add_where_all(_each(children, leaf_scores))
        case Without(wanted=wanted, unwanted=unwanted):
            removed = evaluate(unwanted, leaf_scores)
            return {o: score for o, score in evaluate(wanted, leaf_scores).items() if o not in removed}
        case Term() | Phrase() | Prefix() | OneOf() | Everything() | Among():
            return leaf_scores(node)


def matches_of(scores: Scores, limit: int, within: int | None) -> Matches:
    """The best ``limit`` of the scored passages that are ``within``, ties by ordinal, and all that match."""
    matching = bits_of(scores)
    passing = scores
    if within is not None:
        allowed = matching & within
        passing = {ordinal: scores[ordinal] for ordinal in ordinals_of(allowed)}
    return Matches(_ranked(passing, limit), matching, len(passing))


def phrase_frequency(positions: Sequence[Sequence[int]], slop: int) -> int:
    """At how many positions a match of the phrase begins; ``positions`` of each of its tokens, ascending.

    A match takes, from where it begins, the nearest next position for every token: any other choice
    would drift at least as far.
    """
    furthest = len(positions) - 1 + slop
    count = 0
    for start in dict.fromkeys(positions[0]):
        at = start
        for following in positions[1:]:
            index = bisect_right(following, at)
            if index == len(following):
                # Later starts have even less after them.
                return count
            at = following[index]
        count += at - start <= furthest
    return count


def _each(children: tuple[Node, ...], leaf_scores: Callable[[Leaf], Scores]) -> list[Scores]:
    return [evaluate(child, leaf_scores) for child in children]


def _add(total: Scores, scores: Scores) -> Scores:
    if not total:
        return scores
    known = total.get
    for ordinal, score in scores.items():
        total[ordinal] = known(ordinal, 0.0) + score
    return total


def _highest(highest: Scores, scores: Scores) -> Scores:
    if not highest:
        return scores
    known = highest.get
    for ordinal, score in scores.items():
        if score > known(ordinal, -1.0):
            highest[ordinal] = score
    return highest


def _add_where_all(maps: list[Scores]) -> Scores:
    if not maps:
        return {}
    shortest = min(maps, key=len)
    common = [ordinal for ordinal in shortest if all(ordinal in scores for scores in maps)]
    return {ordinal: sum(scores[ordinal] for scores in maps) for ordinal in common}


def _ranked(scores: Scores, limit: int) -> tuple[tuple[int, float], ...]:
    if 0 < limit < len(scores):
        # Sorting only what can be shown is several times faster than sorting all.
        lowest = nlargest(limit, scores.values())[-1]
        scores = {ordinal: score for ordinal, score in scores.items() if score >= lowest}
    ranked = sorted(scores.items(), key=lambda found: (-found[1], found[0]))
    return tuple(ranked[: max(limit, 0)])
