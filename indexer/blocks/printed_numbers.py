"""Headings of a printed paper that look like its text and are told by their numbers alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.model import Block, BlockKind, Reading

_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,3})\.?\s+(?=[A-Z(\"'“‘])")
_MOST_WORDS = 16
_MOST_LINES = 2
_SET_ASIDE = (BlockKind.FURNITURE, BlockKind.FOOTNOTE)


def number_headings(reading: Reading, blocks: Sequence[Block]) -> list[Block]:
    """Blocks with short numbered lines turned into headings where the numbers under them prove it.

    "2.3 Welfare support" is a heading where 2.3.1 comes next; then so is its like, 2.4, beside it.
    """
    kept = [index for index, block in enumerate(blocks) if block.kind not in _SET_ASIDE]
    numbers = {index: _number(reading, blocks[index]) for index in kept}
    short = [index for index in kept if numbers[index] and _is_short(reading, blocks[index])]
    following = dict(pairwise(kept))
    proved = {index for index in short if numbers.get(following.get(index, -1)) == numbers[index] + ".1"}
    chapters = {_chapter(numbers[index]) for index in proved}
    found = list(blocks)
    for index in short:
        if index in proved or _chapter(numbers[index]) in chapters:
            found[index] = replace(blocks[index], kind=BlockKind.HEADING)
    return found


def _number(reading: Reading, block: Block) -> str:
    match = _NUMBER.match(reading.line_text(block.lines[0]))
    return match[1] if match else ""


def _chapter(number: str) -> str:
    """The number without its last figure; whole numbers are chapters of nothing, each proved by itself."""
    return number.rpartition(".")[0] or number


def _is_short(reading: Reading, block: Block) -> bool:
    if block.kind != BlockKind.PARAGRAPH or len(block.lines) > _MOST_LINES:
        return False
    text = " ".join(reading.line_text(index) for index in block.lines)
    return len(text.split()) <= _MOST_WORDS and text.rstrip("”’\"')")[-1:] not in ".,;:?"
