"""Dates and reporting years as English public papers write them.

A reporting year runs from April to March and is written ``2012-13``. A date is ISO: ``2017-07-13``,
or ``2013-07`` where the paper gives no day.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from indexer.wording import plain

FIRST_YEAR = 1980
LAST_YEAR = 2079
LONGEST_SPAN = 6
"""Years that a plan may span; a longer span is an era, not a list of reporting years."""

SHORTEST_PERIOD = 5
"""Months from first to last that a period reported on has at least; a shorter one is an event."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_ORDINAL = r"\s?(?:st|nd|rd|th)?"

_DATE = re.compile(
    rf"\b(?P<day>{_DAY}){_ORDINAL}(?:\s+(?:day\s+)?of)?\s+(?P<month>{_MONTH}),?\s+(?P<year>{_YEAR})\b"
    rf"|\b(?P<month2>{_MONTH})\s+(?P<day2>{_DAY}){_ORDINAL},?\s+(?P<year2>{_YEAR})\b"
    rf"|\b(?P<month3>{_MONTH}),?\s+(?P<year3>{_YEAR})\b"
    rf"|(?<![\d/.-])(?P<year4>{_YEAR})-(?P<month4>0[1-9]|1[0-2])-(?P<day4>0[1-9]|[12]\d|3[01])(?!\d)"
    rf"|(?<![\d/.-])(?P<day5>{_DAY})(?P<mark>[/.-])(?P<month5>0?[1-9]|1[0-2])(?P=mark)(?P<year5>{_YEAR}|"
    rf"\d\d)(?![\d/]|\.\d)",
    re.IGNORECASE,
)
_JOIN = r"\s*(?:-|–|—|‑|/|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*"
_PAIR = re.compile(
    rf"(?<![\d/.,£-])(?P<first>{_YEAR})(?P<join>{_JOIN})(?P<last>{_YEAR}|\d\d)(?![\d%]|[-/.,]\d)", re.I
)
_SPAN = re.compile(
    rf"(?<![\d/.])(?P<first>{_YEAR})\s?[-–—/]\s?(?:{_YEAR}|\d\d){_JOIN}"
    rf"(?P<start>{_YEAR})\s?[-–—/]\s?(?P<last>{_YEAR}|\d\d)(?!\d)",
    re.IGNORECASE,
)
_MOMENT = rf"(?:{_DAY}{_ORDINAL}\s+)?{_MONTH},?\s+{_YEAR}|{_DAY}[/.]\d\d?[/.](?:{_YEAR}|\d\d)"
_PERIOD = re.compile(
    rf"\b(?:between\s+)?(?P<start>{_MOMENT})(?:{_JOIN}|"
    rf"(?P<and>\s+and\s+))(?:the\s+)?(?P<end>{_MOMENT})(?!\d)",
    re.I,
)
_YEAR_END = re.compile(
    rf"\byear(?:s)?[\s-]+(?:end(?:ing|ed)?|to)\s+(?:on\s+)?(?:the\s+)?(?P<end>{_MOMENT})", re.IGNORECASE
)


class DateMatch(NamedTuple):
    """A date in a text: the slice of the plain text that gives it, and the ISO date."""

    start: int
    end: int
    iso: str


def find_dates(text: str) -> tuple[DateMatch, ...]:
    """Every date in ``text``, in order; offsets are into ``plain(text)``. Impossible dates are left out."""
    found = []
    for match in _DATE.finditer(plain(text)):
        iso = _iso(match)
        if iso:
            found.append(DateMatch(match.start(), match.end(), iso))
    return tuple(found)


def dates(text: str) -> tuple[str, ...]:
    """The ISO dates in ``text``, each once, in the order of their first mention."""
    return tuple(dict.fromkeys(match.iso for match in find_dates(text)))


def reporting_years(text: str) -> tuple[str, ...]:
    """The reporting years that ``text`` names, ascending.

    "2012/13", "year ending March 2013" and "1 April 2012 to 31 March 2013" are one year; a span
    such as "2013-15" is each of its years; a span longer than ``LONGEST_SPAN`` years is none.
    """
    words = plain(text)
    years: set[str] = set()
    for pattern, read in ((_SPAN, _span_years), (_PERIOD, _period_years), (_YEAR_END, _ending_years)):
        for match in pattern.finditer(words):
            years.update(read(match))
        words = pattern.sub(" ", words)
    for match in _PAIR.finditer(words):
        years.update(_pair_years(match))
    return tuple(sorted(years))


