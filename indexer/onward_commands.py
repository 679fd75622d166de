"""The commands that lead on from what was found: like, since and case."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from indexer.search.library import Library
from indexer.search.onward import Case, CaseHistory, Since
from indexer.search.payload import case_to_json, history_to_json, like_to_json, since_to_json
from indexer.search.results import Hit
from indexer.terminal import Style, clean, counted, hit_lines


@dataclass(frozen=True, slots=True)
class Found:
    """What a command found, in both of its shapes."""

    json: Callable[[], Any]
    lines: Callable[[], Iterable[str]]


def run(arguments: Namespace, library: Library, style: Style) -> Found:
    """Run ``like``, ``since`` or ``case``; raises NotFound for what is not in the index."""
    commands = {"like": _like, "since": _since, "case": _case}
    return commands[arguments.command](arguments, library, style)


def _like(arguments: Namespace, library: Library, style: Style) -> Found:
    source = library.source(arguments.document, arguments.passage)
    hits = library.onward.like(source.document.id, source.passage.id, arguments.limit)
    nothing = "No other passage is about the same."
    return Found(lambda: like_to_json(source, hits), lambda: _lines(hits, style, nothing))


def _since(arguments: Namespace, library: Library, style: Style) -> Found:
    source = library.source(arguments.document, arguments.passage)
    since = library.onward.since(source.document.id, source.passage.id, arguments.limit)
    return Found(
        lambda: since_to_json(source, since), lambda: _lines(since.hits, style, _nothing_since(since))
    )


def _case(arguments: Namespace, library: Library, style: Style) -> Found:
    if not arguments.name:
        cases = library.onward.cases()
        return Found(lambda: [case_to_json(case) for case in cases], lambda: _case_lines(cases))
    history = library.onward.case(" ".join(arguments.name), arguments.limit)
    return Found(lambda: history_to_json(history), lambda: _history_lines(history, style))


def _lines(hits: Sequence[Hit], style: Style, nothing: str) -> Iterable[str]:
    """Hits, or the sentence that says that there are none."""
    if not hits:
        yield nothing
    for number, hit in enumerate(hits):
        if number:
            yield ""
        yield from hit_lines(hit, style)


def _nothing_since(since: Since) -> str:
    if not since.date:
        return "The paper has no date, so that later papers cannot be told from earlier ones."
    return f"No paper later than {since.date} says enough of the same; the latest here is of {since.latest}."


def _case_lines(cases: Sequence[Case]) -> Iterable[str]:
    if not cases:
        yield "No paper here names a case that was reviewed."
    for case in cases:
        yield clean(f"{case.name} ({'; '.join((counted(case.papers, 'paper'), *case.bodies))})")


def _history_lines(history: CaseHistory, style: Style) -> Iterable[str]:
    case = history.case
    also = f", also called {'; '.join(case.aliases)}" if case.aliases else ""
    yield clean(f"{case.name}{also}: {counted(history.total, 'passage')}, oldest first.")
    if len(case.bodies) > 1:
        yield clean(f"Papers of {'; '.join(case.bodies)} use the name: it may not be one case.")
    yield ""
    yield from _lines(history.hits, style, "No passage tells of it.")
