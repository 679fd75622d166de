"""The commands and options of ``boardsearch``, and the settings that they give."""

from __future__ import annotations

import argparse
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import NoReturn

from indexer.errors import UsageError
from indexer.model import StatementKind
from indexer.settings import ENGINES, Settings, from_environ

FILTERS = ("year", "subgroup", "theme", "kind", "body", "statement")
"""The facets that a search can be held to."""
_MOST_HITS = 1000


class _Parser(argparse.ArgumentParser):
    """A parser whose errors are Boardsearch's own."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(f"{message[:1].upper()}{message[1:]}.", f"Run `{self.prog} --help`.")


def make_parser() -> argparse.ArgumentParser:
    """The parser of the whole command line; raises UsageError for what it cannot take."""
    parser = _Parser(prog="boardsearch", description="Find past safeguarding learning in board papers.")
    parser.add_argument("--version", action="version", version=f"boardsearch {_version()}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    _add_build(commands.add_parser("build", help="read what is new or changed and switch to the new index"))
    _add_build(commands.add_parser("rebuild", help="make the whole index again, from what was read before"))
    _add_search(commands.add_parser("search", help="find passages, with citations"))
    _add_answer(
        commands.add_parser("answer", help="the sentences that answer, word for word, with citations")
    )
    _add_batch(commands.add_parser("batch", help="search for every question of a file"))
    _add_measure(commands.add_parser("measure", help="how good the answers are, by judged questions"))
    _add_judgements(
        commands.add_parser("judgements", help="the judgements of the office view, as TREC qrels")
    )
    _add_statements(
        commands.add_parser("statements", help="the register: recommendations, actions, decisions, findings")
    )
    _add_passage(commands.add_parser("like", help="passages that are about the same as one"))
    _add_passage(commands.add_parser("since", help="what later papers say of a recommendation"))
    _add_case(commands.add_parser("case", help="all that is told of one case; without a name, the cases"))
    _add_show(commands.add_parser("show", help="what is known of one document"))
    _add_plain(commands.add_parser("list", help="all documents"))
    _add_check(commands.add_parser("check", help="is the index whole and current"))
    _add_serve(commands.add_parser("serve", help="the web front end"))
    return parser


def settings_from(arguments: argparse.Namespace) -> Settings:
    """The environment's settings with the options laid over; raises InvalidSetting or UnknownEngine."""
    given = vars(arguments)
    names = ("corpus", "index", "engine", "host", "port")
    return replace(from_environ(), **{name: given[name] for name in names if given.get(name) is not None})


def _version() -> str:
    try:
        return version("boardsearch")
    except PackageNotFoundError:
        return "(not installed)"


