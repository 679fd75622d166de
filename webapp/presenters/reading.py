"""The reading view: a page's image with the cited rectangles, and its text as headings, lists, tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from flask import url_for
from markupsafe import Markup

from indexer.model import BlockKind, Box, Document, Page, Passage, Span, TextBlock
from webapp.images import WIDTHS
from webapp.presenters.marking import cited, marked

Finder = Callable[[str], tuple[tuple[int, int], ...]]
"""Text to the slices of it that the question's words match."""

BAR = 4.0
"""Width in points of the bar beside a marked passage."""
BEFORE = 80
WINDOW = 300
"""Characters shown before the first match, and in all, of a passage found inside its paper."""
AROUND = 12
"""Blocks shown before and after a passage of a paper without pages."""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A marked rectangle in the units of its page image's view box."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Figure:
    """A page image with the rectangles marked on it."""

    page: Page
    url: str
    srcset: str
    large_url: str
    rectangles: tuple[Rectangle, ...]
    bars: tuple[Rectangle, ...]
    """A bar at the left of each marked run: the mark must not be by colour alone."""

    @property
    def width(self) -> int:
        """Width of the view box, points."""
        return max(1, round(self.page.width))

    @property
    def height(self) -> int:
        """Height of the view box, points."""
        return max(1, round(self.page.height))


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    cells: tuple[Markup, ...]
    cited: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """What a page of text is drawn from: a heading, a paragraph, a list, a table or a note."""

    kind: str
    """``heading``, ``paragraph``, ``list``, ``table`` or ``note``."""
    items: tuple[Markup, ...] = ()
    """One for a heading, paragraph or note; a list's items."""
    head: tuple[Row, ...] = ()
    rows: tuple[Row, ...] = ()
    level: int = 0
    """A heading's rank, 3 to 6."""
    lines: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces that follow each other, all of the cited passage or none; a table of which the passage
    is a part is shown whole, its cited rows marked."""

    cited: bool
    pieces: tuple[Piece, ...]


@dataclass(slots=True)
class TextMarker:
    """Marks the words of a question, and what a citation covers, in blocks of text."""

    find: Finder
    spans: tuple[Span, ...] = ()
    _last_level: int = field(default=2, init=False)

    def is_cited(self, block: TextBlock) -> bool:
        """Whether the passage covers any of the block."""
        return any(max(block.start, span.start) < min(block.end, span.end) for span in self.spans)

    def mark(self, block: TextBlock) -> Markup:
        """The block's text; where the passage covers a part of it, that part set off."""
        found = self.find(block.text)
        part = self._part(block)
        return cited(block.text, found, part) if part else marked(block.text, found)

    def mark_cell(self, text: str) -> Markup:
        """A table cell's text."""
        return marked(text, self.find(text))

    def level(self, block: TextBlock) -> int:
        """A heading's rank under the page's own, never skipping one."""
        self._last_level = min(2 + (block.level or 1), self._last_level + 1, 6)
        return self._last_level

    def _part(self, block: TextBlock) -> tuple[int, int] | None:
        """The cited slice of the block's text; None for none, or where offsets do not carry over."""
        if block.end - block.start != len(block.text):
            return None
        covered = [s for s in self.spans if max(block.start, s.start) < min(block.end, s.end)]
        if not covered:
            return None
        start = max(block.start, min(span.start for span in covered))
        return start - block.start, min(block.end, max(span.end for span in covered)) - block.start


@dataclass(frozen=True, slots=True)
class Found:
    """A passage that holds what was asked for inside its paper."""

    passage: Passage
    text: Markup
    """Its words about the first that match, marked."""
    url: str


def found_inside(
    passages: Iterable[Passage], find: Finder, url: Callable[[Passage], str]
) -> tuple[Found, ...]:
    """Passages with the words that were asked for marked; ``url`` makes the address of each."""
    return tuple(
        Found(passage, _about(passage.text, find(passage.text)), url(passage)) for passage in passages
    )


def _about(text: str, spans: Sequence[tuple[int, int]]) -> Markup:
    """A window of the text that begins a little before the first match, at the beginning of a word."""
    first = max(0, (spans[0][0] if spans else 0) - BEFORE)
    start = text.rfind(" ", 0, first) + 1 if first else 0
    end = min(len(text), start + WINDOW)
    end = text.rfind(" ", start, end) if end < len(text) and " " in text[start:end] else end
    shown = marked(text, spans, (start, end))
    return Markup("… " if start else "") + shown + Markup(" …" if end < len(text) else "")  # noqa: S704 - fixed


