"""The register as CSV, to be opened as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from indexer.search.citations import pages_in_words
from indexer.search.register import Entry

COLUMNS = (
    *("kind", "number", "text", "owner", "due", "due_date", "years", "themes", "body"),
    *("document", "date", "item", "paper", "section", "page_numbers", "page_labels", "pages", "lines"),
    *("file", "citation", "url"),
)
_BETWEEN = "; "
"""Stands between several values in one cell."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""


def register_to_csv(entries: Iterable[Entry]) -> str:
    """A line of column names and a line for each statement; a statement keeps its own line breaks."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(_row(entry) for entry in entries)
    return file.getvalue()


def guard(cell: str) -> str:
    """The cell with an apostrophe before what a spreadsheet would carry out in place of showing it."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _row(entry: Entry) -> dict[str, str | None]:
    statement, document, lines = entry.statement, entry.document, entry.statement.place.lines
    return {
        "kind": statement.kind.value,
        "number": statement.number,
        "text": statement.text,
        "owner": entry.undertaking.owner,
        "due": entry.undertaking.due,
        "due_date": entry.undertaking.due_date,
        "years": _BETWEEN.join(entry.years),
        "themes": _BETWEEN.join(entry.themes),
        "body": entry.body,
        "document": document.title,
        "date": entry.paper_date,
        "item": entry.part.item if entry.part else None,
        "paper": entry.part.title if entry.part else document.title,
        "section": entry.section.title if entry.section else None,
        "page_numbers": _BETWEEN.join(str(page.number) for page in entry.pages),
        "page_labels": _BETWEEN.join(page.label for page in entry.pages),
        "pages": pages_in_words(entry.pages),
        "lines": f"{lines[0]}-{lines[1]}" if lines else None,
        "file": document.file,
        "citation": entry.citation.text,
        "url": entry.citation.url,
    }
