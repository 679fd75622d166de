"""What of the register is wanted: narrowed by kind, year, theme, body and words, counted, and in an order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.catalogue import Catalogue
from indexer.dates import year_end
from indexer.model import Document, StatementKind
from indexer.search.register import REGISTER_FILTERS, Entry, register
from indexer.search.results import FacetCount, Filter

ORDERS = ("newest", "oldest", "due")
CHOICES = ("statement", *REGISTER_FILTERS)
"""What can be chosen by: the kind of statement, then the register's own filters."""

Holds = Callable[[str], bool]
"""Tells whether a text holds what a question asks for."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is wanted of the register; by default all of it."""

    question: str = ""
    filters: tuple[Filter, ...] = ()
    """By ``CHOICES``; of one filter's values any is enough."""
    order: str = "newest"
    """One of ``ORDERS``."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The entries wanted, in order, and how many there would be of each value."""

    entries: tuple[Entry, ...]
    counts: Mapping[str, tuple[FacetCount, ...]]
    """By each of ``CHOICES``, its own filter left aside; years newest first, the rest by count."""


class Register:
    """The register of one index; threads may share it."""

    def __init__(self, catalogue: Catalogue, holds: Callable[[str], Holds]) -> None:
        """``holds`` makes a test of texts from a question; it may raise UsageError."""
        self._catalogue, self._holds = catalogue, holds

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """All of it, paper by paper and in reading order."""
        return register(self._catalogue)

    @cached_property
    def _of_documents(self) -> Mapping[str, tuple[Entry, ...]]:
        found: dict[str, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.document.id, []).append(entry)
        return {key: tuple(held) for key, held in found.items()}

    def of(self, document: Document) -> tuple[Entry, ...]:
        """One paper's entries, in reading order."""
        return self._of_documents.get(document.id, ())

    def choose(self, choice: Choice) -> Chosen:
        """What ``choice`` wants; raises UsageError where its question cannot be asked.

        A value that nothing has gives nothing: the counts show those that there are.
        """
        told = self._told(choice.question)
        wanted = {one.field: frozenset(one.values) for one in choice.filters if one.values}
        passing = [entry for entry in told if _passes(entry, wanted)]
        counts = {field: _counts(told, field, wanted) for field in CHOICES}
        return Chosen(tuple(in_order(passing, choice.order)), counts)

    def _told(self, question: str) -> Sequence[Entry]:
        if not question:
            return self.entries
        holds = self._holds(question)
        return [entry for entry in self.entries if holds(words_of(entry))]


def words_of(entry: Entry) -> str:
    """What an entry is found by: its text, and the heading that it stands under."""
    heading = f"{entry.section.title}\n" if entry.section else ""
    return heading + entry.statement.text


def date_of(entry: Entry) -> str:
    """ISO date of the paper that it stands in, the end of its years where no date is known, else empty."""
    return entry.paper_date or year_end(entry.years)


def in_order(entries: Iterable[Entry], order: str) -> list[Entry]:
    """By the date of their papers, or by when they were due; what has no date comes last."""
    key = _due if order == "due" else date_of
    every = tuple(entries)
    dated = [entry for entry in every if key(entry)]
    undated = [entry for entry in every if not key(entry)]
    return sorted(dated, key=key, reverse=order == "newest") + undated


def values_of(entry: Entry, field: str) -> tuple[str, ...]:
    """An entry's values of one of ``CHOICES``."""
    return {
        "statement": (entry.statement.kind.value,),
        "year": entry.years,
        "theme": entry.themes,
        "body": (entry.body,) if entry.body else (),
    }[field]


def _due(entry: Entry) -> str:
    return entry.undertaking.due_date or ""


def _passes(entry: Entry, wanted: Mapping[str, frozenset[str]]) -> bool:
    return all(not values.isdisjoint(values_of(entry, field)) for field, values in wanted.items())


def _counts(
    entries: Sequence[Entry], field: str, wanted: Mapping[str, frozenset[str]]
) -> tuple[FacetCount, ...]:
    others = {name: values for name, values in wanted.items() if name != field}
    chosen = wanted.get(field, frozenset())
    found = Counter(v for entry in entries if _passes(entry, others) for v in values_of(entry, field))
    counts = [FacetCount(value, count, value in chosen) for value, count in found.items()]
    if field == "year":
        return tuple(sorted(counts, key=lambda one: one.value, reverse=True))
    if field == "statement":
        order = [kind.value for kind in StatementKind]
        return tuple(sorted(counts, key=lambda one: order.index(one.value)))
    return tuple(sorted(counts, key=lambda one: (-one.count, one.value)))
