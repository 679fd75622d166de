"""The figures that answer "how many": numbers as the papers print them, each with its year and its place.

A number is taken from a table's cell whose row and column speak of what was asked, or from a sentence
where it stands right beside the words that were asked for. Nothing is added up or worked out: what a
number counts is told in the paper's own words, and two numbers make a series only where their rows are
called the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.search.analysis import analyse
from indexer.search.answer import Ranked
from indexer.search.matching import Tokens, degree, meet
from indexer.search.ranking import Idea, share_of
from indexer.search.results import Figure, Series, Source

MOST_FIGURES = 12
_LEAST_HELD = 0.7
"""The share of the question, by how much each idea tells, that a number's own words must hold."""
_NEAR_WORDS = 3
"""A number so close before the words asked for counts them."""
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_WHEN = re.compile(
    rf"(?:\b(?:\d{{1,2}}(?:st|nd|rd|th)?\s+)?(?:{_MONTHS})\s+)?\b(?:19|20)\d\d(?:\s?[-/–]\s?(?:20)?\d\d)?\b"
)
_NUMBER = re.compile(r"(?<![\w£$.,/&-])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?%?(?![\w/]|[.,]\d)")
_NOT_A_COUNT = re.compile(
    r"(?:section|sections|s\.|level|levels|stage|tier|page|pages|table|figure|chart|appendix|chapter|aged?|item|"
    r"objective|priority|recommendation|phase|year|under|over|version|part|no\.?|number)\s*$",
    re.I,
)
_DAY = re.compile(rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:{_MONTHS})\b|\b\d+\s?(?:to|-|–)\s?\d+\b")
"""A day without its year, or a range: of ages, of dates, of scores."""
_DURATION = re.compile(
    r"[\s-]*(?:years?|months?|weeks?|days?|hours?|minutes?|monthly|weekly|yearly|per cent)\b", re.I
)
_MARKER = re.compile(r"[\s•*-]*\(?\d+(?:\.\d+)+[.)*]*\s+|[\s•*-]*\(?\d+[.)][.)*]*\s+")
_LINK = re.compile(r"\b(?:was|were|is|are|to|of|at|reached|totalled|stood)\s*$|[:(–-]\s*$", re.I)
"""What may stand between the words that were asked for and their number: "the number of plans was 44"."""
_SHARES = re.compile(r"\b(?:per ?cent(?:age)?s?|proportions?|rates?|shares?|timel\w+|trends?)\b|%", re.I)
_VALUE = re.compile(r"\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s?%?\s*\*?\s*")
_TOTAL = re.compile(r"\W*(?:grand |overall )?totals?\b", re.I)


@dataclass(frozen=True, slots=True)
class _Cell:
    """A number of a table: where it stands in the passage, and the words that govern it."""

    start: int
    end: int
    row: str
    column: str


def find_figures(passages: Iterable[Ranked], ideas: Sequence[Idea], typed: str) -> tuple[Figure, ...]:
    """The figures of ``passages`` (best first) that count what is asked for, by year, at most MOST_FIGURES.

    Per cents are given where the question ``typed`` asks for a share, a rate or a trend: of "how many"
    they are no answer.
    """
    shares = bool(_SHARES.search(typed))
    chosen: dict[tuple[str, str, str], Figure] = {}
    for one in passages:
        for figure in (*_in_tables(one.source, ideas), *_in_sentences(one, ideas)):
            if figure.value.endswith("%") and not shares:
                continue
            chosen.setdefault((figure.when, figure.value, figure.of.casefold()), figure)
    best = list(chosen.values())[:MOST_FIGURES]
    return tuple(sorted(best, key=lambda figure: figure.first_year))


def series_of(figures: Sequence[Figure]) -> tuple[Series, ...]:
    """Figures whose rows are called the same, where they tell of two years or more; longest first."""
    named: defaultdict[tuple[str, bool], dict[str, Figure]] = defaultdict(dict)
    for figure in figures:
        if figure.row:
            name = " ".join(re.findall(r"[^\W\d]+", figure.row.casefold()))
            named[name, figure.value.endswith("%")].setdefault(figure.when, figure)
    rows = [
        Series(tuple(of.values())) for of in named.values() if len({f.first_year for f in of.values()}) > 1
    ]
    return tuple(sorted(rows, key=lambda series: -len(series.figures)))


# ---------------------------------------------------------------- tables


def _in_tables(source: Source, ideas: Sequence[Idea]) -> Iterator[Figure]:
    above = " ".join((source.section.title if source.section else "", _caption(source.passage.text)))
    for cell in _cells(source):
        own = Tokens(analyse(f"{cell.row} {cell.column}"))
        row = Tokens(analyse(cell.row))
        named = any(degree(idea.node, row) for idea in ideas)
        if not named and not (_TOTAL.match(cell.row) and any(degree(idea.node, own) for idea in ideas)):
            continue
        if _held(ideas, Tokens(analyse(f"{cell.row} {cell.column} {above}"))) < _LEAST_HELD:
            continue
        when = _when(cell.column) or _when(cell.row) or _when(above) or _only_year(source)
        if when:
            column = " ".join(_WHEN.sub(" ", cell.column).split())
            told = f"{cell.row} ({column})" if column else cell.row
            value = source.passage.text[cell.start : cell.end]
            yield Figure(when, value, told, f"{cell.row} {column}", (cell.start, cell.end), source)


