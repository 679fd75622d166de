"""Reads and checks vocabulary.toml: concepts in, or one error that names the line of all that is wrong.

The file that comes with the product stands by itself; the board office's own file beside the papers
is laid over it: it adds to concepts, puts others in their place, and brings new ones.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from indexer.errors import InvalidSetting
from indexer.search.analysis import STOP_WORDS, normalise, stem, words

TOO_GENERAL = frozenset(
    """action area authority board body case child children committee council county document event family
    group help home issue lead learning local meeting member model need number officer page paper people
    person plan planning policy practice problem procedure process professional programme project record
    report result review risk role safeguarding section service staff strategy support system team thing time
    update work worker working year young""".split()
)
"""Words that stand on every other page: alone, none of them names one concept."""

_HEADER = re.compile(r"\s*\[\[\s*concept\s*\]\]")
_MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Called:
    """A name that a thing had for a time."""

    name: str
    first: int | None = None
    """The year in which the name came in; None where it had it from the beginning."""
    last: int | None = None
    """The year in which another name took its place; None where it is in use."""


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing of the field and its ways of saying."""

    name: str
    terms: tuple[str, ...] = ()
    """Ways of saying that are understood in a question and searched for."""
    written: tuple[str, ...] = ()
    """Words of papers: searched for, but too loose to be understood from."""
    asked: tuple[str, ...] = ()
    """Words of questions: understood, but too loose to be searched for."""
    capitals: tuple[str, ...] = ()
    """Acronyms that are also words: understood only as written here, and not searched for."""
    narrower: tuple[str, ...] = ()
    """Names of concepts that are kinds of this one."""
    related: tuple[str, ...] = ()
    """Names of concepts often told together with this one."""
    called: tuple[Called, ...] = ()
    """Its names through time, in the order of the file."""


class _Problem(NamedTuple):
    line: int
    message: str


_SEARCHED = ("terms", "written")
_SAID = (*_SEARCHED, "asked", "capitals")
_REFERRED = ("narrower", "related")
_LISTS = (*_SAID, *_REFERRED)
_LAID_OVER = ("without", "instead")
"""Keys that only a file laid over another has."""
_CALLED = ("name", "from", "until")
_YEARS = range(1800, 2201)


class _Source:
    """Where in the file a concept and its words stand, which the TOML reader does not tell."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._starts = [n for n, line in enumerate(self._lines) if _HEADER.match(line)]

    def line(self, number: int, word: str = "") -> int:
        """The 1-based line of the concept's ``word``, or of its header."""
        if number >= len(self._starts):
            return 1
        start = self._starts[number]
        end = self._starts[number + 1] if number + 1 < len(self._starts) else len(self._lines)
        quoted = (f'"{word}"', f"'{word}'")
        within = (n for n in range(start, end) if word and any(q in self._lines[n] for q in quoted))
        named = (
            n for n in range(start, end) if word and re.match(rf"\s*{re.escape(word)}\s*=", self._lines[n])
        )
        return next(within, next(named, start)) + 1


def read_concepts(path: Path, base: tuple[Concept, ...] = ()) -> tuple[Concept, ...]:
    """The concepts of a file in its order, laid over those of ``base`` where there are any: the base's
    come first. Raises InvalidSetting with all that is wrong, line by line."""
    text = _text_of(path)
    source = _Source(text)
    tables = _tables_of(path, text)
    problems = [*_shape_problems(tables, source, laid_over=bool(base))]
    if not problems:
        concepts = _laid_over(base, tables["concept"])
        problems = [*_concept_problems(concepts, base, tables["concept"], source)]
    if problems:
        raise _invalid(path, problems)
    return concepts


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise InvalidSetting(
            f"The vocabulary file {path.name} cannot be read: {reason}.", "Put it back."
        ) from error
    except UnicodeDecodeError as error:
        message = f"The vocabulary file {path.name} is not UTF-8 text."
        raise InvalidSetting(message, "Save it as plain text in UTF-8.") from error


