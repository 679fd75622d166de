"""A page's words and rules to lines in reading order.

Columns are found as strips that no line crosses for several lines, with running text on both
sides; what stands above and below such a stretch is read before and after it, and each side is
looked at in the same way again. Tables are taken out first and stand in the flow as islands.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from indexer.reading.pdf.aligned import rows_to_lines
from indexer.reading.pdf.banded import bands_to_grids
from indexer.reading.pdf.content import SLANT, PageContent, Word, to_frame
from indexer.reading.pdf.grids import Grid, rules_to_grids
from indexer.reading.pdf.lines import (
    Item,
    Row,
    TextLine,
    are_spaces_written,
    line_pitch,
    split_row,
    words_to_line,
    words_to_rows,
)
from indexer.reading.pdf.tables import take_tables

_MARGIN = 0.085
"""Share of the page's height in which running heads and feet stand."""
_DEEPEST = 10
_LEAST_ROWS = 4
"""Rows that a column must have."""


def page_to_lines(page: PageContent) -> list[tuple[int, TextLine]]:
    """Lines of the page in reading order, each with the writing direction that it is placed in."""
    words = {turn: _dedupe(_shown(page, turn, group)) for turn, group in page.words.items()}
    upright = sorted((t for t in words if t != SLANT and words[t]), key=lambda t: -len(words[t]))
    lines: list[tuple[int, TextLine]] = []
    for turn in upright:
        ruled = rules_to_grids(page, turn)
        grids = sorted(ruled + bands_to_grids(page, turn, words[turn], ruled), key=lambda grid: grid.area)
        lines += [(turn, line) for line in _frame_to_lines(page, turn, words[turn], grids)]
    if slanted := words.get(SLANT):
        lines.append((SLANT, words_to_line(slanted)))
    return [(turn, line) for turn, line in lines if line.text.strip()]


def _shown(page: PageContent, turn: int, words: list[Word]) -> list[Word]:
    """The words inside the crop box."""
    level = 0 if turn == SLANT else turn
    corners = [to_frame(level, *page.crop[:2]), to_frame(level, *page.crop[2:])]
    left, right = sorted(x for x, _ in corners)
    top, bottom = sorted(y for _, y in corners)
    return [w for w in words if w.x1 > left and w.x0 < right and w.bottom > top and w.top < bottom]


def _dedupe(words: list[Word]) -> list[Word]:
    """Drop words printed twice in nearly the same place, which is how some programs make bold."""
    seen: dict[str, list[Word]] = {}
    kept = []
    for word in words:
        same = seen.setdefault(word.text, [])
        near = 0.2 * word.size
        for other in same:
            if abs(other.x0 - word.x0) < near and abs(other.base - word.base) < near:
                other.bold = True
                break
        else:
            same.append(word)
            kept.append(word)
    return kept


def _frame_to_lines(page: PageContent, turn: int, words: list[Word], grids: list[Grid]) -> list[TextLine]:
    items = take_tables(words, grids, order)
    head, body, foot = _peel(items, page, turn)
    lines: list[TextLine] = []
    for zone in (head, body, foot):
        lines += order(zone)
    return lines


def _peel(items: list[Item], page: PageContent, turn: int) -> tuple[list[Item], list[Item], list[Item]]:
    """Part what stands in the head and foot margins, clear of the body, from the rest."""
    rows = words_to_rows(items)
    if len(rows) < 4:
        return [], items, []
    level = [page.box(turn, r.x0, r.top, r.x1, r.bottom) for r in rows]
    # In a frame that is turned, head and foot are at the sides of the page as displayed.
    sideways = turn in (1, 3)
    place = [(b.x0 + b.x1) / 2 if sideways else (b.y0 + b.y1) / 2 for b in level]
    if turn in (2, 3):
        place = [1 - p for p in place]
    gap = 0.9 * line_pitch(rows)
    first = 0
    for i in range(min(4, len(rows) - 1)):
        if place[i] > _MARGIN:
            break
        if rows[i + 1].top - rows[i].bottom > gap * 0.6:
            first = i + 1
    last = len(rows)
    for i in range(len(rows) - 1, max(first, len(rows) - 5), -1):
        if place[i] < 1 - _MARGIN:
            break
        if rows[i].top - rows[i - 1].bottom > gap * 0.6:
            last = i
    parts = (rows[:first], rows[first:last], rows[last:])
    head, body, foot = ([item for row in part for item in row.items] for part in parts)
    return head, body, foot


def order(items: Sequence[Item], depth: int = 0) -> list[TextLine]:
    """Lines of a region in reading order."""
    rows = words_to_rows(items)
    found = find_columns(rows) if depth < _DEEPEST else None
    if found is None:
        return rows_to_lines(rows)
    above = [item for row in rows[: found.first] for item in row.items]
    below = [item for row in rows[found.last :] for item in row.items]
    within = [item for row in rows[found.first : found.last] for item in row.items]
    left = [item for item in within if item.x0 < found.x - 0.5]
    right = [item for item in within if item.x0 >= found.x - 0.5]
    lines: list[TextLine] = []
    for part in (above, left, right, below):
        if part:
            lines += order(part, depth + 1)
    return lines


_FIGURE = re.compile(r"[£$€(+-]*(?:\d[\d,.]*%?\)?|-)$")
_MOST_FIGURES = 0.5
"""Share of a column's words that are figures from which it is part of a table."""


@dataclass(frozen=True, slots=True)
class Columns:
    """A stretch of rows (first inclusive, last exclusive) parted by a strip that ends at ``x``."""

    first: int
    last: int
    x: float
    weight: float


