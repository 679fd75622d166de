"""Blocks to sections: each heading with what stands under it, nested by level, never across parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from indexer.model import Block, BlockKind, Part, Reading, Section

_ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a section starts: a heading, or the first block of a part that has none."""

    title: str
    level: int
    block: int


def blocks_to_sections(
    reading: Reading, blocks: tuple[Block, ...], parts: tuple[Part, ...]
) -> tuple[Section, ...]:
    """The sections of a document in order; a nested one lies inside its parent's blocks.

    What stands before a part's first heading is a section of its own under the part's title.
    """
    sections: list[Section] = []
    for number, part in enumerate(parts):
        openings = _openings(reading, blocks, part)
        path: list[_Opening] = []
        for position, opening in enumerate(openings):
            path = [outer for outer in path if outer.level < opening.level]
            path.append(opening)
            last = _end(openings, position, part.last_block)
            sections.append(_section(reading, blocks, number, path, last))
    return _with_ids(sections)


def _openings(reading: Reading, blocks: tuple[Block, ...], part: Part) -> list[_Opening]:
    found = [
        _Opening(_title(reading, block), block.level or 1, index)
        for index, block in enumerate(blocks[part.first_block : part.last_block], part.first_block)
        if block.kind == BlockKind.HEADING
    ]
    if not found or found[0].block > part.first_block:
        found.insert(0, _Opening(part.title, 1, part.first_block))
    return _without_gaps(found)


def _without_gaps(openings: list[_Opening]) -> list[_Opening]:
    """Levels that count from 1 without gaps: what a font ranks third may be the second here."""
    stack: list[int] = []
    found = []
    for opening in openings:
        while stack and stack[-1] >= opening.level:
            stack.pop()
        stack.append(opening.level)
        found.append(_Opening(opening.title, len(stack), opening.block))
    return found


def _title(reading: Reading, heading: Block) -> str:
    words = " ".join(reading.line_text(index) for index in heading.lines)
    return " ".join(words.replace("**", "").split())


def _end(openings: list[_Opening], position: int, part_end: int) -> int:
    """The block at which a section ends: the next heading of its level or further out."""
    level = openings[position].level
    return next((o.block for o in openings[position + 1 :] if o.level <= level), part_end)


def _section(
    reading: Reading, blocks: tuple[Block, ...], part: int, path: list[_Opening], last: int
) -> Section:
    here = path[-1]
    lines = [index for block in blocks[here.block : last] for index in block.lines]
    return Section(
        id="",
        title=here.title,
        level=here.level,
        path=tuple(opening.title for opening in path),
        part=part,
        first_block=here.block,
        last_block=last,
        place=reading.place(lines),
    )


def _with_ids(sections: list[Section]) -> tuple[Section, ...]:
    """Ids from the path of titles, numbered where a path comes twice, so that they outlive a re-read."""
    seen: dict[tuple[int, tuple[str, ...]], int] = {}
    found = []
    for section in sections:
        key = (section.part, section.path)
        seen[key] = seen.get(key, 0) + 1
        name = "\x1f".join([str(section.part), str(seen[key]), *section.path])
        digest = hashlib.sha256(name.encode()).hexdigest()[:_ID_LENGTH]
        found.append(replace(section, id=digest))
    return tuple(found)
