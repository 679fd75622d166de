"""What every search engine does, and no more: take analysed passages in, give ranked ordinals out.

Hydrating, highlighting, folding copies and facets are not an engine's work, so every engine gives
the same page. A passage is known to an engine by its ordinal, an integer that the catalogue gives
it for life.

Scores: for each field, BM25 with k1 1.2 and b 0.75 (Robertson and Zaragoza 2009, "The Probabilistic
Relevance Framework"), idf = ln(1 + (N - n + 0.5) / (n + 0.5)); fields add up, each times its weight.
An engine may differ in near-ties, never in which passages match.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from indexer.search.analysis import Placed, Token
from indexer.search.query import Node

FIELD_WEIGHTS: Mapping[str, float] = {"text": 1.0, "heading": 0.2, "title": 0.1}
"""The fields of a passage and what a match in each is worth: its own words; its section path and
what governs it (table header, lead-in); the titles of its document and part."""


LONGEST_SEARCH = 1.5
"""Seconds that an engine may search before it gives up with EngineTimeout."""


class Capability(StrEnum):
    """What an engine can do beyond plain terms; conformance tests name what they need."""

    PHRASE = "phrase"
    SLOP = "slop"
    PREFIX = "prefix"
    EXACT_TOTAL = "exact_total"
    PERSISTENT = "persistent"


@dataclass(frozen=True, slots=True)
class IndexedPassage:
    """A passage as engines take it in: an ordinal and the analysed tokens of each field."""

    ordinal: int
    fields: Mapping[str, Sequence[Token | Placed]]


@dataclass(frozen=True, slots=True)
class Matches:
    """What an engine found: the best passages, and the set of all that match.

    ``ranked`` is (ordinal, score), best first, ties by ordinal. ``matching`` is a bit set of
    ordinals (bit i set: passage i matches), before any filter.
    """

    ranked: tuple[tuple[int, float], ...]
    matching: int
    total: int
    """How many match and pass ``within``."""
    total_is_exact: bool = True


class IndexWriter(Protocol):
    """Writes one generation of an engine's index. Nothing is to be seen before ``commit``."""

    def add(self, passages: Iterable[IndexedPassage]) -> None:
        """Take passages in; an ordinal that is there already is replaced."""

    def remove(self, ordinals: Iterable[int]) -> None:
        """Take passages out; ordinals that are not there are passed over."""

    def commit(self) -> None:
        """Make all changes durable; raises IndexNotWritable where the disk refuses."""

    def abort(self) -> None:
        """Forget all changes since the writer was opened."""


class SearchEngine(Protocol):
    """Searches one generation."""

    name: str
    capabilities: frozenset[Capability]

    def search(self, tree: Node, limit: int, within: int | None = None) -> Matches:
        """The passages that ``tree`` matches, best first, at most ``limit``.

        ``within``: a bit set of ordinals that may be shown; None is all. Raises EngineUnavailable,
        EngineTimeout or PartialResults, never an empty result for a failure.
        """

    def count(self) -> int:
        """How many passages the index holds."""

    def frequency(self, token: str) -> int:
        """In how many passages the token stands, in any field's text; 0 where in none."""

    def close(self) -> None:
        """Give files and memory back."""


class EngineBackend(Protocol):
    """Opens an engine's index in a folder: what the registry of engines holds."""

    name: str

    def writer(self, folder: Path) -> AbstractContextManager[IndexWriter]:
        """A writer on the index in ``folder`` (made where absent); aborts when left by an error."""

    def open(self, folder: Path, field_weights: Mapping[str, float] = FIELD_WEIGHTS) -> SearchEngine:
        """The engine on the index in ``folder``, fields worth ``field_weights`` (each above 0).

        Raises EngineUnavailable or IndexDamaged.
        """
