"""The answer packs of a service: one small SQLite file beside the index.

Who holds a pack's key may change it; who has its id may read it while it is shared. Of the key a hash
is kept, so that the file alone gives nobody the right. Nothing is kept of who made a pack.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from indexer.answer_packs.model import AnswerPack, Item
from indexer.beside import Beside
from indexer.errors import PacksDamaged, TooManyPacks, UnknownPack

FILE = "answer-packs.sqlite"
MOST_PACKS = 5000
DAYS_ALONE = 30
"""A pack that is not shared goes so many days after it was last changed."""
DAYS_SHARED = 730
"""As long is a shared one kept: a link in the minutes of a meeting is to be good for the next year's."""
_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS packs (
    id TEXT PRIMARY KEY, key_hash BLOB NOT NULL, changed TEXT NOT NULL, shared INTEGER NOT NULL,
    data BLOB NOT NULL
) STRICT
"""
_decode = msgspec.json.Decoder(AnswerPack).decode

Change = Callable[[AnswerPack], AnswerPack]


@dataclass(frozen=True, slots=True)
class Holder:
    """The right to change a pack: its id, and the key that goes with it."""

    id: str
    key: str


class AnswerPacks:
    """The packs beside an index; every method may raise IndexNotWritable or PacksDamaged."""

    def __init__(self, index: Path, most: int = MOST_PACKS) -> None:
        self.path = index / FILE
        self._most = most
        self._file = Beside(self.path, "The answer packs", _TABLE, _VERSION, PacksDamaged)

    def start(self, change: Change) -> tuple[AnswerPack, Holder]:
        """A new pack, made of an empty one by ``change``, and who may change it. Old ones are swept
        away first; raises TooManyPacks where as many as may be are left, and what ``change`` raises."""
        holder = Holder(secrets.token_urlsafe(16), secrets.token_urlsafe(24))
        now = _now()
        pack = change(AnswerPack(holder.id, created=now, changed=now))
        with self._file.writing() as connection:
            _sweep(connection)
            self._require_room(connection)
            row = (pack.id, _hash(holder.key), pack.changed, pack.shared, msgspec.json.encode(pack))
            connection.execute("INSERT INTO packs VALUES (?, ?, ?, ?, ?)", row)
        return pack, holder

    def shared(self, pack_id: str) -> AnswerPack:
        """The pack that a link to read shows; raises UnknownPack."""
        pack = self._find(pack_id)
        if pack is None or not pack.shared:
            raise _unknown()
        return pack

    def held(self, holder: Holder) -> AnswerPack:
        """The pack that ``holder`` may change; raises UnknownPack."""
        if not self.path.exists():
            raise _unknown()
        with self._file.reading() as connection:
            return self._held(connection, holder)

    def change(self, holder: Holder, change: Change) -> AnswerPack:
        """Change a pack in one step that no other change falls into; raises UnknownPack and what
        ``change`` raises."""
        if not self.path.exists():
            raise _unknown()
        with self._file.writing() as connection:
            before = self._held(connection, holder)
            pack = change(before)
            if pack != before:
                pack = replace(pack, changed=_now())
                _put(connection, pack)
        return pack

    def delete(self, holder: Holder) -> None:
        """Forget a pack for good; raises UnknownPack."""
        if not self.path.exists():
            raise _unknown()
        with self._file.writing() as connection:
            self._held(connection, holder)
            connection.execute("DELETE FROM packs WHERE id = ?", (holder.id,))

    def forget(self, files: frozenset[str]) -> int:
        """Take the words and titles of papers out of every pack; gives how many packs had any."""
        if not self.path.exists():
            return 0
        changed = 0
        with self._file.writing() as connection:
            for (data,) in connection.execute("SELECT data FROM packs").fetchall():
                before = _read(data)
                items = tuple(_without_words(i) if i.file in files else i for i in before.items)
                if items != before.items:
                    _put(connection, replace(before, items=items))
                    changed += 1
        return changed

    def _find(self, pack_id: str) -> AnswerPack | None:
        if not self.path.exists():
            return None
        with self._file.reading() as connection:
            row = connection.execute("SELECT data FROM packs WHERE id = ?", (pack_id,)).fetchone()
        return _read(row[0]) if row else None

    def _held(self, connection: sqlite3.Connection, holder: Holder) -> AnswerPack:
        row = connection.execute("SELECT key_hash, data FROM packs WHERE id = ?", (holder.id,)).fetchone()
        if row is None or not hmac.compare_digest(row[0], _hash(holder.key)):
            raise _unknown()
        return _read(row[1])

    def _require_room(self, connection: sqlite3.Connection) -> None:
        (held,) = connection.execute("SELECT COUNT(*) FROM packs").fetchone()
        if held >= self._most:
            raise TooManyPacks(
                f"There are {held:,} answer packs, which is the most that are kept here.",
                f"Unshared ones go {DAYS_ALONE} days after they were last changed; delete some before.",
            )


def _sweep(connection: sqlite3.Connection) -> None:
    """Delete what was not changed for long."""
    for days, shared in ((DAYS_ALONE, 0), (DAYS_SHARED, 1)):
        before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        connection.execute("DELETE FROM packs WHERE changed < ? AND shared = ?", (before, shared))


def _without_words(item: Item) -> Item:
    """The item, its paper named by its file alone: a title can tell as much as a text."""
    return replace(item, text="", citation=item.file)


def _put(connection: sqlite3.Connection, pack: AnswerPack) -> None:
    connection.execute(
        "UPDATE packs SET changed = ?, shared = ?, data = ? WHERE id = ?",
        (pack.changed, pack.shared, msgspec.json.encode(pack), pack.id),
    )


def _read(data: bytes) -> AnswerPack:
    try:
        return _decode(data)
    except msgspec.MsgspecError as error:
        raise PacksDamaged(
            f"A pack cannot be read: {error}.", "Put a copy of answer-packs.sqlite back from a backup."
        ) from error


def _hash(key: str) -> bytes:
    # The key is 24 random bytes, so that no slow hash is called for.
    return hashlib.sha256(key.encode()).digest()


def _unknown() -> UnknownPack:
    return UnknownPack(
        "There is no such answer pack, or it is not shared.",
        "Ask whoever sent the link: a pack is shared by a button on its page, and kept for a limited time.",
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
