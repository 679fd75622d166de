"""Cases: pseudonyms, names that a review bears, descriptions, and what only looks like one."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks import reading_to_blocks
from indexer.cases import find_cases
from indexer.model import Named, Reading

Finds = Callable[[str], tuple[Named, ...]]


@pytest.fixture
def found(as_text: Callable[[str], Reading]) -> Finds:
    def find(text: str) -> tuple[Named, ...]:
        reading = as_text(text)
        return find_cases(reading, reading_to_blocks(reading))

    return find


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The learning from Child K’s life is told.", "Child K"),
        ("BABY R died in September.", "Baby R"),
        ("SCR – Baby L was discussed.", "Baby L"),
        ("Young Person M read every page.", "Young Person M"),
        ("We met Family T twice.", "Family T"),
        ("The review of Child T1 and what came of it.", "Child T1"),
        ("The serious case review of Child AB was published.", "Child AB"),
        ("The domestic homicide review of Mrs P was published.", "Mrs P"),
        ("The review speaks of Child ‘Sam’ throughout.", "Child Sam"),
        ("The Serious Case Review into Jordan Example was published.", "Jordan Example"),
        ("The Serious Case Review of the death of Jordan Example was published.", "Jordan Example"),
        ("The Jordan Example Serious Case Review was published.", "Jordan Example"),
        ("The murder of 4 year old Jordan Example led to a serious case review.", "Jordan Example"),
        ("A serious case review of a five-year-old boy began.", "Serious case review of a five-year-old boy"),
        ("An SCR following the death of a 5 year old boy began.", "Serious case review of a 5-year-old boy"),
        ("A case review concerning a disabled child was held.", "Case review of a disabled child"),
        (
            "Another co-sleeping death was the subject of a serious case review.",
            "Serious case review of a co-sleeping death",
        ),
    ],
)
def test_a_case_is_found_by_what_it_is_called(found: Finds, text: str, name: str) -> None:
    assert [case.name for case in found(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "Every child in need, and each Child in Need plan, was read.",
        "CHILD IN NEED PLANS AND CHILD PROTECTION PLANS",
        "Giving Every Child A Voice is the aim. EVERY CHILD A READER",
        "The Serious Case Review Action Plan and the Serious Case Review Panel were discussed.",
        "Learning from Serious Case Reviews: Working Together was read.",
        "Serious Case Review – Progress Report",
        "Serious Case Review of Child Protection",
        "A serious case review of a child is held when a child dies.",
        "Mrs P and Mr J sent apologies. Adult B was assessed.",
        "Jordan Example presented the serious case review to the Board.",
        "Family GP services and Child LA reviews go on.",
    ],
)
def test_what_only_looks_like_a_case_is_none(found: Finds, text: str) -> None:
    assert found(text) == ()


def test_a_name_is_found_wherever_it_stands_once_it_is_tied_to_a_review(found: Finds) -> None:
    (case,) = found(
        "Jordan Example was four.\n\nThe Serious Case Review of Jordan Example was published.\n\n"
        "Others were read.\n\nThe Jordan Example action plan is complete.\n"
    )
    assert case.name == "Jordan Example"
    assert set(case.aliases) == {"Serious Case Review of Jordan Example", "Jordan Example action plan"}
    assert [place.lines for place in case.places] == [(1, 1), (3, 3), (7, 7)]


def test_a_death_without_a_review_names_no_case(found: Finds) -> None:
    assert found("The death of Jordan Example, a former councillor, was noted with sadness.") == ()


def test_a_section_about_a_case_is_told_of_it(found: Finds) -> None:
    text = (
        "1. Introduction\n\nThe Board met.\n\n2. Visits\n\nThere were two.\n\n3. Work\n\nMuch was done.\n\n"
        "4. Baby R: does the learning last?\n\nIt does.\n\nIn part.\n\n5. Budget\n\nIt was spent.\n"
    )
    (case,) = found(text)
    assert [place.lines for place in case.places] == [(13, 17)]


def test_a_sentence_that_leads_a_list_in_speaks_for_the_list(found: Finds) -> None:
    text = (
        "These audits were commissioned by the Board in the light of what was learned from Child K:-\n\n"
        "- an audit of neglect\n- an audit of supervision\n\nThe Board met.\n"
    )
    (case,) = found(text)
    assert [place.lines for place in case.places] == [(1, 4)]


def test_a_paper_with_the_case_in_its_title_is_about_it_throughout(found: Finds) -> None:
    (case,) = found(
        "Serious Case Review: Baby R\n\n1. Summary\n\nIt was sad.\n\n2. Findings\n\nThere were two.\n"
    )
    assert [place.lines for place in case.places] == [(1, 9)]


def test_a_title_of_two_cases_is_of_neither_alone(found: Finds) -> None:
    cases = found("Baby R and Child K\n\nThe reviews are told here.\n\n2. Findings\n\nThere were two.\n")
    assert [(case.name, [place.lines for place in case.places]) for case in cases] == [
        ("Baby R", [(1, 3)]),
        ("Child K", [(1, 3)]),
    ]


@given(data=st.data())
def test_places_are_ordered_and_apart_in_any_paper(
    data: st.DataObject, papers: st.SearchStrategy[str], as_text: Callable[[str], Reading]
) -> None:
    told = st.sampled_from(
        ["# Child K", "Serious Case Review: Baby R", "The SCR of Jordan Example.", "Child K\tBaby R"]
    )
    text = "\n\n".join(data.draw(st.lists(st.one_of(told, papers), min_size=1, max_size=6)))
    reading = as_text(text)
    for named in find_cases(reading, reading_to_blocks(reading)):
        assert named.name and named.name not in named.aliases
        assert named.places
        for before, after in zip(named.places, named.places[1:], strict=False):
            assert before.end <= after.start


def test_a_review_that_has_only_its_year_is_named_by_it(found: Finds) -> None:
    cases = found(
        "The pilot began after a serious case review in 2008. Serious case reviews in 2009 were read."
    )
    assert [case.name for case in cases] == ["Serious case review in 2008"]


def test_a_case_that_is_counted_off_is_one_case(found: Finds) -> None:
    cases = found(
        "Two case reviews are under way.\n\nThe second case review was commissioned in March 2012.\n\n"
        "The Board met.\n\nThe second case is complex.\n\nThe first case will be told of later.\n"
    )
    assert [case.name for case in cases] == ["Second case review commissioned in March 2012"]
    assert [place.lines for place in cases[0].places] == [(3, 3), (7, 7)]


def test_a_case_is_named_by_what_it_ended_in_where_a_review_is_told_of(found: Finds) -> None:
    told = "Cause of death in this case was the drowning of a toddler in a garden pond. It was sad."
    (case,) = found(f"The serious case review was published.\n\n{told}\n")
    assert case.name == "Case of the drowning of a toddler in a garden pond"
    assert found(told) == ()
