"""Pages of a PDF as pictures, for showing a passage on the page that it stands on."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
from PIL import Image

from indexer.errors import PageOutOfRange, UnreadableFile
from indexer.model import UnreadCode
from indexer.pdfium_lock import PDFIUM_LOCK

NARROWEST, WIDEST = 200, 2000
"""Pixels between which the width of a picture is kept."""
_TALLEST = 6000
"""Pixels: a page many times taller than wide would fill the memory."""


def page_image(path: Path, number: int, width: int) -> bytes:
    """Page ``number`` (from 1) of a PDF as PNG, about ``width`` pixels wide (200 to 2,000).

    Raises PageOutOfRange for a page that the file does not have, and UnreadableFile where the file
    or the page cannot be drawn. Safe to call from several threads.
    """
    width = max(NARROWEST, min(WIDEST, width))
    with PDFIUM_LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
        except (pypdfium2.PdfiumError, OSError) as error:
            raise _unreadable(path, "opened") from error
        try:
            return _draw(document, path, number, width)
        finally:
            document.close()


def _draw(document: pypdfium2.PdfDocument, path: Path, number: int, width: int) -> bytes:
    count = len(document)
    if not 1 <= number <= count:
        pages = "1 page" if count == 1 else f"{count} pages"
        raise PageOutOfRange(f"There is no page {number} in {path.name}.", f"It has {pages}.")
    try:
        page = document[number - 1]
        across, down = page.get_size()
        scale = min(width / across, _TALLEST / down)
        picture: Image.Image = page.render(scale=scale).to_pil()
    except (pypdfium2.PdfiumError, ArithmeticError, ValueError, MemoryError) as error:
        raise _unreadable(path, f"drawn (page {number})") from error
    written = io.BytesIO()
    # A palette halves the bytes of a page of text and shows no difference.
    palette = picture.convert("RGB").quantize(256, Image.Quantize.MEDIANCUT)
    palette.save(written, "PNG")
    return written.getvalue()


def _unreadable(path: Path, what: str) -> UnreadableFile:
    return UnreadableFile(
        UnreadCode.DAMAGED,
        f"{path.name} could not be {what}. Open the original file to see the page, or fetch the file again.",
    )
