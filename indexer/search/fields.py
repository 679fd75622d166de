"""Which words of a passage go into which field of an engine's index."""

from __future__ import annotations

from functools import lru_cache

from indexer.model import Document, Forms, Part, Passage, Section
from indexer.search.analysis import analyse, pack
from indexer.sentences import split_sentences

FIELDS_VERSION = "4"
"""Raise it when the fields or the analysis change: the next build makes the engine's index again."""


def forms_of(passage: Passage, section: Section | None) -> Forms:
    """A passage's own words, and those of the headings and of what else governs it: for the engine, and for
    the closer look at a passage and its quotes."""
    return Forms(
        text=pack(analyse(passage.text)),
        heading=_packed(heading_of(passage, section)),
        title=_packed(section.title if section else ""),
        figures=sum(any(map(str.isdigit, word)) for word in passage.text.split() if not word.isalpha()),
        sentences=split_sentences(passage.text),
    )


def titles_of(document: Document, part: Part) -> str:
    """The words of the titles of a passage's document and, inside a pack, of its paper, packed."""
    return _packed(" ".join(_titles(document, part)))


def searched_texts(
    passage: Passage, document: Document, part: Part, section: Section | None
) -> tuple[str, ...]:
    """All that a passage is found by: its own words, its headings' and its titles'."""
    return passage.text, heading_of(passage, section), *_titles(document, part)


def heading_of(passage: Passage, section: Section | None) -> str:
    """The words that govern a passage: its section's path, and its table's header or its lead-in."""
    return "\n".join((*(section.path if section else ()), passage.context))


def _titles(document: Document, part: Part) -> tuple[str, ...]:
    return tuple(dict.fromkeys((document.title, part.title)))


@lru_cache(maxsize=256)  # of headings and titles, which many passages share
def _packed(text: str) -> str:
    return pack(analyse(text))
