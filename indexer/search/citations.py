"""Records to sources: a passage with the line that cites it and the link that shows it."""

from __future__ import annotations

from urllib.parse import quote

from indexer.catalogue import Record
from indexer.model import Document, PageRef, Part, Passage
from indexer.search.results import Citation, Source

_LONGEST_TITLE = 120


def cite(record: Record, *, alone: bool) -> Source:
    """The source of a passage; ``alone``: its part is the document's only one."""
    part = None if alone else record.part
    url = f"/documents/{quote(record.document.id)}/passages/{quote(record.passage.id)}"
    citation = Citation(text=_line(record, part), url=url)
    return Source(record.passage, record.document, part, record.section, citation)


def pages_in_words(pages: tuple[PageRef, ...]) -> str:
    """ "page 22 (PDF page 32)", "pages 22 to 23 (PDF pages 32 to 33)"; empty where no page is known."""
    if not pages:
        return ""
    labels = _range([page.label for page in pages])
    numbers = _range([str(page.number) for page in pages])
    noun = "page" if len(pages) == 1 else "pages"
    return f"{noun} {labels}" if labels == numbers else f"{noun} {labels} (PDF {noun} {numbers})"


def _range(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"{values[0]} to {values[-1]}"


def _line(record: Record, part: Part | None) -> str:
    """The citation in words: who, what, when, item, section, page or lines, file."""
    document = record.document
    when = document.date or ", ".join(document.years)
    pieces = [
        "" if document.body and document.body in document.title else document.body,
        f"“{_short(document.title)}”" + (f" ({when})" if when else ""),
        _part_in_words(part, document),
        f"section “{_short(record.section.title)}”" if _worth_naming(record, part) and record.section else "",
        _where(record.passage),
        document.file,
    ]
    return ", ".join(piece for piece in pieces if piece)


def _part_in_words(part: Part | None, document: Document) -> str:
    if part is None:
        return ""
    item = f"item {part.item}" if part.item else ""
    title = f"“{_short(part.title)}”" if part.title and part.title != document.title else ""
    return " ".join(piece for piece in (item, title) if piece)


def _worth_naming(record: Record, part: Part | None) -> bool:
    named = {record.document.title, part.title if part else ""}
    return record.section is not None and bool(record.section.title) and record.section.title not in named


def _where(passage: Passage) -> str:
    if passage.pages:
        return pages_in_words(passage.pages)
    if passage.lines is None:
        return ""
    first, last = passage.lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
