"""What stands on one PDF page: its words with their places, its ruled lines, its pictures.

A device for pdfminer.six that keeps words instead of one object a letter, which is several times
faster than pdfminer's own layout and loses nothing that reading order needs.

Coordinates are points. A word is kept in the frame of its own writing direction: x runs along the
text, y runs down the lines; ``Frame`` turns a box of such a frame into page coordinates.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from pdfminer.pdfdevice import PDFTextDevice
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import PDFGraphicState, PDFResourceManager, PDFTextState
from pdfminer.pdfpage import PDFPage
from pdfminer.pdftypes import PDFStream
from pdfminer.utils import MATRIX_IDENTITY, apply_matrix_pt, apply_matrix_rect, mult_matrix

from indexer.model import Box

UNKNOWN = "\ufffd"
"""Stands for a letter that the file does not say how to read."""

# Shares of the font size.
_WORD_GAP = 0.19
_OVERLAP = 0.35
_AFTER_SPACE = 0.3
_ASCENT, _DESCENT = 0.74, 0.22
SLANT = 4
_SKEW = 0.2
"""Above this share of the other axis, text is at a slant (a watermark) and kept out of the flow."""

_THIN = 2.6
"""Points: a filled rectangle no thicker than this is a ruled line."""
_MOST_RULES = 4000
_MOST_SEGMENTS = 400


class OutOfTime(Exception):
    """The page took longer than a page may take."""


@dataclass(slots=True)
class Word:
    """Letters that stand together, in the frame of their writing direction."""

    text: str
    x0: float
    x1: float
    base: float
    size: float
    bold: bool
    spaced: bool
    """A space was written right before it: it was set as one text with the word before."""

    @property
    def top(self) -> float:
        """Upper edge, by the font size."""
        return self.base - _ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Lower edge, by the font size."""
        return self.base + _DESCENT * self.size


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: level where ``y0 == y1``, upright where ``x0 == x1``; y runs down."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass(slots=True)
class PageContent:
    """All that one page shows. The crop box is in points, y upwards, as displayed."""

    crop: tuple[float, float, float, float]
    words: dict[int, list[Word]] = field(default_factory=dict)
    """By writing direction: quarter turns anticlockwise, 4 for a slant."""
    rules: list[Rule] = field(default_factory=list)
    fills: list[Rule] = field(default_factory=list)
    """Filled rectangles, corner to corner."""
    pictures: float = 0.0
    """Sum of the pictures' areas as a share of the page."""
    curves: int = 0
    letters: int = 0
    unknown: int = 0
    """Letters that the file does not say how to read."""

    @property
    def width(self) -> float:
        """Points, as displayed."""
        return self.crop[2] - self.crop[0]

    @property
    def height(self) -> float:
        """Points, as displayed."""
        return self.crop[3] - self.crop[1]

    def box(self, turn: int, x0: float, y0: float, x1: float, y1: float) -> Box:
        """The box of a rectangle in the frame ``turn``, as fractions of the page as displayed."""
        corners = [from_frame(turn, x0, y0), from_frame(turn, x1, y1)]
        left, top = self.crop[0], self.crop[3]
        xs = sorted((x - left) / self.width for x, _ in corners)
        ys = sorted((top - y) / self.height for _, y in corners)
        return Box(*(min(1.0, max(0.0, round(value, 5))) for value in (xs[0], ys[0], xs[1], ys[1])))


def to_frame(turn: int, x: float, y: float) -> tuple[float, float]:
    """A point of the page (y up) in the frame of a writing direction (y down the lines)."""
    if turn == 1:
        return (y, x)
    if turn == 2:
        return (-x, y)
    if turn == 3:
        return (-y, -x)
    return (x, -y)


def from_frame(turn: int, x: float, y: float) -> tuple[float, float]:
    """The inverse of ``to_frame``."""
    return to_frame(turn, x, y)


@dataclass(slots=True)
class _Style:
    """What the letters of one string have in common."""

    turn: int
    base: float
    size: float
    bold: bool


