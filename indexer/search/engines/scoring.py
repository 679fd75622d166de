"""From posting lists to scores: BM25 over the segments of an index, for an engine that only stores.

Documents of a segment are numbered from 0, and some may be deleted. The statistics leave deleted ones
out and lengths are exact, so how an index came about, in one go or by many small changes, never shows
in its scores.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence, Set, Sized
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock
from typing import Generic, Protocol, TypeVar

from indexer.search.bitsets import ordinals_of
from indexer.search.contract import FIELD_WEIGHTS
from indexer.search.engines import bm25
from indexer.search.engines.accumulate import Leaf, Scores, phrase_frequency
from indexer.search.query import Among, Everything, OneOf, Phrase, Prefix, Term

NO_ORDINAL = -1
"""Stands in the place of a deleted document's ordinal."""
MOST_POSTINGS = 2_000_000
"""Scored postings kept in memory, at 16 bytes each: room for a few thousand common words."""

MOST_PACKED = 300_000
"""Postings with positions kept in memory, at some 100 bytes each: the words of phrases come again."""

Frequencies = Mapping[int, float]
"""Document number to how often something stands there."""
Scored = tuple["array[int]", "array[float]"]
"""Ordinals and their scores, side by side."""
Packed = Mapping[int, bytes]
"""Document number to a token's positions there, packed."""
Found = TypeVar("Found")
Key = TypeVar("Key")
Value = TypeVar("Value")
Words = Term | Phrase | Prefix | OneOf
"""The leaves that are looked up in posting lists."""
Check = Callable[[], None]
"""Raises where the time of a search is over."""


class Segment(Protocol):
    """A part of an index that was written in one go; what it finds may lie in deleted documents."""

    @property
    def ordinals(self) -> Sequence[int]:
        """Each document's ordinal, ``NO_ORDINAL`` where it is deleted."""

    @property
    def lengths(self) -> Mapping[str, Sequence[int]]:
        """For each field, how many tokens each document has there."""

    def frequencies(self, field: str, token: str) -> Frequencies:
        """How often the token stands in each document that has it in the field."""

    def prefix_frequencies(self, field: str, prefix: str) -> Frequencies:
        """The same for all tokens that begin so, taken together."""

    def packed_positions(self, field: str, token: str) -> Mapping[int, bytes]:
        """The token's positions in each document that has it in the field, as ``unpack`` reads them."""

    def unpack(self, packed: bytes) -> Sequence[int]:
        """Positions, ascending."""


