"""What the stages make of a reading: blocks, parts, sections, passages, and what they name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.model.kinds import BlockKind, DocumentKind, MediaType, PageBasis, StatementKind
from indexer.model.source import Page, Place, SourceFile, Span, Unread


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a heading, a paragraph, a list item, a row of a table."""

    kind: BlockKind
    lines: tuple[int, ...]
    """Indexes into ``Reading.lines``, ascending; they may leave out set-aside lines between."""
    level: int | None = None
    """A heading's level as far as its looks tell, 1 the outermost; None for the rest."""
    cells: tuple[tuple[int, int], ...] = ()
    """A table row's cells, as slices of ``Reading.text``."""
    header: bool = False
    """A table row that names the columns."""
    table: int | None = None
    """Which table of the document a row belongs to, from 0."""


@dataclass(frozen=True, slots=True)
class Description:
    """What a paper says of itself."""

    title: str
    kind: DocumentKind
    body: str
    """The board, committee or council whose paper it is; empty where not found."""
    date: str | None
    """ISO date of the meeting or publication; year-month where no day is given."""
    years: tuple[str, ...]
    """Reporting years as ``2012-13``, ascending."""


@dataclass(frozen=True, slots=True)
class Part:
    """A paper inside a pack, or the only part of a document."""

    item: str | None
    """Agenda item number."""
    title: str
    kind: DocumentKind
    body: str
    date: str | None
    years: tuple[str, ...]
    first_block: int
    last_block: int
    """Blocks of the part: first inclusive, last exclusive."""
    place: Place


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it."""

    id: str
    title: str
    level: int
    path: tuple[str, ...]
    """Titles from the outermost section to this one."""
    part: int
    """Index into the document's parts."""
    first_block: int
    last_block: int
    """Blocks under the heading, first inclusive (the heading itself, if it has one), last exclusive;
    a nested section's blocks lie inside its parent's."""
    place: Place


@dataclass(frozen=True, slots=True)
class PageRef:
    """A page as a citation names it."""

    number: int
    label: str
    basis: PageBasis


@dataclass(frozen=True, slots=True)
class Passage:
    """The unit of search and citation: a paragraph or a few, never across sections."""

    id: str
    """Derived from the text and the document, so that a citation outlives a re-read."""
    text: str
    """Verbatim: the spans' slices of the source, joined by a line feed."""
    spans: tuple[Span, ...]
    lines: tuple[int, int] | None
    pages: tuple[PageRef, ...]
    section: int | None
    """Index into the document's sections."""
    part: int
    """Index into the document's parts."""
    context: str = ""
    """Words that govern the passage but are not part of the quote: a table's header row, the
    sentence that leads a list in."""
    statement: StatementKind | None = None
    years: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    boilerplate: bool = False
    """Contents pages, apologies, declarations, blank-page notes: left out unless asked for."""
    ocr_quality: float | None = None
    """Where text was recognised in a picture: how sure that is, from 0 to 1; None for a text layer."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A recommendation, action, decision or finding."""

    kind: StatementKind
    text: str
    number: str | None
    place: Place
    themes: tuple[str, ...] = ()
    """Of its own words, the headings above it and its paper's title."""

    @property
    def label(self) -> str:
        """The number to show before the text; empty where there is none or the text begins with it."""
        opening = re.match(r"\W*(?:[^\W\d]+\W+)?(\w+(?:\.\w+)*)", self.text)
        return "" if not self.number or (opening and opening[1] == self.number) else self.number


@dataclass(frozen=True, slots=True)
class Named:
    """A subgroup or a case by its name, its other names, and where it is told of."""

    name: str
    aliases: tuple[str, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Acronym:
    """A short form and the long form that the document gives for it."""

    short: str
    long: str
    place: Place


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the document."""

    title: str
    place: Place


@dataclass(frozen=True, slots=True)
class TextBlock:
    """A block as it is kept for reading on screen."""

    kind: BlockKind
    text: str
    start: int
    end: int
    page: int | None
    lines: tuple[int, int] | None
    level: int | None = None
    cells: tuple[str, ...] = ()
    header: bool = False
    table: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """A file of the corpus with what is known of it as a whole."""

    id: str
    file: str
    media: MediaType
    title: str
    kind: DocumentKind
    body: str
    date: str | None
    years: tuple[str, ...]
    page_count: int
    """0 where the format has no pages."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that the board office set right, or names that it added."""

    item: str | None
    """Agenda item of the paper that it is about; None for the file as a whole."""
    field: str
    was: str | tuple[str, ...] | None
    """What the paper says of itself; None too where names were added."""
    now: str | tuple[str, ...] | None


@dataclass(frozen=True, slots=True)
class Extract:
    """All that the stages make of one file: what the catalogue takes in."""

    document: Document
    source: SourceFile
    pages: tuple[Page, ...]
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    blocks: tuple[TextBlock, ...]
    statements: tuple[Statement, ...] = ()
    subgroups: tuple[Named, ...] = ()
    cases: tuple[Named, ...] = ()
    acronyms: tuple[Acronym, ...] = ()
    tables: tuple[Table, ...] = ()
    unread: tuple[Unread, ...] = ()
    corrections: tuple[Correction, ...] = ()
