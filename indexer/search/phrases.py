"""Words of the subject and set phrases in running text: what terms are made of.

Names of people and places are left out by how they are written: a term is a word that stands in small
letters at least as often as not, an acronym, or a phrase of such words.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

from indexer.search.analysis import STOP_WORDS, normalise, stem, words
from indexer.search.association import pmi
from indexer.search.vocabulary_file import TOO_GENERAL

_LEAST_TIMES = 4
_LEAST_TIED = 3.0
"""Pointwise mutual information, in bits, of two words that make a phrase: eight times chance."""
LONGEST = 5
"""Words of a phrase."""
_LEAST_WHOLE = 0.3
"""Share of its places in which a term stands by itself, not inside a longer one."""
_LEAST_AGAIN = 1.12
"""Times that a word of the subject stands in a passage that holds it at all: what a passage is about
comes again, a turn of phrase does not (Church and Gale 1995, "Poisson mixtures")."""
_SHORTEST = 3
"""Letters of the stem of a word that is a term alone; an acronym may have fewer."""
_GAP = re.compile(r"[ \n\u00a0-]{1,2}")
_INSIDE = frozenset("after and from in of".split())
"""Small words that a phrase may hold, never begin or end with."""

# What every paper of every board says, whatever it is about.
_ROUTINE = frozenset(
    """able according achieve achieved add added additional address addressed agree agreed aim aimed allow
    always appropriate april area areas around ask asked attend attended august available aware based
    basis become began begin better board boards bring care carried carry cause central chair change
    children clear clearly collect come common complete completed concern concerns consider considered
    continue continued continues continuing contribute cover covered current currently date day days
    december deliver delivered delivering detail details develop developed developing development
    different discuss discussed draft due enough ensure ensured ensuring establish established example
    expect expected february feed find findings first focus focused follow followed following form full
    future good great greater group groups held high highlighted hold however identified identify impact
    implement implementation implemented important improve improved improving include included includes
    including increase increased increasing individual information initial involve involved involving
    issues january join july june keep key know large last later led less level list local long look low
    lower main maintain march members met monitor monitored month months move national necessary needs
    new next noted november number numbers october ongoing open order outcome outcomes overall page part
    particular particularly partner partners people period place planned point possible present previous
    priority process produced professionals progress promote provide provided provides providing purpose
    put raise raised range receive received recent recommend recommended reduce reflect regard regular
    relevant remain report reported reports require required respond response responsible right role
    second see seen september series serve services set several share short show showed sign significant
    similar six small specific stage standard start started state strong strongly subject support
    supported sure systems table taken target team ten term terms third three today total track turn two
    type understand understanding undertake undertaken undertaking undertook use used view want way week
    weeks well whole wide wider work worked working year years yes young""".split()
)


_STOPS = frozenset(stem(word) for word in STOP_WORDS)
ROUTINE_STEMS = frozenset(stem(word) for word in _ROUTINE | TOO_GENERAL)
"""Stems of what every paper of every board says, whatever it is about."""

Key = tuple[str, ...]
"""A term as the stems of its words."""


class Told(NamedTuple):
    """A word of a text."""

    surface: str
    """As written."""
    stem: str


Run = list[Told]
"""Words that follow each other without a comma, a full stop or a bracket between."""


class _Kinds(NamedTuple):
    """Which stems may be of a term."""

    subjects: frozenset[str]
    """Stems that may be part of a term."""
    alone: frozenset[str]
    """Stems that may be a term by themselves."""


def told(text: str) -> list[Run]:
    """The words of a text in runs: a comma, a full stop or a bracket ends one."""
    return unpack_told(pack_told(text))


def pack_told(text: str) -> str:
    """The words of a text as written, a space between, each run on a line: no word holds white space."""
    parts: list[str] = []
    end = -1
    for start, stop in words(text):
        # One space is by far the most usual gap, and quicker to see than to match.
        if end >= 0:
            parts.append(" " if text[end:start] == " " or _GAP.fullmatch(text, end, start) else "\n")
        parts.append(text[start:stop])
        end = stop
    return "".join(parts)


def unpack_told(packed: str) -> list[Run]:
    """The runs that ``pack_told`` packed."""
    return [[_told(word) for word in run.split(" ")] for run in packed.split("\n")] if packed else []


@lru_cache(maxsize=65_536)
def _told(surface: str) -> Told:
    return Told(surface, stem(normalise(surface)))


def find_terms(passages: Sequence[Sequence[Run]], known: Collection[Key] = ()) -> dict[Key, str]:
    """The terms of passages by their stems, as each is most often written: words of the subject, phrases
    whose words stand together far more often than by chance, and what is ``known`` to be a term.

    What stands nearly always inside a longer phrase is no term: "adolescent mental".
    """
    runs = [run for passage in passages for run in passage]
    kinds = _kinds(passages)
    rows = [tuple(word.stem for word in run) for run in runs]
    finder = TermFinder(_phrases(rows, kinds) | {(word,) for word in kinds.alone} | set(known))
    ways: defaultdict[Key, Counter[str]] = defaultdict(Counter)
    whole: Counter[Key] = Counter()
    for run, row in zip(runs, rows, strict=True):
        for first, last, inside in finder.find(row):
            ways[row[first:last]][" ".join(word.surface for word in run[first:last])] += 1
            whole[row[first:last]] += not inside
    return {
        key: _usual(counts)
        for key, counts in ways.items()
        if whole[key] >= max(_LEAST_TIMES, _LEAST_WHOLE * counts.total())
    }


class TermFinder:
    """Finds known terms in rows of stems."""

    def __init__(self, terms: Collection[Key]) -> None:
        self._terms = frozenset(terms)
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for term in self._terms:
            lengths[term[0]].add(len(term))
        self._lengths = {first: sorted(sizes, reverse=True) for first, sizes in lengths.items()}

    def find(self, row: Key) -> Iterator[tuple[int, int, bool]]:
        """Slices of a row that are terms, each with whether it stands inside a longer one."""
        covered = 0
        for first, word in enumerate(row):
            longest = 0
            for size in self._lengths.get(word, ()):
                last = first + size
                if last <= len(row) and row[first:last] in self._terms:
                    longest = longest or last
                    yield first, last, last < longest or last <= covered
            covered = max(covered, longest)


def _phrases(rows: Sequence[Key], kinds: _Kinds) -> frozenset[Key]:
    """Phrases of two words and more, as stems."""
    tied = _tied(rows, kinds)
    counts: Counter[Key] = Counter(
        row[first:last] for row in rows for first, last in _linked(row, tied, kinds.subjects)
    )
    return frozenset(key for key, times in counts.items() if times >= _LEAST_TIMES and _is_term(key, kinds))


def _linked(row: Key, tied: Collection[Key], subjects: Collection[str]) -> Iterator[tuple[int, int]]:
    """Slices of a row that begin and end with words of the subject, each word linked to the next."""
    links = [one in _INSIDE or other in _INSIDE or (one, other) in tied for one, other in pairwise(row)]
    for first, is_link in enumerate(links):
        if is_link and row[first] in subjects:
            for last in range(first + 1, min(len(row), first + LONGEST)):
                if not links[last - 1]:
                    break
                if row[last] in subjects:
                    yield first, last + 1


def _tied(rows: Sequence[Key], kinds: _Kinds) -> frozenset[tuple[str, str]]:
    """Neighbours that stand together far more often than by chance."""
    pairs = Counter(chain.from_iterable(map(pairwise, rows)))
    singles = Counter(chain.from_iterable(rows))
    total = singles.total()
    return frozenset(
        pair
        for pair, times in pairs.items()
        if times >= _LEAST_TIMES
        and kinds.subjects.issuperset(pair)
        and pmi(times, singles[pair[0]], singles[pair[1]], total) >= _LEAST_TIED
    )


def _usual(counts: Counter[str]) -> str:
    """The most frequent spelling, in small letters where any paper writes it so, unless it is an acronym."""
    folded: Counter[str] = Counter()
    for surface, times in counts.items():
        folded[surface.lower()] += times
    best, times = folded.most_common(1)[0]
    ways = {surface: same for surface, same in counts.items() if surface.lower() == best}
    surface = max(ways, key=lambda way: (ways[way], way))
    capitals = sum(letter.isupper() for letter in surface)
    if " " in surface or capitals < 2:
        return surface if best not in ways and not surface.isupper() else best
    return surface if 2 * ways[surface] > times else best


def _is_term(key: tuple[str, ...], kinds: _Kinds) -> bool:
    ends = {key[0], key[-1]}
    inner = set(key[1:-1]) - _INSIDE
    return ends <= kinds.subjects and inner <= kinds.subjects and bool(ends & kinds.alone)


def _kinds(passages: Sequence[Sequence[Run]]) -> _Kinds:
    surfaces: defaultdict[str, Counter[str]] = defaultdict(Counter)
    holders: Counter[str] = Counter()
    for word, times in Counter(word for passage in passages for run in passage for word in run).items():
        surfaces[word.stem][word.surface] += times
    for passage in passages:
        holders.update({word.stem for run in passage for word in run})
    subjects = frozenset(s for s, counts in surfaces.items() if s not in _STOPS and _is_common(s, counts))
    alone = frozenset(
        s
        for s in subjects - ROUTINE_STEMS
        if _is_acronym(surfaces[s])
        or (
            len(s) >= _SHORTEST
            and surfaces[s].total() >= _LEAST_AGAIN * holders[s]
            and not _usual(surfaces[s]).endswith("ly")
        )
    )
    return _Kinds(subjects, alone)


def _is_common(stem_: str, counts: Counter[str]) -> bool:
    """Whether a word is no name and no number: in small letters as often as not, or an acronym."""
    if not stem_.isalpha() or len(stem_) < 2:
        return False
    small = sum(times for surface, times in counts.items() if surface[0].islower())
    return 2 * small >= counts.total() or _is_acronym(counts)


def _is_acronym(counts: Counter[str]) -> bool:
    capitals = sum(times for surface, times in counts.items() if surface[1:2].isupper())
    return 2 * capitals > counts.total()
