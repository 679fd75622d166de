"""Subgroups: by name, by the list or the heading that they stand in, and what is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks import reading_to_blocks
from indexer.model import Named, Reading
from indexer.reading.text import read_text
from indexer.subgroups import find_subgroups

Finds = Callable[[str], tuple[Named, ...]]


@pytest.fixture
def found(as_text: Callable[[str], Reading]) -> Finds:
    def find(text: str) -> tuple[Named, ...]:
        reading = as_text(text)
        return find_subgroups(reading, reading_to_blocks(reading))

    return find


def names(found: tuple[Named, ...]) -> list[str]:
    return [named.name for named in found]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The Training Sub-group ran 81 courses.", "Training Subgroup"),
        ("The Training Sub Committee ran 81 courses.", "Training Subcommittee"),
        ("The training subgroup met, and the training sub-group met again.", "Training Subgroup"),
        ("The Chair of the Policy & Procedures Subgroup spoke.", "Policy and Procedures Subgroup"),
        (
            "WSCB’s Quality Assurance and Audit Subgroup read forty cases.",
            "Quality Assurance and Audit Subgroup",
        ),
        ("The Child Death Overview Panel (CDOP) met.", "Child Death Overview Panel"),
        ("It went to the child death overview panel, and the panel met.", "Child Death Overview Panel"),
        ("A Neglect Task & Finish Group was set up.", "Neglect Task and Finish Group"),
        ("A Task and Finish Group on Online Safety was set up.", "Online Safety Task and Finish Group"),
        ("The Serious Case Review Subgroup met.", "Serious Case Review Subgroup"),
        (
            "Promoting the Wellbeing of Children Steering Group met.",
            "Promoting the Wellbeing of Children Steering Group",
        ),
        ("Saying so to Baby R the Serious Case Review Subgroup met.", "Serious Case Review Subgroup"),
    ],
)
def test_a_subgroup_is_found_by_its_name(found: Finds, text: str, name: str) -> None:
    assert names(found(text)) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Each age group, ethnic group and peer group was asked in focus groups.",
        "This subgroup met. The subgroup met. All subgroups met. Its sub-groups report to the Board.",
        "The Clinical Commissioning Group and the Core Group met.",
        "The Children and Young People Scrutiny Panel considered it, and the Scrutiny Panel noted it.",
        "The Adoption Panel and the Fostering Panel met. The Adoption Panel met again.",
        "The Wrenmouth Safeguarding Children Board met. The Health and Wellbeing Board met.",
        "A head teacher who is a member of the Subgroup described a group for parents.",
        "An independent review panel was chaired by Sylvester Marchbank.",
    ],
)
def test_not_everything_that_ends_in_group_is_a_subgroup(found: Finds, text: str) -> None:
    assert found(text) == ()


def test_spellings_of_one_subgroup_are_one(found: Finds) -> None:
    (training,) = found(
        "The Training Strategy Sub Committee met.\n\nThe Training Subgroup met.\n\n"
        "The LSCB training group met.\n\nThe training sub-group reported.\n\nThe Training Subgroup closed.\n"
    )
    assert training.name == "Training Subgroup"
    assert set(training.aliases) == {"Training Strategy Subcommittee", "Training Group"}
    assert [place.lines for place in training.places] == [(n, n) for n in (1, 3, 5, 7, 9)]


def test_words_in_another_order_and_short_forms_are_the_same(found: Finds) -> None:
    assert names(
        found(
            "The Practice and Quality Assurance Subgroup met.\n\n"
            "The Quality Assurance & Practice Subgroup met.\n\n"
            "The SCR Subgroup met. The Serious Case Review Subgroup met.\n"
        )
    ) == ["Practice and Quality Assurance Subgroup", "Serious Case Review Subgroup"]


def test_a_subgroup_set_up_for_one_purpose_stays_apart(found: Finds) -> None:
    assert names(found("The Health Subgroup met. The Mental Health Task and Finish Group met.")) == [
        "Health Subgroup",
        "Mental Health Task and Finish Group",
    ]


def test_a_short_form_of_two_subgroups_is_of_neither(found: Finds) -> None:
    text = "The Child Health Subgroup met. The Mental Health Subgroup met. The Health Subgroup met."
    assert names(found(text)) == ["Child Health Subgroup", "Mental Health Subgroup", "Health Subgroup"]


STRUCTURE = """\
4. The Board

It met.

5. Overview of Subgroups

The Board is supported by the following sub-groups:

