"""A case as the papers tell it: what happened, what was found and recommended, and what was done later."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.catalogue import Catalogue
from indexer.dates import financial_year, year_end
from indexer.model import Document, DocumentKind, StatementKind
from indexer.search.onward import Case, CaseHistory, Onward
from indexer.search.register import Entry
from indexer.search.register_choice import Register, in_order
from indexer.search.results import Hit, Source

MOST_PASSAGES = 300
UNDATED = ""
"""The year of what has none."""

_REVIEWS = (DocumentKind.CASE_REVIEW, DocumentKind.CASE_REVIEW_BRIEFING)
_LABEL = 6
"""Words of the longest heading that names what stands under it; a longer one is a sentence that finds."""
# The headings under which reviews and their briefings stand in this country, whoever writes them.
_HAPPENED = re.compile(
    r"\bwhat happened\b|\bbackground\b|\bcircumstances\b|\bchronolog|\bevents\b|\bsynopsis\b|\bgenogram\b"
    r"|\bcase (?:summary|history|study)\b|\bsummary of (?:the )?(?:case|facts)\b|\bstory of\b"
    r"|\bwho (?:is|are|was)\b"
    r"|^\W*(?:[\d.]+\s+)?the (?:family|case|child|incident)$|\bfamily (?:composition|history|structure)\b",
    re.I,
)
_FOUND = re.compile(
    r"\bfindings?\b|\bfound\b|\banalysis\b|\blessons?\b|\blearning\b|\blearn[et]d?\b|\bconclusions?\b"
    r"|\bwhat (?:helped|worked|went)\b|\bin the way\b|\bgood practice\b|\bdone well\b"
    r"|\bkey (?:themes|issues|messages)\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class YearTold:
    """What papers of one reporting year say of a case."""

    year: str
    """Empty where it is not known."""
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class CaseStory:
    """All that the papers tell of a case, put in order; every passage stands in one place."""

    case: Case
    total: int
    """Passages that tell of it, copies counted once; at most ``MOST_PASSAGES`` are here."""
    reviews: tuple[Document, ...]
    """The papers that are the review itself, or its briefing."""
    happened: tuple[Hit, ...]
    found: tuple[Hit, ...]
    """Passages of the review that tell what it found; those that are a finding by form, too."""
    asked: tuple[Entry, ...]
    """What was recommended, agreed and to be done, in the papers' order."""
    more: tuple[Hit, ...]
    """What else the review says."""
    later: tuple[YearTold, ...]
    """What papers after the review say, oldest first."""
    rest: tuple[YearTold, ...]
    """What else there is: papers before the review or without a date, all papers where none is a review."""


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """A case in a list: what it is about and what can be learned from it."""

    case: Case
    themes: tuple[str, ...]
    """The commonest first."""
    learning: frozenset[str]
    """Kinds of statements that tell of it, and ``review`` where a paper is its review or briefing."""
    years: tuple[str, ...]


