"""Short forms and their long forms: in lists, in passing, and what is none."""

from __future__ import annotations

import string
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.acronyms import find_acronyms
from indexer.blocks import reading_to_blocks
from indexer.model import Acronym, Line, Reading

Read = Callable[[str], Reading]


def acronyms_in(as_text: Read, text: str) -> tuple[Acronym, ...]:
    reading = as_text(text)
    return find_acronyms(reading, reading_to_blocks(reading))


def pairs(found: tuple[Acronym, ...]) -> list[tuple[str, str]]:
    return [(one.short, one.long) for one in found]


@pytest.mark.parametrize(
    ("line", "short", "long"),
    [
        ("CAF Common Assessment Framework", "CAF", "Common Assessment Framework"),
        ("- CAF - Common Assessment Framework", "CAF", "Common Assessment Framework"),
        ("CAF: Common Assessment Framework", "CAF", "Common Assessment Framework"),
        ("CAF\tCommon Assessment Framework", "CAF", "Common Assessment Framework"),
        ("**CAF** Common Assessment Framework", "CAF", "Common Assessment Framework"),
        ("PRU Pupil Referral Units and Centres", "PRU", "Pupil Referral Units and Centres"),
        ("CFT Children & Families Team", "CFT", "Children & Families Team"),
        ("SIDs Sudden Infant Death syndrome", "SIDs", "Sudden Infant Death syndrome"),
        ("MARAC Multi-Agency Risk Assessment Conference", "MARAC", "Multi-Agency Risk Assessment Conference"),
    ],
)
def test_an_entry_of_a_list_is_read(as_text: Read, line: str, short: str, long: str) -> None:
    found = acronyms_in(as_text, f"Acronyms\n\n{line}\n\nXYZ\tNothing of the kind\n")
    assert pairs(found) == [(short, long)]
    assert found[0].place.lines == (3, 3)


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("The Local Safeguarding Children Board (LSCB) met.", "LSCB", "Local Safeguarding Children Board"),
        (
            "All Local Safeguarding Children Boards (LSCBs) met.",
            "LSCBs",
            "Local Safeguarding Children Boards",
        ),
        ("The LSCB (Local Safeguarding Children Board) met.", "LSCB", "Local Safeguarding Children Board"),
        ("The Department for Education (“DfE”) wrote.", "DfE", "Department for Education"),
        ("The Department of Education (DfE) wrote.", "DfE", "Department of Education"),
        ("Go to the multi-agency safeguarding hub (the MASH).", "MASH", "multi-agency safeguarding hub"),
        ("Children told the Child and Family Team (CFT) so.", "CFT", "Child and Family Team"),
    ],
)
def test_a_definition_in_passing_is_read(as_text: Read, text: str, short: str, long: str) -> None:
    assert pairs(acronyms_in(as_text, text)) == [(short, long)]


@pytest.mark.parametrize(
    "text",
    [
        "The number of conferences rose (NHS figures).",
        "The police wrote to the school (CAF).",
        "She was seen in hospital (July) and at home (AGAIN).",
        "CAF coordinators are now in every school",
        "Referrals (N/A) N/A",
        "It closed its service. Early Help Assessments (CIN) began.",
    ],
)
def test_letters_that_do_not_fit_are_no_acronym(as_text: Read, text: str) -> None:
    assert acronyms_in(as_text, text) == ()


def test_names_side_by_side_are_no_acronyms(as_text: Read) -> None:
    assert pairs(acronyms_in(as_text, "Mr D Robey,\tMr D Ross,\nMrs P Cole,\tMr N Collor,\n")) == []


def test_a_definition_over_two_lines_is_cited_with_both(as_text: Read) -> None:
    found = acronyms_in(as_text, "It is the Child Death\nOverview Panel (CDOP) that meets.")
    assert pairs(found) == [("CDOP", "Child Death Overview Panel")]
    assert found[0].place.lines == (1, 2)


def test_the_list_is_cited_before_the_passing_mention(as_text: Read) -> None:
    text = "The Serious Case Review (SCR) ended.\n\nThe end.\n\nGlossary\n\nSCR Serious Case Review\n"
    found = acronyms_in(as_text, text)
    assert [(one.short, one.place.lines) for one in found] == [("SCR", (7, 7))]


def test_letters_that_stand_for_two_things_are_kept_with_both(as_text: Read) -> None:
    text = "The Child Protection Conference (CPC) met.\n\nThe County Planning Committee (CPC) met too.\n"
    assert pairs(acronyms_in(as_text, text)) == [
        ("CPC", "Child Protection Conference"),
        ("CPC", "County Planning Committee"),
    ]


def test_look_alike_letters_are_read_and_quoted_as_they_stand(as_text: Read) -> None:
    cyrillic = "С\u0410F"
    assert pairs(acronyms_in(as_text, f"{cyrillic} Common Assessment Framework")) == [
        (cyrillic, "Common Assessment Framework")
    ]


WORD = st.text(string.ascii_lowercase, min_size=3, max_size=9).map(str.capitalize)


@given(st.lists(WORD, min_size=3, max_size=6))
def test_initials_in_brackets_are_always_found(words: list[str]) -> None:
    long, short = " ".join(words), "".join(word[0] for word in words)
    text = f"{long} ({short}) met."
    reading = Reading(text, (Line(0, len(text), number=1),))
    found = find_acronyms(reading, reading_to_blocks(reading))
    assert [one.short for one in found] == [short]
    assert found[0].long in text
