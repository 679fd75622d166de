"""Lines of a printed paper to blocks: headings, paragraphs, list items, table rows, notes, furniture."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from indexer.blocks.printed_details import without_details
from indexer.blocks.printed_furniture import find_furniture
from indexer.blocks.printed_headings import heading_run, rank_headings
from indexer.blocks.printed_looks import (
    ENDS,
    NUMBERED,
    Looks,
    follows,
    is_forced_break,
    is_list_mark,
    is_marked,
    measure,
)
from indexer.blocks.printed_numbers import number_headings
from indexer.blocks.printed_tables import Row, find_rows
from indexer.model import Block, BlockKind, Reading

_NOTE_MARK = re.compile(r"^(?:\d{1,3}|[*†‡§]{1,3}|\[\d{1,3}\]|[a-z])(?:\s|(?=[A-Z]))")
_NOTE_SIZE = 0.93
_LONGEST_MARK = 6
_LEAST_LISTED = 3
_LISTABLE = (BlockKind.HEADING, BlockKind.LIST_ITEM)
_NOTE_ZONE = 0.55
"""Footnotes stand below this share of the page's height."""


def printed_to_blocks(reading: Reading) -> tuple[Block, ...]:
    """Blocks of a reading whose lines have boxes; each line stands in exactly one, in order."""
    furniture = find_furniture(reading)
    body = [i for i in range(len(reading.lines)) if i not in furniture]
    if not body:
        return tuple(Block(BlockKind.FURNITURE, (i,)) for i in sorted(furniture))
    looks = measure(reading, body)
    notes = _find_notes(reading, looks, body)
    rows = find_rows(reading, body)
    blocks = _flow(reading, looks, [i for i in body if i not in notes], rows)
    blocks += _note_blocks(reading, sorted(notes))
    blocks += [Block(BlockKind.FURNITURE, (i,)) for i in furniture]
    blocks = _unlisted(reading, sorted(blocks, key=lambda block: block.lines))
    return _with_levels(reading, without_details(reading, number_headings(reading, blocks)))


def _flow(reading: Reading, looks: Looks, lines: Sequence[int], rows: dict[int, Row]) -> list[Block]:
    """Blocks of the lines that are neither furniture nor notes."""
    blocks: list[Block] = []
    at = 0
    while at < len(lines):
        index = lines[at]
        if row := rows.get(index):
            blocks.append(Block(BlockKind.TABLE_ROW, (index,), None, row.cells, row.header, row.table))
            at += 1
        elif count := heading_run(reading, looks, lines, at):
            blocks.append(Block(BlockKind.HEADING, tuple(lines[at : at + count])))
            at += count
        else:
            count = _text_run(reading, looks, lines, at, rows)
            kind = BlockKind.LIST_ITEM if is_list_mark(reading.line_text(index)) else BlockKind.PARAGRAPH
            blocks.append(Block(kind, tuple(lines[at : at + count])))
            at += count
    return blocks


def _text_run(reading: Reading, looks: Looks, lines: Sequence[int], at: int, rows: dict[int, Row]) -> int:
    """How many lines from ``at`` on make one paragraph or list item."""
    count = 1
    while at + count < len(lines):
        after = lines[at + count]
        if after in rows or heading_run(reading, looks, lines, at + count):
            break
        if not _joins(reading, looks, lines[at : at + count], after):
            break
        count += 1
    return count


def _joins(reading: Reading, looks: Looks, block: Sequence[int], after: int) -> bool:
    """Whether a line belongs to the paragraph or list item that ``block`` has begun."""
    before = block[-1]
    text, last = reading.line_text(after), reading.line_text(before)
    if len(block) == 1 and _is_bare_mark(last) and _stands_beside(reading, looks, before, after):
        return True
    if is_marked(text) and not _is_chance_mark(reading, looks, before, after):
        return False
    one, two = reading.lines[before].size or 0.0, reading.lines[after].size or 0.0
    if abs(one - two) > 0.12 * max(one, two):
        return False
    if not follows(reading, looks, before, after):
        return _runs_on(reading, looks, block, after)
    gap = looks.boxes[after].y0 - looks.boxes[before].y1
    if gap > looks.gap(one) + 0.35 * one:
        return False
    if ENDS.search(last) and (text[:1].isupper() or not text[:1].isalpha()):
        return not is_forced_break(reading, looks, before, after) and not _is_indented(looks, block, after)
    return True


def _is_bare_mark(text: str) -> bool:
    return len(text) <= _LONGEST_MARK and " " not in text and is_marked(text)


