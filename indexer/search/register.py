"""The register: every recommendation, action, decision and finding of the index as a record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from indexer.catalogue import Catalogue
from indexer.dates import financial_year
from indexer.model import (
    BlockKind,
    Document,
    PageBasis,
    PageRef,
    Part,
    Passage,
    Place,
    Section,
    Statement,
    StatementKind,
    TextBlock,
)
from indexer.search.citations import cite_place
from indexer.search.columns import Columns
from indexer.search.results import Citation, Filter, OfPaper
from indexer.search.undertakings import Undertaking, find_undertaking

REGISTER_FILTERS = ("year", "theme", "body")
"""The facets that a register can be held to; its kinds are those of statements, not of papers."""


@dataclass(frozen=True, slots=True)
class Entry(OfPaper):
    """A statement with where it stands, what it is about and, where stated, who is to act by when."""

    statement: Statement
    document: Document
    part: Part | None
    """None where the document has one part only, itself."""
    section: Section | None
    pages: tuple[PageRef, ...]
    years: tuple[str, ...]
    """Of the paper that it stands in: the year of its date where it names none."""
    themes: tuple[str, ...]
    """Of its own words, the headings above it and its paper's title."""
    body: str
    undertaking: Undertaking
    citation: Citation
    passage_id: str | None
    """The passage that holds its beginning."""


def register(
    catalogue: Catalogue, filters: Iterable[Filter] = (), kinds: Collection[StatementKind] = ()
) -> tuple[Entry, ...]:
    """The statements that pass all filters, document by document and in reading order.

    ``filters`` are by ``REGISTER_FILTERS``; of one facet's values any is enough. No ``kinds`` are all
    kinds. Raises UnknownFilter for a value that nothing in the index has.
    """
    wanted = tuple(filters)
    if wanted:
        wanted = Columns(tuple(catalogue.columns())).spelt(wanted)  # says which value there is not
    entries = (
        entry for document in catalogue.documents() for entry in _Reader(catalogue, document).entries()
    )
    return tuple(
        entry
        for entry in entries
        if (not kinds or entry.statement.kind in kinds) and all(_passes(entry, one) for one in wanted)
    )


def entries_of(catalogue: Catalogue, document: Document) -> Iterator[Entry]:
    """One document's statements, in reading order."""
    return _Reader(catalogue, document).entries()


def _passes(entry: Entry, wanted: Filter) -> bool:
    values = {"year": entry.years, "theme": entry.themes, "body": (entry.body,)}[wanted.field]
    return not wanted.values or any(value in wanted.values for value in values)


class _Reader:
    """One document's statements with what stands around them."""

    def __init__(self, catalogue: Catalogue, document: Document) -> None:
        self._document = document
        self._statements = catalogue.statements(document.id)
        if not self._statements:
            return
        self._parts = catalogue.parts(document.id)
        self._sections = catalogue.sections(document.id)
        self._passages = catalogue.passages(document.id)
        self._labels = {page.number: page.label for page in catalogue.pages(document.id)}
        self._rows = _rows(catalogue.blocks(document.id))

    def entries(self) -> Iterator[Entry]:
        """In reading order."""
        return map(self._entry, self._statements)

    def _entry(self, statement: Statement) -> Entry:
        place, document = statement.place, self._document
        passages = [passage for passage in self._passages if _overlaps(passage, place)]
        lead = passages[0] if passages else None
        own = self._part(lead, place)
        part = own if len(self._parts) > 1 else None
        section = self._sections[lead.section] if lead and lead.section is not None else None
        pages = self._pages(place, passages)
        text = cite_place(document, part, section, pages, place.lines)
        return Entry(
            statement=statement,
            document=document,
            part=part,
            section=section,
            pages=pages,
            years=(lead.years if lead else ()) or _years(own, document),
            themes=statement.themes,
            body=own.body or document.body,
            undertaking=find_undertaking(statement.text, statement.kind, place, self._rows),
            citation=Citation(text, _url(document, lead, place)),
            passage_id=lead.id if lead else None,
        )

    def _part(self, lead: Passage | None, place: Place) -> Part:
        if lead is not None:
            return self._parts[lead.part]
        before = [part for part in self._parts if part.place.start <= place.start]
        return before[-1] if before else self._parts[0]

    def _pages(self, place: Place, passages: Sequence[Passage]) -> tuple[PageRef, ...]:
        """The statement's own pages; in a text, those that prove where its passages stand."""
        if place.pages:
            return tuple(PageRef(n, self._labels.get(n, str(n)), PageBasis.FILE) for n in place.pages)
        return tuple(dict.fromkeys(page for passage in passages for page in passage.pages))


def _years(part: Part, document: Document) -> tuple[str, ...]:
    """As filters of a search have it: papers of meetings are of the year of their date."""
    day = part.date or document.date
    return part.years or document.years or ((financial_year(day),) if day else ())


def _rows(blocks: Iterable[TextBlock]) -> tuple[TextBlock, ...]:
    return tuple(block for block in blocks if block.kind == BlockKind.TABLE_ROW)


def _overlaps(passage: Passage, place: Place) -> bool:
    return any(span.start < place.end and place.start < span.end for span in passage.spans)


def _url(document: Document, lead: Passage | None, place: Place) -> str:
    paper = f"/documents/{quote(document.id)}"
    if lead is not None:
        return f"{paper}/passages/{quote(lead.id)}"
    return f"{paper}/pages/{place.pages[0]}" if place.pages else paper
