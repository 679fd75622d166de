"""Tables of figures ruled between their columns but not between their rows, as spreadsheets print them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from indexer.reading.pdf.content import Word
from indexer.reading.pdf.grids import Grid
from indexer.reading.pdf.lines import (
    Item,
    Row,
    TextLine,
    cells_to_line,
    split_row,
    words_to_line,
    words_to_rows,
    words_to_text,
)

_LEAST_LEVELS = 4
_FIGURES = re.compile(r"^(?:[£$€<>~+\-–(]*\d[\d,.]*[%)kmbn]*\s*|[-–]\s*)+$", re.I)
_FIGURE_COLUMN = 0.6
"""Share of a column's words that are figures from which what parts the figures parts the column."""
_GUTTER = 3.0
"""Points."""
_UNRULED = 0.5
"""Share of a table's words that stand in rows without rules between them, from which all of it is read so."""
_APART = 0.6
"""Font sizes between the runs of one row."""


def ledger_lines(grid: Grid, items: Sequence[Item]) -> list[TextLine]:
    """The lines of a table most of which has no rules between its rows; empty where it is none.

    Each baseline is a row. Rules that part a few of its columns at other heights than the rest,
    such as those above a total, do not matter.
    """
    words = [item for item in items if isinstance(item, Word)]
    if len(words) < len(items):
        return []
    loose = 0
    for row in grid.fill([(w, (w.x0 + w.x1) / 2, (w.top + w.bottom) / 2) for w in words]):
        if is_unruled([words_to_rows(cell) for cell in row]):
            loose += sum(map(len, row))
    if loose <= _UNRULED * len(words):
        return []
    edges = _edges(grid, words)
    return [_level_to_line(level, edges) for level in words_to_rows(words)]


def is_unruled(cells: Sequence[Sequence[Row]]) -> bool:
    """Whether what rules make one row is many: columns of figures that no level rules part."""
    tall = [cell for cell in cells if len(cell) >= _LEAST_LEVELS]
    if len(tall) < 2:
        return False
    columns = [[words_to_text(row.words) for row in cell] for cell in tall]
    figures = [sum(1 for text in column if _FIGURES.match(text)) / len(column) for column in columns]
    return max(figures) > 0.5


def levels_to_lines(cells: Sequence[Sequence[Word]]) -> list[TextLine]:
    """The lines of what rules make one row: a line for each baseline, parted as the cells are."""
    lines = []
    for level in words_to_rows([word for cell in cells for word in cell]):
        here = {id(word) for word in level.words}
        parts = [sorted((w for w in cell if id(w) in here), key=lambda w: w.x0) for cell in cells]
        lines.append(_parts_to_line(level, parts))
    return lines


def _edges(grid: Grid, words: Sequence[Word]) -> list[float]:
    """The inner edges of the columns: the rules, and the empty strips between columns of figures."""
    edges = list(grid.xs[1:-1])
    for left, right in pairwise(grid.xs):
        here = [w for w in words if left <= (w.x0 + w.x1) / 2 < right]
        figures = sorted((w.x0, w.x1) for w in here if _FIGURES.match(w.text))
        if len(figures) < _LEAST_LEVELS or len(figures) < _FIGURE_COLUMN * len(here):
            continue
        end = figures[0][1]
        for x0, x1 in figures:
            if x0 - end >= _GUTTER:
                edges.append((end + x0) / 2)
            end = max(end, x1)
    return sorted(edges)


def _level_to_line(level: Row, edges: Sequence[float]) -> TextLine:
    """The words of one baseline, each run of them whole in the column where it begins or is centred."""
    parts: list[list[Word]] = [[] for _ in range(len(edges) + 1)]
    for run in _runs(level, edges):
        first, last = bisect_right(edges, run[0].x0 + 1), bisect_right(edges, run[-1].x1 - 1)
        figures = all(_FIGURES.match(word.text) for word in run)
        for word in run:
            own = bisect_right(edges, (word.x0 + word.x1) / 2)
            parts[own if figures else first if first == last else (first + last) // 2].append(word)
    return cells_to_line([[part] if part else [] for part in parts])


def _runs(level: Row, edges: Sequence[float]) -> list[list[Word]]:
    """Words with no wide gap between them; a figure and a label beside an edge are two runs."""
    runs: list[list[Word]] = []
    for run in split_row(level, _APART * level.size):
        runs.append(run[:1])
        for one, two in pairwise(run):
            mixed = bool(_FIGURES.match(one.text)) != bool(_FIGURES.match(two.text))
            if mixed and bisect_right(edges, (one.x0 + one.x1) / 2) < bisect_right(edges, two.x1 - 1):
                runs.append([two])
            else:
                runs[-1].append(two)
    return runs


def _parts_to_line(level: Row, parts: Sequence[list[Word]]) -> TextLine:
    if sum(map(bool, parts)) < 2:
        return words_to_line(level.words)
    return cells_to_line([[part] if part else [] for part in parts])
