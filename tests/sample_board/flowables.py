"""Platypus parts that report what they draw: traced paragraphs, footnotes at the foot of a page, marks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Frame, IndexingFlowable, Paragraph
from tracing import Trace, letters


@dataclass(slots=True)
class Settled:
    """What one pass over the story learns for the next: where the body starts, how many pages there are."""

    body_start: int = 1
    total: int = 0


class TracedParagraph(Paragraph):
    """A paragraph that adds every piece it draws to its trace; its split parts share the trace."""

    trace: Trace | None = None

    def split(self, width: float, height: float) -> list[Any]:
        """Split as Paragraph does; each part keeps the trace."""
        parts: list[Any] = super().split(width, height)
        for part in parts:
            part.trace = self.trace
        return parts

    def draw(self) -> None:
        """Draw, and report the page and the letters drawn on it."""
        super().draw()
        if self.trace is not None:
            self.trace.pieces.append((self.canv.getPageNumber(), letters(_drawn(self))))


def _drawn(paragraph: Any) -> str:
    laid = paragraph.blPara
    if laid.kind == 0:
        return "".join(str(word) for line in laid.lines for word in line[1])
    return "".join(piece.text for line in laid.lines for piece in line.words)


class Footnote(Flowable):
    """Takes no place in the text; the frame keeps room for it at the foot of the page."""

    def __init__(self, paragraph: TracedParagraph) -> None:
        super().__init__()
        self.paragraph = paragraph

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """The room that the note needs."""
        _, needed = self.paragraph.wrap(width, height)
        return width, needed + 3

    def draw(self) -> None:
        """Nothing here: the frame draws the note when the page ends."""


UntypedFrame: Any = Frame  # the stubs leave out what a frame must know to keep room at its foot


class NotedFrame(UntypedFrame):  # type: ignore[misc]
    """A frame whose foot rises by each footnote, and which draws the notes in order at its foot."""

    _base: float
    _y: float
    _prevASpace: float

    def __init__(self, *args: Any, **options: Any) -> None:
        self.notes: list[Any] = []
        super().__init__(*args, **options)

    def _reset(self) -> None:
        super()._reset()
        if hasattr(self, "_base"):
            self._y1p = self._base
        self._base = self._y1p
        self.notes = []

    def add(self, flowable: Any, canvas: Any, trySplit: int = 0) -> int:
        """Add as Frame does; a footnote takes its room from the foot."""
        before, space = self._y, self._prevASpace
        added: int = super()._add(flowable, canvas, trySplit=trySplit)
        if added and isinstance(flowable, Footnote):
            self._y1p += before - self._y
            self._y, self._prevASpace = before, space
            self.notes.append(flowable.paragraph)
        return added

    _add = add

    def draw_notes(self, canvas: Any) -> None:
        """Draw the collected notes, the first on top, under a short rule."""
        if not self.notes:
            return
        top = self._y1p
        canvas.setLineWidth(0.4)
        canvas.line(self._x1 + 6, top, self._x1 + 90, top)
        for note in self.notes:
            _, height = note.wrap(self._aW, 1000)
            top -= height + 3
            note.drawOn(canvas, self._x1 + 6, top)
        self.notes = []


class BodyStart(Flowable):
    """Marks the first page of the numbered body; draws nothing."""

    _ZEROSIZE = 1

    def __init__(self, settled: Settled) -> None:
        super().__init__()
        self.settled = settled

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """No size."""
        return 0, 0

    def draw(self) -> None:
        """Report the page."""
        self.settled.body_start = self.canv.getPageNumber()


class Settling(IndexingFlowable):
    """Asks for another pass until two passes agree on what Settled holds."""

    def __init__(self, settled: Settled) -> None:
        super().__init__()
        self.settled = settled
        self.last: tuple[int, int] | None = None
        self.now: tuple[int, int] = (0, 0)

    def isSatisfied(self) -> bool:
        """Whether this pass learned nothing new."""
        now = (self.settled.body_start, self.settled.total)
        agreed, self.last = self.last == now, now
        return agreed

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        """No size."""
        return 0, 0

    def draw(self) -> None:
        """Nothing to draw."""


@dataclass(frozen=True, slots=True)
class Styles:
    """The paragraph styles of one paper by block kind."""

    by_kind: dict[str, ParagraphStyle] = field(default_factory=dict)

    def __getitem__(self, kind: str) -> ParagraphStyle:
        return self.by_kind[kind]
