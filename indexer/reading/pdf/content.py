"""What stands on one PDF page: its words with their places, its ruled lines, its pictures.

The same values whichever program reads the file; all that makes lines of them starts from here.

Coordinates are points. A word is kept in the frame of its own writing direction: x runs along the
text, y runs down the lines; ``Frame`` turns a box of such a frame into page coordinates.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.model import Box

UNKNOWN = "\ufffd"
"""Stands for a letter that the file does not say how to read."""

# Shares of the font size.
_ASCENT, _DESCENT = 0.74, 0.22

SLANT = 4
"""The writing direction of text that runs neither along the page nor up or down."""
A4 = (0.0, 0.0, 595.0, 842.0)


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
    top: float = field(init=False)
    """Upper edge, by the font size."""
    bottom: float = field(init=False)
    """Lower edge, by the font size."""

    def __post_init__(self) -> None:
        self.top = self.base - _ASCENT * self.size
        self.bottom = self.base + _DESCENT * self.size


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
        (ax, ay), (bx, by) = from_frame(turn, x0, y0), from_frame(turn, x1, y1)
        left, low, right, top = self.crop
        xs = sorted((_share(ax - left, right - left), _share(bx - left, right - left)))
        ys = sorted((_share(top - ay, top - low), _share(top - by, top - low)))
        return Box(xs[0], ys[0], xs[1], ys[1])


def _share(part: float, whole: float) -> float:
    share = round(part / whole, 5)
    return 0.0 if share < 0.0 else min(share, 1.0)


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
