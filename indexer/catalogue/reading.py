"""The read side of the catalogue: documents, pages, passages and what facets are counted from."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec

from indexer.catalogue.cells import (
    FORMS_COLUMNS,
    PASSAGE_COLUMNS,
    forms_of,
    on_page,
    passage_of,
    unpack_rest,
)
from indexer.catalogue.connection import Connection, Row
from indexer.dates import financial_year, year_end
from indexer.errors import UnknownDocument, UnknownPassage
from indexer.model import (
    Acronym,
    Correction,
    Document,
    Forms,
    Named,
    Page,
    Part,
    Passage,
    Section,
    SourceFile,
    Statement,
    StatementKind,
    Table,
    TextBlock,
    Unread,
    UnreadCode,
)

_CHUNK = 2000
"""Passages fetched at a time where all of them are wanted: a few megabytes."""

_LIST_DOCUMENTS = "Run `boardsearch list` to see the documents of this index."
_RECORDS = f"""
SELECT {PASSAGE_COLUMNS}, COALESCE(p.alike, p.ordinal), d.data, part.data, section.data
FROM passages p
JOIN documents d ON d.number = p.document
JOIN parts part ON part.document = p.document AND part.position = p.part
LEFT JOIN sections section ON section.document = p.document AND section.position = p.section
"""  # noqa: S608 - put together from constants, here and below; what is asked for is always a parameter
_LOOKS = f"SELECT {FORMS_COLUMNS}, p.data FROM forms f JOIN passages p ON p.ordinal = f.ordinal"  # noqa: S608
_COLUMNS = """
SELECT p.ordinal, p.data, COALESCE(p.alike, p.ordinal), p.document, p.part FROM passages p
WHERE p.ordinal > ? ORDER BY p.ordinal LIMIT ?
"""

_document = msgspec.json.Decoder(Document).decode
_part = msgspec.json.Decoder(Part).decode
_section = msgspec.json.Decoder(Section).decode
_source = msgspec.json.Decoder(SourceFile).decode
_block = msgspec.json.Decoder(TextBlock).decode

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Record:
    """A passage with all that it stands in."""

    ordinal: int
    passage: Passage
    document: Document
    part: Part
    section: Section | None
    group: int
    """Shared by near-identical passages: the lowest of their ordinals."""


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at in a passage to put it in order: much less than a ``Record``."""

    forms: Forms
    statement: StatementKind | None


@dataclass(frozen=True, slots=True)
class ColumnRow:
    """What facets and filters need of a passage."""

    ordinal: int
    years: tuple[str, ...]
    """The passage's own; where it has none its part's, else its document's."""
    subgroups: tuple[str, ...]
    themes: tuple[str, ...]
    kind: str
    """The kind of the paper that the passage stands in: of the part, not of the pack around it."""
    body: str
    boilerplate: bool
    group: int
    date: str
    """To sort by: of the paper it stands in, else of the document; the end of the reporting year where
    no date is known, and empty where no year is."""
    cases: tuple[str, ...] = ()
    file: str = ""
    """The document's, relative to the corpus."""
    statement: str = ""
    """Recommendation, action, decision or finding; empty where the passage is none."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How much a catalogue holds."""

    documents: int
    pages: int
    sections: int
    passages: int
    unread_files: int
    unread_pages: int
    first_year: str | None
    last_year: str | None


