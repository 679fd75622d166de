"""Reads and checks vocabulary.toml: concepts in, or one error that names the line of all that is wrong."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

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


class _Problem(NamedTuple):
    line: int
    message: str


_LISTS = tuple(field.name for field in fields(Concept) if field.name != "name")
_SEARCHED = ("terms", "written")
_SAID = (*_SEARCHED, "asked", "capitals")


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


def read_concepts(path: Path) -> tuple[Concept, ...]:
    """The concepts of a file in its order; raises InvalidSetting with all that is wrong, line by line."""
    try:
        text = path.read_text(encoding="utf-8")
        tables = tomllib.loads(text)
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise InvalidSetting(
            f"The vocabulary file {path.name} cannot be read: {reason}.", "Put it back."
        ) from error
    except UnicodeDecodeError as error:
        message = f"The vocabulary file {path.name} is not UTF-8 text."
        raise InvalidSetting(message, "Save it as plain text in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        message = f"The vocabulary file {path.name} is not written as it should be: {error}."
        raise InvalidSetting(
            message, "Compare that line with its neighbours: quotes, commas, brackets."
        ) from error
    source = _Source(text)
    problems = [*_shape_problems(tables, source)]
    concepts = () if problems else tuple(_concept(table) for table in tables["concept"])
    problems += _concept_problems(concepts, source)
    if problems:
        raise _invalid(path, problems)
    return concepts


def _concept(table: Mapping[str, object]) -> Concept:
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    return Concept(name=str(table["name"]).strip(), **lists)


def _invalid(path: Path, problems: list[_Problem]) -> InvalidSetting:
    told = [f"line {line}: {message}" for line, message in sorted(problems)]
    if len(told) > _MOST_SHOWN:
        told = [*told[:_MOST_SHOWN], f"and {len(told) - _MOST_SHOWN} more."]
    return InvalidSetting(
        f"The vocabulary file {path.name} has mistakes.\n" + "\n".join(told) + "\n",
        "Correct these lines; docs/vocabulary.md tells how the file is written.",
    )


# ---------------------------------------------------------------- shape: tables, names, lists of words


def _shape_problems(tables: Mapping[str, object], source: _Source) -> Iterator[_Problem]:
    concepts = tables.get("concept")
    if not isinstance(concepts, list) or not concepts:
        yield _Problem(1, "there is no [[concept]] in the file.")
        return
    for key in tables.keys() - {"concept"}:
        yield _Problem(1, f"“{key}” does not belong here; each concept begins with [[concept]].")
    for number, table in enumerate(concepts):
        for key, value in table.items() if isinstance(table, dict) else ():
            yield from (_Problem(source.line(number, key), m) for m in _value_problems(key, value))
        if not isinstance(table, dict) or not str(table.get("name", "")).strip():
            yield _Problem(source.line(number), "this concept has no name.")


def _value_problems(key: str, value: object) -> Iterator[str]:
    if key == "name":
        if not isinstance(value, str):
            yield "a name is one text in quotes."
    elif key not in _LISTS:
        yield f"“{key}” is not known.{_did_you_mean(key, _LISTS)}"
    elif not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield f'“{key}” is a list of texts: {key} = ["one", "two"].'


def _did_you_mean(word: str, known: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(known), n=1)
    return f" Did you mean “{close[0]}”?" if close else ""


# ---------------------------------------------------------------- sense: names, words, references


def _concept_problems(concepts: tuple[Concept, ...], source: _Source) -> Iterator[_Problem]:
    names: dict[str, int] = {}
    for number, concept in enumerate(concepts):
        if concept.name in names:
            before = source.line(names[concept.name])
            yield _Problem(
                source.line(number), f"there is a concept “{concept.name}” already, at line {before}."
            )
        names.setdefault(concept.name, number)
    for number, concept in enumerate(concepts):
        for word, message in (*_term_problems(concept), *_reference_problems(concept, names)):
            yield _Problem(source.line(number, word), f"in “{concept.name}”, {message}")
    for concept in _in_a_ring(concepts):
        line = source.line(names[concept.name], "narrower")
        yield _Problem(line, f"“{concept.name}” comes to be narrower than itself; take out one of the steps.")


def _term_problems(concept: Concept) -> Iterator[tuple[str, str]]:
    """What is wrong with a concept's words, each with the word."""
    if not concept.terms:
        yield "", "there are no terms."
    stops, general = _stems(STOP_WORDS), _stems(TOO_GENERAL | STOP_WORDS)
    seen: dict[tuple[str, ...], str] = {}
    for key, term in ((said, term) for said in _SAID for term in getattr(concept, said)):
        tokens = tuple(stem(normalise(term[start:end])) for start, end in words(term))
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


@lru_cache(maxsize=2)
def _stems(those: frozenset[str]) -> frozenset[str]:
    return frozenset(stem(word) for word in those)


def _reference_problems(concept: Concept, names: Mapping[str, int]) -> Iterator[tuple[str, str]]:
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
