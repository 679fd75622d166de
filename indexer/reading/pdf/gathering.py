"""Letters to words and drawn lines to rules, whichever program reads the letters from the file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.reading.pdf.content import SLANT, UNKNOWN, PageContent, Rule, Word

# Shares of the font size.
_WORD_GAP = 0.19
_OVERLAP = 0.35
_AFTER_SPACE = 0.3

_SKEW = 0.2
"""Above this share of the other axis, text is at a slant (a watermark) and kept out of the flow."""

_THIN = 2.6
"""Points: a filled rectangle no thicker than this is a ruled line."""
_MOST_RULES = 4000
_MOST_SEGMENTS = 400

_BOLD = ("bold", "black", "heavy", "semibd", "demi")
_FORCE_BOLD = 1 << 18
"""PDF 32000-1, table 123."""


@dataclass(slots=True)
class Style:
    """What the letters of one string have in common; ``base`` is in the frame of ``turn``."""

    turn: int
    base: float
    size: float
    bold: bool


def is_bold(name: str, flags: int) -> bool:
    """Whether a font is bold, by its name and its descriptor's flags."""
    name = name.lower()
    return any(mark in name for mark in _BOLD) or bool(flags & _FORCE_BOLD)


def direction(a: float, b: float) -> int:
    """The writing direction of a text whose baseline runs along (a, b)."""
    small, large = sorted((abs(a), abs(b)))
    if small > _SKEW * large:
        return SLANT
    if abs(a) >= abs(b):
        return 0 if a >= 0 else 2
    return 1 if b > 0 else 3


def legible(text: str) -> str:
    """What one code of a font stands for: "" if it prints nothing, " " for any space."""
    if not text or text.isspace() or text == "\x00":
        return " "
    return text if text.isprintable() else "".join(_printable(letter) for letter in text)


def _printable(letter: str) -> str:
    # Half a pair, which no encoding can write, and codes that are no letters at all.
    if "\ud800" <= letter <= "\udfff" or letter in "\ufffe\uffff":
        return UNKNOWN
    if letter < " " or "\x7f" <= letter <= "\x9f" or letter in "\u2028\u2029":
        return ""
    return letter


class Gatherer:
    """Takes a page's letters and drawings as they come and makes ``page`` of them."""

    def __init__(self, page: PageContent) -> None:
        self.page = page
        self._open: Word | None = None
        self._style = Style(0, 0.0, 1.0, False)
        self._space = (0.0, 0.0)

    def letter(self, text: str, x0: float, x1: float, style: Style, tracking: float) -> None:
        """Add a letter to the open word, or open another where it does not join on.

        ``tracking`` is the extra space that the text has after each of its letters, in points.
        """
        self.page.letters += 1
        self.page.unknown += text == UNKNOWN
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
        self.close()
        near = _AFTER_SPACE * size
        spaced = abs(x0 - self._space[0]) < near and abs(style.base - self._space[1]) < near
        self._open = Word(text, x0, x1, style.base, size, style.bold, spaced)
        self._style = style

    def more(self, text: str) -> None:
        """Add to the last letter what else its code stands for, as the second letter of a ligature."""
        if self._open is not None:
            self._open.text += text

    def space(self, end: float, base: float) -> None:
        """A written space that ends at ``end``: what stands there next is set as one text with it."""
        self.close()
        self._space = (end, base)

    def close(self) -> None:
        """End the open word."""
        if self._open is not None:
            self.page.words.setdefault(self._style.turn, []).append(self._open)
            self._open = None

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A picture (page coordinates, y up): only its area counts."""
        left, low, right, high = self.page.crop
        across = max(0.0, min(x1, right) - max(x0, left))
        up = max(0.0, min(y1, high) - max(y0, low))
        self.page.pictures += across * up / (self.page.width * self.page.height)

    def takes(self, steps: int) -> bool:
        """Whether a drawing of so many steps is to be looked at; one that is not is only counted."""
        if steps <= _MOST_SEGMENTS and len(self.page.rules) <= _MOST_RULES:
            return True
        self.page.curves += steps
        return False

    def shape(self, points: Sequence[tuple[float, float]], stroke: bool) -> None:
        """Keep one run of straight steps (y down) as ruled lines, or as a filled rectangle."""
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
        elif len(points) >= 4 and all(_is_straight(a, b) for a, b in pairwise(points)):
            self.page.fills.append(Rule(x0, y0, x1, y1))

    def _steps(self, points: Sequence[tuple[float, float]]) -> None:
        for (ax, ay), (bx, by) in pairwise(points):
            if abs(ax - bx) < 0.5 and abs(ay - by) > _THIN:
                self.page.rules.append(Rule(ax, min(ay, by), ax, max(ay, by)))
            elif abs(ay - by) < 0.5 and abs(ax - bx) > _THIN:
                self.page.rules.append(Rule(min(ax, bx), ay, max(ax, bx), ay))


def _is_straight(a: tuple[float, float], b: tuple[float, float]) -> bool:
    # Coordinates pass through single precision in one of the programs.
    return abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01
