"""What stands on one page of a PDF, by PDFium: the letters of its text page, the objects of its page.

Whoever calls this module holds the lock of PDFium.
"""

from __future__ import annotations

import ctypes
import sys
import time
from ctypes import byref, c_double, c_float, c_int, c_void_p
from itertools import repeat
from math import hypot
from typing import Any

import pypdfium2.raw as pdfium

from indexer.reading.pdf.content import SLANT, UNKNOWN, OutOfTime, PageContent, to_frame
from indexer.reading.pdf.gathering import Gatherer, Style, direction, is_bold, legible
from indexer.reading.pdf.pdfium_calls import (
    address,
    get_bounds,
    get_draw_mode,
    get_font_flags,
    get_font_name,
    get_font_of,
    get_font_size,
    get_form_count,
    get_form_object_at,
    get_kind,
    get_loose_box,
    get_matrix,
    get_object_at,
    get_object_matrix,
    get_origin,
    get_render_mode,
    get_step_at,
    get_step_count,
    get_step_kind,
    get_step_point,
    get_text_object,
    get_unicode,
    is_unmapped,
    step_closes,
)

_RECOGNISED = "GlyphLessFont"
_A_LOOK = 500
"""Letters or objects between looks at the clock."""
_A_STRETCH = 20_000
"""Letters whose text objects are asked for between looks at the clock."""
_DEEPEST = 12
"""Forms within forms."""
_HYPHEN = 2
"""What PDFium gives for a hyphen at the end of a line."""
_OUTLINED = 2
"""Text that is filled and outlined, which is how some programs make bold."""
_LONGEST_NAME = 512
_WIDEST_SPACE = 0.6
"""Font sizes by which a text may begin after where a space was written before it."""
_CLOSE = 0.1
"""Font sizes: letters that stand further apart than this are set wide, or placed one by one."""
_EVEN = 0.15
_USUAL_WIDTH = 0.5
_LEAST_GAPS = 2
_NOWHERE = (0.0, 0.0)

Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
Box = tuple[float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def read_page(page: Any, seconds: float) -> PageContent:
    """The content of a page that is open (its raw handle); raises OutOfTime, ValueError."""
    deadline = time.process_time() + seconds
    turn = _turn_of(pdfium.FPDFPage_GetRotation(page))
    gatherer = Gatherer(PageContent(_shown(page, turn)))
    text = pdfium.FPDFText_LoadPage(page)
    if not text:
        raise ValueError("no text page")
    try:
        handle, letters = address(page), c_void_p(address(text))
        owners = _owners_of(letters, pdfium.FPDFText_CountChars(text), deadline)
        objects = _Objects(gatherer, set(owners), deadline)
        objects.read([get_object_at(handle, i) for i in range(pdfium.FPDFPage_CountObjects(page))], turn)
        _Letters(letters, turn, gatherer, objects.blanks, deadline).read(owners)
        _embolden(gatherer.page, objects.twins)
    finally:
        pdfium.FPDFText_ClosePage(text)
    return gatherer.page


def _owners_of(letters: c_void_p, count: int, deadline: float) -> list[int | None]:
    """Each letter's text object, None where PDFium put the letter in."""
    owners: list[int | None] = []
    for first in range(0, count, _A_STRETCH):
        if time.process_time() > deadline:
            raise OutOfTime
        owners += map(get_text_object, repeat(letters), range(first, min(count, first + _A_STRETCH)))
    return owners


def _turn_of(rotation: int) -> Matrix:
    """What turns the page's own coordinates into those of the page as displayed."""
    if rotation == 1:
        return (0.0, -1.0, 1.0, 0.0, 0.0, 0.0)
    if rotation == 2:
        return (-1.0, 0.0, 0.0, -1.0, 0.0, 0.0)
    if rotation == 3:
        return (0.0, 1.0, -1.0, 0.0, 0.0, 0.0)
    return _SAME


def _shown(page: Any, turn: Matrix) -> tuple[float, float, float, float]:
    box = pdfium.FS_RECTF()
    pdfium.FPDF_GetPageBoundingBox(page, byref(box))
    x0, y0, x1, y1 = _turned_box(turn, box.left, box.bottom, box.right, box.top)
    if x1 - x0 < 1 or y1 - y0 < 1:
        return (0.0, 0.0, 612.0, 792.0)
    return (x0, y0, x1, y1)


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return (m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5])


def _combine(first: Matrix, then: Matrix) -> Matrix:
    a, b = _apply((*then[:4], 0.0, 0.0), first[0], first[1])
    c, d = _apply((*then[:4], 0.0, 0.0), first[2], first[3])
    return (a, b, c, d, *_apply(then, first[4], first[5]))


