"""Blocks of plain text and Markdown, by blank lines, bullets, tabs and the look of headings.

There are no fonts to go by. A heading is a short line that stands alone, is no sentence, and has
something under it; a long run of such lines is a list of names or a chart, not a run of headings.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from indexer.blocks.plain_tables import number_tables, title_rows
from indexer.blocks.plain_wording import is_label, is_listed, is_question, reads_as_heading
from indexer.model import Block, BlockKind, Reading

_BULLET = re.compile(
    r"(?:[-–•▪●◦*\uf0b7\uf0a7]|\uf0fc|>)\s+|\(?(?:[a-z]|[ivx]{1,4}|\d{1,2})[.)]\s+(?=\S)", re.I
)
_LETTERED = re.compile(r"\(?[a-z]\)\s+[A-Z]")
_NUMBERED = re.compile(
    r"(?:(?P<dotted>\d{1,2}(?:\.\d{1,2}){0,3})\.?|(?P<named>appendix|annex|chapter|part|section|schedule)\s+"
    r"(?:\d{1,2}|[a-z])\b[:.]?)\s+(?=[A-Z\"'“‘(])",
    re.I,
)
_BARE_NUMBER = re.compile(r"(\d{1,2})\s+[^\W\d]")
_TOP_NUMBER = re.compile(r"(\d{1,2})\.?\s")
_COUNT = re.compile(r"(\d{1,2})[.)]\s")
_STAMP = re.compile(
    r"(?:page\s+\d{1,4}(?:\s+of\s+\d{1,4})?|-?\s*\d{1,4}\s*-?|agenda item \d{1,3}[a-z]?|public document pack|"
    r"this page is (?:intentionally|deliberately) left blank|"
    r"page\S{0,6}\s?(?:www\.)?[\w-]+\.(?:org|gov|co|nhs|com)(?:\.uk)?)$",
    re.I,
)
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_EMPHASIS = re.compile(r"\*\*|__|</?[a-z][^<>]{0,40}>", re.I)
_STAMPS_BETWEEN = 3
"""Blocks after a heading among which its text must start: page stamps may stand between."""
_NAMES_IN_A_RUN = 4
"""From so many short lines on, with nothing under any of them, they are names or a chart."""


def plain_to_blocks(reading: Reading) -> tuple[Block, ...]:
    """The blocks of a reading without geometry."""
    blocks: list[Block] = []
    for group in _groups(reading):
        blocks.extend(_group_to_blocks(reading, group))
    return tuple(_level(reading, number_tables(reading, _headings(reading, title_rows(reading, blocks)))))


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
    marked = [_looks_like_heading(reading, blocks, position) for position in range(len(blocks))]
    marked = [
        mark and not _is_reply(reading, blocks, marked, position) for position, mark in enumerate(marked)
    ]
    for run in _runs(reading, blocks, marked):
        for position in run:
            if marked[position] and _leads(reading, blocks, run, position):
                blocks[position] = replace(blocks[position], kind=BlockKind.HEADING)
    return blocks


def _runs(reading: Reading, blocks: list[Block], marked: list[bool]) -> Iterator[list[int]]:
    """Positions of short lines that stand one under the other, whatever was stamped between them."""
    run: list[int] = []
    for position, block in enumerate(blocks):
        if block.kind == BlockKind.FURNITURE:
            continue
        if marked[position] or (block.kind == BlockKind.PARAGRAPH and is_listed(_words(reading, block))):
            run.append(position)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _leads(reading: Reading, blocks: list[Block], run: list[int], position: int) -> bool:
    """Whether a line of a run is a heading: by its number, or by the text that stands under it."""
    if _numbering(reading, blocks[position]) is not None:
        return True
    if not any(block.kind != BlockKind.FURNITURE for block in blocks[run[-1] + 1 :][:_STAMPS_BETWEEN]):
        return False
    last = position == run[-1]
    return last or len(run) < _NAMES_IN_A_RUN or is_label(_words(reading, blocks[position]))


def _words(reading: Reading, block: Block) -> str:
    """A block's first line without its emphasis."""
    return _bare(reading.line_text(block.lines[0]))


def _looks_like_heading(reading: Reading, blocks: list[Block], position: int) -> bool:
    block = blocks[position]
    numbered = _numbering(reading, block) is not None
    paragraph = block.kind == BlockKind.PARAGRAPH or (
        block.kind == BlockKind.LIST_ITEM and (numbered or _is_lone_letter(reading, blocks, position))
    )
    if not paragraph or len(block.lines) > 1 or _goes_on_counting(reading, blocks, position):
        return False
    return reads_as_heading(_words(reading, block), numbered)


def _goes_on_counting(reading: Reading, blocks: list[Block], position: int) -> bool:
    """Whether a line counts on from the one right above it: items of a list, as sources are listed.
    Numbered headings have text between them, or at least a blank line."""
    if not position or _parted(reading, blocks[position - 1].lines[-1], blocks[position].lines[0]):
        return False
    counts = [_COUNT.match(_words(reading, block)) for block in blocks[position - 1 : position + 1]]
    above, own = (int(count[1]) if count else 0 for count in counts)
    return above > 0 and own == above + 1


def _is_lone_letter(reading: Reading, blocks: list[Block], position: int) -> bool:
    """Whether an item "a) ..." has no other item beside it: then the letter numbers a heading."""
    if not _LETTERED.match(_words(reading, blocks[position])):
        return False
    beside = (blocks[position - 1] if position else None, *blocks[position + 1 : position + 2])
    return all(block is None or block.kind != BlockKind.LIST_ITEM for block in beside)


def _is_reply(reading: Reading, blocks: list[Block], marked: list[bool], position: int) -> bool:
    """Whether a short line is what was put beside a form's question: no text stands under it."""
    above, below = blocks[position - 1], blocks[position + 1 : position + 2]
    if not position or not marked[position - 1] or _numbering(reading, blocks[position]) is not None:
        return False
    if not is_question(_words(reading, above)):
        return False
    return not below or marked[position + 1] or below[0].kind == BlockKind.TABLE_ROW


def _numbering(reading: Reading, block: Block) -> int | None:
    """The depth that a heading's number gives: 1 for "4." and "Appendix 2", 2 for "4.1"."""
    match = _NUMBERED.match(_words(reading, block))
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
        bare = _BARE_NUMBER.match(_words(reading, block))
        if bare and int(bare[1]) != last_number + 1:
            # "3 Working Together" out of turn is a footnote or a figure, not a third chapter.
            yield replace(block, kind=BlockKind.PARAGRAPH)
            continue
        if top := _TOP_NUMBER.match(_words(reading, block)):
            last_number = int(top[1])
        numbered = depth or numbered
        yield replace(block, level=depth or numbered + 1)
