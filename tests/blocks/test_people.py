"""Lines that name people, offices and entries of accounts, and headings that only look like them."""

from __future__ import annotations

import pytest

from indexer.blocks.people import is_entry, is_name, is_office, is_person, is_valediction


@pytest.mark.parametrize(
    "text",
    [
        "Jo Example OBE",
        "JO EXAMPLE CBE MP",
        "By Jo Example MP",
        "Cllr A. Example",
        "Mrs Jo Example – Clerk to the Council",
        "Jo Example, Head of Early Help",
        "Ann Other-Example – Treasury and Pensions Manager",
        "Corporate Director: Jo Example",
        "Directors: Jo Example & Ann Other",
        "His Majesty’s Inspector of Places",
        "Head of Nursing, Example Hospitals NHS Trust",
    ],
)
def test_a_line_that_names_a_person_or_an_office_holder(text: str) -> None:
    assert is_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "Chief Executive's Department",
        "Director's report",
        "Mental Health",
        "Serious Case Reviews",
        "Dr Foster data on infant deaths in 2012",
        "Lead agencies and their duties",
        "Financial: what it will cost",
        "Objective 3: Practice and Development",
    ],
)
def test_a_heading_is_no_person(text: str) -> None:
    assert not is_person(text)


@pytest.mark.parametrize("text", ["Corporate Director of Finance", "General Counsel", "Inspector"])
def test_an_office(text: str) -> None:
    assert is_office(text)
    assert not is_office(f"{text}: Jo Example")


def test_an_initial_and_a_surname_are_a_name() -> None:
    assert is_name("J Example")
    assert not is_name("A Strategy")


@pytest.mark.parametrize("text", ["Yours sincerely,", "Yours faithfully", "Kind regards"])
def test_the_end_of_a_letter(text: str) -> None:
    assert is_valediction(text)
    assert is_entry(text)


@pytest.mark.parametrize(
    "text",
    [
        "Dear colleagues",
        "Total Early Help 12.5 13.0 -0.5",
        "Public Health Total 0.0 0.0",
        "Hire of hall £45.00",
        "12/11/13 £105.00 TRAINING",
        "Prop. AB, 2nd CD",
        "Proposed by Cllr Example, seconded by Cllr Other",
        "AB/ CD",
        "Chairman’s signature ………………… Date …………",
        "Council House, Telephone: 01632 960 001",
    ],
)
def test_an_entry_heads_nothing(text: str) -> None:
    assert is_entry(text)


@pytest.mark.parametrize(
    "text",
    [
        "CSE",
        "MARAC",
        "Annual Report 2012 2013",
        "Business Plan 2013 15",
        "Proposed changes",
        "Signed agreements",
    ],
)
def test_a_heading_is_no_entry(text: str) -> None:
    assert not is_entry(text)
