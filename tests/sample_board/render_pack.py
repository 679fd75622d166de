"""Makes an agenda pack: a front sheet with page ranges, then its papers, stamped as committee systems do."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from pypdf import PdfReader, PdfWriter
from render_pdf import FOOT_NOTICE, Laid, lay_out
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas
from source import Block, Source

PAGES = re.compile(r"\{pages:(\w+)\}")
BLANK = "This page is intentionally left blank"


@dataclass(frozen=True, slots=True)
class PackPart:
    """One paper in the pack: item, source, how it was laid out, and its first and last page in the pack."""

    item: str
    source: Source
    laid: Laid
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class PackLaid:
    """A laid-out pack: PDF, front sheet, each page's stamp, parts, blank pages, the ranges on the agenda."""

    pdf: bytes
    front: Laid
    labels: tuple[str | None, ...]
    parts: tuple[PackPart, ...]
    blank_pages: tuple[int, ...]
    ranges: Mapping[str, tuple[str, str]]


def lay_out_pack(pack: Source, sources: Mapping[str, Source]) -> PackLaid:
    """Lay out the papers, then the front sheet that names their pages, then stamp and join them."""
    papers = [(item.item, sources[item.source], lay_out(sources[item.source])) for item in pack.items]
    sheet = lay_out(_with_ranges(pack, {item: ("00", "00") for item, _, _ in papers}))
    parts = _placed(papers, _even(len(sheet.labels)))
    offset = 0 if pack.first_stamp == "agenda" else parts[0].first - 1
    ends = [second.first - 1 for _, second in pairwise(parts)] + [_even(parts[-1].last)]
    ranges = {
        part.item: (str(part.first - offset), str(end - offset))
        for part, end in zip(parts, ends, strict=True)
    }
    sheet = lay_out(_with_ranges(pack, ranges))
    front = PackPart("", pack, sheet, 1, len(sheet.labels))
    return _joined((front, *parts), offset, ranges)


def _even(number: int) -> int:
    return number + number % 2


def _with_ranges(pack: Source, ranges: Mapping[str, tuple[str, str]]) -> Source:
    def filled(block: Block) -> Block:
        return replace(
            block, text=PAGES.sub(lambda match: "(Pages {} - {})".format(*ranges[match[1]]), block.text)
        )

    return replace(pack, blocks=tuple(filled(block) for block in pack.blocks))


def _placed(papers: list[tuple[str, Source, Laid]], start: int) -> list[PackPart]:
    parts, first = [], start + 1
    for item, source, laid in papers:
        last = first + len(laid.labels) - 1
        parts.append(PackPart(item, source, laid, first, last))
        first = _even(last) + 1
    return parts


def _joined(parts: tuple[PackPart, ...], offset: int, ranges: Mapping[str, tuple[str, str]]) -> PackLaid:
    total = _even(parts[-1].last)
    held = {number for part in parts for number in range(part.first, part.last + 1)}
    blanks = tuple(number for number in range(1, total + 1) if number not in held)
    stamped_from = parts[1].first
    labels = tuple(str(n - offset) if n >= stamped_from else None for n in range(1, total + 1))
    stamps = PdfReader(io.BytesIO(_stamps(parts, blanks, labels)))
    writer = PdfWriter()
    for part in parts:
        _append(writer, part)
    for number, page in enumerate(writer.pages):
        page.merge_page(stamps.pages[number])
    _outline(writer, parts)
    return PackLaid(_written(writer, parts[0].source), parts[0].laid, labels, parts[1:], blanks, ranges)


def _append(writer: PdfWriter, part: PackPart) -> None:
    for page in PdfReader(io.BytesIO(part.laid.pdf)).pages:
        page.pop("/Annots", None)  # links into the paper alone would lead nowhere in the pack
        writer.add_page(page)
    if part.last % 2:
        writer.add_blank_page(*A4)


def _stamps(parts: tuple[PackPart, ...], blanks: tuple[int, ...], labels: tuple[str | None, ...]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    firsts = {part.first: part.item for part in parts if part.item}
    for number, label in enumerate(labels, start=1):
        canvas.setFont("Helvetica", 10)
        if number in firsts:
            canvas.drawRightString(A4[0] - 30, A4[1] - 26, f"Agenda Item {firsts[number]}")
        if label is not None:
            canvas.drawCentredString(A4[0] / 2, 18, f"Page {label}")
        if number in blanks:
            _blank(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _blank(canvas: Canvas) -> None:
    canvas.drawCentredString(A4[0] / 2, A4[1] / 2, BLANK)
    canvas.setFont("Helvetica", 6.5)
    canvas.drawCentredString(A4[0] / 2, 36, FOOT_NOTICE)


def _outline(writer: PdfWriter, parts: tuple[PackPart, ...]) -> None:
    if not parts[0].source.page.bookmarks:
        return
    writer.add_outline_item(title="Agenda", page_number=0)
    for part in parts[1:]:
        writer.add_outline_item(title=f"{part.item} {part.source.title}", page_number=part.first - 1)


def _written(writer: PdfWriter, pack: Source) -> bytes:
    buffer = io.BytesIO()
    writer.metadata = {"/Title": pack.title, "/Author": pack.body}
    writer.compress_identical_objects()
    writer.write(buffer)
    return buffer.getvalue()
