"""What kind of statement a question wishes for, beside its subject: "co-sleeping recommendations"."""

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
_FORM_WORDS = frozenset(
    "number numbers figure figures statistic statistics data examples information".split()
)


@dataclass(frozen=True, slots=True)
class Wish:
    """The form of statement that a question asks for."""

    kind: StatementKind | None = None
    figures: bool = False


def wish_of(typed: str) -> Wish:
    """The wish in a question; an empty one where it names a subject alone."""
    kinds = [kind for word in re.findall(r"\w+", typed) if (kind := _KIND_OF.get(normalise(word)))]
    return Wish(kind=kinds[0] if kinds else None, figures=bool(_FIGURES.search(typed)))


def is_form_word(word: str) -> bool:
    """Whether a word names a form of statement rather than a subject."""
    plain = normalise(word)
    return plain in _KIND_OF or plain in _FORM_WORDS
