"""The extracted answer: the sentences that answer, as they stand in the papers.

No sentence is written here. A sentence is chosen for the ideas of the question that it holds itself
or stands under, weighed by how rare they are, and for the rank of its passage.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.search.analysis import analyse
from indexer.search.matching import Tokens, degree, highlight, holding, meet
from indexer.search.query import Node, Query
from indexer.search.ranking import Idea
from indexer.search.results import Quote, Source
from indexer.search.wishes import Wish

MOST_PER_PASSAGE = 2
"""An answer is spread over papers rather than taken from one paragraph."""
_LEAST_WORDS = 6
_MOST_WORDS = 90
_LEAST_SHARE = 0.6
"""A sentence that is worth less than this share of the best one only mentions the words."""
_HEADING = 0.6
"""An idea that stands in the heading alone counts so much: the sentence need not repeat it."""
_LOOSE = 0.8
"""A term whose words stand apart counts so much of one that stands as a whole."""
_WISH = 1.35
_RANKED = 0.8
"""How much of a sentence's worth the score of its passage decides."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A passage that was found, with its score."""

    source: Source
    score: float
    tokens: Tokens
    """Of the passage's text."""
    sentences: tuple[tuple[int, int], ...]
    """The (start, end) slices of its sentences."""


@dataclass(frozen=True, slots=True)
class _Scored:
    """A sentence that may answer."""

    value: float
    order: int
    ranked: Ranked
    span: tuple[int, int]
    tokens: Tokens

    @property
    def text(self) -> str:
        """The sentence as it stands."""
        return self.ranked.source.passage.text[slice(*self.span)]

    def quoted(self, query: Query) -> Quote:
        """The sentence with the question's words in it marked."""
        start, _ = self.span
        marks = tuple((a - start, b - start) for a, b in highlight(query.tree, self.tokens))
        return Quote(self.text, self.span, marks, self.ranked.source)


def choose_quotes(found: Sequence[Ranked], query: Query, ideas: Sequence[Idea], wish: Wish) -> list[Quote]:
    """The sentences of what was ``found`` (best first) that answer, best first."""
    best = max((one.score for one in found), default=0.0) or 1.0
    scored: list[_Scored] = []
    for rank, one in enumerate(found):
        worth = 1 - _RANKED + _RANKED * one.score / best
        scored.extend(_best_of(one, rank, worth, ideas, wish))
    scored.sort(key=lambda one: (-one.value, one.order))
    if not scored:
        return []
    least = scored[0].value * _LEAST_SHARE
    return [one.quoted(query) for one in _distinct([one for one in scored if one.value >= least])]


def _best_of(ranked: Ranked, rank: int, worth: float, ideas: Sequence[Idea], wish: Wish) -> list[_Scored]:
    source = ranked.source
    heading = Tokens(analyse(" ".join(source.section.path) if source.section else ""))
    above = [_HEADING * degree(idea.node, heading) for idea in ideas]
    places = [place for idea in ideas for place in meet(idea.node, ranked.tokens).places]
    found = []
    for start, end in holding(ranked.sentences, ranked.tokens.slices(places)):
        text = source.passage.text[start:end]
        tokens = ranked.tokens.between(start, end)
        if not _LEAST_WORDS <= len(tokens.tokens) <= _MOST_WORDS or text.rstrip().endswith(":"):
            continue
        value = worth * _value(tokens, above, ideas)
        if wish.kind and source.passage.statement == wish.kind:
            value *= _WISH
        if wish.figures and any(c.isdigit() for c in text):
            value *= _WISH
        if value > 0:
            found.append(_Scored(value, rank * 1000 + start, ranked, (start, end), tokens))
    return sorted(found, key=lambda one: -one.value)[:MOST_PER_PASSAGE]


def _value(tokens: Tokens, above: Sequence[float], ideas: Sequence[Idea]) -> float:
    """How much of the question the sentence meets, ``above`` being what each idea counts that stands in its
    headings; nothing where it holds no idea itself."""
    own = [_held(idea.node, tokens) for idea in ideas]
    if not any(own):
        return 0.0
    held = sum(idea.rarity * max(share, top) for idea, share, top in zip(ideas, own, above, strict=True))
    # Two ideas together are worth more than one of them twice as rare.
    return held * math.sqrt(sum(own))


def _held(node: Node, tokens: Tokens) -> float:
    """How far the sentence holds an idea, its words as a whole term or loose."""
    met = meet(node, tokens)
    return max(met.whole, _LOOSE * met.degree)


def _distinct(scored: Sequence[_Scored]) -> list[_Scored]:
    """Each sentence once, however it is set."""
    first: dict[str, _Scored] = {}
    for one in scored:
        first.setdefault(" ".join(one.text.casefold().split()), one)
    return list(first.values())
