"""What the board office knows better than the papers say of themselves: ``corrections.toml``.

The file lies at the top of the corpus and is the one file there that is read as settings. What it
says is laid over what the stages found; the paper itself, and its cached reading, stay as they are.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from indexer.errors import CorrectionsInvalid
from indexer.files import CORRECTIONS_FILE
from indexer.model import Correction, Document, DocumentKind, Extract, Named, Part, Passage, Statement
from indexer.themes import theme_names

Values = Mapping[str, Any]
"""A field's name to its right value: texts, a tuple of texts, or None."""

_OVERRIDES = ("title", "kind", "body", "date", "years")
_ADDITIONS = ("subgroups", "themes")
_INHERITED = ("body", "date", "years")
"""A pack's papers take these from the pack where they do not say their own."""
_FIELDS = (*_OVERRIDES, *_ADDITIONS)
_PARTS = "parts"
_YEAR = re.compile(r"(\d{4})-(\d\d)")
_HINT = f"Correct {CORRECTIONS_FILE} in the folder of papers; the index was left as it is."


@dataclass(frozen=True, slots=True)
class FileCorrections:
    """What is corrected in one file: as a whole, and in its papers by agenda item."""

    values: Values
    parts: Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of a corpus."""

    files: Mapping[str, FileCorrections] = field(default_factory=dict)
    checksum: str = ""
    """Of the file's bytes; empty where there is no such file."""


def corrections_checksum(corpus: Path) -> str:
    """What tells one state of the corrections from another; empty where there are none."""
    data = _data(corpus)
    return hashlib.sha256(data).hexdigest() if data is not None else ""


def load(corpus: Path) -> Corrections:
    """The corrections of a corpus; raises CorrectionsInvalid naming the line, or all bad entries."""
    data = _data(corpus)
    return Corrections() if data is None else parse(data, corpus)


