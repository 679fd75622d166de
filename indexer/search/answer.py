"""The extracted answer: the sentences that answer, as they stand in the papers.

No sentence is written here. A sentence is chosen for the ideas of the question that it holds itself
or stands under, weighed by how rare they are, and for the rank of its passage.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.search.analysis import analyse
from indexer.search.matching import Tokens, degree, highlight
from indexer.search.query import Query
from indexer.search.ranking import Idea
from indexer.search.results import Quote, Source
from indexer.search.wishes import Wish
from indexer.sentences import split_sentences

MOST_PER_PASSAGE = 2
"""An answer is spread over papers rather than taken from one paragraph."""
_LEAST_WORDS = 6
_MOST_WORDS = 90
_LEAST_SHARE = 0.55
"""A sentence that is worth less than this share of the best one only mentions the words."""
_HEADING = 0.4
"""An idea that stands in the heading alone counts so much: the sentence need not repeat it."""
_WISH = 1.35
_RANK = 0.06
"""Each rank further down takes so much off."""


@dataclass(frozen=True, slots=True)
class _Scored:
    value: float
    order: int
    quote: Quote
    folded: str


def choose_quotes(sources: Sequence[Source], query: Query, ideas: Sequence[Idea], wish: Wish) -> list[Quote]:
    """The sentences of ``sources`` (best first) that answer, best first."""
    scored: list[_Scored] = []
    for rank, source in enumerate(sources):
        scored.extend(_best_of(source, rank, query, ideas, wish))
    scored.sort(key=lambda one: (-one.value, one.order))
    if not scored:
        return []
    least = scored[0].value * _LEAST_SHARE
    return _distinct([one for one in scored if one.value >= least])


def _best_of(source: Source, rank: int, query: Query, ideas: Sequence[Idea], wish: Wish) -> list[_Scored]:
    heading = Tokens(analyse(" ".join(source.section.path) if source.section else ""))
    found = []
    for start, end in split_sentences(source.passage.text):
        text = source.passage.text[start:end]
        tokens = Tokens(analyse(text))
        if not _LEAST_WORDS <= len(tokens.tokens) <= _MOST_WORDS or text.rstrip().endswith(":"):
            continue
        value = _value(tokens, heading, ideas) * (1 - _RANK * min(rank, 12))
        if wish.kind and source.passage.statement == wish.kind:
            value *= _WISH
        if wish.figures and any(c.isdigit() for c in text):
            value *= _WISH
        if value > 0:
            quote = Quote(text, (start, end), highlight(query.tree, tokens), source)
            found.append(_Scored(value, rank * 1000 + start, quote, " ".join(text.casefold().split())))
    return sorted(found, key=lambda one: -one.value)[:MOST_PER_PASSAGE]


def _value(tokens: Tokens, heading: Tokens, ideas: Sequence[Idea]) -> float:
    """The weight of the ideas that the sentence holds; none where it holds none itself."""
    own = [degree(idea.node, tokens) for idea in ideas]
    if not any(own):
        return 0.0
    above = [_HEADING * degree(idea.node, heading) for idea in ideas]
    held = sum(idea.rarity * max(share, top) for idea, share, top in zip(ideas, own, above, strict=True))
    # Two ideas together are worth more than one of them twice as rare.
    return held * math.sqrt(sum(1 for share in own if share > 0))


def _distinct(scored: Sequence[_Scored]) -> list[Quote]:
    seen: set[str] = set()
    quotes = []
    for one in scored:
        if one.folded not in seen:
            seen.add(one.folded)
            quotes.append(one.quote)
    return quotes