def page_figure(document: Document, page: Page, spans: Sequence[Span] = ()) -> Figure:
    """The image of a page and where ``spans`` stand on it."""

    def url(width: int) -> str:
        return url_for("pages.image", document_id=document.id, number=page.number, w=width)

    here = [span for span in spans if span.page == page.number and span.boxes]
    return Figure(
        page,
        url(WIDTHS[1]),
        ", ".join(f"{url(width)} {width}w" for width in WIDTHS),
        url(WIDTHS[-1]),
        tuple(rectangle(page, box) for span in here for box in span.boxes),
        tuple(bar(page, span.boxes) for span in here),
    )


def rectangle(page: Page, box: Box) -> Rectangle:
    """A box in the units of the page's view box."""
    return Rectangle(
        round(box.x0 * page.width, 1),
        round(box.y0 * page.height, 1),
        round((box.x1 - box.x0) * page.width, 1),
        round((box.y1 - box.y0) * page.height, 1),
    )


def bar(page: Page, boxes: Sequence[Box]) -> Rectangle:
    """A narrow bar along the left side of ``boxes``, from the highest to the lowest."""
    left = max(0.0, min(box.x0 for box in boxes) * page.width - 2 * BAR)
    top, bottom = min(box.y0 for box in boxes), max(box.y1 for box in boxes)
    return Rectangle(round(left, 1), round(top * page.height, 1), BAR, round((bottom - top) * page.height, 1))


def text_runs(blocks: Iterable[TextBlock], marker: TextMarker) -> tuple[Run, ...]:
    """The text of ``blocks`` in order, what is cited apart from the rest; page furniture left out."""
    body = tuple(block for block in blocks if block.kind is not BlockKind.FURNITURE)
    tables = {block.table for block in body if marker.is_cited(block)} - {None}

    def is_cited(block: TextBlock) -> bool:
        return block.table in tables or marker.is_cited(block)

    return tuple(
        Run(cited_run, tuple(text_pieces(run, marker))) for cited_run, run in groupby(body, is_cited)
    )


def text_pieces(blocks: Iterable[TextBlock], marker: TextMarker) -> Iterable[Piece]:
    """List items that follow each other as one list, rows of a table as one table."""
    for (kind, _), group in groupby(blocks, lambda block: (block.kind, block.table)):
        run = tuple(group)
        if kind is BlockKind.TABLE_ROW:
            yield table_piece(run, marker)
        elif kind is BlockKind.LIST_ITEM:
            yield Piece("list", tuple(map(marker.mark, run)), lines=_lines(run))
        else:
            yield from (single_piece(block, marker) for block in run)


def single_piece(block: TextBlock, marker: TextMarker) -> Piece:
    """A heading, a paragraph or a footnote."""
    text = (marker.mark(block),)
    if block.kind is BlockKind.HEADING:
        return Piece("heading", text, level=marker.level(block), lines=block.lines)
    kind = "note" if block.kind is BlockKind.FOOTNOTE else "paragraph"
    return Piece(kind, text, lines=block.lines)


def table_piece(rows: Sequence[TextBlock], marker: TextMarker) -> Piece:
    """A table; rows that name the columns at its top are its head, short rows are filled up."""
    widest = max(len(row.cells) or 1 for row in rows)

    def drawn(row: TextBlock) -> Row:
        texts = row.cells or (row.text,)
        cells = tuple(map(marker.mark_cell, texts)) + (Markup(""),) * (widest - len(texts))
        return Row(cells, marker.is_cited(row))

    heads = next((i for i, row in enumerate(rows) if not row.header), len(rows))
    return Piece(
        "table",
        head=tuple(map(drawn, rows[:heads])),
        rows=tuple(map(drawn, rows[heads:])),
        lines=_lines(rows),
    )


def furniture(blocks: Iterable[TextBlock]) -> tuple[str, ...]:
    """Running heads, feet and page numbers, which the text leaves out."""
    return tuple(block.text for block in blocks if block.kind is BlockKind.FURNITURE)


def blocks_around(blocks: Sequence[TextBlock], passage: Passage) -> tuple[TextBlock, ...]:
    """The blocks of a passage and some before and after, for a paper without pages."""
    marker = TextMarker(lambda _: (), passage.spans)
    inside = [i for i, block in enumerate(blocks) if marker.is_cited(block)]
    if not inside:
        return tuple(blocks[: 2 * AROUND])
    return tuple(blocks[max(0, inside[0] - AROUND) : inside[-1] + AROUND + 1])


def _lines(blocks: Sequence[TextBlock]) -> tuple[int, int] | None:
    numbered = [block.lines for block in blocks if block.lines]
    return (numbered[0][0], numbered[-1][1]) if numbered else None
