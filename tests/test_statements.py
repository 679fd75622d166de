"""Statements: by heading, lead-in, label, formula and column, and what only speaks of them."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks import reading_to_blocks
from indexer.model import Reading, Statement, StatementKind
from indexer.reading.text import read_text
from indexer.statements import find_statements

Read = Callable[[str], Reading]
ACTION, DECISION = StatementKind.ACTION, StatementKind.DECISION
FINDING, RECOMMENDATION = StatementKind.FINDING, StatementKind.RECOMMENDATION


def statements_in(as_text: Read, text: str) -> tuple[Statement, ...]:
    return _find(as_text(text))


def _find(reading: Reading) -> tuple[Statement, ...]:
    return find_statements(reading, reading_to_blocks(reading))


def brief(found: tuple[Statement, ...]) -> list[tuple[StatementKind, str | None, str]]:
    return [(one.kind, one.number, one.text) for one in found]


def test_items_under_a_heading_are_recommendations_until_the_next_heading(as_text: Read) -> None:
    text = (
        "2. Recommendations\n\nThe Panel looked at all the evidence.\n\n- 1. Schools should ask each pupil.\n"
        "- 2. Police should write\n to the school.\n\n3. Background\n\n- This is a list of something else.\n"
    )
    found = statements_in(as_text, text)
    assert brief(found) == [
        (RECOMMENDATION, "1", "1. Schools should ask each pupil."),
        (RECOMMENDATION, "2", "2. Police should write\nto the school."),
    ]
    assert [one.place.lines for one in found] == [(5, 5), (6, 7)]


def test_a_plain_paragraph_is_the_recommendation_where_nothing_is_listed(as_text: Read) -> None:
    found = statements_in(as_text, "Recommendation\n\nCabinet is asked to agree the plan for next year.\n")
    assert brief(found) == [(RECOMMENDATION, None, "Cabinet is asked to agree the plan for next year.")]


def test_a_lead_in_passes_its_kind_to_its_items(as_text: Read) -> None:
    text = "The Cabinet Member is asked to\n\n- i) Note the report of the Board\n- ii) Write to the Chair\n"
    found = statements_in(as_text, text)
    assert [(one.kind, one.number) for one in found] == [(RECOMMENDATION, "i"), (RECOMMENDATION, "ii")]


def test_items_of_a_decision_end_where_the_minutes_go_on(as_text: Read) -> None:
    text = (
        "4. RESOLVED that the Panel:\n\n- (a) note the report of the Director\n- (b) visit two homes\n"
        "- 5. The Chair thanked all those who came.\n"
    )
    found = statements_in(as_text, text)
    assert [(one.kind, one.number) for one in found] == [(DECISION, "a"), (DECISION, "b")]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Recommendation 3: The Board should ask each school.", RECOMMENDATION, "3"),
        ("**Recommendation 2a.** The Board should ask each school.", RECOMMENDATION, "2a"),
        ("R4: The Board should ask each school.", RECOMMENDATION, "4"),
        ("Finding 1: Nobody had asked the child.", FINDING, "1"),
        ("Learning point 2: Ask the child before you write.", FINDING, "2"),
        ("Action: the Board Manager to write to schools.", ACTION, None),
        ("Resolved: that the report be noted by members.", DECISION, None),
        ("RESOLVED that the report be noted by members.", DECISION, None),
        ("7. RESOLVED that the report be noted by members.", DECISION, None),
    ],
)
def test_a_label_says_what_a_paragraph_is(
    as_text: Read, line: str, kind: StatementKind, number: str | None
) -> None:
    found = statements_in(
        as_text, f"Some words of the paper come first.\n\n{line}\n\nMore words follow it.\n"
    )
    assert [(one.kind, one.number, one.place.lines) for one in found] == [(kind, number, (3, 3))]


def test_a_bare_label_is_followed_by_its_statement(as_text: Read) -> None:
    text = "Recommendation 4\n\nThe Board should ask each school.\n\nThis was said by many.\n"
    found = statements_in(as_text, text)
    assert brief(found)[0][2].endswith("The Board should ask each school.")
    assert (len(found), found[0].kind) == (1, RECOMMENDATION)


def test_a_formula_in_prose_is_its_sentence_only(as_text: Read) -> None:
    text = "The audit was long. It is recommended that the audit be repeated. It was hard work.\n"
    assert brief(statements_in(as_text, text)) == [
        (RECOMMENDATION, None, "It is recommended that the audit be repeated.")
    ]


def test_what_was_agreed_is_a_decision_in_minutes_only(as_text: Read) -> None:
    sentence = "The Board agreed to send the letter to all schools."
    minutes = f"Present: Ann Example (Chair), Bob Example.\n\nThe letter was read. {sentence}\n"
    assert brief(statements_in(as_text, minutes)) == [(DECISION, None, sentence)]
    assert statements_in(as_text, f"The year was busy. {sentence}\n") == ()


def test_findings_and_priorities_under_their_headings(as_text: Read) -> None:
    text = (
        "Lessons learned\n\n- Nobody had asked the child.\n\nPriorities for next year\n\n"
        "- To ask each child first.\n\nProgress on priorities\n\n- All children were asked in June.\n"
    )
    assert brief(statements_in(as_text, text)) == [
        (FINDING, None, "Nobody had asked the child."),
        (ACTION, None, "To ask each child first."),
    ]


def test_the_action_column_of_a_plan_is_read(as_text: Read) -> None:
    rows = "No.\tAction\tLead\tBy when\n1.1\tWrite a strategy for neglect\tManager\tMay\n"
    rows += "1.2\tTrain all the staff\tTrainer\tJune\n"
    found = statements_in(as_text, f"The plan\n\n{rows}")
    assert brief(found) == [
        (ACTION, "1.1", "Write a strategy for neglect"),
        (ACTION, "1.2", "Train all the staff"),
    ]
    assert [one.place.lines for one in found] == [(4, 4), (5, 5)]


def test_a_row_that_was_cut_into_lines_is_one_action(as_text: Read) -> None:
    rows = (
        "Objective\tMeasure\n1. Use of tools, including\tA session is held\n"
        "the safety model, in court\tfor all\n"
        "\tof the staff.\n2. Train all the staff.\tThey are trained.\n"
    )
    found = statements_in(as_text, f"The plan\n\n{rows}")
    assert [(one.number, one.text, one.place.lines) for one in found] == [
        ("1", "1. Use of tools, including\nthe safety model, in court", (4, 6)),
        ("2", "2. Train all the staff.", (7, 7)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Progress against recommendations\n\n- All schools have now been asked.\n",
        "Reasons for recommendations\n\nThe law asks it of each council in England.\n",
        "Date\tAction\n3 May\tThe nurse called on the family\n4 May\tThe police called on the family\n",
        "Outcome\t2010\nNo further action\t148\nLetter sent to the parents\t20\n",
        "Action 1.3 is late because the form is long.\n",
        "Is this a key decision? No\n",
    ],
)
def test_what_only_speaks_of_statements_is_none(as_text: Read, text: str) -> None:
    assert statements_in(as_text, text) == ()


def test_titles_and_a_second_lead_in_do_not_cut_a_lettered_list(as_text: Read) -> None:
    text = (
        "Minutes of a meeting of the Council\n\nPresent: A Abel\n\n(27) RESOLVED that:\n\n"
        "The Council, having read the report of the officer for the meeting, agrees the following:\n\n"
        "Capital Programme\n\n(a) The programme as it is set out in appendix A.\n\n"
        "(b) The directorates' programmes as set out in appendix B.\n\n"
        "Council Tax\n\n(c) The tax as it is set out in appendix C.\n\n"
        "Questions\n\nThe Leader answered them.\n"
    )
    found = [(one.kind, one.number) for one in statements_in(as_text, text)]
    assert found == [(StatementKind.DECISION, letter) for letter in "abc"]


@pytest.mark.parametrize("nothing", ["Not found or not applicable.", "No further actions required", "N/A"])
def test_a_cell_that_says_nothing_is_no_statement(as_markdown: Read, nothing: str) -> None:
    rows = f"| 1 | {nothing} |\n| 2 | Train all staff by June |"
    found = _find(as_markdown(f"# Plan\n\n| No. | Action |\n|---|---|\n{rows}\n"))
    assert [one.text.strip() for one in found] == ["Train all staff by June"]


def test_conclusions_beside_recommendations_are_findings(as_markdown: Read) -> None:
    concluded = "8.1 We received no evidence to dispute what has been said by the review of that year."
    asked = "8.2 We recommend that the Government publishes a response within two months."
    more = "8.3 The work of the agencies has been praised by those whom the review has heard."
    heading, below = "## Conclusions and recommendations", "### National police response"
    text = "\n\n".join((heading, concluded, asked, below, f"{more}\n"))
    assert [(one.kind, one.number) for one in _find(as_markdown(text))] == [
        (StatementKind.FINDING, "8.1"),
        (StatementKind.RECOMMENDATION, "8.2"),
        (StatementKind.FINDING, "8.3"),
    ]


@pytest.mark.parametrize(
    "heading", ["Government response:", "Recommendation accepted", "Recommendation 4: partially accepted"]
)
def test_an_answer_ends_the_recommendations_that_it_answers(as_markdown: Read, heading: str) -> None:
    asked = "The Board should publish what each agency has learned."
    answered = "All of the money will be paid to the agencies that have taken on more staff."
    text = f"# Recommendations\n\n## Learning\n\n- {asked}\n\n### {heading}\n\n- {answered}\n"
    assert [one.text for one in _find(as_markdown(text))] == [asked]


def test_numbered_paragraphs_that_only_tell_are_no_recommendations(as_text: Read) -> None:
    told = "5.1 The options have been considered by all three committees in the autumn of the year."
    asked = "5.2 The committee is asked to agree to the terms of reference that are set out below."
    found = statements_in(as_text, f"5. Recommendations of the committees\n\n{told}\n\n{asked}\n")
    assert [one.number for one in found] == ["5.2"]


@pytest.mark.parametrize(("name", "least", "precise"), [("000", 0.9, 0.9), ("002", 0.8, 0.9)])
def test_real_papers_are_read_as_a_reader_reads_them(
    shared_folder: Path, name: str, least: float, precise: float
) -> None:
    text = (shared_folder / f"gold/structure-{name}.json").read_text(encoding="utf-8")
    meant = [tuple(one["lines"]) for one in json.loads(text)["actions"]]
    reading = read_text(next((shared_folder / "corpus").glob(f"{name}_*.txt")))
    found = [one.place.lines for one in _find(reading) if one.place.lines]
    recall = sum(any(a <= d and c <= b for c, d in found) for a, b in meant) / len(meant)
    precision = sum(any(a <= d and c <= b for a, b in meant) for c, d in found) / len(found)
    assert recall >= least
    assert precision >= precise


@given(data=st.data())
@pytest.mark.parametrize("form", ["as_text", "as_markdown"])
def test_every_statement_stands_where_it_is_cited(
    form: str, data: st.DataObject, papers: st.SearchStrategy[str], request: pytest.FixtureRequest
) -> None:
    reading = request.getfixturevalue(form)(data.draw(papers))
    for one in _find(reading):
        inside = reading.text[one.place.start : one.place.end]
        assert all(line in inside for line in one.text.split("\n"))


def test_a_recommendation_with_a_title_holds_the_text_under_it(as_markdown: Read) -> None:
    text = (
        "## Recommendation 3: A better approach\n\nThe Board should develop an approach that:\n\n"
        "- covers more risks; and\n- looks further ahead.\n\nIt should report on it.\n\n"
        "4.7. The Panel heard of other things.\n\n## Recommendation 4: What became of it\n\nIt was done.\n"
    )
    first, second = brief(statements_in(as_markdown, text))
    assert first[:2] == (RECOMMENDATION, "3") and "covers more risks" in first[2]
    assert first[2].endswith("It should report on it.")
    assert second[1] == "4" and "It was done" not in second[2]
