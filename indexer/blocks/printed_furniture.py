"""Which lines of a printed paper are furniture: running heads and feet, page numbers, stamps."""

from __future__ import annotations

import re
from collections import defaultdict

from indexer.blocks.printed_looks import body_sizes
from indexer.model import Line, Reading

_ZONE = 0.13
"""Share of the page's height from the top and from the bottom where furniture stands."""
_OUTER = 0.09
"""Share in which a lone page number or stamp is furniture without being repeated."""
_NEAR = 0.02
"""Share of the height by which a running head may move from page to page."""
_LEAST_PAGES = 3
_APART = 2
"""Pages by which a running head's pages lie apart at most: left and right pages may have their own."""
_SMALL = 0.9
_LARGE = 1.13
"""Sizes beside the text's from which type is small, and from which it is a heading's."""
_TITLE_PAGES = 12
"""Pages over which a paper's title may be repeated at their head."""

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
    """Indexes of the lines that are furniture; what is all that a paper says is none, for all it recurs."""
    zone = [i for i, line in enumerate(reading.lines) if _depth(line) < _ZONE]
    stamps = {i for i in zone if _depth(reading.lines[i]) < _OUTER and _is_stamp(reading.line_text(i))}
    stamps |= {i for i in range(len(reading.lines)) if _BLANK.match(reading.line_text(i).strip())}
    stamps |= {i for i in range(len(reading.lines)) if _is_turned_stamp(reading, i)}
    sizes = body_sizes(reading, range(len(reading.lines)))
    found = stamps | _repeated(reading, zone, sizes) | _titles_again(reading, zone, sizes)
    return frozenset(found if len(found) < len(reading.lines) else stamps)


def _titles_again(reading: Reading, zone: list[int], sizes: dict[int, float]) -> set[int]:
    """Lines in small type at the edge of a page that repeat a title printed large not far before."""
    large: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(reading.lines):
        if _share(line, sizes) >= _LARGE:
            large[_key(reading, i)].append(line.page or 0)
    found = set()
    for i in zone:
        line = reading.lines[i]
        if _depth(line) < _OUTER and _share(line, sizes) <= _SMALL:
            page = line.page or 0
            if any(0 <= page - title <= _TITLE_PAGES for title in large.get(_key(reading, i), ())):
                found.add(i)
    return found


def _share(line: Line, sizes: dict[int, float]) -> float:
    """The line's size beside the text's about it."""
    return (line.size or 10.0) / sizes.get(line.page or 0, 10.0)


def _key(reading: Reading, index: int) -> str:
    """A line's text but for figures and case."""
    return _FIGURES.sub("#", " ".join(reading.line_text(index).casefold().split()))


def _depth(line: Line) -> float:
    """How far the line is from the nearer of the page's top and bottom, as a share of the height."""
    if line.box is None:
        return 1.0
    middle = (line.box.y0 + line.box.y1) / 2
    return min(middle, 1 - middle)


def _is_turned_stamp(reading: Reading, index: int) -> bool:
    """Whether a line is the stamp of a page that was bound on its side: it runs up the left or right edge."""
    line = reading.lines[index]
    if line.box is None or line.page is None or not _STAMP.match(" ".join(reading.line_text(index).split())):
        return False
    page, box = reading.pages[line.page - 1], line.box
    turned = (box.y1 - box.y0) * page.height > (box.x1 - box.x0) * page.width
    return turned and min(box.x1, 1 - box.x0) < _OUTER


def _is_stamp(text: str) -> bool:
    return bool(_NUMBER.match(text) or _STAMP.match(text.strip()))


def _repeated(reading: Reading, zone: list[int], sizes: dict[int, float]) -> set[int]:
    """Lines of the zones whose text, figures apart, stands at the same height on several pages."""
    groups: dict[str, list[int]] = defaultdict(list)
    for i in zone:
        key = _key(reading, i)
        if reading.lines[i].cells and _depth(reading.lines[i]) > _OUTER:
            continue  # a table's header row that comes again on each page
        if not any(letter.isalpha() for letter in key) and not _NUMBER.match(reading.line_text(i)):
            continue  # figures of charts and tables
        groups[key].append(i)
    found: set[int] = set()
    least = _LEAST_PAGES if len(reading.pages) > 3 else 2
    for indexes in groups.values():
        together = _at_one_height(reading, indexes, least)
        found |= {i for i in together if not _heads_a_page(reading, i, together, sizes)}
    return found


def _heads_a_page(reading: Reading, index: int, group: set[int], sizes: dict[int, float]) -> bool:
    """Whether a line in a heading's type has no like on the pages about it: a heading that recurs."""
    line = reading.lines[index]
    share = _share(line, sizes)
    if share < 1.0 or not (line.bold or share >= _LARGE):
        return False
    pages = (reading.lines[other].page or 0 for other in group if other != index)
    return not any(abs(page - (line.page or 0)) <= _APART for page in pages)


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
