"""Filters, tags and paging of the search page."""

from __future__ import annotations

import itertools

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.results import FacetCount, Filter
from webapp.forms import SearchForm
from webapp.presenters.searching import facet, page_count, paging, sort_links, tags


@given(st.integers(1, 60), st.data())
def test_paging_leads_everywhere(pages: int, data: st.DataObject) -> None:
    page = data.draw(st.integers(1, pages))
    params = paging(page, pages, str)
    if pages == 1:
        assert params is None
        return
    assert params is not None
    numbers = [item["number"] for item in params["items"] if "number" in item]
    assert numbers == sorted(set(numbers))
    assert {1, page, pages} <= set(numbers)
    assert [item["number"] for item in params["items"] if item.get("current")] == [page]
    assert ("previous" in params, "next" in params) == (page > 1, page < pages)
    gaps = sum(after - before > 1 for before, after in itertools.pairwise(numbers))
    assert gaps == sum("ellipsis" in item for item in params["items"])


@pytest.mark.parametrize(("total", "pages"), [(0, 1), (1, 1), (10, 1), (11, 2), (100, 10), (101, 11)])
def test_page_count(total: int, pages: int) -> None:
    assert page_count(total) == pages


def test_a_chosen_value_that_was_not_found_is_still_offered() -> None:
    shown = facet("theme", (FacetCount("Neglect", 4), FacetCount("Training", 0)), ("Co-sleeping",))
    assert [(choice.value, choice.count, choice.checked) for choice in shown.choices] == [
        ("Neglect", 4, False),
        ("Co-sleeping", 0, True),
    ]
    assert shown.chosen == 1


def test_years_stand_newest_first() -> None:
    shown = facet("year", (FacetCount("2010-11", 9), FacetCount("2012-13", 1)), ())
    assert [choice.value for choice in shown.choices] == ["2012-13", "2010-11"]


def test_tags_and_orders_are_links_to_the_same_search(app: Flask) -> None:
    form = SearchForm("neglect", (Filter("kind", ("minutes",)),), page=4, sort="newest")
    with app.test_request_context():
        (tag,) = tags(form)
        orders = {link.text: link for link in sort_links(form)}
    assert (tag.text, tag.href) == ("Kind of paper: Minutes", "/search?q=neglect&sort=newest")
    assert orders["Newest first"].current
    assert orders["Oldest first"].href == "/search?q=neglect&kind=minutes&sort=oldest"