@dataclass(slots=True)
class _Font:
    """What is remembered of a font: letters and widths by code, and whether it is bold."""

    bold: bool
    letters: dict[int, tuple[str, float]] = field(default_factory=dict)


_UNUSED_CODES = frozenset((0x7F, 0x81, 0x8D, 0x8F, 0x90, 0x9D))
_BOLD = ("bold", "black", "heavy", "semibd", "demi")


def _is_bold(font: PDFFont) -> bool:
    name = str(font.fontname).lower()
    return any(mark in name for mark in _BOLD) or bool(font.flags & (1 << 18))


def _letter(font: PDFFont, code: int) -> tuple[str, float]:
    """Text and width (in font sizes) of one code; "" for what prints nothing, " " for any space."""
    try:
        text = str(font.to_unichr(code))
    except PDFUnicodeNotDefined:
        # PDF 32000-1, annex D.2: codes that WinAnsiEncoding leaves unused stand for a bullet.
        text = "•" if code in _UNUSED_CODES and not font.is_multibyte() else UNKNOWN
    if not text or text.isspace() or text == "\x00":
        text = " "
    elif not text.isprintable():
        text = "".join(_printable(c) for c in text)
    return text, float(font.char_width(code))


def _printable(letter: str) -> str:
    if "\ud800" <= letter <= "\udfff":  # half a pair: no encoding can write it
        return UNKNOWN
    if letter < " " or "\x7f" <= letter <= "\x9f" or letter in "\u2028\u2029":
        return ""
    return letter


