"""Papers that the board office sends: checked, named safely, and put into the corpus whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import secrets
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import filelock

from indexer.errors import (
    BuildRunning,
    CorpusNotWritable,
    UnreadableFile,
    UploadKnown,
    UploadNotAPaper,
    UploadRefused,
    UploadTooLarge,
)
from indexer.files import is_leftover, media_of, require_corpus
from indexer.model import SourceFile
from indexer.settings import Settings
from indexer.withdrawals import Withdrawals

FOLDER = "uploads"
"""In the corpus: what was sent lies apart from what was put there by hand, and names no settings."""
MOST_BYTES = 200 * 1024 * 1024
LONGEST_NAME = 100
"""Characters, the ending included: what every file system and a line of a citation can hold."""
_CHUNK = 1 << 20
_SECONDS = 60.0
"""How long one upload waits for another to be put in its place."""
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)
"""Names that Windows keeps for devices."""
_ENDS = " ._~#$"
"""What a name neither begins nor ends with: such names are hidden, or an editor's own."""
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufffd]+')


@dataclass(frozen=True, slots=True)
class Uploaded:
    """A paper that was taken in."""

    file: str
    """Its name relative to the corpus."""
    renamed: bool
    """Whether it could not keep the name that it was sent by."""


def take_in(settings: Settings, known: Mapping[str, SourceFile], stream: BinaryIO, name: str) -> Uploaded:
    """Put a file into the corpus; ``known`` are the files of the index.

    Raises UploadRefused and its kinds for what cannot be taken in, CorpusMissing, and
    CorpusNotWritable where the disk refuses.
    """
    require_corpus(settings.corpus)
    wanted = safe_name(name)
    folder = settings.corpus / FOLDER
    # Hidden, so that a build that is at work passes it over.
    unfinished = folder / f".{secrets.token_hex(8)}{Path(wanted).suffix}"
    with _refusals_told(folder):
        folder.mkdir(exist_ok=True)
        try:
            checksum = _copy(stream, unfinished)
            _require_type(unfinished)
            with _one_at_a_time(settings):
                _require_new(settings, known, unfinished, checksum)
                placed = _place(unfinished, folder, wanted)
        finally:
            unfinished.unlink(missing_ok=True)
    return Uploaded(f"{FOLDER}/{placed}", placed != name)


def safe_name(sent: str) -> str:
    """A file's name that no system stumbles over and that stays in its folder; never empty.

    ``../../x.pdf`` is ``x.pdf``, a thousand letters are a hundred, the ending stays.
    """
    name = unicodedata.normalize("NFC", sent.encode("utf-8", "replace").decode())
    name = _NOT_IN_NAMES.sub("_", re.split(r"[/\\]", name)[-1])
    name = " ".join(name.split()).strip(_ENDS)
    stem, dot, ending = name.rpartition(".")
    if not dot or len(ending) > 10:
        stem, ending = name, ""
    tail = f".{ending}" if ending else ""
    stem = _shorten(stem.rstrip(_ENDS), LONGEST_NAME - len(tail)) or "paper"
    if _RESERVED.fullmatch(stem + tail) or is_leftover(stem + tail):
        stem = f"paper_{stem}"[: LONGEST_NAME - len(tail)]
    return stem + tail


def _shorten(stem: str, most: int) -> str:
    """The beginning of a name; file systems count bytes, so letters of several count as many."""
    while len(stem) > most or len(stem.encode()) > 2 * most:
        stem = stem[: min(most, len(stem) - 1)]
    return stem.rstrip(_ENDS)


def _copy(stream: BinaryIO, path: Path) -> str:
    """Write what was sent; gives its checksum. Raises UploadRefused for no bytes, UploadTooLarge."""
    digest, size = hashlib.sha256(), 0
    with path.open("xb") as file:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > MOST_BYTES:
                raise UploadTooLarge(
                    f"The file has more than {MOST_BYTES // (1024 * 1024)} MB, which is the most.",
                    "Split it, or put it into the folder of papers by hand.",
                )
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise UploadRefused("The file is empty.", "Choose it again; copy it again from where it came.")
    return digest.hexdigest()


def _require_type(path: Path) -> None:
    try:
        media_of(path)
    except UnreadableFile as error:
        raise UploadNotAPaper(
            f"The file was not taken in. {error.reason}", "PDF, Word, web pages, Markdown and text are read."
        ) from error


def _require_new(settings: Settings, known: Mapping[str, SourceFile], path: Path, checksum: str) -> None:
    """Raise UploadKnown for bytes that are among the papers, or were withdrawn."""
    size = path.stat().st_size
    same = next((name for name, source in known.items() if source.checksum == checksum), "")
    if same and not (settings.corpus / same).is_file():
        same = ""  # taken out since the last build
    withdrawn = next((w for w in Withdrawals(settings.index).all() if w.checksum == checksum), None)
    if withdrawn is not None:
        raise UploadKnown(
            f"This file was withdrawn on {withdrawn.at[:10]} as {withdrawn.file}.",
            "Put it back from the list of withdrawn papers, if it is to be read again.",
        )
    # Those that were sent since the last build are not in the index yet.
    same = same or next((other for other in _sent(path) if _is_same(other, size, checksum)), "")
    if same:
        raise UploadKnown(f"This file is among the papers already, as {same}.", "There is nothing to do.")


def _sent(path: Path) -> Iterator[str]:
    return (str(other) for other in sorted(path.parent.iterdir()) if not is_leftover(other.name))


def _is_same(other: str, size: int, checksum: str) -> bool:
    path = Path(other)
    if not path.is_file() or path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest() == checksum


def _place(unfinished: Path, folder: Path, wanted: str) -> str:
    """Give the file its name, or that name with a number where another paper has it."""
    stem, ending = Path(wanted).stem, Path(wanted).suffix
    number = 1
    while True:
        name = wanted if number == 1 else f"{stem} ({number}){ending}"
        if not (folder / name).exists():
            unfinished.rename(folder / name)
            return name
        number += 1


@contextmanager
def _one_at_a_time(settings: Settings) -> Iterator[None]:
    """Two that come together are looked at one after the other; each sees what the other was."""
    settings.index.mkdir(parents=True, exist_ok=True)
    try:
        with filelock.FileLock(settings.index / "uploads.lock", timeout=_SECONDS, is_singleton=False):
            yield
    except filelock.Timeout as error:
        raise BuildRunning(
            "Another paper is being taken in.", "Wait a minute, then send it again."
        ) from error


@contextmanager
def _refusals_told(folder: Path) -> Iterator[None]:
    """A disk that refuses, in our own words."""
    try:
        yield
    except OSError as error:
        with contextlib.suppress(OSError):
            folder.rmdir()  # where nothing was put into it
        raise CorpusNotWritable(
            f"{folder} cannot be written: {error.strerror or error}.",
            "Allow the account that runs the service to write there, or free some space on the disk.",
        ) from error
