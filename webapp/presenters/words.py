"""Plain words for what the model names shortly: kinds, pages, dates, counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indexer.model import DocumentKind, PageBasis, PageRef, Section
from indexer.search.vocabulary_file import Called

KINDS = {
    DocumentKind.ANNUAL_REPORT: "Annual report",
    DocumentKind.BUSINESS_PLAN: "Business plan",
    DocumentKind.AGENDA_PACK: "Agenda pack",
    DocumentKind.AGENDA: "Agenda",
    DocumentKind.MINUTES: "Minutes",
    DocumentKind.REPORT: "Report",
    DocumentKind.BRIEFING_NOTE: "Briefing note",
    DocumentKind.CASE_REVIEW: "Case review",
    DocumentKind.CASE_REVIEW_BRIEFING: "Case review briefing",
    DocumentKind.POLICY: "Policy",
    DocumentKind.GUIDANCE: "Guidance",
    DocumentKind.OTHER: "Other paper",
}
FACET_NAMES = {
    "year": "Year",
    "subgroup": "Subgroup",
    "theme": "Theme",
    "kind": "Kind of paper",
    "body": "Board or committee",
    "statement": "Kind of statement",
    "learning": "Kind of learning",
}
LEARNING_NAMES = {
    "review": "The review or its briefing",
    "finding": "Findings",
    "recommendation": "Recommendations",
    "action": "Actions",
    "decision": "Decisions",
}
_BASES = {
    PageBasis.STAMP: "by the page numbers printed in the text",
    PageBasis.CONTENTS: "by the contents page",
    PageBasis.AGENDA: "by the agenda",
}
_MONTHS = ("January February March April May June July August September October November December").split()


def kind_name(kind: str) -> str:
    """The name of a kind of paper; an unknown one as it is, without underscores."""
    try:
        return KINDS[DocumentKind(kind)]
    except ValueError:
        return kind.replace("_", " ").capitalize()


def statement_name(kind: str) -> str:
    """Recommendation, Action, Decision or Finding; what is none of them as it is."""
    return kind.capitalize()


def learning_name(kind: str) -> str:
    """What a kind of learning from a case is called."""
    return LEARNING_NAMES.get(kind, kind)


def facet_name(field: str) -> str:
    """The heading of a filter."""
    return FACET_NAMES.get(field, field.capitalize())


def value_name(field: str, value: str) -> str:
    """A filter's value as people read it."""
    named = {"kind": kind_name, "statement": statement_name, "learning": learning_name}.get(field)
    return named(value) if named else value


def number(value: int) -> str:
    """1,234."""
    return f"{value:,}"


def plural(count: int, one: str, many: str = "") -> str:
    """``1 page``, ``2 pages``: the count and the word that agrees with it."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def date_words(iso: str | None) -> str:
    """``14 September 2017``, or ``September 2017`` where there is no day; what is not a date as it is."""
    if not iso:
        return ""
    try:
        if len(iso) == 7:
            return f"{_MONTHS[date.fromisoformat(iso + '-01').month - 1]} {iso[:4]}"
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def years_words(years: Sequence[str]) -> str:
    """``2012-13``, ``2012-13 and 2013-14``, or first to last where there are more."""
    if len(years) > 2:
        return f"{years[0]} to {years[-1]}"
    return " and ".join(years)


def lines_words(lines: tuple[int, int] | None) -> str:
    """``line 4`` or ``lines 4 to 9``; empty where there are no line numbers."""
    return "" if lines is None else _range("line", str(lines[0]), str(lines[1]))


def section_words(section: Section | None) -> str:
    """``section “Findings”``: where a place is that has neither page nor line, as in Word and web papers."""
    return f"section “{section.title}”" if section and section.title else "no page number"


def page_words(pages: Sequence[PageRef]) -> str:
    """``page 22 (PDF page 32)``: the printed number first, the file's own where it differs."""
    if not pages:
        return ""
    first, last = pages[0], pages[-1]
    printed = _range("page", first.label, last.label)
    if first.basis in _BASES:
        return f"{printed} ({_BASES[first.basis]})"
    if all(page.label == str(page.number) for page in pages):
        return printed
    return f"{printed} ({_range('PDF page', str(first.number), str(last.number))})"


def called_words(called: Sequence[Called]) -> str:
    """The names that a thing had, with their years: ``“case conference” until 1999, ...``."""
    return ", ".join(f"“{one.name}” {_time(one)}" for one in called)


def _time(one: Called) -> str:
    if one.first is None:
        return f"until {one.last}"
    return f"since {one.first}" if one.last is None else f"from {one.first} to {one.last}"


def sentence(text: str) -> str:
    """The text with its first letter large, the rest as it is."""
    return text[:1].upper() + text[1:]


def shorten(text: str, most: int = 90) -> str:
    """The first words of ``text``, at most ``most`` characters, white space folded."""
    folded = " ".join(text.split())
    if len(folded) <= most:
        return folded
    return folded[: most + 1].rsplit(" ", 1)[0].rstrip(" ,;:.-–") + " …"


def _range(word: str, first: str, last: str) -> str:
    return f"{word} {first}" if first == last else f"{word}s {first} to {last}"