def parse(data: bytes, corpus: Path) -> Corrections:
    """The corrections that a file of these bytes would make; raises as ``load``."""
    try:
        tables = tomllib.loads(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise CorrectionsInvalid(f"{CORRECTIONS_FILE} cannot be understood: {error}.", _HINT) from error
    problems = [problem for name, table in tables.items() for problem in _problems(corpus, name, table)]
    if problems:
        raise CorrectionsInvalid(f"{CORRECTIONS_FILE} has mistakes: {' '.join(problems)}", _HINT)
    files = {name: _file(table) for name, table in tables.items()}
    return Corrections(files, hashlib.sha256(data).hexdigest())


def apply(extract: Extract, corrections: Corrections) -> Extract:
    """What is known of a file with its corrections laid over and listed.

    Raises CorrectionsInvalid where a paper is corrected by an item that the file does not have.
    """
    wanted = corrections.files.get(extract.document.file)
    if wanted is None:
        return extract
    _require_items(extract, wanted)
    corrected = _apply_whole(extract, wanted.values)
    for item, values in wanted.parts.items():
        corrected = _apply_part(corrected, item, values)
    return corrected


def problems_with(values: Mapping[str, object]) -> tuple[str, ...]:
    """What is wrong with values of one paper, each in a sentence; none where a build takes them."""
    found = (problem.removeprefix(": ") for problem in _bad_values("", values))
    return tuple(problem[:1].upper() + problem[1:] for problem in found)


def _data(corpus: Path) -> bytes | None:
    path = corpus / CORRECTIONS_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CorrectionsInvalid(f"{path} cannot be read: {error.strerror}.", _HINT) from error


# ---------------------------------------------------------------- is the file as it should be


def _problems(corpus: Path, name: str, table: object) -> Iterator[str]:
    here = f"[{name!r}]"
    if not isinstance(table, dict):
        yield f'“{name}” stands outside any file: begin with a line such as ["minutes/2013-09.pdf"].'
        return
    if not (corpus / name).is_file():
        yield f"{here}: there is no such file in the folder of papers."
    parts = table.get(_PARTS, {})
    yield from _bad_values(here, {key: value for key, value in table.items() if key != _PARTS})
    if not isinstance(parts, dict):
        yield f'{here}: “{_PARTS}” is a table by item, such as ["{name}".{_PARTS}."4"].'
        return
    for item, values in parts.items():
        inside = f"[{name!r}.{_PARTS}.{item!r}]"
        if isinstance(values, dict):
            yield from _bad_values(inside, values)
        else:
            yield f"{inside} is not a table of what is right for that item."


def _bad_values(here: str, values: Mapping[str, object]) -> Iterator[str]:
    for key, value in values.items():
        check = _CHECKS.get(key)
        if check is None:
            yield f"{here}: “{key}” is not known; use {', '.join(_FIELDS)} or {_PARTS}."
        elif wrong := check(value):
            yield f"{here}: {key} {wrong}."


def _bad_title(value: object) -> str:
    return "" if isinstance(value, str) and value.strip() else "is to be a text that is not empty"


def _bad_kind(value: object) -> str:
    return "" if value in list(DocumentKind) else f"is “{value}”, not one of {', '.join(DocumentKind)}"


def _bad_body(value: object) -> str:
    return "" if isinstance(value, str) else "is to be a text"


def _bad_date(value: object) -> str:
    if value == "" or isinstance(value, date):
        return ""
    try:
        if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", value):
            date.fromisoformat(value if len(value) > 7 else f"{value}-01")
            return ""
    except ValueError:
        pass
    return f'is “{value}”, not a date such as 2013-09-14 or, without the day, "2013-09"'


def _bad_years(value: object) -> str:
    if isinstance(value, list) and all(isinstance(year, str) and _is_year(year) for year in value):
        return ""
    return f'is {value!r}, not a list of reporting years such as ["2012-13"]'


def _is_year(text: str) -> bool:
    found = _YEAR.fullmatch(text)
    return found is not None and (int(found[1]) + 1) % 100 == int(found[2])


def _bad_names(value: object) -> str:
    if isinstance(value, list) and all(isinstance(name, str) and name.strip() for name in value):
        return ""
    return "is to be a list of names"


def _bad_themes(value: object) -> str:
    if wrong := _bad_names(value):
        return wrong
    assert isinstance(value, list)  # noqa: S101 - said for the type checker
    unknown = [f"“{name}”" for name in value if name not in theme_names()]
    return f"has {', '.join(unknown)}, which the file of themes does not have" if unknown else ""


_CHECKS: Mapping[str, Callable[[object], str]] = {
    "title": _bad_title,
    "kind": _bad_kind,
    "body": _bad_body,
    "date": _bad_date,
    "years": _bad_years,
    "subgroups": _bad_names,
    "themes": _bad_themes,
}


def _file(table: Mapping[str, Any]) -> FileCorrections:
    own = {key: value for key, value in table.items() if key != _PARTS}
    return FileCorrections(_values(own), {item: _values(one) for item, one in table.get(_PARTS, {}).items()})


def _values(table: Mapping[str, Any]) -> Values:
    """Values as the model holds them."""
    return {key: _value(key, value) for key, value in table.items()}


def _value(key: str, value: Any) -> Any:
    if key == "kind":
        return DocumentKind(value)
    if key == "date":
        # TOML has dates of its own; a time of day is more than a paper needs.
        return str(value)[:10] or None
    if key == "years":
        return tuple(sorted(set(value)))
    return tuple(dict.fromkeys(value)) if key in _ADDITIONS else value.strip()


# ---------------------------------------------------------------- laying it over


def _require_items(extract: Extract, wanted: FileCorrections) -> None:
    items = [part.item for part in extract.parts if part.item]
    for item in wanted.parts.keys() - set(items):
        raise CorrectionsInvalid(
            f"{CORRECTIONS_FILE} has mistakes: [{extract.document.file!r}.{_PARTS}.{item!r}]: the file has "
            f"no such item; it has {', '.join(items) or 'none'}.",
            _HINT,
        )


def _apply_whole(extract: Extract, values: Values) -> Extract:
    own = {key: value for key, value in values.items() if key in _OVERRIDES}
    before = extract.document
    alone = len(extract.parts) == 1

    def part(one: Part) -> Part:
        taken = own if alone else {k: v for k, v in own.items() if k in _INHERITED and _same(one, before, k)}
        return replace(one, **taken)

    corrected = replace(extract, document=replace(before, **own))
    parts = tuple(map(part, extract.parts))
    listed = _listed(before, values, None)
    return _with_parts(corrected, parts, range(len(parts)), values, listed)


def _same(part: Part, document: Document, key: str) -> bool:
    return bool(getattr(part, key) == getattr(document, key))


def _apply_part(extract: Extract, item: str, values: Values) -> Extract:
    own = {key: value for key, value in values.items() if key in _OVERRIDES}
    chosen = [position for position, part in enumerate(extract.parts) if part.item == item]
    parts = tuple(
        replace(part, **own) if position in chosen else part for position, part in enumerate(extract.parts)
    )
    listed = _listed(extract.parts[chosen[0]], values, item)
    return _with_parts(extract, parts, chosen, values, listed)


def _listed(before: Document | Part, values: Values, item: str | None) -> tuple[Correction, ...]:
    return tuple(
        Correction(item, key, getattr(before, key) if key in _OVERRIDES else None, value)
        for key, value in values.items()
    )


def _with_parts(
    extract: Extract,
    parts: tuple[Part, ...],
    chosen: Iterable[int],
    values: Values,
    listed: tuple[Correction, ...],
) -> Extract:
    """The corrected papers, and in the passages of the chosen ones the names that were added."""
    positions = set(chosen)
    subgroups = values.get("subgroups", ())

    def passage(one: Passage) -> Passage:
        if one.part not in positions:
            return one
        inherits = one.years == extract.parts[one.part].years
        return replace(
            one,
            years=parts[one.part].years if inherits else one.years,
            subgroups=tuple(dict.fromkeys((*one.subgroups, *subgroups))),
            themes=tuple(dict.fromkeys((*one.themes, *values.get("themes", ())))),
        )

    def statement(one: Statement) -> Statement:
        places = (parts[position].place for position in positions)
        if not any(place.start <= one.place.start < place.end for place in places):
            return one
        return replace(one, themes=tuple(dict.fromkeys((*one.themes, *values.get("themes", ())))))

    places = tuple(parts[position].place for position in sorted(positions))
    known = {named.name for named in extract.subgroups}
    added = tuple(Named(name, (), places) for name in subgroups if name not in known)
    return replace(
        extract,
        parts=parts,
        passages=tuple(map(passage, extract.passages)),
        statements=tuple(map(statement, extract.statements)),
        subgroups=(*extract.subgroups, *added),
        corrections=(*extract.corrections, *listed),
    )
