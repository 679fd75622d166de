"""Correcting what a paper says of itself: writes ``corrections.toml`` and keeps what people wrote in it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import filelock
import tomlkit
from tomlkit.exceptions import TOMLKitError

from indexer.corrections import parse, problems_with
from indexer.errors import BuildRunning, CorpusNotWritable, CorrectionsInvalid
from indexer.files import CORRECTIONS_FILE

_SECONDS = 10.0
_LOCK = f".{CORRECTIONS_FILE}.lock"

Edit = Callable[[tomlkit.TOMLDocument], None]


def correct(corpus: Path, file: str, values: Mapping[str, Any]) -> None:
    """Put values of one paper right: fields as ``corrections.toml`` names them, None to take one back.

    Everything else in the file stays as it is, comments included; what a build would refuse is not written.
    Raises CorrectionsInvalid naming what is wrong, CorpusNotWritable.
    """
    given = {name: value for name, value in values.items() if value is not None}
    if problems := problems_with(given):
        raise CorrectionsInvalid(" ".join(problems), "Nothing was changed: put it right, then save again.")

    def edit(document: tomlkit.TOMLDocument) -> None:
        table = document.get(file)
        if table is None:
            table = document[file] = tomlkit.table()
        if not isinstance(table, dict):
            raise CorrectionsInvalid(
                f"{CORRECTIONS_FILE} has something else at “{file}”.", "Edit it by hand."
            )
        for name, value in values.items():
            if value is None:
                table.pop(name, None)
            else:
                table[name] = value
        if not table:
            del document[file]

    _rewrite(corpus, edit)


def forget_corrections(corpus: Path, file: str) -> None:
    """Take all corrections of one paper back; nothing happens where there are none. Raises as ``correct``."""
    if (corpus / CORRECTIONS_FILE).is_file():
        _rewrite(corpus, lambda document: document.pop(file, None) and None)


def corrected_values(corpus: Path, file: str) -> Mapping[str, Any]:
    """What is put right of one paper now, as a build would lay it over; raises CorrectionsInvalid."""
    data = _read(corpus / CORRECTIONS_FILE)
    found = parse(data, corpus).files.get(file)
    return found.values if found else {}


def _rewrite(corpus: Path, edit: Edit) -> None:
    path = corpus / CORRECTIONS_FILE
    try:
        with filelock.FileLock(corpus / _LOCK, timeout=_SECONDS, is_singleton=False):
            before = _read(path)
            after = _edited(before, edit)
            if after != before:
                parse(after, corpus)  # as a build will: what it would refuse must not come in here
                _write(path, after)
    except filelock.Timeout as error:
        raise BuildRunning("The corrections are being changed.", "Wait a moment, then save again.") from error
    except OSError as error:
        raise CorpusNotWritable(
            f"{path} cannot be written: {error.strerror or error}.",
            "Allow the account that runs the service to write there, or free some space on the disk.",
        ) from error


def _edited(data: bytes, edit: Edit) -> bytes:
    try:
        document = tomlkit.parse(data.decode("utf-8-sig"))
    except (UnicodeDecodeError, TOMLKitError) as error:
        raise CorrectionsInvalid(
            f"{CORRECTIONS_FILE} cannot be understood: {error}.", "Mend it by hand first."
        ) from error
    edit(document)
    return tomlkit.dumps(document).encode()


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _write(path: Path, data: bytes) -> None:
    """Put the new file in the old one's place in one step."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        fresh.write_bytes(data)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
