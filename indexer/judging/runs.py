"""What was found for judged questions: asked of the index now, or kept in a file of results."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

import msgspec

from indexer.errors import UsageError
from indexer.judging.files import invalid, read_lines
from indexer.judging.lines import DEPTH
from indexer.judging.model import FoundHit, FoundPlace, Lines, Run
from indexer.search.library import Library, SearchRequest
from indexer.search.results import Hit, Results, Source

_HINT = "Use the output of `boardsearch batch`, or TREC's columns: question id, Q0, name, rank, score, tag."


class _Document(msgspec.Struct):
    id: str = ""


class _Place(msgspec.Struct):
    file: str
    lines: tuple[int, int] | None = None
    id: str = ""
    text: str = ""
    document: _Document = msgspec.field(default_factory=_Document)
    url: str = ""


class _Hit(_Place):
    also_in: list[_Place] = []


class _Line(msgspec.Struct):
    id: str
    hits: list[_Hit]


def ask(
    library: Library, questions: Mapping[str, str], *, expand: bool = True
) -> tuple[Run, tuple[str, ...]]:
    """The hits of each question, and notes on those that could not be asked. Raises EngineError."""
    run: dict[str, tuple[FoundHit, ...]] = {}
    notes = []
    for key, question in questions.items():
        try:
            results = library.search(SearchRequest(question, limit=DEPTH, expand=expand))
            run[key] = found_hits(results)
        except UsageError as error:
            notes.append(f"{key} could not be asked and counts as nothing found: {error.message}")
    return run, tuple(notes)


def found_hits(results: Results) -> tuple[FoundHit, ...]:
    """A page of hits as judgements see it."""
    return tuple(map(_of_hit, results.hits))


def name_of(document_id: str, passage_id: str) -> str:
    """A passage as judgements name it."""
    return f"{document_id}/{passage_id}"


def read_run(file: str) -> Run:
    """A file of results: JSON lines as ``batch`` prints them, or TREC's six columns.

    Raises JudgementsInvalid with the line that is wrong, UsageError where it cannot be read.
    """
    lines = [(number, line) for number, line in enumerate(read_lines(file), 1) if line.strip()]
    if not lines:
        raise invalid(file, None, "holds no results", _HINT)
    return _read_json(file, lines) if lines[0][1].lstrip()[:1] == "{" else _read_trec(file, lines)


def _read_json(file: str, lines: Iterable[tuple[int, str]]) -> Run:
    run: dict[str, tuple[FoundHit, ...]] = {}
    for number, line in lines:
        try:
            found = msgspec.json.decode(line, type=_Line)
        except msgspec.MsgspecError as error:
            raise invalid(file, number, f"is not a question's results: {error}", _HINT) from error
        if found.id in run:
            raise invalid(file, number, f"gives results for {found.id} again", "Keep one of the two lines.")
        run[found.id] = tuple(FoundHit((_place(h), *map(_place, h.also_in)), h.text) for h in found.hits)
    return run


def _place(place: _Place) -> FoundPlace:
    lines = Lines(place.file, *place.lines) if place.lines else None
    # A copy is told by its address alone: /documents/ID/passages/ID.
    document, passage = place.document.id, place.id
    if place.url.startswith("/documents/") and place.url.count("/") == 4:
        _, _, document, _, passage = place.url.split("/")
    return FoundPlace(_names(document, passage, place.file), lines)


def _names(document: str, passage: str, file: str) -> tuple[str, ...]:
    named = (name_of(document, passage) if document and passage else "", document, file)
    return tuple(name for name in named if name)


def _read_trec(file: str, lines: Iterable[tuple[int, str]]) -> Run:
    scored: dict[str, list[tuple[float, str]]] = {}
    for number, line in lines:
        columns = line.split("\t") if line.count("\t") == 5 else line.split()
        if len(columns) != 6:
            raise invalid(file, number, f"has {len(columns)} columns in place of 6: “{line[:60]}”", _HINT)
        question, _, name, _, score, _ = (column.strip() for column in columns)
        scored.setdefault(question, []).append((_score(file, number, score), name))
    # By score alone, ties by name, as trec_eval does it: the column of ranks is for the eye.
    return {
        question: tuple(FoundHit((FoundPlace((name,)),)) for _, name in sorted(each, reverse=True))
        for question, each in scored.items()
    }


def _score(file: str, number: int, text: str) -> float:
    try:
        score = float(text)
    except ValueError:
        score = math.nan
    if not math.isfinite(score):
        raise invalid(file, number, f"has the score “{text[:20]}”, which is not a number", _HINT)
    return score


def _of_hit(hit: Hit) -> FoundHit:
    return FoundHit(tuple(map(_of_source, (hit.source, *hit.also_in))), hit.source.passage.text)


def _of_source(source: Source) -> FoundPlace:
    lines = source.passage.lines
    return FoundPlace(
        _names(source.document.id, source.passage.id, source.document.file),
        Lines(source.document.file, *lines) if lines else None,
    )
