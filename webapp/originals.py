"""The original files: found through the catalogue alone, and only while they are as they were read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import BinaryIO

from indexer.errors import OriginalGone
from indexer.model import Document, MediaType, SourceFile
from indexer.search.library import Library
from indexer.settings import Settings

MIME_TYPES = {
    MediaType.PDF: "application/pdf",
    MediaType.WORD: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    MediaType.HTML: "text/html",
    MediaType.MARKDOWN: "text/markdown",
    MediaType.TEXT: "text/plain",
}
_HINT = "Its text can still be read here. To bring the index up to date, run `boardsearch build`."


def source_of(library: Library, document: Document) -> SourceFile:
    """The file as it was when the index was built; raises OriginalGone where it was not kept."""
    source = library.catalogue.source(document.file)
    if source is None:
        raise OriginalGone(f"The file {document.file} is not in the index.", _HINT)
    return source


def original_path(settings: Settings, source: SourceFile) -> Path:
    """Where the file is now, with the size it had when read; raises OriginalGone.

    The name comes from the catalogue, never from a request. The corpus may have been moved since
    the build, so it is looked for in today's corpus first.
    """
    for path in (settings.corpus / source.name, Path(source.path)):
        try:
            if path.is_file() and path.stat().st_size == source.size:
                return path
        except OSError:
            continue
    raise OriginalGone(f"The file {source.name} is no longer as it was when it was read.", _HINT)


def open_original(settings: Settings, source: SourceFile) -> BinaryIO:
    """The file, open at its start, after its bytes were compared; raises OriginalGone.

    What is checked is what is sent: a file changed or replaced since the build is never served
    under the old paper's citation.
    """
    try:
        file = original_path(settings, source).open("rb")
    except OSError as error:
        raise OriginalGone(f"The file {source.name} cannot be opened.", _HINT) from error
    if hashlib.file_digest(file, "sha256").hexdigest() != source.checksum:
        file.close()
        raise OriginalGone(f"The file {source.name} has changed since it was read.", _HINT)
    file.seek(0)
    return file