def _cells(source: Source) -> Iterator[_Cell]:
    """The cells of numbers of a passage's table, each with its row's first cell and its column's head."""
    heads: defaultdict[int, list[str]] = defaultdict(list)
    for line in source.passage.context.split("\n"):
        _take_heads(heads, line.split("\t"))
    start = 0
    for line in source.passage.text.split("\n"):
        cells = line.split("\t")
        values = [_VALUE.fullmatch(cell) and not _WHEN.fullmatch(cell.strip()) for cell in cells[1:]]
        if len(cells) > 1 and cells[0].strip() and any(values):
            yield from _row_cells(cells, start, heads)
        elif len(cells) > 1:
            _take_heads(heads, cells)
        start += len(line) + 1


def _take_heads(heads: defaultdict[int, list[str]], cells: Sequence[str]) -> None:
    """A row of a table's head: its words go to the columns that they stand over."""
    if len(cells) > 1:
        for place, cell in enumerate(cells):
            if cell.strip():
                heads[place].append(cell.strip())


def _row_cells(cells: Sequence[str], start: int, heads: defaultdict[int, list[str]]) -> Iterator[_Cell]:
    label = " ".join(cells[0].split())
    for place, cell in enumerate(cells):
        if place and _VALUE.fullmatch(cell):
            first = start + len(cell) - len(cell.lstrip())
            yield _Cell(first, first + len(cell.strip()), label, " ".join(heads[place]))
        start += len(cell) + 1


def _caption(text: str) -> str:
    """The line of a passage that stands above its table's first row; nothing where there is none."""
    first = text.split("\n", 1)[0]
    return "" if "\t" in first else first


# ---------------------------------------------------------------- sentences


def _in_sentences(ranked: Ranked, ideas: Sequence[Idea]) -> Iterator[Figure]:
    source = ranked.source
    for start, end in ranked.sentences:
        text = source.passage.text[start:end]
        tokens = ranked.tokens.between(start, end)
        if "\t" in text or _held(ideas, tokens) < _LEAST_HELD:
            continue
        when = _when(text) if len(_WHEN.findall(text)) == 1 else ""
        when = when or ("" if _WHEN.search(text) else _only_year(source))
        counted = (number for number in _counts(text) if _is_counted(text, start, number, ideas, tokens))
        first, last = next(counted, (0, 0))
        if when and last:
            told = " ".join(text.split())
            yield Figure(when, text[first:last], told, "", (start + first, start + last), source)


def _counts(text: str) -> Iterator[tuple[int, int]]:
    """The (start, end) of numbers that count something: no dates, ages, levels or numbers of things."""
    marker = _MARKER.match(text)
    dated = [match.span() for pattern in (_WHEN, _DAY) for match in pattern.finditer(text)]
    for match in _NUMBER.finditer(text, marker.end() if marker else 0):
        inside = any(a < match.end() and match.start() < b for a, b in dated)
        numbered = _NOT_A_COUNT.search(text[: match.start()]) or _DURATION.match(text, match.end())
        # A decimal in a sentence is the number of a paragraph or a rate, unless it says per cent.
        if not inside and not numbered and ("." not in match[0] or "%" in match[0]):
            yield match.span()


def _is_counted(
    text: str, start: int, number: tuple[int, int], ideas: Sequence[Idea], tokens: Tokens
) -> bool:
    """Whether a number counts what was asked for: right before its words, or after them by a link.

    ``number`` is a slice of ``text``, which stands at ``start`` of the text that ``tokens`` are slices of.
    """
    place = next((token.position for token in tokens.tokens if token.start == start + number[0]), None)
    if place is None:
        return False
    matched = {position for idea in ideas for _, position in meet(idea.node, tokens).places}
    if any(place < position <= place + _NEAR_WORDS for position in matched):
        return True
    linked = _LINK.search(text[: number[0]])
    return bool(linked) and any(place - _NEAR_WORDS <= position < place for position in matched)


# ---------------------------------------------------------------- shared


def _held(ideas: Sequence[Idea], tokens: Tokens) -> float:
    """How much of the question the words hold, as whole terms, from 0 to 1."""
    return share_of(ideas, [meet(idea.node, tokens).whole for idea in ideas])


def _when(text: str) -> str:
    """The first time that a text names, as it is written; empty where none."""
    match = _WHEN.search(text)
    return " ".join(match.group(0).split()) if match else ""


def _only_year(source: Source) -> str:
    """The reporting year of a passage that has but one."""
    years = source.passage.years or (source.part or source.document).years
    return years[0] if len(years) == 1 else ""
