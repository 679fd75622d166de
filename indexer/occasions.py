"""When a paper was: the date of its meeting or publication, and the years that it reports on.

A date counts by what stands around it: a meeting's clock, "published", a line of its own. One met in
passing ("minutes of the meeting of", "first issued", "review by") is another paper's.
"""

from __future__ import annotations

import re
from collections import Counter

from indexer.dates import DateMatch, find_dates, reporting_years
from indexer.fronts import Front
from indexer.model import BlockKind, DocumentKind
from indexer.wording import plain

MEETING_KINDS = (DocumentKind.AGENDA_PACK, DocumentKind.AGENDA, DocumentKind.MINUTES)
_REPORTING_KINDS = (DocumentKind.ANNUAL_REPORT, DocumentKind.BUSINESS_PLAN)
_CLOCK = re.compile(
    r"\b\d{1,2}(?:[.:]\d\d)?\s*[ap]\.?\s?m\b|\bnoon\b|\b\d{1,2}[.:]\d\d\s*(?:hours|hrs)\b", re.I
)
_WEEKDAY = re.compile(r"\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b", re.I)
_PASSING = re.compile(
    r"\b(?:previous|last|next|minutes of|agree the minutes|deadline|since|by|until|till|from|before|after|"
    r"born|act|due|between|"
    r"first issued|supersedes|replaces|editions? of|(?:for|next|to be|date of) review|reviewed|"
    r"review(?: date)?\s*:|implement\w*|effective|inspection dates?|visit dates?|took place|"
    r"fieldwork|updated on|amended|in force|as at|as of|ending|ended|on or around|during|meetings? on|"
    r"issued in|died|accessed)\b",
    re.I,
)
_AGREED = re.compile(
    r"\b(?:agreed?|confirm(?:ed)?|approved?|signed|previous|last|correct record|true record)\b", re.I
)
_OF_MEETING = re.compile(
    r"\b(?:held|meeting date|date of (?:the )?meeting|date and time|time and date|on)\b", re.I
)
_PUBLISHED = re.compile(
    r"\b(?:publish(?:ed)?|publication(?:\s+date)?|date of (?:report|publication|meeting|issue)|report date|"
    r"issue date|meeting date|"
    r"(?:agreed|approved|endorsed|adopted|signed off|presented to|ratified)\b(?:\s+\w+){0,5}|"
    r"edition|version(?:\s[\d.]+)?|revised|revision date|(?<!\w )date)\b[\s:,(on]*$",
    re.I,
)
_CLERK = re.compile(r"\b(?:publish|publication|despatch|dispatch|direct dial|date\s*:?\s*$)", re.I)
_PERIOD_WORDS = re.compile(
    r"\b(?:cover(?:s|ing)?|report(?:s|ing)?|period|(?:for|in|during|of) the (?:financial |reporting )?year|"
    r"year ending|"
    r"work completed|activity)\b",
    re.I,
)
_CLAUSE = re.compile(r"(?<=[a-z\d)])[.;]\s+(?=[A-Z])|\s+(?=[A-Z][a-z]+ dates?:)")
_OF_A_COLUMN = re.compile(r"(?<=\()20\d\d\s?[-–/]\s?\d\d(?=\))|(?<!\S)20\d\d\s?[/]\s?\d\d(?!\S)")
_FILED = re.compile(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY = len("2014-09-16")
_HEAD_LINES = 30
"""Texts of a front among which a date that stands alone is the paper's; further on it is a stamp or entry."""
_COVER_LINES = 14
"""Lines of a front whose years count as the cover's."""


def date_of_front(front: Front, kind: DocumentKind, *, inside: bool = False) -> str | None:
    """The ISO date that the front gives the paper; None where it gives none or only others'.

    Of a paper ``inside`` another, a month alone says when it was written, not when it was put before
    anybody: it counts only with a word for publishing.
    """
    best: tuple[int, int, str] | None = None
    meeting = kind in MEETING_KINDS
    for position, line in enumerate(_clauses(front, kind)):
        for match in find_dates(line):
            if inside and len(match.iso) == 7 and not _PUBLISHED.search(line[: match.start][-70:]):
                continue
            if meeting:
                weight = _meeting_weight(line, match, position, kind == DocumentKind.MINUTES)
            else:
                weight = _paper_weight(line, match, position)
            if weight > 0 and (best is None or (weight, -position) > best[:2]):
                best = (weight, -position, match.iso)
    return best[2] if best else None


def date_of_file(name: str) -> str | None:
    """The ISO date of the day in a file's name ("2014-09-16-minutes.pdf", "visit-31-october-2019.pdf")."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    if match := _FILED.search(stem):
        return "-".join(match.groups())
    named = re.sub(r"[-_.]+", " ", stem)
    return next((date.iso for date in find_dates(named) if len(date.iso) == _DAY), None)


def _clauses(front: Front, kind: DocumentKind) -> list[str]:
    """The cover's texts, cut into sentences: what stands in another sentence says nothing of a date."""
    cover = front.head() if kind == DocumentKind.OTHER else front.cover() or front.lines
    texts = cover + (front.lines if kind in MEETING_KINDS else ())
    return [clause for text in texts for clause in _CLAUSE.split(plain(text))]


def _shown_with(line: str) -> int:
    """How many words stand with a date, other dates, days and clock times not counted."""
    rest = line
    for other in reversed(find_dates(line)):
        rest = rest[: other.start] + " " + rest[other.end :]
    return len(re.findall(r"[^\W\d_]{3,}", _WEEKDAY.sub("", _CLOCK.sub("", rest))))


def _meeting_weight(line: str, match: DateMatch, position: int, minutes: bool) -> int:
    """How likely a date in the head of an agenda or minutes is the meeting's."""
    before, after = line[: match.start], line[match.end :]
    if len(match.iso) < 10 or re.search(r"\(\s*pages?\b", after, re.I):
        return 0
    held = re.search(r"\b(?:held|convened)\b", before, re.I) and re.search(
        r"\bmeeting\b|\bminutes\b", before[:90], re.I
    )
    if not minutes and re.search(r"\bminutes\b", before, re.I):
        return 0  # on an agenda, the minutes are those of another meeting
    of_another = re.match(r"\W*(?:\d+[.)]\s|to\b|\(\w\))", line) or _AGREED.search(line)
    if held and not of_another:
        return 12 if position < 14 else 3
    if _CLERK.search(before) and not re.search(r"meeting", before, re.I):
        return 1
    few = _shown_with(line)
    if _CLOCK.search(line) and few <= 12 and not of_another:
        return 11 if _WEEKDAY.search(line) else 10
    if (
        re.search(
            r"\b(?:board|committee|cabinet|council|panel|partnership|minutes|meeting|group)\b", before, re.I
        )
        and few <= 16
    ):
        return 0 if of_another else 9
    if _OF_MEETING.search(before[-30:]) and few <= 6:
        return 9
    return (6 if position < 12 else 4) if few <= 1 else 0


def _paper_weight(line: str, match: DateMatch, position: int) -> int:
    """How likely a date on the front of any other paper is its own: 0 for one met in passing."""
    before, after = line[: match.start], line[match.end :]
    words = len(line.split())
    if _is_period(line, match) or (_PASSING.search(before[-60:]) and not _PUBLISHED.search(before[-60:])):
        return 0
    if re.match(r"\s*(?:[-–—]|to\b|and\b)\s*(?:\d|[A-Z][a-z]{2,8}\b\s+(?:19|20)\d\d)", after):
        return 0  # the first of two moments: something lasted, or is named with its span
    weight = 0
    if _PUBLISHED.search(before[-70:]) and words <= 24:
        weight = 9
    elif _shown_with(line) <= 1 and position <= _HEAD_LINES:
        weight = 7 - (position > 12) + (match.start == 0)
    elif re.match(r"(?:report )?to\b", before, re.I) and words <= 20:
        weight = 7
    elif re.search(r"\b(?:board|committee|cabinet|council|panel|report)\b", before, re.I) and words <= 14:
        weight = 6
    elif not after.strip(" .)") and words <= 12 and re.search(r"[,–|-]\s*$", before) and position <= 16:
        weight = 5  # a subtitle that ends in its month
    return weight - (2 if len(match.iso) == 7 and weight else 0)


def _is_period(line: str, match: DateMatch) -> bool:
    """Whether a date begins or ends a period that ``line`` gives ("April 2016 to March 2017")."""
    near = line[max(0, match.start - 30) : match.end + 30]
    return bool(reporting_years(near)) and len(find_dates(near)) != 1


def years_of_front(front: Front, kind: DocumentKind, title: str) -> tuple[str, ...]:
    """The reporting years that the paper states: in its title, on its cover, in the period that the first
    lines declare, over the columns of a table that is all there is. The date of a paper states none, so
    agendas and minutes have none."""
    if kind in MEETING_KINDS:
        return ()
    if kind in _REPORTING_KINDS and (named := _years_beside(kind, [title, *front.cover()[:_COVER_LINES]])):
        return named
    if years := reporting_years(title) or (_of_tables(front) if kind == DocumentKind.OTHER else ()):
        return years
    cover = front.cover()[:_COVER_LINES]
    short = [
        line for line in cover if len(line.split()) <= (6 if line.endswith(".") else 16) and "(" not in line
    ]
    return _agreed(short[:6]) or _declared(front, kind)


def _of_tables(front: Front) -> tuple[str, ...]:
    """The years that columns and rows are named after, of a paper that is a table and little else."""
    rows = [line.text for line in front.all if line.kind == BlockKind.TABLE_ROW]
    if 2 * len(rows) < len(front.all):
        return ()
    names = (name for row in rows for name in _OF_A_COLUMN.findall(row))
    return tuple(sorted({year for name in names for year in reporting_years(name)}))


def _years_beside(kind: DocumentKind, lines: list[str]) -> tuple[str, ...]:
    """The years that follow the words "annual report" or "business plan" in one of ``lines``."""
    words = (
        r"annual\s+(?:\w+\s+){0,2}(?:reports?|review)" if kind == DocumentKind.ANNUAL_REPORT else r"\bplan\b"
    )
    for line in lines:
        for match in re.finditer(words, plain(line), re.I):
            following = re.split(
                r"\b(?:and|business|annual)\b", plain(line)[match.end() : match.end() + 60], flags=re.I
            )[0]
            if years := reporting_years(following):
                return years
    return ()


def _agreed(lines: list[str]) -> tuple[str, ...]:
    """The years of the first of ``lines`` that names any."""
    return next(
        (years for line in lines if not _PASSING.search(line) and (years := reporting_years(line))), ()
    )


def _declared(front: Front, kind: DocumentKind) -> tuple[str, ...]:
    """The single year that the front's sentences declare as the one reported on."""
    if kind not in (*_REPORTING_KINDS, DocumentKind.REPORT, DocumentKind.OTHER, DocumentKind.BRIEFING_NOTE):
        return ()
    sentences = re.split(r"(?<=[.;])\s+", " ".join(front.lines))
    found = Counter(
        years for s in sentences if _PERIOD_WORDS.search(s) and len(years := reporting_years(s)) == 1
    )
    return found.most_common(1)[0][0] if found else ()
