"""PDF to a ``Reading``: every page's lines in reading order, with places, looks and cells."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from pdfminer.pdffont import PDFFont, PDFType1Font
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from indexer.model import Line, Page, Reading, UnreadCode
from indexer.reading.pdf.content import SLANT, ContentDevice, OutOfTime, PageContent
from indexer.reading.pdf.document import OpenPdf, bookmarks, file_labels, open_pdf, title, unreadable
from indexer.reading.pdf.labels import printed_labels
from indexer.reading.pdf.layout import page_to_lines
from indexer.reading.pdf.lines import TextLine

SECONDS_A_PAGE = 20.0
"""After this time a page is given up and the next one read."""
_OPERANDS = 2000
"""Operands between looks at the clock."""
_SCAN = 0.5
"""A page with pictures over this share and next to no letters is a scan."""
_DECORATION = 0.05
_STAMP = 40
"""Letters: a scanned page may bear a printed page number and the like."""
_DRAWN = 300
"""Curves from which a page without letters is taken to show text as drawings."""
_GARBAGE = 0.4
"""Share of letters that cannot be told from which a page counts as having no text."""


def read_pdf(path: Path) -> Reading:
    """Read a PDF; raises UnreadableFile where no text at all can be had from it.

    Pages that cannot be read are named in ``unread_pages`` and the others are read.
    """
    opened = open_pdf(path)
    sheets = _read_sheets(opened)
    if not any(sheet.lines for sheet in sheets):
        codes = [sheet.unread for sheet in sheets if sheet.unread is not None]
        raise unreadable(max(sorted(set(codes)), key=codes.count, default=UnreadCode.NEEDS_OCR))
    return _assemble(opened, sheets)


@dataclass(slots=True)
class _Sheet:
    """What was read of one page."""

    page: PageContent
    lines: list[tuple[int, TextLine]]
    unread: UnreadCode | None = None


class _Resources(PDFResourceManager):
    """Fonts by their entries; a font that is broken does not take its page with it."""

    def get_font(self, objid: object, spec: object) -> PDFFont:
        """The font, or a plain one in its place."""
        try:
            return super().get_font(objid, spec)  # type: ignore[arg-type]
        except Exception:
            return PDFType1Font(self, {})


class _Interpreter(PDFPageInterpreter):
    """Runs a page's commands and looks at the clock now and then, whatever they are."""

    _since = 0

    def push(self, obj: Any) -> None:
        """Take an operand."""
        self._since += 1
        if self._since >= _OPERANDS:
            self._since = 0
            cast(ContentDevice, self.device).check_time()
        super().push(obj)


def _read_sheets(opened: OpenPdf) -> list[_Sheet]:
    resources = _Resources()
    device = ContentDevice(resources, SECONDS_A_PAGE)
    interpreter = _Interpreter(resources, device)
    return [_read_sheet(interpreter, device, page) for page in opened.pages]


def _read_sheet(interpreter: PDFPageInterpreter, device: ContentDevice, page: PDFPage | None) -> _Sheet:
    """Read one page, whatever happens; what could be had of a broken page is kept."""
    unread = None
    device.page = PageContent((0.0, 0.0, 595.0, 842.0))
    if page is None:
        return _Sheet(device.page, [], UnreadCode.DAMAGED)
    try:
        interpreter.process_page(page)
        device.check_time()
    except OutOfTime:
        unread = UnreadCode.TIMED_OUT
    except Exception:  # broken pages raise nearly anything
        unread = UnreadCode.DAMAGED
    try:
        lines = [] if unread is UnreadCode.TIMED_OUT else page_to_lines(device.page)
    except (ArithmeticError, ValueError, LookupError, RecursionError):
        return _Sheet(device.page, [], UnreadCode.DAMAGED)
    return _Sheet(device.page, lines, unread or _lack_of_text(device.page))


def _lack_of_text(page: PageContent) -> UnreadCode | None:
    """NEEDS_OCR where a page shows something but next to no text can be had from it."""
    readable = page.letters - page.unknown
    if page.letters and page.unknown > _GARBAGE * page.letters:
        return UnreadCode.NEEDS_OCR
    if readable <= _STAMP and page.pictures > _SCAN:
        return UnreadCode.NEEDS_OCR
    if not readable and (page.pictures > _DECORATION or page.curves > _DRAWN):
        return UnreadCode.NEEDS_OCR
    return None


def _assemble(opened: OpenPdf, sheets: list[_Sheet]) -> Reading:
    texts: list[str] = []
    lines: list[Line] = []
    spans: list[tuple[int, int]] = []
    at = 0
    for number, sheet in enumerate(sheets, 1):
        start = at
        for turn, line in sheet.lines:
            lines.append(_line(sheet.page, number, turn, line, at))
            at += len(line.text) + 1
        texts.append("\n".join(line.text for _, line in sheet.lines))
        end = start + len(texts[-1])
        spans.append((start, end))
        at = end + 1
    labels = file_labels(opened) or printed_labels([[line.text for _, line in s.lines] for s in sheets])
    pages = tuple(
        Page(number, label, round(sheet.page.width, 2), round(sheet.page.height, 2), *span)
        for number, (sheet, label, span) in enumerate(zip(sheets, labels, spans, strict=True), 1)
    )
    return Reading(
        "\f".join(texts),
        tuple(lines),
        pages,
        bookmarks(opened),
        title(opened.document),
        tuple((number, s.unread) for number, s in enumerate(sheets, 1) if s.unread is not None),
    )


def _line(page: PageContent, number: int, turn: int, line: TextLine, at: int) -> Line:
    return Line(
        start=at,
        end=at + len(line.text),
        page=number,
        box=page.box(0 if turn == SLANT else turn, line.x0, line.y0, line.x1, line.y1),
        size=round(line.size, 1),
        bold=line.bold,
        cells=tuple((at + a, at + b) for a, b in line.cells),
    )
