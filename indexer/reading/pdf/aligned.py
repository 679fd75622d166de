"""Rows of one column to lines, with the cells of tables that have no rules.

Rows that have several runs of words with wide gaps between them are rows of a table where the runs
of neighbouring rows stand under each other.
"""

from __future__ import annotations

import re

from indexer.reading.pdf.content import Word
from indexer.reading.pdf.lines import Row, TextLine, cells_to_line, split_row, words_to_line, words_to_text

_MARKER = re.compile(
    r"^(?:[^\w\s]{1,2}|\(?[0-9ivxlcdm]{1,5}(?:\.\d{1,3}){0,4}[.):]?|\(?[A-Za-z]{1,2}[.)]|[A-Z]\d{0,3}\.?)$",
    re.I,
)
"""A bullet, number or letter before a text."""
_WIDE = 1.15
"""Font sizes: a gap this wide parts cells."""
_WRAPPED = 0.45
_MOST_WRAPS = 4
_ALIGNED = 4.0
"""Points by which the edges of a column's cells may differ."""


def rows_to_lines(rows: list[Row]) -> list[TextLine]:
    """The rows as lines, top down; rows of a table get cells."""
    runs = [_runs(row) for row in rows]
    lines: list[TextLine] = []
    cells: list[list[list[Word]]] = []  # of the table row above, if one is
    for i, row in enumerate(rows):
        if row.island:
            lines += row.island.lines
            cells = []
        elif len(runs[i]) >= 2 and _is_table_row(i, rows, runs):
            cells = [[run] for run in runs[i]]
            lines.append(cells_to_line(cells))
        elif cells and _wraps(cells, rows[i - 1], row):
            cells[-1].append(row.words)
            lines[-1] = cells_to_line(cells)
        else:
            lines.append(words_to_line(row.words))
            cells = []
    return lines


def _wraps(cells: list[list[list[Word]]], above: Row, row: Row) -> bool:
    """Whether a row goes on with the last cell of the table row above: right under it, in its type."""
    first = cells[-1][0][0]
    near = -0.5 * row.size < row.top - above.bottom < _WRAPPED * row.size
    alike = abs(row.size - first.size) < 0.6
    return near and alike and abs(row.x0 - first.x0) < _ALIGNED and len(cells[-1]) < _MOST_WRAPS


def _is_table_row(i: int, rows: list[Row], runs: list[list[list[Word]]]) -> bool:
    """Whether enough of a row's runs stand under those of a row near by."""
    later = len(runs[i]) - 1
    # Justified text has wide gaps too, at any place, and reaches from margin to margin.
    least = later if _is_flush(i, rows, runs) else max(1, round(0.6 * later))
    return any(_aligned(runs[i], runs[j]) >= least for j in _neighbours(i, rows, runs))


def _is_flush(i: int, rows: list[Row], runs: list[list[list[Word]]]) -> bool:
    """Whether a line of running text next to the row begins and ends where the row does."""
    near = (j for j in (i - 1, i + 1) if 0 <= j < len(rows))
    beside = [j for j in near if len(runs[j]) == 1 and len(rows[j].words) > 4]
    return any(abs(rows[j].x0 - rows[i].x0) < 3 and abs(rows[j].x1 - rows[i].x1) < 5 for j in beside)


def _runs(row: Row) -> list[list[Word]]:
    """Runs of words with wide gaps between; a mark or number before a text belongs to the text."""
    if row.island:
        return []
    runs = split_row(row, max(7.0, _WIDE * row.size))
    if len(runs) >= 2 and _MARKER.match(words_to_text(runs[0])) and not _is_figure(runs[1]):
        runs[:2] = [runs[0] + runs[1]]
    return runs


def _is_figure(run: list[Word]) -> bool:
    return bool(re.match(r"^[£$€(+-]*\d[\d,.%)]*$", run[0].text)) and len(run) == 1


def _neighbours(i: int, rows: list[Row], runs: list[list[list[Word]]]) -> list[int]:
    """The nearest rows with several runs, above and below, not far off."""
    found = []
    for step in (-1, 1):
        for j in range(i + step, i + 4 * step, step):
            if not 0 <= j < len(rows) or rows[j].island:
                break
            if abs(rows[j].bottom - rows[i].bottom) > 6 * max(rows[i].size, rows[j].size):
                break
            if len(runs[j]) >= 2:
                found.append(j)
    return found


def _aligned(runs: list[list[Word]], others: list[list[Word]]) -> int:
    """How many runs after the first stand under one of the others' (by left, right or middle)."""
    edges = [_edges(run) for run in others[1:]]
    return sum(
        any(abs(a - b) < _ALIGNED for other in edges for a, b in zip(_edges(run), other, strict=True))
        for run in runs[1:]
    )


def _edges(run: list[Word]) -> tuple[float, float, float]:
    x0, x1 = run[0].x0, max(word.x1 for word in run)
    return (x0, x1, (x0 + x1) / 2)
