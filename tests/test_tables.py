"""Tables: their titles, where they begin and end, and what is none."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.blocks import reading_to_blocks
from indexer.model import Reading, Table
from indexer.tables import find_tables

Read = Callable[[str], Reading]
ROWS = "Agency\tMeetings\tPer cent\nHealth\t4\t100\nPolice\t3\t75\n"


def tables_in(as_text: Read, text: str) -> list[tuple[str, tuple[int, int] | None]]:
    reading = as_text(text)
    found: tuple[Table, ...] = find_tables(reading, reading_to_blocks(reading))
    return [(table.title, table.place.lines) for table in found]


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Table 3: Attendance at meetings", "Table 3: Attendance at meetings"),
        ("LEVEL 2", "LEVEL 2"),
        ("b) Attendance", "b) Attendance"),
        ("2012-13: number of people at each level", "2012-13: number of people at each level"),
    ],
)
def test_the_line_right_above_is_the_title(as_text: Read, above: str, title: str) -> None:
    assert tables_in(as_text, f"Our year\n\nMembers came to most meetings.\n\n{above}\n\n{ROWS}") == [
        (title, (7, 9))
    ]


def test_prose_above_leaves_the_title_to_the_heading(as_text: Read) -> None:
    text = f"4. Who came\n\nMembers came to most of the meetings of the year.\n\n{ROWS}"
    assert tables_in(as_text, text) == [("4. Who came", (5, 7))]


def test_a_note_may_stand_between_title_and_table(as_text: Read) -> None:
    text = f"LEVEL 2\n\n* Some schools are counted twice.\n\n{ROWS}"
    assert tables_in(as_text, text)[0][0] == "LEVEL 2"


def test_a_row_of_one_cell_above_the_columns_is_the_title(as_text: Read) -> None:
    rows = "Subgroup: Training\t\nObjective\tMeasure\nTrain more staff\tMore staff are trained\n"
    text = f"Work plans\n\nThese are the plans of the subgroups for the year.\n\n{rows}"
    assert tables_in(as_text, text) == [("Subgroup: Training", (6, 7))]


def test_rows_that_read_on_after_a_gap_belong_to_the_table(as_text: Read) -> None:
    text = (
        "Plan\n\nObjective\tMeasure\n1. Train staff\tA course is held and\n\n"
        "in every part of the city\tstaff come to it\n\n2. Hear children\tThey are heard\n3. Write\tA paper\n"
    )
    assert tables_in(as_text, text) == [("Plan", (3, 9))]


def test_tables_with_names_of_their_own_stay_apart(as_text: Read) -> None:
    other = "Ward\tBirths\nNorth\t40\nSouth\t31\n"
    text = f"Figures\n\n{ROWS}\nBirths\n\n{other}"
    assert tables_in(as_text, text) == [("Figures", (3, 5)), ("Births", (9, 11))]


@pytest.mark.parametrize(
    "text",
    [
        "Our year\n\nChair:\tAnn Example\n\nShe has been Chair for a year.\n",
        "Contents\n\nIntroduction\t3\nOur work\t4\nAppendix\t9\n",
        "A paper without any table.\n",
    ],
)
def test_what_is_no_table_is_left_out(as_text: Read, text: str) -> None:
    assert tables_in(as_text, text) == []