def financial_year(iso: str) -> str:
    """The reporting year in which the ISO date (or year-month) ``iso`` falls."""
    year, month = int(iso[:4]), int(iso[5:7])
    return _name(year if month >= 4 else year - 1)


def year_end(years: Sequence[str]) -> str:
    """The month in which the last of the reporting years ends, as ``2013-03``; empty where there is none."""
    return f"{int(years[-1][:4]) + 1}-03" if years else ""


def in_words(iso: str) -> str:
    """An ISO date as British papers write it: "13 July 2017", "July 2013"."""
    full = ("January February March April May June July August September October November December").split()
    month = f"{full[int(iso[5:7]) - 1]} {iso[:4]}"
    return f"{int(iso[8:])} {month}" if len(iso) > 7 else month


def _iso(match: re.Match[str]) -> str:
    """The ISO date of a match of ``_DATE``; empty where there is no such day."""
    groups = match.groupdict()
    for suffix in ("", "2", "3", "4", "5"):
        year, month = groups[f"year{suffix}"], groups[f"month{suffix}"]
        if year:
            return _checked(_full_year(year), _month_number(month), groups.get(f"day{suffix}"))
    return ""


def _full_year(year: str) -> int:
    """A year of two or four digits as a number; two digits from 80 on are of the last century."""
    number = int(year)
    if len(year) == 4:
        return number
    return number + (1900 if number >= FIRST_YEAR % 100 else 2000)


def _month_number(month: str) -> int:
    """The number of a month given by name or number."""
    return int(month) if month.isdigit() else _MONTHS.index(month[:3].lower()) + 1


def _checked(year: int, month: int, day: str | None) -> str:
    """The ISO date, or empty where the calendar or the range of years has no such date."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ""
    if day is None:
        return f"{year:04}-{month:02}"
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return ""


def _name(first: int) -> str:
    """The name of the reporting year that begins in ``first``."""
    return f"{first}-{(first + 1) % 100:02}"


def _names(first: int, last: int) -> tuple[str, ...]:
    """The reporting years from ``first`` to the one that ends in ``last``; none where absurd."""
    sane = FIRST_YEAR <= first < last <= LAST_YEAR and last - first <= LONGEST_SPAN
    return tuple(_name(year) for year in range(first, last)) if sane else ()


def _after(first: int, last: str) -> int:
    """The year that ``last`` names after ``first``; of two digits, the next one that ends so."""
    if len(last) == 4:
        return int(last)
    century = first // 100 * 100 + int(last)
    return century + 100 if first % 100 == 99 and last == "00" else century


def _pair_years(match: re.Match[str]) -> tuple[str, ...]:
    """Years of "2012-13" or "2012 to 2015"."""
    first, last = int(match["first"]), match["last"]
    if match["join"].strip().isalpha() and len(last) == 2:
        return ()  # "2012 to 15" is a count more often than a year
    return _names(first, _after(first, last))


def _span_years(match: re.Match[str]) -> tuple[str, ...]:
    """Years of "2012/13 to 2014/15"."""
    return _names(int(match["first"]), _after(int(match["start"]), match["last"]))


def _period_years(match: re.Match[str]) -> tuple[str, ...]:
    """Reporting years that "1 April 2012 to 31 March 2013" touches."""
    start, end = dates(match["start"]), dates(match["end"])
    if match["and"] and not match[0].lower().startswith("between"):
        return ()  # "May 2010 and September 2012" are two moments
    if not start or not end or _months_between(start[0], end[0]) < SHORTEST_PERIOD:
        return ()
    first, last = int(financial_year(start[0])[:4]), int(financial_year(end[0])[:4])
    if int(end[0][:4]) == int(start[0][:4]) + 1 and start[0][5:7] == "09" and end[0][5:7] in ("07", "08"):
        return (_name(first),)  # an academic year is the year that it begins in
    return _names(first, last + 1)


def _months_between(start: str, end: str) -> int:
    """Months from one ISO date to another; negative where ``end`` is the earlier."""
    return (int(end[:4]) - int(start[:4])) * 12 + int(end[5:7]) - int(start[5:7])


def _ending_years(match: re.Match[str]) -> tuple[str, ...]:
    """The year that ends at the moment given ("year ending 31 March 2013")."""
    end = dates(match["end"])
    return (financial_year(end[0]),) if end else ()
