"""The vocabulary: what the field calls one thing, read from vocabulary.toml and found in a question.

The file is the board office's to edit, or to add to in one of its own beside the papers
(docs/vocabulary.md). Nothing here searches: ``find`` says which of a question's words name a concept,
and what else could be searched for along with them.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

from indexer.search.analysis import analyse, normalise, stem, words
from indexer.search.vocabulary_file import Called, Concept, read_concepts

SAME_WEIGHT = 0.7
"""Another way of saying the same, against 1.0 for the person's own words."""
NARROWER_WEIGHT = 0.5
"""A kind of what was asked for."""
RELATED_WEIGHT = 0.3
"""Something that is often told together with it."""
MOST_ALTERNATIVES = 24
"""The most that is searched along with one idea: a hundred would cost time and blur the ranking."""

MOST_OF_NARROWER = 5
MOST_OF_RELATED = 3
"""How many ways of saying a concept lends to another: its most usual ones."""

# Between the words of one term; a comma, a full stop or a quotation mark parts two ideas.
_GAP = re.compile(r"[\s\-\u00ad\u2010\u2011\u2013/&+'’]*")
# Voice of the child, voice of a child, voice of her child: only these may differ inside a term.
_LIGHT = frozenset("a an and any her his its my our that the their this those your".split())
# Plurals that no stemmer joins.
_SINGULARS = {"children": "child", "peopl": "person", "women": "woman", "men": "man", "wive": "wife"}
# A joined spelling shorter than this could be another word altogether.
_SHORTEST_JOINED = 6
_LONGEST_JOINED = 4  # words


class Alternative(NamedTuple):
    """Something to search along with what was typed: tokens that follow each other."""

    text: str
    """As the vocabulary writes it, for showing."""
    tokens: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Found:
    """Words of a question that name one concept or more."""

    start: int
    end: int
    """``text[start:end]`` is what was typed."""
    first: int
    last: int
    """Positions of its words among ``analysis.words(text)``, ``last`` past the end."""
    concepts: tuple[str, ...]
    """Names, in the file's order; several where one term belongs to several."""
    alternatives: tuple[Alternative, ...]
    """Best first, at most MOST_ALTERNATIVES; what was typed itself is never among them."""
    broader: tuple[str, ...] = ()
    """How to say what this is a kind of: offered, never searched for unasked."""
    called: tuple[Called, ...] = ()
    """The names through time of what was found."""

    @property
    def concept(self) -> str:
        """The first concept's name."""
        return self.concepts[0]


class _Saying(NamedTuple):
    """One spelling of a term: as shown, and as tokens that follow each other."""

    text: str
    tokens: tuple[str, ...]


class _Word(NamedTuple):
    """A word of a question or a term: its slice, its spelling and its folded stem."""

    start: int
    end: int
    plain: str
    stem: str


