"""Printed lines to blocks: what each line is, and that none is lost."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks.printed import printed_to_blocks
from indexer.model import Block, BlockKind, Box, Line, Page, Reading

HEADING, PARAGRAPH = BlockKind.HEADING, BlockKind.PARAGRAPH
ITEM, ROW = BlockKind.LIST_ITEM, BlockKind.TABLE_ROW
NOTE, FURNITURE = BlockKind.FOOTNOTE, BlockKind.FURNITURE

WIDTH, HEIGHT = 600.0, 800.0
LETTER = 5.5
"""Points that a letter of size 11 takes."""


class Paper:
    """Builds a reading line by line, in points from the top."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.pages: list[Page] = []
        self.at = 0
        self.y = 0.0
        self.page()

    def page(self) -> Paper:
        if self.pages:
            self.parts.append("\f")
            self.at += 1
        self.pages.append(
            Page(len(self.pages) + 1, str(len(self.pages) + 1), WIDTH, HEIGHT, self.at, self.at)
        )
        self.y = 100.0
        return self

    def line(
        self, text: str, *, x: float = 60, size: float = 11, bold: bool = False, gap: float = 3, y: float = 0
    ) -> Paper:
        """A line ``gap`` points below the last one, or at ``y``; cells are parted by tabs."""
        top = y or self.y + gap
        starts = [m.end() for m in re.finditer("^|\t", text)] if "\t" in text else []
        ends = [m.start() for m in re.finditer("\t|$", text)] if starts else []
        box = Box(
            x / WIDTH, top / HEIGHT, (x + len(text) * LETTER * size / 11) / WIDTH, (top + size) / HEIGHT
        )
        cells = tuple((self.at + a, self.at + b) for a, b in zip(starts, ends, strict=True))
        end = self.at + len(text)
        self.lines.append(Line(self.at, end, len(self.pages), None, box, size, bold, cells))
        self.parts.append(text + "\n")
        self.at = end + 1
        if not y:
            self.y = top + size
        return self

    def turned(self, text: str, *, x: float) -> Paper:
        """A line that runs up the page ``x`` points from its left edge."""
        last = self.line(text, x=x, y=HEIGHT / 2).lines.pop()
        up = Box(x / WIDTH, 0.5, (x + 11) / WIDTH, 0.5 + len(text) * LETTER / HEIGHT)
        self.lines.append(replace(last, box=up))
        return self

    def text(self, *lines: str, gap: float = 12, **looks: Any) -> Paper:
        for k, line in enumerate(lines):
            self.line(line, gap=gap if k == 0 else 3, **looks)
        return self

    def reading(self) -> Reading:
        return Reading("".join(self.parts), tuple(self.lines), tuple(self.pages))


BODY = (
    "The Board heard that neglect had been seen by three agencies and that each had",
    "thought that another was in the lead. It asked for one plan for each child, with a",
    "named person who would call the others together every month until it was done.",
)


def told(paper: Paper) -> list[tuple[BlockKind, str]]:
    reading = paper.reading()
    return [(block.kind, words(reading, block)) for block in printed_to_blocks(reading)]


def words(reading: Reading, block: Block) -> str:
    return " ".join(reading.line_text(i) for i in block.lines)


def kinds(paper: Paper) -> list[BlockKind]:
    return [kind for kind, _ in told(paper)]


# ---------------------------------------------------------------- headings and paragraphs


def test_the_long_bold_title_of_a_numbered_item_is_its_heading() -> None:
    title = ("90. 24/00109 - Transfer of the 18-25 section of the Strengthening", f"{'Service ' * 9}to Care")
    assert kinds(Paper().text(*title, bold=True).text(*BODY)) == [HEADING, PARAGRAPH]
    assert kinds(Paper().text(*(line[4:] for line in title), bold=True).text(*BODY))[0] != HEADING


def test_a_heading_that_wraps_is_one_block_above_its_paragraph() -> None:
    paper = Paper().text("What the review of the family", "tells the partnership", size=16, bold=True)
    paper.text(*BODY)
    assert told(paper) == [
        (HEADING, "What the review of the family tells the partnership"),
        (PARAGRAPH, " ".join(BODY)),
    ]


