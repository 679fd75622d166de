"""What the layout engine drew where: each drawn piece tells its trace; sentences get their pages."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from source import sentence_spans

IGNORED = str.maketrans("", "", " \n\t\u00a0\u00ad-\u2010\u2011\x01")


@dataclass(slots=True)
class Trace:
    """One block of the story and the (page, drawn text) pieces that the layout engine reported for it."""

    kind: str
    text: str
    level: int = 0
    number: str = ""
    lead: str = ""
    table: int = -1
    row: int = -1
    pieces: list[tuple[int, str]] = field(default_factory=list)

    @property
    def pages(self) -> list[int]:
        """The 1-based pages that the block stands on, in order."""
        return sorted({page for page, _ in self.pieces})


def letters(text: str) -> str:
    """The text without white space and hyphens, as two readers of one page would agree on it."""
    return text.translate(IGNORED)


def sentences(trace: Trace) -> list[dict[str, Any]]:
    """Each sentence of a traced block with its pages and, where it crosses pages, what stands on each."""
    marked = [(start, end) for start, end in sentence_spans(trace.text)]
    found, position = [], 0
    for start, end in marked:
        text = trace.text[start:end].replace("\x01", " ").strip()
        count = len(letters(trace.text[start:end]))
        pages = _pieces(trace, position, position + count)
        position += count
        entry: dict[str, Any] = {"text": text, "pages": [page for page, _ in pages]}
        if len(pages) > 1:
            entry["pieces"] = [[page, piece] for page, piece in pages]
        found.append(entry)
    return found


def _pieces(trace: Trace, start: int, end: int) -> list[tuple[int, str]]:
    """What of the letters start to end was drawn on each page; pieces hold letters only."""
    found: dict[int, str] = {}
    offset = 0
    for page, text in trace.pieces:
        low, high = max(start, offset), min(end, offset + len(text))
        if low < high:
            found[page] = found.get(page, "") + text[low - offset : high - offset]
        offset += len(text)
    return sorted(found.items())