- Business Management
- Training Strategy, chaired by Josephine Tarrowby
- Safeguarding in Education

Business Management

Chaired by the Independent Chair, it plans the Board's work.

Training Strategy

This subgroup offers courses.

It ran eighty of them.

6. Progress made by Subgroups

Training Strategy Subgroup Chair: Josephine Tarrowby

Courses were full.

Challenges ahead

There is less money.

Safeguarding in Education Interim Chair: Kehinde Example, Head of Service

Schools were visited.

7. Budget

The Board spent £200.
"""


def test_the_place_in_the_structure_names_what_does_not_say_its_kind(found: Finds) -> None:
    subgroups = found(STRUCTURE)
    assert names(subgroups) == [
        "Business Management Subgroup",
        "Training Strategy Subgroup",
        "Safeguarding in Education Subgroup",
    ]
    assert [[place.lines for place in one.places] for one in subgroups] == [
        [(9, 9), (13, 15)],
        [(10, 10), (17, 21), (25, 31)],
        [(11, 11), (33, 35)],
    ]


def test_a_subgroup_s_section_is_told_of_it(found: Finds) -> None:
    (panel,) = found(
        "4. Child Death Overview Panel\n\nIt met.\n\n4.1 Deaths\n\nThere were two.\n\n"
        "5. Budget\n\nIt was spent.\n"
    )
    assert [place.lines for place in panel.places] == [(1, 7)]


def test_a_label_names_the_subgroup_of_the_rows_below_it(found: Finds) -> None:
    text = "Subgroup: Training\tLead\nCourses\tA\n\nSubgroup: Audit\tLead\nNeglect\tB\n"
    training, audit = found(text)
    assert (training.name, audit.name) == ("Training Subgroup", "Audit Subgroup")
    assert [place.lines for place in (*training.places, *audit.places)] == [(1, 2), (4, 5)]


def test_no_name_runs_from_one_cell_into_the_next(found: Finds) -> None:
    text = "Action\tOwner\nDevelop Online Safety\tTraining Subgroup\n"
    assert names(found(text)) == ["Training Subgroup"]


def test_pages_are_told_where_there_are_no_lines(as_printed: Callable[..., Reading]) -> None:
    reading = as_printed(["It met."], ["The Training Subgroup met."])
    (training,) = find_subgroups(reading, reading_to_blocks(reading))
    assert [place.pages for place in training.places] == [(2,)]


@given(data=st.data())
def test_places_are_ordered_and_apart_in_any_paper(
    data: st.DataObject, papers: st.SearchStrategy[str], as_text: Callable[[str], Reading]
) -> None:
    groups = st.sampled_from(
        ["The Training Sub-group met.", "5. Subgroups", "- Training", "CSE task and finish group"]
    )
    text = "\n\n".join(data.draw(st.lists(st.one_of(groups, papers), min_size=1, max_size=6)))
    reading = as_text(text)
    for named in find_subgroups(reading, reading_to_blocks(reading)):
        assert named.name and named.name not in named.aliases
        assert named.places
        for before, after in zip(named.places, named.places[1:], strict=False):
            assert before.end <= after.start


@pytest.mark.shared
@pytest.mark.parametrize("number", ["000", "002"])
def test_most_subgroups_of_a_real_report_are_found_where_they_are(shared_folder: Path, number: str) -> None:
    known = json.loads((shared_folder / f"gold/structure-{number}.json").read_text(encoding="utf-8"))
    reading = read_text(next((shared_folder / "corpus").glob(f"{number}_*.txt")))
    covered = [
        {line for place in one.places if place.lines for line in range(place.lines[0], place.lines[1] + 1)}
        for one in find_subgroups(reading, reading_to_blocks(reading))
    ]
    shares = []
    for one in known["subgroups"]:
        lines = {line for first, last in one["lines"] for line in range(first, last + 1)}
        shares.append(max(len(lines & here) / len(lines) for here in covered))
    assert sum(share > 0.5 for share in shares) >= 0.8 * len(shares)


def test_a_plan_under_the_name_of_a_known_subgroup_is_its_own(as_markdown: Callable[[str], Reading]) -> None:
    text = (
        "The Training Subgroup met.\n\n## Training Workplan 2012-2013\n\nCourses are planned.\n\n"
        "## Adoption Service Annual Report\n\nChildren were adopted.\n"
    )
    reading = as_markdown(text)
    (group,) = find_subgroups(reading, reading_to_blocks(reading))
    assert [place.lines for place in group.places] == [(1, 1), (3, 5)]