def test_headings_rank_by_size_and_then_by_numbering() -> None:
    paper = Paper().text("1. Neglect", size=18, bold=True).text(*BODY)
    paper.text("1.1 Audits", size=13, bold=True).text(*BODY)
    paper.text("1.1.1 The first audit", size=13, bold=True).text(*BODY)
    paper.text("2. Training", size=18, bold=True).text(*BODY)
    blocks = printed_to_blocks(paper.reading())
    assert [b.level for b in blocks if b.kind is HEADING] == [1, 2, 3, 1]
    assert all(b.level is None for b in blocks if b.kind is not HEADING)


@pytest.mark.parametrize(
    "text",
    [
        "Table 3: Referrals by agency",
        "Figure 2. Plans by category",
        "12 March 2013",
        "3. Minutes of the last meeting (Pages 5 - 12)",
        "26,969.4",
        "The plan was agreed, and every agency was asked to report on it; none did so.",
        "and the Child Death Overview Panel",
        "E: ann.abel@ambleford.example",
    ],
)
def test_bold_lines_that_are_no_headings(text: str) -> None:
    assert HEADING not in kinds(Paper().text(*BODY).text(text, bold=True).text(*BODY))


def test_bold_words_in_the_middle_of_a_paragraph_are_no_heading() -> None:
    paper = Paper().text(BODY[0], BODY[1])
    paper.line("Quality Assurance Subgroup and the Child Death Overview Panel", bold=True)
    paper.line("which reports to the Board each year.")
    assert kinds(paper) == [PARAGRAPH]


def test_paragraphs_are_parted_by_space_and_by_a_short_last_line() -> None:
    assert kinds(Paper().text(*BODY).text(*BODY)) == [PARAGRAPH, PARAGRAPH]
    assert kinds(Paper().text(*BODY, "It was agreed.", "Later the Board met again in the new year")) == [
        PARAGRAPH,
        PARAGRAPH,
    ]


def test_a_sentence_that_runs_over_the_page_is_one_paragraph() -> None:
    paper = Paper().text(BODY[0], BODY[1]).line("Page 1", y=780).page().text(BODY[2]).line("Page 2", y=780)
    reading = paper.reading()
    blocks = printed_to_blocks(reading)
    assert [b.kind for b in blocks] == [PARAGRAPH, FURNITURE, FURNITURE]
    assert reading.place(blocks[0].lines).pages == (1, 2)
    assert [span.page for span in reading.spans(blocks[0].lines)] == [1, 2]


def test_a_new_sentence_on_a_new_page_is_a_new_paragraph() -> None:
    assert kinds(Paper().text(*BODY).page().text(*BODY)) == [PARAGRAPH, PARAGRAPH]


def test_a_sentence_that_runs_into_the_next_column_is_one_paragraph() -> None:
    paper = Paper().text("The Board heard that neglect had been", "seen by three agencies, none of which")
    paper.line("had called the others together.", x=320, y=110)
    assert kinds(paper) == [PARAGRAPH]


# ---------------------------------------------------------------- lists


@pytest.mark.parametrize(
    "marks", ["•••", "–––", ["1.", "2.", "3."], ["(a)", "(b)", "(c)"], ["i.", "ii.", "iii."]]
)
def test_list_items_are_kept_whole(marks: Iterable[str]) -> None:
    paper = Paper().text("The Board asked that each agency should", gap=12)
    for mark in marks:
        paper.line(f"{mark} write down who is in the lead for the child and for each of her brothers", gap=4)
        paper.line("and tell the others by the end of the month", x=75)
    assert kinds(paper) == [PARAGRAPH, ITEM, ITEM, ITEM]


def test_a_mark_that_stands_by_itself_belongs_to_the_text_beside_it() -> None:
    paper = Paper().line("64.", y=200).line(BODY[0], x=90, y=200).line(BODY[1], x=90, y=214)
    assert kinds(paper) == [ITEM]


def test_a_year_at_the_start_of_a_line_is_no_item() -> None:
    paper = Paper().text(
        "The Board had agreed all of this at the meeting that it held in the autumn of",
        "2013. It did not look again.",
    )
    assert kinds(paper) == [PARAGRAPH]


