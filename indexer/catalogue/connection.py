"""The SQLite connection behind a catalogue: opened, locked for threads, and its errors translated.

One connection with a lock serves all threads of a web server: a statement takes well under a
millisecond, and rows are fetched before the lock is let go.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from indexer.catalogue.schema import APPLICATION_ID, HIDING, SCHEMA, SCHEMA_VERSION
from indexer.errors import IndexDamaged, IndexMissing, IndexOutdated

Row = tuple[Any, ...]

_REBUILD = "Run `boardsearch build` to make it again; papers that were read before are not read again."


class Connection:
    """An open catalogue file. Use ``create`` or ``open``; a context manager that closes it."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection
        self._lock = threading.RLock()

    @classmethod
    def create(cls, path: Path) -> Self:
        """A new, empty catalogue at ``path``, open for writing.

        Nothing is durable before the generation that it belongs to is, so SQLite keeps no journal
        and does not wait for the disk. Raises FileExistsError where there is one already.
        """
        path.open("xb").close()
        connection = _connect(path, "rw")
        connection.executescript(
            f"PRAGMA application_id={APPLICATION_ID};PRAGMA user_version={SCHEMA_VERSION};BEGIN;{SCHEMA}"
        )
        return cls(path, connection)

    @classmethod
    def open(cls, path: Path, *, writable: bool = False) -> Self:
        """The catalogue at ``path``; raises IndexMissing, IndexOutdated or IndexDamaged.

        Read only unless ``writable``, and then as a file that nobody changes, so that an index on a
        read-only disk can be searched.
        """
        if not path.is_file():
            raise IndexMissing(f"There is no catalogue at {path}.", "Run `boardsearch build` to make one.")
        try:
            connection = _connect(path, "rw" if writable else "ro")
            _check_version(connection)
        except sqlite3.DatabaseError as error:
            raise _damaged(path, error) from error
        return cls(path, connection)

    def hide(self, files: Collection[str]) -> None:
        """Answer every question from now on as if these files were not in the catalogue.

        Views of this connection alone stand before the tables, which stay as they are.
        """
        with self._lock:
            self._connection.execute("PRAGMA temp_store=MEMORY")
            self._connection.executescript(HIDING)
            self._connection.executemany("INSERT INTO temp.hidden VALUES (?)", [(file,) for file in files])
            self._connection.commit()

    def copy_to(self, path: Path) -> None:
        """Copy the whole catalogue to a new file at ``path``."""
        with self._lock, closing(sqlite3.connect(path)) as target:
            self._connection.backup(target)

    def commit(self) -> None:
        """Write everything to the file."""
        with self._lock:
            self._connection.commit()

    def is_whole(self) -> bool:
        """Whether SQLite finds every page of the file in order; reads it all."""
        try:
            return self._rows("PRAGMA quick_check(1)") == [("ok",)]
        except IndexDamaged:
            return False

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[Row]:
        """All rows of a query. Raises IndexDamaged where the file is not what SQLite expects."""
        try:
            with self._lock:
                return self._connection.execute(sql, parameters).fetchall()
        except sqlite3.ProgrammingError:
            raise  # a mistake of the caller, such as a catalogue that was closed
        except sqlite3.DatabaseError as error:
            raise _damaged(self.path, error) from error

    def _row(self, sql: str, parameters: Sequence[Any] = ()) -> Row | None:
        rows = self._rows(sql, parameters)
        return rows[0] if rows else None


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    still = "&immutable=1" if mode == "ro" else ""
    uri = f"{path.resolve().as_uri()}?mode={mode}{still}"
    connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
    if mode == "rw":
        connection.execute("PRAGMA journal_mode=MEMORY")
        connection.execute("PRAGMA synchronous=OFF")
    return connection


def _check_version(connection: sqlite3.Connection) -> None:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        raise sqlite3.DatabaseError("it is not a catalogue of Boardsearch")
    if version != SCHEMA_VERSION:
        raise IndexOutdated(
            f"The catalogue has the form {version}; this version reads the form {SCHEMA_VERSION}.", _REBUILD
        )


def _damaged(path: Path, error: Exception) -> IndexDamaged:
    return IndexDamaged(f"The catalogue {path} cannot be read: {error}.", _REBUILD)
