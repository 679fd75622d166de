"""What the index covers: papers by board and year, and the years between that have none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import Document

NO_BODY = "Board or committee not known"
NO_YEAR = "No year"
ALL = "All papers"


@dataclass(frozen=True, slots=True)
class Cell:
    """How many papers there are of a board and year."""

    count: int
    gap: bool
    """Whether there are none although the board has papers of an earlier and of a later year."""


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A board's papers, year by year."""

    name: str
    total: int
    cells: tuple[Cell, ...]
    """One for each year of the table, then those without a year."""
    gaps: str
    """The years of its gaps in words; empty where there is none."""


@dataclass(frozen=True, slots=True)
class CoverageTable:
    """Boards down, reporting years across."""

    years: tuple[str, ...]
    """Every year from the first to the last, those without papers too."""
    has_undated: bool
    rows: tuple[BodyRow, ...]
    whole: BodyRow
    """All boards together."""


def coverage_table(documents: Sequence[Document]) -> CoverageTable:
    """Papers by board and reporting year; a paper of several years counts in each."""
    years = _years(documents)
    bodies = sorted({document.body for document in documents}, key=lambda name: (not name, name.casefold()))
    undated = any(not document.years for document in documents)
    rows = tuple(
        _row(body or NO_BODY, [d for d in documents if d.body == body], years, undated) for body in bodies
    )
    return CoverageTable(years, undated, rows, _row(ALL, documents, years, undated))


def _years(documents: Iterable[Document]) -> tuple[str, ...]:
    named = [int(year[:4]) for document in documents for year in document.years]
    return tuple(f"{y}-{(y + 1) % 100:02d}" for y in range(min(named), max(named) + 1)) if named else ()


def _row(name: str, documents: Sequence[Document], years: Sequence[str], undated: bool) -> BodyRow:
    counts = Counter(year for document in documents for year in document.years)
    first, last = min(counts, default=""), max(counts, default="")
    cells = [Cell(counts[year], counts[year] == 0 and first < year < last) for year in years]
    gaps = _runs([year for year, cell in zip(years, cells, strict=True) if cell.gap])
    if undated:
        cells.append(Cell(sum(not document.years for document in documents), False))
    return BodyRow(name, len(documents), tuple(cells), gaps)


def _runs(years: Sequence[str]) -> str:
    """Years in words, those that follow each other as one run."""
    runs: list[list[str]] = []
    for year in years:
        if runs and int(year[:4]) == int(runs[-1][-1][:4]) + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(run[0] if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