class Vocabulary:
    """Concepts that can be found in what people type. Never changes once made; safe to share."""

    def __init__(self, concepts: Iterable[Concept]) -> None:
        self.concepts = tuple(concepts)
        self._by_name = {concept.name: concept for concept in self.concepts}
        self._aside: frozenset[str] = frozenset()
        self._broader = _index_broader(self.concepts)
        self._keys = _index_terms(self.concepts)
        self._capitals = _index_capitals(self.concepts)
        self._longest = max((len(key) for key in self._keys), default=0) + 2  # two light words inside
        self._beginnings = frozenset(key[0][:_SHORTEST_JOINED] for key in self._keys if len(key) == 1)

    def __len__(self) -> int:
        return len(self.concepts)

    def concept(self, name: str) -> Concept:
        """The concept of this name; raises KeyError."""
        return self._by_name[name]

    def terms(self) -> tuple[str, ...]:
        """Every way of saying in the file, each once, in its order: for spelling suggestions."""
        return tuple(
            dict.fromkeys(t for c in self.concepts for t in c.terms + c.written + c.asked + c.capitals)
        )

    def setting_aside(self, typed: Iterable[str]) -> Vocabulary:
        """The same vocabulary, blind to these words where they are typed so; capitals make no difference."""
        blind = copy.copy(self)
        blind._aside = frozenset(words.casefold() for words in typed)
        return blind

    def find(self, text: str) -> tuple[Found, ...]:
        """The concepts named in ``text``, in order and apart, each as many words long as can be.

        It takes the text as typed, not tokens, because some acronyms count only in capitals. Endings,
        capitals, hyphens, joined spellings and articles inside a term make no difference.
        """
        sequence = _words_of(text)
        # With everything in capitals they say nothing.
        cased = len(sequence) <= 3 or any(c.islower() for c in text)
        found: list[Found] = []
        first = 0
        while first < len(sequence):
            last, names = self._longest_at(text, sequence, first, cased)
            if names:
                start, end = sequence[first].start, sequence[last - 1].end
                own = frozenset(saying.tokens for saying in _variants(text[start:end]))
                is_wanted = text[start:end].casefold() not in self._aside
                if is_wanted and (alternatives := self._alternatives(names, own)):
                    found.append(self._found(names, (start, end), (first, last), alternatives))
            first = last
        return tuple(found)

    def _found(
        self,
        names: tuple[str, ...],
        slice_: tuple[int, int],
        places: tuple[int, int],
        alternatives: tuple[Alternative, ...],
    ) -> Found:
        return Found(
            *slice_,
            *places,
            names,
            alternatives,
            broader=tuple(dict.fromkeys(broad for name in names for broad in self._broader[name])),
            called=tuple(one for name in names for one in self._by_name[name].called),
        )

    def _longest_at(
        self, text: str, sequence: list[_Word], first: int, cased: bool
    ) -> tuple[int, tuple[str, ...]]:
        """Where the longest term that begins at ``first`` ends, and its concepts (none: the next word)."""
        reach = first + 1
        while reach < min(len(sequence), first + self._longest) and _GAP.fullmatch(
            text, sequence[reach - 1].end, sequence[reach].start
        ):
            reach += 1
        for last in range(reach, first, -1):
            names = self._named(sequence[first:last])
            if cased:
                shown = text[sequence[first].start : sequence[last - 1].end]
                names |= dict.fromkeys(self._capitals.get(shown, ()))
            if names:
                return last, tuple(name for name in self._by_name if name in names)
        return first + 1, ()

    def _named(self, window: list[_Word]) -> dict[str, None]:
        """The concepts that these words name together, spelled apart or as one word."""
        names = dict.fromkeys(self._keys.get(_key(window), ()))
        if 1 < len(window) <= _LONGEST_JOINED:
            joined = "".join(word.plain for word in window)
            if joined[:_SHORTEST_JOINED] in self._beginnings:
                names |= dict.fromkeys(self._keys.get((stem(joined),), ()))
        return names

    def _alternatives(
        self, names: tuple[str, ...], own: frozenset[tuple[str, ...]]
    ) -> tuple[Alternative, ...]:
        """What else says it, best first, without what was typed and what would find nothing more."""
        best: dict[tuple[str, ...], Alternative] = {}
        for saying, weight in self._weighed(names):
            best.setdefault(saying.tokens, Alternative(*saying, weight))
        kept = [
            alternative
            for tokens, alternative in best.items()
            if not any(
                inner in own
                or (inner != tokens and inner in best and best[inner].weight >= alternative.weight)
                for inner in _stretches(tokens)
            )
        ]
        return tuple(kept[:MOST_ALTERNATIVES])

    def _weighed(self, names: tuple[str, ...]) -> Iterator[tuple[_Saying, float]]:
        """What may be searched for, with weights, best first; several concepts take turns."""
        own = [self._by_name[name] for name in names]
        narrower = [self._by_name[name] for concept in own for name in concept.narrower]
        related = [self._by_name[name] for concept in own for name in concept.related]
        yield from ((saying, SAME_WEIGHT) for saying in _in_turn(own, None))
        yield from ((saying, NARROWER_WEIGHT) for saying in _in_turn(narrower, MOST_OF_NARROWER))
        yield from ((saying, RELATED_WEIGHT) for saying in _in_turn(related, MOST_OF_RELATED))


def load(path: Path | None = None) -> Vocabulary:
    """The vocabulary of a file, or the one that comes with the product.

    Raises InvalidSetting, naming the lines and concepts of all that is wrong.
    """
    return _packaged() if path is None else Vocabulary(read_concepts(path))


def load_with(office: Path) -> Vocabulary:
    """The vocabulary that comes with the product, the board office's own file laid over it where there
    is one. Raises InvalidSetting as ``load`` does; a file with mistakes is not used in part."""
    packaged = _packaged()
    return Vocabulary(read_concepts(office, packaged.concepts)) if office.exists() else packaged


