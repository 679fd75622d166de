"""The register: what is chosen of it as check boxes, tags and links, and each entry as it is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from flask import url_for

from indexer.search.register import Entry
from indexer.search.register_choice import CHOICES, ORDERS, Choice, Register, date_of
from indexer.search.results import FacetCount, Filter
from webapp.forms import Args, clean, held_to, page_number, without_value
from webapp.presenters.searching import Facet, Link, facet
from webapp.presenters.words import date_words, facet_name, value_name

ORDER_NAMES = {"newest": "Newest first", "oldest": "Oldest first", "due": "By when it was due"}


@dataclass(frozen=True, slots=True)
class RegisterForm:
    """The state of the register's page; its address holds all of it."""

    choice: Choice = field(default_factory=Choice)
    page: int = 1

    def url(self, endpoint: str = "records.register", **changes: object) -> str:
        """The address of the page, or of ``endpoint``, in this state with ``changes`` to the choice."""
        page = changes.pop("page", 1)
        choice = replace(self.choice, **changes)  # type: ignore[arg-type]
        pairs = [("q", choice.question)] if choice.question else []
        pairs += [(each.field, value) for each in choice.filters for value in each.values]
        pairs += [("sort", choice.order)] if choice.order != ORDERS[0] else []
        pairs += [("page", str(page))] if page != 1 else []
        return url_for(endpoint) + (f"?{urlencode(pairs)}" if pairs else "")

    def with_only(self, name: str, value: str) -> str:
        """The address with one filter held to one value; without that filter where it is so already."""
        return self.url(filters=held_to(self.choice.filters, name, value))

    def without(self, name: str, value: str) -> str:
        """The address with one value taken off."""
        return self.url(filters=without_value(self.choice.filters, name, value))


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry of the register as a page shows it."""

    entry: Entry
    number: int
    """Its place among its paper's statements, from 1."""
    passage_url: str | None
    url: str
    when: str
    """The date of its paper in words, else its years."""


def read_register_form(args: Args) -> RegisterForm:
    """What an address of the register holds; what cannot be used falls back to its default."""
    order = args.get("sort", "")
    chosen = (
        Filter(name, tuple(dict.fromkeys(filter(None, map(clean, args.getlist(name)))))) for name in CHOICES
    )
    choice = Choice(
        question=clean(args.get("q", "")),
        filters=tuple(each for each in chosen if each.values),
        order=order if order in ORDERS else ORDERS[0],
    )
    return RegisterForm(choice, page_number(args))


def shown(entries: Iterable[Entry], register: Register) -> tuple[Shown, ...]:
    """Entries with what their page needs to lead on from each."""
    return tuple(show(entry, register) for entry in entries)


def show(entry: Entry, register: Register) -> Shown:
    """An entry with the addresses of its passage and of its own page."""
    number = register.of(entry.document).index(entry) + 1
    key = entry.document.id
    passage = entry.passage_id and url_for("pages.passage", document_id=key, passage_id=entry.passage_id)
    url = url_for("records.statement", document_id=key, number=number)
    return Shown(entry, number, passage, url, date_words(date_of(entry)))


def register_facets(form: RegisterForm, counts: Mapping[str, tuple[FacetCount, ...]]) -> tuple[Facet, ...]:
    """The filters that the page offers: values that there are, and those chosen in any case."""
    chosen = {each.field: each.values for each in form.choice.filters}
    groups = (facet(name, counts[name], chosen.get(name, ())) for name in CHOICES)
    return tuple(group for group in groups if group.choices)


def register_tags(form: RegisterForm) -> tuple[Link, ...]:
    """The chosen filters, each a link to the same without it."""
    return tuple(
        Link(f"{facet_name(each.field)}: {value_name(each.field, value)}", form.without(each.field, value))
        for each in form.choice.filters
        for value in each.values
    )


def order_links(form: RegisterForm) -> tuple[Link, ...]:
    """The orders that entries can stand in."""
    return tuple(
        Link(ORDER_NAMES[order], form.url(order=order), order == form.choice.order) for order in ORDERS
    )
