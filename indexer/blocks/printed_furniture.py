"""Which lines of a printed paper are furniture: running heads and feet, page numbers, stamps."""

from __future__ import annotations

import re
from collections import defaultdict

from indexer.model import Line, Reading

_ZONE = 0.13
"""Share of the page's height from the top and from the bottom where furniture stands."""
_OUTER = 0.09
"""Share in which a lone page number or stamp is furniture without being repeated."""
_NEAR = 0.02
"""Share of the height by which a running head may move from page to page."""
_LEAST_PAGES = 3

_NUMBER = re.compile(
    r"^[\s\-–—|.\[(]*(?:page|pg\.?|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})"
    r"(?:\s*(?:of|/)\s*\d{1,4})?[\s\-–—|.\])]*$",
    re.I,
)
_STAMP = re.compile(
    r"^(?:agenda\s+item(?:\s+no\.?)?:?\s*\d{1,3}[a-z]?|page\s+\d{1,4}(?:\s+of\s+\d{1,4})?"
    r"|minute\s+item\s+\d{1,4})$",
    re.I,
)
_BLANK = re.compile(
    r"^[\[(]?(?:this )?page (?:is |has been )?(?:intentionally )?(?:left )?(?:intentionally )?blank[.\])]*$",
    re.I,
)
_FIGURES = re.compile(r"\d+|\b[ivxlc]+\b")


def find_furniture(reading: Reading) -> frozenset[int]:
    """Indexes of the lines that are furniture."""
    zone = [i for i, line in enumerate(reading.lines) if _depth(line) < _ZONE]
    found = {i for i in zone if _depth(reading.lines[i]) < _OUTER and _is_stamp(reading.line_text(i))}
    found |= _repeated(reading, zone)
    found |= {i for i in range(len(reading.lines)) if _BLANK.match(reading.line_text(i).strip())}
    return frozenset(found)


def _depth(line: Line) -> float:
    """How far the line is from the nearer of the page's top and bottom, as a share of the height."""
    if line.box is None:
        return 1.0
    middle = (line.box.y0 + line.box.y1) / 2
    return min(middle, 1 - middle)


def _is_stamp(text: str) -> bool:
    return bool(_NUMBER.match(text) or _STAMP.match(text.strip()))


def _repeated(reading: Reading, zone: list[int]) -> set[int]:
    """Lines of the zones whose text, figures apart, stands at the same height on several pages."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i in zone:
        key = _FIGURES.sub("#", " ".join(reading.line_text(i).casefold().split()))
        if reading.lines[i].cells and _depth(reading.lines[i]) > _OUTER:
            continue  # a table's header row that comes again on each page
        if not any(letter.isalpha() for letter in key) and not _NUMBER.match(reading.line_text(i)):
            continue  # figures of charts and tables
        groups[key].append(i)
    found: set[int] = set()
    least = _LEAST_PAGES if len(reading.pages) > 3 else 2
    for indexes in groups.values():
        found |= _at_one_height(reading, indexes, least)
    return found


def _at_one_height(reading: Reading, indexes: list[int], least: int) -> set[int]:
    """Those of lines with one text that share their height with others on ``least`` pages."""
    found: set[int] = set()
    heights = {i: box.y0 for i in indexes if (box := reading.lines[i].box) is not None}
    ordered = sorted(heights, key=lambda i: heights[i])
    start = 0
    for k, i in enumerate(ordered):
        while heights[i] - heights[ordered[start]] > _NEAR:
            start += 1
        run = ordered[start : k + 1]
        if len({reading.lines[j].page for j in run}) >= least:
            found.update(run)
    return found
