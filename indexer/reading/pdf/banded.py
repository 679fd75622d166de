"""Tables ruled between their rows only: level rules of one width, columns told by the gaps in the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.reading.pdf.content import PageContent, Word
from indexer.reading.pdf.grids import Grid, Segment, level_rules
from indexer.reading.pdf.lines import words_to_rows

_SAME_EDGE = 6.0
_LEAST_RULES = 3
_LEAST_WIDTH = 0.3
"""Share of the page's width."""
_GUTTER = 4.0
_SPACE = 0.45
"""Of the largest type: words of one line stand closer together."""
_LEAST_CELLS = 4
_MARK = re.compile(r"^(?:[^\w\s]|\(?\w{1,3}[.)]?|\d+(?:\.\d+)+\.?)$")


def bands_to_grids(page: PageContent, turn: int, words: Sequence[Word], ruled: Sequence[Grid]) -> list[Grid]:
    """Tables of rows between level rules that begin and end at the same places."""
    tables = [grid for grid in ruled if len(grid.xs) > 2]
    across = page.width if turn in (0, 2) else page.height
    loose = [
        rule
        for rule in level_rules(page, turn)
        if rule[2] - rule[1] > _LEAST_WIDTH * across
        and not any(grid.holds((rule[1] + rule[2]) / 2, rule[0]) for grid in tables)
    ]
    return [grid for group in _same_width(loose) for grid in _tables(group, words)]


def _tables(rules: list[Segment], words: Sequence[Word]) -> list[Grid]:
    """The tables that rules of one width make: where text between them parts no columns, one above it
    and one below."""
    if len(rules) < _LEAST_RULES:
        return []
    grid = _band_grid(rules, words)
    if grid is not None:
        return [grid]
    widest = max(range(1, len(rules)), key=lambda k: rules[k][0] - rules[k - 1][0])
    return _tables(rules[:widest], words) + _tables(rules[widest:], words)


def _same_width(rules: Sequence[Segment]) -> list[list[Segment]]:
    groups: list[list[Segment]] = []
    for rule in sorted(rules):
        for group in groups:
            if abs(group[0][1] - rule[1]) < _SAME_EDGE and abs(group[0][2] - rule[2]) < _SAME_EDGE:
                group.append(rule)
                break
        else:
            groups.append([rule])
    return groups


def _band_grid(rules: list[Segment], words: Sequence[Word]) -> Grid | None:
    left, right = min(r[1] for r in rules) - 2, max(r[2] for r in rules) + 2
    ys = [rule[0] for rule in rules]
    near = [w for w in words if left <= (w.x0 + w.x1) / 2 <= right]
    ys.append(_last_edge(ys[-1], near))
    inside = [w for w in near if ys[0] < (w.top + w.bottom) / 2 < ys[-1]]
    names = _names(ys[0], inside, near)
    if names:
        ys.insert(0, min(word.top for word in names) - 1)
    xs = [left, *_gutters([*inside, *names]), right]
    if len(xs) < 3 or len(inside) < _LEAST_CELLS or _is_list(inside, xs):
        return None
    columns = len(xs) - 1
    group = tuple(tuple(r * columns + c for c in range(columns)) for r in range(len(ys) - 1))
    return Grid(tuple(xs), tuple(ys), group)


def _last_edge(last: float, words: Sequence[Word]) -> float:
    """Where the rows below the last rule end: the last row often has no rule under it."""
    end = last
    for row in words_to_rows([w for w in words if w.top > last - 1]):
        if row.top - end > 0.7 * row.size:
            break
        end = max(end, row.bottom)
    return end + 1


def _names(first: float, inside: Sequence[Word], words: Sequence[Word]) -> list[Word]:
    """The names of the columns where they stand right above the first rule; empty where none do."""
    columns = len(_gutters(inside))
    found: list[Word] = []
    for row in reversed(words_to_rows([w for w in words if w.bottom < first + 1])):
        top = min([word.top for word in found], default=first)
        if top - row.bottom > 0.9 * row.size or len(_gutters([*inside, *found, *row.words])) < columns:
            break
        found += row.words
    return found if len(_gutters(found)) > 0 else []


def _gutters(words: Sequence[Word]) -> list[float]:
    """Middles of the upright strips that no word stands in, wider than a space between words."""
    least = max(_GUTTER, _SPACE * max([word.size for word in words], default=0.0))
    spans = sorted((w.x0, w.x1) for w in words)
    found, end = [], spans[0][1] if spans else 0.0
    for x0, x1 in spans:
        if x0 - end >= least:
            found.append((end + x0) / 2)
        end = max(end, x1)
    return found


def _is_list(words: Sequence[Word], xs: Sequence[float]) -> bool:
    """Whether the first of two columns holds nothing but bullets and numbers."""
    if len(xs) != 3:
        return False
    first = [w for w in words if w.x1 <= xs[1]]
    return all(_MARK.match(w.text) for w in first)
