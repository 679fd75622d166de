"""Topics: the values that papers can be browsed by, and what a topic's page says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from flask import url_for

from indexer.model import StatementKind
from indexer.search.case_story import CaseBrief
from indexer.search.glossary import Meaning
from indexer.search.register import REGISTER_FILTERS, Entry
from indexer.search.register_choice import Choice, Register, values_of
from indexer.search.results import FACETS, FacetCount, Filter
from webapp.presenters.searching import Link
from webapp.presenters.statements import RegisterForm
from webapp.presenters.words import facet_name, plural, value_name

BROWSED = tuple(field for field in FACETS if field != "statement")
"""The filters that have pages of their own; statements have the register."""

MOST_OF_A_YEAR = 5
"""Entries of a year that a topic's page shows."""
MOST_BESIDE = 8
"""Values of another filter that a topic's page names."""
_ORDER = (StatementKind.FINDING, StatementKind.RECOMMENDATION, StatementKind.DECISION, StatementKind.ACTION)
"""What was learned comes before what was done about it."""


@dataclass(frozen=True, slots=True)
class Group:
    """A heading and its links, each with its count in words."""

    field: str
    title: str
    links: tuple[tuple[Link, str], ...]


@dataclass(frozen=True, slots=True)
class YearLearned:
    """What papers of one year found, recommended, decided and set out to do on a topic."""

    name: str
    entries: tuple[Entry, ...]
    """The first of them; findings and recommendations before the rest."""
    in_all: int
    url: str
    """All of them, in the register."""


def topic_url(field: str, value: str) -> str:
    """The address of a topic's page."""
    return url_for("browsing.topic", field=field, name=value)


def groups(facets: Mapping[str, Sequence[FacetCount]]) -> tuple[Group, ...]:
    """Everything that can be browsed by, themes first; what has no values is left out."""
    order = ("theme", *(field for field in BROWSED if field != "theme"))
    found = (_group(field, facets.get(field, ())) for field in order)
    return tuple(group for group in found if group.links)


def beside(facets: Mapping[str, Sequence[FacetCount]], field: str) -> tuple[Group, ...]:
    """The values of other filters that a topic's passages have most."""
    others = (name for name in BROWSED if name not in (field, "year"))
    found = (_group(name, facets.get(name, ())[:MOST_BESIDE]) for name in others)
    return tuple(group for group in found if group.links)


def learned(register: Register, field: str, value: str) -> tuple[YearLearned, ...]:
    """The register's entries on a topic, year by year, newest first; none where it has no such filter."""
    if field not in REGISTER_FILTERS:
        return ()
    held = Filter(field, (value,))
    entries = register.choose(Choice(filters=(held,))).entries
    years = sorted({_year(entry) for entry in entries}, reverse=True)
    if field == "year":
        years = [value]
    return tuple(_of_year(year, entries, held) for year in years if entries)


def cases_of(briefs: Iterable[CaseBrief], theme: str) -> tuple[CaseBrief, ...]:
    """The cases that tell of a theme."""
    return tuple(brief for brief in briefs if theme in brief.themes)


def by_letter(meanings: Iterable[Meaning], asked: str) -> tuple[tuple[str, tuple[Meaning, ...]], ...]:
    """The meanings under their first letters; with words asked for, those that have them all."""
    words = asked.casefold().split()
    kept = (m for m in meanings if all(word in f"{m.short} {m.long}".casefold() for word in words))
    return tuple((letter, tuple(held)) for letter, held in groupby(kept, lambda m: m.short[:1].upper()))


def _group(field: str, counts: Sequence[FacetCount]) -> Group:
    links = tuple(
        (Link(value_name(field, each.value), topic_url(field, each.value)), plural(each.count, "passage"))
        for each in counts
        if each.count
    )
    return Group(field, facet_name(field), links)


def _of_year(year: str, entries: Sequence[Entry], held: Filter) -> YearLearned:
    """A year's entries; one that is told of several years stands under the last of them."""
    own = [entry for entry in entries if held.field == "year" or _year(entry) == year]
    own.sort(key=lambda entry: _ORDER.index(entry.statement.kind))
    in_all = sum(not year or year in values_of(entry, "year") for entry in entries)
    filters = (held,) if held.field == "year" or not year else (held, Filter("year", (year,)))
    url = RegisterForm(Choice(filters=filters)).url()
    return YearLearned(year, tuple(own[:MOST_OF_A_YEAR]), in_all, url)


def _year(entry: Entry) -> str:
    return entry.years[-1] if entry.years else ""
