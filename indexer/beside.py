"""Small SQLite files beside the generations of an index: what people made, which no build touches.

Processes and threads may share such a file: each use opens it anew and is one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import BoardsearchError, IndexNotWritable

SECONDS = 10.0
"""How long one writer waits for another."""


@dataclass(frozen=True, slots=True)
class Beside:
    """One such file: where it lies, what it holds, and what to say where it is damaged."""

    path: Path
    what: str
    """What it holds, in a few words: "The judgements"."""
    table: str
    """``CREATE TABLE IF NOT EXISTS ...``"""
    version: int
    damaged: Callable[[str, str], BoardsearchError]
    """The error for a file that is none of SQLite's, made of a message and a hint."""

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The file to read from; it has to be there. Raises IndexNotWritable or what ``damaged`` makes."""
        with self._connected() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The file, made where absent, to read and write in one transaction that no other cuts into."""
        with self._connected() as connection:
            connection.execute(self.table)
            connection.execute(f"PRAGMA user_version = {self.version}")
            connection.execute("BEGIN IMMEDIATE")
            with connection:
                yield connection

    @contextmanager
    def _connected(self) -> Iterator[sqlite3.Connection]:
        try:
            # Without the module's own transactions: reading, then writing, is to be one of them.
            connection = sqlite3.connect(self.path, timeout=SECONDS, isolation_level=None)
            try:
                yield connection
            finally:
                connection.close()
        except sqlite3.OperationalError as error:
            raise IndexNotWritable(
                f"{self.what} in {self.path} cannot be read or written: {error}.",
                "Allow the account to write there, or free some space on the disk.",
            ) from error
        except sqlite3.DatabaseError as error:
            raise self.damaged(
                f"{self.path} is damaged: {error}.", "Put a copy of it back from a backup, or move it away."
            ) from error
