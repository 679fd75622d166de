"""The furniture of meetings is known from the substance that stands beside it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.boilerplate import is_boilerplate

CONTENTS = (
    "1. Foreword ........ 3\n2. Neglect in the early years ..... 14\n3. Co-sleeping … 21\nAppendix A   iv\n"
)
IN_COLUMNS = (
    "Introduction\t4\tLearning\t27\tPriorities\t42\n"
    "Local context\t6\tEvents\t28\tAppendices\t44\n"
    "Summary\t6\tQuality\t30\tTable of figures\t\n"
)
SUBSTANCE = "The Board agreed that every case of neglect is brought to supervision once a month. " * 8


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("Foreword 3 Neglect 14", ("Annual report", "Contents")),
        ("Foreword 3 Neglect 14", ("Table of Contents",)),
        (CONTENTS, ()),
        (IN_COLUMNS, ()),
        (CONTENTS.replace(".....", ". . . . . "), ()),
        (f"Neglect {'. ' * 300}14", ("Contents",)),
        (CONTENTS, ("Annual report",)),
        ("None were declared.", ("Minutes", "2. Declarations of Interest")),
        (
            "There were no declarations of disclosable pecuniary interests.",
            ("Declarations of disclosable interests",),
        ),
        ("Apologies were received from Ann Example.", ("1. Apologies for absence",)),
        ("14 May 2014 at 2pm", ("Date and time of the next meeting",)),
        ("This page is intentionally left blank", ()),
        ("Please ask if you need this in another format or language.", ("Contact",)),
        ("A hearing loop is fitted in the room.", ()),
    ],
)
def test_procedure_is_boilerplate(text: str, headings: tuple[str, ...]) -> None:
    assert is_boilerplate(text, headings)


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        (SUBSTANCE, ("2. Declarations of Interest",)),
        (SUBSTANCE, ("Minutes",)),
        (SUBSTANCE + "It met in a room with a hearing loop.", ()),
        ("Neglect is hard to see.", ()),
        ("Neglect is hard to see.", ("Annual report", "Contents of the toolkit that was sent to schools")),
        ("Neglect\t12\t14\t17\nAbuse\t9\t11\t12\nInjury\t3\t3\t5\nTotal\t24\t28\t34\n", ("Figures",)),
        ("One line ..... 3", ()),
        ("Neglect\t12\tBoys\t14\nAbuse\t9\tGirls\t11\nInjury\t3\tAll\t25\nOther\t4\tNone\t2\n", ("Figures",)),
        ("None", ("Recommendations",)),
    ],
)
def test_substance_is_not(text: str, headings: tuple[str, ...]) -> None:
    assert not is_boilerplate(text, headings)


@given(st.text(), st.lists(st.text(), max_size=3).map(tuple))
def test_only_the_innermost_heading_and_the_text_decide(text: str, headings: tuple[str, ...]) -> None:
    assert is_boilerplate(text, headings) == is_boilerplate(text, headings[-1:])
