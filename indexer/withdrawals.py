"""Papers that the board office withdrew: which, when and why. A small SQLite file beside the index.

A withdrawn paper is known by its bytes, so that a copy under another name is withdrawn with it, and a
new version under the old name is not. From the moment that it is recorded no search and no page has it,
whatever the index still holds; the next build leaves it out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from indexer.beside import Beside
from indexer.errors import IndexDamaged
from indexer.model import SourceFile, Unread, UnreadCode

FILE = "withdrawn.sqlite"
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS withdrawn (
    checksum TEXT NOT NULL, file TEXT NOT NULL, document TEXT NOT NULL, at TEXT NOT NULL,
    why TEXT NOT NULL, kept TEXT NOT NULL, PRIMARY KEY (checksum, file)
) STRICT
"""
_COLUMNS = "checksum, file, document, at, why, kept"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A paper that was withdrawn."""

    checksum: str
    file: str
    document: str
    """Its id, by which old links name it."""
    at: str
    """ISO date and time, UTC."""
    why: str
    """For readers who follow an old link; may be empty."""
    kept: str
    """Where the file lies now; empty where it was deleted."""


class Withdrawals:
    """The withdrawn papers of an index; every method may raise IndexNotWritable or IndexDamaged."""

    def __init__(self, index: Path) -> None:
        self.path = index / FILE
        self._file = Beside(self.path, "The withdrawn papers", _TABLE, _VERSION, IndexDamaged)

    def all(self) -> tuple[Withdrawal, ...]:
        """Every withdrawn paper, the latest first."""
        if not self.path.exists():
            return ()
        with self._file.reading() as connection:
            rows = connection.execute(f"SELECT {_COLUMNS} FROM withdrawn ORDER BY at DESC, file").fetchall()  # noqa: S608
        return tuple(Withdrawal(*row) for row in rows)

    def of_document(self, document_id: str) -> Withdrawal | None:
        """The latest withdrawal of the paper of this id, if any."""
        return next((one for one in self.all() if one.document == document_id), None)

    def record(self, withdrawals: Iterable[Withdrawal]) -> None:
        """Withdraw papers, or say anew what became of their files."""
        with self._file.writing() as connection:
            for one in withdrawals:
                row = (one.checksum, one.file, one.document, one.at, one.why, one.kept)
                connection.execute("INSERT OR REPLACE INTO withdrawn VALUES (?, ?, ?, ?, ?, ?)", row)

    def take_back(self, checksum: str) -> None:
        """Let a paper be read again."""
        with self._file.writing() as connection:
            connection.execute("DELETE FROM withdrawn WHERE checksum = ?", (checksum,))

    def hidden(self, sources: Mapping[str, SourceFile]) -> frozenset[str]:
        """Those of the files, by name, that hold a withdrawn paper."""
        checksums = {one.checksum for one in self.all()}
        return frozenset(name for name, source in sources.items() if source.checksum in checksums)


def withdrawal(source: SourceFile, document_id: str, why: str) -> Withdrawal:
    """A paper withdrawn now; where its file goes is said once that is known."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Withdrawal(source.checksum, source.name, document_id, now, why, "")


def moved(one: Withdrawal, kept: str) -> Withdrawal:
    """The withdrawal, with where the file lies now."""
    return replace(one, kept=kept)


def set_apart(
    sources: Iterable[SourceFile], index: Path
) -> tuple[tuple[SourceFile, ...], tuple[Unread, ...]]:
    """The files that may be read, and those that hold withdrawn papers, each with what to do about it."""
    held = tuple(sources)
    hidden = Withdrawals(index).hidden({source.name: source for source in held})
    unread = tuple(
        Unread(source.name, UnreadCode.WITHDRAWN, _REASON) for source in held if source.name in hidden
    )
    return tuple(source for source in held if source.name not in hidden), unread


_REASON = (
    "This paper was withdrawn. Take the file out of the folder, or put the paper back in the office view."
)
