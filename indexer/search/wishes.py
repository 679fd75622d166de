"""What a question wishes for beside its subject: a kind of statement, figures, papers of a year or a kind.

A wish orders what is found and hides nothing. What must not be shown at all is left out by a field
(``year:2012-13``) or a filter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from indexer.dates import dates, financial_year, reporting_years
from indexer.model import DocumentKind, StatementKind
from indexer.search.analysis import normalise, stem, words

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

_LONE_YEAR = re.compile(r"(?<![\w./-])(?:19|20)\d\d(?!\w|[./–-]\d)")
_YEAR_WORDS = re.compile(r"(?<![\w./-])(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?(?!\w)")
_MONTH_BEFORE = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]{2,7})?,?\s*$", re.I
)

# Names that only papers have stand for them anywhere; words of many meanings ("policy", "guidance") only
# where the question says of what: "policies on restraint", not "the escalation policy".
_PAPERS = (
    (r"(?<![\d.] )\bminutes\b(?! (?:walk|drive|late|away|early))", (DocumentKind.MINUTES,)),
    (r"\bannual reports?\b", (DocumentKind.ANNUAL_REPORT,)),
    (r"\bbusiness plans?\b", (DocumentKind.BUSINESS_PLAN,)),
    (r"\bbriefing notes?\b|\bbriefings\b", (DocumentKind.BRIEFING_NOTE, DocumentKind.CASE_REVIEW_BRIEFING)),
    (r"\bagendas\b", (DocumentKind.AGENDA, DocumentKind.AGENDA_PACK)),
    (r"\b(?:policy|policies)(?= (?:on|about)\b)", (DocumentKind.POLICY,)),
    (r"\bguidance(?= (?:on|about)\b)", (DocumentKind.GUIDANCE,)),
    (r"\breports(?= (?:on|about)\b)", (DocumentKind.REPORT, DocumentKind.ANNUAL_REPORT)),
    (
        r"\b(?:serious )?case reviews(?= (?:on|about|where|which|that|in which)\b)",
        (DocumentKind.CASE_REVIEW, DocumentKind.CASE_REVIEW_BRIEFING),
    ),
)
_PAPERS_OF = tuple((re.compile(pattern, re.I), kinds) for pattern, kinds in _PAPERS)
_PLURALS = {
    DocumentKind.MINUTES: "minutes",
    DocumentKind.POLICY: "policies",
    DocumentKind.GUIDANCE: "guidance",
}
_BRACKETED = re.compile(r"\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Wish:
    """What a question asks for beside its subject."""

    kind: StatementKind | None = None
    figures: bool = False
    years: frozenset[str] = frozenset()
    """Reporting years as ``2012-13``; of a calendar year, the two that it lies in."""
    papers: frozenset[DocumentKind] = frozenset()
    """Kinds of paper."""
    bodies: frozenset[str] = frozenset()
    """Boards and committees, by their names in the index."""


NO_WISH = Wish()


def wish_of(typed: str, bodies: Iterable[str] = ()) -> Wish:
    """The wish in a question; an empty one where it names a subject alone.

    ``bodies``: the boards and committees that there are papers of.
    """
    kinds = [kind for word in re.findall(r"\w+", typed) if (kind := _KIND_OF.get(normalise(word)))]
    return Wish(
        kind=kinds[0] if kinds else None,
        figures=bool(_FIGURES.search(typed)),
        years=years_in(typed),
        papers=frozenset(kind for pattern, named in _PAPERS_OF if pattern.search(typed) for kind in named),
        bodies=_bodies_in(typed, bodies),
    )


def years_in(typed: str) -> frozenset[str]:
    """The reporting years that words name: "2012-13", "March 2013", and for "2013" both that it lies in."""
    found = set(reporting_years(typed))
    found.update(financial_year(iso) for iso in dates(typed))
    for match in _LONE_YEAR.finditer(typed):
        if not _MONTH_BEFORE.search(typed[: match.start()]):
            year = int(match[0])
            found.update(f"{first}-{(first + 1) % 100:02}" for first in (year - 1, year))
    return frozenset(found)


def year_words(text: str) -> tuple[tuple[int, int], ...]:
    """The slices that name a year of papers; that of a date ("August 2011") is part of what is asked."""
    return tuple(
        match.span()
        for match in _YEAR_WORDS.finditer(text)
        if not _MONTH_BEFORE.search(text[: match.start()])
    )


def paper_words(text: str) -> tuple[tuple[int, int], ...]:
    """The slices that name a kind of paper, ascending."""
    return tuple(sorted(match.span() for pattern, _ in _PAPERS_OF for match in pattern.finditer(text)))


def describe(wish: Wish) -> tuple[str, ...]:
    """What is shown first, in plain words, a wish each."""
    return tuple(_descriptions(wish))


def is_form_word(word: str) -> bool:
    """Whether a word names a form of statement rather than a subject."""
    plain = normalise(word)
    return plain in _KIND_OF or plain in _FORM_WORDS


def _descriptions(wish: Wish) -> Iterator[str]:
    if wish.years:
        yield f"papers of {_listed(sorted(wish.years))}"
    if wish.papers:
        yield _listed(sorted(_PLURALS.get(kind, f"{kind.value.replace('_', ' ')}s") for kind in wish.papers))
    if wish.bodies:
        yield f"papers of {_listed(sorted(wish.bodies))}"
    if wish.kind:
        yield f"{wish.kind.value}s"
    if wish.figures:
        yield "passages with figures"


def _listed(names: list[str]) -> str:
    return " and ".join((", ".join(names[:-1]), names[-1])) if len(names) > 1 else names[0]


def _bodies_in(typed: str, bodies: Iterable[str]) -> frozenset[str]:
    """The bodies that are named by the last two words of their names ("the scrutiny board"); none where
    those name all that there are, since then they tell no paper from another."""
    known, asked = tuple(bodies), _stems(typed)
    found = frozenset(body for body in known if _is_named(_stems(_BRACKETED.sub(" ", body)), asked))
    return found if len(found) < len(known) else frozenset()


def _is_named(name: list[str], asked: list[str]) -> bool:
    last = name[-2:]
    return len(last) == 2 and any(asked[i : i + 2] == last for i in range(len(asked) - 1))


def _stems(text: str) -> list[str]:
    return [stem(normalise(text[start:end])) for start, end in words(text)]
