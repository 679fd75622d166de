"""A file of the corpus, and what a reader finds in it: text, lines and pages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from indexer.model.kinds import MediaType, UnreadCode


class Box(NamedTuple):
    """A rectangle on a page, in fractions of its width and height, origin at the top left."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of the corpus as it lies on disk."""

    path: str
    """Absolute path."""
    name: str
    """Path relative to the corpus, with forward slashes: the file's name in every output."""
    media: MediaType
    checksum: str
    """SHA-256 of the bytes, hexadecimal."""
    size: int
    """Bytes."""
    modified_ns: int


@dataclass(frozen=True, slots=True)
class Unread:
    """A file, or a page of it, that could not be read, and why."""

    file: str
    code: UnreadCode
    reason: str
    """A sentence that says what to do."""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a source, never blank: a slice of ``Reading.text`` and where it stands."""

    start: int
    end: int
    page: int | None = None
    """Page number from 1, where the format has pages."""
    number: int | None = None
    """Line number from 1, where the source is addressed by lines."""
    box: Box | None = None
    size: float | None = None
    """Font size in points: the size of most of its characters."""
    bold: bool = False
    cells: tuple[tuple[int, int], ...] = ()
    """Two or more (start, end) slices where the line is a row of a table, else empty."""
    level: int | None = None
    """Heading level where the format itself says so (Markdown, HTML, Word)."""
    item: bool = False
    """Whether the format itself says that it is an item of a list."""
    ocr_quality: float | None = None
    """Where its text was recognised in a picture: how sure that is, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a format that has pages."""

    number: int
    label: str
    """The page number as printed or labelled; the page number itself where neither is known."""
    width: float
    """Points."""
    height: float
    """Points."""
    start: int
    end: int
    """The page's slice of ``Reading.text``."""


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of a file's own outline."""

    title: str
    level: int
    """1 is the outermost."""
    page: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in its document."""

    start: int
    end: int
    lines: tuple[int, int] | None
    """First and last line number, inclusive; None where the source has no line numbers."""
    pages: tuple[int, ...]
    """Page numbers; empty where the source has no pages."""


@dataclass(frozen=True, slots=True)
class Span:
    """A run of source text on one page, with the rectangles that it covers there."""

    start: int
    end: int
    page: int | None
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """What a reader found in a file: its text, lines and pages, in reading order.

    ``text`` is never edited afterwards. Pages are joined by a form feed, lines by a line feed;
    for a source addressed by lines it is the decoded file itself.
    """

    text: str
    lines: tuple[Line, ...]
    pages: tuple[Page, ...] = ()
    """Empty where the format has no pages."""
    bookmarks: tuple[Bookmark, ...] = ()
    title: str = ""
    """The title that the file's own properties give, if any."""
    unread_pages: tuple[tuple[int, UnreadCode], ...] = ()

    def line_text(self, index: int) -> str:
        """The text of the line at ``index`` in ``lines``."""
        line = self.lines[index]
        return self.text[line.start : line.end]

    def place(self, indexes: Iterable[int]) -> Place:
        """Where the lines at ``indexes`` (in ``lines``, at least one) stand."""
        lines = [self.lines[i] for i in indexes]
        numbers = [line.number for line in lines if line.number is not None]
        return Place(
            start=min(line.start for line in lines),
            end=max(line.end for line in lines),
            lines=(min(numbers), max(numbers)) if numbers else None,
            pages=tuple(sorted({line.page for line in lines if line.page is not None})),
        )

    def spans(self, indexes: Iterable[int]) -> tuple[Span, ...]:
        """The runs of text that the lines at ``indexes`` form: one a page, more where set-aside
        lines interrupt; a source without pages gives a single run from the first to the last."""
        spans: list[Span] = []
        previous: int | None = None
        for index in sorted(indexes):
            line = self.lines[index]
            boxes = (line.box,) if line.box else ()
            joins = spans and spans[-1].page == line.page and (line.page is None or previous == index - 1)
            if joins:
                last = spans[-1]
                spans[-1] = Span(last.start, line.end, last.page, last.boxes + boxes)
            else:
                spans.append(Span(line.start, line.end, line.page, boxes))
            previous = index
        return tuple(spans)
