"""Words spelled otherwise than in the papers: what begins so, what is close, what may have been meant.

The words are the papers' own, each with the number of passages that have it, counted when the index is
built. A correction is offered only for a word that neither the papers nor the vocabulary know, and that
does not look like a name.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from indexer.search.analysis import STOP_WORDS, normalise, words

SHORTEST = 4
"""Letters of a word that is corrected: shorter ones are acronyms, and close to half of all others."""
_LETTER_COST = 4.0
"""A further letter that differs has to be made up by e to this power, some fifty times, as many passages."""
_FIRST_LETTER_COST = 2.0
"""People seldom mistype the first letter."""
_SHORTEST_PART = 3
"""Letters of each of two words that were typed as one."""


def count_words(passages: Iterable[Iterable[str]]) -> Counter[str]:
    """In how many of the passages, each given as texts, each word stands, spelled as words are compared;
    figures are left out."""
    counts: Counter[str] = Counter()
    for texts in passages:
        counts.update(frozenset().union(*map(_spelled, texts)))
    return Counter({word: count for word, count in counts.items() if word.isalpha() and len(word) > 1})


@lru_cache(maxsize=256)  # of headings and titles, which many passages share
def _spelled(text: str) -> frozenset[str]:
    return frozenset(normalise(text[start:end]) for start, end in words(text))


def edits_for(word: str) -> int:
    """How many letters of a word of this length may differ before it is another word."""
    return 0 if len(word) < 3 else 1 if len(word) < 7 else 2


class Lexicon:
    """The words of an index and how many passages have each. Read when first asked; threads may share it."""

    def __init__(self, load: Callable[[], Iterable[tuple[str, int]]], also: Iterable[str] = ()) -> None:
        """``load`` gives the papers' words; those in ``also`` are known though no paper has them."""
        self._load = load
        self._also = tuple(also)

    def __contains__(self, word: str) -> bool:
        return normalise(word) in self._counts

    def passages(self, word: str) -> int:
        """How many passages have the word, in this spelling."""
        return self._counts.get(normalise(word), 0)

    def beginning(self, typed: str) -> tuple[str, ...]:
        """The papers' words that begin so, those of most passages first; no stop words."""
        prefix = normalise(typed)
        if not prefix:
            return ()
        found = []
        for word in self._sorted[bisect_left(self._sorted, prefix) :]:
            if not word.startswith(prefix):
                break
            found.append(word)
        return self._by_use(found)

    def alike(self, typed: str, edits: int | None = None) -> tuple[str, ...]:
        """The papers' words with at most ``edits`` letters changed, added, missing or swapped, best first."""
        word = normalise(typed)
        most = edits_for(word) if edits is None else edits
        found = {near: distance for near, distance in self._near(word, most) if self._counts[near]}
        return tuple(sorted(found, key=lambda near: (found[near], -self._counts[near], near)))

    def closest(self, typed: str) -> str | None:
        """The word that was most likely meant; None where no word is close."""
        word = normalise(typed)
        values = {near: self._likelihood(word, near, off) for near, off in self._near(word, edits_for(word))}
        return max(values, key=lambda near: (values[near], near), default=None)

    def apart(self, typed: str) -> str | None:
        """Two of the papers' words that were typed as one, a blank between; None where there are none."""
        word = normalise(typed)
        ends = range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1)
        pairs = [(word[:end], word[end:]) for end in ends]
        counts = {pair: min(map(self.passages, pair)) for pair in pairs}
        best = max(counts, key=lambda pair: counts[pair], default=None)
        return " ".join(best) if best and counts[best] > 1 else None

    def _likelihood(self, word: str, near: str, distance: int) -> float:
        first = _FIRST_LETTER_COST if near[0] != word[0] else 0.0
        return math.log(1 + self._counts[near]) - _LETTER_COST * distance - first

    def _near(self, word: str, most: int) -> Iterator[tuple[str, int]]:
        """Words within ``most`` edits, with the distance (optimal string alignment)."""
        for length in range(max(1, len(word) - most), len(word) + most + 1):
            near = process.extract(
                word, self._by_length.get(length, ()), scorer=OSA.distance, score_cutoff=most, limit=None
            )
            yield from ((found, int(distance)) for found, distance, _ in near)

    def _by_use(self, found: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(found, key=lambda word: (-self._counts[word], word)))

    @cached_property
    def _counts(self) -> Mapping[str, int]:
        known = dict.fromkeys((word for word in map(normalise, self._also) if word.isalpha()), 0)
        return known | {word: count for word, count in self._load() if word not in STOP_WORDS}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(word for word, count in self._counts.items() if count)

    @cached_property
    def _by_length(self) -> Mapping[int, list[str]]:
        found: dict[int, list[str]] = defaultdict(list)
        for word in self._counts:
            found[len(word)].append(word)
        return found


def suggest(typed: str, missing: Iterable[str], lexicon: Lexicon, finds: Callable[[str], bool]) -> str | None:
    """The question with its ``missing`` words corrected; None where there is nothing to correct.

    ``finds`` says whether a word finds anything: what finds nothing is not offered.
    """
    corrected = typed
    for word in dict.fromkeys(missing):
        if not _can_be_wrong(word, typed, lexicon):
            continue
        joined = _joined(word, corrected, lexicon)
        if joined is not None:
            corrected = corrected.replace(*joined)
            continue
        meant = lexicon.closest(word) or lexicon.apart(word)
        if meant is not None and finds(meant):
            corrected = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", meant, corrected)
    return corrected if corrected != typed else None


def is_slip(typed: str, suggestion: str) -> bool:
    """Whether a suggestion puts right a single slip of the keyboard: one letter changed, missing, added or
    swapped. "Crossing" may be close to "closing", but whoever typed it may have meant it: such a word is
    offered, never searched unasked.
    """
    return OSA.distance(normalise(typed), normalise(suggestion), score_cutoff=1) <= 1


def _can_be_wrong(word: str, typed: str, lexicon: Lexicon) -> bool:
    return len(word) >= SHORTEST and word.isalpha() and word not in lexicon and not _is_name(word, typed)


def _is_name(word: str, typed: str) -> bool:
    """Whether a word is written as a name: a capital inside the question, or beside another capital.

    Where all is in capitals, or each word has one, they say nothing.
    """
    spelled = [typed[start:end] for start, end in words(typed)]
    if not word[:1].isupper() or all(each[:1].isupper() for each in spelled):
        return word.isupper() and not typed.isupper()
    at = spelled.index(word) if word in spelled else 0
    return at > 0 or any(each[:1].isupper() for each in spelled[1:2])


def _joined(word: str, typed: str, lexicon: Lexicon) -> tuple[str, str] | None:
    """A known word that was typed in two: what stands there, and the word ("safe guarding")."""
    for match in re.finditer(rf"(\w+) {re.escape(word)}(?!\w)|(?<!\w){re.escape(word)} (\w+)", typed):
        whole = match[0].replace(" ", "")
        if lexicon.passages(whole):
            return match[0], normalise(whole)
    return None
