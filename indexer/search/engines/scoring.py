"""From posting lists to scores: BM25 over the segments of an index, for an engine that only stores.

Documents of a segment are numbered from 0, and some may be deleted. The statistics leave deleted ones
out and lengths are exact, so how an index came about, in one go or by many small changes, never shows
in its scores.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from threading import Lock
from typing import Generic, Protocol, TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.search.bitsets import ordinals_of
from indexer.search.contract import FIELD_WEIGHTS
from indexer.search.engines import bm25
from indexer.search.engines.accumulate import Leaf, Numbers, Scores, Values
from indexer.search.engines.postings import NO_FREQUENCIES, Frequencies, Postings, phrase_frequencies
from indexer.search.query import Among, Everything, OneOf, Phrase, Prefix, Term

NO_ORDINAL = -1
"""Stands in the place of a deleted document's ordinal."""
MOST_POSTINGS = 2_000_000
"""Scored postings kept in memory, at 16 bytes each: room for a few thousand common words."""

MOST_READ = 500_000
"""Postings with positions kept in memory, at some 40 bytes each: the words of phrases come again."""

Key = TypeVar("Key")
Value = TypeVar("Value")
Words = Term | Phrase | Prefix | OneOf
"""The leaves that are looked up in posting lists."""
Check = Callable[[], None]
"""Raises where the time of a search is over."""


