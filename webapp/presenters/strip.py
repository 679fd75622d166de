"""A paper from its first page to its last as a strip: where its papers, tables and statements lie."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import Document, Part, Passage, Place, Statement, StatementKind, Table
from webapp.presenters.words import plural

WIDTH = 1000.0
"""Units of the drawing from the first page to the end of the last."""
LEAST = 4.0
"""Units that the shortest thing is wide: less cannot be seen on a telephone."""
MOST_PLACES = 15
"""Places that the words for a row name one by one."""


@dataclass(frozen=True, slots=True)
class Bar:
    """Where a thing lies, in units of the drawing."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """The things of one sort."""

    name: str
    """``3 tables``."""
    words: str
    """Where they are, for those who do not see the drawing."""
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows, and what their two ends are."""

    rows: tuple[Row, ...]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class _Scale:
    """What a paper is measured by: pages, else lines, else characters."""

    unit: str
    length: int

    def range(self, place: Place) -> tuple[int, int]:
        """Where a place begins and ends, from 0, the end not included."""
        if self.unit == "page" and place.pages:
            return place.pages[0] - 1, place.pages[-1]
        if self.unit == "line" and place.lines:
            return place.lines[0] - 1, place.lines[1]
        return (place.start, place.end) if self.unit == "character" else (0, 0)

    def bar(self, place: Place) -> Bar:
        """Where it is drawn; what is short is drawn as wide as can be seen, inside the strip."""
        start, end = (WIDTH * min(side, self.length) / self.length for side in self.range(place))
        width = max(end - start, LEAST)
        return Bar(round(min(start, WIDTH - width), 1), round(width, 1))

    def words(self, places: Iterable[Place]) -> str:
        """``pages 3, 7 to 9 of 40``: places that touch are one."""
        runs: list[list[int]] = []
        for start, end in sorted(self.range(place) for place in places):
            if runs and start <= runs[-1][1]:
                runs[-1][1] = max(end, runs[-1][1])
            else:
                runs.append([start, end])
        if self.unit == "character":
            return f"from {self._share(runs[0][0])} to {self._share(runs[-1][1])} of the text"
        named = [
            str(end) if end - start == 1 else f"{start + 1} to {end}" for start, end in runs[:MOST_PLACES]
        ]
        more = f" and {len(runs) - MOST_PLACES} more places" if len(runs) > MOST_PLACES else ""
        noun = self.unit if len(runs) == 1 and runs[0][1] - runs[0][0] == 1 else f"{self.unit}s"
        return f"{noun} {', '.join(named)}{more} of {self.length:,}"

    def _share(self, at: int) -> str:
        return f"{min(at, self.length) / self.length:.0%}"


def strip(
    document: Document,
    parts: Sequence[Part],
    tables: Sequence[Table],
    statements: Sequence[Statement],
    passages: Sequence[Passage],
) -> Strip | None:
    """The strip of a paper; None where there is nothing to show on it."""
    scale = _scale(document, parts, passages)
    sorts = [
        (plural(len(parts), "paper"), [part.place for part in parts] if len(parts) > 1 else []),
        (plural(len(tables), "table"), [table.place for table in tables]),
    ]
    for kind in StatementKind:
        places = [statement.place for statement in statements if statement.kind == kind]
        sorts.append((plural(len(places), kind.value), places))
    rows = tuple(
        Row(name, scale.words(places), tuple(dict.fromkeys(map(scale.bar, places))))
        for name, places in sorts
        if places
    )
    return Strip(rows, *_ends(scale)) if rows else None


def _scale(document: Document, parts: Sequence[Part], passages: Sequence[Passage]) -> _Scale:
    if document.page_count:
        return _Scale("page", document.page_count)
    numbered = [p.lines[1] for p in passages if p.lines] + [p.place.lines[1] for p in parts if p.place.lines]
    if numbered:
        return _Scale("line", max(numbered))
    ends = [part.place.end for part in parts] + [passage.spans[-1].end for passage in passages]
    return _Scale("character", max(ends, default=1) or 1)


def _ends(scale: _Scale) -> tuple[str, str]:
    if scale.unit == "character":
        return "Start", "End"
    return f"{scale.unit.capitalize()} 1", f"{scale.unit.capitalize()} {scale.length:,}"
