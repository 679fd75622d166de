"""Words inside ruled tables to lines with cells, kept together as islands in the page's flow."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from indexer.reading.pdf.content import Word
from indexer.reading.pdf.grids import Grid
from indexer.reading.pdf.lines import (
    Island,
    Item,
    Row,
    TextLine,
    cells_to_line,
    words_to_line,
    words_to_rows,
    words_to_text,
)

Order = Callable[[Sequence[Item]], list[TextLine]]
"""Reads a region that is not a table."""

_LEAST_BOXED = 12
"""Words that rules must enclose to be a box of text where they make no row of cells."""
_PROSE_CELL = 60
_PROSE_ROW = 110
"""Words from which a table's cell is running text to be read by itself."""
_LABEL = 15
"""Words up to which a cell beside running text is its label."""
_LEAST_LEVELS = 4
_FIGURES = re.compile(r"^(?:[£$€<>~+\-–(]*\d[\d,.]*[%)kmbn]*\s*|[-–]\s*)+$", re.I)


def take_tables(words: Sequence[Word], grids: Sequence[Grid], order: Order) -> list[Item]:
    """Put the words that stand in ruled tables into islands; smaller tables first."""
    items: list[Item] = list(words)
    for grid in grids:
        inside = [item for item in items if grid.holds(*_middle(item))]
        if not inside:
            continue
        lines = _grid_to_lines(grid, inside, order)
        if lines is None:
            continue
        taken = {id(item) for item in inside}
        items = [item for item in items if id(item) not in taken]
        x0, x1 = min(i.x0 for i in inside), max(i.x1 for i in inside)
        top, bottom = min(i.top for i in inside), max(i.bottom for i in inside)
        items.append(Island(lines, x0, top, x1, bottom))
    return items


def _middle(item: Item) -> tuple[float, float]:
    return ((item.x0 + item.x1) / 2, (item.top + item.bottom) / 2)


def _grid_to_lines(grid: Grid, items: list[Item], order: Order) -> list[TextLine] | None:
    """The lines of a ruled table row by row; None where the rules hold no table."""
    rows = grid.fill([(item, *_middle(item)) for item in items])
    if not any(sum(map(bool, row)) >= 2 for row in rows) and len(items) < _LEAST_BOXED:
        return None
    is_table = any(sum(map(bool, row)) >= 2 for row in rows)
    lines: list[TextLine] = []
    for row in rows:
        lines += _row_to_lines(row, order, 1 if is_table else 2)
    return lines


def _row_to_lines(row: Sequence[Sequence[Item]], order: Order, least: int) -> list[TextLine]:
    """One row of a ruled table: a line with cells, or several where the row is not one.

    ``least`` is how many of its cells must be filled.
    """
    full = [cell for cell in row if cell]
    words = [[item for item in cell if isinstance(item, Word)] for cell in row]
    nested = sum(map(len, words)) < sum(map(len, row))
    if len(row) < 2 or len(full) < least or nested:
        return [line for cell in full for line in order(cell)]
    wrapped = [words_to_rows(cell) for cell in words]
    if _is_prose(full) and not _is_unruled(wrapped):
        return [line for cell in full for line in _cell_to_lines(cell, order)]
    if _is_unruled(wrapped):
        return [_level_to_line(level, words) for level in words_to_rows([w for cell in words for w in cell])]
    return [cells_to_line([[row.words for row in cell] for cell in wrapped])]


def _cell_to_lines(cell: Sequence[Item], order: Order) -> list[TextLine]:
    """A cell beside running text: a short one is a label, one line however it wraps."""
    words = [item for item in cell if isinstance(item, Word)]
    if len(words) > _LABEL:
        return order(cell)
    line = cells_to_line([[row.words for row in words_to_rows(words)]])
    line.cells = ()
    return [line]


def _is_prose(cells: Sequence[Sequence[Item]]) -> bool:
    """Whether cells hold running text that is better read cell by cell."""
    sizes = [len(cell) for cell in cells]
    return max(sizes) > _PROSE_CELL and sum(sizes) > _PROSE_ROW


def _is_unruled(cells: Sequence[Sequence[Row]]) -> bool:
    """Whether what rules make one row is many: columns of figures that no level rules part."""
    tall = [cell for cell in cells if len(cell) >= _LEAST_LEVELS]
    if len(tall) < 2:
        return False
    columns = [[words_to_text(row.words) for row in cell] for cell in tall]
    figures = [sum(1 for text in column if _FIGURES.match(text)) / len(column) for column in columns]
    return max(figures) > 0.5


def _level_to_line(level: Row, cells: Sequence[Sequence[Word]]) -> TextLine:
    """The words of one baseline, parted by the columns that they stand in."""
    here = {id(word) for word in level.words}
    parts = [sorted((w for w in cell if id(w) in here), key=lambda w: w.x0) for cell in cells]
    if sum(map(bool, parts)) < 2:
        return words_to_line(level.words)
    return cells_to_line([[part] if part else [] for part in parts])
