"""What stands on one page of a PDF, by pdfminer.six.

A device for pdfminer's interpreter that keeps words instead of one object a letter, which is several
times faster than pdfminer's own layout and loses nothing that reading order needs.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, cast

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFType1Font, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFPageInterpreter, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, apply_matrix_rect, mult_matrix

from indexer.model import UnreadCode
from indexer.reading.pdf.content import A4, UNKNOWN, OutOfTime, PageContent, to_frame
from indexer.reading.pdf.gathering import Gatherer, Style, direction, is_bold, legible

_OPERANDS = 2000
"""Operands between looks at the clock."""


class PageReader:
    """Reads pages of one file, remembering its fonts."""

    def __init__(self) -> None:
        resources = _Resources()
        self._device = _Device(resources)
        self._interpreter = _Interpreter(resources, self._device)

    def read(self, page: PDFPage | None, seconds: float) -> tuple[PageContent, UnreadCode | None]:
        """What a page shows, and why not all of it could be had; what could be is kept."""
        device = self._device
        device.gatherer = Gatherer(PageContent(A4))
        device.deadline = time.process_time() + seconds
        if page is None:
            return device.gatherer.page, UnreadCode.DAMAGED
        unread = None
        try:
            self._interpreter.process_page(page)
            device.check_time()
        except OutOfTime:
            unread = UnreadCode.TIMED_OUT
        except Exception:  # broken pages raise nearly anything
            unread = UnreadCode.DAMAGED
        return device.gatherer.page, unread


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
            cast(_Device, self.device).check_time()
        super().push(obj)


@dataclass(slots=True)
class _Font:
    """What is remembered of a font: letters and widths by code, and whether it is bold."""

    bold: bool
    letters: dict[int, tuple[str, float]] = field(default_factory=dict)


_UNUSED_CODES = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))


def _letter(font: PDFFont, code: int) -> tuple[str, float]:
    """Text and width (in font sizes) of one code."""
    try:
        text = str(font.to_unichr(code))
    except PDFUnicodeNotDefined:
        # PDF 32000-1, annex D.2: codes that WinAnsiEncoding leaves unused stand for a bullet.
        text = "•" if code in _UNUSED_CODES and not font.is_multibyte() else UNKNOWN
    return legible(text), float(font.char_width(code))


class _Device(PDFTextDevice):
    """Collects a page's content while pdfminer's interpreter runs over it."""

    def __init__(self, resources: PDFResourceManager) -> None:
        super().__init__(resources)
        self.deadline = 0.0
        self.gatherer = Gatherer(PageContent(A4))
        self._fonts: dict[PDFFont, _Font] = {}

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """Start a page: find the frame that is shown of it."""
        media = apply_matrix_rect(ctm, page.mediabox)
        crop = apply_matrix_rect(ctm, page.cropbox)
        shown = (
            max(media[0], crop[0]),
            max(media[1], crop[1]),
            min(media[2], crop[2]),
            min(media[3], crop[3]),
        )
        if shown[2] - shown[0] < 1 or shown[3] - shown[1] < 1:
            shown = media if media[2] - media[0] >= 1 and media[3] - media[1] >= 1 else (0, 0, 612, 792)
        self.gatherer = Gatherer(PageContent(shown))

    def end_page(self, page: PDFPage) -> None:
        """Finish a page."""
        self.gatherer.close()

    def check_time(self) -> None:
        """Raise ``OutOfTime`` when the page has taken too long."""
        if time.process_time() > self.deadline:
            raise OutOfTime

    def render_image(self, name: str, stream: PDFStream) -> None:
        """A picture: only its area counts."""
        self.check_time()
        x0, y0, x1, y1 = apply_matrix_rect(self.ctm or MATRIX_IDENTITY, (0, 0, 1, 1))
        self.gatherer.picture(x0, y0, x1, y1)

    def paint_path(
        self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        """A drawing: its level and upright lines are kept, the rest is only counted."""
        self.check_time()
        if not (stroke or fill) or not self.gatherer.takes(len(path)):
            return
        points: list[tuple[float, float]] = []
        for step in path:
            if step[0] == "m":
                self.gatherer.shape(points, stroke)
                points = [self._point(step[1], step[2])]
            elif step[0] == "l":
                points.append(self._point(step[1], step[2]))
            elif step[0] == "h":
                points += points[:1]
            else:
                self.gatherer.page.curves += 1
                points = [self._point(step[-2], step[-1])]
        self.gatherer.shape(points, stroke)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = apply_matrix_pt(self.ctm or MATRIX_IDENTITY, (x, y))
        return (x, -y)

    def render_string(
        self, textstate: PDFTextState, seq: Any, ncs: Any, graphicstate: PDFGraphicState
    ) -> None:
        """A string of text: its letters go to words."""
        self.check_time()
        font, size = textstate.font, textstate.fontsize
        if font is None:
            return
        a, b, c, d, e, f = mult_matrix(textstate.matrix, self.ctm or MATRIX_IDENTITY)
        flip = -1.0 if size < 0 else 1.0
        along = (a * a + b * b) ** 0.5 * textstate.scaling * 0.01 or 1e-9
        x, y = textstate.linematrix
        rise = y + textstate.rise
        turn = direction(a * flip, b * flip)
        start, base = to_frame(turn, a * x + c * rise + e, b * x + d * rise + f)
        known = self._font(font)
        style = Style(turn, base, abs(size) * (c * c + d * d) ** 0.5, known.bold or textstate.render == 2)
        spaces = (textstate.charspace * along, 0.0 if font.is_multibyte() else textstate.wordspace * along)
        end = self._write(seq, font, start, abs(size) * along, spaces, style)
        textstate.linematrix = (x + (end - start) * flip * textstate.scaling * 0.01 / along, y)

    def _write(
        self, seq: Any, font: PDFFont, x: float, step: float, spaces: tuple[float, float], style: Style
    ) -> float:
        """Write the strings and shifts of ``seq`` from ``x``; ``step`` is points for one font size.

        Returns where the pen stands at the end.
        """
        letters, gatherer = self._font(font).letters, self.gatherer
        tracking, wordspace = spaces
        for part in seq:
            if not isinstance(part, bytes):
                x -= part * 0.001 * step if isinstance(part, (int, float)) else 0.0
                continue
            for code in font.decode(part):
                known = letters.get(code)
                if known is None:
                    known = letters[code] = _letter(font, code)
                text, width = known
                end = x + width * step
                if text == " ":
                    gatherer.space(end + tracking + (wordspace if code == 32 else 0.0), style.base)
                else:
                    gatherer.letter(text, x, end, style, tracking)
                x = end + tracking + (wordspace if code == 32 else 0.0)
        return x

    def _font(self, font: PDFFont) -> _Font:
        known = self._fonts.get(font)
        if known is None:
            known = self._fonts[font] = _Font(is_bold(str(font.fontname), font.flags))
        return known
