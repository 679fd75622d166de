"""Files through reading and extraction in two processes, the readings kept between measures."""

from __future__ import annotations

import logging
import multiprocessing
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from indexer.cache import ReadingCache
from indexer.errors import UnreadableFile
from indexer.extract import extract
from indexer.files import find_files
from indexer.model import Extract, Passage, SourceFile
from indexer.reading import READER_VERSION, read

PROCESSES = 2


@dataclass(frozen=True, slots=True)
class Wish:
    """A file to take in, with its own outline or as if it had none."""

    source: SourceFile
    cache: Path
    outline: bool = True


def take_in(sources: Sequence[SourceFile], cache: Path, outline: bool = True) -> dict[str, Extract]:
    """The extract of each file by its name, without rectangles; those that cannot be read are left out."""
    # The longest first, so that no process is left alone with it at the end.
    wishes = [Wish(s, cache, outline) for s in sorted(sources, key=lambda s: -s.size)]
    with multiprocessing.get_context("spawn").Pool(PROCESSES, initializer=_be_quiet) as pool:
        done = list(pool.imap(_take_in, wishes, chunksize=1))
    return {wish.source.name: one for wish, one in zip(wishes, done, strict=True) if one is not None}


def sources_of(folder: Path, names: set[str] | None = None) -> list[SourceFile]:
    """The files of a folder that are of a type we read: all, or those of these names."""
    found, _ = find_files(folder)
    return [source for source in found if names is None or source.name in names]


def _take_in(wish: Wish) -> Extract | None:
    cache = ReadingCache(wish.cache, READER_VERSION)
    try:
        reading = cache.get(wish.source) or read(wish.source)
    except UnreadableFile:
        return None
    cache.put(wish.source, reading)
    made = extract(wish.source, reading if wish.outline else replace(reading, bookmarks=()))
    return replace(made, passages=tuple(_without_boxes(passage) for passage in made.passages))


def _without_boxes(passage: Passage) -> Passage:
    return replace(passage, spans=tuple(replace(span, boxes=()) for span in passage.spans))


def _be_quiet() -> None:
    logging.disable(logging.ERROR)
    warnings.simplefilter("ignore")
