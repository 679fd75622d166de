"""Lines to blocks: headings, paragraphs, list items, rows of tables, set-aside furniture."""

from __future__ import annotations

from indexer.blocks.plain import plain_to_blocks
from indexer.model import Block, Reading


def reading_to_blocks(reading: Reading) -> tuple[Block, ...]:
    """The blocks of a reading, in reading order; every line belongs to exactly one."""
    if any(line.box for line in reading.lines):
        from indexer.blocks.printed import printed_to_blocks

        return printed_to_blocks(reading)
    return plain_to_blocks(reading)
