"""One file through reading and extraction: what a worker process does, and its failures as values.

A reading that is in the cache is not made again.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import msgspec

from indexer.cache import ReadingCache
from indexer.duplicates import Likeness, likeness
from indexer.errors import UnreadableFile
from indexer.extract import extract
from indexer.model import Extract, Reading, SourceFile, Unread, UnreadCode
from indexer.reading import READER_VERSION, ocr, read
from indexer.reading.attempt import WHOLE, Attempt
from indexer.search.prepared import Prepared, prepare
from indexer.workers import Failure, at_step

MOST_LOST = 8
"""Processes that one file may cost: pages that crash or hang the program that reads them."""
SECONDS_A_PAGE, SECONDS_WHOLE = 5.0, 12.0
"""Of the processor, after which a page hangs, or the opening of a file; a program that can look at the
clock gives a page up before."""
OCR_FOLDER = "ocr"
"""The folder, in that of the cache, of what was recognised."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to take in, and the folder of cached readings."""

    source: SourceFile
    cache: Path
    lost: tuple[tuple[int, UnreadCode], ...] = ()
    """The pages at which processes ended that were reading it, and how."""
    ocr: bool = False
    """Whether scanned pages may be recognised; what was recognised before is used in any case."""


class Ingested(msgspec.Struct, frozen=True):
    """What came of a file: an extract, or the reason why there is none."""

    extract: Extract | None = None
    unread: Unread | None = None
    prepared: Prepared | None = None
    """Of the extract, for search."""
    likenesses: tuple[Likeness, ...] = ()
    """Of the extract's passages."""


_decoder = msgspec.msgpack.Decoder(Ingested)


def ingest(task: Task) -> bytes:
    """Take a file in; an ``Ingested``, encoded, since that is many times faster to pass on than objects.

    Raises nothing: whatever goes wrong with a file is the file's own outcome.
    """
    name = task.source.name
    try:
        return msgspec.msgpack.encode(_ingested(_extract(task)))
    except UnreadableFile as error:
        unread = Unread(name, error.reason_code, error.reason)
    except MemoryError:
        unread = Unread(name, UnreadCode.TOO_LARGE, _TOO_LARGE)
    except PermissionError:
        unread = Unread(name, UnreadCode.UNREADABLE, _NO_PERMISSION)
    except (
        Exception
    ) as error:  # a reader met what its author did not think of: the others are still to be read
        unread = Unread(name, UnreadCode.UNREADABLE, _UNFORESEEN.format(f"{type(error).__name__}: {error}"))
    return msgspec.msgpack.encode(Ingested(unread=unread))


def again(task: Task, page: int, failure: Failure) -> Task | None:
    """What to do where the process ended at a page: the same, knowing of that page; None where that was
    done often enough."""
    if len(task.lost) >= MOST_LOST:
        return None
    code = UnreadCode.TIMED_OUT if failure is Failure.TIMED_OUT else UnreadCode.DAMAGED
    return replace(task, lost=(*task.lost, (page, code)))


def outcome(source: SourceFile, result: bytes | Failure, time_limit: float) -> Ingested:
    """What a worker sent back for ``source``, or what its end means."""
    match result:
        case bytes():
            return _decoder.decode(result)
        case Failure.TIMED_OUT:
            reason = _TIMED_OUT.format(f"{time_limit / 60:.0f} minutes")
            return Ingested(unread=Unread(source.name, UnreadCode.TIMED_OUT, reason))
        case Failure.DIED:
            return Ingested(unread=Unread(source.name, UnreadCode.UNREADABLE, _DIED))


_NO_PERMISSION = "There is no permission to read it. Allow the account that runs the build to read it."
_TOO_LARGE = "Reading it takes more memory than one file may have. Split it into several files."
_TIMED_OUT = (
    "Reading it took longer than {}, or too many of its pages took too long. Split it, or print it to PDF "
    "again, and replace the file."
)
_DIED = (
    "The process that read it crashed, or was stopped from outside, as systems do that run out of memory. "
    "Run `boardsearch build --retry`, with --jobs 1 if memory is short; else print it to PDF again."
)
_UNFORESEEN = (
    "Reading it failed in a way that was not foreseen ({}). Print it to PDF again and replace the file."
)


def _ingested(found: Extract) -> Ingested:
    likenesses = tuple(likeness(passage.text) for passage in found.passages)
    return Ingested(extract=found, prepared=prepare(found), likenesses=likenesses)


def _extract(task: Task) -> Extract:
    cache = ReadingCache(task.cache, READER_VERSION)
    kept = cache.get(task.source)
    reading, trouble = _read(task, kept)
    if reading is not kept:
        reading = _storable(reading)
    if reading is not kept and not task.lost:
        # A full disk is not the file's fault; the build itself meets it and says so.
        with contextlib.suppress(OSError):
            cache.put(task.source, reading)
    found = extract(task.source, reading)
    return _with_trouble(found, trouble) if trouble else found


def _read(task: Task, kept: Reading | None) -> tuple[Reading, UnreadableFile | None]:
    """The reading, with its scanned pages where they are recognised, and why they are not."""
    recognised = partial(ocr.recognise, task.source, folder=task.cache / OCR_FOLDER, run=task.ocr)
    try:
        reading = kept or read(task.source, Attempt(task.lost, _begin))
        at_step(None)
    except UnreadableFile as error:
        if error.reason_code is UnreadCode.NEEDS_OCR and (found := recognised(None)):
            return found, None
        raise
    if not ocr.needs_ocr(reading):
        return reading, None
    try:
        return recognised(reading) or reading, None
    except UnreadableFile as error:
        return reading, error  # the other pages are there all the same


def _begin(page: int) -> None:
    at_step(page, SECONDS_WHOLE if page == WHOLE else SECONDS_A_PAGE)


def _with_trouble(found: Extract, trouble: UnreadableFile) -> Extract:
    """The extract, its scanned pages with the reason why their text could not be recognised."""
    unread = tuple(
        replace(one, code=trouble.reason_code, reason=trouble.reason)
        if one.code is UnreadCode.NEEDS_OCR
        else one
        for one in found.unread
    )
    return replace(found, unread=unread)


def _storable(reading: Reading) -> Reading:
    """The reading with half characters (lone surrogates, from a broken font's table) made U+FFFD.

    They cannot be written as UTF-8. One character becomes one, so that no offset moves.
    """
    return replace(
        reading,
        text=_whole(reading.text),
        title=_whole(reading.title),
        bookmarks=tuple(replace(mark, title=_whole(mark.title)) for mark in reading.bookmarks),
        pages=tuple(replace(page, label=_whole(page.label)) for page in reading.pages),
    )


def _whole(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in text)
    return text
