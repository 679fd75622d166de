"""What a field typed in a question names: ``year:2012-13``, ``subgroup:training``, ``file:minutes``.

People type a part of a name, an acronym or a year in their own way; here that becomes the values that
papers have, and the set of passages that have one of them.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Protocol

from indexer.search.analysis import analyse
from indexer.search.bitsets import bits_of
from indexer.search.columns import Columns
from indexer.search.results import FACETS, Filter
from indexer.search.wishes import years_in

WORD_FIELDS = {"title": "title", "heading": "heading"}
"""Fields whose words are searched, by the names of the engines' fields."""
PAPER_FIELDS = (*FACETS, "case", "file")
"""Fields that passages have values in."""
FIELDS = (*PAPER_FIELDS, *WORD_FIELDS)
"""All fields that can be typed."""
SHOWN = 5
"""So many values are named where a typed one fits none."""
_INITIALS = re.compile(r"\b[^\W\d_]")


class PlacedRow(Protocol):
    """What a passage can be asked for by, beside its facets."""

    @property
    def ordinal(self) -> int:
        """The passage's number."""

    @property
    def cases(self) -> Sequence[str]:
        """Names of the cases that it tells of."""

    @property
    def file(self) -> str:
        """Its document's file."""


@dataclass(frozen=True, slots=True)
class Having:
    """The passages that have a value which a typed one names."""

    values: tuple[str, ...]
    ordinals: int
    """Bit set."""


class FieldValues:
    """The values of an index's passages, by field; immutable once made, so threads may share it."""

    def __init__(self, columns: Columns, rows: Iterable[PlacedRow]) -> None:
        self._columns = columns
        # Arrays, four bytes a passage: a bit set for each file would grow with the square of the papers.
        self._placed: dict[str, dict[str, array[int]]] = {"case": {}, "file": {}}
        for row in rows:
            for case in row.cases:
                self._placed["case"].setdefault(case, array("I")).append(row.ordinal)
            self._placed["file"].setdefault(row.file, array("I")).append(row.ordinal)
        self.bodies = columns.values("body")
        """The boards and committees that there are papers of."""

    def having(self, field: str, typed: str) -> Having | None:
        """The passages that a typed field asks for; None where no value is meant by it.

        ``field`` is one of ``PAPER_FIELDS``.
        """
        values = self._meant(field, typed)
        if not values:
            return None
        if field in FACETS:
            return Having(values, self._columns.mask([Filter(field, values)]))
        return Having(values, bits_of([o for value in values for o in self._placed[field][value]]))

    def values(self, field: str) -> tuple[str, ...]:
        """All values of one of ``PAPER_FIELDS``, sorted; years newest first."""
        if field not in FACETS:
            return tuple(sorted(self._placed[field]))
        found = self._columns.values(field)
        return found[::-1] if field == "year" else found

    def nearest(self, field: str, typed: str) -> tuple[str, ...]:
        """The values that are most like what was typed, best first; none where none is like it."""
        known = {value.casefold(): value for value in self.values(field)}
        return tuple(known[name] for name in get_close_matches(typed.casefold(), known, n=SHOWN))

    def _meant(self, field: str, typed: str) -> tuple[str, ...]:
        known = self.values(field)
        if field == "year":
            years = years_in(typed)
            return tuple(value for value in known if value in years)
        plain = _plain(typed)
        if field == "file":
            return tuple(value for value in known if plain and plain in _plain(value))
        same = tuple(value for value in known if _plain(value) == plain)
        return same or _partly(typed, known) or _by_initials(typed, known)


def _partly(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    """The values that have all words of what was typed."""
    wanted = _forms(typed)
    return tuple(value for value in known if wanted and wanted <= _forms(value))


def _by_initials(typed: str, known: Iterable[str]) -> tuple[str, ...]:
    wanted = typed.casefold()
    if not wanted.isalpha() or len(wanted) < 2:
        return ()
    return tuple(v for v in known if "".join(_INITIALS.findall(v)).casefold().startswith(wanted))


def _forms(text: str) -> frozenset[str]:
    return frozenset(token.text for token in analyse(text.replace("_", " ")))


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s_-]+", text.casefold().strip()))
