"""Which words of a passage go into which field of an engine's index."""

from __future__ import annotations

from indexer.catalogue import Record
from indexer.model import Document, Forms, Part, Passage, Section
from indexer.search.analysis import analyse, pack
from indexer.search.contract import IndexedPassage
from indexer.sentences import split_sentences

FIELDS_VERSION = "3"
"""Raise it when the fields or the analysis change: the next build makes the engine's index again."""


def indexed_passage(
    ordinal: int, passage: Passage, document: Document, part: Part, section: Section | None
) -> IndexedPassage:
    """A passage as engines take it in: its own words; the headings and the words that govern it; the
    titles of its document and, inside a pack, of its paper."""
    titles = dict.fromkeys((document.title, part.title))
    return IndexedPassage(
        ordinal,
        {
            "text": analyse(passage.text),
            "heading": analyse(heading_of(passage, section)),
            "title": analyse(" ".join(titles)),
        },
    )


def forms_of(indexed: IndexedPassage, passage: Passage, section: Section | None) -> Forms:
    """What the closer look at a passage and its quotes need of its analysis."""
    return Forms(
        text=pack(indexed.fields["text"]),
        heading=pack(indexed.fields["heading"]),
        title=pack(analyse(section.title if section else "")),
        figures=sum(any(c.isdigit() for c in word) for word in passage.text.split()),
        sentences=split_sentences(passage.text),
    )


def searched_text(record: Record) -> str:
    """All words that a passage is found by: its own, its headings' and its titles'."""
    titles = dict.fromkeys((record.document.title, record.part.title))
    return "\n".join((record.passage.text, heading_of(record.passage, record.section), *titles))


def heading_of(passage: Passage, section: Section | None) -> str:
    """The words that govern a passage: its section's path, and its table's header or its lead-in."""
    return "\n".join((*(section.path if section else ()), passage.context))
