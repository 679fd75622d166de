"""Signs by which a clerk tells the papers of an agenda pack apart, each found on its own.

A sign is a fact about one block ("here is the stamp of agenda item 4"); what follows from several
of them is decided in ``parts``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from indexer.model import Block, BlockKind, Reading
from indexer.wording import block_lines, plain, split_number


class SignKind(StrEnum):
    """What a sign is; a later one of the list is stronger evidence for the paper's number and title."""

    BLANK_PAGE = "blank_page"
    CONTENTS = "contents"
    APPENDIX = "appendix"
    PLAN = "plan"
    TITLE = "title"
    MEMO = "memo"
    MINUTES = "minutes"
    STAMP = "stamp"
    BOOKMARK = "bookmark"


class Sign(NamedTuple):
    """A place where a paper seems to begin."""

    block: int
    """The first block of the paper."""
    kind: SignKind
    item: str = ""
    title: str = ""


class Layout(NamedTuple):
    """A document's blocks in the forms that the signs are looked for in."""

    reading: Reading
    blocks: tuple[Block, ...]
    lines: tuple[tuple[str, ...], ...]
    """The plain lines of each block."""
    pages: tuple[int | None, ...]
    """The page of each block."""
    ranks: tuple[int, ...]
    """The position of each block on its page, from 0, furniture not counted; 99 where there are no pages."""

    def text(self, index: int) -> str:
        """The plain words of a block."""
        return " ".join(self.lines[index])

    def page_start(self, index: int) -> int:
        """The first block of the page of the block at ``index``; ``index`` where there are no pages."""
        while index and self.pages[index] is not None and self.pages[index - 1] == self.pages[index]:
            index -= 1
        return index


ITEM = re.compile(r"^(\d{1,2}[A-Za-z]?)[.)]?\s+(?=\S)")
STAMP = re.compile(
    r"^(?:(?:agenda|minute)\s+item\s*(?:no\.?|number)?|item\s+(?:no\.?|"
    r"number))\s*[:.]?\s*(\d{1,3}(?:\.\d{1,2})?[A-Za-z]?)$",
    re.I,
)
_PAGE_STAMP = re.compile(r"^page\s+(\d{1,4})$", re.I)
_BLANK = re.compile(
    r"^(?:this\s+)?page\s+(?:is\s+|has\s+been\s+)?(?:intentionally|deliberately|left).{0,20}blank\.?$", re.I
)
MINUTES_HEAD = re.compile(
    r"^(?:draft\s+|confirmed\s+|unconfirmed\s+|public\s+)*(?:minutes|notes?|record)\s+of\s+(?:the|a|"
    r"an)?\s*(?:[\w'-]+\s+){0,6}?(?:meeting|proceedings)\b",
    re.I,
)
ATTENDANCE = re.compile(
    r"^(?:(?:those |members )?(?:present|attending)|in attendance|attend(?:ance|ees))\s*:?$", re.I
)
_LABEL = re.compile(
    r"^(from|by|to|report to|report of|subject|title|re|date|classification|director)\s*:", re.I
)
APPENDIX = re.compile(
    r"^(?:appendix|annex(?:e)?)\s+(?:[A-Z]\d?|\d{1,2}[a-z]?|[ivx]{1,4})\b\s*[-–:.]?\s*(?P<title>.*)$", re.I
)
_LIST_OF = re.compile(
    r"^(?:\d+\.?\d*\s*)?(?:list of )?(?:appendices|annexes|attachments|enclosures)\b.{0,10}(?::|included|"
    r"attached)$",
    re.I,
)
_CONTENTS = re.compile(r"^(?:table of )?contents(?: page)?:?(?:\s+page)?$", re.I)
_PLAN = re.compile(r"^(?:[\w'&()]+\s+){0,6}(?:business|strategic|improvement)\s+plan\b", re.I)
_PAPER = re.compile(
    r"^(?:statement of purpose\b.*|(?:[\w'&(),-]+\s+){0,9}(?:annual report|statement of purpose|"
    r"business plan|overview report)"
    r"(?:\s+(?:for\s+)?[\d/–\s-]{4,})?)$",
    re.I,
)
_YEARS = re.compile(r"(?:19|20)\d\d\s?[-–/]\s?\d\d")
_TRAILING_NUMBER = re.compile(r"(?:\.{3,}|\s|\t)\d{1,3}$")
TOP = 6
"""A title that begins a page stands among its first so many blocks."""


def lay_out(reading: Reading, blocks: tuple[Block, ...]) -> Layout:
    """The blocks with their words, pages and ranks."""
    lines = tuple(block_lines(reading, block) for block in blocks)
    pages = tuple(reading.lines[block.lines[0]].page if block.lines else None for block in blocks)
    ranks: list[int] = []
    rank, page = 0, None
    for block, its_page in zip(blocks, pages, strict=True):
        rank = 0 if its_page != page else rank
        page = its_page
        ranks.append(rank if its_page is not None else 99)
        rank += block.kind != BlockKind.FURNITURE
    return Layout(reading, blocks, lines, pages, tuple(ranks))


