"""Terms that the papers tell together, learned when an index is built: offered, never searched unasked.

A term is a word or a set phrase. Two are related where they stand in the same passages far more often
than by chance: Dunning's log-likelihood ratio over passages without copies and boilerplate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from pathlib import Path

import msgspec

from indexer.errors import IndexDamaged
from indexer.search.association import likelihood_ratio
from indexer.search.phrases import LONGEST, Key, Run, TermFinder, find_terms, told, unpack_told

FILE = "related.json"
"""In the folder of a generation."""
MOST_KEPT = 12
"""Related terms kept of each term; a few are left out when others of the same kind are offered."""
MOST_OFFERED = 8
_OTHERS = 3
"""Other words for what was typed that are looked up in its place."""
_LEAST_TOGETHER = 3
"""Passages that hold both: fewer may be chance."""
_LEAST_PAPERS = 2
"""Papers that tell both together: what one paper alone does is its own affair."""
_LEAST_RATIO = 10.83
"""The log-likelihood ratio that chance reaches once in a thousand pairs."""
_LEAST_LIFT = 2.0
"""Times more often together than if neither knew of the other."""
_MOST_FREQUENT = 0.08
"""A term in a larger share of the passages goes with everything."""
_LEAST_FREQUENT = 4
_MANY_SHORTS = 4
_SHORTS_SHARE = 0.12
"""Different short forms, to all words of a passage, in a list of them."""


@dataclass(frozen=True, slots=True)
class Related:
    """What an index knows of terms that go together."""

    terms: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By the stems of a term, with spaces between: related terms as they are written, closest first."""
    also_words: tuple[str, ...] = ()
    """Words in small letters that the papers also write in capitals: AIM and aim."""

    def to(self, text: str, searched: Iterable[str] = ()) -> tuple[str, ...]:
        """What to offer beside a search for ``text``, its terms taking turns, at most MOST_OFFERED.

        What ``text`` says itself is left out, and what was ``searched`` for along with it. Where the
        papers never say what was typed, what goes with those other words is offered.
        """
        stems, others = _stems(text), [_stems(term) for term in searched]
        keys = [*self._keys(stems)] or [key for other in others for key in self._keys(other)][:_OTHERS]
        kept: list[str] = []
        seen = [set(other) for other in others] + [set(stems)]
        for turn in zip_longest(*(self.terms[key] for key in dict.fromkeys(keys))):
            for term in turn:
                if term is not None and not _is_told(own := set(_stems(term)), seen):
                    kept.append(term)
                    seen.append(own)
        return tuple(kept[:MOST_OFFERED])

    def _keys(self, stems: Sequence[str]) -> Iterator[str]:
        """The longest terms in a row of stems, apart."""
        first = 0
        while first < len(stems):
            for last in range(min(len(stems), first + LONGEST), first, -1):
                if (key := " ".join(stems[first:last])) in self.terms:
                    yield key
                    break
            else:
                last = first + 1
            first = last


@dataclass(frozen=True, slots=True)
class Text:
    """A passage to learn from."""

    document: str
    told: str
    """Its words in runs, packed by ``phrases.pack_told``."""


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that the related terms of an index are learned from, as ``learn`` takes it."""

    texts: tuple[Text, ...]
    terms: tuple[str, ...]
    shorts: tuple[str, ...]


def learn_packed(lessons: Lessons) -> bytes:
    """What ``learn`` gives, as ``write`` takes it: the work of a process of its own."""
    return msgspec.json.encode(learn(lessons.texts, lessons.terms, lessons.shorts))


def learn(texts: Iterable[Text], terms: Iterable[str] = (), shorts: Iterable[str] = ()) -> Related:
    """The related terms of a collection of passages, copies and boilerplate left out before.

    ``terms`` are ways of saying that count as terms wherever they stand; ``shorts`` are short forms, and
    which of them are words as well is found out.
    """
    spoken = ((one.document, unpack_told(one.told)) for one in texts)
    kept = [(document, runs) for document, runs in spoken if not _is_glossary(runs)]
    given = {key for key in map(_stems, terms) if 0 < len(key) <= LONGEST}
    spelled = find_terms([runs for _, runs in kept], given)
    finder = TermFinder(spelled)
    passages = [(document, _terms_of(runs, finder)) for document, runs in kept]
    return Related(
        _related(passages, spelled), _also_words((runs for _, runs in kept), {s.casefold() for s in shorts})
    )


def write(folder: Path, related: Related) -> None:
    """Put it into the folder of a generation."""
    write_packed(folder, msgspec.json.encode(related))


def write_packed(folder: Path, packed: bytes) -> None:
    """Put what ``learn_packed`` gave into the folder of a generation."""
    (folder / FILE).write_bytes(packed)


def read(folder: Path) -> Related:
    """What was learned when a generation was built; raises IndexDamaged."""
    try:
        return msgspec.json.decode((folder / FILE).read_bytes(), type=Related)
    except (OSError, msgspec.MsgspecError) as error:
        raise IndexDamaged(
            f"{folder / FILE} cannot be read: {error}.",
            "Run `boardsearch rebuild`; papers that were read before are not read again.",
        ) from error


# ---------------------------------------------------------------- what stands together


def _is_glossary(runs: Iterable[Run]) -> bool:
    """Whether a passage is a list of short forms: these stand side by side for the alphabet's sake."""
    words = [word.surface for run in runs for word in run]
    shorts = {word for word in words if len(word) > 1 and word.isupper() and word.isalpha()}
    return len(shorts) >= _MANY_SHORTS and len(shorts) > _SHORTS_SHARE * len(words)


