"""Tables of plain text: rows that stand together, their header row, the row that is their title."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

from indexer.model import Block, BlockKind, Reading

_TITLE_WORDS = 12
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_FIGURE = re.compile(r"[£$]?\s*[\d.,]+\s*%?")


def title_rows(reading: Reading, blocks: list[Block]) -> list[Block]:
    """Blocks with the rows that name a table turned into headings.

    Such a row fills its first cell alone; the columns' names stand under it, or come again there.
    """
    known: set[str] = set()
    found = list(blocks)
    for position, (block, below) in enumerate(pairwise(blocks)):
        if not (block.kind == below.kind == BlockKind.TABLE_ROW) or not _adjoin(reading, block, below):
            continue
        names = _filled(reading, below)
        opens = not position or not _adjoin(reading, blocks[position - 1], block)
        key = "\x1f".join(names).casefold()
        if _names_a_table(reading, block) and _are_names(names) and (opens or key in known):
            found[position] = replace(block, kind=BlockKind.HEADING, cells=())
            known.add(key)
        elif opens:
            known.add("\x1f".join(_filled(reading, block)).casefold())
    return found


def _filled(reading: Reading, row: Block) -> list[str]:
    cells = [reading.text[a:b].strip() for a, b in row.cells]
    return [cell for cell in cells if cell]


def _names_a_table(reading: Reading, row: Block) -> bool:
    filled = _filled(reading, row)
    if len(filled) != 1 or reading.line_text(row.lines[0])[0].isspace():
        return False
    title = filled[0]
    return 2 <= len(title.split()) <= _TITLE_WORDS and title[0].isupper() and title[-1] not in ".,;:"


def _are_names(cells: list[str]) -> bool:
    """Whether cells read as the names of columns: two or more, short, no figures."""
    return len(cells) >= 2 and all(
        len(cell.split()) <= _TITLE_WORDS and not _FIGURE.fullmatch(cell) and cell[-1] not in ".,;"
        for cell in cells
    )


def number_tables(reading: Reading, blocks: list[Block]) -> list[Block]:
    """Rows with the number of their table, and the header row known."""
    table = -1
    previous: Block | None = None
    for position, block in enumerate(blocks):
        if block.kind == BlockKind.TABLE_ROW:
            if not (previous and previous.kind == BlockKind.TABLE_ROW and _adjoin(reading, previous, block)):
                table += 1
                block = replace(block, header=_is_header(reading, blocks, position))
            block = blocks[position] = replace(block, table=table)
        previous = block
    return blocks


def _adjoin(reading: Reading, above: Block, below: Block) -> bool:
    """Whether two rows belong to one table: no other line and no blank one stands between them."""
    upper, lower = above.lines[-1], below.lines[0]
    return lower == upper + 1 and (
        reading.lines[upper].number is None or not _is_parted(reading, upper, lower)
    )


def _is_header(reading: Reading, blocks: list[Block], position: int) -> bool:
    """Whether a table's first row names its columns: it holds fewer figures than the row below."""
    below = blocks[position + 1] if position + 1 < len(blocks) else None
    if below is None or below.kind != BlockKind.TABLE_ROW or len(blocks[position].cells) < 2:
        return False
    return _figures(reading, blocks[position]) <= _figures(reading, below) and not _ends_sentence(
        reading, blocks[position]
    )


def _figures(reading: Reading, row: Block) -> int:
    cells = [reading.text[a:b] for a, b in row.cells]
    return sum(1 for cell in cells if _FIGURE.fullmatch(cell))


def _ends_sentence(reading: Reading, row: Block) -> bool:
    return reading.text[row.cells[-1][0] : row.cells[-1][1]].endswith(".")


def _is_parted(reading: Reading, upper: int, lower: int) -> bool:
    above, below = reading.lines[upper], reading.lines[lower]
    return bool(_BLANK_LINE.search(reading.text, above.end, below.start))
