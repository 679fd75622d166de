"""Readings kept by checksum, so that an index is made again without reading the papers again.

A cached reading depends on the file's bytes, its type and the readers' version alone; each is one
compressed JSON file. The cache is an aid: what cannot be read back is read from the paper.
"""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Iterable
from pathlib import Path

import msgspec

from indexer.model import Reading, SourceFile

_QUICK = 3
"""zlib's level: half a second for a pack of three hundred pages; the highest takes five times as long."""

_decoder = msgspec.json.Decoder(Reading)


class ReadingCache:
    """The readings that one version of the readers made, in ``folder/<version>``."""

    def __init__(self, folder: Path, version: str) -> None:
        self._root = folder
        self._folder = folder / f"readings-{version}"

    def get(self, source: SourceFile) -> Reading | None:
        """The reading of a file of these bytes and this type; None where there is none, or no whole one."""
        try:
            return _decoder.decode(zlib.decompress(self._path(source).read_bytes()))
        except (OSError, zlib.error, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def put(self, source: SourceFile, reading: Reading) -> None:
        """Keep a reading; raises OSError where the disk refuses."""
        path = self._path(source)
        path.parent.mkdir(parents=True, exist_ok=True)
        # Two workers may read copies of one file at once: each writes its own and the last one stays.
        unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
        try:
            unfinished.write_bytes(zlib.compress(msgspec.json.encode(reading), _QUICK))
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)

    def keep_only(self, sources: Iterable[SourceFile]) -> None:
        """Forget the readings of all other files, and those of other versions of the readers."""
        wanted = {self._path(source) for source in sources}
        for path in self._folder.glob("*/*"):
            if path not in wanted:
                path.unlink(missing_ok=True)
        for other in self._root.glob("readings-*"):
            if other != self._folder:
                shutil.rmtree(other, ignore_errors=True)

    def _path(self, source: SourceFile) -> Path:
        return self._folder / source.checksum[:2] / f"{source.checksum}.{source.media}"