def find_columns(rows: list[Row]) -> Columns | None:
    """The strip that parts most text into columns, or None."""
    if len(rows) < _LEAST_ROWS:
        return None
    sizes = [row.size for row in rows if row.size]
    if not sizes:
        return None
    gap = max(5.0, 0.7 * median(sizes))
    placed = max(2.0, 0.25 * median(sizes)) if are_spaces_written(rows) else None
    for row in rows:
        row.segments = split_row(row, gap, placed)
    gap = placed or gap
    best: Columns | None = None
    for x in _candidates(rows):
        for found in _stretches(rows, x, gap):
            if best is None or found.weight > best.weight:
                best = found
    return best


def _candidates(rows: list[Row]) -> list[float]:
    """Places where several runs of words begin, apart from the left margin."""
    starts = sorted(seg[0].x0 for row in rows for seg in row.segments)
    clusters: list[list[float]] = []
    for x in starts:
        if clusters and x - clusters[-1][0] <= 3.0:
            clusters[-1].append(x)
        else:
            clusters.append([x])
    left = min(row.x0 for row in rows) + 30
    return [c[0] for c in clusters if len(c) >= _LEAST_ROWS - 1 and c[0] > left]


def _stretches(rows: list[Row], x: float, gap: float) -> list[Columns]:
    """Stretches of rows that leave the strip before ``x`` empty and are columns on both sides."""
    found = []
    first = 0
    for i in range(len(rows) + 1):
        if i < len(rows) and not _crosses(rows[i], x, gap):
            continue
        if i - first >= _LEAST_ROWS:
            columns = _trim(rows, first, i, x)
            if columns is not None:
                found.append(columns)
        first = i + 1
    return found


def _crosses(row: Row, x: float, gap: float) -> bool:
    if row.island:
        return row.x0 < x - 0.5 and row.x1 > x - gap
    return any(seg[0].x0 < x - 0.5 and max(w.x1 for w in seg) > x - gap for seg in row.segments)


def _trim(rows: list[Row], first: int, last: int, x: float) -> Columns | None:
    """Leave out headings above and lines below that stand on the left side alone."""
    pitch = line_pitch(rows[first:last])
    while last - first >= _LEAST_ROWS and rows[first].x1 < x:
        near = rows[first + 1].top - rows[first].bottom
        if near < 0.6 * pitch and rows[first].size < 1.15 * rows[first + 1].size:
            break
        first += 1
    lowest = max((i for i in range(first, last) if rows[i].x1 >= x), default=first)
    # Under columns that are not the last thing on the page a heading may introduce what follows.
    for i in range(last - 1, lowest, -1):
        if last < len(rows) and rows[i].top - rows[i - 1].bottom > 0.6 * pitch:
            last = i
            break
    left = [[w for seg in r.segments for w in seg if w.x0 < x - 0.5] for r in rows[first:last]]
    right = [[w for seg in r.segments for w in seg if w.x0 >= x - 0.5] for r in rows[first:last]]
    weight = _weigh([r for r in left if r], [r for r in right if r])
    return Columns(first, last, x, weight) if weight else None


def _weigh(left: list[list[Word]], right: list[list[Word]]) -> float:
    """How much running text stands on both sides; 0 where they are not columns."""
    if min(len(left), len(right)) < _LEAST_ROWS or not (_is_running(left) and _is_running(right)):
        return 0.0
    if _are_rows(left, right):
        return 0.0
    return float(min(len(left), len(right)))


def _is_running(rows: list[list[Word]]) -> bool:
    """Whether most lines have a few words, not figures as in a table, and reach across the column."""
    figures = sum(bool(_FIGURE.match(word.text)) for row in rows for word in row)
    if figures > _MOST_FIGURES * sum(map(len, rows)):
        return False
    x0, x1 = min(r[0].x0 for r in rows), max(w.x1 for r in rows for w in r)
    reach = median(r[-1].x1 - r[0].x0 for r in rows)
    return x1 - x0 > 60 and median(len(r) for r in rows) >= 3 and reach > 0.5 * (x1 - x0)


def _are_rows(left: list[list[Word]], right: list[list[Word]]) -> bool:
    """Whether both sides break at the same heights and nowhere else, as the rows of a table do."""
    breaks_left, breaks_right = _breaks(left), _breaks(right)
    shared = sum(1 for a in breaks_left if any(abs(a[1] - b[1]) < 3.0 for b in breaks_right))
    least = min(len(breaks_left), len(breaks_right))
    if shared < 2 or shared < 0.7 * least:
        return False
    crossed = _crossed(breaks_left, right) + _crossed(breaks_right, left)
    return crossed <= 0.2 * (len(breaks_left) + len(breaks_right))


def _breaks(rows: list[list[Word]]) -> list[tuple[float, float]]:
    """Where gaps between lines are: the middle of the gap and the baseline after it.

    Gaps about headings are left out: columns of text may well have headings side by side.
    """
    usual = median(r[0].size for r in rows)
    pitch = median(b[0].base - a[0].base for a, b in pairwise(rows))
    return [
        ((a[0].bottom + b[0].top) / 2, b[0].base)
        for a, b in pairwise(rows)
        if b[0].base - a[0].base > 1.3 * pitch and max(a[0].size, b[0].size) < 1.1 * usual
    ]


def _crossed(breaks: list[tuple[float, float]], rows: list[list[Word]]) -> int:
    """At how many gaps a line of the other side stands."""
    return sum(1 for middle, _ in breaks if any(r[0].top < middle < r[0].bottom for r in rows))
