"""Themes of a passage: what part of safeguarding it speaks of, by the words that boards use for it.

The words are the board office's to edit, in themes.toml. A theme needs a term in the passage or in a
heading above it; a heading counts for more, and the few strongest themes are kept.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from indexer.errors import InvalidSetting
from indexer.wording import plain

THEMES_FILE = Path(__file__).with_name("themes.toml")
MOST_THEMES = 5
"""Themes of one passage: what has more is about everything, and so about nothing."""

_LISTS = ("terms", "mentions", "capitals")
_ENOUGH = 2
"""What a theme must weigh: a term does, a loose mention does only twice."""
_TERM, _MENTION = 2, 1
_IN_HEADING, _IN_OUTER_HEADING = 3, 1
"""How many times its weight in the text a term counts in the passage's own heading, or further out."""
_MOST_OF_ONE = 3
"""Times that the same word counts: a passage that repeats one is not about it many times over."""
_WORD = re.compile(r"[^\W_]+|£")
_POSSESSIVE = re.compile(r"(?<=\w)'s?\b|(?<=s)'")
_PLURALS = {"children": "child", "women": "woman", "men": "man", "people": "person", "persons": "person"}
_NO_PLURAL = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme as the file gives it."""

    name: str
    scope: str
    """One sentence: what belongs to the theme, and what does not."""
    terms: tuple[str, ...]
    mentions: tuple[str, ...] = ()
    capitals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    """Patterns by the word that a term begins with, so that a text is gone through once."""

    patterns: Mapping[str, re.Pattern[str]]
    meanings: Mapping[str, tuple[tuple[int, int], ...]]
    """A term's words to the themes it stands for, each with its weight."""
    capitals: Mapping[str, int] = field(default_factory=dict)


def find_themes(text: str, headings: tuple[str, ...]) -> tuple[str, ...]:
    """Names of the themes of a passage under ``headings`` (outermost first), strongest first, at most
    MOST_THEMES. Raises InvalidSetting where the file of themes cannot be used."""
    weights = _weigh(text)
    for depth, heading in enumerate(reversed(headings)):
        times = _IN_OUTER_HEADING if depth else _IN_HEADING
        for theme, weight in _weigh_heading(heading).items():
            weights[theme] += times * weight
    enough = [(-weight, theme) for theme, weight in weights.items() if weight >= _ENOUGH]
    names = theme_names()
    return tuple(names[theme] for _, theme in sorted(enough)[:MOST_THEMES])


@lru_cache(maxsize=1)
def theme_names() -> tuple[str, ...]:
    """Every theme's name in the order of the file; raises InvalidSetting."""
    return tuple(theme.name for theme in _themes())


@lru_cache(maxsize=1)
def theme_scopes() -> Mapping[str, str]:
    """Each theme's name to its sentence of scope, in the order of the file; raises InvalidSetting."""
    return MappingProxyType({theme.name: theme.scope for theme in _themes()})


def read_themes(path: Path) -> tuple[Theme, ...]:
    """The themes of a file in its order; raises InvalidSetting with all that is wrong with it."""
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InvalidSetting(
            f"The file of themes {path.name} cannot be read: {error}.",
            "Put it back, or correct the place that the message names.",
        ) from error
    problems = [*_problems(tables)]
    if problems:
        raise InvalidSetting(
            f"The file of themes {path.name} has mistakes.\n" + "\n".join(problems) + "\n",
            "Correct them; the head of the file tells how it is written.",
        )
    return tuple(
        Theme(
            name=table["name"].strip(),
            scope=table["scope"].strip(),
            **{key: tuple(table.get(key, ())) for key in _LISTS},
        )
        for table in tables["theme"]
    )


def _problems(tables: Mapping[str, object]) -> Iterator[str]:
    themes = tables.get("theme")
    if set(tables) != {"theme"} or not isinstance(themes, list) or not themes:
        yield "The file is a list of themes, each beginning with [[theme]], and nothing else."
        return
    seen: set[str] = set()
    if not all(isinstance(table, dict) for table in themes):
        yield "Each theme begins with [[theme]]."
        return
    for number, table in enumerate(themes, 1):
        name = str(table.get("name", "")).strip()
        here = f"“{name}”" if name else f"Theme {number}"
        if not name:
            yield f"{here} has no name."
        if name.casefold() in seen:
            yield f"{here} comes twice."
        seen.add(name.casefold())
        yield from (f"{here}: {problem}" for problem in _problems_of(table))


