"""A document's passages as search takes them in: all that is worked out of one document by itself, in
the process that read it, so that the one that writes the index has only to put things together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from indexer.model import Document, Extract, Forms, Part, Passage, Section
from indexer.search.analysis import unpack
from indexer.search.contract import IndexedPassage
from indexer.search.fields import forms_of, searched_texts, titles_of
from indexer.search.phrases import pack_told
from indexer.search.spelling import count_words


@dataclass(frozen=True, slots=True)
class PreparedPassage:
    """One passage's words."""

    forms: Forms
    titles: str
    """The words of the titles that it is found by, packed like those of ``forms``."""
    told: str
    """Its words in runs, packed by ``phrases.pack_told``."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document's passages, in order, and in how many of them each of its words stands."""

    passages: tuple[PreparedPassage, ...]
    words: Mapping[str, int]


def prepare(extract: Extract) -> Prepared:
    """All that search needs of a document."""
    passages, searched = [], []
    for passage in extract.passages:
        section = extract.sections[passage.section] if passage.section is not None else None
        place = (passage, extract.document, extract.parts[passage.part], section)
        passages.append(prepare_passage(*place))
        searched.append(searched_texts(*place))
    return Prepared(tuple(passages), count_words(searched))


def prepare_passage(
    passage: Passage, document: Document, part: Part, section: Section | None
) -> PreparedPassage:
    """All that search needs of a passage."""
    forms = forms_of(passage, section)
    return PreparedPassage(forms, titles_of(document, part), pack_told(passage.text))


def indexed(ordinal: int, prepared: PreparedPassage) -> IndexedPassage:
    """A passage as engines take it in: its own words; the headings and the words that govern it; the
    titles of its document and, inside a pack, of its paper."""
    packed = {"text": prepared.forms.text, "heading": prepared.forms.heading, "title": prepared.titles}
    return IndexedPassage(ordinal, {field: unpack(words) for field, words in packed.items()})
