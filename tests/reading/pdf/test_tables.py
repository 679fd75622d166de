"""Printed tables whose rules say little: open sides, names above the first rule, figures without rules."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.model import Reading
from indexer.reading.pdf import read_pdf

Draw = Callable[[Canvas], None]
COLUMNS = (80.0, 260.0, 380.0, 500.0)
"""Left edges of three columns and the right edge of the last, in points."""


def read(path: Path, draw: Draw) -> Reading:
    canvas = Canvas(str(path / "paper.pdf"), pagesize=A4)
    canvas.setFont("Helvetica", 10)
    draw(canvas)
    canvas.save()
    return read_pdf(path / "paper.pdf")


def put(canvas: Canvas, y: float, *texts: str, bold: bool = False, size: float = 10) -> None:
    """Words in the columns, ``y`` points from the bottom."""
    canvas.setFont("Helvetica-Bold" if bold else "Helvetica", size)
    for x, text in zip(COLUMNS, texts, strict=False):
        canvas.drawString(x + 4, y, text)


def rows(reading: Reading) -> list[list[str]]:
    return [[reading.text[a:b] for a, b in line.cells] for line in reading.lines if line.cells]


def test_a_last_row_without_a_rule_under_it_is_a_row(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid(list(COLUMNS), [700, 680, 660])
        for x in COLUMNS:
            canvas.line(x, 660, x, 630)
        put(canvas, 686, "Action", "Lead", "By when")
        put(canvas, 666, "Write the plan", "Health", "May")
        put(canvas, 645, "Audit the files", "Police", "June")

    assert rows(read(tmp_path, draw))[-1] == ["Audit the files", "Police", "June"]


def test_columns_go_on_to_the_ends_of_the_rules_where_the_sides_are_open(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (700, 680, 660, 640):
            canvas.line(COLUMNS[0], y, COLUMNS[-1], y)
        for x in COLUMNS[1:-1]:
            canvas.line(x, 700, x, 640)
        put(canvas, 686, "Action", "Lead", "By when")
        put(canvas, 666, "Write the plan", "Health", "May")
        put(canvas, 646, "Audit the files", "Police", "June")

    assert rows(read(tmp_path, draw)) == [
        ["Action", "Lead", "By when"],
        ["Write the plan", "Health", "May"],
        ["Audit the files", "Police", "June"],
    ]


def test_names_of_columns_that_wrap_stand_above_a_grid_without_rules_between_them(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(COLUMNS[0], 670, COLUMNS[-1] - COLUMNS[0], 30)
        canvas.grid(list(COLUMNS), [670, 650, 630])
        put(canvas, 688, "Question", "Answer", "Given by", bold=True)
        put(canvas, 676, "Number", bold=True)
        put(canvas, 656, "1", "Yes", "Health")
        put(canvas, 636, "2", "No", "Police")

    assert rows(read(tmp_path, draw))[0] == ["Question Number", "Answer", "Given by"]


def test_a_title_across_a_grid_is_not_parted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rect(COLUMNS[0], 670, COLUMNS[-1] - COLUMNS[0], 30)
        canvas.grid(list(COLUMNS), [670, 650, 630])
        put(canvas, 680, "Theme", "Neglect in the early years", size=15)
        put(canvas, 656, "1", "Yes", "Health")
        put(canvas, 636, "2", "No", "Police")

    assert rows(read(tmp_path, draw))[0] == ["1", "Yes", "Health"]


def banded(canvas: Canvas, top: float) -> None:
    """A table with rules between its rows only, the names of its columns above the first."""
    put(canvas, top + 16, "", "Real", "Rephased", bold=True)
    put(canvas, top + 4, "Project", "variance", "variance", bold=True)
    for k, row in enumerate(
        (("Family hub", "0.4", "-1.2"), ("Link road", "1.8", "0.6"), ("Depot", "0.1", "2.4"))
    ):
        canvas.line(COLUMNS[0], top - 20 * k, COLUMNS[-1], top - 20 * k)
        put(canvas, top - 14 - 20 * k, *row)
    canvas.line(COLUMNS[0], top - 60, COLUMNS[-1], top - 60)


def test_names_above_the_first_rule_are_a_row_and_a_heading_parts_two_tables(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        banded(canvas, 700)
        canvas.setFont("Helvetica-Bold", 14)
        canvas.drawString(COLUMNS[0], 590, "Projects of the second directorate in the coming year")
        banded(canvas, 520)

    found = rows(read(tmp_path, draw))
    assert [found[0], found[4]] == [["Project", "Real variance", "Rephased variance"]] * 2
    assert found[1] == ["Family hub", "0.4", "-1.2"]
    assert len(found) == 8


def ledger(canvas: Canvas) -> None:
    """A printed spreadsheet: uprights, a rule above the total, three columns of figures in one box."""
    canvas.rect(80, 500, 420, 200)
    canvas.line(240, 500, 240, 700)
    canvas.line(240, 560, 500, 560)
    canvas.setFont("Helvetica", 10)
    lines = [
        ("", "Core", "External", "Total"),
        ("Base", "1,200.5", "0.0", "1,200.5"),
        ("Pay", "-36.4", "12.0", "-24.4"),
        ("Prices", "41.0", "0.0", "41.0"),
        ("Demand", "10.0", "-2.5", "7.5"),
        ("Policy", "9.9", "0.1", "10.0"),
        ("", "", "", ""),
        ("TOTAL SPENDING", "1,225.0", "9.6", "1,234.6"),
    ]
    for k, (label, *figures) in enumerate(lines):
        canvas.drawString(84, 684 - 18 * k, label)
        for x, figure in zip((320, 400, 480), figures, strict=True):
            canvas.drawRightString(x, 684 - 18 * k, figure)


def test_each_baseline_of_a_printed_spreadsheet_is_a_row_of_all_its_columns(tmp_path: Path) -> None:
    found = rows(read(tmp_path, ledger))
    assert found[0] == ["", "Core", "External", "Total"]
    assert found[2] == ["Pay", "-36.4", "12.0", "-24.4"]
    assert found[-1] == ["TOTAL SPENDING", "1,225.0", "9.6", "1,234.6"]


def test_a_row_of_a_register_stays_a_row_however_long(tmp_path: Path) -> None:
    edges = (40.0, 100.0, 260.0, 420.0, 560.0)

    def draw(canvas: Canvas) -> None:
        canvas.grid(list(edges), [800, 780, 300])
        for x, name in zip(edges, ("Ref", "Cause", "Event", "Score"), strict=False):
            canvas.drawString(x + 4, 786, name)
        for k in range(30):
            canvas.setFont("Helvetica", 9)
            canvas.drawString(edges[1] + 4, 765 - 14 * k, "the plan was not shared early")
            canvas.drawString(edges[2] + 4, 765 - 14 * k, "a child is not seen in time")
        canvas.drawString(edges[0] + 4, 765, "R1")
        canvas.drawString(edges[3] + 4, 765, "20")

    found = rows(read(tmp_path, draw))
    assert [found[1][0], found[1][-1]] == ["R1", "20"]
    assert len(found) == 2


def test_a_cell_that_wraps_in_a_table_without_rules_is_whole(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for k, (label, text) in enumerate(
            [("To:", "The Board"), ("From:", "The Director of Children’s"), ("", "Services")]
        ):
            canvas.drawString(80, 700 - 12 * k, label)
            canvas.drawString(180, 700 - 12 * k, text)
        canvas.drawString(
            80, 640, "The Board is asked to note what the audit of neglect has found in the year."
        )

    assert rows(read(tmp_path, draw)) == [
        ["To:", "The Board"],
        ["From:", "The Director of Children’s Services"],
    ]


def test_what_stands_under_a_cell_that_spans_columns_keeps_its_column(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        left, middle, third, right = COLUMNS
        canvas.grid([left, middle, third, right], [660, 640, 620])
        for line in ((left, 700, right, 700), (middle, 680, right, 680), (left, 660, left, 700)):
            canvas.line(*line)
        for x in (middle, right):
            canvas.line(x, 660, x, 700)
        canvas.line(third, 660, third, 680)
        put(canvas, 686, "Measure", "Rating")
        put(canvas, 666, "", "Latest", "Previous")
        put(canvas, 646, "Visits in time", "Green", "Amber")
        put(canvas, 626, "Plans", "Red", "Red")

    assert rows(read(tmp_path, draw))[:3] == [
        ["Measure", "Rating", ""],
        ["", "Latest", "Previous"],
        ["Visits in time", "Green", "Amber"],
    ]


def test_boxes_side_by_side_inside_a_frame_are_read_one_after_the_other(tmp_path: Path) -> None:
    boxes = (
        ("Support families so that", "all of their children can", "do well at home and school"),
        ("Hear what young people", "say of the help that they", "have had from each agency"),
    )

    def draw(canvas: Canvas) -> None:
        canvas.rect(70, 600, 450, 100)
        for x, lines in zip((80, 310), boxes, strict=True):
            canvas.setFillGray(0.9)
            canvas.rect(x, 610, 190, 80, stroke=0, fill=1)
            canvas.setFillGray(0)
            for k, line in enumerate(lines):
                canvas.drawString(x + 8, 670 - 14 * k, line)

    reading = read(tmp_path, draw)
    assert [reading.line_text(i) for i in range(len(reading.lines))] == [
        line for box in boxes for line in box
    ]
