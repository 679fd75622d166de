"""The closer look: an engine's best passages put in order by what they say as wholes, on one index.

Reads no more of a passage than its analysed words, which the catalogue keeps: a search analyses no text.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from indexer.catalogue import Catalogue, Look
from indexer.search.columns import Columns
from indexer.search.matching import Words
from indexer.search.ranking import Candidate, Idea, Weights, Wished, rerank, spread
from indexer.search.wishes import Wish

CLOSER_LOOK = 120
"""So many of an engine's best passages are looked at again."""


class CloserLook:
    """Orders what an engine found in one index. Threads may share it."""

    def __init__(self, catalogue: Catalogue, columns: Columns, weights: Weights) -> None:
        self._catalogue = catalogue
        self._columns = columns
        self._weights = weights

    def order(
        self, ranked: Sequence[tuple[int, float]], ideas: Sequence[Idea], wish: Wish
    ) -> tuple[tuple[int, float], ...]:
        """(ordinal, score), best first: the first CLOSER_LOOK of ``ranked`` anew, the rest as it was."""
        near, far = ranked[:CLOSER_LOOK], ranked[CLOSER_LOOK:]
        looks = self._catalogue.looks([ordinal for ordinal, _ in near])
        above = lru_cache(maxsize=None)(Words.unpack)  # many passages stand under one heading
        candidates = [_candidate(ordinal, score, looks[ordinal], above) for ordinal, score in near]
        reranked = rerank(candidates, ideas, self._wished(wish), self._weights)
        forms = {candidate.ordinal: candidate.text.forms() for candidate in candidates}
        return (*spread(reranked, forms, self._weights), *far)

    def _wished(self, wish: Wish) -> Wished:
        """The passages of this index that a wish speaks of."""
        having = self._columns.having
        return Wished(
            kind=wish.kind,
            figures=wish.figures,
            years=having("year", wish.years),
            papers=having("kind", wish.papers),
            bodies=having("body", wish.bodies),
        )


def _candidate(ordinal: int, score: float, look: Look, above: Callable[[str], Words]) -> Candidate:
    """A passage that was found as the ranking looks at it; ``above`` unpacks its headings' words."""
    forms = look.forms
    heading, title = above(forms.heading), above(forms.title)
    return Candidate(ordinal, score, Words.unpack(forms.text), heading, title, look.statement, forms.figures)