def signs(layout: Layout, pack: bool) -> tuple[Sign, ...]:
    """Every sign of the document, by block. Signs that only tell in a pack are left out elsewhere."""
    found: list[Sign] = []
    for index, block in enumerate(layout.blocks):
        if block.kind == BlockKind.TABLE_ROW:
            continue
        found.extend(_appendix(layout, index))
        found.extend(_plan(layout, index))
        if pack:
            found.extend(_stamp(layout, index))
            found.extend(_minutes(layout, index))
            found.extend(_memo(layout, index))
            found.extend(_contents(layout, index))
            found.extend(_paper_title(layout, index))
    found.extend(_bookmarks(layout, pack))
    return tuple(sorted(found, key=lambda sign: sign.block))


def page_stamps(layout: Layout, first: int, last: int) -> tuple[int, ...]:
    """The pack's page numbers stamped ("Page 12") within the blocks from ``first`` to ``last``."""
    lines = (line for lines in layout.lines[first:last] for line in lines)
    return tuple(int(match[1]) for match in map(_PAGE_STAMP.match, lines) if match)


def is_blank_note(text: str) -> bool:
    """Whether a text is the note that a page is left blank."""
    return bool(_BLANK.match(plain(text)))


def is_stamp(text: str) -> bool:
    """Whether a text is a stamp of an item or a page, or a blank-page note."""
    return bool(STAMP.match(text) or _PAGE_STAMP.match(text) or _BLANK.match(text))


def is_contents(text: str) -> bool:
    """Whether a text is the heading of a contents list."""
    return bool(_CONTENTS.match(text))


def _stamp(layout: Layout, index: int) -> Iterator[Sign]:
    for line in layout.lines[index]:
        if match := STAMP.match(line):
            yield Sign(layout.page_start(index), SignKind.STAMP, match[1])
        elif _BLANK.match(line) and index + 1 < len(layout.blocks):
            yield Sign(_after_blank(layout, index), SignKind.BLANK_PAGE)


def _after_blank(layout: Layout, index: int) -> int:
    """The first block after a blank-page note: on the next page, where there are pages."""
    following = index + 1
    while following < len(layout.blocks) - 1 and (
        (layout.pages[following] is not None and layout.pages[following] == layout.pages[index])
        or _BLANK.match(layout.text(following))
    ):
        following += 1
    return following


def _minutes(layout: Layout, index: int) -> Iterator[Sign]:
    """The heading of minutes, which says when the meeting was held or is at the top of a page."""
    if layout.ranks[index] > TOP and layout.ranks[index] != 99:
        return
    block = layout.blocks[index]
    if block.kind == BlockKind.LIST_ITEM or not any(MINUTES_HEAD.match(line) for line in layout.lines[index]):
        return
    nearby = " ".join(layout.text(i) for i in range(index, min(index + 3, len(layout.blocks))))
    if re.search(r"\b(?:held|present|attend|commenc)", nearby, re.I):
        yield Sign(layout.page_start(index), SignKind.MINUTES)


def _memo(layout: Layout, index: int) -> Iterator[Sign]:
    """A head such as "Briefing note / To / Subject", "From / To / Subject" or "Public report / Report to"."""
    rank = layout.ranks[index]
    if rank > TOP and rank != 99:
        return
    lines = layout.lines[index]
    named = any(re.match(r"^(?:public report|briefing (?:note|paper))\b", line, re.I) for line in lines[:2])
    named = named and len(layout.text(index).split()) <= 12
    labelled = any(re.match(r"^(?:from|by|report to|to)\s*:", line, re.I) for line in lines[:2])
    if not (named or labelled):
        return
    nearby = [line for i in range(index, min(index + 10, len(layout.blocks))) for line in layout.lines[i]]
    labels = {match[1].lower() for match in map(_LABEL.match, nearby) if match}
    if (labels & {"subject", "title", "re"} and labels & {"to", "report to", "from", "by"}) or (
        named and lines[0].lower().startswith("public report")
    ):
        yield Sign(layout.page_start(index), SignKind.MEMO)


def _appendix(layout: Layout, index: int) -> Iterator[Sign]:
    """The cover of an appendix: its name alone or with a title, not an entry of a list of appendices."""
    text, rank = layout.lines[index][0] if layout.lines[index] else "", layout.ranks[index]
    match = APPENDIX.match(text)
    if not match or (rank > 3 and rank != 99) or len(layout.text(index)) > 160:
        return
    if (
        layout.blocks[index].kind == BlockKind.LIST_ITEM
        or text.endswith((".", ";", ","))
        or _TRAILING_NUMBER.search(layout.text(index)[match.start("title") :])
    ):
        return
    if text[0].islower() or re.match(
        r"^(?:to|of|in|and|shows|sets|provides|contains|is|attached)\b", match["title"], re.I
    ):
        return
    if not is_listed(layout, index):
        yield Sign(_cover_start(layout, index), SignKind.APPENDIX, title=text)