class ContentDevice(PDFTextDevice):
    """Collects a page's content while pdfminer's interpreter runs over it."""

    def __init__(self, resources: PDFResourceManager, seconds: float) -> None:
        super().__init__(resources)
        self.seconds = seconds
        self.page = PageContent((0.0, 0.0, 1.0, 1.0))
        self._deadline = 0.0
        self._fonts: dict[PDFFont, _Font] = {}
        self._open: Word | None = None
        self._style = _Style(0, 0.0, 1.0, False)
        self._space = (0.0, 0.0)

    def begin_page(self, page: PDFPage, ctm: Any) -> None:
        """Start a page: set the clock and the frame that is shown of it."""
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
        self.page = PageContent(shown)
        self._open = None
        self._deadline = time.monotonic() + self.seconds

    def end_page(self, page: PDFPage) -> None:
        """Finish a page."""
        self._close()

    def check_time(self) -> None:
        """Raise ``OutOfTime`` when the page has taken too long."""
        if time.monotonic() > self._deadline:
            raise OutOfTime

    def render_image(self, name: str, stream: PDFStream) -> None:
        """A picture: only its area counts."""
        self.check_time()
        x0, y0, x1, y1 = apply_matrix_rect(self.ctm or MATRIX_IDENTITY, (0, 0, 1, 1))
        left, low, right, high = self.page.crop
        across = max(0.0, min(x1, right) - max(x0, left))
        up = max(0.0, min(y1, high) - max(y0, low))
        self.page.pictures += across * up / (self.page.width * self.page.height)

    def paint_path(
        self, graphicstate: PDFGraphicState, stroke: bool, fill: bool, evenodd: bool, path: Sequence[Any]
    ) -> None:
        """A drawing: its level and upright lines are kept, the rest is only counted."""
        self.check_time()
        if not (stroke or fill):
            return
        if len(path) > _MOST_SEGMENTS or len(self.page.rules) > _MOST_RULES:
            self.page.curves += len(path)
            return
        points: list[tuple[float, float]] = []
        for step in path:
            if step[0] == "m":
                self._shape(points, stroke)
                points = [self._point(step[1], step[2])]
            elif step[0] == "l":
                points.append(self._point(step[1], step[2]))
            elif step[0] == "h":
                points += points[:1]
            else:
                self.page.curves += 1
                points = [self._point(step[-2], step[-1])]
        self._shape(points, stroke)

    def _point(self, x: float, y: float) -> tuple[float, float]:
        x, y = apply_matrix_pt(self.ctm or MATRIX_IDENTITY, (x, y))
        return (x, -y)

    def _shape(self, points: list[tuple[float, float]], stroke: bool) -> None:
        """Keep one run of straight steps as ruled lines, or as a filled rectangle."""
        if len(points) < 2:
            return
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        if x1 - x0 <= _THIN and y1 - y0 > _THIN:
            middle = (x0 + x1) / 2
            self.page.rules.append(Rule(middle, y0, middle, y1))
        elif y1 - y0 <= _THIN and x1 - x0 > _THIN:
            middle = (y0 + y1) / 2
            self.page.rules.append(Rule(x0, middle, x1, middle))
        elif stroke:
            self._steps(points)
        elif len(points) >= 4 and all(a[0] == b[0] or a[1] == b[1] for a, b in pairwise(points)):
            self.page.fills.append(Rule(x0, y0, x1, y1))

    def _steps(self, points: list[tuple[float, float]]) -> None:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) < 0.5 and abs(ay - by) > _THIN:
                self.page.rules.append(Rule(ax, min(ay, by), ax, max(ay, by)))
            elif abs(ay - by) < 0.5 and abs(ax - bx) > _THIN:
                self.page.rules.append(Rule(min(ax, bx), ay, max(ax, bx), ay))

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
        turn = _turn(a * flip, b * flip)
        start, base = to_frame(turn, a * x + c * rise + e, b * x + d * rise + f)
        known = self._font(font)
        style = _Style(turn, base, abs(size) * (c * c + d * d) ** 0.5, known.bold or textstate.render == 2)
        spaces = (textstate.charspace * along, 0.0 if font.is_multibyte() else textstate.wordspace * along)
        end = self._write(seq, font, start, abs(size) * along, spaces, style)
        textstate.linematrix = (x + (end - start) * flip * textstate.scaling * 0.01 / along, y)

    def _write(
        self, seq: Any, font: PDFFont, x: float, step: float, spaces: tuple[float, float], style: _Style
    ) -> float:
        """Write the strings and shifts of ``seq`` from ``x``; ``step`` is points for one font size.

        Returns where the pen stands at the end.
        """
        letters, page = self._font(font).letters, self.page
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
                    self._close()
                    self._space = (end + tracking + (wordspace if code == 32 else 0.0), style.base)
                else:
                    page.letters += 1
                    page.unknown += text == UNKNOWN
                    self._add(text, x, end, style, tracking)
                x = end + tracking + (wordspace if code == 32 else 0.0)
        return x

    def _font(self, font: PDFFont) -> _Font:
        known = self._fonts.get(font)
        if known is None:
            known = self._fonts[font] = _Font(_is_bold(font))
        return known

    def _add(self, text: str, x0: float, x1: float, style: _Style, tracking: float) -> None:
        """Add a letter to the open word, or open another where it does not join on."""
        word, last, size = self._open, self._style, style.size
        if (
            word is not None
            and (style is last or (style.turn == last.turn and abs(style.base - last.base) < 0.12 * size))
            and -_OVERLAP * size < x0 - tracking - word.x1 < _WORD_GAP * size
        ):
            word.text += text
            if x1 > word.x1:
                word.x1 = x1
            return
        self._close()
        near = _AFTER_SPACE * size
        spaced = abs(x0 - self._space[0]) < near and abs(style.base - self._space[1]) < near
        self._open = Word(text, x0, x1, style.base, size, style.bold, spaced)
        self._style = style

    def _close(self) -> None:
        if self._open is not None:
            self.page.words.setdefault(self._style.turn, []).append(self._open)
            self._open = None


def _turn(a: float, b: float) -> int:
    """The writing direction of a text whose baseline runs along (a, b)."""
    small, large = sorted((abs(a), abs(b)))
    if small > _SKEW * large:
        return SLANT
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3
