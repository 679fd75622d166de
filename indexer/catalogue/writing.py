"""The build side of the catalogue: documents in, documents out, groups of alike passages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from indexer.catalogue.cells import encode, forms_row, pack_rest, pack_spans, page_range
from indexer.catalogue.connection import Connection
from indexer.catalogue.schema import DETAILS
from indexer.model import Extract, Forms, Passage, SourceFile, Unread


class CatalogueWriting(Connection):
    """What a build does to a catalogue. Changes are seen by others once the generation is current."""

    def add(self, extract: Extract) -> tuple[int, ...]:
        """Take a document in; gives the ordinals of its passages, in order.

        A document of the same file must have been removed before. All of it goes in or nothing:
        sqlite3.IntegrityError where its id, or a passage's id within it, is taken.
        """
        with self._lock:
            self._connection.execute("SAVEPOINT document")
            try:
                ordinals = self._insert(extract)
            except BaseException:
                self._connection.execute("ROLLBACK TO document")
                raise
            finally:
                self._connection.execute("RELEASE document")
        return ordinals

    def _insert(self, extract: Extract) -> tuple[int, ...]:
        number = self._insert_document(extract)
        self._insert_outline(number, extract)
        self.set_source(extract.source)
        for unread in extract.unread:
            self.add_unread(unread)
        return tuple(self._insert_passage(number, passage) for passage in extract.passages)

    def _insert_document(self, extract: Extract) -> int:
        document = extract.document
        years = sorted({*document.years, *(year for part in extract.parts for year in part.years)})
        cursor = self._connection.execute(
            "INSERT INTO documents (id, file, title, pages, sections, passages, first_year, last_year, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                document.id,
                document.file,
                document.title,
                document.page_count,
                len(extract.sections),
                len(extract.passages),
                years[0] if years else None,
                years[-1] if years else None,
                encode(document),
            ),
        )
        return int(cursor.lastrowid or 0)

    def _insert_outline(self, number: int, extract: Extract) -> None:
        execute = self._connection.executemany
        parts = ((number, i, encode(part)) for i, part in enumerate(extract.parts))
        execute("INSERT INTO parts VALUES (?, ?, ?)", parts)
        sections = ((number, i, encode(section)) for i, section in enumerate(extract.sections))
        execute("INSERT INTO sections VALUES (?, ?, ?)", sections)
        blocks = ((number, i, block.page, encode(block)) for i, block in enumerate(extract.blocks))
        execute("INSERT INTO blocks VALUES (?, ?, ?, ?)", blocks)
        details = ((number, name, encode(getattr(extract, name))) for name in DETAILS)
        execute("INSERT INTO details VALUES (?, ?, ?)", details)

    def _insert_passage(self, number: int, passage: Passage) -> int:
        first_page, last_page = page_range(passage)
        cursor = self._connection.execute(
            "INSERT INTO passages (document, id, part, section, first_page, last_page, text, spans, data)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                number,
                passage.id,
                passage.part,
                passage.section,
                first_page,
                last_page,
                passage.text,
                pack_spans(passage.spans),
                pack_rest(passage),
            ),
        )
        return int(cursor.lastrowid or 0)

    def remove(self, file: str) -> tuple[int, ...]:
        """Forget a file: its document, if it became one, its source and what was unread of it.

        Gives the ordinals of the passages that are gone; they are never used again.
        """
        with self._lock:
            self._connection.execute("DELETE FROM files WHERE name = ?", (file,))
            self._connection.execute("DELETE FROM unread WHERE file = ?", (file,))
            row = self._row("SELECT number FROM documents WHERE file = ?", (file,))
            return self._remove_document(row[0]) if row else ()

    def _remove_document(self, number: int) -> tuple[int, ...]:
        ordinals = self._rows("SELECT ordinal FROM passages WHERE document = ? ORDER BY ordinal", (number,))
        self._connection.executemany("DELETE FROM forms WHERE ordinal = ?", ordinals)
        for table in ("passages", "blocks", "details", "sections", "parts"):
            self._connection.execute(f"DELETE FROM {table} WHERE document = ?", (number,))  # noqa: S608
        self._connection.execute("DELETE FROM documents WHERE number = ?", (number,))
        return tuple(ordinal for (ordinal,) in ordinals)

    def set_source(self, source: SourceFile) -> None:
        """Remember a file as it lies on disk, so that the next build knows whether it has changed."""
        with self._lock:
            self._connection.execute(
                "INSERT OR REPLACE INTO files VALUES (?, ?)", (source.name, encode(source))
            )

    def add_unread(self, unread: Unread) -> None:
        """Remember that a file, or a page of it, could not be read."""
        with self._lock:
            self._connection.execute(
                "INSERT INTO unread VALUES (?, ?, ?, ?)",
                (unread.file, unread.page, unread.code, unread.reason),
            )

    def set_forms(self, forms: Iterable[tuple[int, Forms]]) -> None:
        """Remember what the words of passages come to, by ordinal; what was known of them is replaced."""
        rows = (forms_row(ordinal, of) for ordinal, of in forms)
        with self._lock:
            self._connection.executemany("INSERT OR REPLACE INTO forms VALUES (?, ?, ?, ?, ?, ?)", rows)

    def set_groups(self, groups: Mapping[int, int]) -> None:
        """Say which passages are near-identical: ordinal -> any number that its group shares.

        Replaces all groups. A passage that is absent is a group of its own. A group is kept by the
        lowest of its ordinals, so it can never be taken for another passage's own group.
        """
        lowest: dict[int, int] = {}
        for ordinal, group in groups.items():
            lowest[group] = min(ordinal, lowest.get(group, ordinal))
        rows = [(lowest[group], ordinal) for ordinal, group in groups.items()]
        with self._lock:
            self._connection.execute("UPDATE passages SET alike = NULL WHERE alike IS NOT NULL")
            self._connection.executemany("UPDATE passages SET alike = ? WHERE ordinal = ?", rows)

    def set_words(self, counts: Mapping[str, int]) -> None:
        """Remember the papers' words, each with the number of passages that have it. Replaces all."""
        with self._lock:
            self._connection.execute("DELETE FROM words")
            self._connection.executemany("INSERT INTO words VALUES (?, ?)", counts.items())