class Segment(Protocol):
    """A part of an index that was written in one go; what it finds may lie in deleted documents."""

    @property
    def ordinals(self) -> Numbers:
        """Each document's ordinal, ``NO_ORDINAL`` where it is deleted."""

    @property
    def lengths(self) -> Mapping[str, Values]:
        """For each field, how many tokens each document has there."""

    def postings(self, field: str, token: str) -> Postings:
        """Where the token stands in the field."""

    def beginning(self, field: str, prefix: str) -> Iterable[str]:
        """The tokens of the field that begin so."""


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
        self._live = [segment.ordinals != NO_ORDINAL for segment in segments]
        self.passages = sum(int(live.sum()) for live in self._live)
        """How many documents there are that are not deleted."""
        self._means = {field: self._mean_length(field) for field in FIELD_WEIGHTS}
        self._penalties = [self._penalties_of(segment) for segment in segments]
        self._everything = _everything(segments)
        self._cache: PostingCache[Leaf, Scores] = PostingCache(MOST_POSTINGS)
        self._read: PostingCache[tuple[int, str, str], Postings] = PostingCache(MOST_READ)

    def scores(self, leaf: Leaf, check: Check) -> Scores:
        """The score of each passage that the leaf matches, its weight included.

        ``check`` is called before each posting list that is read; it may raise to end the search.
        """
        check()
        if isinstance(leaf, Everything):
            return _unscored(self._everything)
        if isinstance(leaf, Among):
            wanted = np.array(ordinals_of(leaf.ordinals), np.int64)
            return _unscored(self._everything[np.isin(self._everything, wanted)])
        ordinals, values = self._scored(replace(leaf, weight=1.0), check)
        return Scores(ordinals, values if leaf.weight == 1.0 else leaf.weight * values)

    def frequency(self, token: str) -> int:
        """In how many passages the token stands, in any field."""
        return len(self._scored(Term(token), _endless).ordinals)

    def _scored(self, leaf: Words, check: Check) -> Scores:
        """A leaf's scores, decoded once and then kept."""
        scored = self._cache.get(leaf)
        if scored is None:
            with self._reading():
                scored = self._score(leaf, check)
            self._cache.put(leaf, scored, len(scored.ordinals))
        return scored

    def _score(self, leaf: Words, check: Check) -> Scores:
        total = np.zeros(int(self._everything[-1]) + 1 if len(self._everything) else 0)
        for field, weight in self._field_weights.items():
            if leaf.field not in ("", field):
                continue
            idf, found = self._occurrences(leaf, field, check)
            for segment, (docs, counts), penalties in zip(
                self._segments, found, self._penalties, strict=True
            ):
                total[segment.ordinals[docs]] += (
                    weight * idf * bm25.saturation(counts, penalties[field][docs])
                )
        ordinals = np.flatnonzero(total)
        return Scores(ordinals, total[ordinals])

    def _occurrences(self, leaf: Words, field: str, check: Check) -> tuple[float, list[Frequencies]]:
        """The leaf's idf in the field, and how often it stands in each document of each segment."""
        match leaf:
            case Phrase(tokens=tokens, slop=slop):
                return self._phrase_occurrences(field, tokens, slop)
            case Term(token=token):
                found = [self._frequencies(i, field, token) for i in range(len(self._segments))]
            case Prefix(prefix=prefix):
                begun = [segment.beginning(field, prefix) for segment in self._segments]
                found = [self._together(i, field, tokens, check) for i, tokens in enumerate(begun)]
            case OneOf(tokens=tokens):
                found = [self._together(i, field, tokens, check) for i in range(len(self._segments))]
        return self._idf([len(of.docs) for of in found]), found

    def _together(self, segment: int, field: str, tokens: Iterable[str], check: Check) -> Frequencies:
        """How often any of the tokens stands in each document that has one of them in the field."""
        total = np.zeros(len(self._live[segment]))
        for token in dict.fromkeys(tokens):
            check()
            docs, counts = self._frequencies(segment, field, token)
            total[docs] += counts
        docs = np.flatnonzero(total)
        return Frequencies(docs, total[docs])

    def _phrase_occurrences(
        self, field: str, tokens: tuple[str, ...], slop: int
    ) -> tuple[float, list[Frequencies]]:
        """The idfs of a phrase's tokens added up, and at how many positions it begins."""
        segments = range(len(self._segments))
        idf = 0.0
        for token in tokens:
            having = [len(self._frequencies(i, field, token).docs) for i in segments]
            if not any(having):
                return 0.0, [NO_FREQUENCIES for _ in segments]  # so the other tokens need not be read
            idf += self._idf(having)
        read = [[self._postings(i, field, token) for token in tokens] for i in segments]
        return idf, [_kept(phrase_frequencies(read[i], slop), self._live[i]) for i in segments]

    def _frequencies(self, segment: int, field: str, token: str) -> Frequencies:
        """How often the token stands in each document that is not deleted."""
        found = self._postings(segment, field, token)
        return _kept(Frequencies(found.docs, found.counts), self._live[segment])

    def _postings(self, segment: int, field: str, token: str) -> Postings:
        """Where the token stands in a segment, read once and then kept for a while."""
        key = (segment, field, token)
        found = self._read.get(key)
        if found is None:
            found = self._segments[segment].postings(field, token)
            self._read.put(key, found, len(found.positions))
        return found

    def _idf(self, having: Iterable[int]) -> float:
        """Of what stands in so many documents of each segment."""
        return bm25.inverse_document_frequency(sum(having), self.passages)

    def _mean_length(self, field: str) -> float:
        pairs = zip(self._segments, self._live, strict=True)
        lengths = [segment.lengths[field][live] for segment, live in pairs]
        having = sum(int(np.count_nonzero(of)) for of in lengths)
        return sum(float(of.sum()) for of in lengths) / having if having else 1.0

    def _penalties_of(self, segment: Segment) -> dict[str, Values]:
        return {
            field: bm25.length_penalty(segment.lengths[field], mean) for field, mean in self._means.items()
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


def _everything(segments: Sequence[Segment]) -> Numbers:
    """The ordinals of all documents that are not deleted, ascending."""
    ordinals = np.concatenate([np.empty(0, np.int64), *(segment.ordinals for segment in segments)])
    return np.sort(ordinals[ordinals != NO_ORDINAL])


def _unscored(ordinals: Numbers) -> Scores:
    return Scores(ordinals, np.zeros(len(ordinals)))


def _kept(found: Frequencies, live: NDArray[np.bool_]) -> Frequencies:
    """What stands in documents that are not deleted."""
    kept = live[found.docs]
    return found if kept.all() else Frequencies(found.docs[kept], found.counts[kept])


def _endless() -> None:
    """For what is looked up beside a search."""
