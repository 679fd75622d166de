"""Opening a PDF with PDFium: its pages, outline, page labels and title.

PDFium is C++ and as fast as it gets; it says little of what is wrong with a file, and does not mind
most of it. Every call is made under its lock.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from indexer.model import Bookmark, UnreadCode
from indexer.pdfium_lock import PDFIUM_LOCK
from indexer.reading.pdf.content import A4, OutOfTime, PageContent
from indexer.reading.pdf.document import MOST_BOOKMARKS, Outline, full_labels, one_line, unreadable
from indexer.reading.pdf.pdfium_page import read_page

_LONGEST = 20_000
"""Bytes of a title or label, beyond which it is none."""


def open_by_pdfium(data: bytes) -> PdfiumFile | None:
    """Open a PDF; None where PDFium cannot; raises UnreadableFile if it is locked with a password."""
    with PDFIUM_LOCK:
        # PDFium keeps the reason of the last failure, and refuses some files without giving one: a locked
        # file before would make them locked too. What is no PDF at all leaves another reason.
        pdfium.FPDF_LoadMemDocument(b"no PDF", 6, None)
        try:
            return PdfiumFile(pypdfium2.PdfDocument(data))
        except pypdfium2.PdfiumError as error:
            if error.err_code == pdfium.FPDF_ERR_PASSWORD:
                raise unreadable(UnreadCode.ENCRYPTED) from error
            return None


class PdfiumFile:
    """A PDF that PDFium could open; close it, for PDFium's memory is not Python's."""

    def __init__(self, document: pypdfium2.PdfDocument) -> None:
        self._document = document
        self.count: int = len(document)
        """Pages."""

    def close(self) -> None:
        """Give the file back to PDFium."""
        with PDFIUM_LOCK:
            self._document.close()

    def read_page(self, index: int, seconds: float) -> tuple[PageContent, UnreadCode | None]:
        """What a page shows; nothing of a broken page."""
        blank = PageContent(A4)
        with PDFIUM_LOCK:
            page = pdfium.FPDF_LoadPage(self._document.raw, index)
            if not page:
                return blank, UnreadCode.DAMAGED
            try:
                return read_page(page, seconds), None
            except OutOfTime:
                return blank, UnreadCode.TIMED_OUT
            except (ArithmeticError, ValueError, MemoryError):
                return blank, UnreadCode.DAMAGED
            finally:
                pdfium.FPDF_ClosePage(page)

    def labels(self) -> tuple[str, ...]:
        """The labels that the file gives its pages."""
        with PDFIUM_LOCK:
            raw = self._document.raw
            labels = [_string(pdfium.FPDF_GetPageLabel, raw, index) for index in range(self.count)]
        return full_labels(labels, self.count)

    def title(self) -> str:
        """The title in the file's properties."""
        with PDFIUM_LOCK:
            return one_line(_string(pdfium.FPDF_GetMetaText, self._document.raw, b"Title"))

    def outline(self) -> Outline:
        """The file's bookmarks; PDFium does not find all that lead to a place by its name."""
        found: list[Bookmark] = []
        seen: set[int] = set()
        astray = 0
        raw = self._document.raw
        with PDFIUM_LOCK:
            stack = [(pdfium.FPDFBookmark_GetFirstChild(raw, None), 1)]
            while stack and len(seen) < MOST_BOOKMARKS:
                mark, level = stack.pop()
                if not mark or (key := ctypes.addressof(mark.contents)) in seen:
                    continue
                seen.add(key)
                index = pdfium.FPDFDest_GetDestPageIndex(raw, pdfium.FPDFBookmark_GetDest(raw, mark))
                title = one_line(_string(pdfium.FPDFBookmark_GetTitle, mark))
                if 0 <= index < self.count and title:
                    found.append(Bookmark(title, level, index + 1))
                astray += not 0 <= index < self.count
                stack.append((pdfium.FPDFBookmark_GetNextSibling(raw, mark), level))
                stack.append((pdfium.FPDFBookmark_GetFirstChild(raw, mark), level + 1))
        return Outline(tuple(found), astray)


def _string(function: Callable[..., int], *arguments: Any) -> str:
    """A text that PDFium writes into a buffer, having said how long it is."""
    size = function(*arguments, None, 0)
    if not 2 < size < _LONGEST:
        return ""
    buffer = ctypes.create_string_buffer(size)
    function(*arguments, buffer, size)
    return buffer.raw[: size - 2].decode("utf-16-le", "replace")
