"""Ruled lines to tables: which rectangles the rules of a page enclose, as rows of cells."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from indexer.reading.pdf.content import PageContent, Rule, to_frame

T = TypeVar("T")

Segment = tuple[float, float, float]
"""Of a rule: its place across, its start, its end."""

_SNAP = 3.0
"""Points within which rules are taken to meet or to be one."""
_COVERED = 0.6
"""Share of a cell's side that a rule must cover to part it from its neighbour."""
_MOST_CELLS = 6000
_OPEN = 6.0
"""Points by which rules must go on past the last that crosses them to show that the table does."""
_LEAST_OPEN = 2
_LEAST_BOX = 30.0
"""Points: lower shades colour a line of text."""
_MOST_BOX = 0.5
"""Share of the page from which a single rectangle is a border round the page."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Rules that form rows and columns. ``xs`` and ``ys`` are the edges, ascending; ``group`` tells
    for each elementary rectangle (row, column) which cell it belongs to, merged cells sharing one."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    group: tuple[tuple[int, ...], ...]

    @property
    def area(self) -> float:
        """Square points."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies within the outer edges."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def fill(self, items: Iterable[tuple[T, float, float]]) -> list[list[list[T]]]:
        """Put items (with their middles) into cells: rows of cells, empty cells empty lists.

        A merged cell stands in its first row and column, and leaves its other places empty, so that the
        cells of every row stand in their columns; a row that is one cell is that cell alone.
        """
        held: dict[int, list[T]] = {}
        for item, x, y in items:
            row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
            column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
            held.setdefault(self.group[row][column], []).append(item)
        seen: set[int] = set()
        rows = []
        for numbers in self.group:
            fresh = dict.fromkeys(n for n in numbers if n not in seen)
            seen.update(fresh)
            if len(fresh) < 2:
                rows.append([held.get(n, []) for n in fresh])
                continue
            rows.append([held.get(n, []) if fresh.pop(n, n) is None else [] for n in numbers])
        return rows


def rules_to_grids(page: PageContent, turn: int) -> list[Grid]:
    """The tables that a page's rules form, in the frame of a writing direction.

    Shaded rectangles make tables only where no ruled lines do: inside ruled tables they colour
    single lines of text as often as cells.
    """
    found = _rules_to_grids([_turned(rule, turn) for rule in page.rules])
    fills = [_turned(fill, turn) for fill in page.fills]
    loose = [f for f in fills if not any(_colours(f, grid) for grid in found)]
    found += _rules_to_grids([edge for fill in loose for edge in _edges(fill, page)], is_open=False)
    whole = _MOST_BOX * page.width * page.height
    return [grid for grid in found if len(grid.xs) > 2 or len(grid.ys) > 2 or grid.area < whole]


def _colours(fill: Rule, grid: Grid) -> bool:
    """Whether a shaded rectangle is part of a ruled table; in a bare frame a tall one is a box of its own."""
    frame = len(grid.xs) == len(grid.ys) == 2
    boxed = frame and fill.y1 - fill.y0 >= _LEAST_BOX
    return not boxed and grid.holds((fill.x0 + fill.x1) / 2, (fill.y0 + fill.y1) / 2)


def level_rules(page: PageContent, turn: int) -> list[Segment]:
    """The page's level rules, joined where they touch."""
    rules = [_turned(rule, turn) for rule in page.rules]
    return _merge([(r.y0, r.x0, r.x1) for r in rules if abs(r.y1 - r.y0) < 0.5])


def _rules_to_grids(rules: list[Rule], is_open: bool = True) -> list[Grid]:
    """Grids of the rules that meet; ``is_open`` where a side without a rule may be one all the same."""
    level = _merge([(r.y0, r.x0, r.x1) for r in rules if abs(r.y1 - r.y0) < 0.5])
    upright = _merge([(r.x0, r.y0, r.y1) for r in rules if abs(r.x1 - r.x0) < 0.5])
    grids = [_grid(*parts, is_open) for parts in _connected(level, upright)]
    return [grid for grid in grids if grid is not None]


def _turned(rule: Rule, turn: int) -> Rule:
    """A rule (y down) in the frame of a writing direction."""
    if turn == 0:
        return rule
    ax, ay = to_frame(turn, rule.x0, -rule.y0)
    bx, by = to_frame(turn, rule.x1, -rule.y1)
    return Rule(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))


