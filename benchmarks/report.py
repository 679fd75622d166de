"""Tables: all columns for the terminal, those that travel between machines for the documentation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    """Figures of one kind."""

    title: str
    note: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    relative: tuple[int, ...]
    """The columns that say something on another machine too."""


def to_terminal(table: Table) -> str:
    """The whole table, columns aligned."""
    lines = (table.header, *table.rows)
    widths = [max(len(row[i]) for row in lines) for i in range(len(table.header))]
    body = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in lines
    ]
    return "\n".join((table.title, *body, ""))


def to_markdown(table: Table) -> str:
    """The relative columns as Markdown."""
    header, *rows = ([row[i] for i in table.relative] for row in (table.header, *table.rows))
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join((f"## {table.title}", "", table.note, "", *(_line(cells) for cells in lines), ""))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
