"""Blocks of plain text and Markdown, by blank lines, bullets, tabs and the look of headings.

There are no fonts to go by. A heading is a short line that stands alone, is no sentence, and has
something under it; a long run of such lines is a list of names or a chart, not a run of headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.model import Block, BlockKind, Reading

_BULLET = re.compile(
    r"(?:[-–•▪●◦*\uf0b7\uf0a7]|\uf0fc|>)\s+|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+(?=\S)", re.I
)
_DASH = re.compile(r"[-–•▪●◦*\uf0b7\uf0a7]\s+")
_NUMBERED = re.compile(
    r"(?:(?P<dotted>\d{1,2}(?:\.\d{1,2}){0,3})\.?|(?P<named>appendix|annex|chapter|part|section|schedule)\s+"
    r"(?:\d{1,2}|[a-z])\b[:.]?)\s+(?=[A-Z\"'“‘(])",
    re.I,
)
_BARE_NUMBER = re.compile(r"(\d{1,2})\s+[^\W\d]")
_TOP_NUMBER = re.compile(r"(\d{1,2})\.?\s")
_STAMP = re.compile(
    r"(?:page\s+\d{1,4}(?:\s+of\s+\d{1,4})?|-?\s*\d{1,4}\s*-?|agenda item \d{1,3}[a-z]?|public document pack|"
    r"this page is (?:intentionally|deliberately) left blank)$",
    re.I,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_EMPHASIS = re.compile(r"\*\*|__|</?[a-z][^<>]{0,40}>", re.I)
_LONGEST_HEADING = 130
"""Characters. Headings of board papers run to two lines of print at most."""
_LABEL_WORDS = 4
_TITLE_WORDS = 5
"""Words before a closing colon: up to so many is a title, more is a lead-in."""
_STAMPS_BETWEEN = 3
"""Blocks after a heading among which its text must start: page stamps may stand between."""
_NAMES_IN_A_RUN = 4
"""From so many short lines on, with nothing under any of them, they are names or a chart."""


def plain_to_blocks(reading: Reading) -> tuple[Block, ...]:
    """The blocks of a reading without geometry."""
    blocks: list[Block] = []
    for group in _groups(reading):
        blocks.extend(_group_to_blocks(reading, group))
    return tuple(_level(reading, _tables(reading, _headings(reading, blocks))))


def _groups(reading: Reading) -> Iterator[list[int]]:
    """Indexes of lines that stand together, without a blank line between."""
    group: list[int] = []
    for index in range(len(reading.lines)):
        if group and _parted(reading, group[-1], index):
            yield group
            group = []
        group.append(index)
    if group:
        yield group


def _parted(reading: Reading, upper: int, lower: int) -> bool:
    """Whether a blank line stands between two lines; in a format that flows every line is on its own."""
    above, below = reading.lines[upper], reading.lines[lower]
    return above.number is None or bool(_BLANK_LINE.search(reading.text, above.end, below.start))


def _group_to_blocks(reading: Reading, group: list[int]) -> Iterator[Block]:
    """A paragraph, or items and rows; a line that starts nothing new belongs to what is above it."""
    rows = sum(bool(reading.lines[i].cells) for i in group)
    open_block: Block | None = None
    for index in group:
        block = _start(reading, index, rows)
        if block is None and open_block and open_block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM):
            open_block = replace(open_block, lines=(*open_block.lines, index))
            continue
        if open_block:
            yield open_block
        open_block = block or Block(BlockKind.PARAGRAPH, (index,))
    if open_block:
        yield open_block


def _start(reading: Reading, index: int, rows: int) -> Block | None:
    """The block that a line starts whatever stands above it; None where it may go on from there."""
    line, text = reading.lines[index], reading.line_text(index)
    if line.level is not None:
        return Block(BlockKind.HEADING, (index,), level=line.level)
    if _STAMP.match(_bare(text)) or not any(c.isalnum() for c in text):  # a rule drawn with signs
        return Block(BlockKind.FURNITURE, (index,))
    if line.cells or (rows > 1 and not _BULLET.match(text)):
        return Block(BlockKind.TABLE_ROW, (index,), cells=line.cells or ((line.start, line.end),))
    if line.item or _BULLET.match(text):
        return Block(BlockKind.LIST_ITEM, (index,))
    return None


def _bare(text: str) -> str:
    return _EMPHASIS.sub("", text).strip()


def _headings(reading: Reading, blocks: list[Block]) -> list[Block]:
    """Blocks with the headings among them marked, long runs of short lines left as they are."""
    marked = [_looks_like_heading(reading, block) for block in blocks]
    found: list[Block] = []
    for first, last in _runs(marked):
        leads = any(block.kind != BlockKind.FURNITURE for block in blocks[last : last + _STAMPS_BETWEEN])
        for position in range(first, last):
            numbered = _numbering(reading, blocks[position]) is not None
            short_run = last - first < _NAMES_IN_A_RUN
            if numbered or (leads and (short_run or position == last - 1)):
                found.append(replace(blocks[position], kind=BlockKind.HEADING))
                blocks[position] = found[-1]
    return blocks


def _runs(marked: list[bool]) -> Iterator[tuple[int, int]]:
    first: int | None = None
    for position, mark in enumerate([*marked, False]):
        if mark and first is None:
            first = position
        elif not mark and first is not None:
            yield first, position
            first = None


def _looks_like_heading(reading: Reading, block: Block) -> bool:
    numbered = _numbering(reading, block) is not None
    paragraph = block.kind == BlockKind.PARAGRAPH or (block.kind == BlockKind.LIST_ITEM and numbered)
    if not paragraph or len(block.lines) > 1:
        return False
    text = _bare(reading.line_text(block.lines[0]))
    if len(text) > _LONGEST_HEADING or not any(c.isalpha() for c in text) or _DASH.match(text):
        return False
    if text.rstrip("”’\"')")[-1:] in ".,;" or "://" in text or "@" in text or _is_label(text, numbered):
        return False
    first = next(c for c in text if c.isalnum())
    return first.isdigit() or first.isupper()


def _is_label(text: str, numbered: bool) -> bool:
    """Whether a colon makes it a label with its value ("Chair: ...") or a sentence that leads a list in."""
    before, colon, after = text.partition(":")
    if not colon or numbered:
        return False
    return len(before.split()) <= _LABEL_WORDS if after.strip() else len(before.split()) > _TITLE_WORDS


def _numbering(reading: Reading, block: Block) -> int | None:
    """The depth that a heading's number gives: 1 for "4." and "Appendix 2", 2 for "4.1"."""
    match = _NUMBERED.match(_bare(reading.line_text(block.lines[0])))
    if not match:
        return None
    return match["dotted"].count(".") + 1 if match["dotted"] else 1


