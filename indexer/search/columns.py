"""Facets: which passages have which year, subgroup, theme, kind and body, and how many of a search's.

One bit set for each value of each facet, so that a filter is a few integer operations whatever the
engine, and counting all facets of a search costs microseconds.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import get_close_matches
from typing import Protocol

from indexer.errors import UnknownFilter
from indexer.search.bitsets import bits_of, ordinals_of
from indexer.search.results import FACETS, FacetCount, Filter


class FacetRow(Protocol):
    """What a passage is filtered and folded by."""

    @property
    def ordinal(self) -> int:
        """The passage's number."""

    @property
    def years(self) -> Sequence[str]:
        """Reporting years as ``2012-13``."""

    @property
    def subgroups(self) -> Sequence[str]:
        """Names of subgroups."""

    @property
    def themes(self) -> Sequence[str]:
        """Names of themes."""

    @property
    def kind(self) -> str:
        """Kind of paper."""

    @property
    def body(self) -> str:
        """The board or committee; empty where unknown."""

    @property
    def statement(self) -> str:
        """The kind of statement that it is; empty where it is none."""

    @property
    def boilerplate(self) -> bool:
        """Whether it is left out unless asked for."""

    @property
    def group(self) -> int:
        """Passages of one group are copies of each other."""


class Columns:
    """The facets of all passages of an index; immutable once made, so threads may share it."""

    def __init__(self, rows: Iterable[FacetRow]) -> None:
        found: dict[str, dict[str, list[int]]] = {field: defaultdict(list) for field in FACETS}
        everything: list[int] = []
        boilerplate: list[int] = []
        groups: dict[int, int] = {}
        for row in rows:
            everything.append(row.ordinal)
            groups[row.ordinal] = row.group
            if row.boilerplate:
                boilerplate.append(row.ordinal)
            for field, values in _values(row).items():
                for value in values:
                    found[field][value].append(row.ordinal)
        self.everything: int = bits_of(everything)
        """Bit set of all passages."""
        self.boilerplate: int = bits_of(boilerplate)
        """Bit set of the passages that are left out unless asked for."""
        self.groups: Mapping[int, int] = groups
        """The group of copies that each ordinal belongs to."""
        self._bits: dict[str, dict[str, int]] = {
            field: {value: bits_of(ordinals) for value, ordinals in values.items()}
            for field, values in found.items()
        }

    def mask(self, filters: Iterable[Filter]) -> int:
        """The bit set of passages that pass all filters; of one facet's values, any is enough.

        Raises UnknownFilter for a facet that does not exist or a value that no passage has.
        """
        return self._mask_of(self._chosen(filters))

    def spelt(self, filters: Iterable[Filter]) -> tuple[Filter, ...]:
        """The filters with their values as the index spells them; raises UnknownFilter as ``mask`` does."""
        return tuple(Filter(wanted.field, self._spelt(wanted)) for wanted in filters)

    def having(self, field: str, values: Iterable[str]) -> int:
        """The bit set of passages with any of a facet's values; a value that no passage has gives none."""
        known, having = self._facet(field), 0
        for value in values:
            having |= known.get(value, 0)
        return having

    def counts(self, matching: int, filters: Iterable[Filter] = ()) -> dict[str, tuple[FacetCount, ...]]:
        """How many passages of ``matching`` (before any filter) have each value, for each facet.

        A facet is counted with the other facets' filters applied and its own left aside: what it
        would give to choose another of its values. Years come newest first, the rest by count, then
        name. A value that would give nothing is left out unless it is chosen. Raises UnknownFilter.
        """
        chosen = self._chosen(filters)
        return {
            field: self._count(
                field,
                matching & self._mask_of({f: values for f, values in chosen.items() if f != field}),
                chosen.get(field, frozenset()),
            )
            for field in FACETS
        }

    def values(self, field: str) -> tuple[str, ...]:
        """All values of a facet, sorted; raises UnknownFilter where there is no such facet."""
        return tuple(sorted(self._facet(field)))

    def ordinals(self, bits: int) -> tuple[int, ...]:
        """The ordinals in a bit set, ascending."""
        return ordinals_of(bits)

    def _count(self, field: str, within: int, chosen: frozenset[str]) -> tuple[FacetCount, ...]:
        counts = [
            FacetCount(value, (bits & within).bit_count(), value in chosen)
            for value, bits in self._bits[field].items()
        ]
        kept = sorted((c for c in counts if c.count or c.selected), key=lambda c: c.value)
        if field == "year":
            return tuple(reversed(kept))
        return tuple(sorted(kept, key=lambda c: -c.count))

    def _mask_of(self, chosen: Mapping[str, frozenset[str]]) -> int:
        mask = self.everything
        for field, values in chosen.items():
            passing = 0
            for value in values:
                passing |= self._bits[field][value]
            mask &= passing
        return mask

    def _chosen(self, filters: Iterable[Filter]) -> dict[str, frozenset[str]]:
        """The values asked for, facet by facet, each known to exist; a filter without values is none."""
        chosen: dict[str, frozenset[str]] = {}
        for wanted in filters:
            values = self._spelt(wanted)
            if values:
                chosen[wanted.field] = chosen.get(wanted.field, frozenset()) | frozenset(values)
        return chosen

    def _spelt(self, wanted: Filter) -> tuple[str, ...]:
        """The values as the index spells them: capitals and signs between words do not matter."""
        known = self._facet(wanted.field)
        if all(value in known for value in wanted.values):
            return wanted.values
        by_folded = {_folded(name): name for name in known}
        values = []
        for value in wanted.values:
            spelt = value if value in known else by_folded.get(_folded(value))
            if spelt is None:
                raise _unknown_value(wanted.field, value, known)
            values.append(spelt)
        return tuple(values)

    def _facet(self, field: str) -> Mapping[str, int]:
        if field not in self._bits:
            raise UnknownFilter(f"There is no filter called “{field}”.", f"Use one of: {', '.join(FACETS)}.")
        return self._bits[field]


def _values(row: FacetRow) -> dict[str, Sequence[str]]:
    return {
        "year": row.years,
        "subgroup": row.subgroups,
        "theme": row.themes,
        "kind": (str(row.kind),),
        "body": (row.body,) if row.body else (),
        "statement": (row.statement,) if row.statement else (),
    }


def _folded(value: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", value.casefold()))


def _unknown_value(field: str, value: str, known: Mapping[str, int]) -> UnknownFilter:
    message = f"No paper in this index has the {field} “{value}”."
    # Compared without case, as people type; the real spelling is what is shown.
    by_folded = {name.casefold(): name for name in known}
    near = [by_folded[name] for name in get_close_matches(value.casefold(), by_folded, n=3, cutoff=0.5)]
    if near:
        return UnknownFilter(message, f"Did you mean {' or '.join(f'“{name}”' for name in near)}?")
    return UnknownFilter(message, f"Leave the {field} filter out to see which values there are.")