def _turned_box(m: Matrix, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
    corners = [_apply(m, x, y) for x in (x0, x1) for y in (y0, y1)]
    xs, ys = [c[0] for c in corners], [c[1] for c in corners]
    return (min(xs), min(ys), max(xs), max(ys))


class _Letters:
    """Reads the letters of a text page, one text object after the other."""

    def __init__(
        self, text: c_void_p, turn: Matrix, gatherer: Gatherer, blanks: dict[int, Point], deadline: float
    ) -> None:
        self._text = text
        self._turn = turn
        self._gatherer = gatherer
        self._blanks = blanks
        self._deadline = deadline
        self._bold: dict[int, bool] = {}
        self._legible: dict[int, dict[int, str]] = {}
        """Of each font: what its codes stand for."""
        self._font = 0
        self._box = pdfium.FS_RECTF()
        self._into_box = byref(self._box)
        self._x, self._y = c_double(), c_double()
        self._into_point = (byref(self._x), byref(self._y))
        self._start = _NOWHERE
        self._owners: list[int | None] = []

    def read(self, owners: list[int | None]) -> None:
        """Read the letters; ``owners`` holds each one's text object, None where PDFium put it in."""
        last, style, place, tracking = 0, Style(0, 0.0, 1.0, False), _NOWHERE, 0.0
        self._owners = owners
        text, gatherer, box, into_box = self._text, self._gatherer, self._box, self._into_box
        known: dict[int, str] = {}
        level = False
        for i, owner in enumerate(owners):
            if i % _A_LOOK == 0 and time.process_time() > self._deadline:
                raise OutOfTime
            if not owner:
                continue
            if owner != last:
                last, style, place = owner, self._style(i, owner), _NOWHERE
                tracking = self._tracking(i, style)
                self._part(i, owner, style)
                known = self._legible.setdefault(self._font, {})
                level = self._turn is _SAME and style.turn == 0
            code = get_unicode(text, i)
            letter = known.get(code)
            if letter is None:
                letter = known[code] = self._letter(i, code)
            if level:  # as nearly all are
                get_loose_box(text, i, into_box)
                begin, end = box.left, box.right
            else:
                begin, end = self._place(i, style.turn)
            if letter == " ":
                gatherer.space(end, style.base)
                place = _NOWHERE
            elif (begin, end) == place:  # one glyph for several letters
                gatherer.more(letter)
            elif letter:
                gatherer.letter(letter, begin, end, style, tracking)
                place = (begin, end)
        gatherer.close()

    def _part(self, i: int, owner: int, style: Style) -> None:
        """Part a text object from what stands before it where a written space comes between."""
        blank = self._blanks.get(owner)
        if blank is None:
            return
        begin = self._place(i, style.turn)[0]
        at, base = to_frame(style.turn, *blank)
        if abs(base - style.base) < style.size and 0 <= begin - at < _WIDEST_SPACE * style.size:
            self._gatherer.space(begin, style.base)

    def _tracking(self, i: int, style: Style) -> float:
        """The space that a text set wide has after each letter; PDFium does not tell, but the gaps do."""
        owners = self._owners
        if not self._is_wide(i, style):
            return 0.0
        end = next((j for j in range(i, len(owners)) if owners[j] != owners[i]), len(owners))
        letters = [chr(min(get_unicode(self._text, j), sys.maxunicode)) for j in range(i, end)]
        places = [self._place(j, style.turn) for j in range(i, end)]
        pairs = [j for j in range(len(letters) - 1) if letters[j].isalpha() and letters[j + 1].isalpha()]
        gaps = [places[j + 1][0] - places[j][1] for j in pairs]
        if len(gaps) < _LEAST_GAPS or max(gaps) - min(gaps) > _EVEN * style.size:
            return 0.0
        return min(gaps)

    def _is_wide(self, i: int, style: Style) -> bool:
        """Whether the first letters of a text object stand apart."""
        owners = self._owners
        if i + 2 >= len(owners) or owners[i + 2] != owners[i]:
            return False
        gap = self._place(i + 1, style.turn)[0] - self._place(i, style.turn)[1]
        return _CLOSE * style.size < gap < style.size

    def _place(self, i: int, turn: int) -> Point:
        if turn == SLANT:
            return self._slanted(i)
        get_loose_box(self._text, i, self._into_box)
        return self._along(turn, self._box)

    def _slanted(self, i: int) -> Point:
        """Where a letter at a slant begins and ends, as if its text were turned level about its start."""
        owners, last = self._owners, i + 1
        begin = self._reach(i)
        if last < len(owners) and owners[last] == owners[i]:
            return begin, self._reach(last)
        return begin, begin + _USUAL_WIDTH * get_font_size(self._text, i)

    def _reach(self, i: int) -> float:
        x, y = self._origin(i)
        return self._start[0] + hypot(x - self._start[0], y - self._start[1])

    def _origin(self, i: int) -> Point:
        get_origin(self._text, i, *self._into_point)
        return _apply(self._turn, self._x.value, self._y.value)

    def _letter(self, i: int, code: int) -> str:
        if code == _HYPHEN:
            return "-"
        if code > sys.maxunicode or (is_unmapped(self._text, i) and not self._is_recognised()):
            return UNKNOWN
        return legible(chr(code))

    def _is_recognised(self) -> bool:
        """Whether the font is that of Tesseract's text layers, whose codes are the letters' own numbers."""
        return _name_of(self._font).endswith(_RECOGNISED)

    def _along(self, turn: int, box: Any) -> tuple[float, float]:
        """Where a letter begins and ends along its line."""
        if self._turn is _SAME and turn == 0:
            return box.left, box.right
        x0, y0, x1, y1 = _turned_box(self._turn, box.left, box.bottom, box.right, box.top)
        starts, ends = to_frame(turn, x0, y0)[0], to_frame(turn, x1, y1)[0]
        return (starts, ends) if starts <= ends else (ends, starts)

    def _style(self, i: int, owner: int) -> Style:
        """The style of the text object that letter ``i`` is of."""
        m = pdfium.FS_MATRIX()
        get_matrix(self._text, i, byref(m))
        self._start = self._origin(i)
        size = get_font_size(self._text, i)
        flip = -1.0 if size < 0 else 1.0
        a, b = _apply((*self._turn[:4], 0.0, 0.0), m.a * flip, m.b * flip)
        turn = direction(a, b)
        base = to_frame(turn, *self._start)[1]
        self._font = get_font_of(owner) or 0
        bold = self._is_bold(self._font) or get_render_mode(owner) == _OUTLINED
        return Style(turn, base, abs(size) * (m.c * m.c + m.d * m.d) ** 0.5, bold)

    def _is_bold(self, font: int) -> bool:
        known = self._bold.get(font)
        if known is None:
            flags = get_font_flags(font) if font else 0
            known = is_bold(_name_of(font), max(0, flags))
            self._bold[font] = known
        return known


def _name_of(font: int) -> str:
    name = ctypes.create_string_buffer(_LONGEST_NAME)
    if font:
        get_font_name(font, name, _LONGEST_NAME)
    return name.value.decode("latin-1")


class _Objects:
    """Walks over a page's objects: drawings, pictures, and text that PDFium took for a repetition."""

    def __init__(self, gatherer: Gatherer, seen: set[int | None], deadline: float) -> None:
        self.twins: list[Box] = []
        """Boxes of the text objects that PDFium left out as repetitions."""
        self.blanks: dict[int, Point] = {}
        """Of text objects right after one that holds nothing but space: where the space begins."""
        self._blank: Point | None = None
        self._gatherer = gatherer
        self._seen = seen
        self._deadline = deadline
        self._looked = 0

    def read(self, objects: list[int], above: Matrix, depth: int = 0) -> None:
        """Read the objects of a page or form; ``above`` turns their coordinates into the page's."""
        for item in objects:
            self._looked += 1
            if self._looked % _A_LOOK == 0 and time.process_time() > self._deadline:
                raise OutOfTime
            kind = get_kind(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                self._read_text(item, above)
            elif kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, above)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                matrix = _combine(_matrix_of(item), above)
                self._gatherer.picture(*_turned_box(matrix, 0.0, 0.0, 1.0, 1.0))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
                within = [get_form_object_at(item, i) for i in range(max(0, get_form_count(item)))]
                self.read(within, _combine(_matrix_of(item), above), depth + 1)

    def _read_text(self, item: int, above: Matrix) -> None:
        """Note what PDFium leaves out of its text: repetitions, and spaces that stand alone."""
        if item in self._seen:
            if self._blank is not None:
                self.blanks[item] = self._blank
            self._blank = None
            return
        edges = [c_float() for _ in range(4)]
        get_bounds(item, *map(byref, edges))
        x0, y0, x1, y1 = (edge.value for edge in edges)
        if x1 > x0 and y1 > y0:
            self.twins.append(_turned_box(above, x0, y0, x1, y1))
            self._blank = None
        else:
            self._blank = _apply(above, x0, y0)

    def _path(self, item: int, above: Matrix) -> None:
        fill, stroke = c_int(), c_int()
        get_draw_mode(item, byref(fill), byref(stroke))
        if not (fill.value or stroke.value):
            return
        count = max(0, get_step_count(item))
        if not self._gatherer.takes(count):
            return
        matrix = _combine(_matrix_of(item), above)
        points: list[tuple[float, float]] = []
        x, y = c_float(), c_float()
        here, there = byref(x), byref(y)
        bends = 0
        for i in range(count):
            step = get_step_at(item, i)
            kind = get_step_kind(step)
            get_step_point(step, here, there)
            px, py = _apply(matrix, x.value, y.value)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                self._gatherer.shape(points, bool(stroke.value))
                points = [(px, -py)]
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                points.append((px, -py))
            else:
                bends += 1
                points = [(px, -py)]
            if step_closes(step):
                points += points[:1]
        self._gatherer.page.curves += bends // 3
        self._gatherer.shape(points, bool(stroke.value))


def _matrix_of(item: int) -> Matrix:
    m = pdfium.FS_MATRIX()
    get_object_matrix(item, byref(m))
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _embolden(page: PageContent, twins: list[Box]) -> None:
    """Make bold what text was printed over a second time."""
    for x0, y0, x1, y1 in twins:
        middle = ((x0 + x1) / 2, (y0 + y1) / 2)
        for turn, words in page.words.items():
            start, end = sorted((to_frame(turn, x0, y0)[0], to_frame(turn, x1, y1)[0]))
            _, level = to_frame(turn, *middle)
            for word in words:
                if word.top < level < word.bottom and start < (word.x0 + word.x1) / 2 < end:
                    word.bold = True