@lru_cache(maxsize=1)
def _packaged() -> Vocabulary:
    with resources.as_file(resources.files("indexer.search") / "vocabulary.toml") as path:
        return Vocabulary(read_concepts(path))


def _words_of(text: str) -> list[_Word]:
    plain = [(start, end, normalise(text[start:end])) for start, end in words(text)]
    return [_Word(start, end, word, _folded(stem(word))) for start, end, word in plain]


def _folded(token: str) -> str:
    return _SINGULARS.get(token, token)


def _key(window: list[_Word]) -> tuple[str, ...]:
    """What is compared: folded stems, without the light words inside."""
    inside = tuple(word.stem for word in window[1:-1] if word.plain not in _LIGHT)
    return (window[0].stem, *inside, *(word.stem for word in window[1:][-1:]))


def _keys_of(term: str) -> Iterator[tuple[str, ...]]:
    window = _words_of(term)
    yield _key(window)
    joined = "".join(word.plain for word in window)
    if 1 < len(window) <= _LONGEST_JOINED and len(joined) >= _SHORTEST_JOINED:
        yield (_folded(stem(joined)),)


def _spelled(terms: Iterable[str]) -> Iterator[str]:
    """The terms, and for an acronym the plural that no stemmer knows for one: SCRs, GPs."""
    for term in terms:
        yield term
        acronym = term.isalpha() and term.isupper() and not term.endswith("S")
        if acronym and stem(normalise(f"{term}s")) != stem(normalise(term)):
            yield f"{term}s"


def _index_terms(concepts: Iterable[Concept]) -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Concept names by the keys of the terms that people type."""
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for concept in concepts:
        for term in _spelled(concept.terms + concept.asked):
            for key in _keys_of(term):
                found.setdefault(key, {})[concept.name] = None
    return {key: tuple(names) for key, names in found.items()}


def _index_broader(concepts: tuple[Concept, ...]) -> Mapping[str, tuple[str, ...]]:
    """The usual way of saying of each concept's broader ones, by its name."""
    found: dict[str, tuple[str, ...]] = {concept.name: () for concept in concepts}
    for concept in concepts:
        for name in concept.narrower:
            found[name] = (*found[name], concept.terms[0])
    return found


def _index_capitals(concepts: Iterable[Concept]) -> Mapping[str, tuple[str, ...]]:
    """Concept names by acronyms that count only as written, and their plurals."""
    found: dict[str, tuple[str, ...]] = {}
    for concept in concepts:
        for acronym in concept.capitals:
            for form in (acronym, f"{acronym}s"):
                found[form] = (*found.get(form, ()), concept.name)
    return found


@lru_cache(maxsize=4096)
def _sayings(concept: Concept) -> tuple[_Saying, ...]:
    """Worked out when first asked for: most searches touch a handful of concepts."""
    return tuple(saying for term in _spelled(concept.terms + concept.written) for saying in _variants(term))


def _in_turn(concepts: Iterable[Concept], most: int | None) -> Iterator[_Saying]:
    rows = (_sayings(concept)[:most] for concept in concepts)
    for turn in zip_longest(*rows):
        yield from (saying for saying in turn if saying is not None)


def _variants(text: str) -> tuple[_Saying, ...]:
    """The spellings of a term as tokens: its words apart, and hyphenated words joined."""
    apart: dict[int, str] = {}
    joined: list[tuple[int, str]] = []
    for token in analyse(text):
        apart.setdefault(token.position, token.text)
        # A joined spelling starts where its first piece does, and takes the pieces' place.
        while joined and joined[-1][0] >= token.start:
            joined.pop()
        joined.append((token.start, token.text))
    plain = _Saying(text, tuple(apart.values()))
    whole = _Saying(re.sub(r"(?<=\w)[-\u2010\u2011](?=\w)", "", text), tuple(token for _, token in joined))
    return (plain,) if plain.tokens == whole.tokens else (plain, whole)


def _stretches(tokens: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """Every run of tokens inside, the whole among them: a phrase finds only what each of them finds."""
    for start in range(len(tokens)):
        for end in range(start + 1, len(tokens) + 1):
            yield tokens[start:end]
