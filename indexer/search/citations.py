"""Records to sources: a passage with the line that cites it and the link that shows it."""

from __future__ import annotations

from urllib.parse import quote

from indexer.catalogue import Record
from indexer.model import Document, PageRef, Part, Section
from indexer.search.results import Citation, Source

_LONGEST_TITLE = 120


def cite(record: Record, *, alone: bool) -> Source:
    """The source of a passage; ``alone``: its part is the document's only one."""
    part = None if alone else record.part
    url = f"/documents/{quote(record.document.id)}/passages/{quote(record.passage.id)}"
    passage = record.passage
    text = cite_place(record.document, part, record.section, passage.pages, passage.lines)
    citation = Citation(text=text, url=url)
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


def cite_place(
    document: Document,
    part: Part | None,
    section: Section | None,
    pages: tuple[PageRef, ...],
    lines: tuple[int, int] | None,
) -> str:
    """The citation in words: who, what, when, item, section, page or lines, file.

    ``part`` is None where the document has no other; ``lines`` count where no page is known.
    """
    when = document.date or ", ".join(document.years)
    pieces = [
        "" if document.body and document.body in document.title else document.body,
        f"“{_short(document.title)}”" + (f" ({when})" if when else ""),
        _part_in_words(part, document),
        f"section “{_short(section.title)}”" if section and _worth_naming(section, document, part) else "",
        _where(pages, lines),
        document.file,
    ]
    return ", ".join(piece for piece in pieces if piece)


def _part_in_words(part: Part | None, document: Document) -> str:
    if part is None:
        return ""
    item = f"item {part.item}" if part.item else ""
    title = f"“{_short(part.title)}”" if part.title and part.title != document.title else ""
    return " ".join(piece for piece in (item, title) if piece)


def _worth_naming(section: Section, document: Document, part: Part | None) -> bool:
    named = {document.title, part.title if part else ""}
    return bool(section.title) and section.title not in named


def _where(pages: tuple[PageRef, ...], lines: tuple[int, int] | None) -> str:
    if pages:
        return pages_in_words(pages)
    if lines is None:
        return ""
    first, last = lines
    return f"line {first}" if first == last else f"lines {first} to {last}"


def _short(title: str) -> str:
    return title if len(title) <= _LONGEST_TITLE else title[: _LONGEST_TITLE - 1].rsplit(" ", 1)[0] + "…"
