"""The closer ranking of an engine's best passages: what a reader would call to the point.

An engine adds up rare words, wherever in a passage they stand. Here the best few hundred are looked
at as wholes: whether a term of several words is there as a term, whether the question's ideas stand
together in a few lines, under which heading, what kind of statement it is. Engine-independent, so
that every engine gives the same page.

Each weight is a share of the best engine score for the question. docs/ranking.md has what each part
gives, measured on judged needs over real papers; none matters more than a little when it is halved
or doubled.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heapify, heappop, heappush
from itertools import chain

from indexer.model import StatementKind
from indexer.search.bitsets import bits_of
from indexer.search.matching import Met, Words, closeness, events_of, meet, together
from indexer.search.query import Node

CRUMB_WORDS = 20
"""A passage of fewer words says less than its words promise."""
MANY_IDEAS = 4
"""That two ideas stand in a few lines may be chance; that four of them do is not."""
MUCH_TOLD = 0.5
"""Passages on one subject share words; they say the same only beyond this share."""
SPREAD_OVER = 20
"""So many best passages are compared with: two pages of hits."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What each sign that a passage is to the point is worth; 0 switches it off."""

    whole: float = 0.3
    """All ideas are there as whole terms: "section 11", not a section and an 11."""
    whole_or_above: float = 0.7
    """The same, where the headings above may tell an idea."""
    together: float = 1.0
    """All ideas stand within a few lines; in full for MANY_IDEAS, less for fewer."""
    closeness: float = 0.2
    """They stand side by side."""
    section: float = 0.5
    """The passage's own heading speaks of them."""
    coverage: float = 0.3
    """All ideas are there, in passage or headings, whole terms or not."""
    kind: float = 0.25
    """It is the kind of statement that was asked for."""
    figures: float = 0.1
    """It holds figures, and figures were asked for."""
    year: float = 0.3
    """It stands in a paper of the year that the question names."""
    paper: float = 0.3
    """It stands in the kind of paper that the question names, or in one of the body's."""
    told_already: float = 0.5
    """What is left of the score of a passage all of whose words a better one has; 1 switches it off."""
    crumb: float = 0.4
    """The least share of its score that a crumb keeps: a stray heading or caption without its text."""


DEFAULT_WEIGHTS = Weights()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage that an engine found, with what the ranking looks at."""

    ordinal: int
    score: float
    text: Words
    heading: Words
    """The headings above it and what else governs it: a table's header, a list's lead-in."""
    title: Words
    """The heading right above it alone."""
    statement: StatementKind | None = None
    figures: int = 0
    """Words with a digit."""


@dataclass(frozen=True, slots=True)
class Wished:
    """What is to come first, as an index knows it: bit sets of the passages that the wish speaks of."""

    kind: StatementKind | None = None
    figures: bool = False
    years: int = 0
    """Passages of the years wished for."""
    papers: int = 0
    """Those in papers of the kinds wished for."""
    bodies: int = 0
    """Those of the bodies wished for."""


NOTHING_WISHED = Wished()


@dataclass(frozen=True, slots=True)
class Idea:
    """A part of the question's subject, and how much it tells: more where fewer passages hold it."""

    node: Node
    rarity: float


def rerank(
    candidates: Sequence[Candidate],
    ideas: Sequence[Idea],
    wish: Wished = NOTHING_WISHED,
    weights: Weights = DEFAULT_WEIGHTS,
) -> list[tuple[int, float]]:
    """(ordinal, score) of the candidates, best first, ties by ordinal."""
    best = max((candidate.score for candidate in candidates), default=0.0)
    look = _Look(ideas, weights)
    scored = [(c.ordinal, _score(c, look, wish, weights, best)) for c in candidates]
    return sorted(scored, key=lambda item: (-item[1], item[0]))


def spread(
    ranked: Sequence[tuple[int, float]],
    words: Mapping[int, Collection[str]],
    weights: Weights = DEFAULT_WEIGHTS,
) -> list[tuple[int, float]]:
    """The same passages, each put behind as far as a better one has said its words already: ten tables
    of one form say less than ten passages. ``words`` are each passage's.
    """
    said = _as_bits(words)
    waiting = [(-score, ordinal, 0) for ordinal, score in ranked]
    heapify(waiting)
    scores = dict(ranked)
    told: dict[int, float] = dict.fromkeys(scores, 0.0)
    taken: list[tuple[int, float]] = []
    while waiting:
        score, ordinal, seen = heappop(waiting)
        better = taken[seen:SPREAD_OVER]
        if better:
            most = max([_overlap(said[ordinal], said[other]) for other, _ in better])
            told[ordinal] = max(told[ordinal], most)
            kept = 1 - (1 - weights.told_already) * max(0.0, told[ordinal] - MUCH_TOLD) / (1 - MUCH_TOLD)
            heappush(waiting, (-scores[ordinal] * kept, ordinal, len(taken)))
        else:
            taken.append((ordinal, -score))
    return taken


