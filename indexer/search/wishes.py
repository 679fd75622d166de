"""What a question wishes for beside its subject: a kind of statement, figures, a year."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.model import StatementKind
from indexer.search.analysis import normalise

_KIND_WORDS = {
    StatementKind.RECOMMENDATION: "recommendation recommendations recommend recommended",
    StatementKind.ACTION: "action actions",
    StatementKind.DECISION: "decision decisions decide decided agreed resolved",
    StatementKind.FINDING: "finding findings lesson lessons learn learned learnt",
}
# Words as typed, not stems: "learning events" are a subject, "what did we learn" is not.
_KIND_OF = {word: kind for kind, words in _KIND_WORDS.items() for word in words.split()}
_FIGURES = re.compile(
    r"\bhow many\b|\bnumbers? of\b|\b(?:figures|statistics|rates?|percentages?|"
    r"numbers|totals?|trends?)\b",
    re.I,
)
_YEAR = re.compile(r"\b((?:19|20)\d\d)(?:\s?[-/–]\s?(?:20)?(\d\d))?\b")
_FORM_WORDS = frozenset(
    "number numbers figure figures statistic statistics data examples information".split()
)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question asks for beside its subject."""

    kind: StatementKind | None = None
    figures: bool = False
    years: frozenset[str] = frozenset()
    """Reporting years as ``2012-13``; of a calendar year, the two that it lies in."""


def wish_of(typed: str) -> Wish:
    """The wish in a question; an empty one where it names a subject alone."""
    kinds = [kind for word in re.findall(r"\w+", typed) if (kind := _KIND_OF.get(normalise(word)))]
    return Wish(kind=kinds[0] if kinds else None, figures=bool(_FIGURES.search(typed)), years=_years(typed))


def _years(typed: str) -> frozenset[str]:
    found: set[str] = set()
    for first, second in _YEAR.findall(typed):
        start = int(first)
        starts = [start] if second and int(second) == (start + 1) % 100 else [start - 1, start]
        found.update(f"{year}-{(year + 1) % 100:02}" for year in starts)
    return frozenset(found)


def is_form_word(word: str) -> bool:
    """Whether a word names a form of statement rather than a subject."""
    plain = normalise(word)
    return plain in _KIND_OF or plain in _FORM_WORDS