def _add_index(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--index", type=Path, metavar="DIR", help="folder of the index (BOARDSEARCH_INDEX)")


def _add_corpus(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--corpus", type=Path, metavar="DIR", help="folder of papers (BOARDSEARCH_CORPUS)")


def _add_json(parser: argparse._ActionsContainer) -> None:
    parser.add_argument("--json", action="store_true", help="print JSON instead of text")


def _add_plain(parser: argparse.ArgumentParser) -> None:
    _add_index(parser)
    _add_json(parser)


def _add_build(parser: argparse.ArgumentParser) -> None:
    _add_corpus(parser)
    _add_plain(parser)
    engines = ", ".join(ENGINES)
    parser.add_argument("--engine", metavar="NAME", help=f"search engine: {engines} (BOARDSEARCH_ENGINE)")
    parser.add_argument(
        "--jobs",
        type=_Number(0, 256),
        metavar="N",
        help="processes that read; default one a processor, 0 reads in this process and without a time limit",
    )
    parser.add_argument(
        "--progress", type=Path, metavar="FILE", help="write how far it is into FILE, as JSON, while it runs"
    )
    parser.add_argument("--retry", action="store_true", help="try files again that could not be read")
    parser.add_argument(
        "--ocr", action="store_true", help="recognise the text of scanned pages (OCRmyPDF and Tesseract)"
    )


def _add_question(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="+", metavar="QUESTION", help="words, or a question in quotes")
    _add_plain(parser)
    for name in FILTERS:
        _add_filter(parser, name)
    parser.add_argument("--boilerplate", action="store_true", help="search contents pages and the like too")
    parser.add_argument(
        "--no-wishes", action="store_true", help="do not put papers of the years and kinds named first"
    )
    parser.add_argument("--no-spelling", action="store_true", help="do not try other spellings")
    _add_no_expand(parser)
    parser.add_argument(
        "--plain",
        action="append",
        default=[],
        metavar="WORDS",
        help="search for these of the words as typed, and for the rest as usual; may be given several times",
    )


def _add_no_expand(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--no-expand",
        "--no-synonyms",
        action="store_true",
        help="search only for the words as typed, without the vocabulary's",
    )


def _add_filter(parser: argparse.ArgumentParser, name: str) -> None:
    parser.add_argument(
        f"--{name}", action="append", default=[], help=f"only this {name}; may be given several times"
    )


def _add_limit(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--limit", type=_Number(1, _MOST_HITS), default=10, metavar="N", help="hits a question; default 10"
    )


def _add_search(parser: argparse.ArgumentParser) -> None:
    _add_question(parser)
    _add_limit(parser)
    parser.add_argument(
        "--offset", type=_Number(0, 100_000), default=0, metavar="N", help="hits to pass over"
    )
    parser.add_argument("--sort", choices=("relevance", "newest", "oldest"), default="relevance")


def _add_answer(parser: argparse.ArgumentParser) -> None:
    _add_question(parser)
    parser.add_argument(
        "--limit", type=_Number(1, 100), default=8, metavar="N", help="sentences at most; default 8"
    )


def _add_batch(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.tsv", help="lines of id, tab, question; - is standard input")
    _add_index(parser)
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--json", action="store_true", help="print one line of JSON a question (the default)")
    shape.add_argument("--csv", action="store_true", help="print CSV, a line a hit, with column names")
    _add_limit(parser)
    _add_no_expand(parser)


def _add_measure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "qrels",
        nargs="?",
        metavar="QRELS",
        help="judgements: TREC qrels or the gold format; default those of the office view",
    )
    parser.add_argument(
        "--topics", metavar="FILE", help="the questions of TREC qrels: id, tab, question a line"
    )
    parser.add_argument("--run", metavar="FILE", help="measure these results in place of asking the index")
    parser.add_argument(
        "--baseline", metavar="FILE", help="results to compare with, by a test of significance"
    )
    parser.add_argument("--per-query", action="store_true", help="the figures of each question too")
    _add_no_expand(parser)
    _add_corpus(parser)
    _add_plain(parser)


def _add_judgements(parser: argparse.ArgumentParser) -> None:
    _add_index(parser)
    parser.add_argument(
        "--topics", action="store_true", help="print the questions instead: id, tab, question"
    )


def _add_statements(parser: argparse.ArgumentParser) -> None:
    _add_index(parser)
    shape = parser.add_mutually_exclusive_group()
    _add_json(shape)
    shape.add_argument("--csv", action="store_true", help="print CSV, with a line of column names")
    parser.add_argument(
        "--kind",
        action="append",
        default=[],
        choices=[kind.value for kind in StatementKind],
        help="only this kind of statement; may be given several times",
    )
    for name in ("theme", "year", "body"):
        _add_filter(parser, name)
    parser.add_argument("--limit", type=_Number(1, 1_000_000), metavar="N", help="statements at most")


def _add_passage(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("document", metavar="DOCUMENT", help="a document's id, or its file's path")
    parser.add_argument("passage", metavar="PASSAGE", help="a passage's id, as --json gives it")
    _add_plain(parser)
    _add_limit(parser)


def _add_case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="*", metavar="NAME", help="a case's name, or another name of it")
    _add_plain(parser)
    parser.add_argument(
        "--limit", type=_Number(1, _MOST_HITS), default=100, metavar="N", help="passages at most"
    )


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "document", metavar="DOCUMENT", help="a document's id, or its file's path in the corpus"
    )
    _add_plain(parser)


def _add_check(parser: argparse.ArgumentParser) -> None:
    _add_corpus(parser)
    _add_plain(parser)


def _add_serve(parser: argparse.ArgumentParser) -> None:
    _add_corpus(parser)
    _add_index(parser)
    parser.add_argument("--host", metavar="H", help="address to listen on (BOARDSEARCH_HOST)")
    parser.add_argument("--port", type=_Number(0, 65535), metavar="P", help="port (BOARDSEARCH_PORT)")


class _Number:
    """A whole number within bounds, as argparse wants a type."""

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def __call__(self, text: str) -> int:
        if not text.strip().isdecimal() or not self._least <= int(text) <= self._most:
            raise argparse.ArgumentTypeError(
                f"{text!r} is not a whole number from {self._least} to {self._most:,}"
            )
        return int(text)
