"""A pack as CSV, to be opened as a spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from indexer.answer_packs.handing import Entry, Handout
from indexer.answer_packs.words import became
from indexer.search.citations import pages_in_words
from indexer.search.results import Hit, Source
from indexer.search.spreadsheet import guard

COLUMNS = (
    *("number", "question", "quote", "note", "document", "date", "years", "item", "paper", "section"),
    *("pages", "lines", "file", "citation", "url", "state", "remark"),
)


BATCH_COLUMNS = (
    *("id", "question", "rank", "quote", "document", "date", "years", "item", "paper", "section"),
    *("pages", "lines", "file", "citation", "url", "remark"),
)


def batch_to_csv(answered: Iterable[tuple[str, str, Sequence[Hit], str]]) -> Iterator[str]:
    """CSV line by line, from a question's id, its words, its hits, and why there are none: what
    ``boardsearch batch --csv`` prints. A question without hits has a line of its own."""
    file = io.StringIO()
    writer = csv.DictWriter(file, BATCH_COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for key, question, hits, reason in answered:
        asked = {"id": key, "question": question}
        rows = [asked | {"rank": str(hit.rank)} | _cells(hit.source) for hit in hits]
        for row in rows or [asked | {"remark": reason or "Nothing found."}]:
            writer.writerow({name: guard(value) for name, value in row.items()})
        yield file.getvalue()
        file.seek(0)
        file.truncate()


def handout_to_csv(handout: Handout, base: str) -> str:
    """A line of column names and a line for each passage; of a batch, one for each question too that
    found nothing. A cell that a spreadsheet would take for a formula begins with an apostrophe."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
    writer.writeheader()
    for group in handout.groups():
        asked = {"question": group.search.question} if group.search else {}
        rows = [_row(handout, entry, base) | asked for entry in (*group.entries, *group.elsewhere)]
        if asked and not rows:
            rows = [asked | {"remark": group.remark}]
        writer.writerows({name: guard(value) for name, value in row.items()} for row in rows)
    return file.getvalue()


def _row(handout: Handout, entry: Entry, base: str) -> dict[str, str]:
    item, searches = entry.item, handout.pack.searches
    cells = _cells(entry.source) if entry.source else {}
    return cells | {
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


def _cells(source: Source) -> dict[str, str]:
    """A passage and where it stands."""
    passage, document, part, lines = source.passage, source.document, source.part, source.passage.lines
    return {
        "quote": passage.text,
        "document": document.title,
        "date": source.paper_date or "",
        "years": "; ".join(passage.years or document.years),
        "item": (part.item if part else None) or "",
        "paper": source.paper_title,
        "section": source.section.title if source.section else "",
        "pages": pages_in_words(passage.pages),
        "lines": f"{lines[0]}-{lines[1]}" if lines else "",
        "file": document.file,
        "citation": source.citation.text,
        "url": source.citation.url,
    }