def _stands_beside(reading: Reading, looks: Looks, mark: int, after: int) -> bool:
    """Whether a line begins to the right of a mark that stands by itself, at its height."""
    a, b = looks.boxes[mark], looks.boxes[after]
    same_page = reading.lines[mark].page == reading.lines[after].page
    return same_page and b.x0 > a.x0 and abs(b.y0 - a.y0) < (reading.lines[after].size or 10.0)


def _is_chance_mark(reading: Reading, looks: Looks, before: int, after: int) -> bool:
    """Whether a line only happens to begin like a list item: a year or a dash in a running sentence."""
    if not follows(reading, looks, before, after) or ENDS.search(reading.line_text(before)):
        return False
    near = (
        looks.boxes[after].y0 - looks.boxes[before].y1 < looks.gap(reading.lines[before].size or 10.0) + 1.5
    )
    aligned = looks.boxes[after].x0 <= looks.boxes[before].x0 + 2
    full = not is_forced_break(reading, looks, before, after)
    return near and aligned and full and not is_list_mark(reading.line_text(before))


def _is_indented(looks: Looks, block: Sequence[int], after: int) -> bool:
    """Whether a line starts further in than the lines before it, as a new paragraph's first does."""
    if len(block) < 2:
        return False
    return looks.boxes[after].x0 > looks.boxes[block[-1]].x0 + 6


def _runs_on(reading: Reading, looks: Looks, block: Sequence[int], after: int) -> bool:
    """Whether a sentence goes on in the next column or on the next page."""
    last, text = reading.line_text(block[-1]), reading.line_text(after)
    one, two = reading.lines[block[-1]], reading.lines[after]
    if ENDS.search(last) or one.page is None or two.page is None or two.page - one.page > 1:
        return False
    if one.bold != two.bold and not text[:1].islower():
        return False
    if text[:1].islower() or last[-1:] in ",-–" or text[:1] in "(£‘“":
        return True
    full = looks.rights[block[-1]] - looks.boxes[block[-1]].x1 < 6 * (one.size or 10.0)
    return full and len(last) > 40


def _find_notes(reading: Reading, looks: Looks, body: Sequence[int]) -> frozenset[int]:
    """Lines of footnotes: small print from a mark down to the end of the page."""
    found: set[int] = set()
    pages = {number: list(lines) for number, lines in groupby(body, lambda i: reading.lines[i].page)}
    for page in reading.pages:
        lines = pages.get(page.number, [])
        tail: list[int] = []
        for i in reversed(lines):
            line = reading.lines[i]
            small = (line.size or 0.0) < _NOTE_SIZE * looks.body(line) and not line.cells
            if not small or line.box is None or line.box.y0 < _NOTE_ZONE:
                break
            tail.insert(0, i)
        while tail and not _NOTE_MARK.match(reading.line_text(tail[0])):
            tail.pop(0)
        found.update(tail)
    return frozenset(found)


def _note_blocks(reading: Reading, notes: Sequence[int]) -> list[Block]:
    """Footnotes, each with the lines that it wraps over."""
    blocks: list[list[int]] = []
    for i in notes:
        starts = _NOTE_MARK.match(reading.line_text(i)) is not None
        if starts or not blocks or reading.lines[blocks[-1][-1]].page != reading.lines[i].page:
            blocks.append([i])
        else:
            blocks[-1].append(i)
    return [Block(BlockKind.FOOTNOTE, tuple(lines)) for lines in blocks]


def _unlisted(reading: Reading, blocks: list[Block]) -> list[Block]:
    """Turn runs of numbered headings with no text between them, such as an agenda's, into list items."""
    run: list[int] = []
    for k, block in enumerate(blocks):
        if block.kind is BlockKind.FURNITURE:
            continue
        line = reading.lines[block.lines[0]]
        numbered = block.kind in _LISTABLE and NUMBERED.match(reading.line_text(block.lines[0]))
        first = reading.lines[blocks[run[0]].lines[0]] if run else line
        if numbered and (line.size, line.bold) == (first.size, first.bold):
            run.append(k)
            continue
        _make_items(blocks, run)
        run = [k] if numbered else []
    _make_items(blocks, run)
    return blocks


def _make_items(blocks: list[Block], run: Sequence[int]) -> None:
    if len(run) >= _LEAST_LISTED:
        for i in run:
            blocks[i] = replace(blocks[i], kind=BlockKind.LIST_ITEM)


def _with_levels(reading: Reading, blocks: Sequence[Block]) -> tuple[Block, ...]:
    headings = [block.lines for block in blocks if block.kind is BlockKind.HEADING]
    levels = iter(rank_headings(reading, headings))
    return tuple(
        replace(block, level=next(levels)) if block.kind is BlockKind.HEADING else block for block in blocks
    )