class CatalogueReading(Connection):
    """What search and the front end ask of a catalogue; may be called from several threads."""

    def documents(self) -> tuple[Document, ...]:
        """All documents, by title and then by file."""
        rows = self._rows("SELECT data FROM documents ORDER BY title COLLATE NOCASE, title, file")
        return tuple(_document(data) for (data,) in rows)

    def document(self, key: str) -> Document:
        """The document with this id or file name; raises UnknownDocument."""
        return _document(self._found(key)[1])

    def pages(self, document_id: str) -> tuple[Page, ...]:
        """The pages of a document; empty where its format has none."""
        return self._detail(document_id, "pages", Page)

    def statements(self, document_id: str) -> tuple[Statement, ...]:
        """The recommendations, actions, decisions and findings of a document."""
        return self._detail(document_id, "statements", Statement)

    def subgroups(self, document_id: str) -> tuple[Named, ...]:
        """The subgroups that a document tells of."""
        return self._detail(document_id, "subgroups", Named)

    def cases(self, document_id: str) -> tuple[Named, ...]:
        """The cases that a document tells of."""
        return self._detail(document_id, "cases", Named)

    def acronyms(self, document_id: str) -> tuple[Acronym, ...]:
        """The short forms that a document explains."""
        return self._detail(document_id, "acronyms", Acronym)

    def tables(self, document_id: str) -> tuple[Table, ...]:
        """The tables of a document."""
        return self._detail(document_id, "tables", Table)

    def corrections(self, document_id: str) -> tuple[Correction, ...]:
        """What the board office set right in a document."""
        return self._detail(document_id, "corrections", Correction)

    def corrected_files(self) -> frozenset[str]:
        """The names of the files in which anything was set right."""
        rows = self._rows(
            "SELECT d.file FROM documents d JOIN details e ON e.document = d.number"
            " WHERE e.name = 'corrections' AND e.data <> ?",
            (b"[]",),
        )
        return frozenset(file for (file,) in rows)

    def parts(self, document_id: str) -> tuple[Part, ...]:
        """The papers inside a document, at least one."""
        return self._outline("parts", document_id, _part)

    def sections(self, document_id: str) -> tuple[Section, ...]:
        """The sections of a document, in order."""
        return self._outline("sections", document_id, _section)

    def blocks(self, document_id: str, page: int | None = None) -> tuple[TextBlock, ...]:
        """The text of a document, or of one page of it, block by block."""
        number = self._found(document_id)[0]
        where, values = ("", [number]) if page is None else (" AND page = ?", [number, page])
        sql = f"SELECT data FROM blocks WHERE document = ?{where} ORDER BY position"  # noqa: S608
        return tuple(_block(data) for (data,) in self._rows(sql, values))

    def passages(self, document_id: str, page: int | None = None) -> tuple[Passage, ...]:
        """The passages of a document, or those that stand on one page of it, in order."""
        number = self._found(document_id)[0]
        where, values = ("", [number])
        if page is not None:
            where, values = " AND p.first_page <= ? AND p.last_page >= ?", [number, page, page]
        sql = f"SELECT {PASSAGE_COLUMNS} FROM passages p WHERE p.document = ?{where} ORDER BY p.ordinal"  # noqa: S608
        found = (passage_of(row) for row in self._rows(sql, values))
        return tuple(passage for passage in found if page is None or on_page(passage, page))

    def passage(self, document_id: str, passage_id: str) -> Passage:
        """One passage; raises UnknownDocument or UnknownPassage."""
        return self.record_of(document_id, passage_id).passage

    def record_of(self, document_id: str, passage_id: str) -> Record:
        """One passage with all that it stands in; raises UnknownDocument or UnknownPassage."""
        number = self._found(document_id)[0]
        row = self._row(f"{_RECORDS} WHERE p.document = ? AND p.id = ?", (number, passage_id))
        if row is None:
            raise UnknownPassage(
                f"The document {document_id} has no passage {passage_id}.",
                "The paper may have changed since the link was made: search for its words again.",
            )
        return _record(row)

    def records(self, ordinals: Sequence[int]) -> dict[int, Record]:
        """The passages with these ordinals; one that is not there is left out. One statement for all."""
        wanted = json.dumps(list(ordinals))
        sql = f"{_RECORDS} WHERE p.ordinal IN (SELECT value FROM json_each(?))"  # noqa: S608
        rows = self._rows(sql, (wanted,))
        return {row[0]: _record(row) for row in rows}

    def looks(self, ordinals: Sequence[int]) -> dict[int, Look]:
        """What the closer ranking asks of the passages with these ordinals; one that is not there is left
        out. One statement for all."""
        sql = f"{_LOOKS} WHERE f.ordinal IN (SELECT value FROM json_each(?))"  # noqa: S608
        rows = self._rows(sql, (json.dumps(list(ordinals)),))
        return {row[0]: Look(forms_of(row), unpack_rest(row[6]).statement) for row in rows}

    def all_records(self) -> Iterator[Record]:
        """Every passage, by ordinal, a few at a time."""
        sql = f"{_RECORDS} WHERE p.ordinal > ? ORDER BY p.ordinal LIMIT ?"
        return (_record(row) for row in self._chunks(sql))

    def texts(self) -> Iterator[tuple[int, str]]:
        """(ordinal, text) of every passage, by ordinal."""
        sql = "SELECT ordinal, text FROM passages WHERE ordinal > ? ORDER BY ordinal LIMIT ?"
        return ((ordinal, text) for ordinal, text in self._chunks(sql))

    def words(self) -> Iterator[tuple[str, int]]:
        """The papers' words, each with the number of passages that have it, in alphabetical order.

        Nothing is read before the first is asked for.
        """
        yield from self._rows("SELECT word, passages FROM words ORDER BY word")

    def group_members(self, group: int) -> tuple[int, ...]:
        """The ordinals of the near-identical passages that share ``group``."""
        rows = self._rows("SELECT ordinal FROM passages WHERE alike = ? ORDER BY ordinal", (group,))
        if not rows:
            alone = "SELECT ordinal FROM passages WHERE ordinal = ? AND alike IS NULL"
            rows = self._rows(alone, (group,))
        return tuple(ordinal for (ordinal,) in rows)

    def sharing(self, document_id: str) -> tuple[tuple[Document, int], ...]:
        """Other documents that hold passages of this one, or nearly the same, with how many; most first."""
        number = self._found(document_id)[0]
        sql = (
            "SELECT d.data, COUNT(DISTINCT p.ordinal) FROM passages p"
            " JOIN passages o ON o.alike = p.alike AND o.document <> p.document"
            " JOIN documents d ON d.number = o.document WHERE p.document = ?"
            " GROUP BY d.number ORDER BY 2 DESC, d.file"
        )
        return tuple((_document(data), count) for data, count in self._rows(sql, (number,)))

    def columns(self) -> Iterator[ColumnRow]:
        """What facets need of every passage, by ordinal."""
        documents = {n: _document(data) for n, data in self._rows("SELECT number, data FROM documents")}
        rows = self._rows("SELECT document, position, data FROM parts")
        parts = {(number, position): _part(data) for number, position, data in rows}
        for ordinal, data, group, number, position in self._chunks(_COLUMNS):
            yield _column_row(ordinal, data, group, documents[number], parts[number, position])

    def unread(self, file: str | None = None) -> tuple[Unread, ...]:
        """The files and pages that could not be read, of the whole corpus or of one file."""
        where, values = ("", []) if file is None else (" WHERE file = ?", [file])
        sql = f"SELECT file, code, reason, page FROM unread{where} ORDER BY file, page"  # noqa: S608
        rows = self._rows(sql, values)
        return tuple(Unread(name, UnreadCode(code), reason, page) for name, code, reason, page in rows)

    def sources(self) -> dict[str, SourceFile]:
        """The files that were read, or that a reader tried to read, by name."""
        return {name: _source(data) for name, data in self._rows("SELECT name, data FROM files")}

    def source(self, name: str) -> SourceFile | None:
        """One of those files; None where it is not among them."""
        rows = self._rows("SELECT data FROM files WHERE name = ?", [name])
        return next((_source(data) for (data,) in rows), None)

    def counts(self) -> Counts:
        """How much there is, and the first and last reporting year of the papers."""
        (row,) = self._rows(
            "SELECT COUNT(*), COALESCE(SUM(pages), 0), COALESCE(SUM(sections), 0),"
            " COALESCE(SUM(passages), 0), MIN(first_year), MAX(last_year) FROM documents"
        )
        ((files, pages),) = self._rows(
            "SELECT COALESCE(SUM(page IS NULL), 0), COALESCE(SUM(page IS NOT NULL), 0) FROM unread"
        )
        documents, numbered, sections, passages, first_year, last_year = row
        return Counts(documents, numbered, sections, passages, files, pages, first_year, last_year)

    def passage_count(self) -> int:
        """How many passages are there, counted one by one: what an engine's count is held to."""
        ((count,),) = self._rows("SELECT COUNT(*) FROM passages")
        return int(count)

    def _found(self, key: str) -> Row:
        """(number, data) of the document with this id or file name."""
        row = self._row(
            "SELECT number, data FROM documents WHERE id = ? OR file = ? ORDER BY id = ? DESC", (key,) * 3
        )
        if row is None:
            raise UnknownDocument(f"There is no document “{key}” in this index.", self._near(key))
        return row

    def _near(self, key: str) -> str:
        """What to do about a document that is not there: names that hold what was typed, if any."""
        sql = "SELECT file FROM documents WHERE instr(lower(file), lower(?)) ORDER BY file LIMIT 3"
        names = [f"“{file}”" for (file,) in self._rows(sql, (key,))] if key else []
        return f"Did you mean {' or '.join(names)}?" if names else _LIST_DOCUMENTS

    def _detail(self, document_id: str, name: str, kind: type[T]) -> tuple[T, ...]:
        number = self._found(document_id)[0]
        row = self._row("SELECT data FROM details WHERE document = ? AND name = ?", (number, name))
        return tuple(msgspec.json.decode(row[0], type=list[kind])) if row else ()  # type: ignore[valid-type]

    def _outline(self, table: str, document_id: str, decode: Callable[[bytes], T]) -> tuple[T, ...]:
        number = self._found(document_id)[0]
        sql = f"SELECT data FROM {table} WHERE document = ? ORDER BY position"  # noqa: S608
        return tuple(decode(data) for (data,) in self._rows(sql, (number,)))

    def _chunks(self, sql: str) -> Iterator[Row]:
        """The rows of a query that takes (ordinal to go on after, how many) and gives the ordinal first."""
        last = -1
        while rows := self._rows(sql, (last, _CHUNK)):
            yield from rows
            last = rows[-1][0]


def _record(row: Row) -> Record:
    group, document, part, section = row[7:]
    return Record(
        ordinal=row[0],
        passage=passage_of(row),
        document=_document(document),
        part=_part(part),
        section=_section(section) if section is not None else None,
        group=group,
    )


def _column_row(ordinal: int, data: Any, group: int, document: Document, part: Part) -> ColumnRow:
    rest = unpack_rest(data)
    stated = rest.years or part.years or document.years
    day = part.date or document.date
    return ColumnRow(
        ordinal=ordinal,
        # Papers of meetings state no year that they report on: they are found by the year of their date.
        years=stated or ((financial_year(day),) if day else ()),
        subgroups=rest.subgroups,
        themes=rest.themes,
        kind=str(part.kind),
        body=part.body or document.body,
        boilerplate=rest.boilerplate,
        group=group,
        date=day or year_end(part.years or document.years),
        cases=rest.cases,
        file=document.file,
        statement=str(rest.statement) if rest.statement else "",
    )
