"""Statements in tables: the rows of action plans, work plans and lists of recommendations.

A column's name says what its cells are. Where a converter cut a row into lines, the lines of one
cell are put together again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.model import Block, BlockKind, Reading, StatementKind
from indexer.statement_wording import number_of, says_nothing
from indexer.wording import plain

_COLUMNS = (
    (
        StatementKind.ACTION,
        re.compile(
            r"(?:\w+ ){0,2}(?:actions?|tasks?)(?: (?:required|agreed|points?|needed|to be taken|and .*))?"
            r"|what (?:we|the board|will|needs?)\b.*\b(?:do|done|happen)\??",
            re.I,
        ),
    ),
    (
        StatementKind.RECOMMENDATION,
        re.compile(r"(?:\w+ )?recommendations?(?: (?:made|text|number and text))?", re.I),
    ),
    (StatementKind.DECISION, re.compile(r"decisions?(?: (?:made|taken))?|resolution", re.I)),
    (
        StatementKind.FINDING,
        re.compile(r"(?:key )?finding|key findings|learning points?|lessons? learn(?:ed|t)", re.I),
    ),
)
_AIM = re.compile(r"(?:\w+ )?(?:objectives?|priorit(?:y|ies))(?: (?:for|area)\b.*)?", re.I)
"""A column that is taken where none names actions or the like."""
_PAST = re.compile(r"\b(?:taken|completed|to date|progress|achieved|status|update|was done|we did)\b", re.I)
_JUDGED = re.compile(
    r"what (?:was|we|has been) (?:done|did|achieved)|judge?ment|achievements?|position|.*\bcomplete\b", re.I
)
_REFERENCE = re.compile(r"[A-Z]{0,2}\d{1,3}(?:\.\d{1,2}){0,3}[a-z]?\.?")
_FIGURE = re.compile(r"[£$]?\s*\d[\d.,/]*\s*%?")
_TOLD = re.compile(
    r"date|date of (?:event|incident|contact)|(?:date and )?time|incident|event|outcome|period|"
    r"quarter|month|year",
    re.I,
)
"""Columns of a chronology: what stands beside them has been done."""
_WORD = re.compile(r"[^\W\d_]{2,}")
_NAME_WORDS = 6
"""Words of a cell that can name a column."""
_LEAST_WORDS = 3
"""A shorter cell names or numbers something; it says nothing."""


@dataclass(frozen=True, slots=True)
class RowStatement:
    """A statement of a table: its cell's slices of the source and the lines of its row."""

    kind: StatementKind
    number: str | None
    slices: tuple[tuple[int, int], ...]
    lines: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Columns:
    """Which column holds which kind of statement, and how many there are."""

    kinds: tuple[tuple[int, StatementKind], ...]
    instead: tuple[tuple[int, StatementKind], ...]
    """Where a row states its objective and no task: that column."""
    count: int


