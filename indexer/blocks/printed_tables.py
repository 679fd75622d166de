"""Rows of printed tables: which belong to one table, which name the columns, contents pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import Reading

_LEADER = re.compile(
    r"^(?P<title>.*?\S)?\s*(?:\.\s?){4,}\s*(?P<page>\d{1,4}|[ivxlc]{1,7})?$"
    r"|^(?P<other>.*?\S)\s*[…_]{2,}\s*(?P<number>\d{1,4})$"
)
_ENTRY = re.compile(r"^(?P<title>.*[^\W\d].*?)\s+(?P<page>\d{1,3}|[ivxlc]{1,6})$")
_ENTRY_LAST = re.compile(r"[\divxlc]")
"""What such a line's last character is."""
_LONGEST_ENTRY = 110
"""Characters."""
_LEAST_DOTS = 4
_FIGURE = re.compile(r"^[£$€<>~+\-–(]*\d[\d,.\s]*[%)kmbn]*$", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
_MOST_HEADS = 4
"""Rows that name the columns: a title across them, years, names, units."""
_CLEAR = 0.9
"""Font sizes between two tables."""

Cells = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A line (or lines) that is a row of table number ``table``."""

    cells: Cells
    header: bool
    table: int


def leader_cells(reading: Reading, index: int) -> Cells:
    """Title and page of a contents entry whose dots lead to the page; empty if it is none."""
    line = reading.lines[index]
    text = reading.line_text(index)
    # Most lines are running text, which the pattern takes long to refuse.
    if text.count(".") < _LEAST_DOTS and "…" not in text and "_" not in text:
        return ()
    match = _LEADER.match(text)
    if match is None:
        return ()
    spans = [match.span(name) for name in ("title", "other", "page", "number") if match[name]]
    return tuple((line.start + a, line.start + b) for a, b in spans)


def entry_cells(reading: Reading, index: int) -> Cells:
    """Title and page of a line that ends in a number, as an entry of a contents list may."""
    line = reading.lines[index]
    text = reading.line_text(index)
    if line.cells or len(text) > _LONGEST_ENTRY or not _ENTRY_LAST.match(text[-1:]):
        return ()
    match = _ENTRY.match(text)
    if match is None:
        return ()
    return tuple((line.start + a, line.start + b) for a, b in (match.span("title"), match.span("page")))


def find_rows(reading: Reading, body: Sequence[int]) -> dict[int, Row]:
    """For each line of ``body`` that is a row of a table: its cells, header flag and table number."""
    cells = {i: reading.lines[i].cells or leader_cells(reading, i) for i in body}
    cells.update(_contents(reading, body, cells))
    cells.update(_spanning(reading, body, cells))
    rows: dict[int, Row] = {}
    table = -1
    previous: list[int] = []
    for group in _groups(reading, body, cells):
        heads = 0
        if not (previous and _is_same_table(reading, body, previous, group, cells)):
            table += 1
            heads = header_rows(reading, group, cells)
            names = {_folded(reading, i) for i in group[:heads]}
        for k, i in enumerate(group):
            rows[i] = Row(cells[i], k < heads or _folded(reading, i) in names, table)
        previous = group
    return rows


def _folded(reading: Reading, index: int) -> str:
    return " ".join(reading.line_text(index).split())


def _contents(reading: Reading, body: Sequence[int], cells: dict[int, Cells]) -> dict[int, Cells]:
    """Entries of contents lists without leaders: several lines running that end in rising numbers."""
    found: dict[int, Cells] = {}
    run: list[tuple[int, Cells, int]] = []
    for i in [*body, -1]:
        entry = entry_cells(reading, i) if i >= 0 and not cells[i] else ()
        page = reading.text[slice(*entry[1])] if entry else ""
        value = int(page) if page.isdigit() else -1
        if value >= 0 and (not run or value >= run[-1][2]):
            run.append((i, entry, value))
            continue
        if len(run) >= 4:
            found.update({j: c for j, c, _ in run})
        run = [(i, entry, value)] if value >= 0 else []
    return found


def _spanning(reading: Reading, body: Sequence[int], cells: dict[int, Cells]) -> dict[int, Cells]:
    """Lines right between rows of a table and no wider: rows of one cell across the columns."""
    found: dict[int, Cells] = {}
    for k in range(1, len(body) - 1):
        if cells[body[k]] or not cells[body[k - 1]]:
            continue
        for wide in (1, 2):
            run = body[k - 1 : k + wide + 1]
            if len(run) == wide + 2 and cells[run[-1]]:
                if all(_is_within(reading, run[0], i, run[-1]) for i in run[1:-1]) and _is_tight(
                    reading, run
                ):
                    found.update({i: ((reading.lines[i].start, reading.lines[i].end),) for i in run[1:-1]})
                break
    return found


def _is_within(reading: Reading, before: int, index: int, after: int) -> bool:
    """Whether a line lies within the width of the rows before and after, in type of their size."""
    one, line, two = (reading.lines[k] for k in (before, index, after))
    if not (one.box and line.box and two.box) or not one.page == line.page == two.page:
        return False
    left, right = min(one.box.x0, two.box.x0), max(one.box.x1, two.box.x1)
    return (
        left - 0.01 <= line.box.x0
        and line.box.x1 <= right + 0.01
        and abs((line.size or 0) - (two.size or 0)) < 1.5
    )


def _is_tight(reading: Reading, run: Sequence[int]) -> bool:
    """Whether lines follow each other closely."""
    boxes = [box for i in run if (box := reading.lines[i].box)]
    height = 1.3 * (boxes[1].y1 - boxes[1].y0)
    return all(b.y0 - a.y1 < height for a, b in pairwise(boxes))


def _groups(reading: Reading, body: Sequence[int], cells: dict[int, Cells]) -> list[list[int]]:
    """Runs of rows with nothing between them, and no gap at which the columns change."""
    groups: list[list[int]] = []
    last = -2
    for k, i in enumerate(body):
        if not cells[i]:
            continue
        if groups and last == k - 1 and not _is_other_table(reading, groups[-1], i, cells):
            groups[-1].append(i)
        else:
            groups.append([i])
        last = k
    return groups


def _is_other_table(reading: Reading, group: list[int], index: int, cells: dict[int, Cells]) -> bool:
    """Whether a row stands clear of the rows above it and has other columns than any of them."""
    one, two = reading.lines[group[-1]], reading.lines[index]
    if not (one.box and two.box and one.page == two.page and two.page):
        return False
    gap = (two.box.y0 - one.box.y1) * reading.pages[two.page - 1].height
    counts = {len(cells[i]) for i in group}
    return gap > _CLEAR * (two.size or 10.0) and len(cells[index]) not in counts | {1} and counts != {1}


def _is_same_table(
    reading: Reading, body: Sequence[int], before: list[int], after: list[int], cells: dict[int, Cells]
) -> bool:
    """Whether a table goes on on the next page: nothing but furniture between, columns alike."""
    one, two = reading.lines[before[-1]].page, reading.lines[after[0]].page
    if one is None or two is None or two != one + 1:
        return False
    if body.index(after[0]) != body.index(before[-1]) + 1:
        return False
    return _columns(before, cells) == _columns(after, cells)


def _columns(group: list[int], cells: dict[int, Cells]) -> int:
    counts = [len(cells[i]) for i in group]
    return max(set(counts), key=counts.count)


def header_rows(reading: Reading, group: list[int], cells: dict[int, Cells]) -> int:
    """How many rows at the top name the columns: bold above plain, or words above figures.

    A title across the columns above their names, and units below them ("£000s"), count with them.
    """
    texts = [[reading.text[a:b] for a, b in cells[i]] for i in group]
    most = min(_MOST_HEADS, len(group) - 1)
    bold = [reading.lines[i].bold for i in group]
    lead = next((k for k in range(most + 1) if not bold[k] or _holds_figures(texts[k])), most)
    if all(bold[lead:]) or not any(_filled(row) > 1 for row in texts[:lead]):
        lead = 0
    first = next((k for k in range(most + 1) if _holds_figures(texts[k])), 0)
    if not any(_filled(row) > 1 for row in texts[:first]) or not _are_figures_under(texts[first:]):
        first = 0
    count = max(lead, first)
    while count > 1 and _filled(texts[count - 1]) == 1 and texts[count - 1][0].strip():
        count -= 1  # what the rows below are about
    while 0 < count < most and _is_under_span(texts[count - 1], texts[count]):
        count += 1
    return count


def _is_under_span(above: list[str], row: list[str]) -> bool:
    """Whether a row names the columns under a name that spans several, in places that are empty there."""
    if len(above) != len(row) or row[0].strip() or _filled(row) < 2 or _holds_figures(row):
        return False
    return any(below.strip() and not name.strip() for name, below in zip(above, row, strict=True))


def _filled(row: list[str]) -> int:
    return sum(1 for text in row if text.strip())


def _holds_figures(row: list[str]) -> bool:
    """Whether a row holds figures: a year may be the name of a column, and a number that of a row."""
    return any(_FIGURE.match(text) and not _YEAR.fullmatch(text.strip()) for text in row)


def _are_figures_under(rows: list[list[str]]) -> bool:
    """Whether a column after the first holds mostly figures."""
    for column in range(1, max(len(row) for row in rows)):
        values = [row[column] for row in rows if len(row) > column and row[column].strip()]
        if values and sum(1 for v in values if _FIGURE.match(v)) > 0.6 * len(values):
            return True
    return False
