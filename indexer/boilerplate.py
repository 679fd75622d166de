"""Which passages are the furniture of meetings: contents pages, apologies, declarations, notices.

They hold the words of every subject and the substance of none, so they are left out of search
unless asked for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

_CONTENTS_TITLE = re.compile(r"(?:table of\s+)?(?:contents|index)(?: page)?\W*$", re.I)
_CONTENTS_LINE = re.compile(
    r".*[^\W\d].*(?:(?:\.\s?){3,}|\t|\s{2,}|…)\s*(?:page\s*)?(?:\d{1,3}|[ivxl]{1,5})\s*$", re.I
)
_CONTENTS_LAST = re.compile(r"[\divxl]", re.I)
"""What a line's last character is where it ends in the number of a page."""
_PROCEDURE = re.compile(
    r"(?:\d+\s*[.)]?\s*)?(?:apologies(?: for absence)?(?: and substitut\w+)?|substitut\w+|"
    r"declarations? of (?:\w+ )*interests?|disclosures? of (?:\w+ )*interests?|"
    r"any other (?:items? of )?(?:urgent |public |private )*business|"
    r"date (?:and time )?of (?:the )?next meeting|exclusion of (?:the )?(?:press and )?public|"
    r"time and date|place|venue|public business|private business|urgent business)\W*$",
    re.I,
)
_NOTICE = re.compile(
    r"hearing loop|sign language interpreter|another format or language|person to contact about the agenda|"
    r"intentionally left blank|deliberately left blank|evacuat\w+ (?:procedure|the building)|"
    r"mobile (?:tele)?phones? .{0,40}(?:silent|switched off)|(?:filmed|filming|webcast).{0,60}meeting",
    re.I | re.S,
)
_SHORT_PROCEDURE = 45
"""Words: an item "Declarations of interest" of more than these has something to say."""
_SHORT_NOTICE = 90
_CELL_BREAK = re.compile(r"\t+|\s{2,}|\s*\|\s*")
_LAST_NUMBER = re.compile(r"(\d+)\s*$")
_LEAST_PAIRS = 6
"""Titles with page numbers in a contents page that is set in columns."""
_LEAST_ENTRIES = 4


def is_boilerplate(text: str, headings: tuple[str, ...]) -> bool:
    """Whether a passage, under these headings (outermost first), is procedure rather than substance."""
    here = headings[-1] if headings else ""
    words = _count_words(text)
    if _CONTENTS_TITLE.match(here) and words < 250:
        return True
    if _PROCEDURE.match(here) and words <= _SHORT_PROCEDURE:
        return True
    if words <= _SHORT_NOTICE and _NOTICE.search(text):
        return True
    return _is_contents(text) or _is_contents_in_columns(text)


def _count_words(text: str) -> int:
    """Words with a letter or a digit, with which nearly all of them begin."""
    return sum(word[0].isalnum() or any(map(str.isalnum, word)) for word in text.split())


def _is_contents(text: str) -> bool:
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < _LEAST_ENTRIES or sum(map(_is_entry, lines)) < 0.7 * len(lines):
        return False
    # Figures end table rows too; a contents page has words alone before its page numbers.
    numeric = sum(len(re.findall(r"\b\d[\d.,%]*\b", line)) > 2 for line in lines)
    pages = [int(last[1]) for line in lines if (last := _LAST_NUMBER.search(line))]
    return numeric < 0.2 * len(lines) and _are_pages(pages)


def _is_entry(line: str) -> bool:
    """Whether a line is an entry of a contents page."""
    # The end is looked at first: trying the whole pattern on running text takes a hundred times as long.
    return _CONTENTS_LAST.match(line.rstrip()[-1:]) is not None and _CONTENTS_LINE.match(line) is not None


def _are_pages(numbers: Sequence[int]) -> bool:
    """Whether numbers rise as those of a contents page do; a conversion may have put a few out of place,
    while the figures of a table go up and down."""
    return sum(a > b for a, b in pairwise(numbers)) <= len(numbers) // 5


def _is_contents_in_columns(text: str) -> bool:
    """Whether a text is a contents page set in columns: titles and page numbers in turn, and down every
    column the numbers rise."""
    if not _CELL_BREAK.search(text):
        return False
    columns: defaultdict[int, list[int]] = defaultdict(list)
    words = pairs = 0
    for line in text.split("\n"):
        cells = _CELL_BREAK.split(line.strip())
        words += sum(any(c.isalpha() for c in cell) for cell in cells)
        for place, (title, number) in enumerate(pairwise(cells)):
            if number.isdecimal() and len(number) <= 3 and any(c.isalpha() for c in title):
                columns[place].append(int(number))
                pairs += 1
    in_order = all(map(_are_pages, columns.values()))
    return len(columns) > 1 and pairs >= _LEAST_PAIRS and pairs >= 0.7 * words and in_order