def row_statements(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[RowStatement]:
    """The statements in the tables of a document, in reading order."""
    for columns, rows in _runs(reading, blocks):
        found: list[RowStatement] = []
        for row in rows:
            found = _with_row(reading, row, columns, found)
        yield from _spoken(reading, found)


def _runs(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[tuple[_Columns, list[Block]]]:
    """Rows with the columns that they stand in.

    Rows that come without names of columns after a break stand in the columns before it, if nothing
    but text without a heading is between and there are as many columns: a page was turned.
    """
    columns: _Columns | None = None
    rows: list[Block] = []
    for block in blocks:
        named = _columns(reading, block) if block.kind == BlockKind.TABLE_ROW else None
        if named and not named.kinds and columns is not None and columns.kinds and not rows:
            continue  # units or the like, in a second row of names
        ends = block.kind == BlockKind.HEADING and _says_something(reading, block)
        if (named or ends) and columns is not None:
            # A single cell right above the names of columns is the title of their table.
            yield columns, rows[:-1] if named and rows and len(rows[-1].cells) == 1 else rows
        if named or ends:
            columns, rows = named, []
        elif block.kind == BlockKind.TABLE_ROW and columns is not None:
            rows.append(block)
    if columns is not None:
        yield columns, rows


def _says_something(reading: Reading, block: Block) -> bool:
    return len(_WORD.findall(reading.line_text(block.lines[0]))) > 1


def _columns(reading: Reading, row: Block) -> _Columns | None:
    """The columns that a row names; None where it is no such row."""
    names = [plain(reading.text[a:b]).strip(" :*") for a, b in row.cells]
    if len(names) < 2 or not all(_can_name(name) for name in names):
        return None
    taken, instead = _taken(names)
    if not taken and not row.header:
        return None
    spots = [_spot(reading, row, k) for k in range(len(names))]
    kinds, others = (tuple((spots[k], kind) for k, kind in some) for some in (taken, instead))
    return _Columns(kinds, others, len(names))


def _can_name(text: str) -> bool:
    """Whether a cell can be the name of a column: a few words, no figure, not the rest of a sentence."""
    return len(text.split()) <= _NAME_WORDS and not text[:1].islower() and _FIGURE.fullmatch(text) is None


_Taken = list[tuple[int, StatementKind]]


def _taken(names: list[str]) -> tuple[_Taken, _Taken]:
    """Columns that hold statements, one of a kind at most, and those to read where they are empty."""
    if _TOLD.fullmatch(names[0]):
        return [], []
    found: dict[StatementKind, int] = {}
    for kind, pattern in _COLUMNS:
        for k, name in enumerate(names):
            if kind not in found and pattern.fullmatch(name) and not _PAST.search(name):
                found[kind] = k
    aims = [(k, StatementKind.ACTION) for k, name in enumerate(names) if _AIM.fullmatch(name)][:1]
    if any(_JUDGED.fullmatch(name) for name in names):
        aims = []
    taken = [(k, kind) for kind, k in found.items()]
    return (taken, aims) if taken else (aims, [])


def _spot(reading: Reading, row: Block, cell: int) -> int:
    """The column of a cell: by the tabs or bars before it on its line, else by the cells before it."""
    start = row.cells[cell][0]
    before = reading.text[reading.text.rfind("\n", 0, start) + 1 : start]
    if before.startswith("|"):
        return before.count("|") - 1
    return before.count("\t") if _is_tabbed(reading, row) else cell


def _is_tabbed(reading: Reading, row: Block) -> bool:
    """Whether tabs say which column each cell is in."""
    left = reading.text.rfind("\n", 0, row.cells[0][0]) + 1
    return reading.text.find("\t", left, row.cells[-1][1] + 1) >= 0


def _with_row(
    reading: Reading, row: Block, columns: _Columns, before: list[RowStatement]
) -> list[RowStatement]:
    """The statements so far with those of one more row, or with what it adds to the last of them."""
    cells = _cells(reading, row, columns)
    held = [pair for pair in columns.kinds if pair[0] in cells] or [
        pair for pair in columns.instead if pair[0] in cells and len(row.cells) > 1
    ]
    found = [
        RowStatement(kind, _number(reading, row, cells[spot]), (cells[spot],), row.lines)
        for spot, kind in held
    ]
    if not before:
        return found
    last = before[-1]
    if not found:
        return [*before[:-1], replace(last, lines=(*last.lines, *row.lines))]
    if len(columns.kinds) == 1 and _reads_on(reading, before, found[0]):
        joined = replace(last, slices=last.slices + found[0].slices, lines=(*last.lines, *row.lines))
        return [*before[:-1], joined]
    return [*before, *found]


def _cells(reading: Reading, row: Block, columns: _Columns) -> dict[int, tuple[int, int]]:
    """Cells by their column; none where a row without marks has too few to tell which are which."""
    marked = _is_tabbed(reading, row) or _spot(reading, row, 0) > 0
    if not marked and 1 < len(row.cells) < columns.count:
        return {}
    return {_spot(reading, row, k): cell for k, cell in enumerate(row.cells)}


def _number(reading: Reading, row: Block, cell: tuple[int, int]) -> str | None:
    """The number that a cell begins with, else that of the row's first cell."""
    own = number_of(reading.text[slice(*cell)])
    first = plain(reading.text[slice(*row.cells[0])])
    if own is None and _REFERENCE.fullmatch(first):
        return first.rstrip(".")
    return own


def _reads_on(reading: Reading, before: list[RowStatement], found: RowStatement) -> bool:
    """Whether a row's cell is the rest of the cell above: one row that was cut into lines.

    A new row has its number where rows are numbered; else it begins with a capital.
    """
    above, text = (plain(reading.text[slice(*one.slices[-1])]) for one in (before[-1], found))
    if found.number is not None:
        return False
    if not any(c.isalpha() for c in text[:1]) or text[0].islower():
        return True
    return before[-1].number is not None and above[-1:] not in (".", ";", "?")


def _spoken(reading: Reading, rows: list[RowStatement]) -> Iterator[RowStatement]:
    """Statements that say something: not a name, a number or a date."""
    for row in rows:
        text = " ".join(reading.text[a:b] for a, b in row.slices)
        if len(_WORD.findall(text)) >= _LEAST_WORDS and not says_nothing(text):
            yield row
