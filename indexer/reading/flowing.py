"""Readings of formats that flow: Word and HTML have paragraphs and tables, but no pages and no lines."""

from __future__ import annotations

from indexer.errors import UnreadableFile
from indexer.model import Line, Reading, UnreadCode


class Flow:
    """Gathers paragraphs and rows into a reading; each is one line of its text."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._lines: list[Line] = []
        self._length = 0

    def paragraph(self, text: str, *, level: int | None = None, item: bool = False) -> None:
        """Take a paragraph in; one without words is passed over."""
        folded = " ".join(text.split())
        if folded:
            start = self._append(folded)
            self._lines.append(Line(start, start + len(folded), level=level, item=item))

    def row(self, cells: list[str]) -> None:
        """Take a row of a table in; its empty cells are passed over."""
        folded = [" ".join(cell.split()) for cell in cells]
        filled = [cell for cell in folded if cell]
        if not filled:
            return
        start = self._append("\t".join(filled))
        slices, offset = [], start
        for cell in filled:
            slices.append((offset, offset + len(cell)))
            offset += len(cell) + 1
        self._lines.append(Line(start, slices[-1][1], cells=tuple(slices) if len(slices) > 1 else ()))

    def reading(self, title: str = "", advice: str = "Replace it or remove it.") -> Reading:
        """All that was taken in; raises UnreadableFile, with ``advice``, where there are no words."""
        if not any(c.isalnum() for piece in self._pieces for c in piece):
            raise UnreadableFile(UnreadCode.EMPTY, f"The file holds no words. {advice}")
        return Reading(text="\n".join(self._pieces), lines=tuple(self._lines), title=title.strip())

    def _append(self, text: str) -> int:
        start = self._length
        self._pieces.append(text)
        self._length += len(text) + 1
        return start
