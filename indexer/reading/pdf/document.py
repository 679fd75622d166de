"""Opening a PDF: its pages, outline, page labels and title, whatever state the file is in.

pdfminer raises many kinds of error on broken files, some of them Python's own; they are turned
into ``UnreadableFile`` here, once, with what the reader can do about it.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from pdfminer.pdfdocument import PDFDocument, PDFEncryptionError, PDFNoValidXRef, PDFPasswordIncorrect
from pdfminer.pdfpage import LITERAL_PAGE, LITERAL_PAGES, PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFObjRef, dict_value, list_value, resolve1
from pdfminer.utils import decode_text

from indexer.errors import UnreadableFile
from indexer.model import Bookmark, UnreadCode

MOST_BYTES = 400_000_000
MOST_PAGES = 5_000
_MOST_BOOKMARKS = 20_000
_MOST_NODES = 200_000

_REASONS = {
    UnreadCode.EMPTY: "The file is empty. Save the paper again from where it came.",
    UnreadCode.NOT_A_DOCUMENT: "The file is named as a PDF but is not one. Open it to see what it is, and "
    "save it as PDF.",
    UnreadCode.DAMAGED: "The PDF is damaged or cut short. Fetch it again from where it came, or open it and "
    "print it to a new PDF.",
    UnreadCode.ENCRYPTED: "The PDF is locked with a password. Open it with the password and save a copy "
    "without one.",
    UnreadCode.NEEDS_OCR: "No text can be read from the PDF: its pages are pictures or blank. Run it through "
    "a text recognition (OCR) program and build again.",
    UnreadCode.TOO_LARGE: f"The PDF is too large (the most is {MOST_BYTES // 1_000_000} MB and "
    f"{MOST_PAGES:,} pages). Split it into smaller files.",
    UnreadCode.TIMED_OUT: "Reading the PDF took too long. Open it and print it to a new PDF, or split it.",
    UnreadCode.UNREADABLE: "The file may not be read. Check its permissions.",
}


def unreadable(code: UnreadCode) -> UnreadableFile:
    """The error for a PDF that cannot be read, with what to do about it."""
    return UnreadableFile(code, _REASONS[code])


@dataclass(frozen=True, slots=True)
class OpenPdf:
    """A PDF that could be opened; ``pages`` holds None for a page whose entry is broken."""

    document: PDFDocument
    pages: tuple[PDFPage | None, ...]


def open_pdf(path: Path) -> OpenPdf:
    """Open a PDF and list its pages; raises UnreadableFile."""
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL + 1)
    data = _read_bytes(path)
    opened = _try_open(data, PDFDocument) or _try_open(data, _Rebuilt)
    if opened is None:
        raise unreadable(_what_is_wrong(data))
    if len(opened.pages) > MOST_PAGES:
        raise unreadable(UnreadCode.TOO_LARGE)
    return opened


class _Rebuilt(PDFDocument):
    """A document whose table of objects is made anew by looking through the whole file."""

    def find_xref(self, parser: PDFParser) -> int:
        """Say that the table that the file names cannot be used."""
        raise PDFNoValidXRef


def _try_open(data: bytes, kind: type[PDFDocument]) -> OpenPdf | None:
    """The file opened, or None where no page can be found in it; raises UnreadableFile if locked."""
    try:
        document = kind(PDFParser(io.BytesIO(data)))
        pages = tuple(_list_pages(document))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise unreadable(UnreadCode.ENCRYPTED) from error
    except Exception:  # broken files raise nearly anything
        return None
    return OpenPdf(document, pages) if any(pages) else None


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise unreadable(UnreadCode.TOO_LARGE)
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(UnreadCode.UNREADABLE) from error
    if not data.strip(b"\x00\t\n\r\x0c "):
        raise unreadable(UnreadCode.EMPTY)
    return data


def _what_is_wrong(data: bytes) -> UnreadCode:
    if b"%PDF-" in data[:2048]:
        return UnreadCode.DAMAGED
    return UnreadCode.NOT_A_DOCUMENT


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


def file_labels(opened: OpenPdf) -> tuple[str, ...]:
    """The labels that the file itself gives its pages; empty where it gives none, or only 1, 2, 3..."""
    count = len(opened.pages)
    try:
        labels = [label.strip() for label in islice(opened.document.get_page_labels(), count)]
    except Exception:
        return ()
    plain = [str(number) for number in range(1, count + 1)]
    labels = [label or number for label, number in zip(labels, plain, strict=False)]
    labels += plain[len(labels) :]
    return () if labels == plain else tuple(labels)


def title(document: PDFDocument) -> str:
    """The title in the file's properties, or an empty string."""
    for info in document.info:
        try:
            value = resolve1(info.get("Title"))
            text = decode_text(value) if isinstance(value, bytes) else ""
        except Exception:  # noqa: S112 - a broken entry is as good as none
            continue
        if text.strip():
            return " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return ""


def bookmarks(opened: OpenPdf) -> tuple[Bookmark, ...]:
    """The file's outline in order; entries that lead nowhere in the file are left out."""
    numbers = {page.pageid: i for i, page in enumerate(opened.pages, 1) if page is not None}
    found: list[Bookmark] = []
    stack: list[tuple[Any, int]] = [(_first(opened.document.catalog.get("Outlines")), 1)]
    seen: set[int] = set()
    while stack and len(seen) < _MOST_BOOKMARKS:
        node, level = stack.pop()
        key = node.objid if isinstance(node, PDFObjRef) else id(node)
        if node is None or key in seen:
            continue
        seen.add(key)
        entry = _dict(node)
        page = _destination(opened.document, entry, numbers)
        text = _text(entry.get("Title"))
        if page is not None and text:
            found.append(Bookmark(text, level, page))
        stack.append((entry.get("Next"), level))
        stack.append((entry.get("First"), level + 1))
    return tuple(found)


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
        text = decode_text(value) if isinstance(value, bytes) else str(value or "")
    except Exception:
        return ""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


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