def is_listed(layout: Layout, index: int) -> bool:
    """Whether an appendix's name is an entry of a list: of contents, of appendices, of enclosures."""
    before = [layout.text(i) for i in range(max(0, index - 2), index)]
    after = [layout.text(i) for i in range(index + 1, min(index + 3, len(layout.blocks)))]
    follows = " ".join(layout.lines[index][1:] + tuple(after[:1]))
    return any(
        APPENDIX.match(other) or _CONTENTS.match(other) or _LIST_OF.match(other) for other in before + after
    ) or bool(
        re.search(r"\bbackground (?:papers?|documents?)\b", layout.text(index) + " " + follows[:80], re.I)
    )


def _cover_start(layout: Layout, index: int) -> int:
    """The start of the page where the block stands at its top, else the block itself."""
    return layout.page_start(index) if layout.ranks[index] != 99 else index


def _plan(layout: Layout, index: int) -> Iterator[Sign]:
    """A business plan inside a report: a heading that names the plan and its years. If it has a number,
    the heading of the next number ends it."""
    block = layout.blocks[index]
    number, words = split_number(layout.text(index))
    is_heading = block.kind == BlockKind.HEADING and len(words.split()) <= 14
    if (
        not is_heading
        or not _PLAN.match(words)
        or not _YEARS.search(words)
        or index < len(layout.blocks) // 5
    ):
        return
    yield Sign(index, SignKind.PLAN, title=words)
    if number.isdigit():
        for later in range(index + 1, len(layout.blocks)):
            if layout.blocks[later].kind == BlockKind.HEADING:
                following, title = split_number(layout.text(later))
                if following == str(int(number) + 1):
                    yield Sign(later, SignKind.PLAN, title=title)
                    return


def _contents(layout: Layout, index: int) -> Iterator[Sign]:
    """A contents list stands at the front of a paper, after its cover."""
    if (
        index == 0
        or not _CONTENTS.match(layout.text(index))
        or (layout.ranks[index] > 3 and layout.ranks[index] != 99)
    ):
        return
    start = layout.page_start(index)
    if layout.pages[index] is not None:
        before = layout.page_start(start - 1) if start else start
        words = sum(len(layout.text(i).split()) for i in range(before, start))
        yield Sign(before if words < 60 else start, SignKind.CONTENTS)
        return
    while start > 1 and index - start < 8 and _is_cover_line(layout, start - 1):
        start -= 1
    yield Sign(start, SignKind.CONTENTS)


def _is_cover_line(layout: Layout, index: int) -> bool:
    """Whether a block can be a line of a cover: short, no sentence, no row, no stamp."""
    text, kind = layout.text(index), layout.blocks[index].kind
    if kind in (BlockKind.TABLE_ROW, BlockKind.LIST_ITEM, BlockKind.FURNITURE):
        return False
    return len(text.split()) <= 12 and not text.endswith((".", ":", ";", ",")) and "www." not in text


def _paper_title(layout: Layout, index: int) -> Iterator[Sign]:
    """The title of a paper ("Annual Report 2011-12", "Statement of Purpose of ...") at the top of a page."""
    words = layout.text(index)
    if layout.blocks[index].kind == BlockKind.LIST_ITEM or len(words.split()) > 16 or not _PAPER.match(words):
        return
    if layout.pages[index] is not None:
        if layout.ranks[index] <= 2 and layout.blocks[index].kind == BlockKind.HEADING:
            yield Sign(layout.page_start(index), SignKind.TITLE, title=words)
        return
    start = index
    while start > 0 and index - start < 4 and _is_cover_line(layout, start - 1):
        start -= 1
    if start > 0 and any(is_stamp(line) for line in layout.lines[start - 1]):
        yield Sign(start, SignKind.TITLE, title=words)


def _bookmarks(layout: Layout, pack: bool) -> Iterator[Sign]:
    """Papers that the file's own outline names: items of a pack and what hangs on them, appendices."""
    firsts: dict[int, int] = {}
    for index, page in enumerate(layout.pages):
        if page is not None:
            firsts.setdefault(page, index)
    for bookmark in layout.reading.bookmarks:
        title = plain(bookmark.title)
        item = ITEM.match(title)
        appendix = bool(APPENDIX.match(title))
        of_pack = pack and (
            bookmark.level == 1 or (bookmark.level == 2 and not re.match(r"\d+(?:\.\d+)*\.\s", title))
        )
        if bookmark.page in firsts and (of_pack or (appendix and bookmark.level == 1)):
            number = item[1] if item and pack and bookmark.level == 1 else ""
            yield Sign(
                firsts[bookmark.page],
                SignKind.BOOKMARK,
                number,
                title[item.end() :] if number and item else title,
            )