def _level(reading: Reading, blocks: list[Block]) -> Iterator[Block]:
    """Headings with their level: by their number, else one below the last that had a number."""
    numbered, last_number = 0, 0
    for block in blocks:
        if block.kind != BlockKind.HEADING or block.level is not None:
            yield block
            continue
        depth = _numbering(reading, block)
        bare = _BARE_NUMBER.match(_bare(reading.line_text(block.lines[0])))
        if bare and int(bare[1]) != last_number + 1:
            # "3 Working Together" out of turn is a footnote or a figure, not a third chapter.
            yield replace(block, kind=BlockKind.PARAGRAPH)
            continue
        if top := _TOP_NUMBER.match(_bare(reading.line_text(block.lines[0]))):
            last_number = int(top[1])
        numbered = depth or numbered
        yield replace(block, level=depth or numbered + 1)


def _tables(reading: Reading, blocks: list[Block]) -> list[Block]:
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
    return lower == upper + 1 and (reading.lines[upper].number is None or not _parted(reading, upper, lower))


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
    return sum(1 for cell in cells if re.fullmatch(r"[£$]?\s*[\d.,]+\s*%?", cell))


def _ends_sentence(reading: Reading, row: Block) -> bool:
    return reading.text[row.cells[-1][0] : row.cells[-1][1]].endswith(".")
