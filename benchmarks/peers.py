"""The same passages in our engine, in Whoosh used as its manual says, and in SQLite's FTS5.

All three find passages with any of a question's words, rank by BM25 with our field weights and give the
ten best. We also give every match, which filters and facets need; the others are not asked for it.
"""

from __future__ import annotations

import sqlite3
import warnings
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol

from benchmarks.synthetic import Sample
from indexer.search.analysis import Token
from indexer.search.contract import FIELD_WEIGHTS, IndexedPassage
from indexer.search.engines import backend
from indexer.search.query import AnyOf, Term

TOP = 10


class Peer(Protocol):
    """One way of indexing and searching."""

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Index the passages in an empty folder."""

    def open(self, folder: Path) -> None:
        """Make ready to search."""

    def search(self, words: tuple[str, ...]) -> int:
        """How many passages came back, ``TOP`` at most."""

    def close(self) -> None:
        """Give files back."""


class Boardsearch:
    """Our engine, by the contract."""

    def __init__(self, name: str = "whoosh") -> None:
        self._backend = backend(name)

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Index the passages."""
        with self._backend.writer(folder) as writer:
            writer.add(map(_indexed, samples))
            writer.commit()

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._engine = self._backend.open(folder)

    def search(self, words: tuple[str, ...]) -> int:
        """Search for any of the words."""
        return len(self._engine.search(AnyOf(tuple(map(Term, words))), TOP).ranked)

    def close(self) -> None:
        """Close the index."""
        self._engine.close()


class BareWhoosh:
    """Whoosh by itself: its own analysis of words at spaces, BM25F, query parser and matchers."""

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Index the passages."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from whoosh import analysis, fields, index
        text = fields.TEXT(analyzer=analysis.SpaceSeparatedTokenizer())
        schema = fields.Schema(ordinal=fields.NUMERIC(stored=True), **dict.fromkeys(FIELD_WEIGHTS, text))
        folder.mkdir()
        writer = index.create_in(folder, schema).writer()
        for sample in samples:
            writer.add_document(
                ordinal=sample.ordinal, **{field: " ".join(getattr(sample, field)) for field in FIELD_WEIGHTS}
            )
        writer.commit()

    def open(self, folder: Path) -> None:
        """Open a searcher."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from whoosh import index, qparser
        opened = index.open_dir(folder)
        self._searcher = opened.searcher()
        self._parser = qparser.MultifieldParser(
            list(FIELD_WEIGHTS), opened.schema, fieldboosts=dict(FIELD_WEIGHTS), group=qparser.OrGroup
        )

    def search(self, words: tuple[str, ...]) -> int:
        """Search for any of the words."""
        found: Any = self._searcher.search(self._parser.parse(" ".join(words)), limit=TOP)
        return int(found.scored_length())

    def close(self) -> None:
        """Close the searcher."""
        self._searcher.close()


class Fts5:
    """SQLite's full-text search, which is compiled."""

    def build(self, folder: Path, samples: Iterable[Sample]) -> None:
        """Index the passages."""
        folder.mkdir()
        with closing(sqlite3.connect(folder / "fts.sqlite")) as connection, connection:
            connection.execute("CREATE VIRTUAL TABLE passages USING fts5(text, heading, title)")
            connection.executemany(
                "INSERT INTO passages(rowid, text, heading, title) VALUES (?, ?, ?, ?)",
                ((s.ordinal, " ".join(s.text), " ".join(s.heading), " ".join(s.title)) for s in samples),
            )

    def open(self, folder: Path) -> None:
        """Open the database."""
        self._connection = sqlite3.connect(folder / "fts.sqlite")
        weights = ", ".join(str(FIELD_WEIGHTS[field]) for field in ("text", "heading", "title"))
        self._statement = (
            "SELECT rowid FROM passages WHERE passages MATCH ? "  # noqa: S608 - made of our own numbers
            f"ORDER BY bm25(passages, {weights}) LIMIT {TOP}"
        )

    def search(self, words: tuple[str, ...]) -> int:
        """Search for any of the words."""
        return len(self._connection.execute(self._statement, (" OR ".join(words),)).fetchall())

    def close(self) -> None:
        """Close the database."""
        self._connection.close()


def all_peers() -> dict[str, Peer]:
    """Each by the name that it has in the tables, ours first."""
    return {"Boardsearch on Whoosh": Boardsearch(), "Whoosh by itself": BareWhoosh(), "SQLite FTS5": Fts5()}


def _indexed(sample: Sample) -> IndexedPassage:
    return IndexedPassage(sample.ordinal, {field: _tokens(getattr(sample, field)) for field in FIELD_WEIGHTS})


def _tokens(words: tuple[str, ...]) -> tuple[Token, ...]:
    return tuple(Token(word, at, 0, 0) for at, word in enumerate(words))
