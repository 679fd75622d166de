"""Lays one paper out as a PDF with reportlab, and hands back what the layout engine put on which page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from flowables import BodyStart, Footnote, NotedFrame, Settled, Settling, Styles, TracedParagraph
from hyphens import hyphenated
from reportlab.lib.pagesizes import A4
from reportlab.platypus import (
    BaseDocTemplate,
    CondPageBreak,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Spacer,
    Table,
)
from reportlab.platypus.tableofcontents import TableOfContents
from source import REFERENCE, Block, Source, plain
from styles import contents_styles, styles_for, table_style
from tracing import Trace

MARGIN = 62.0
GUTTER = 20.0
NOTICE = (
    "This is a sample document. Wrenmouth, its Safeguarding Children Board, its agencies, the people named "
    "and the cases described are all invented."
)
FOOT_NOTICE = "Sample document of an invented Board: no real place, person or case."
ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")


@dataclass(frozen=True, slots=True)
class Laid:
    """A laid-out paper: the PDF, each page's label (None: nothing printed), the traces, tables' titles."""

    pdf: bytes
    labels: tuple[str | None, ...]
    traces: tuple[Trace, ...]
    tables: tuple[str, ...]


class Paper(BaseDocTemplate):
    """The document template of one paper: frames, running head, footer, contents entries and bookmarks."""

    def __init__(self, buffer: io.BytesIO, source: Source) -> None:
        super().__init__(
            buffer,
            pagesize=A4,
            invariant=1,
            title=source.page.file_title or source.title,
            author=source.body,
            lang="en-GB",
        )
        self.source, self.settled = source, Settled()
        self.traces: list[Trace] = []
        self.heading_number = 0
        columns = self._frames(source.page.columns)
        first: list[Any] = [self._frame(MARGIN, A4[0] - 2 * MARGIN)]
        self.addPageTemplates(
            [
                PageTemplate("cover", first, onPageEnd=self._cover_furniture),
                PageTemplate("wide", self._frames(1), onPageEnd=self._furniture),
                PageTemplate("text", columns, onPageEnd=self._furniture),
            ]
        )

    def _frames(self, columns: int) -> list[Any]:
        width = (A4[0] - 2 * MARGIN - GUTTER * (columns - 1)) / columns
        return [self._frame(MARGIN + i * (width + GUTTER), width) for i in range(columns)]

    def _frame(self, left: float, width: float) -> NotedFrame:
        return NotedFrame(left - 6, 76, width + 12, A4[1] - 76 - 70)

    def label(self, page: int) -> str:
        """The printed label of a page by its number, as the paper's numbering has it."""
        start, numbering = self.settled.body_start, self.source.page.numbering
        if numbering == "roman_front":
            return ROMAN[page] if page < start else str(page - start + 1)
        if numbering == "after_cover":
            return str(page - 1) if page > 1 else "Cover"
        return str(page)

    def beforeDocument(self) -> None:
        """Every pass starts with clean traces."""
        self.heading_number = 0
        for trace in self.traces:
            trace.pieces.clear()

    def afterFlowable(self, flowable: Any) -> None:
        """A heading, once drawn, makes its contents entry and its bookmark."""
        trace = getattr(flowable, "trace", None)
        if trace is None or trace.kind != "heading" or trace.level > 2:
            return
        self.heading_number += 1
        key = f"h{self.heading_number}"
        self.canv.bookmarkPage(key)
        if self.source.page.contents:
            self.notify("TOCEntry", (trace.level - 1, trace.text, self.page, key))
        if self.source.page.bookmarks:
            self.canv.addOutlineEntry(trace.text, key, trace.level - 1, closed=False)

    def _cover_furniture(self, canvas: Any, _: Any) -> None:
        self._label_page(canvas)
        self._foot_notice(canvas)

    def _furniture(self, canvas: Any, _: Any) -> None:
        self._label_page(canvas)
        frames: list[Any] = self.pageTemplate.frames
        for frame in frames:
            frame.draw_notes(canvas)
        page, label = self.source.page, self.label(canvas.getPageNumber())
        canvas.setFont(page.font, 8.5)
        canvas.drawString(MARGIN, A4[1] - 46, page.head)
        footer = page.footer.format(label=label, total=self.settled.total)
        canvas.drawCentredString(A4[0] / 2, 48, footer)
        self._foot_notice(canvas)

    def _foot_notice(self, canvas: Any) -> None:
        canvas.setFont(self.source.page.font, 6.5)
        canvas.drawCentredString(A4[0] / 2, 36, FOOT_NOTICE)

    def _label_page(self, canvas: Any) -> None:
        number = canvas.getPageNumber()
        self.settled.total = max(self.settled.total, number)
        if not self.source.page.labels:
            return
        start = 2 if self.source.page.numbering == "after_cover" else self.settled.body_start
        if number == start:
            canvas.addPageLabel(number - 1, style="ARABIC", start=1)
        elif number == 1:
            cover = {"prefix": "Cover"} if self.label(1) == "Cover" else {"style": "ROMAN_LOWER", "start": 1}
            canvas.addPageLabel(0, **cover)


def lay_out(source: Source) -> Laid:
    """Lay a paper out until its page numbers have settled."""
    buffer = io.BytesIO()
    paper = Paper(buffer, source)
    story, tables = Story(paper).build()
    paper.multiBuild(story, maxPasses=8)
    return Laid(buffer.getvalue(), _labels(paper), tuple(paper.traces), tables)


def _labels(paper: Paper) -> tuple[str | None, ...]:
    page = paper.source.page
    first_printed = 2 if page.cover and not page.labels else 1
    return tuple(paper.label(n) if n >= first_printed else None for n in range(1, paper.settled.total + 1))


