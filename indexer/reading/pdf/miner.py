"""Opening a PDF with pdfminer.six: its pages, outline, page labels and title, whatever its state.

pdfminer raises many kinds of error on broken files, some of them Python's own; none leaves this module.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFNoValidXRef, PDFPasswordIncorrect
from pdfminer.pdfpage import LITERAL_PAGE, LITERAL_PAGES, PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.utils import decode_text

from indexer.model import Bookmark, UnreadCode
from indexer.reading.pdf.content import PageContent
from indexer.reading.pdf.document import MOST_BOOKMARKS, Outline, full_labels, one_line, unreadable
from indexer.reading.pdf.miner_page import PageReader

_MOST_NODES = 200_000


def open_by_pdfminer(data: bytes) -> MinerFile | None:
    """Open a PDF and list its pages; None where none is found; raises UnreadableFile if it is locked."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)
    return _try_open(data, PDFDocument) or _try_open(data, _Rebuilt)


class MinerFile:
    """A PDF that pdfminer could open; ``pages`` holds None for a page whose entry is broken."""

    def __init__(self, document: PDFDocument, pages: tuple[PDFPage | None, ...]) -> None:
        self._document = document
        self._pages = pages
        self._reader = PageReader()

    @property
    def count(self) -> int:
        """Pages."""
        return len(self._pages)

    def read_page(self, index: int, seconds: float) -> tuple[PageContent, UnreadCode | None]:
        """What a page shows; of a broken page, what could be had."""
        return self._reader.read(self._pages[index], seconds)

    def labels(self) -> tuple[str, ...]:
        """The labels that the file gives its pages."""
        try:
            labels = list(islice(self._document.get_page_labels(), self.count))
        except Exception:
            return ()
        return full_labels(labels, self.count)

    def title(self) -> str:
        """The title in the file's properties."""
        for info in self._document.info:
            if title := _text(info.get("Title")):
                return title
        return ""

    def outline(self) -> Outline:
        """The file's bookmarks."""
        numbers = {page.pageid: i for i, page in enumerate(self._pages, 1) if page is not None}
        found: list[Bookmark] = []
        stack: list[tuple[Any, int]] = [(_first(self._document.catalog.get("Outlines")), 1)]
        seen: set[int] = set()
        astray = 0
        while stack and len(seen) < MOST_BOOKMARKS:
            node, level = stack.pop()
            key = node.objid if isinstance(node, PDFObjRef) else id(node)
            if node is None or key in seen:
                continue
            seen.add(key)
            entry = _dict(node)
            page = _destination(self._document, entry, numbers)
            text = _text(entry.get("Title"))
            if page is not None and text:
                found.append(Bookmark(text, level, page))
            astray += page is None
            stack.append((entry.get("Next"), level))
            stack.append((entry.get("First"), level + 1))
        return Outline(tuple(found), astray)

    def close(self) -> None:
        """Nothing is held but memory."""


class _Rebuilt(PDFDocument):
    """A document whose table of objects is made anew by looking through the whole file."""

    def find_xref(self, parser: PDFParser) -> int:
        """Say that the table that the file names cannot be used."""
        raise PDFNoValidXRef


def _try_open(data: bytes, kind: type[PDFDocument]) -> MinerFile | None:
    try:
        document = kind(PDFParser(io.BytesIO(data)))
        pages = tuple(_list_pages(document))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise unreadable(UnreadCode.ENCRYPTED) from error
    except Exception:  # broken files raise nearly anything
        return None
    return MinerFile(document, pages) if any(pages) else None


def _list_pages(document: PDFDocument) -> Iterator[PDFPage | None]:
    """The leaves of the page tree in order; where the tree gives none, every page object."""
    found = False
    for page in _walk_pages(document):
        found = True
        yield page
    if found:
        return
    for xref in document.xrefs:
        for number in sorted(set(xref.get_objids())):
            page = _page_object(document, number)
            if page is not None:
                yield page


def _page_object(document: PDFDocument, number: int) -> PDFPage | None:
    try:
        found = document.getobj(number)
        if isinstance(found, dict) and found.get("Type") is LITERAL_PAGE:
            return PDFPage(document, number, found, None)
    except Exception:  # noqa: S110 - a broken object is not a page
        pass
    return None


_INHERITED = ("Resources", "MediaBox", "CropBox", "Rotate")


def _walk_pages(document: PDFDocument) -> Iterator[PDFPage | None]:
    stack: list[tuple[Any, dict[str, Any]]] = [(document.catalog.get("Pages"), {})]
    seen: set[int] = set()
    for _ in range(_MOST_NODES):
        if not stack:
            return
        node, above = stack.pop()
        number = node.objid if isinstance(node, PDFObjRef) else None
        if number is not None:
            if number in seen:
                continue
            seen.add(number)
        try:
            entry = dict_value(node)
            kids = resolve1(entry.get("Kids"))
        except Exception:
            yield None
            continue
        entry = {**{key: above[key] for key in _INHERITED if key in above}, **entry}
        kind = entry.get("Type", entry.get("type"))
        if isinstance(kids, list) and kind is not LITERAL_PAGE:
            stack += [(kid, entry) for kid in reversed(kids)]
        elif kind is LITERAL_PAGE or (kind is not LITERAL_PAGES and ("Contents" in entry)):
            yield _make_page(document, number, entry)


def _make_page(document: PDFDocument, number: int | None, entry: dict[str, Any]) -> PDFPage | None:
    try:
        return PDFPage(document, number, entry, None)
    except Exception:
        return None


def _dict(value: Any) -> dict[Any, Any]:
    try:
        return dict_value(value)
    except Exception:
        return {}


def _first(outlines: Any) -> Any:
    return _dict(outlines).get("First")


def _text(value: Any) -> str:
    try:
        value = resolve1(value)
        return one_line(decode_text(value) if isinstance(value, bytes) else "")
    except Exception:
        return ""


def _destination(document: PDFDocument, entry: dict[Any, Any], numbers: dict[object, int]) -> int | None:
    """The page number that an outline entry leads to, or None."""
    try:
        target = resolve1(entry.get("Dest"))
        if target is None:
            target = resolve1(_dict(entry.get("A")).get("D"))
        if isinstance(target, bytes):
            target = resolve1(document.get_dest(target))
        elif hasattr(target, "name"):
            target = resolve1(document.get_dest(target.name))
        if isinstance(target, dict):
            target = resolve1(target.get("D"))
        first = list_value(target)[0]
        if isinstance(first, PDFObjRef):
            return numbers.get(first.objid)
        if isinstance(first, int) and 0 <= first < len(numbers):
            return first + 1
    except Exception:
        return None
    return None
