"""The search page: filters with counts, chosen filters as tags, sorting, paging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import url_for

from indexer.search.results import FACETS, FacetCount, Results
from webapp.forms import PAGE_SIZE, SORTS, SearchForm, held_to
from webapp.presenters.words import facet_name, number, value_name

MOST_VALUES = 60
"""Values of one facet that the page offers; the rest are few passages each."""
SORT_NAMES = {"relevance": "Most relevant", "newest": "Newest first", "oldest": "Oldest first"}


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a facet as a check box."""

    id: str
    value: str
    text: str
    count: int
    checked: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet as a group of check boxes."""

    field: str
    name: str
    choices: tuple[Choice, ...]

    @property
    def chosen(self) -> int:
        """How many of its values are chosen."""
        return sum(choice.checked for choice in self.choices)


@dataclass(frozen=True, slots=True)
class Link:
    """A link with what it says; ``current`` where it leads to the page that is open."""

    text: str
    href: str
    current: bool = False


def search_url(form: SearchForm, **changes: object) -> str:
    """The address of the search page in the state ``form``, with ``changes`` made to its fields."""
    query = form.query_string(**changes)
    return url_for("pages.search") + (f"?{query}" if query else "")


def feed_url(form: SearchForm) -> str:
    """The address of the feed of papers that match."""
    return f"{url_for('feeds.feed')}?{form.query_string(page=1, sort=SORTS[0])}"


def year_url(form: SearchForm, year: str) -> str:
    """The address of the same search held to one year; without that filter where it is so already."""
    return search_url(form, filters=held_to(form.filters, "year", year), page=1)


def facets(form: SearchForm, results: Results) -> tuple[Facet, ...]:
    """The filters that the page offers: values that were found, and those chosen in any case."""
    chosen = {filter_.field: filter_.values for filter_ in form.filters}
    groups = (facet(field, results.facets.get(field, ()), chosen.get(field, ())) for field in FACETS)
    return tuple(group for group in groups if group.choices)


def facet(field: str, counts: tuple[FacetCount, ...], chosen: tuple[str, ...]) -> Facet:
    """One filter; years newest first, the rest in the order that the library counts them."""
    found = {count.value: count.count for count in counts if count.count or count.value in chosen}
    values = sorted(found, reverse=True) if field == "year" else list(found)
    offered = dict.fromkeys([*values[:MOST_VALUES], *chosen])
    return Facet(
        field,
        facet_name(field),
        tuple(
            Choice(f"{field}-{i}", value, value_name(field, value), found.get(value, 0), value in chosen)
            for i, value in enumerate(offered)
        ),
    )


def tags(form: SearchForm) -> tuple[Link, ...]:
    """The chosen filters, each a link to the same search without it."""
    return tuple(
        Link(
            f"{facet_name(each.field)}: {value_name(each.field, value)}",
            search_url(form.without(each.field, value)),
        )
        for each in form.filters
        for value in each.values
    )


def sort_links(form: SearchForm) -> tuple[Link, ...]:
    """The orders that hits can stand in."""
    return tuple(
        Link(SORT_NAMES[sort], search_url(form, sort=sort, page=1), sort == form.sort) for sort in SORTS
    )


def page_count(total: int, size: int = PAGE_SIZE) -> int:
    """How many pages ``total`` hits take, at least one."""
    return max(1, -(-total // size))


def paging(page: int, pages: int, url: Any) -> dict[str, Any] | None:
    """What the pagination component takes: first, last and the pages around; None for a single page.

    ``url`` makes the address of a page from its number.
    """
    if pages < 2:
        return None
    near = sorted({1, pages, *range(max(1, page - 1), min(pages, page + 1) + 1)})
    items: list[dict[str, Any]] = []
    for before, this in zip([0, *near], near, strict=False):
        if this - before > 1:
            items.append({"ellipsis": True})
        items.append({"number": this, "href": url(this), "current": this == page})
    params: dict[str, Any] = {"items": items, "landmarkLabel": "Pages of results"}
    if page > 1:
        params["previous"] = {"href": url(page - 1)}
    if page < pages:
        params["next"] = {"href": url(page + 1)}
    return params


def range_words(results: Results) -> str:
    """``11 to 20 of 134``: which hits this page shows."""
    first, last = results.offset + 1, results.offset + len(results.hits)
    return f"{number(first)} to {number(last)} of {number(results.folded_total)}"
