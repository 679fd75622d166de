"""Readers, one a format: a source file in, a ``Reading`` out."""

from __future__ import annotations

from pathlib import Path

from indexer.model import MediaType, Reading, SourceFile
from indexer.reading.attempt import Attempt
from indexer.reading.text import read_markdown, read_text

READER_VERSION = "6"
"""Part of the key of every cached reading: raise it when any reader reads differently."""


def read(source: SourceFile, attempt: Attempt | None = None) -> Reading:
    """Read a file; raises UnreadableFile, with the reason, where nothing can be read from it.

    ``attempt`` watches over the pages of a PDF, whose programs can crash or hang at one of them.
    """
    # Imported here: each format's library is slow to load, and few corpora need all of them.
    path = Path(source.path)
    match source.media:
        case MediaType.PDF:
            from indexer.reading.pdf import read_pdf

            return read_pdf(path, attempt)
        case MediaType.WORD:
            from indexer.reading.word import read_word

            return read_word(path)
        case MediaType.HTML:
            from indexer.reading.html import read_html

            return read_html(path)
        case MediaType.MARKDOWN:
            return read_markdown(path)
        case MediaType.TEXT:
            return read_text(path)
