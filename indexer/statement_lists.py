"""Which blocks are the items of a list that a sentence leads in."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from indexer.model import Block, BlockKind, Reading
from indexer.statement_wording import continues_list, is_resolution, number_of
from indexer.wording import block_text

WIDEST = 90
"""Blocks under one heading beyond which it is a chapter, not a list of statements."""
_LONGEST_TITLE = 12
"""Words of a title that parts the items of a list."""

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


def items_after(reading: Reading, blocks: tuple[Block, ...], position: int) -> Iterator[int]:
    """The items that follow a lead-in; not the paragraph that goes on with its own numbering."""
    following = _next_number(number_of(block_text(reading, blocks[position])))
    before: list[str | None] = []
    for below in range(position + 1, min(len(blocks), position + WIDEST)):
        block = blocks[below]
        if block.kind == BlockKind.FURNITURE:
            continue
        number = number_of(block_text(reading, block)) if block.kind in _TEXT else None
        if block.kind != BlockKind.LIST_ITEM and number is None:
            if _stands_between(reading, blocks, below, before):
                continue
            return
        if (number is not None and number == following) or is_resolution(block_text(reading, block)):
            return
        if _is_of_another_list(before, number):
            return
        before.append(number)
        yield below


def _stands_between(
    reading: Reading, blocks: tuple[Block, ...], position: int, before: list[str | None]
) -> bool:
    """Whether a title, or one more lead-in, only parts the items of one list: the next goes on with it."""
    text = block_text(reading, blocks[position])
    if len(text.split()) > _LONGEST_TITLE and not (text.endswith(":") and not before):
        return False
    following = (b for b in blocks[position + 1 : position + 4] if b.kind in _TEXT)
    numbers = [number_of(block_text(reading, block)) for block in islice(following, 1 if before else 2)]
    return not text.endswith(".") and any(continues_list(before, number) for number in numbers)


def _is_of_another_list(before: list[str | None], number: str | None) -> bool:
    """Whether a number goes on with an outer list: a figure after letters or bullets, or a step back."""
    if not before or number is None or not number[0].isdigit():
        return False
    if lacks_figures(before):
        return True
    figures = [one for one in before if one is not None and one[0].isdigit()]
    return number.isdigit() and figures[-1].isdigit() and int(number) <= int(figures[-1])


def lacks_figures(before: list[str | None]) -> bool:
    """Whether there are items and none of them is numbered by a figure."""
    return bool(before) and not any(one is not None and one[0].isdigit() for one in before)


def _next_number(number: str | None) -> str | None:
    if number is None:
        return None
    *outer, last = number.split(".")
    return ".".join([*outer, str(int(last) + 1)]) if last.isdigit() else None
