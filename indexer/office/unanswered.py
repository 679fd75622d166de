"""Searches that found nothing, counted so that nobody is told of: which papers are missing, not who asked.

A question can name a child. So it is kept as a keyed hash until it was asked on several days; only then
are its words kept. Before that, and for all that is asked once, there is a count by month and no more.
"""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from indexer.beside import Beside
from indexer.errors import IndexDamaged

FILE = "unanswered.sqlite"
DAYS = 3
"""On so many days a question has to be asked before its words are kept."""
FORGOTTEN_AFTER = 90
"""Days after which a question that was not asked again is forgotten."""
MOST = 5000
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS asked (
    key BLOB NOT NULL, month TEXT NOT NULL, days INTEGER NOT NULL, last TEXT NOT NULL, words TEXT NOT NULL,
    times INTEGER NOT NULL, PRIMARY KEY (key, month)
) STRICT
"""
_MONTH = b""
"""The key of the rows that count a month's searches."""


def _today() -> date:
    return datetime.now(UTC).date()


@dataclass(frozen=True, slots=True)
class Missed:
    """A question that found nothing on several days."""

    words: str
    days: int
    last: str
    """ISO date on which it was asked last."""


class Unanswered:
    """The counts beside an index; every method may raise IndexNotWritable or IndexDamaged."""

    def __init__(self, index: Path, secret: str, today: Callable[[], date] = _today) -> None:
        self.path = index / FILE
        self._secret = secret.encode()
        self._today = today
        self._file = Beside(self.path, "The counts of searches", _TABLE, _VERSION, IndexDamaged)

    def count(self, question: str) -> None:
        """Count a search that found nothing; of one day, a question counts once."""
        words = " ".join(question.casefold().split())
        day = self._today()
        key = hmac.digest(self._secret, words.encode(), hashlib.sha256)
        with self._file.writing() as connection:
            connection.execute(
                "INSERT INTO asked VALUES (?, ?, 0, ?, '', 1) ON CONFLICT DO UPDATE SET times = times + 1",
                (_MONTH, f"{day:%Y-%m}", day.isoformat()),
            )
            before = (day - timedelta(days=FORGOTTEN_AFTER)).isoformat()
            connection.execute("DELETE FROM asked WHERE key <> ? AND last < ?", (_MONTH, before))
            found = connection.execute("SELECT days, last FROM asked WHERE key = ?", (key,)).fetchone()
            days, last = found or (0, "")
            if last == day.isoformat() or (found is None and _is_full(connection)):
                return
            kept = words if days + 1 >= DAYS else ""
            connection.execute(
                "INSERT OR REPLACE INTO asked VALUES (?, '', ?, ?, ?, 1)",
                (key, days + 1, day.isoformat(), kept),
            )

    def months(self) -> tuple[tuple[str, int], ...]:
        """(month as ``2026-11``, searches that found nothing), the latest first."""
        if not self.path.exists():
            return ()
        with self._file.reading() as connection:
            sql = "SELECT month, times FROM asked WHERE key = ? ORDER BY month DESC"
            return tuple(connection.execute(sql, (_MONTH,)).fetchall())

    def missed(self) -> tuple[Missed, ...]:
        """The questions that were asked on several days, the most often asked first."""
        if not self.path.exists():
            return ()
        with self._file.reading() as connection:
            sql = "SELECT words, days, last FROM asked WHERE words <> '' ORDER BY days DESC, last DESC, words"
            return tuple(Missed(*row) for row in connection.execute(sql).fetchall())


def _is_full(connection: sqlite3.Connection) -> bool:
    (held,) = connection.execute("SELECT COUNT(*) FROM asked").fetchone()
    return bool(held >= MOST)