def _edges(fill: Rule, page: PageContent) -> list[Rule]:
    """The edges of a shaded rectangle that may be a cell."""
    width, height = fill.x1 - fill.x0, fill.y1 - fill.y0
    if width < 10 or height < 7 or width * height > 0.6 * page.width * page.height:
        return []
    x0, y0, x1, y1 = fill.x0, fill.y0, fill.x1, fill.y1
    return [Rule(x0, y0, x1, y0), Rule(x0, y1, x1, y1), Rule(x0, y0, x0, y1), Rule(x1, y0, x1, y1)]


def _merge(segments: list[Segment]) -> list[Segment]:
    """Join segments of one line that touch or overlap."""
    lines: list[list[Segment]] = []
    for segment in sorted(segments):
        if lines and segment[0] - lines[-1][0][0] < _SNAP:
            lines[-1].append(segment)
        else:
            lines.append([segment])
    merged: list[Segment] = []
    for line in lines:
        place = sum(s[0] for s in line) / len(line)
        start, end = -1e9, -1e9
        for _, a, b in sorted(line, key=lambda s: s[1]):
            if a - end > _SNAP:
                if end > start:
                    merged.append((place, start, end))
                start, end = a, b
            end = max(end, b)
        merged.append((place, start, end))
    return [s for s in merged if s[2] - s[1] > _SNAP]


def _connected(level: list[Segment], upright: list[Segment]) -> list[tuple[list[Segment], list[Segment]]]:
    """Groups of level and upright rules that meet."""
    parent = list(range(len(level) + len(upright)))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, (y, x0, x1) in enumerate(level):
        for j, (x, y0, y1) in enumerate(upright, len(level)):
            if x0 - _SNAP <= x <= x1 + _SNAP and y0 - _SNAP <= y <= y1 + _SNAP:
                parent[root(i)] = root(j)
    groups: dict[int, tuple[list[Segment], list[Segment]]] = {}
    for i, segment in enumerate(level + upright):
        groups.setdefault(root(i), ([], []))[i >= len(level)].append(segment)
    return list(groups.values())


def _grid(level: list[Segment], upright: list[Segment], is_open: bool) -> Grid | None:
    """The cells between rules that meet; None where they enclose nothing."""
    xs, ys = _places(upright), _places(level)
    if is_open:
        xs, ys = _with_open_sides(xs, level), _with_open_sides(ys, upright)
    if len(xs) < 2 or len(ys) < 2 or len(xs) * len(ys) > _MOST_CELLS:
        return None
    rows, columns = len(ys) - 1, len(xs) - 1
    group = [[r * columns + c for c in range(columns)] for r in range(rows)]
    for r in range(rows):
        for c in range(columns):
            if c and not _covers(upright, xs[c], ys[r], ys[r + 1]):
                _join(group, group[r][c], group[r][c - 1])
            if r and not _covers(level, ys[r], xs[c], xs[c + 1]):
                _join(group, group[r][c], group[r - 1][c])
    return Grid(tuple(xs), tuple(ys), tuple(tuple(row) for row in group))


def _join(group: list[list[int]], old: int, new: int) -> None:
    if old == new:
        return
    for row in group:
        for c, number in enumerate(row):
            if number == old:
                row[c] = new


def _places(segments: Sequence[Segment]) -> list[float]:
    places: list[float] = []
    for place, _, _ in sorted(segments):
        if not places or place - places[-1] > _SNAP:
            places.append(place)
    return places


def _with_open_sides(places: list[float], across: Sequence[Segment]) -> list[float]:
    """Edges with those where no rule closes the table but several of the rules across go on."""
    if len(places) < 2:
        return places
    before = [start for _, start, _ in across if start < places[0] - _OPEN]
    after = [end for _, _, end in across if end > places[-1] + _OPEN]
    least = max(_LEAST_OPEN, len(across) / 2)
    head = [min(before)] if len(before) >= least else []
    return [*head, *places, *([max(after)] if len(after) >= least else [])]


def _covers(segments: Sequence[Segment], place: float, start: float, end: float) -> bool:
    """Whether rules at ``place`` cover most of the way from ``start`` to ``end``."""
    covered = sum(max(0.0, min(b, end) - max(a, start)) for at, a, b in segments if abs(at - place) <= _SNAP)
    return covered >= _COVERED * (end - start)
