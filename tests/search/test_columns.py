"""Facets against counting one passage after another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnknownFilter
from indexer.search.columns import Columns
from indexer.search.results import FACETS, FacetCount, Filter


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
    statement: str = ""

    def values(self, field: str) -> tuple[str, ...]:
        """What stands in the facet, looked up in the plainest way."""
        return {
            "year": self.years,
            "subgroup": self.subgroups,
            "theme": self.themes,
            "kind": (self.kind,),
            "body": (self.body,) * bool(self.body),
            "statement": (self.statement,) * bool(self.statement),
        }[field]


YEARS = ("2010-11", "2011-12", "2012-13")
NAMES = ("Training", "Audit", "CSE")
KINDS = ("report", "minutes")


def several(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(values), max_size=3).map(tuple)


ROWS = st.lists(
    st.builds(
        Row,
        st.integers(0, 60),
        several(YEARS),
        several(NAMES),
        several(NAMES),
        st.sampled_from(KINDS),
        st.sampled_from(("", "Shoreham Board", "Weald Board")),
        st.booleans(),
        st.integers(0, 9),
        st.sampled_from(("", "recommendation", "finding")),
    ),
    unique_by=lambda row: row.ordinal,
    max_size=25,
)


@st.composite
def rows_and_filters(draw: st.DrawFn) -> tuple[list[Row], list[Filter]]:
    """Rows, and filters on values that some of them have."""
    rows = draw(ROWS)
    filters = []
    for field in FACETS:
        known = sorted({value for row in rows for value in row.values(field)})
        if known and draw(st.booleans()):
            filters.append(Filter(field, tuple(draw(st.lists(st.sampled_from(known), max_size=2)))))
    return rows, draw(st.permutations(filters))


def passes(row: Row, filters: list[Filter]) -> bool:
    return all(not f.values or set(f.values) & set(row.values(f.field)) for f in filters)


def bits(rows: list[Row]) -> int:
    return sum(1 << row.ordinal for row in rows)


@given(rows_and_filters())
def test_a_mask_holds_the_rows_that_pass_all_filters(given_: tuple[list[Row], list[Filter]]) -> None:
    rows, filters = given_
    columns = Columns(rows)
    assert columns.mask(filters) == bits([row for row in rows if passes(row, filters)])
    assert columns.boilerplate == bits([row for row in rows if row.boilerplate])
    assert columns.everything == bits(rows)
    assert columns.groups == {row.ordinal: row.group for row in rows}


@given(rows_and_filters(), st.data())
def test_a_filter_never_adds_hits_and_another_value_never_takes_any(
    given_: tuple[list[Row], list[Filter]], data: st.DataObject
) -> None:
    rows, filters = given_
    columns = Columns(rows)
    for cut in range(len(filters)):
        assert columns.mask(filters) & ~columns.mask(filters[:cut]) == 0
    for chosen in filters:
        if chosen.values:
            more = Filter(chosen.field, (*chosen.values, *columns.values(chosen.field)[:1]))
            assert columns.mask([chosen]) & ~columns.mask([more]) == 0


@given(rows_and_filters(), st.sets(st.integers(0, 60)))
def test_counts_are_what_counting_one_by_one_gives(
    given_: tuple[list[Row], list[Filter]], matching: set[int]
) -> None:
    rows, filters = given_
    counts = Columns(rows).counts(sum(1 << ordinal for ordinal in matching), filters)
    assert tuple(counts) == FACETS
    for field in FACETS:
        others = [f for f in filters if f.field != field]
        chosen = {value for f in filters if f.field == field for value in f.values}
        expected = Counter(
            value
            for row in rows
            if row.ordinal in matching and passes(row, others)
            for value in set(row.values(field))
        )
        assert {count.value: count.count for count in counts[field]} == {
            c: expected[c] for c in {*expected, *chosen}
        }
        assert {count.value for count in counts[field] if count.selected} == chosen


def test_years_come_newest_first_and_the_rest_by_count_then_name() -> None:
    columns = Columns(
        [
            Row(0, years=("2010-11",), themes=("Neglect", "Abuse")),
            Row(1, years=("2012-13", "2010-11"), themes=("Supervision", "Neglect")),
            Row(2, years=("2011-12",), themes=("Neglect",)),
        ]
    )
    counts = columns.counts(columns.everything)
    assert [count.value for count in counts["year"]] == ["2012-13", "2011-12", "2010-11"]
    assert counts["theme"] == (
        FacetCount("Neglect", 3),
        FacetCount("Abuse", 1),
        FacetCount("Supervision", 1),
    )


def test_a_facet_is_counted_as_if_it_were_not_filtered_itself() -> None:
    columns = Columns([Row(0, themes=("Neglect",)), Row(1, themes=("Abuse",), kind="minutes")])
    chosen = (Filter("theme", ("Neglect",)),)
    counts = columns.counts(columns.everything, chosen)
    assert counts["theme"] == (FacetCount("Abuse", 1), FacetCount("Neglect", 1, selected=True))
    assert counts["kind"] == (FacetCount("report", 1),)


def test_a_chosen_value_stays_on_the_list_when_it_would_give_nothing() -> None:
    columns = Columns([Row(0, themes=("Neglect",)), Row(1, themes=("Abuse",))])
    counts = columns.counts(0b01, (Filter("theme", ("Abuse",)),))
    assert counts["theme"] == (FacetCount("Neglect", 1), FacetCount("Abuse", 0, selected=True))


def test_two_filters_on_one_facet_are_one_with_the_values_of_both() -> None:
    columns = Columns([Row(0, years=("2010-11",)), Row(1, years=("2011-12",)), Row(2, years=("2012-13",))])
    assert columns.mask([Filter("year", ("2010-11",)), Filter("year", ("2012-13",))]) == 0b101


def test_an_unknown_facet_names_those_there_are() -> None:
    columns = Columns([])
    for ask in (lambda: columns.mask([Filter("colour", ("red",))]), lambda: columns.values("colour")):
        with pytest.raises(UnknownFilter) as raised:
            ask()
        assert all(facet in raised.value.hint for facet in FACETS)


@pytest.mark.parametrize(
    ("field", "typed", "meant"),
    [("theme", "neglct", "Neglect"), ("year", "2012-2013", "2012-13")],
)
def test_an_unknown_value_is_answered_with_near_ones(field: str, typed: str, meant: str) -> None:
    columns = Columns([Row(0, themes=("Neglect", "Training"), years=("2012-13",))])
    with pytest.raises(UnknownFilter) as raised:
        columns.counts(0, [Filter(field, (typed,))])
    assert typed in raised.value.message
    assert meant in raised.value.hint


@pytest.mark.parametrize(
    ("field", "typed", "spelt"),
    [
        ("theme", "NEGLECT", "Neglect"),
        ("theme", "domestic-abuse", "Domestic abuse"),
        ("year", "2012/13", "2012-13"),
    ],
)
def test_capitals_and_signs_between_words_do_not_matter(field: str, typed: str, spelt: str) -> None:
    columns = Columns([Row(0, themes=("Neglect", "Domestic abuse"), years=("2012-13",)), Row(1)])
    assert columns.spelt([Filter(field, (typed,))]) == (Filter(field, (spelt,)),)
    assert columns.mask([Filter(field, (typed,))]) == 1


def test_an_unknown_value_like_no_other_still_says_what_to_do() -> None:
    with pytest.raises(UnknownFilter) as raised:
        Columns([Row(0, themes=("Neglect",))]).mask([Filter("theme", ("zzzz",))])
    assert "Neglect" not in raised.value.hint
    assert "theme" in raised.value.hint


@given(ROWS, st.lists(st.sampled_from([*YEARS, "1999-00"]), max_size=3))
def test_what_has_any_of_some_values_is_known_and_an_unknown_value_gives_none(
    rows: list[Row], years: list[str]
) -> None:
    assert Columns(rows).having("year", years) == bits([row for row in rows if set(row.years) & set(years)])