def _terms_of(runs: Iterable[Run], finder: TermFinder) -> frozenset[Key]:
    """The terms of a passage."""
    rows = (tuple(word.stem for word in run) for run in runs)
    return frozenset(row[first:last] for row in rows for first, last, _ in finder.find(row))


def _related(
    passages: Sequence[tuple[str, frozenset[Key]]], spelled: Mapping[Key, str]
) -> dict[str, tuple[str, ...]]:
    holders: defaultdict[Key, list[int]] = defaultdict(list)
    for number, (_, terms) in enumerate(passages):
        for term in terms:
            holders[term].append(number)
    most = max(_LEAST_FREQUENT, _MOST_FREQUENT * len(passages))
    usable = {term: at for term, at in holders.items() if _LEAST_FREQUENT <= len(at) <= most}
    told_of = [(document, terms & usable.keys()) for document, terms in passages]
    found = {}
    for term in holders:
        if len(holders[term]) >= _LEAST_FREQUENT:
            near = _nearest(term, told_of, usable, holders[term])
            if near:
                found[" ".join(term)] = tuple(spelled[other] for other in near)
    return found


def _nearest(
    term: Key,
    passages: Sequence[tuple[str, frozenset[Key]]],
    usable: Mapping[Key, list[int]],
    places: Sequence[int],
) -> list[Key]:
    """The terms closest to one, closest first, none that repeats another's words."""
    together: Counter[Key] = Counter()
    for place in places:
        together.update(passages[place][1])
    scored = []
    for other, both in together.items():
        if both >= _LEAST_TOGETHER:
            ratio = _ratio(both, len(places), len(usable[other]), len(passages))
            if ratio >= _LEAST_RATIO:
                scored.append((-ratio, other))
    chosen: list[Key] = []
    seen = [set(term)]
    for _, other in sorted(scored):
        papers = {passages[place][0] for place in set(places).intersection(usable[other])}
        if len(papers) >= _LEAST_PAPERS and not _is_told(set(other), seen):
            chosen.append(other)
            seen.append(set(other))
        if len(chosen) == MOST_KEPT:
            break
    return chosen


def _ratio(both: int, one: int, other: int, total: int) -> float:
    """How surprising it is that two terms stand together so often; 0 where it is not."""
    if both * total < _LEAST_LIFT * one * other:
        return 0.0
    return likelihood_ratio(both, one, other, total)


def _is_told(own: set[str], seen: Iterable[set[str]]) -> bool:
    """Whether a term's words are all in one that was told, or the other way round."""
    return any(own <= other or other <= own for other in seen if other)


def _stems(term: str) -> tuple[str, ...]:
    return tuple(word.stem for run in told(term) for word in run)


def _also_words(passages: Iterable[Iterable[Run]], shorts: Collection[str]) -> tuple[str, ...]:
    """The short forms that stand in small letters too; a slip of the shift key is not a word."""
    small: Counter[str] = Counter()
    other: Counter[str] = Counter()
    for word in (word for runs in passages for run in runs for word in run):
        if word.surface.casefold() in shorts:
            (small if word.surface.islower() else other)[word.surface.casefold()] += 1
    return tuple(sorted(w for w, times in small.items() if times > 1 and 20 * times > other[w]))
