"""Model values to the catalogue's cells and back.

A rectangle takes eight bytes: each side as a sixteen-bit fraction of the page, which is a hundredth
of a point on A4, finer than any screen shows.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

import msgspec

from indexer.model import Box, Forms, PageRef, Passage, Span, StatementKind

_SIDE = 0xFFFF
_BOX = struct.Struct("<4H")


class PassageRest(msgspec.Struct, array_like=True, frozen=True):
    """What a passage holds beside its columns; years, subgroups and themes are its facets."""

    lines: tuple[int, int] | None
    pages: tuple[PageRef, ...]
    context: str
    statement: StatementKind | None
    years: tuple[str, ...]
    subgroups: tuple[str, ...]
    themes: tuple[str, ...]
    cases: tuple[str, ...]
    boilerplate: bool
    ocr_quality: float | None = None


_rest_decoder = msgspec.json.Decoder(PassageRest)
_slices_decoder = msgspec.msgpack.Decoder(tuple[tuple[int, int], ...])
_span_decoder = msgspec.msgpack.Decoder(list[tuple[int, int, int | None, bytes]])


def encode(value: Any) -> bytes:
    """A model value, or a tuple of them, as JSON."""
    return msgspec.json.encode(value)


def pack_boxes(boxes: Iterable[Box]) -> bytes:
    """Rectangles in eight bytes each; what lies off the page is drawn in to its edge."""
    return b"".join(_BOX.pack(*(round(min(max(side, 0.0), 1.0) * _SIDE) for side in box)) for box in boxes)


def unpack_boxes(packed: bytes) -> tuple[Box, ...]:
    """The rectangles that ``pack_boxes`` packed, each side within 1/131070 of the page."""
    return tuple(Box(*(side / _SIDE for side in sides)) for sides in _BOX.iter_unpack(packed))


def pack_spans(spans: Iterable[Span]) -> bytes:
    """Spans with their rectangles as one cell."""
    return msgspec.msgpack.encode([(s.start, s.end, s.page, pack_boxes(s.boxes)) for s in spans])


def unpack_spans(packed: bytes) -> tuple[Span, ...]:
    """The spans that ``pack_spans`` packed."""
    rows = _span_decoder.decode(packed)
    return tuple(Span(start, end, page, unpack_boxes(boxes)) for start, end, page, boxes in rows)


def forms_row(ordinal: int, forms: Forms) -> tuple[Any, ...]:
    """A row of the table ``forms``."""
    sentences = msgspec.msgpack.encode(forms.sentences)
    return ordinal, forms.text, forms.heading, forms.title, forms.figures, sentences


FORMS_COLUMNS = "f.ordinal, f.text, f.heading, f.title, f.figures, f.sentences"
"""The columns, of ``forms f``, that ``forms_of`` takes."""


def forms_of(row: tuple[Any, ...]) -> Forms:
    """The forms from ``FORMS_COLUMNS``; further columns are passed over."""
    return Forms(row[1], row[2], row[3], row[4], _slices_decoder.decode(row[5]))


def pack_rest(passage: Passage) -> bytes:
    """The fields of a passage that have no column of their own."""
    rest = PassageRest(
        passage.lines,
        passage.pages,
        passage.context,
        passage.statement,
        passage.years,
        passage.subgroups,
        passage.themes,
        passage.cases,
        passage.boilerplate,
        passage.ocr_quality,
    )
    return msgspec.json.encode(rest)


def unpack_rest(data: bytes) -> PassageRest:
    """The fields that ``pack_rest`` packed."""
    return _rest_decoder.decode(data)


PASSAGE_COLUMNS = "p.ordinal, p.id, p.text, p.spans, p.section, p.part, p.data"
"""The columns, of ``passages p``, that ``passage_of`` takes."""


def passage_of(row: tuple[Any, ...]) -> Passage:
    """A passage from ``PASSAGE_COLUMNS``; further columns are passed over."""
    rest = unpack_rest(row[6])
    return Passage(
        id=row[1],
        text=row[2],
        spans=unpack_spans(row[3]),
        lines=rest.lines,
        pages=rest.pages,
        section=row[4],
        part=row[5],
        context=rest.context,
        statement=rest.statement,
        years=rest.years,
        subgroups=rest.subgroups,
        themes=rest.themes,
        cases=rest.cases,
        boilerplate=rest.boilerplate,
        ocr_quality=rest.ocr_quality,
    )


def page_range(passage: Passage) -> tuple[int | None, int | None]:
    """The first and the last page number that a passage touches; (None, None) where it has none."""
    numbers = [ref.number for ref in passage.pages] + [s.page for s in passage.spans if s.page is not None]
    return (min(numbers), max(numbers)) if numbers else (None, None)


def on_page(passage: Passage, page: int) -> bool:
    """Whether a passage stands on the page, wholly or in part."""
    return any(ref.number == page for ref in passage.pages) or any(s.page == page for s in passage.spans)
