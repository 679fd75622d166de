"""Blocks to sections: each heading with what stands under it, nested by level, never across parts."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.model import Block, BlockKind, Part, Reading, Section
from indexer.outline import Mark, place_bookmarks
from indexer.wording import same_words

_ID_LENGTH = 12
_CONTENTS = re.compile(r"\W*(?:(?:table|list) of )?contents(?: pages?| list)?\W*", re.I)

_ITEM_NUMBER = re.compile(r"^(?:agenda )?(?:item )?\d{1,3}[a-z]?[.):]?\s+", re.I)
_ABOVE_TITLE = 3
"""Openings of a paper among which its title is looked for."""
_TITLE_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Opening:
    """Where a section starts: a heading, a bookmark, or the first block of a part that has neither."""

    title: str
    level: int
    block: int


def blocks_to_sections(
    reading: Reading, blocks: tuple[Block, ...], parts: tuple[Part, ...]
) -> tuple[Section, ...]:
    """The sections of a document in order; a nested one lies inside its parent's blocks.

    Where the file has an outline of its own, its bookmarks give the levels and other headings stand
    below them. What stands before a part's first heading is a section under the part's title; it and
    a bookmark may begin at the same block as the section nested in them.
    """
    marks = place_bookmarks(reading, blocks, parts)
    sections: list[Section] = []
    for number, part in enumerate(parts):
        openings = _openings(reading, blocks, part, marks)
        path: list[_Opening] = []
        for position, opening in enumerate(openings):
            path = [outer for outer in path if outer.level < opening.level]
            path.append(opening)
            last = _end(openings, position, part.last_block)
            sections.append(_section(reading, blocks, number, path, last))
    return _with_ids(sections)


def _openings(
    reading: Reading, blocks: tuple[Block, ...], part: Part, marks: tuple[Mark, ...]
) -> list[_Opening]:
    own = [mark for mark in marks if part.first_block <= mark.block < part.last_block]
    said = {mark.block for mark in own if mark.spoken}
    headings = [
        index
        for index in range(part.first_block, part.last_block)
        if blocks[index].kind == BlockKind.HEADING and index not in said
    ]
    found = list(_in_order(reading, blocks, own, headings))
    found = _from_the_front(found, part)
    if not found or found[0].block > part.first_block:
        found.insert(0, _Opening(part.title, 1, part.first_block))
    return _without_gaps(_nested(_beside_contents(found)))


def _from_the_front(openings: list[_Opening], part: Part) -> list[_Opening]:
    """Openings of which the one that says the paper's title begins where the paper does: what is stamped
    or printed above a title belongs to it and is no section of its own."""
    for position, opening in enumerate(openings[:_ABOVE_TITLE]):
        if _says_title(opening.title, part.title):
            title = replace(opening, block=part.first_block)
            above = [replace(o, level=max(o.level, title.level + 1)) for o in openings[:position]]
            return [title, *above, *openings[position + 1 :]]
    return openings


def _says_title(heading: str, title: str) -> bool:
    """Whether a heading has the words of a paper's title, its item's number aside, or begins with them."""
    one, two = (same_words(_ITEM_NUMBER.sub("", text)).split() for text in (heading, title))
    return one == two or (len(two) >= _TITLE_WORDS and one[: len(two)] == two)


def _in_order(
    reading: Reading, blocks: tuple[Block, ...], marks: list[Mark], headings: list[int]
) -> Iterator[_Opening]:
    """Bookmarks and the headings between them; a heading that looks like the bookmarked one ranks with it."""
    base, look = 0, 0
    # At one block the bookmark comes first: the heading there, which says something else, stands below.
    at = 0
    for index in [*headings, len(blocks)]:
        while at < len(marks) and marks[at].block <= index:
            mark = marks[at]
            yield _Opening(_marked_title(reading, blocks, mark), mark.level, mark.block)
            base, look = mark.level, (blocks[mark.block].level or 0) if mark.spoken else 0
            at += 1
        if index < len(blocks):
            level = blocks[index].level or 1
            below = level - look if level >= look else 1
            yield _Opening(_title(reading, blocks[index]), base + below, index)


def _marked_title(reading: Reading, blocks: tuple[Block, ...], mark: Mark) -> str:
    """The heading as printed, or the bookmark's words where those tell more or no heading says them."""
    block = blocks[mark.block]
    if not mark.spoken or block.kind != BlockKind.HEADING:
        return mark.title
    return max(_title(reading, block), mark.title, key=lambda title: len(title.split()))


def _beside_contents(openings: list[_Opening]) -> list[_Opening]:
    """Openings of which none lies inside a list of contents, however large its heading is set."""
    found = []
    for opening, following in zip(openings, [*openings[1:], None], strict=True):
        if following and _CONTENTS.fullmatch(opening.title) and following.level > opening.level:
            opening = replace(opening, level=following.level)
        found.append(opening)
    return found


def _nested(openings: list[_Opening]) -> list[_Opening]:
    """Openings of which none is empty: what opens at the same block as another lies inside it."""
    found: list[_Opening] = []
    for opening in openings:
        if found and found[-1].block == opening.block and opening.level <= found[-1].level:
            opening = replace(opening, level=found[-1].level + 1)
        found.append(opening)
    return found


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
