"""Generations of the index: each build makes a whole new one beside the old and then switches.

    index/CURRENT                     the name of the generation that is served
    index/generations/0007/           manifest.json, catalogue.sqlite and a folder of the engine's own
    index/generations/0008.tmp/       one in the making; swept by the next build if its builder died
    index/cache/                      readings, see cache.py
    index/lock                        held by the one builder that may be at work

A reader keeps the generation that it opened: the one before the current is kept until the next build.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import filelock
import msgspec

from indexer.errors import BuildRunning, IndexDamaged, IndexMissing, IndexNotWritable, IndexOutdated

FORMAT_VERSION = 2
"""Raised whenever an index made before can no longer be read."""

_REBUILD = "Run `boardsearch build` to make it again; papers that were read before are not read again."
_NAME = re.compile(r"\d{4,}")
_UNFINISHED = ".tmp"
_REFUSALS = frozenset(
    getattr(errno, name)
    for name in ("ENOSPC", "EACCES", "EPERM", "EROFS", "EDQUOT", "EFBIG", "ENOTDIR", "EEXIST", "EIO")
    if hasattr(errno, name)
)
_SQLITE_REFUSALS = frozenset(
    (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN)
)


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation says of itself, in ``manifest.json``."""

    format: int
    engine: str
    """Name of the search engine whose index it holds."""
    built_at: str
    """ISO date and time, UTC."""
    documents: int
    pages: int
    sections: int
    passages: int
    versions: Mapping[str, str]
    """Of the readers, the stages and the analysis that made it: a build compares them."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A finished generation on disk."""

    path: Path
    manifest: Manifest

    @property
    def name(self) -> str:
        """Its number, with leading zeros: what ``CURRENT`` holds."""
        return self.path.name

    @property
    def catalogue_path(self) -> Path:
        """The catalogue's file."""
        return self.path / "catalogue.sqlite"

    @property
    def engine_folder(self) -> Path:
        """The folder that belongs to the engine named in the manifest."""
        return self.path / self.manifest.engine


def current_name(index: Path) -> str:
    """The name of the generation that is served; raises IndexMissing or IndexDamaged.

    Cheap: a reader asks it to know whether the index has moved on.
    """
    try:
        name = (index / "CURRENT").read_text("ascii").strip()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(
            f"There is no index in {index}.",
            "Run `boardsearch build` first, or name another folder with --index or BOARDSEARCH_INDEX.",
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"{index / 'CURRENT'} cannot be read: {error}.", _REBUILD) from error
    if not _NAME.fullmatch(name):
        raise IndexDamaged(f"{index / 'CURRENT'} does not name a generation.", _REBUILD)
    return name


def current(index: Path) -> Generation:
    """The generation that is served; raises IndexMissing, IndexOutdated or IndexDamaged."""
    path = index / "generations" / current_name(index)
    file = path / "manifest.json"
    try:
        data = file.read_bytes()
        version = msgspec.json.decode(data, type=dict[str, object]).get("format")
        if version != FORMAT_VERSION:
            raise IndexOutdated(
                f"The index in {index} has the format {version}; this version reads {FORMAT_VERSION}.",
                _REBUILD,
            )
        return Generation(path, msgspec.json.decode(data, type=Manifest))
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise IndexDamaged(f"The index is not whole: {file} cannot be read ({error}).", _REBUILD) from error


@contextmanager
def builder_lock(index: Path) -> Iterator[None]:
    """Hold the right to build in ``index``, made where absent.

    Raises BuildRunning where another builder holds it, IndexNotWritable where the folder refuses.
    The lock goes with its process, however that ends. Inside, a disk that refuses raises
    IndexNotWritable.
    """
    with _translated(index):
        _make_folder(index)
        # Not a singleton: a second build in the same process has to be refused as well.
        lock = filelock.FileLock(index / "lock", timeout=0, is_singleton=False)
        try:
            lock.acquire()
        except filelock.Timeout as error:
            raise BuildRunning(
                f"Another build is at work in {index}.", "Wait until it has ended, then build again."
            ) from error
        try:
            yield
        finally:
            lock.release()


@contextmanager
def staged(index: Path) -> Iterator[Path]:
    """A folder for a generation in the making; gone again if the block ends without ``publish``.

    Only under ``builder_lock``. Sweeps away what dead builders left.
    """
    generations = index / "generations"
    for leftover in generations.glob(f"*{_UNFINISHED}"):
        shutil.rmtree(leftover)
    names = [path.name for path in generations.iterdir() if _NAME.fullmatch(path.name)]
    folder = generations / f"{max(map(int, names), default=0) + 1:04d}{_UNFINISHED}"
    folder.mkdir()
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def publish(index: Path, folder: Path, manifest: Manifest) -> Generation:
    """Make the finished generation in ``folder`` durable and current; delete all but it and the one before.

    Only under ``builder_lock``. Every step before the last leaves the old index served.
    """
    (folder / "manifest.json").write_bytes(msgspec.json.format(msgspec.json.encode(manifest)))
    _sync_tree(folder)
    final = folder.with_name(folder.name.removesuffix(_UNFINISHED))
    folder.rename(final)
    _sync(final.parent)
    before = _current_or_none(index)
    _switch(index, final.name)
    for path in final.parent.iterdir():
        if path.name not in (final.name, before):
            shutil.rmtree(path, ignore_errors=True)
    return Generation(final, manifest)


def sweep(index: Path) -> None:
    """Delete every generation but the one that is served: what a withdrawn paper leaves behind. A build
    that is at work is left alone; raises BuildRunning, IndexMissing or IndexNotWritable."""
    with builder_lock(index):
        name = current_name(index)
        for path in (index / "generations").iterdir():
            if path.name != name:
                shutil.rmtree(path, ignore_errors=True)


def _current_or_none(index: Path) -> str | None:
    try:
        return current_name(index)
    except (IndexMissing, IndexDamaged):
        return None


def _switch(index: Path, name: str) -> None:
    """Point CURRENT at a generation in one step: a reader sees the old name or the new one."""
    fresh = index / "CURRENT.tmp"
    fresh.write_text(name + "\n", "ascii")
    _sync(fresh)
    fresh.replace(index / "CURRENT")
    _sync(index)


def _sync_tree(folder: Path) -> None:
    for path in folder.rglob("*"):
        _sync(path)
    _sync(folder)


def _sync(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on the disk itself."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no such call for folders
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _make_folder(index: Path) -> None:
    try:
        (index / "generations").mkdir(parents=True, exist_ok=True)
    except FileNotFoundError as error:  # a place where none can be made, such as /proc
        raise _not_writable(index, error.strerror or str(error)) from error


@contextmanager
def _translated(index: Path) -> Iterator[None]:
    """A disk that refuses to be written, said in one way."""
    try:
        yield
    except OSError as error:
        if error.errno not in _REFUSALS:
            raise
        raise _not_writable(index, error.strerror or str(error)) from error
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in _SQLITE_REFUSALS:
            raise
        raise _not_writable(index, str(error)) from error


def _not_writable(index: Path, reason: str) -> IndexNotWritable:
    return IndexNotWritable(
        f"The index folder {index} cannot be written: {reason}. What was there before is untouched.",
        "Free some space, allow the account to write there, or name another folder with --index.",
    )
