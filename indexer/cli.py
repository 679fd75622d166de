"""The ``boardsearch`` command: arguments to the library, results to standard output as text or JSON,
messages to standard error, errors to exit codes."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING, Any

from indexer.arguments import FILTERS, make_parser, settings_from
from indexer.errors import (
    BoardsearchError,
    BuildRunning,
    EngineError,
    IndexError_,
    IndexNotWritable,
    NotFound,
    UnreadableFile,
    UsageError,
)
from indexer.settings import Settings

if TYPE_CHECKING:  # what a command needs is loaded when it is called: `boardsearch --help` is to be quick
    from indexer.build import BuildReport
    from indexer.search.library import Library, SearchRequest
    from indexer.search.results import Hit
    from indexer.terminal import Style

DONE, USAGE, SOME_UNREAD, NO_INDEX, NOT_AVAILABLE, STOPPED = 0, 2, 3, 4, 5, 130

EXIT_CODES: tuple[tuple[type[BoardsearchError], int], ...] = (
    (UsageError, USAGE),
    (NotFound, USAGE),
    (IndexNotWritable, USAGE),
    (BuildRunning, NOT_AVAILABLE),
    (IndexError_, NO_INDEX),
    (EngineError, NOT_AVAILABLE),
    (UnreadableFile, SOME_UNREAD),
)
"""The first class that an error belongs to decides."""

Arguments = argparse.Namespace


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives the exit code."""
    _speak_utf8()
    try:
        arguments = make_parser().parse_args(argv)
        code = COMMANDS[arguments.command](arguments, settings_from(arguments))
        sys.stdout.flush()
    except BoardsearchError as error:
        print(f"boardsearch: {error}", file=sys.stderr)
        return exit_code(error)
    except KeyboardInterrupt:
        print("\nboardsearch: stopped. The index is as it was.", file=sys.stderr)
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain when it closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return code


def exit_code(error: BoardsearchError) -> int:
    """The exit code of an error."""
    return next((code for kind, code in EXIT_CODES if isinstance(error, kind)), 1)


