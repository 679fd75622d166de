"""A file's own outline laid over its blocks: where each bookmark's section opens, and how deep.

A bookmark opens at the block on its page that says its words; where none does, at the top of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import Block, BlockKind, Bookmark, Part, Reading
from indexer.wording import block_text, same_words

_ALIKE = 0.7
"""Share of words in common from which a block says what a bookmark says."""
_NAMED_AFTER_FILE = re.compile(
    r"\.(?:pdf|docx?|rtf|odt|xlsx?|pptx?|html?)$|^microsoft (?:word|powerpoint) - ", re.I
)
_NO_TITLE = re.compile(
    r"(?:_|bookmark\s*=?\s*\d*$|(?:page|slide|sheet|layout)\s*\d+$|untitled$|blank page$)", re.I
)
_NUMBER = re.compile(r"^\W*(?:\d{1,3}(?:[. ]\d{1,3})*|[a-z]|[ivx]{1,5})[.)]?\s+(?=[^\W\d])", re.I)
_MOST_PER_PAGE = 40
"""Bookmarks: from so many a page on an outline is an index of something, not of headings."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark and the block at which it opens."""

    title: str
    level: int
    block: int
    spoken: bool
    """Whether the block says the bookmark's words; else it is merely the first on the page."""


def place_bookmarks(reading: Reading, blocks: tuple[Block, ...], parts: tuple[Part, ...]) -> tuple[Mark, ...]:
    """Where the bookmarks open, in the order of the blocks; empty where the outline tells nothing."""
    pages = _blocks_by_page(reading, blocks)
    bookmarks = [mark for mark in reading.bookmarks if mark.page in pages and _has_title(mark.title)]
    if len(bookmarks) > _MOST_PER_PAGE * max(1, len(reading.pages)):
        return ()
    fronts = {reading.lines[blocks[part.first_block].lines[0]].page: part.first_block for part in parts}
    marks: list[Mark] = []
    for page in sorted({mark.page for mark in bookmarks}):
        own = [mark for mark in bookmarks if mark.page == page]
        marks += _on_page(reading, blocks, pages[page], own, fronts.get(page))
    if len(marks) == 1 and not marks[0].spoken:
        return ()  # the name that a program gave to the whole file
    return tuple(sorted(marks, key=lambda mark: mark.block))


def _blocks_by_page(reading: Reading, blocks: Sequence[Block]) -> dict[int, list[int]]:
    """For each page the blocks that begin on it."""
    pages: dict[int, list[int]] = {}
    for index, block in enumerate(blocks):
        page = reading.lines[block.lines[0]].page if block.lines else None
        if page is not None:
            pages.setdefault(page, []).append(index)
    return pages


def _has_title(title: str) -> bool:
    return any(c.isalpha() for c in title) and not _NO_TITLE.match(title.strip())


def _on_page(
    reading: Reading,
    blocks: Sequence[Block],
    here: Sequence[int],
    bookmarks: Sequence[Bookmark],
    front: int | None,
) -> list[Mark]:
    """The marks of one page, those whose words stand nowhere on it first, each block taken once."""
    top = front if front is not None and front in here else here[0]
    taken: set[int] = set()
    marks = []
    after = -1
    for bookmark in bookmarks:
        block = _block_of(reading, blocks, [i for i in here if i not in taken], bookmark.title, after)
        if block is not None:
            taken.add(block)
            after = block
        else:
            # Bookmarks come in reading order: what no words show stands behind the one before.
            block = max(top, after)
        marks.append(Mark(_title(bookmark.title), bookmark.level, block, block in taken))
    return sorted(marks, key=lambda mark: mark.block)


def _title(title: str) -> str:
    return " ".join(_NAMED_AFTER_FILE.sub("", title.strip()).split())


def _block_of(
    reading: Reading, blocks: Sequence[Block], free: Iterable[int], title: str, after: int
) -> int | None:
    """The block that says the words best: a heading before other text, and in the bookmarks' order."""
    wanted = _words(title)
    best: tuple[float, bool, bool, int] | None = None
    for index in free:
        likeness = _likeness(wanted, _words(block_text(reading, blocks[index])))
        if likeness < _ALIKE:
            continue
        heading = blocks[index].kind == BlockKind.HEADING
        rank = (round(likeness, 1), heading, index > after, -index)
        best = max(best, rank) if best else rank
    return -best[3] if best else None


def _words(text: str) -> list[str]:
    return same_words(_NUMBER.sub("", text)).split()


def _likeness(wanted: list[str], held: list[str]) -> float:
    """1 where one begins with the other's words, else the share of words in common."""
    if not wanted or not held:
        return 0.0
    shorter, longer = sorted((wanted, held), key=len)
    if wanted == held:
        return 1.0
    if longer[: len(shorter)] == shorter and (len(shorter) > 1 or len(longer) <= 4):
        return 0.9
    common = sum((Counter(wanted) & Counter(held)).values())
    return 2 * common / (len(wanted) + len(held))