class Story:
    """Turns a source's blocks into flowables, each with the trace of its text."""

    def __init__(self, paper: Paper) -> None:
        self.paper, self.source = paper, paper.source
        self.styles: Styles = styles_for(self.source.page)
        self.tables: list[str] = []

    def build(self) -> tuple[list[Any], tuple[str, ...]]:
        """The flowables, and the titles of the tables by number."""
        story: list[Any] = [Settling(self.paper.settled), *self._front()]
        for block, following in pairwise((*self.source.blocks, Block("end"))):
            story.extend(self._flowables(block, following))
        return story, tuple(self.tables)

    def traced(
        self, kind: str, text: str, style: str, bullet: str | None = None, **known: Any
    ) -> TracedParagraph:
        """A paragraph with its trace; the text may hold inline marks."""
        trace = Trace(kind, plain(text), **known)
        self.paper.traces.append(trace)
        made = TracedParagraph(
            _markup(text, self.source.page.justified), self.styles[style], bulletText=bullet
        )
        made.trace = trace
        return made

    def _front(self) -> list[Any]:
        page = self.source.page
        story: list[Any] = []
        if page.cover:
            story += [*self._cover(), NextPageTemplate("wide" if page.contents else "text"), PageBreak()]
        else:
            story += [NextPageTemplate("text"), self.traced("notice", NOTICE, "notice"), Spacer(1, 14)]
            self.paper.pageTemplates.insert(0, self.paper.pageTemplates.pop(2))
        if page.contents:
            contents: Any = TableOfContents(dotsMinLevel=0, levelStyles=contents_styles(page))
            contents.formatter = self.paper.label
            title = self.traced("contents_title", "Contents", "contents_title")
            story += [title, contents, NextPageTemplate("text"), PageBreak()]
        return story

    def _cover(self) -> list[Any]:
        lines = [line for line in self.source.subtitle.split("|") if line]
        title = self.traced("cover_title", self.source.title, "cover_title")
        rest = [self.traced("cover_line", line.strip(), "cover_line") for line in lines]
        return [Spacer(1, 150), title, *rest, Spacer(1, 220), self.traced("notice", NOTICE, "notice")]

    def _flowables(self, block: Block, following: Block) -> list[Any]:
        if block.kind == "page_break":
            return [PageBreak()]
        if block.kind == "body_start":
            return [PageBreak(), BodyStart(self.paper.settled)]
        if block.kind == "table":
            return self._table(block)
        if block.kind == "heading":
            room = {1: self.source.page.room, 2: 62.0}.get(block.level, 50.0)
            heading = self.traced("heading", block.text, f"heading{block.level}", level=block.level)
            # Kept whole with what follows, unless that is a paragraph, which may run over the page.
            heading.keepWithNext = following.kind != "paragraph" or bool(following.notes)
            return [CondPageBreak(room), heading]
        return self._text(block)

    def _text(self, block: Block) -> list[Any]:
        lead, bullet = _lead(block, self.source)
        text = f"**{lead}** {block.text}" if lead else block.text
        made = self.traced(block.kind, text, block.kind, bullet, number=block.number, lead=lead)
        if not block.notes:
            return [made]
        notes = [
            Footnote(self.traced("footnote", f"{n} {text}", "footnote", number=n)) for n, text in block.notes
        ]
        made.keepWithNext = True  # a note stands on the page of its reference
        return [made, *notes]

    def _table(self, block: Block) -> list[Any]:
        number = len(self.tables)
        self.tables.append(block.text)
        title = self.traced("table_title", block.text, "table_title", table=number)
        rows = [self._row(row, number, i) for i, row in enumerate(block.rows)]
        table = Table(
            rows, colWidths=self._widths(block.rows), repeatRows=1, style=table_style(self.source.page)
        )
        return [title, table, Spacer(1, 10)]

    def _row(self, row: tuple[str, ...], table: int, number: int) -> list[TracedParagraph]:
        style = "cell" if number else "cell_head"
        return [self.traced("cell", cell, style, table=table, row=number) for cell in row]

    def _widths(self, rows: tuple[tuple[str, ...], ...]) -> list[float]:
        columns = self.source.page.columns
        width = (A4[0] - 2 * MARGIN - GUTTER * (columns - 1)) / columns
        longest = [
            max(max(len(word) * 1.9 for word in cell.split() or [""]) for cell in column)
            for column in zip(*rows, strict=True)
        ]
        wanted = [
            max(9.0, need, min(46.0, max(len(cell) for cell in column)))
            for need, column in zip(longest, zip(*rows, strict=True), strict=True)
        ]
        return [width * part / sum(wanted) for part in wanted]


def _lead(block: Block, source: Source) -> tuple[str, str | None]:
    """The printed number of a block: a bold lead in the text, or a bullet beside it."""
    leads = {"recommendation": source.page.recommendation, "learning_point": source.page.learning}
    if block.kind in leads:
        return leads[block.kind].format(number=block.number), None
    bullets = {"bullet": "\u2022", "numbered": f"{block.number}.", "agenda_item": f"{block.number}."}
    return "", bullets.get(block.kind)


def _markup(text: str, hyphenate: bool) -> str:
    text = text.replace("&", "&amp;").replace("<", "&lt;")
    text = REFERENCE.sub(r"<super>\1</super>", text)
    for mark, tag in (("**", "b"), ("*", "i")):
        parts = text.split(mark)
        text = "".join(p if i % 2 == 0 else f"<{tag}>{p}</{tag}>" for i, p in enumerate(parts))
    return hyphenated(text) if hyphenate else text