def _speak_utf8() -> None:
    """Write UTF-8 whatever the locale: the papers are full of curly quotes."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _build(arguments: Arguments, settings: Settings) -> int:
    from indexer.build import Options, build
    from indexer.progress import Noted, progress_for

    fresh = arguments.command == "rebuild"
    options = Options(jobs=arguments.jobs, fresh=fresh, retry=arguments.retry, ocr=arguments.ocr)
    progress = progress_for(sys.stderr, quiet=arguments.json)
    if arguments.progress:
        progress = Noted(arguments.progress, progress)
    report = build(settings, options, progress)
    if arguments.json:
        print(json.dumps(build_to_json(report), ensure_ascii=False))
    else:
        _print_report(report)
    return SOME_UNREAD if any(one.page is None for one in report.unread) else DONE


def build_to_json(report: BuildReport) -> dict[str, Any]:
    """The last line of ``build --json``."""
    from indexer.search.payload import unread_to_json

    counts = report.counts
    return {
        "documents": counts.documents,
        "pages": counts.pages,
        "sections": counts.sections,
        "passages": counts.passages,
        "seconds": round(report.seconds, 2),
        "engine": report.engine,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
        "unread": [unread_to_json(unread) for unread in report.unread],
    }


def _print_report(report: BuildReport) -> None:
    from indexer.terminal import counts_line, unread_lines

    print(f"{counts_line(report.counts)} in the index, after {report.seconds:.1f} seconds ({report.engine}).")
    print(
        f"Documents: {report.added:,} added, {report.changed:,} changed, {report.removed:,} removed, "
        f"{report.unchanged:,} unchanged."
    )
    _print_lines(unread_lines(report.unread))


def _search(arguments: Arguments, settings: Settings) -> int:
    from indexer.search.payload import results_to_json
    from indexer.terminal import search_lines

    with closing(_open(settings)) as library:
        results = library.search(_request(arguments))
    if arguments.json:
        _print_json(results_to_json(results))
    else:
        _print_lines(search_lines(results, _style()))
    return DONE


def _answer(arguments: Arguments, settings: Settings) -> int:
    from indexer.search.payload import answer_to_json
    from indexer.terminal import answer_lines

    with closing(_open(settings)) as library:
        answer = library.answer(_request(arguments), arguments.limit)
    if arguments.json:
        _print_json(answer_to_json(answer))
    else:
        _print_lines(answer_lines(answer, _style()))
    return DONE


def _request(arguments: Arguments) -> SearchRequest:
    from indexer.search.library import SearchRequest
    from indexer.search.results import Filter

    chosen = {name: tuple(getattr(arguments, name)) for name in FILTERS}
    given = vars(arguments)
    return SearchRequest(
        text=" ".join(arguments.question),
        filters=tuple(Filter(name, values) for name, values in chosen.items() if values),
        offset=given.get("offset", 0),
        limit=arguments.limit,
        sort=given.get("sort", "relevance"),
        expand=not arguments.no_expand,
        plain=tuple(arguments.plain),
        boilerplate=arguments.boilerplate,
        wishes=not arguments.no_wishes,
        spelling=not arguments.no_spelling,
    )


def _batch(arguments: Arguments, settings: Settings) -> int:
    from indexer.answer_packs.batch_lines import batch_lines
    from indexer.judging.files import read_questions

    # Read whole before the first answer: a bad line in the middle must not leave half a result.
    questions = read_questions(arguments.file)
    with closing(_open(settings)) as library:
        answered = ((key, question, *_ask(library, question, arguments)) for key, question in questions)
        for line in batch_lines(answered, as_csv=arguments.csv):
            print(line)
    return DONE


def _ask(library: Library, question: str, arguments: Arguments) -> tuple[Sequence[Hit], UsageError | None]:
    from indexer.search.library import SearchRequest

    try:
        request = SearchRequest(question, limit=arguments.limit, expand=not arguments.no_expand)
        return library.search(request).hits, None
    except UsageError as error:
        return (), error


def _measure(arguments: Arguments, settings: Settings) -> int:
    from indexer.judging.measure import Wanted, measure
    from indexer.judging.report import figures_lines, figures_to_json

    files = (arguments.qrels, arguments.topics, arguments.run, arguments.baseline)
    figures = measure(Wanted(*files, expand=not arguments.no_expand), settings)
    if arguments.json:
        _print_json(figures_to_json(figures, per_query=arguments.per_query))
    else:
        _print_lines(figures_lines(figures, per_query=arguments.per_query))
    return DONE


def _judgements(arguments: Arguments, settings: Settings) -> int:
    from indexer.judging.export import qrels_text, topics_text
    from indexer.judging.judgements import JudgementSet, current

    with _catalogue(settings) as catalogue:
        now = current(JudgementSet(settings.index).all(), catalogue)
    sys.stdout.write(topics_text(now) if arguments.topics else qrels_text(now))
    if now.lost:
        print(f"boardsearch: {len(now.lost)} judged passages stand in no paper any more.", file=sys.stderr)
    return DONE


def _statements(arguments: Arguments, settings: Settings) -> int:
    from indexer.model import StatementKind
    from indexer.search.payload import entry_to_json
    from indexer.search.register import REGISTER_FILTERS, register
    from indexer.search.results import Filter
    from indexer.search.spreadsheet import register_to_csv
    from indexer.terminal import register_lines

    chosen = (Filter(name, tuple(getattr(arguments, name))) for name in REGISTER_FILTERS)
    filters = [one for one in chosen if one.values]
    with _catalogue(settings) as catalogue:
        entries = register(catalogue, filters, [StatementKind(kind) for kind in arguments.kind])
    entries = entries[: arguments.limit]
    if arguments.json:
        _print_json([entry_to_json(entry) for entry in entries])
    elif arguments.csv:
        sys.stdout.write(register_to_csv(entries))
    else:
        _print_lines(register_lines(entries, _style()))
    return DONE


def _onward(arguments: Arguments, settings: Settings) -> int:
    from indexer.onward_commands import run

    with closing(_open(settings)) as library:
        found = run(arguments, library, _style())
    if arguments.json:
        _print_json(found.json())
    else:
        _print_lines(found.lines())
    return DONE


def _show(arguments: Arguments, settings: Settings) -> int:
    from indexer.search.payload import document_to_json
    from indexer.terminal import document_lines

    with _catalogue(settings) as catalogue:
        document = catalogue.document(arguments.document)
        if arguments.json:
            _print_json(document_to_json(catalogue, document))
        else:
            _print_lines(document_lines(catalogue, document))
    return DONE


def _list(arguments: Arguments, settings: Settings) -> int:
    from indexer.search.payload import documents_to_json
    from indexer.terminal import list_lines

    with _catalogue(settings) as catalogue:
        if arguments.json:
            _print_json(documents_to_json(catalogue))
        else:
            _print_lines(list_lines(catalogue.documents(), catalogue.unread()))
    return DONE


def _check(arguments: Arguments, settings: Settings) -> int:
    from indexer.check import compare, find_faults
    from indexer.search.payload import unread_to_json
    from indexer.search.vocabulary import load_with
    from indexer.terminal import unread_lines

    load_with(settings.vocabulary)  # says what is wrong with the office's own words, if anything
    faults, currency = find_faults(settings), compare(settings)
    is_good = not faults and currency.is_current
    changes = {"added": currency.added, "changed": currency.changed, "removed": currency.removed}
    if arguments.json:
        unread = [unread_to_json(one) for one in currency.unread]
        _print_json(
            {
                "whole": not faults,
                "current": currency.is_current,
                "faults": faults,
                **changes,
                "unread": unread,
            }
        )
    else:
        _print_lines(_check_lines(faults, changes))
        _print_lines(unread_lines(currency.unread))
    return DONE if is_good else NO_INDEX


def _check_lines(faults: Sequence[str], changes: Mapping[str, Sequence[str]]) -> Iterable[str]:
    yield "The index is not whole. Run `boardsearch rebuild`." if faults else "The index is whole."
    yield from (f"    {fault}" for fault in faults)
    if not any(changes.values()):
        yield "It is current: no paper was added, changed or removed since it was built."
        return
    yield "It is not current. Run `boardsearch build`."
    for what, names in changes.items():
        yield from (f"    {what}: {name}" for name in names)


def _serve(arguments: Arguments, settings: Settings) -> int:
    from indexer.generations import current
    from webapp.serve import serve

    current(settings.index)  # better said here than on every page
    serve(settings)
    return DONE


COMMANDS: Mapping[str, Callable[[Arguments, Settings], int]] = {
    "build": _build,
    "rebuild": _build,
    "search": _search,
    "answer": _answer,
    "batch": _batch,
    "measure": _measure,
    "judgements": _judgements,
    "statements": _statements,
    "like": _onward,
    "since": _onward,
    "case": _onward,
    "show": _show,
    "list": _list,
    "check": _check,
    "serve": _serve,
}


def _open(settings: Settings) -> Library:
    from indexer.search.library import open_library

    return open_library(settings)


def _catalogue(settings: Settings) -> Any:
    from indexer.catalogue import Catalogue
    from indexer.generations import current

    return Catalogue.open(current(settings.index).catalogue_path)


def _style() -> Style:
    from indexer.terminal import Style

    return Style(width=min(shutil.get_terminal_size((100, 24)).columns, 120), bold=sys.stdout.isatty())


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _print_json(value: object) -> None:
    """One line for programs, indented for people."""
    print(json.dumps(value, ensure_ascii=False, indent=2 if sys.stdout.isatty() else None))
