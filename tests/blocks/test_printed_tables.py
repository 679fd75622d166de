"""Which rows of a printed table name its columns."""

from __future__ import annotations

import pytest

from indexer.blocks.printed_tables import find_rows
from indexer.model import Box, Line, Page, Reading


def read(*rows: str, bold: int = 0, gap_after: int = -1) -> Reading:
    """Rows with cells parted by bars, the first ``bold`` of them bold, a gap after one if asked."""
    text, lines, y = "", [], 0.1
    for k, row in enumerate(rows):
        cells, at = [], len(text)
        for cell in row.split("|"):
            cells.append((at, at + len(cell)))
            at += len(cell) + 1
        lines.append(
            Line(len(text), at - 1, 1, None, Box(0.1, y, 0.9, y + 0.012), 10.0, k < bold, tuple(cells))
        )
        text += row + "\n"
        y += 0.05 if k == gap_after else 0.015
    return Reading(text, tuple(lines), (Page(1, "1", 600, 800, 0, len(text)),))


def heads(reading: Reading) -> int:
    return sum(row.header for row in find_rows(reading, range(len(reading.lines))).values())


FIGURES = ("Pay|1.5|2.5", "Prices|2.0|3.0", "Demand|0.5|0.5")


@pytest.mark.parametrize(
    ("names", "bold", "count"),
    [
        (("Service|Budget|Forecast",), 0, 1),
        (("|2024|2025", "Service|Core|Core", "|£000s|£000s"), 0, 3),
        (("|Plan for two years|", "Service|Budget|Forecast"), 1, 2),
        (("Service|Budget|Forecast", "Adult care||"), 2, 1),
        ((), 0, 0),
    ],
)
def test_rows_above_the_figures_name_the_columns(names: tuple[str, ...], bold: int, count: int) -> None:
    assert heads(read(*names, *FIGURES, bold=bold)) == count


def test_bold_rows_above_plain_ones_name_the_columns() -> None:
    assert heads(read("Risk|Cause|Owner", "||lead", "R|c|o", "S|d|p", bold=2)) == 2


def test_names_under_a_name_that_spans_columns_are_names_too() -> None:
    rows = (
        "Measure|Rating||Trend",
        "|Latest|Previous|",
        "Visits in time|Green|Amber|up",
        "Plans|Red|Red|down",
    )
    assert heads(read(*rows, bold=1)) == 2
    assert heads(read(*rows[:1], *rows[2:], bold=1)) == 1


def test_a_small_table_right_above_another_is_its_own() -> None:
    reading = read("TOTAL|334.7", "Risk|Cause|Owner", "R|c|o", "S|d|p", gap_after=0)
    found = find_rows(reading, range(4))
    assert [found[i].table for i in range(4)] == [0, 1, 1, 1]