def _problems_of(table: Mapping[str, object]) -> Iterator[str]:
    for key in table.keys() - {"name", "scope", *_LISTS}:
        yield f"“{key}” is not known; use name, scope, {', '.join(_LISTS)}."
    yield from _problems_of_scope(table.get("scope", ""))
    if not table.get("terms"):
        yield "it has no terms."
    for key in _LISTS:
        words = table.get(key, [])
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            yield f'“{key}” is a list of texts: {key} = ["one", "two"].'
            continue
        yield from (f"“{word}” under “{key}” has no letters in it." for word in words if not _tokens(word))
        if key == "capitals":
            yield from (f"“{word}” is not in capitals." for word in words if word != word.upper())


def _problems_of_scope(scope: object) -> Iterator[str]:
    if not isinstance(scope, str):
        yield '“scope” is a text: scope = "What belongs here, and what does not."'
    elif not scope.strip():
        yield "it has no scope: one sentence on what belongs to it and what does not."
    elif len(scope.strip().splitlines()) > 1:
        yield "“scope” is one sentence on one line."


@lru_cache(maxsize=1)
def _themes() -> tuple[Theme, ...]:
    return read_themes(THEMES_FILE)


@lru_cache(maxsize=1)
def _words() -> _Words:
    meanings: dict[str, dict[int, int]] = {}
    for number, theme in enumerate(_themes()):
        for weight, said in ((_MENTION, theme.mentions), (_TERM, theme.terms)):
            for spelling in _spellings(said):
                meanings.setdefault(spelling, {})[number] = weight
    patterns: dict[str, list[str]] = {}
    # Longest first: in "child sexual exploitation" the shorter "sexual exploitation" is not told again.
    for spelling in sorted(meanings, key=len, reverse=True):
        patterns.setdefault(spelling.split(" ", 1)[0], []).append(re.escape(spelling))
    return _Words(
        patterns={first: re.compile(rf"(?:{'|'.join(known)})(?= |$)") for first, known in patterns.items()},
        meanings={spelling: tuple(themes.items()) for spelling, themes in meanings.items()},
        capitals={word: number for number, theme in enumerate(_themes()) for word in theme.capitals},
    )


def _spellings(terms: Iterable[str]) -> Iterator[str]:
    """Each term as its tokens are joined, and with its hyphenated words as one."""
    for term in terms:
        yield " ".join(_tokens(term))
        if "-" in term:
            yield " ".join(_tokens(term.replace("-", "")))


def _tokens(text: str) -> list[str]:
    """Words in small letters, plurals and possessives as their singular, hyphens as spaces."""
    return [_singular(word) for word in _WORD.findall(_POSSESSIVE.sub("", plain(text).casefold()))]


@lru_cache(maxsize=16_384)
def _singular(word: str) -> str:
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < 4 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    return f"{word[:-3]}y" if word.endswith("ies") and len(word) > 4 else word[:-1]


@lru_cache(maxsize=1024)
def _weigh_heading(heading: str) -> Mapping[int, int]:
    """As ``_weigh``, remembered: a section's headings are asked about for each of its passages."""
    return _weigh(heading)


def _weigh(text: str) -> Counter[int]:
    """What each theme weighs in ``text``."""
    known = _words()
    counts: Counter[str] = Counter()
    words = _tokens(text)
    joined = " ".join(words)
    position = skip = 0
    for word in words:
        pattern = known.patterns.get(word) if position >= skip else None
        if pattern and (match := pattern.match(joined, position)):
            counts[match[0]] += 1
            skip = match.end()
        position += len(word) + 1
    weights: Counter[int] = Counter()
    for term, count in counts.items():
        for theme, weight in known.meanings[term]:
            weights[theme] += weight * min(count, _MOST_OF_ONE)
    for word in re.findall(r"\b[A-Z]{2,}\b", text) if known.capitals else ():
        if word in known.capitals and not _shouted(text):
            weights[known.capitals[word]] += _TERM
    return weights


def _shouted(text: str) -> bool:
    """Whether a text is in capitals throughout, where an acronym does not stand out."""
    return sum(letter.islower() for letter in text) < 3
