"""Words inside ruled tables to lines with cells, kept together as islands in the page's flow."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from itertools import pairwise

from indexer.reading.pdf.content import Word
from indexer.reading.pdf.grids import Grid
from indexer.reading.pdf.ledgers import is_unruled, ledger_lines, levels_to_lines
from indexer.reading.pdf.lines import Island, Item, TextLine, cells_to_line, words_to_rows

Order = Callable[[Sequence[Item]], list[TextLine]]
"""Reads a region that is not a table."""

_LEAST_BOXED = 12
"""Words that rules must enclose to be a box of text where they make no row of cells."""
_PROSE_CELL = 60
_PROSE_ROW = 110
"""Words from which a table's cell is running text to be read by itself."""
_RECORD = 4
"""Filled cells from which a row is a record, such as a risk with its cause, event and score."""
_LABEL = 15
"""Words up to which a cell beside running text is its label."""
_LEAST_EDGES = 3
_TITLE = 1.3


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
    least = min([item.size for item in items if isinstance(item, Word)], default=0.0)
    rows = [_apart(row, grid, least) for row in grid.fill([(item, *_middle(item)) for item in items])]
    if ledger := ledger_lines(grid, items):
        return ledger
    if not any(sum(map(bool, row)) >= 2 for row in rows) and len(items) < _LEAST_BOXED:
        return None
    is_table = any(sum(map(bool, row)) >= 2 for row in rows)
    lines: list[TextLine] = []
    for row in rows:
        lines += _row_to_lines(row, order, 1 if is_table else 2)
    return lines


def _apart(row: list[list[Item]], grid: Grid, least: float) -> list[list[Item]]:
    """A row that no upright rules part, as the names of columns often stand, parted where the columns are.

    What is set much larger than ``least``, the table's smallest type, is a title across it.
    """
    whole = row[0] if len(row) == 1 else []
    words = [item for item in whole if isinstance(item, Word)]
    if not words or len(words) < len(whole) or len(grid.xs) < _LEAST_EDGES:
        return row
    inner = grid.xs[1:-1]
    if max(word.size for word in words) >= _TITLE * least or any(
        word.x0 < x - 1 and word.x1 > x + 1 for word in words for x in inner
    ):
        return row
    for level in words_to_rows(words):
        for one, two in pairwise(level.words):
            if two.x0 - one.x1 < 0.5 * one.size and any(one.x1 - 1 <= x <= two.x0 + 1 for x in inner):
                return row
    cells: list[list[Item]] = [[] for _ in range(len(grid.xs) - 1)]
    for word in words:
        cells[bisect_right(inner, (word.x0 + word.x1) / 2)].append(word)
    return cells if sum(map(bool, cells)) > 1 else row


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
    if is_unruled(wrapped):
        return levels_to_lines(words)
    if _is_prose(full):
        return [line for cell in full for line in _cell_to_lines(cell, order)]
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
    """Whether cells hold running text that is better read cell by cell than as a record of a register."""
    if len(cells) >= _RECORD:
        return False
    sizes = [len(cell) for cell in cells]
    return max(sizes) > _PROSE_CELL and sum(sizes) > _PROSE_ROW
