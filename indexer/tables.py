"""Tables of a document: what each is called and where it stands.

A table is called by its caption, by a row of a single cell above its columns, or by the short line
right above it; failing these, by the heading that it stands under.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.model import Block, BlockKind, Reading, Table
from indexer.wording import block_text, plain, same_words, without_bullet

_CAPTION = re.compile(r"(?:table|chart|figure|fig\.?|graph|diagram|box)\s*\d{1,3}\w?\b", re.I)
_FOOTNOTE = re.compile(r"(?:\^|\*|†|‡|n\.?b\b|notes?:|source:|(?:all )?figures (?:are )?in\b)", re.I)
_NUMBERED = re.compile(r"\s*(\d{1,3})[a-z]?[.):]")
_CONTENTS = re.compile(r"(?:table of )?contents(?: page)?\W*|page(?: no\.?| number)?\W*", re.I)
_LABEL_AND_VALUE = re.compile(r"(?:[^\W\d]+ ){0,2}[^\W\d]+: .*\S")
"""A detail of the paper that happens to stand above a table: "Lead officer: ..."."""
_LABELLED = re.compile(r"\(?[a-z][.)]\s+", re.I)
_LEADER = re.compile(r"(?:\.\s?){4,}|…{2,}")
_LONGEST_TITLE = 25
"""Words: a longer line above a table is prose that happens to stand there."""
_MOST_BETWEEN = 3
"""Notes that may stand between a table and its caption."""
_LEAST_LETTERS = 3
"""Fewer are a stray mark that a converter left."""
_BODY_CELL = 8
"""Words: a cell of so many is text of a table, not the name of a column."""
_LEAST_ROWS = 2
"""A tabbed line on its own is a label and its value."""

Rows = list[int]


def find_tables(reading: Reading, blocks: tuple[Block, ...]) -> tuple[Table, ...]:
    """The tables of a document in reading order; contents lists and single tabbed lines left out."""
    found = []
    for rows in _tables(reading, blocks):
        title = _title(reading, blocks, rows)
        if len(rows) >= _LEAST_ROWS and not _is_contents(reading, blocks, rows, title):
            lines = [index for row in rows for index in blocks[row].lines]
            found.append(Table(title, reading.place(lines)))
    return tuple(found)


def _tables(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[Rows]:
    """The blocks of each table: rows cut apart by a gap are put together, stacked tables taken apart."""
    joined: list[Rows] = []
    for rows in _numbered_tables(blocks):
        if joined and _goes_on(reading, blocks, joined[-1], rows):
            joined[-1] = joined[-1] + rows
        else:
            joined.append(rows)
    for rows in joined:
        yield from _taken_apart(reading, blocks, rows)


def _numbered_tables(blocks: tuple[Block, ...]) -> list[Rows]:
    tables: dict[int, Rows] = {}
    for position, block in enumerate(blocks):
        if block.table is not None:
            tables.setdefault(block.table, []).append(position)
    return list(tables.values())


def _goes_on(reading: Reading, blocks: tuple[Block, ...], above: Rows, below: Rows) -> bool:
    """Whether a table goes on after a gap: nothing but furniture between, and rows that read on."""
    between = blocks[above[-1] + 1 : below[0]]
    if any(block.kind != BlockKind.FURNITURE for block in between):
        return False
    top = blocks[below[0]]
    first = [plain(reading.text[a:b]) for a, b in top.cells]
    if any(cell[:1].islower() for cell in first):
        return True
    if _columns(blocks, above) == _columns(blocks, below) and len(first) > 1:
        named = any(_words(reading, blocks[row]) == _words(reading, top) for row in above[:2])
        if named or any(len(cell.split()) >= _BODY_CELL for cell in first):
            return True
    number = _NUMBERED.match(first[0]) if first else None
    return number is not None and int(number[1]) == _last_number(reading, blocks, above) + 1


def _columns(blocks: tuple[Block, ...], rows: Rows) -> int:
    return max(len(blocks[row].cells) for row in rows)


def _last_number(reading: Reading, blocks: tuple[Block, ...], rows: Rows) -> int:
    """The number that the last numbered row begins with; -1 where none is numbered."""
    for row in reversed(rows):
        match = _NUMBERED.match(reading.line_text(blocks[row].lines[0]))
        if match:
            return int(match[1])
    return -1


def _taken_apart(reading: Reading, blocks: tuple[Block, ...], rows: Rows) -> Iterator[Rows]:
    """Tables stacked without a gap: each begins with a title row above the same names of columns."""
    first = 0
    names = {_words(reading, blocks[row]) for row in rows[:2] if len(blocks[row].cells) > 1}
    for k in range(2, len(rows) - 1):
        alone = len(blocks[rows[k]].cells) == 1
        if alone and len(blocks[rows[k + 1]].cells) > 1 and _words(reading, blocks[rows[k + 1]]) in names:
            yield rows[first:k]
            first = k
    yield rows[first:]


def _words(reading: Reading, row: Block) -> tuple[str, ...]:
    return tuple(same_words(reading.text[a:b]) for a, b in row.cells)


def _title(reading: Reading, blocks: tuple[Block, ...], rows: Rows) -> str:
    above = _line_above(reading, blocks, rows[0])
    if above and _CAPTION.match(above):
        return above
    return (
        _title_row(reading, blocks, rows)
        or above
        or _heading_above(reading, blocks, rows[0])
        or _column_names(reading, blocks[rows[0]])
    )


def _line_above(reading: Reading, blocks: tuple[Block, ...], position: int) -> str:
    """The heading or short line right above a table, notes and furniture aside; empty if it is prose."""
    seen = 0
    for block in reversed(blocks[:position]):
        text = without_bullet(block_text(reading, block))
        if block.kind in (BlockKind.FURNITURE, BlockKind.FOOTNOTE) or not text:
            continue
        if block.kind == BlockKind.TABLE_ROW or seen > _MOST_BETWEEN:
            return ""
        if _CAPTION.match(text) or (block.kind == BlockKind.HEADING and _has_letters(text)):
            return text
        if not _FOOTNOTE.match(text):
            return text.rstrip(":") if _is_title(text) and not _LABEL_AND_VALUE.fullmatch(text) else ""
        seen += 1
    return ""


def _is_title(text: str) -> bool:
    """Whether a line names a thing: short, begins with a capital or a figure, ends as no sentence."""
    text = _LABELLED.sub("", text, count=1)
    first = next((letter for letter in text if letter.isalnum()), "")
    return (
        _has_letters(text)
        and len(text.split()) <= _LONGEST_TITLE
        and (first.isupper() or first.isdigit())
        and text[-1] not in ".;,"
        and not any(mark in text for mark in (". ", "@", "://"))
    )


def _has_letters(text: str) -> bool:
    return sum(letter.isalpha() for letter in text) >= _LEAST_LETTERS


def _title_row(reading: Reading, blocks: tuple[Block, ...], rows: Rows) -> str:
    """The single cell above the columns, where a table begins with one."""
    first = blocks[rows[0]]
    if len(rows) < 2 or len(first.cells) != 1 or len(blocks[rows[1]].cells) < 2:
        return ""
    if reading.text[: first.cells[0][0]].endswith("\t"):
        return ""  # It stands over the second column or a later one: half the name of a column.
    text = block_text(reading, first)
    return text.rstrip(":") if _is_title(text) else ""


def _heading_above(reading: Reading, blocks: tuple[Block, ...], position: int) -> str:
    headings = (block for block in reversed(blocks[:position]) if block.kind == BlockKind.HEADING)
    return next((text for block in headings if _has_letters(text := block_text(reading, block))), "")


def _column_names(reading: Reading, row: Block) -> str:
    return ", ".join(text for a, b in row.cells if (text := plain(reading.text[a:b])))


def _is_contents(reading: Reading, blocks: tuple[Block, ...], rows: Rows, title: str) -> bool:
    """Whether a table is a contents list: called so, or its entries are led to their pages by dots."""
    leaders = sum(
        1 for row in rows if any(_LEADER.search(reading.line_text(index)) for index in blocks[row].lines)
    )
    return _CONTENTS.fullmatch(title) is not None or 2 * leaders > len(rows)