def test_an_agendas_bold_items_are_a_list() -> None:
    paper = Paper().text(*BODY)
    for n, item in enumerate(("Apologies", "Declarations of interest", "Minutes", "Urgent business"), 1):
        paper.text(f"{n}. {item}", bold=True)
    assert kinds(paper) == [PARAGRAPH, ITEM, ITEM, ITEM, ITEM]


# ---------------------------------------------------------------- tables


def test_rows_have_cells_a_header_and_a_table_number() -> None:
    paper = Paper().text("Agency\tPlaces", bold=True).line("Health\t140").line("Schools\t35")
    paper.text(*BODY).text("Year\tPlans", bold=True).line("2012\t341")
    reading = paper.reading()
    rows = [b for b in printed_to_blocks(reading) if b.kind is ROW]
    assert [[reading.text[a:b] for a, b in row.cells] for row in rows][:2] == [
        ["Agency", "Places"],
        ["Health", "140"],
    ]
    assert [row.header for row in rows] == [True, False, False, True, False]
    assert [row.table for row in rows] == [0, 0, 0, 1, 1]


def test_words_above_figures_are_a_header_without_bold() -> None:
    paper = Paper().text("Agency\tPlaces").line("Health\t140").line("Schools\t35")
    assert [b.header for b in printed_to_blocks(paper.reading())] == [True, False, False]


def test_a_table_goes_on_over_the_page_with_its_header_repeated() -> None:
    paper = Paper().text("Agency\tPlaces", bold=True).line("Health\t140").line("Page 1", y=780)
    paper.page().text("Agency\tPlaces", bold=True).line("Schools\t35")
    rows = [b for b in printed_to_blocks(paper.reading()) if b.kind is ROW]
    assert {row.table for row in rows} == {0}
    assert [row.header for row in rows] == [True, False, True, False]


def test_contents_entries_are_rows_with_title_and_page() -> None:
    paper = Paper().text("Contents", size=16, bold=True)
    paper.text("Foreword by the Chair ......... 3", bold=True).line("2. Neglect . . . . . . . 14")
    reading = paper.reading()
    rows = [b for b in printed_to_blocks(reading) if b.kind is ROW]
    assert [[reading.text[a:b] for a, b in row.cells] for row in rows] == [
        ["Foreword by the Chair", "3"],
        ["2. Neglect", "14"],
    ]


# ---------------------------------------------------------------- notes and furniture


def test_small_print_at_the_foot_is_a_note_and_does_not_break_the_sentence() -> None:
    paper = Paper().text(BODY[0], BODY[1])
    paper.line("1 Working Together to Safeguard Children, 2013,", size=8, y=740)
    paper.line("chapter one.", size=8, y=750).page().text(BODY[2])
    assert kinds(paper) == [PARAGRAPH, NOTE]


def test_running_heads_stamps_and_page_numbers_are_furniture() -> None:
    paper = Paper()
    for number in range(1, 5):
        if number > 1:
            paper.page()
        paper.line("Annual Report 2012-13", y=30).text(*BODY).line(f"- {number} -", y=770)
        if number == 2:
            paper.line("Agenda Item 4", x=500, y=15)
    found = told(paper)
    assert [text for kind, text in found if kind is FURNITURE].count("Annual Report 2012-13") == 4
    assert sum(kind is FURNITURE for kind, _ in found) == 9
    assert sum(kind is PARAGRAPH for kind, _ in found) == 4


def test_the_stamps_of_a_page_bound_on_its_side_are_furniture() -> None:
    paper = Paper().text(*BODY).turned("Agenda Item 6", x=575).turned("Page\t12\t", x=25)
    assert kinds(paper) == [PARAGRAPH, FURNITURE, FURNITURE]
    assert FURNITURE not in kinds(Paper().text(*BODY).turned("Page 12", x=300))


def test_a_blank_pages_notice_is_furniture() -> None:
    paper = Paper().text(*BODY).page().text("This page is intentionally left blank")
    assert kinds(paper) == [PARAGRAPH, FURNITURE]


