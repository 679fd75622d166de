"""Turns what the renderers traced into the truth data that the tests read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from render_pack import PackLaid
from render_pdf import Laid
from source import Source
from tracing import Trace, letters, sentences

UNTOLD = {"cell", "heading", "table_title"}
STATEMENTS = ("recommendation", "learning_point")
Labels = Sequence[str | None]


def described(source: Source, /, **more: Any) -> dict[str, Any]:
    """What is true of a paper as a whole."""
    known = {"file": source.file, "title": source.title, "kind": source.kind, "body": source.body}
    return {**known, "date": source.date, "years": list(source.years), **more}


def pdf_truth(source: Source, laid: Laid) -> dict[str, Any]:
    """The truth of one PDF paper."""
    page = source.page
    return described(
        source,
        pages=len(laid.labels),
        labels=list(laid.labels),
        label_basis="file" if page.labels else "printed",
        bookmarks=page.bookmarks,
        columns=page.columns,
        parts=[],
        blank_pages=[],
        **told(laid.traces, laid.tables, laid.labels),
    )


def pack_truth(pack: Source, laid: PackLaid, front: Laid) -> dict[str, Any]:
    """The truth of a pack: its parts, and their blocks with the pages of the pack."""
    parts = [_part(part.item, part.source, (part.first, part.last), laid) for part in laid.parts]
    found = told(front.traces, front.tables, laid.labels, part="")
    for part in laid.parts:
        more = told(part.laid.traces, part.laid.tables, laid.labels, part.first - 1, part.item)
        for key, values in more.items():
            found[key].extend(values)
    return described(
        pack,
        pages=len(laid.labels),
        labels=list(laid.labels),
        label_basis="stamp",
        bookmarks=pack.page.bookmarks,
        columns=1,
        parts=parts,
        blank_pages=list(laid.blank_pages),
        **found,
    )


def _part(item: str, source: Source, pages: tuple[int, int], laid: PackLaid) -> dict[str, Any]:
    own = list(next(part.laid.labels for part in laid.parts if part.item == item))
    known = described(source, item=item, source=source.name, pages=list(pages))
    return {**known, "agenda_pages": list(laid.ranges[item]), "own_labels": own}


def plain_truth(
    source: Source, traces: Sequence[Trace], tables: Sequence[str], lines: bool
) -> dict[str, Any]:
    """The truth of a paper without pages; with lines, every sentence has its lines."""
    found = told(traces, tables, ())
    if lines:
        for key in found:
            found[key] = [_paged_to_lined(entry) for entry in found[key]]
    return described(
        source, pages=None, labels=[], label_basis=None, bookmarks=False, columns=1, parts=[], **found
    )


def _paged_to_lined(entry: dict[str, Any]) -> dict[str, Any]:
    entry.pop("labels", None)
    entry.pop("pieces", None)
    if (pages := entry.pop("pages", None)) is not None:
        entry["lines"] = [min(pages), max(pages)] if pages else None
    for key in ("sentences", "rows"):
        if key in entry:
            entry[key] = [_paged_to_lined(inner) for inner in entry[key]]
    return entry


def told(
    traces: Sequence[Trace], tables: Sequence[str], labels: Labels, offset: int = 0, part: str | None = None
) -> dict[str, list[dict[str, Any]]]:
    """Sections, blocks, recommendations and tables of a run of traces, with pages moved by the offset."""
    own = {} if part is None else {"part": part}
    blocks: list[dict[str, Any]] = []
    sections: list[dict[str, Any]] = []
    statements: list[dict[str, Any]] = []
    for trace in traces:
        pages = [page + offset for page in trace.pages]
        place = {**own, "pages": pages, "labels": _labels(pages, labels)}
        if trace.kind == "heading":
            sections.append({"title": trace.text, "level": trace.level, **place})
        if trace.kind in STATEMENTS:
            text = trace.text.removeprefix(trace.lead).replace("\x01", "").strip()
            statements.append({"kind": trace.kind, "number": trace.number, "text": text, **place})
        if trace.kind not in UNTOLD:
            section = sections[-1]["title"] if sections else None
            told_sentences = _moved(trace, offset, labels)
            blocks.append({"kind": trace.kind, **own, "section": section, "sentences": told_sentences})
    told_tables = [_table(n, title, traces, offset, labels, own) for n, title in enumerate(tables)]
    return {"sections": sections, "blocks": blocks, "statements": statements, "tables": told_tables}


def _moved(trace: Trace, offset: int, labels: Labels) -> list[dict[str, Any]]:
    found = sentences(trace)
    for entry in found:
        entry["pages"] = [page + offset for page in entry["pages"]]
        entry["labels"] = _labels(entry["pages"], labels)
        if "pieces" in entry:
            entry["pieces"] = [[page + offset, piece] for page, piece in entry["pieces"]]
    return found


def _labels(pages: Sequence[int], labels: Labels) -> list[str | None]:
    return [labels[page - 1] for page in pages] if labels else []


def _table(
    number: int, title: str, traces: Sequence[Trace], offset: int, labels: Labels, own: dict[str, str]
) -> dict[str, Any]:
    cells = [trace for trace in traces if trace.table == number and trace.kind == "cell"]
    rows: dict[int, list[Trace]] = {}
    for cell in cells:
        rows.setdefault(cell.row, []).append(cell)
    pages = sorted({page + offset for cell in cells if cell.row for page in cell.pages})
    told_rows = [{"cells": [c.text for c in row], "pages": _row_pages(row, offset)} for row in rows.values()]
    return {"title": title, **own, "pages": pages, "labels": _labels(pages, labels), "rows": told_rows}


def _row_pages(row: list[Trace], offset: int) -> list[int]:
    return sorted({page + offset for cell in row for page in cell.pages})


def find_phrase(document: dict[str, Any], phrase: str) -> list[dict[str, Any]]:
    """The sentences of a document that hold the phrase, and the table rows that do."""
    wanted = letters(phrase)
    found = [s for block in document["blocks"] for s in block["sentences"] if wanted in letters(s["text"])]
    rows = [{"text": " ".join(r["cells"]), **r} for table in document["tables"] for r in table["rows"]]
    return found + [row for row in rows if wanted in letters(row["text"])]
