"""What was read, into the catalogue and the engine: the work of the one process that writes an index.

What each passage comes to was worked out where it was read. Here it is put together, and what only all
passages together tell is found: the groups of copies, the words of the papers, the related terms.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator

from indexer.catalogue import Catalogue
from indexer.duplicates import Likeness, group_copies, likeness
from indexer.ingest import Ingested
from indexer.model import SourceFile, Unread, UnreadCode
from indexer.search import related
from indexer.search.contract import IndexWriter
from indexer.search.fields import searched_texts
from indexer.search.phrases import pack_told
from indexer.search.prepared import Prepared, indexed, prepare_passage
from indexer.search.spelling import count_words
from indexer.search.vocabulary import load as load_vocabulary


class Writing:
    """Fills the catalogue and the engine's index of one generation."""

    def __init__(self, catalogue: Catalogue, writer: IndexWriter) -> None:
        self._catalogue = catalogue
        self._writer = writer
        self._likenesses: dict[int, Likeness] = {}
        self._told: dict[int, str] = {}
        """Of the passages taken in, by ordinal; for those that were there before it is worked out anew."""
        self._words: Counter[str] = Counter()

    def take_in(self, ingested: Ingested, source: SourceFile) -> None:
        """What came of a file: its document, or that it could not be read."""
        if ingested.extract is None or ingested.prepared is None:
            self._refuse(source, ingested.unread)
            return
        try:
            ordinals = self._catalogue.add(ingested.extract)
        except sqlite3.IntegrityError as error:
            reason = (
                f"Its passages cannot be told apart ({error}). Print it to PDF again and replace the file."
            )
            self._refuse(source, Unread(source.name, UnreadCode.UNREADABLE, reason))
            return
        self._likenesses.update(zip(ordinals, ingested.likenesses, strict=True))
        self._index(ordinals, ingested.prepared)

    def index_again(self) -> None:
        """All passages of the catalogue into an engine's index that is new."""
        for r in self._catalogue.all_records():
            prepared = prepare_passage(r.passage, r.document, r.part, r.section)
            self._catalogue.set_forms([(r.ordinal, prepared.forms)])
            self._writer.add([indexed(r.ordinal, prepared)])

    def remove(self, file: str) -> None:
        """Forget a file."""
        self._writer.remove(self._catalogue.remove(file))

    def group_copies(self) -> None:
        """Find the passages that say the same."""
        texts = self._catalogue.texts()
        self._catalogue.set_groups(
            group_copies((n, self._likenesses.get(n) or likeness(text)) for n, text in texts)
        )

    def count_words(self) -> None:
        """Count in how many passages each word stands."""
        old = (
            searched_texts(r.passage, r.document, r.part, r.section)
            for r in (self._catalogue.all_records() if self._has_old() else ())
            if r.ordinal not in self._told
        )
        self._catalogue.set_words(self._words + count_words(old))

    def lessons(self) -> related.Lessons:
        """What the terms that the papers tell together are learned from."""
        terms = (term for concept in load_vocabulary().concepts for term in concept.terms)
        documents = self._catalogue.documents()
        shorts = (one.short for document in documents for one in self._catalogue.acronyms(document.id))
        return related.Lessons(tuple(self._texts()), tuple(terms), tuple(shorts))

    def _texts(self) -> Iterator[related.Text]:
        """What there is to learn from: a copy and routine text teach nothing."""
        for r in self._catalogue.all_records():
            if r.group == r.ordinal and not r.passage.boilerplate:
                told = self._told.get(r.ordinal)
                yield related.Text(r.document.id, pack_told(r.passage.text) if told is None else told)

    def _has_old(self) -> bool:
        return self._catalogue.passage_count() > len(self._told)

    def _index(self, ordinals: tuple[int, ...], prepared: Prepared) -> None:
        """A document's passages, for the engine and for the closer look at what it finds."""
        passages = list(zip(ordinals, prepared.passages, strict=True))
        self._catalogue.set_forms([(ordinal, one.forms) for ordinal, one in passages])
        self._writer.add(indexed(ordinal, one) for ordinal, one in passages)
        self._told.update((ordinal, one.told) for ordinal, one in passages)
        self._words.update(prepared.words)

    def _refuse(self, source: SourceFile, unread: Unread | None) -> None:
        """Remember that a file could not be read; it is not tried again before it changes."""
        self._catalogue.set_source(source)
        if unread is not None:
            self._catalogue.add_unread(unread)
