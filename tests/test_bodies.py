"""Names of bodies, and whose paper a front says it is."""

from __future__ import annotations

from collections import Counter

import pytest

from indexer.bodies import (
    DEPARTMENTS,
    STRONG,
    body_key,
    body_of_abbreviation,
    body_of_lines,
    council_in_full,
    find_bodies,
    in_full,
    is_generic,
    most_matched,
    most_named,
    named_bodies,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("MINUTES of a meeting of the CORPORATE PARENTING PANEL", ("Corporate Parenting Panel",)),
        ("CORPORATE PARENTING PANEL – 10th December 2024", ("Corporate Parenting Panel",)),
        ("CDOP Child Death Overview Panel", ("Child Death Overview Panel",)),
        ("Jo Marsh, Independent Scrutineer, Ambleford Youth Board", ("Ambleford Youth Board",)),
        ("Jo Marsh Independent Chair Ambleford Youth Board", ("Ambleford Youth Board",)),
        ("Education, Health and Care Committee", ("Education, Health and Care Committee",)),
        (
            "Ambleford, its Safeguarding Children Board, and its agencies",
            ("Ambleford Safeguarding Children Board", "Safeguarding Children Board"),
        ),
        ("Chair of Ambleford LSCB", ("Ambleford Safeguarding Children Board",)),
        ("Scrutiny Board (2)", ("Scrutiny Board (2)",)),
        ("To: Jo Marsh, Cabinet Member for Children", ("Cabinet Member for Children",)),
        ("Jo Marsh, Executive Director", ()),
        ("Local Safeguarding Children Boards (Review) Regulations 2013", ()),
        ("Ruth Penn, Board Manager", ()),
    ],
)
def test_names_are_found_without_people_and_abbreviations(text: str, expected: tuple[str, ...]) -> None:
    assert find_bodies(text) == expected


def test_forms_of_one_board_have_one_key() -> None:
    assert body_key("The Ambleford Local Safeguarding Children Board") == body_key(
        "Ambleford Safeguarding Children Board"
    )
    assert body_key("Health and Well-being Board") == body_key("Health and Wellbeing Board")


def test_a_generic_name_takes_the_place_that_the_document_gives_it() -> None:
    known = named_bodies(["The Ambleford Safeguarding Children Board met.", "Kent County Council agreed."])
    assert in_full("Safeguarding Children Board", known) == "Ambleford Safeguarding Children Board"
    assert in_full("Improvement Board", known) == "Improvement Board"
    assert in_full("Board", known) == ""
    assert council_in_full("County Council", known) == "Kent County Council"
    assert council_in_full("County Council", Counter()) == "County Council"


def test_whose_paper_a_front_says_it_is() -> None:
    front = (
        "Ambleford Safeguarding Children Board",
        "Annual Report 2012-13",
        "CDOP Child Death Overview Panel",
    )
    claim = body_of_lines(front, Counter())
    assert claim.name == "Ambleford Safeguarding Children Board" and claim.weight >= STRONG


def test_a_meeting_and_an_addressee_outweigh_a_heading() -> None:
    assert body_of_lines(
        ("Ambleford City Council", "Minutes of the meeting of the Scrutiny Panel A held"), Counter()
    ).name == ("Scrutiny Panel")
    assert body_of_lines(("Ambleford City Council", "To: Health Scrutiny Board"), Counter()).name == (
        "Health Scrutiny Board"
    )


def test_who_is_spoken_of_has_no_strong_claim() -> None:
    words = "The work of the Child Death Overview Panel is described in the third chapter of this report."
    assert body_of_lines((words,), Counter()).weight < STRONG
    assert body_of_lines(("Dear Ambleford Safeguarding Children Partnership",), Counter()).weight < STRONG


def test_abbreviation_of_a_known_board() -> None:
    known = Counter({"Ambleford Safeguarding Children Board": 3})
    assert body_of_abbreviation("ASCB Business Plan", known) == "Ambleford Safeguarding Children Board"
    assert body_of_abbreviation("SEND plan", known) == ""


def test_most_named_prefers_safeguarding_boards_and_wants_evidence() -> None:
    known = Counter({"Ambleford Adoption Panel": 3, "Ambleford Safeguarding Children Board": 1})
    assert most_named(known, 4) == "Ambleford Safeguarding Children Board"
    assert most_named(Counter({"Ambleford Adoption Panel": 2}), 4) == ""


def test_a_body_that_a_long_paper_hardly_names_is_not_its_own() -> None:
    known = Counter({"Ambleford Adoption Panel": 9, "Ambleford Safeguarding Children Board": 2})
    assert most_named(known, 40) == "Ambleford Adoption Panel"
    assert most_named(known, 100) == ""


def test_a_body_matched_too_seldom_is_spoken_of() -> None:
    texts = ["as the Home Office said", "the Department for Education", "Department for Education"]
    assert most_matched(DEPARTMENTS, texts) == "Department for Education"
    assert most_matched(DEPARTMENTS, texts, 3) == ""


def test_a_meeting_is_told_far_down_a_front_too() -> None:
    lines = (*["A line of an address"] * 12, "A meeting of the Scrutiny Panel will be held in the Town Hall")
    assert body_of_lines(lines, Counter()).name == "Scrutiny Panel"


def test_generic_names() -> None:
    assert is_generic("the Board") and is_generic("Local Safeguarding Children Board")
    assert not is_generic("Ambleford Safeguarding Children Board")


@pytest.mark.parametrize(
    "lines",
    [
        ("To: Cllr Jo Marsh, Cabinet Member for Children and Skills", "Subject: Family hubs"),
        (
            "AMBLEFORD COUNCIL – RECORD OF DECISION",
            "Decision to be taken by:",
            "Jo Marsh, Cabinet Member for Children and Skills",
        ),
    ],
)
def test_a_decision_delegated_to_a_member_is_the_members_paper(lines: tuple[str, ...]) -> None:
    claim = body_of_lines(lines, Counter())
    assert claim.name == "Cabinet Member for Children and Skills"
    assert claim.weight >= STRONG


def test_a_report_from_a_member_is_not_the_members_paper() -> None:
    assert (
        body_of_lines(("From: Jo Marsh, Cabinet Member for Children", "To: The Cabinet"), Counter()).name
        == "Cabinet"
    )
