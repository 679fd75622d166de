"""Blocks of text: every line in exactly one, headings told from sentences, names, labels and charts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks.plain import plain_to_blocks
from indexer.model import BlockKind, Reading

Read = Callable[[str], Reading]
PROSE = "The audit of neglect found drift in six of the twenty cases that the group looked at."


def kinds(reading: Reading) -> list[tuple[str, str]]:
    """Each block's kind and its first words."""
    return [
        (block.kind.value, " ".join(reading.line_text(i) for i in block.lines)[:24].strip())
        for block in plain_to_blocks(reading)
    ]


def headings(reading: Reading) -> list[tuple[str, int | None]]:
    blocks = plain_to_blocks(reading)
    return [(reading.line_text(b.lines[0]), b.level) for b in blocks if b.kind == BlockKind.HEADING]


@given(data=st.data())
@pytest.mark.parametrize("form", ["as_text", "as_markdown"])
def test_every_line_stands_in_exactly_one_block_in_order(
    form: str, data: st.DataObject, papers: st.SearchStrategy[str], request: pytest.FixtureRequest
) -> None:
    reading = request.getfixturevalue(form)(data.draw(papers))
    blocks = plain_to_blocks(reading)
    assert [index for block in blocks for index in block.lines] == list(range(len(reading.lines)))
    for block in blocks:
        assert (block.level is not None) == (block.kind == BlockKind.HEADING)
        assert (block.table is not None) == (block.kind == BlockKind.TABLE_ROW) == bool(block.cells)
        assert block.level is None or block.level >= 1


@given(data=st.data())
def test_tables_are_numbered_in_order_and_have_one_header_at_most(
    data: st.DataObject, papers: st.SearchStrategy[str], as_text: Read
) -> None:
    rows = [b for b in plain_to_blocks(as_text(data.draw(papers))) if b.table is not None]
    numbers = [row.table for row in rows if row.table is not None]
    assert sorted(set(numbers)) == list(range(len(set(numbers)))) and numbers == sorted(numbers)
    for number in set(numbers):
        flags = [row.header for row in rows if row.table == number]
        assert not any(flags[1:])


def test_paragraphs_items_headings_and_stamps(as_text: Read) -> None:
    text = (
        f"Findings\n\n{PROSE}\n{PROSE}\n\nPage 4\n\n- first\n  of two lines\n- second\n"
        "(a) lettered\n2) numbered\nPage 5 of 9\nAgenda Item 4\nThis page is intentionally left blank\n"
    )
    assert kinds(as_text(text)) == [
        ("heading", "Findings"),
        ("paragraph", PROSE[:24].strip()),
        ("furniture", "Page 4"),
        ("list_item", "- first of two lines"),
        ("list_item", "- second"),
        ("list_item", "(a) lettered"),
        ("list_item", "2) numbered"),
        ("furniture", "Page 5 of 9"),
        ("furniture", "Agenda Item 4"),
        ("furniture", "This page is intentional"),
    ]


def test_levels_come_from_numbers_and_the_rest_stand_below_them(as_text: Read) -> None:
    text = (
        f"1. Introduction\n\n{PROSE}\n\n1.1 Purpose\n\n{PROSE}\n\nBackground\n\n{PROSE}\n\n"
        f"2 Neglect\n\n{PROSE}\n\nAppendix B: Figures\n\n{PROSE}\n"
    )
    assert headings(as_text(text)) == [
        ("1. Introduction", 1),
        ("1.1 Purpose", 2),
        ("Background", 3),
        ("2 Neglect", 1),
        ("Appendix B: Figures", 1),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "The Board met four times in the year.",
        "Chair: Ann Example",  # a label with its value
        "Learning: four lessons",
        "The Board asked each of the agencies to:",
        "www.example.org/board is at http://www.example.org",
        "board@example.org",
        "and then it was over",
        "12 Working Together",  # out of turn: a footnote or a figure
        "- - -",
        "14 September 2013,",
        "A boy of nine said: “They should come at night.”",
        "(They never did.)",
        "A" * 131,
        "Not applicable",
        "Is this a key decision? No",
        "2.00 pm on Tuesday, 16th October, 2012",
        "September 2011",
        "Chart 1 – Cases by age",
        "5. Neglect Annual Report (Pages 117 - 156)",
        "Ann Example, Business Manager, 024 7650 0000",
        "“It took three weeks to hear from anybody”",
        "The key principles of the service included:-",
        "Agencies retain responsibility for",
        "There has been a rise in activity this year",
        "A full summary is included in Appendix 4",
        "¹ These became the task of the Panel",
        "Public report",
    ],
)
def test_what_looks_like_a_heading_and_is_none(line: str, as_text: Read) -> None:
    assert headings(as_text(f"{PROSE}\n\n{line}\n\n{PROSE}\n")) == []


