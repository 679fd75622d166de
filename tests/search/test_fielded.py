"""Values as people type them, and the passages that have them."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from indexer.search.columns import Columns
from indexer.search.fielded import PAPER_FIELDS, FieldValues


@dataclass(frozen=True)
class Row:
    ordinal: int
    years: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    kind: str = "report"
    body: str = ""
    boilerplate: bool = False
    group: int = 0
    cases: tuple[str, ...] = ()
    file: str = "a.pdf"
    statement: str = ""


ROWS = (
    Row(0, ("2011-12",), ("Training Subgroup",), ("Domestic abuse",), "annual_report", "Northmere Board"),
    Row(1, ("2012-13",), ("Training Committee", "Child Death Overview Panel"), file="minutes/may.pdf"),
    Row(2, ("2013-14", "2012-13"), themes=("Neglect", "Co-sleeping and safe sleep"), cases=("Child K",)),
    Row(
        4, ("2014-15",), cases=("Child K", "Baby L"), file="minutes/June 2014.pdf", body="Scrutiny Board (2)"
    ),
)


@pytest.fixture(scope="module")
def fields() -> FieldValues:
    return FieldValues(Columns(ROWS), ROWS)


@pytest.mark.parametrize(
    ("field", "typed", "ordinals"),
    [
        ("year", "2012-13", {1, 2}),
        ("year", "2012/2013", {1, 2}),
        ("year", "2012", {0, 1, 2}),
        ("year", "2012-15", {1, 2, 4}),
        ("subgroup", "training", {0, 1}),
        ("subgroup", "Training Subgroup", {0}),
        ("subgroup", "CDOP", {1}),
        ("theme", "cosleeping", {2}),
        ("theme", "co-sleeping", {2}),
        ("theme", "domestic abuse", {0}),
        ("kind", "annual_report", {0}),
        ("kind", "annual report", {0}),
        ("kind", "Report", {1, 2, 4}),
        ("body", "scrutiny", {4}),
        ("case", "k", {2, 4}),
        ("case", "baby l", {4}),
        ("file", "minutes/", {1, 4}),
        ("file", "june-2014", {4}),
    ],
)
def test_values_are_met_as_people_type_them(
    fields: FieldValues, field: str, typed: str, ordinals: set[int]
) -> None:
    found = fields.having(field, typed)
    assert found is not None
    assert {row.ordinal for row in ROWS if found.ordinals >> row.ordinal & 1} == ordinals
    assert found.ordinals.bit_count() == len(ordinals)
    assert set(found.values) <= set(fields.values(field))


@pytest.mark.parametrize("field", PAPER_FIELDS)
@pytest.mark.parametrize("typed", ["blancmange", "", "1999", "the"])
def test_what_no_paper_has_is_none(fields: FieldValues, field: str, typed: str) -> None:
    assert fields.having(field, typed) is None


def test_near_values_are_offered(fields: FieldValues) -> None:
    assert fields.nearest("case", "child q") == ("Child K",)
    assert fields.nearest("theme", "blancmange") == ()