def test_a_reading_of_nothing_but_furniture_is_all_furniture() -> None:
    assert kinds(Paper().line("12", y=780)) == [FURNITURE]


def test_what_is_all_that_a_paper_says_is_text_for_all_it_recurs() -> None:
    paper = Paper().line("Potato 0", y=40)
    for number in range(1, 5):
        paper.page().line(f"Potato {number}", y=40)
    assert FURNITURE not in kinds(paper)


def test_a_heading_that_recurs_at_the_top_of_pages_far_apart_is_no_running_head() -> None:
    paper = Paper()
    for number in range(1, 13):
        if number > 1:
            paper.page()
        if number in (1, 5, 9):
            paper.line("Activity indicators", bold=True, y=40)
        paper.line("Performance report", bold=True, y=15).text(*BODY)
    found = told(paper)
    assert found.count((HEADING, "Activity indicators")) == 3
    assert found.count((FURNITURE, "Performance report")) == 12


def test_a_title_said_again_in_small_type_on_the_next_page_is_furniture() -> None:
    paper = Paper().line("Briefing Note: Safe Sleep", size=17).text(*BODY)
    paper.page().line("Briefing note: safe sleep", size=8, y=30).text(*BODY)
    found = told(paper)
    assert (FURNITURE, "Briefing note: safe sleep") in found
    assert (HEADING, "Briefing Note: Safe Sleep") in found


def test_a_bold_sentence_is_text() -> None:
    paper = Paper().text(*BODY).text("The Board accepts this recommendation.", bold=True).text(*BODY)
    assert HEADING not in kinds(paper)


def test_a_short_numbered_line_is_a_heading_where_the_numbers_under_it_prove_it() -> None:
    paper = (
        Paper().text(*BODY).text("2.3 Welfare support").text("2.3.1 The officers went on with their work.")
    )
    paper.text("2.4 Needs assessment").text(*BODY).text("3.1 The next meeting is in June")
    assert [text for kind, text in told(paper) if kind is HEADING] == [
        "2.3 Welfare support",
        "2.4 Needs assessment",
    ]


# ---------------------------------------------------------------- laws

TEXTS = st.sampled_from(
    [
        *BODY,
        "1. Apologies",
        "• item",
        "A\tB",
        "Neglect\t12\t3",
        "HEADING",
        "Page 3",
        "iv",
        "Chapter ..... 7",
        "12",
        "-",
        "1 note",
    ]
)
LINES = st.tuples(
    TEXTS,
    st.sampled_from([8.0, 11.0, 16.0]),
    st.booleans(),
    st.integers(0, 300),
    st.integers(-40, 30),
    st.booleans(),
)


@given(st.lists(LINES, min_size=1, max_size=30))
def test_every_line_is_in_one_block_and_blocks_are_in_order(
    lines: list[tuple[str, float, bool, int, int, bool]],
) -> None:
    paper = Paper()
    for text, size, bold, x, gap, turn in lines:
        if turn:
            paper.page()
        paper.line(text, size=size, bold=bold, x=x + 10, gap=gap)
    reading = paper.reading()
    blocks = printed_to_blocks(reading)
    assert sorted(i for block in blocks for i in block.lines) == list(range(len(reading.lines)))
    assert [block.lines[0] for block in blocks] == sorted(block.lines[0] for block in blocks)
    for block in blocks:
        assert list(block.lines) == sorted(block.lines)
        assert (block.level is not None) == (block.kind is HEADING)
        assert (block.table is not None) == (block.kind is ROW)
        check_slices(reading, block)


def check_slices(reading: Reading, block: Block) -> None:
    """The block's spans hold the text of its lines and nothing else, as its place says."""
    place, spans = reading.place(block.lines), reading.spans(block.lines)
    quoted = "".join(reading.text[span.start : span.end] for span in spans)
    assert "".join(quoted.split()) == "".join("".join(words(reading, block)).split())
    assert (spans[0].start, spans[-1].end) == (place.start, place.end)
    assert place.pages == tuple(sorted({span.page for span in spans if span.page}))
    assert all(place.start <= a <= b <= place.end for a, b in block.cells)


# ---------------------------------------------------------------- the sample board


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()
