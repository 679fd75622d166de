"""Results as JSON: one shape for the command line, batch runs and the web API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from indexer.catalogue import Catalogue
from indexer.errors import BoardsearchError
from indexer.model import Document, Named, PageRef, Part, Place, Section, Unread
from indexer.search.onward import Case, CaseHistory, Since
from indexer.search.query import Expansion
from indexer.search.register import Entry
from indexer.search.results import Answer, Coverage, FacetCount, Figure, Hit, Quote, Results, Source
from indexer.search.scans import scan_of

Json = dict[str, Any]


def results_to_json(results: Results) -> Json:
    """A page of hits."""
    return {
        "query": results.query,
        "total": results.total,
        "total_is_exact": results.total_is_exact,
        "took_ms": round(results.took_ms, 1),
        "engine": results.engine,
        **_understood(results),
        "related": list(results.related),
        "searched": coverage_to_json(results.coverage),
        "hits": [hit_to_json(hit) for hit in results.hits],
        "facets": {field: [_facet(count) for count in counts] for field, counts in results.facets.items()},
    }


def answer_to_json(answer: Answer) -> Json:
    """An extracted answer: verbatim sentences with their citations."""
    return {
        "query": answer.query,
        "sentences": [_quote(quote) for quote in answer.quotes],
        "figures": [_figure(figure) for figure in answer.figures],
        "passages": answer.passages,
        **_understood(answer),
        "searched": coverage_to_json(answer.coverage),
    }


def expansion_to_json(expansion: Expansion) -> Json:
    """What was searched along with some words, what they are a kind of, and the names that it had."""
    return {
        "typed": expansion.typed,
        "added": list(expansion.added),
        "broader": list(expansion.broader),
        "called": [{"name": c.name, "from": c.first, "until": c.last} for c in expansion.called],
    }


def hit_to_json(hit: Hit) -> Json:
    """A hit as the contract names its fields."""
    source = hit.source
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        **passage_to_json(source),
        "highlights": [list(span) for span in hit.highlights],
        "snippet": list(hit.snippet),
        "also_in": [_copy(copy) for copy in hit.also_in],
    }


def like_to_json(source: Source, hits: Sequence[Hit]) -> Json:
    """A passage and those like it."""
    return {"passage": _copy(source), "hits": [hit_to_json(hit) for hit in hits]}


def since_to_json(source: Source, since: Since) -> Json:
    """A passage, what it recommends, and what later papers say of it."""
    return {
        "passage": _copy(source),
        "about": since.about,
        "owner": since.owner,
        "date": since.date or None,
        "latest": since.latest or None,
        "hits": [hit_to_json(hit) for hit in since.hits],
    }


def case_to_json(case: Case) -> Json:
    """A case's names, and who tells of it."""
    return {
        "name": case.name,
        "aliases": list(case.aliases),
        "bodies": list(case.bodies),
        "papers": case.papers,
    }


def history_to_json(history: CaseHistory) -> Json:
    """All that is told of a case."""
    hits = [hit_to_json(hit) for hit in history.hits]
    return {"case": case_to_json(history.case), "total": history.total, "hits": hits}


def _understood(found: Results | Answer) -> Json:
    """How the question was understood."""
    return {
        "expansions": [expansion_to_json(e) for e in found.expansions],
        "suggestion": found.suggestion,
        "corrected": found.corrected,
        "missing": list(found.missing),
        "wishes": list(found.wishes),
        "wishes_followed": found.wishes_followed,
        "notes": list(found.notes),
    }


def coverage_to_json(coverage: Coverage) -> Json:
    """What was searched."""
    return {
        "documents": coverage.documents,
        "passages": coverage.passages,
        "first_year": coverage.first_year,
        "last_year": coverage.last_year,
        "unread_files": coverage.unread_files,
        "unread_pages": coverage.unread_pages,
        "gaps": list(coverage.gaps),
        "bodies": list(coverage.bodies),
    }


def error_to_json(error: BoardsearchError) -> Json:
    """The error envelope."""
    return {"error": {"code": error.code, "message": error.message, "hint": error.hint}}


def documents_to_json(catalogue: Catalogue) -> list[Json]:
    """All documents, by title."""
    return [_document(document) for document in catalogue.documents()]


def unread_to_json(unread: Unread) -> Json:
    """A file, or a page of one, that could not be read."""
    return {"file": unread.file, "page": unread.page, "code": unread.code.value, "reason": unread.reason}


def entry_to_json(entry: Entry) -> Json:
    """A statement of the register."""
    statement, undertaking = entry.statement, entry.undertaking
    return {
        "kind": statement.kind.value,
        "number": statement.number,
        "text": statement.text,
        "owner": undertaking.owner,
        "due": undertaking.due,
        "due_date": undertaking.due_date,
        "file": entry.document.file,
        "lines": list(statement.place.lines) if statement.place.lines else None,
        "pages": [_page(page) for page in entry.pages],
        "document": {k: v for k, v in _document(entry.document).items() if k in _HIT_DOCUMENT},
        "part": {k: v for k, v in _part(entry.part).items() if k in _HIT_PART} if entry.part else None,
        "section": _section(entry.section),
        "body": entry.body,
        "years": list(entry.years),
        "themes": list(entry.themes),
        "passage": entry.passage_id,
        "citation": entry.citation.text,
        "url": entry.citation.url,
    }


