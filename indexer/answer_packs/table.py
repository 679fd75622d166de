"""A pack as CSV, to be opened as a spreadsheet."""

from __future__ import annotations

import csv
import io

from indexer.answer_packs.handing import Entry, Handout
from indexer.answer_packs.words import became
from indexer.search.citations import pages_in_words
from indexer.search.spreadsheet import guard

COLUMNS = (
    *("number", "question", "quote", "note", "document", "date", "years", "item", "paper", "section"),
    *("pages", "lines", "file", "citation", "url", "state", "remark"),
)


def handout_to_csv(handout: Handout, base: str) -> str:
    """A line of column names and a line for each passage; of a batch, one for each question too that
    found nothing. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for group in handout.groups():
        for entry in group.entries:
            writer.writerow({name: guard(value) for name, value in _row(handout, entry, base).items()})
        if group.search and not group.entries:
            remark = group.search.refused or "Nothing found."
            writer.writerow({"question": guard(group.search.question), "remark": guard(remark)})
    return file.getvalue()


def _row(handout: Handout, entry: Entry, base: str) -> dict[str, str]:
    item, source = entry.item, entry.source
    searches = handout.pack.searches
    row = {
        "number": str(entry.number),
        "question": searches[item.search].question if item.search is not None else "",
        "quote": entry.quote,
        "note": item.note,
        "file": item.file,
        "citation": entry.citation,
        "url": base + entry.url if entry.url else "",
        "state": entry.state.value,
        "remark": became(entry),
    }
    if source is None:
        return row
    document, part, lines = source.document, source.part, source.passage.lines
    return row | {
        "document": document.title,
        "date": (part.date if part else None) or document.date or "",
        "years": "; ".join(source.passage.years or document.years),
        "item": (part.item if part else None) or "",
        "paper": entry.title,
        "section": source.section.title if source.section else "",
        "pages": pages_in_words(source.passage.pages),
        "lines": f"{lines[0]}-{lines[1]}" if lines else "",
    }