@pytest.mark.parametrize(
    "line",
    [
        "Co-sleeping",
        "FINDINGS",
        "What did we learn?",
        "**Neglect**",
        "“Think family”",
        "Members:",
        "Children who are privately fostered",
    ],
)
def test_a_short_line_that_stands_alone_is_a_heading(line: str, as_text: Read) -> None:
    assert headings(as_text(f"{PROSE}\n\n{line}\n\n{PROSE}\n")) == [(line, 1)]


def test_a_title_underlined_with_signs_is_a_heading_and_the_rule_is_set_aside(as_text: Read) -> None:
    text = f"Section 11 Audit\n================\n\n{PROSE}\n\n1. Purpose\n----------\n{PROSE}\n"
    assert headings(as_text(text)) == [("Section 11 Audit", 1), ("1. Purpose", 2)]
    assert [kind for kind, _ in kinds(as_text(text))].count("furniture") == 2


def test_the_last_of_a_numbered_list_is_no_heading_of_what_follows(as_text: Read) -> None:
    sources = "Sources\n\n1. 2011 Census, Office of Counting\n2. School Census, Department of Schools\n"
    assert headings(as_text(f"{PROSE}\n\n{sources}3. Index of Need, Department of Towns\n\n{PROSE}\n")) == [
        ("Sources", 1)
    ]
    apart = f"1. Audits\n\n{PROSE}\n\n2. Findings\n\n{PROSE}\n"
    assert [title for title, _ in headings(as_text(apart))] == ["1. Audits", "2. Findings"]


def test_a_run_of_names_is_no_run_of_headings(as_text: Read) -> None:
    names = "\n\n".join(["Ann Example", "Ben Example", "Cat Example", "Dan Example", "Members"])
    assert headings(as_text(f"{PROSE}\n\n{names}\n\n{PROSE}\n")) == [("Members", 1)]


def test_a_last_line_with_nothing_under_it_is_no_heading(as_text: Read) -> None:
    assert headings(as_text(f"{PROSE}\n\nAnn Example\n")) == []


def test_a_markdown_heading_is_one_wherever_it_stands(as_markdown: Read) -> None:
    assert headings(as_markdown(f"{PROSE}\n## And Then\n{PROSE}\n# last")) == [("And Then", 2), ("last", 1)]


def test_a_table_knows_its_header_and_ends_at_a_blank_line(as_text: Read) -> None:
    reading = as_text("Year\tAudits\n2011-12\t12\n2012-13\t14\n\n1\t2\n3\tthree\n")
    rows = [(b.table, b.header) for b in plain_to_blocks(reading)]
    assert rows == [(0, True), (0, False), (0, False), (1, False), (1, False)]


def test_a_line_of_a_flowing_format_is_a_block_of_its_own(as_text: Read) -> None:
    reading = as_text(f"{PROSE}\n\n{PROSE}\n")
    flowing = Reading(reading.text, tuple(type(line)(line.start, line.end) for line in reading.lines))
    assert [b.lines for b in plain_to_blocks(flowing)] == [(0,), (1,)]


def test_a_forms_labels_are_headings_and_the_replies_are_text(as_text: Read) -> None:
    form = ["Will this report go to Council?", "No", "Other background papers:", "None", "Report author:"]
    lines = "\n\n".join([*form, "Has it been to Scrutiny?", "Booked for the autumn", "7. Timetable", PROSE])
    found = [title for title, _ in headings(as_text(f"{PROSE}\n\n{lines}\n"))]
    assert "Will this report go to Council?" in found and "Other background papers:" in found
    assert not {"No", "None", "Booked for the autumn"} & set(found)


def test_names_are_no_headings_whatever_is_stamped_between_them(as_text: Read) -> None:
    names = "\n\n".join(["Ann Example", "Ben Example", "Page 12", "Chair: Cat Example", "Dan Example", "Eve"])
    assert headings(as_text(f"{PROSE}\n\n{names}\n\n{PROSE}\n")) == [("Eve", 1)]


def test_a_lone_lettered_line_is_a_heading_and_one_among_others_an_item(as_text: Read) -> None:
    assert headings(as_text(f"{PROSE}\n\na) Income\n\n{PROSE}\n\nb) Costs\n\n{PROSE}\n")) == [
        ("a) Income", 1),
        ("b) Costs", 1),
    ]
    assert headings(as_text(f"{PROSE}\n\na) Income\nb) Costs\n\n{PROSE}\n")) == []


def test_a_row_over_the_columns_names_is_the_tables_title(as_text: Read) -> None:
    columns = "Objective\tOutcome\n"
    text = f"Subgroup: Training\t\t\n{columns}Train all\tDone\nSubgroup: Audit\t\n{columns}"
    assert headings(as_text(text)) == [("Subgroup: Training", 1), ("Subgroup: Audit", 1)]
    money = "Income for the year\t\t\nGrant\t100\t3%\nFees\t20\t1%\n"
    assert headings(as_text(money)) == []


def test_a_stamp_that_ran_into_an_address_is_furniture(as_text: Read) -> None:
    assert kinds(as_text("Pagev24exampleboard.org.uk\n"))[0][0] == "furniture"