def document_to_json(catalogue: Catalogue, document: Document) -> Json:
    """A document with its parts, outline and what it names: the ``show`` command's JSON."""
    key = document.id
    scan = scan_of(catalogue.passages(key))
    return {
        "document": _document(document),
        "scan": {"pages": list(scan.pages), "quality": scan.quality} if scan else None,
        "parts": [_part(part) | _place(part.place) for part in catalogue.parts(key)],
        "sections": [
            {"id": s.id, "title": s.title, "level": s.level} | _place(s.place)
            for s in catalogue.sections(key)
        ],
        "statements": [
            {"kind": s.kind.value, "text": s.text, "number": s.number} | _place(s.place)
            for s in catalogue.statements(key)
        ],
        "subgroups": [_named(one) for one in catalogue.subgroups(key)],
        "cases": [_named(one) for one in catalogue.cases(key)],
        "acronyms": [{"short": a.short, "long": a.long} | _place(a.place) for a in catalogue.acronyms(key)],
        "tables": [{"title": table.title} | _place(table.place) for table in catalogue.tables(key)],
        "unread_pages": [unread_to_json(unread) for unread in catalogue.unread(document.file)],
        "corrections": [
            {"item": c.item, "field": c.field, "was": c.was, "now": c.now} for c in catalogue.corrections(key)
        ],
    }


def passage_to_json(source: Source) -> Json:
    """A passage with all that it is cited by."""
    passage = source.passage
    return {
        "id": passage.id,
        "text": passage.text,
        "file": source.document.file,
        "lines": list(passage.lines) if passage.lines else None,
        "pages": [_page(page) for page in passage.pages],
        "document": {k: v for k, v in _document(source.document).items() if k in _HIT_DOCUMENT},
        "part": {k: v for k, v in _part(source.part).items() if k in _HIT_PART} if source.part else None,
        "section": _section(source.section),
        "subgroups": list(passage.subgroups),
        "themes": list(passage.themes),
        "cases": list(passage.cases),
        "statement": passage.statement.value if passage.statement else None,
        "ocr_quality": passage.ocr_quality,
        "context": passage.context,
        "spans": [
            {"page": span.page, "boxes": [[round(v, 5) for v in box] for box in span.boxes]}
            for span in passage.spans
        ],
        "citation": source.citation.text,
        "url": source.citation.url,
    }


_HIT_DOCUMENT = ("id", "title", "kind", "body", "date", "years")
_HIT_PART = ("item", "title", "kind")
_COPY = ("id", "file", "lines", "pages", "document", "citation", "url")


def _copy(source: Source) -> Json:
    return {key: value for key, value in passage_to_json(source).items() if key in _COPY}


def _quote(quote: Quote) -> Json:
    place = {k: v for k, v in passage_to_json(quote.source).items() if k not in ("text", "spans")}
    return {
        "text": quote.text,
        "span": list(quote.span),
        "highlights": [list(span) for span in quote.highlights],
        **place,
    }


def _figure(figure: Figure) -> Json:
    place = {k: v for k, v in passage_to_json(figure.source).items() if k not in ("text", "spans")}
    return {
        "when": figure.when,
        "value": figure.value,
        "of": figure.of,
        "span": list(figure.span),
        **place,
    }


def _page(page: PageRef) -> Json:
    return {"number": page.number, "label": page.label, "basis": page.basis.value}


def _document(document: Document) -> Json:
    return {
        "id": document.id,
        "file": document.file,
        "title": document.title,
        "kind": document.kind.value,
        "body": document.body,
        "date": document.date,
        "years": list(document.years),
        "page_count": document.page_count,
        "url": f"/documents/{document.id}",
    }


def _part(part: Part) -> Json:
    return {
        "item": part.item,
        "title": part.title,
        "kind": part.kind.value,
        "body": part.body,
        "date": part.date,
        "years": list(part.years),
    }


def _section(section: Section | None) -> Json | None:
    if section is None:
        return None
    return {"id": section.id, "title": section.title, "path": list(section.path)}


def _place(place: Place) -> Json:
    return {"lines": list(place.lines) if place.lines else None, "pages": list(place.pages)}


def _named(named: Named) -> Json:
    numbered = [place.lines for place in named.places if place.lines]
    return {
        "name": named.name,
        "aliases": list(named.aliases),
        "lines": [list(lines) for lines in numbered] if numbered else None,
        "pages": sorted({page for place in named.places for page in place.pages}),
    }


def _facet(count: FacetCount) -> Json:
    return {"value": count.value, "count": count.count}