def _as_bits(words: Mapping[int, Collection[str]]) -> dict[int, int]:
    """Each passage's words as a bit set, which is compared with another in a tenth of the time. Figures are
    left out: a table's rows say the same though their figures differ."""
    numbers: dict[str, int] = {}
    for word in chain.from_iterable(words.values()):
        if word not in numbers:
            numbers[word] = len(numbers) + 1 if word.isalpha() else 0
    # One bit is each passage's that has a figure: it is taken off again.
    return {ordinal: bits_of([numbers[word] for word in of]) & ~1 for ordinal, of in words.items()}


def _overlap(one: int, other: int) -> float:
    """How much of a passage's words another has; none of one without words."""
    return (one & other).bit_count() / one.bit_count() if one else 0.0


def _score(candidate: Candidate, look: _Look, wish: Wished, weights: Weights, best: float) -> float:
    """The engine's score, and what the passage as a whole adds to it."""
    score = candidate.score * _wished(candidate, wish, weights)
    if look.ideas:
        score += best * look.to_the_point(candidate)
    length = candidate.text.count / CRUMB_WORDS
    score *= _papers_wished(candidate.ordinal, wish, weights)
    return score * min(1.0, weights.crumb + (1 - weights.crumb) * length)


def _wished(candidate: Candidate, wish: Wished, weights: Weights) -> float:
    """What the engine's score is multiplied by for the form of statement."""
    factor = 1.0
    if wish.kind and candidate.statement == wish.kind:
        factor += weights.kind
    if wish.figures and candidate.figures >= 2:
        factor += weights.figures
    return factor


def _papers_wished(ordinal: int, wish: Wished, weights: Weights) -> float:
    """What all of a score is multiplied by for the paper: how well a passage answers says nothing of
    its year, and where papers of a year are wished for, those that answer come before others that do."""
    factor = 1.0
    if wish.years >> ordinal & 1:
        factor += weights.year
    if wish.papers >> ordinal & 1:
        factor += weights.paper
    if wish.bodies >> ordinal & 1:
        factor += weights.paper
    return factor


class _Look:
    """How far passages answer one question. Many stand under one heading, which is looked at once."""

    def __init__(self, ideas: Sequence[Idea], weights: Weights) -> None:
        self.ideas = ideas
        self._weights = weights
        self._nodes = [idea.node for idea in ideas]
        self._worths = [idea.rarity for idea in ideas]
        self._above = lru_cache(maxsize=None)(self._met)

    def to_the_point(self, candidate: Candidate) -> float:
        """How far a passage answers as a whole: 0 and up, a weight for each sign."""
        ideas, weights = self.ideas, self._weights
        here, above = self._met(candidate.text), self._above(candidate.heading)
        either = list(zip(here, above, strict=True))
        return (
            weights.whole * share_of(ideas, [met.whole for met in here])
            + weights.whole_or_above * share_of(ideas, [max(met.whole, top.whole) for met, top in either])
            + weights.section * share_of(ideas, [met.degree for met in self._above(candidate.title)])
            + weights.coverage * share_of(ideas, [max(met.degree, top.degree) for met, top in either]) ** 2
            + (self._near(here) if len(ideas) > 1 else 0.0)
        )

    def _met(self, words: Words) -> list[Met]:
        return [meet(node, words) for node in self._nodes]

    def _near(self, here: Sequence[Met]) -> float:
        """What it adds that the ideas stand near each other."""
        events = events_of(here)
        within = self._weights.together * _telling(len(here)) * together(events, self._worths)
        return within + self._weights.closeness * closeness(events)


def _telling(ideas: int) -> float:
    """How much it tells that so many ideas stand together: nothing of one, all of MANY_IDEAS."""
    return min(1.0, (ideas - 1) / (MANY_IDEAS - 1))


def share_of(ideas: Sequence[Idea], degrees: Sequence[float]) -> float:
    """How much of the question is met, from 0 to 1, each idea weighed by its rarity."""
    total = sum([idea.rarity for idea in ideas])
    return (
        sum([idea.rarity * met for idea, met in zip(ideas, degrees, strict=True)]) / total if total else 0.0
    )