class CaseStories:
    """The cases of one index; threads may share it."""

    def __init__(self, catalogue: Catalogue, onward: Onward, register: Register) -> None:
        self._catalogue, self._onward, self._register = catalogue, onward, register

    def story(self, name: str) -> CaseStory:
        """The case of this name or other name; raises UnknownCase."""
        history = self._onward.case(name, MOST_PASSAGES)
        hits = [hit for hit in history.hits if not _is_list_of_cases(hit)]
        of_review = [hit for hit in hits if self._is_review(hit.source, history.case)]
        asked = self._asked(history, {_paper(hit.source) for hit in of_review})
        entries = {(entry.document.id, entry.passage_id) for entry in asked}
        left = [h for h in hits if (h.source.document.id, h.source.passage.id) not in entries]
        sorts: dict[str, list[Hit]] = {"happened": [], "found": [], "more": []}
        for hit in left:
            if hit in of_review:
                sorts[_sort_of(hit)].append(hit)
        after = max((date_of(hit.source) for hit in of_review), default="")
        others = [hit for hit in left if hit not in of_review]
        later = [hit for hit in others if _is_after(date_of(hit.source), after)]
        return CaseStory(
            case=history.case,
            total=history.total,
            reviews=tuple({hit.source.document.id: hit.source.document for hit in of_review}.values()),
            happened=tuple(sorts["happened"]),
            found=tuple(sorts["found"]),
            asked=asked,
            more=tuple(sorts["more"]),
            later=_by_year(later),
            rest=_by_year([hit for hit in others if hit not in later]),
        )

    @cached_property
    def briefs(self) -> tuple[CaseBrief, ...]:
        """Every case by name, with its themes and what can be learned from it."""
        return tuple(map(self._brief, self._onward.cases()))

    def _brief(self, case: Case) -> CaseBrief:
        history = self._onward.case(case.name, MOST_PASSAGES)
        themes = Counter(theme for hit in history.hits for theme in hit.source.passage.themes)
        reviews = {_paper(hit.source) for hit in history.hits if self._is_review(hit.source, case)}
        learning = {entry.statement.kind.value for entry in self._statements(history, reviews)}
        years = {year_of(hit.source) for hit in history.hits} - {UNDATED}
        return CaseBrief(
            case,
            tuple(theme for theme, _ in themes.most_common()),
            frozenset(learning | ({"review"} if reviews else set())),
            tuple(sorted(years)),
        )

    def _asked(self, history: CaseHistory, reviews: set[tuple[str, str]]) -> tuple[Entry, ...]:
        entries = self._statements(history, reviews)
        return tuple(
            in_order((e for e in entries if e.statement.kind is not StatementKind.FINDING), "oldest")
        )

    def _statements(self, history: CaseHistory, reviews: set[tuple[str, str]]) -> list[Entry]:
        """The statements of the passages told, where they are the review's or name the case."""
        told = {(hit.source.document.id, hit.source.passage.id): hit.source for hit in history.hits}
        documents = {source.document.id: source.document for source in told.values()}
        names = tuple(name.casefold() for name in (history.case.name, *history.case.aliases))
        return [
            entry
            for document in documents.values()
            for entry in self._register.of(document)
            if (source := told.get((document.id, entry.passage_id or ""))) is not None
            and (_paper(source) in reviews or _names(entry, names))
        ]

    def _is_review(self, source: Source, case: Case) -> bool:
        """Whether the paper is a review or a briefing on one, and more on this case than on any other."""
        kind = source.part.kind if source.part else source.document.kind
        return kind in _REVIEWS and self._subject[source.document.id].get(source.passage.part) == case.name

    @cached_property
    def _subject(self) -> Mapping[str, Mapping[int, str]]:
        """The case that each part of each paper tells most of."""
        return {one.id: self._subjects_of(one) for one in self._catalogue.documents()}

    def _subjects_of(self, document: Document) -> Mapping[int, str]:
        told: dict[int, Counter[str]] = {}
        for passage in self._catalogue.passages(document.id):
            told.setdefault(passage.part, Counter()).update(passage.cases)
        return {part: counts.most_common(1)[0][0] for part, counts in told.items() if counts}


def date_of(source: Source) -> str:
    """ISO date of the paper that a passage stands in, else the end of its years; empty where not known."""
    return source.paper_date or year_end(source.passage.years or source.document.years)


def year_of(source: Source) -> str:
    """The reporting year of a passage; empty where it is not known."""
    part, document = source.part, source.document
    years = source.passage.years or (part.years if part else ()) or document.years
    day = date_of(source)
    return years[-1] if years else (financial_year(day) if day else UNDATED)


def _paper(source: Source) -> tuple[str, str]:
    """Which paper a passage stands in."""
    return source.document.id, str(source.passage.part)


def _names(entry: Entry, names: Iterable[str]) -> bool:
    heading = entry.section.title if entry.section else ""
    said = " ".join(f"{heading} {entry.statement.text}".casefold().split())
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said) for name in names)


def _is_list_of_cases(hit: Hit) -> bool:
    """Whether a passage names so many cases that it tells of none."""
    return len(hit.source.passage.cases) > 3


def _sort_of(hit: Hit) -> str:
    """Which part of the story a passage of the review tells, by the nearest heading that says it."""
    if hit.source.passage.statement is StatementKind.FINDING:
        return "found"
    source = hit.source
    paper = f"{source.document.title}\n{source.part.title if source.part else ''}".casefold()
    for title in reversed(source.section.path if source.section else ()):
        if title.casefold() in paper:
            continue
        if len(title.split()) <= _LABEL and _HAPPENED.search(title):
            return "happened"
        if _FOUND.search(title):
            return "found"
    return "more"


def _is_after(date: str, other: str) -> bool:
    known = min(len(date), len(other))
    return bool(known) and date[:known] > other[:known]


def _by_year(hits: Sequence[Hit]) -> tuple[YearTold, ...]:
    """The hits by reporting year, oldest first, those without one last."""
    years: dict[str, list[Hit]] = {}
    for hit in hits:
        years.setdefault(year_of(hit.source), []).append(hit)
    ordered = sorted(years, key=lambda year: (year == UNDATED, year))
    return tuple(YearTold(year, tuple(years[year])) for year in ordered)
