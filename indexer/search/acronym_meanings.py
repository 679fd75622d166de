"""The short forms that the papers themselves explain, joined to the vocabulary when an index is opened.

What the vocabulary says of a short form counts before what a paper says: a paper's meaning is added
only where the vocabulary has none. A short form with two meanings stays two.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from indexer.model import Acronym
from indexer.search.analysis import STOP_WORDS, normalise, stem, words
from indexer.search.vocabulary_file import TOO_GENERAL, Concept

_SHORT = re.compile(r"[A-Z][A-Za-z0-9]{1,9}")
_PLURAL = re.compile(r"(?<=[A-Z0-9])s$")
_SEARCHABLE = 3
"""Letters of a short form that can be searched for: two stand for too many things."""
_LONG_WORDS = range(2, 10)
_SAME = 0.85
"""Likeness of two long forms that are one in two spellings: wellbeing and well-being, a plural."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a short form stands for: a long form, and its other spellings."""

    short: str
    longs: tuple[str, ...]


def join_acronyms(
    concepts: tuple[Concept, ...], acronyms: Iterable[Acronym], also_words: Collection[str]
) -> tuple[Concept, ...]:
    """The concepts with the papers' short forms: as one more way of saying where a concept has the long
    form, else as a concept of their own, at the end.

    ``also_words`` are short forms, in small letters, that the papers also write as ordinary words: these,
    and those of two letters, are understood in capitals and not searched for.
    """
    joined = {concept.name: concept for concept in concepts}
    known, by_long = _shorts(concepts), _longs(concepts)
    for short, meanings in _meanings(acronyms).items():
        if short.casefold() in known:
            continue
        kind = "asked" if len(meanings) > 1 else "terms"
        if len(short) < _SEARCHABLE or short.casefold() in also_words:
            kind = "capitals"
        for meaning in meanings:
            name = next((by_long[key] for key in map(_plain, meaning.longs) if key in by_long), None)
            concept = joined[name] if name else _concept(meaning)
            joined[concept.name] = _with(concept, kind, short)
    return tuple(joined.values())


def _shorts(concepts: Iterable[Concept]) -> frozenset[str]:
    """The short forms that the vocabulary knows, in small letters."""
    said = (term for concept in concepts for term in concept.terms + concept.asked + concept.capitals)
    return frozenset(term.casefold() for term in said if " " not in term)


def _longs(concepts: Iterable[Concept]) -> Mapping[tuple[str, ...], str]:
    """Names of concepts by their ways of saying; of a term in several, the first."""
    found: dict[tuple[str, ...], str] = {}
    for concept in concepts:
        for term in concept.terms:
            found.setdefault(_plain(term), concept.name)
    return found


def _meanings(acronyms: Iterable[Acronym]) -> dict[str, list[_Meaning]]:
    """What each short form stands for, by the short form as most papers write it."""
    longs: defaultdict[str, list[str]] = defaultdict(list)
    for acronym in acronyms:
        short = _PLURAL.sub("", acronym.short.replace(".", ""))
        if _SHORT.fullmatch(short) and _is_sound(acronym.long):
            longs[short].append(acronym.long)
    return {short: _told_apart(short, given) for short, given in sorted(longs.items())}


def _is_sound(long: str) -> bool:
    """Whether a long form says something of its own: a few words, not all of them on every page."""
    tokens = _plain(long)
    general = {stem(word) for word in TOO_GENERAL | STOP_WORDS}
    return len(tokens) in _LONG_WORDS and not general.issuperset(tokens)


def _told_apart(short: str, longs: Iterable[str]) -> list[_Meaning]:
    groups: list[list[str]] = []
    for long in dict.fromkeys(longs):
        group = next((group for group in groups if _is_same(group[0], long)), None)
        if group is None:
            groups.append([long])
        elif _plain(long) not in map(_plain, group):
            group.append(long)
    return [_Meaning(short, tuple(group)) for group in groups]


def _is_same(one: str, other: str) -> bool:
    if _plain(one) == _plain(other):
        return True
    return SequenceMatcher(None, one.casefold(), other.casefold()).ratio() >= _SAME


def _concept(meaning: _Meaning) -> Concept:
    return Concept(name=f"{meaning.longs[0]} ({meaning.short})", terms=meaning.longs)


def _with(concept: Concept, kind: str, short: str) -> Concept:
    if kind == "capitals":
        return replace(concept, capitals=(*concept.capitals, short))
    if kind == "asked":
        return replace(concept, asked=(*concept.asked, short))
    return replace(concept, terms=(*concept.terms, short))


def _plain(term: str) -> tuple[str, ...]:
    return tuple(_tokens(term))


def _tokens(term: str) -> Iterator[str]:
    return (stem(normalise(term[start:end])) for start, end in words(term))