class Scorer:
    """Scores leaves of a query tree over segments that do not change. Threads may share it.

    ``reading`` is entered whenever the segments are read: an engine's lock and translation of errors.
    """

    def __init__(
        self,
        segments: Sequence[Segment],
        reading: Callable[[], AbstractContextManager[None]],
        field_weights: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> None:
        self._field_weights = field_weights
        self._segments = segments
        self._reading = reading
        self._live = [_live_documents(segment) for segment in segments]
        self.passages = sum(map(len, self._live))
        """How many documents there are that are not deleted."""
        self._means = {field: self._mean_length(field) for field in FIELD_WEIGHTS}
        self._penalties = [self._penalties_of(segment) for segment in segments]
        self._cache: PostingCache[Leaf, Scored] = PostingCache(MOST_POSTINGS)
        self._packed: PostingCache[tuple[int, str, str], Packed] = PostingCache(MOST_PACKED)

    def scores(self, leaf: Leaf, check: Check) -> Scores:
        """The score of each passage that the leaf matches, its weight included; the map is the caller's.

        ``check`` is called before each posting list that is read; it may raise to end the search.
        """
        check()
        if isinstance(leaf, Everything):
            pairs = zip(self._segments, self._live, strict=True)
            return {segment.ordinals[doc]: 0.0 for segment, live in pairs for doc in live}
        if isinstance(leaf, Among):
            wanted = set(ordinals_of(leaf.ordinals))
            pairs = zip(self._segments, self._live, strict=True)
            found = (segment.ordinals[doc] for segment, live in pairs for doc in live)
            return {ordinal: 0.0 for ordinal in found if ordinal in wanted}
        ordinals, scores = self._scored(replace(leaf, weight=1.0), check)
        if leaf.weight == 1.0:
            return dict(zip(ordinals, scores, strict=True))
        return {ordinal: leaf.weight * score for ordinal, score in zip(ordinals, scores, strict=True)}

    def frequency(self, token: str) -> int:
        """In how many passages the token stands, in any field."""
        return len(self._scored(Term(token), _endless)[0])

    def _scored(self, leaf: Words, check: Check) -> Scored:
        """A leaf's scores, decoded once and then kept."""
        scored = self._cache.get(leaf)
        if scored is None:
            with self._reading():
                scored = self._score(leaf, check)
            self._cache.put(leaf, scored, len(scored[0]))
        return scored

    def _score(self, leaf: Words, check: Check) -> Scored:
        total: Scores = {}
        for field, weight in self._field_weights.items():
            if leaf.field not in ("", field):
                continue
            idf, found = self._occurrences(leaf, field, check)
            for segment, frequencies, penalties in zip(self._segments, found, self._penalties, strict=True):
                _add_scores(total, frequencies, segment.ordinals, penalties[field], weight * idf)
        return array("q", total), array("d", total.values())

    def _occurrences(self, leaf: Words, field: str, check: Check) -> tuple[float, list[Frequencies]]:
        """The leaf's idf in the field, and how often it stands in each document of each segment."""
        match leaf:
            case Phrase(tokens=tokens, slop=slop):
                return self._phrase_occurrences(field, tokens, slop)
            case Term(token=token):
                found = [segment.frequencies(field, token) for segment in self._segments]
            case Prefix(prefix=prefix):
                found = [segment.prefix_frequencies(field, prefix) for segment in self._segments]
            case OneOf(tokens=tokens):
                found = [_together(segment, field, tokens, check) for segment in self._segments]
        alive = [self._alive(i, frequencies) for i, frequencies in enumerate(found)]
        return self._idf(alive), alive

    def _phrase_occurrences(
        self, field: str, tokens: tuple[str, ...], slop: int
    ) -> tuple[float, list[Frequencies]]:
        """The idfs of a phrase's tokens added up, and at how many positions it begins."""
        packed: list[list[Packed]] = [[] for _ in self._segments]
        for token in tokens:
            for i, of in enumerate(packed):
                of.append(self._packed_positions(i, field, token))
            if not any(of[-1] for of in packed):
                return 0.0, [{} for _ in packed]  # the field never has it, so the rest need not be read
        idf = sum(self._idf([of[i] for of in packed]) for i in range(len(tokens)))
        pairs = zip(self._segments, packed, strict=True)
        return idf, [_phrase_frequencies(segment, of, slop) for segment, of in pairs]

    def _packed_positions(self, segment: int, field: str, token: str) -> Packed:
        """The token's positions in the documents of a segment, read once and then kept for a while."""
        key = (segment, field, token)
        found = self._packed.get(key)
        if found is None:
            found = self._alive(segment, self._segments[segment].packed_positions(field, token))
            self._packed.put(key, found, len(found))
        return found

    def _alive(self, segment: int, found: Mapping[int, Found]) -> Mapping[int, Found]:
        ordinals = self._segments[segment].ordinals
        if len(self._live[segment]) == len(ordinals):
            return found
        return {doc: value for doc, value in found.items() if ordinals[doc] != NO_ORDINAL}

    def _idf(self, found: Iterable[Sized]) -> float:
        return bm25.inverse_document_frequency(sum(map(len, found)), self.passages)

    def _mean_length(self, field: str) -> float:
        pairs = zip(self._segments, self._live, strict=True)
        lengths = [segment.lengths[field][doc] for segment, live in pairs for doc in live]
        having = sum(length > 0 for length in lengths)
        return sum(lengths) / having if having else 1.0

    def _penalties_of(self, segment: Segment) -> dict[str, array[float]]:
        return {
            field: array("d", (bm25.length_penalty(n, mean) for n in segment.lengths[field]))
            for field, mean in self._means.items()
        }


class PostingCache(Generic[Key, Value]):
    """What was used last, up to a number of postings in all. Threads may share it."""

    def __init__(self, most_postings: int) -> None:
        self._most = most_postings
        self._held = 0
        self._kept: OrderedDict[Key, tuple[Value, int]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key) -> Value | None:
        """What was kept, or None."""
        with self._lock:
            if (kept := self._kept.get(key)) is None:
                return None
            self._kept.move_to_end(key)
            return kept[0]

    def put(self, key: Key, value: Value, postings: int) -> None:
        """Keep a value of so many postings, and let go of those not used for longest."""
        with self._lock:
            if key in self._kept:
                return
            # One more for each, so that words that stand nowhere do not gather without end.
            self._kept[key] = (value, postings + 1)
            self._held += postings + 1
            while self._held > self._most:
                _, (_, dropped) = self._kept.popitem(last=False)
                self._held -= dropped


def _add_scores(
    total: Scores, found: Frequencies, ordinals: Sequence[int], penalties: array[float], scale: float
) -> None:
    """Add to ``total`` what the frequencies in one field are worth (see ``bm25.saturation``)."""
    known = total.get
    for doc, frequency in found.items():
        ordinal = ordinals[doc]
        total[ordinal] = known(ordinal, 0.0) + scale * (frequency / (frequency + penalties[doc]))


def _together(segment: Segment, field: str, tokens: tuple[str, ...], check: Check) -> Frequencies:
    """How often any of the tokens stands in each document that has one of them in the field."""
    total: dict[int, float] = {}
    known = total.get
    for token in dict.fromkeys(tokens):
        check()
        for doc, frequency in segment.frequencies(field, token).items():
            total[doc] = known(doc, 0.0) + frequency
    return total


def _phrase_frequencies(segment: Segment, packed: list[Mapping[int, bytes]], slop: int) -> Frequencies:
    """At how many positions the phrase begins in each document that has it."""
    if not (packed and all(packed)):
        return {}
    having: Set[int] = packed[0].keys()
    for of in packed[1:]:
        having = having & of.keys()
    found = {doc: phrase_frequency([segment.unpack(of[doc]) for of in packed], slop) for doc in having}
    return {doc: count for doc, count in found.items() if count}


def _endless() -> None:
    """For what is looked up beside a search."""


def _live_documents(segment: Segment) -> list[int]:
    return [doc for doc, ordinal in enumerate(segment.ordinals) if ordinal != NO_ORDINAL]
