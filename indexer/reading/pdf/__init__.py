"""PDF to a ``Reading``: every page's lines in reading order, with places, looks and cells.

Two programs read PDFs: the faster one by default, the other where the first cannot open a file, fails
on a page, or cannot tell its letters. Both give the same values to the same layout.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.model import Line, Page, Reading, UnreadCode
from indexer.reading.attempt import WHOLE, Attempt
from indexer.reading.pdf.content import A4, SLANT, PageContent
from indexer.reading.pdf.document import (
    Opener,
    Outline,
    PdfFile,
    is_too_long,
    read_bytes,
    unreadable,
    what_is_wrong,
)
from indexer.reading.pdf.labels import printed_labels
from indexer.reading.pdf.layout import page_to_lines
from indexer.reading.pdf.lines import TextLine
from indexer.reading.pdf.miner import open_by_pdfminer
from indexer.reading.pdf.pdfium import open_by_pdfium

READERS: tuple[Opener, ...] = (open_by_pdfium, open_by_pdfminer)
"""The programs that read PDFs, the one used by default first."""

SECONDS_A_PAGE = 4.0
"""After this time of the processor a program gives a page up; usual is a hundredth of a second."""
_SCAN = 0.5
"""A page with pictures over this share and next to no letters is a scan."""
_DECORATION = 0.05
_STAMP = 40
"""Letters: a scanned page may bear a printed page number and the like."""
_DRAWN = 300
"""Curves from which a page without letters is taken to show text as drawings."""
_GARBAGE = 0.4
"""Share of letters that cannot be told from which a page counts as having no text."""


def read_pdf(path: Path, attempt: Attempt | None = None) -> Reading:
    """Read a PDF; raises UnreadableFile where no text at all can be had from it.

    Pages that cannot be read are named in ``unread_pages`` and the others are read. Where an earlier
    attempt ended at a page, the first program leaves it to the next; where two did, it is passed over.
    """
    data, attempt = read_bytes(path), attempt or Attempt()
    codes: list[UnreadCode] = []
    with closing(_Files(data, attempt)) as files:
        for file in files:
            if is_too_long(file):
                codes.append(UnreadCode.TOO_LARGE)
                continue
            sheets = _read_sheets(file, files)
            attempt.begin(WHOLE)
            if any(sheet.lines for sheet in sheets):
                return _assemble(file, files, sheets)
            codes += _usual_code(sheets)
        # A page that shows nothing may be blank, or what it shows is out of any program's reach.
        last = UnreadCode.NEEDS_OCR if files.is_open else what_is_wrong(data)
        raise unreadable(next(iter([*codes, *files.refused, last])))


class _Files:
    """A file as each program opens it: one after the other, each no sooner than it is needed."""

    def __init__(self, data: bytes, attempt: Attempt) -> None:
        self.refused: list[UnreadCode] = []
        """Why programs would not open the file, where they could tell."""
        self._data = data
        self.attempt = attempt
        self._waiting = list(READERS[len(attempt.ends(WHOLE)) :])
        self._opened: list[PdfFile] = []

    @property
    def is_open(self) -> bool:
        """Whether any program has opened the file."""
        return bool(self._opened)

    def __iter__(self) -> Iterator[PdfFile]:
        at = 0
        while at < len(self._opened) or self._open_next():
            yield self._opened[at]
            at += 1

    def others(self, file: PdfFile) -> Iterator[PdfFile]:
        """The file as the other programs open it, where they agree on the number of its pages."""
        return (other for other in self if other is not file and other.count == file.count)

    def close(self) -> None:
        """Close whatever is open."""
        for file in self._opened:
            file.close()

    def _open_next(self) -> bool:
        while self._waiting:
            self.attempt.begin(WHOLE)
            try:
                file = self._waiting.pop(0)(self._data)
            except UnreadableFile as error:
                self.refused.append(error.reason_code)
                continue
            if file is not None:
                self._opened.append(file)
                return True
        return False


@dataclass(slots=True)
class _Sheet:
    """What was read of one page."""

    page: PageContent
    lines: list[tuple[int, TextLine]]
    unread: UnreadCode | None = None

    @property
    def is_doubtful(self) -> bool:
        """Whether another program may read more of the page."""
        page = self.page
        failed = self.unread in (UnreadCode.DAMAGED, UnreadCode.TIMED_OUT)
        shows = page.letters or page.pictures or page.curves or page.rules or page.fills
        return failed or not shows or _is_garbage(page)

    @property
    def worth(self) -> tuple[int, bool]:
        """How much was read, and whether that is all there is."""
        return (self.page.letters - self.page.unknown, self.unread is None)


def _read_sheets(file: PdfFile, files: _Files) -> list[_Sheet]:
    return [_read_sheet(file, files, index) for index in range(file.count)]


def _read_sheet(file: PdfFile, files: _Files, index: int) -> _Sheet:
    """Read one page, by other programs too where the first does not do well."""
    ends = files.attempt.ends(index + 1)
    sheet = _Sheet(PageContent(A4), [], ends[-1]) if ends else _read_once(file, index, files.attempt)
    if sheet.is_doubtful and len(ends) < len(READERS):
        others = [_read_once(other, index, files.attempt) for other in files.others(file)]
        return max([sheet, *others], key=lambda s: s.worth)
    return sheet


def _read_once(file: PdfFile, index: int, attempt: Attempt) -> _Sheet:
    """Read one page, whatever happens; what could be had of a broken page is kept."""
    attempt.begin(index + 1)
    page, unread = file.read_page(index, SECONDS_A_PAGE)
    if unread is UnreadCode.TIMED_OUT:
        return _Sheet(page, [], unread)
    try:
        lines = page_to_lines(page)
    except (ArithmeticError, ValueError, LookupError, RecursionError):
        return _Sheet(page, [], UnreadCode.DAMAGED)
    return _Sheet(page, lines, unread or _lack_of_text(page))


def _is_garbage(page: PageContent) -> bool:
    return bool(page.letters) and page.unknown > _GARBAGE * page.letters


def _lack_of_text(page: PageContent) -> UnreadCode | None:
    """NEEDS_OCR where a page shows something but next to no text can be had from it."""
    readable = page.letters - page.unknown
    if _is_garbage(page):
        return UnreadCode.NEEDS_OCR
    if readable <= _STAMP and page.pictures > _SCAN:
        return UnreadCode.NEEDS_OCR
    if not readable and (page.pictures > _DECORATION or page.curves > _DRAWN):
        return UnreadCode.NEEDS_OCR
    return None


def _usual_code(sheets: list[_Sheet]) -> list[UnreadCode]:
    """Why most of the pages that could not be read could not, if there are any."""
    codes = [sheet.unread for sheet in sheets if sheet.unread is not None]
    return sorted(set(codes), key=lambda code: (-codes.count(code), code))[:1]


def _assemble(file: PdfFile, files: _Files, sheets: list[_Sheet]) -> Reading:
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
    labels = file.labels() or printed_labels([[line.text for _, line in s.lines] for s in sheets])
    pages = tuple(
        Page(number, label, round(sheet.page.width, 2), round(sheet.page.height, 2), *span)
        for number, (sheet, label, span) in enumerate(zip(sheets, labels, spans, strict=True), 1)
    )
    return Reading(
        "\f".join(texts),
        tuple(lines),
        pages,
        _outline(file, files).bookmarks,
        file.title(),
        tuple((number, s.unread) for number, s in enumerate(sheets, 1) if s.unread is not None),
    )


def _outline(file: PdfFile, files: _Files) -> Outline:
    """The bookmarks of the program that finds where most of them lead."""
    outline = file.outline()
    if outline.astray:
        found = [outline, *(other.outline() for other in files.others(file))]
        return max(found, key=lambda outline: len(outline.bookmarks))
    return outline


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