def _tables_of(path: Path, text: str) -> Mapping[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = f"The vocabulary file {path.name} is not written as it should be: {error}."
        raise InvalidSetting(
            message, "Compare that line with its neighbours: quotes, commas, brackets."
        ) from error


def _concept(table: Mapping[str, Any]) -> Concept:
    lists = {key: tuple(table[key]) for key in _LISTS if key in table}
    called = tuple(
        Called(one["name"].strip(), one.get("from"), one.get("until")) for one in table.get("called", ())
    )
    return Concept(name=table["name"].strip(), called=called, **lists)


def _laid_over(base: tuple[Concept, ...], tables: Iterable[Mapping[str, Any]]) -> tuple[Concept, ...]:
    """The base's concepts with those of ``tables`` added, put in their place or new at the end."""
    known = {concept.name: concept for concept in base}
    for table in tables:
        concept = _concept(table)
        before = None if table.get("instead") else known.get(concept.name)
        known[concept.name] = _joined(before, concept, table.get("without", ())) if before else concept
    return tuple(known.values())


def _joined(before: Concept, concept: Concept, without: Iterable[str]) -> Concept:
    """One concept of two; what both say stands once, as the first says it."""
    left_out = {_plain(word) for word in without}
    lists: dict[str, Any] = {}
    for key in _LISTS:
        said: dict[tuple[str, ...], str] = {}
        for word in getattr(before, key) + getattr(concept, key):
            said.setdefault(_plain(word), word)
        lists[key] = tuple(word for plain, word in said.items() if plain not in left_out)
    return replace(before, called=(*before.called, *concept.called), **lists)


def _plain(term: str) -> tuple[str, ...]:
    """What is compared: endings, capitals and hyphens make no difference."""
    return tuple(stem(normalise(term[start:end])) for start, end in words(term))


def _invalid(path: Path, problems: list[_Problem]) -> InvalidSetting:
    told = [f"line {line}: {message}" for line, message in sorted(problems)]
    if len(told) > _MOST_SHOWN:
        told = [*told[:_MOST_SHOWN], f"and {len(told) - _MOST_SHOWN} more."]
    return InvalidSetting(
        f"The vocabulary file {path.name} has mistakes.\n" + "\n".join(told) + "\n",
        "Correct these lines; docs/vocabulary.md tells how the file is written.",
    )


# ---------------------------------------------------------------- shape: tables, names, lists of words


def _shape_problems(tables: Mapping[str, object], source: _Source, *, laid_over: bool) -> Iterator[_Problem]:
    known = ("name", *_LISTS, "called", *(_LAID_OVER if laid_over else ()))
    concepts = tables.get("concept")
    if not isinstance(concepts, list) or not concepts:
        yield _Problem(1, "there is no [[concept]] in the file.")
        return
    for key in tables.keys() - {"concept"}:
        yield _Problem(1, f"“{key}” does not belong here; each concept begins with [[concept]].")
    for number, table in enumerate(concepts):
        for key, value in table.items() if isinstance(table, dict) else ():
            yield from (_Problem(source.line(number, key), m) for m in _value_problems(key, value, known))
        if not isinstance(table, dict) or not str(table.get("name", "")).strip():
            yield _Problem(source.line(number), "this concept has no name.")


def _value_problems(key: str, value: object, known: tuple[str, ...]) -> Iterator[str]:
    if key not in known:
        yield f"“{key}” is not known.{_did_you_mean(key, known)}"
    elif key == "name":
        if not isinstance(value, str):
            yield "a name is one text in quotes."
    elif key == "instead":
        if not isinstance(value, bool):
            yield "“instead” is true or false, without quotes."
    elif key == "called":
        yield from _called_problems(value)
    elif not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield f'“{key}” is a list of texts: {key} = ["one", "two"].'


def _called_problems(value: object) -> Iterator[str]:
    if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
        yield 'called is a list of names with their years: called = [{ name = "one", from = 2006 }].'
        return
    for one in value:
        name, years = one.get("name"), [one[key] for key in ("from", "until") if key in one]
        if not isinstance(name, str) or not name.strip() or not one.keys() <= set(_CALLED):
            yield "each of called has a name, and from or until or both; nothing else."
        elif not years or not all(type(year) is int and year in _YEARS for year in years):
            yield f"“{name}” is called so from a year or until one: from = 2006."
        elif years != sorted(years):
            yield f"“{name}” ends before it begins."


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean “{close[0]}”?" if close else ""


# ---------------------------------------------------------------- sense: names, words, references


def _concept_problems(
    concepts: tuple[Concept, ...],
    base: tuple[Concept, ...],
    tables: list[Mapping[str, Any]],
    source: _Source,
) -> Iterator[_Problem]:
    """What is wrong with the concepts of ``tables`` now that they are laid over the base."""
    lines: dict[str, int] = {}
    known, before = {concept.name: concept for concept in concepts}, {one.name: one for one in base}
    for number, table in enumerate(tables):
        own = _concept(table)
        if own.name in lines:
            earlier = source.line(lines[own.name])
            yield _Problem(
                source.line(number), f"there is a concept “{own.name}” already, at line {earlier}."
            )
        lines.setdefault(own.name, number)
        found = (
            *_term_problems(own, known[own.name]),
            *_reference_problems(own, known),
            *_without_problems(table, before.get(own.name)),
        )
        for word, message in found:
            yield _Problem(source.line(number, word), f"in “{own.name}”, {message}")
    for concept in _in_a_ring(concepts):
        if concept.name in lines:
            line = source.line(lines[concept.name], "narrower")
            yield _Problem(
                line, f"“{concept.name}” comes to be narrower than itself; take out one of the steps."
            )


def _term_problems(concept: Concept, whole: Concept) -> Iterator[tuple[str, str]]:
    """What is wrong with a concept's words, each with the word; ``whole`` is what it is once laid over."""
    if not whole.terms:
        yield "", "there are no terms."
    stops, general = _stems(STOP_WORDS), _stems(TOO_GENERAL | STOP_WORDS)
    seen: dict[tuple[str, ...], str] = {}
    for key, term in ((said, term) for said in _SAID for term in getattr(concept, said)):
        tokens = _plain(term)
        if not tokens:
            yield term, "there is a term without a word."
        elif tokens in seen:
            before = seen[tokens]
            yield term, f"“{term}” says the same as “{before}” (endings and capitals make no difference)."
        elif key in _SEARCHED and stops.issuperset(tokens):
            yield term, f"“{term}” has only words that stand in nearly every passage."
        elif key != "capitals" and len(tokens) == 1 and tokens[0] in general:
            yield term, f"“{term}” alone is too general: add a word that says which."
        seen.setdefault(tokens, term)
    said = {_plain(term) for term in whole.terms}
    for one in concept.called:
        if _plain(one.name) not in said:
            yield one.name, f"“{one.name}” is under called but not under terms: it would not be searched for."


@lru_cache(maxsize=2)
def _stems(those: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in those)


def _without_problems(table: Mapping[str, Any], before: Concept | None) -> Iterator[tuple[str, str]]:
    """Words to leave out that the concept never had, each with the word."""
    said = [word for key in _LISTS for word in getattr(before, key)] if before else []
    had = {_plain(word) for word in said}
    for word in table.get("without", ()):
        if _plain(word) not in had:
            yield word, f"there is no “{word}” to leave out.{_did_you_mean(word, said)}"


def _reference_problems(concept: Concept, names: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    seen: set[str] = {concept.name}
    for name in concept.narrower + concept.related:
        if name not in names:
            yield name, f"there is no concept “{name}” to refer to.{_did_you_mean(name, names)}"
        elif name in seen:
            yield name, f"“{name}” is referred to twice, or is the concept itself."
        seen.add(name)


def _in_a_ring(concepts: tuple[Concept, ...]) -> Iterator[Concept]:
    """The concepts that are, by whatever steps, narrower than themselves."""
    narrower = {concept.name: concept.narrower for concept in concepts}
    for concept in concepts:
        reached: set[str] = set()
        ahead = list(concept.narrower)
        while ahead:
            name = ahead.pop()
            if name not in reached:
                reached.add(name)
                ahead.extend(narrower.get(name, ()))
        if concept.name in reached:
            yield concept
