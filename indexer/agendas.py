"""The agenda at the front of a pack: whether there is one, its items, and what a report says it encloses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from indexer.packs import APPENDIX, ATTENDANCE, ITEM, MINUTES_HEAD, STAMP, TOP, Layout, is_stamp
from indexer.wording import without_bullet


class AgendaItem(NamedTuple):
    """An item of an agenda, with its pages in the pack where the agenda gives them."""

    number: str
    title: str
    first_page: int | None
    last_page: int | None
    note: str = ""
    """The line below it: "Report of the Director of ..."."""


_PAGES = re.compile(r"\(\s*pages?\s+(\d{1,4})(?:\s*[-–—]?\s*(?:to\s+)?(\d{1,4}))?\s*\)", re.I)
_FRONT_WORDS = re.compile(
    r"^(?:\d{1,2}[.)]?\s*)?(?:agenda|(?:welcome.*)?apologies\b.*|(?:disclosures?|declarations?) (?:of|"
    r"by)\b.*|public (?:business|document pack)|"
    r"time and date|any other (?:urgent )?(?:items|business)\b.*|matters arising.*|"
    r"minutes of (?:the )?(?:previous|last).*|"
    r"membership:.*|exclusion of the press.*|unrestricted items|summons to.*|agenda item(?: no\.?)?)$",
    re.I,
)
_ENCLOSURES = re.compile(
    r"^(?:\d+\.?\d*\s*)?(?:list of )?(?:appendi(?:ces|x(?:es)?)|annexes|attachments|"
    r"enclosures)(?:\s+(?:included|attached))?\s*:?$",
    re.I,
)
_BACKGROUND = re.compile(
    r"^(?:other )?(?:useful )?background (?:papers?|documents?|information)\b|^none\b", re.I
)
_HEAD = 18
"""Blocks among which the notes of a meeting name those who were there."""
_FRONT_BLOCKS = 120
"""An agenda's front sheet is no longer than so many blocks."""


def is_front_sheet(layout: Layout) -> bool:
    """Whether the document begins with an agenda: two or more of an agenda's standing words before
    any minutes begin. Notes of a meeting may list its agenda too, but then say who was there."""
    found, paged = 0, False
    for index in range(min(len(layout.blocks), _FRONT_BLOCKS // 2)):
        if any(MINUTES_HEAD.match(line) for line in layout.lines[index]) and index < TOP:
            return False
        if index < _HEAD and not paged and any(ATTENDANCE.match(line) for line in layout.lines[index]):
            return False
        if (layout.pages[index] or 1) > 3:
            break
        paged = paged or bool(_PAGES.search(layout.text(index)))
        found += any(_FRONT_WORDS.match(line) for line in layout.lines[index])
        found += bool(_PAGES.search(layout.text(index)))
    return found >= 2


def agenda_items(layout: Layout) -> tuple[AgendaItem, ...]:
    """The items of the agenda at the front of a document, in order; none where there is no agenda."""
    if not is_front_sheet(layout):
        return ()
    return tuple(_items([line for lines in layout.lines[:_FRONT_BLOCKS] for line in lines]))


def _items(lines: list[str]) -> Iterator[AgendaItem]:
    """Items with pages, in a front sheet's lines: a number, a title that may run on, and the pages."""
    number, title = "", ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if STAMP.match(line) and title:
            return
        bare = line.lstrip("-• ").strip()
        started = ITEM.match(bare)
        if started:
            number, title = started[1], bare[started.end() :]
        elif number and len(title) < 250:
            title = f"{title} {bare}"
        pages = _PAGES.search(title)
        if number and pages:
            yield AgendaItem(
                number,
                title[: pages.start()].strip(" -–"),
                int(pages[1]),
                int(pages[2] or pages[1]),
                following,
            )
            title = ""


def enclosures(layout: Layout, first: int, last: int) -> tuple[str, ...]:
    """The names in the list of appendices that a covering report ends with; none where it has no list."""
    lines = [without_bullet(line) for lines in layout.lines[first:last] for line in lines if line]
    start = next((i for i, line in enumerate(lines) if _ENCLOSURES.match(line)), len(lines))
    names: list[str] = []
    for line in lines[start + 1 : start + 12]:
        if line.endswith(":") or is_stamp(line) or _BACKGROUND.search(line):
            break
        match = APPENDIX.match(line)
        if len(line.split()) <= 20 and (match or not names or len(line.split()) <= 8):
            names.append((match["title"] if match else line).strip(" -–:."))
    return tuple(name for name in names if name)
