"""Addresses to searches and back."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from indexer.errors import InvalidParameter
from indexer.search.results import FACETS, Filter
from webapp.forms import (
    ANSWER_PARAMETERS,
    MOST_PAGES,
    SEARCH_PARAMETERS,
    SORTS,
    SearchForm,
    clean,
    read_form,
    read_search_request,
)

values = st.text(st.characters(codec="utf-8"), min_size=1, max_size=20).map(clean).filter(bool)
filters = st.lists(
    st.builds(Filter, st.just("x"), st.lists(values, min_size=1, max_size=3, unique=True).map(tuple)),
    max_size=len(FACETS),
).map(lambda found: tuple(Filter(field, each.values) for field, each in zip(FACETS, found, strict=False)))
states = st.builds(
    SearchForm,
    q=st.text(st.characters(codec="utf-8"), max_size=40).map(clean),
    filters=filters,
    page=st.integers(1, MOST_PAGES),
    sort=st.sampled_from(SORTS),
    expand=st.booleans(),
    boilerplate=st.booleans(),
    wish=st.booleans(),
    spell=st.booleans(),
)


@given(states)
def test_the_address_is_the_whole_state(form: SearchForm) -> None:
    address = MultiDict(parse_qsl(form.query_string(), keep_blank_values=True))
    assert read_form(address) == form


@given(st.dictionaries(st.sampled_from([*SEARCH_PARAMETERS, "page", "utm"]), st.text(max_size=12)))
def test_any_address_of_a_page_is_a_search(args: dict[str, str]) -> None:
    form = read_form(MultiDict(args))
    assert form.sort in SORTS
    assert 1 <= form.page <= MOST_PAGES
    assert form.request().offset == (form.page - 1) * 10


def test_a_filter_value_is_taken_off_alone() -> None:
    form = SearchForm(
        "neglect", (Filter("year", ("2012-13", "2013-14")), Filter("kind", ("minutes",))), page=3
    )
    assert form.without("year", "2012-13").params() == [
        ("q", "neglect"),
        ("year", "2013-14"),
        ("kind", "minutes"),
    ]
    assert form.without("kind", "minutes").filters == (Filter("year", ("2012-13", "2013-14")),)


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ([("q", "neglect"), ("colour", "red")], "There is no parameter called “colour”"),
        ([("q", "neglect"), ("q", "audit")], "given more than once"),
        ([("q", "neglect"), ("limit", "0")], "limit is “0”"),
        ([("q", "neglect"), ("limit", "101")], "from 1 to 100"),
        ([("q", "neglect"), ("limit", "٣")], "whole number"),
        ([("q", "neglect"), ("offset", "-1")], "offset is “-1”"),
        ([("q", "neglect"), ("sort", "best")], "relevance, newest, oldest"),
        ([("q", "neglect"), ("expand", "maybe")], "Use 1 or 0"),
        ([("q", "neglect"), ("wish", "2")], "Use 1 or 0"),
        ([("q", "neglect"), ("year", " ")], "year is blank"),
        ([("q", "x")], "“x” has no word that can be searched for. Give at least two letters or a digit"),
        ([("q", "?!")], "at least two letters or a digit"),
    ],
)
def test_a_program_is_told_what_is_wrong(args: list[tuple[str, str]], said: str) -> None:
    with pytest.raises(InvalidParameter) as caught:
        read_search_request(MultiDict(args), SEARCH_PARAMETERS)
    assert said in str(caught.value)


def test_an_answer_has_no_order() -> None:
    with pytest.raises(InvalidParameter):
        read_search_request(MultiDict({"q": "neglect", "sort": "newest"}), ANSWER_PARAMETERS)


def test_what_a_program_asks_for_is_kept() -> None:
    args = MultiDict(
        [("q", " neglect\x00 "), ("year", "2012-13"), ("year", "2013-14"), ("limit", "5"), ("expand", "0")]
    )
    asked = read_search_request(args, SEARCH_PARAMETERS)
    assert (asked.text, asked.limit, asked.expand) == ("neglect", 5, False)
    assert (asked.wishes, asked.spelling) == (True, True)
    undone = read_search_request(MultiDict({"q": "x1", "wish": "0", "spell": "0"}), SEARCH_PARAMETERS)
    assert (undone.wishes, undone.spelling) == (False, False)
    assert asked.filters == (Filter("year", ("2012-13", "2013-14")),)
