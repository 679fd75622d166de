"""Short forms across all papers: what each stands for, and where it is said so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from indexer.catalogue import Catalogue
from indexer.model import Document, PageBasis, PageRef, Place


@dataclass(frozen=True, slots=True)
class Definition:
    """A place where a paper says what a short form stands for."""

    document: Document
    pages: tuple[PageRef, ...]
    lines: tuple[int, int] | None
    url: str
    """Path of the page that shows it."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a short form stands for, and every paper that says so, oldest first, undated last."""

    short: str
    long: str
    """As the first of them writes it."""
    defined: tuple[Definition, ...]


class Glossary:
    """The short forms of one index; threads may share it."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    @cached_property
    def meanings(self) -> tuple[Meaning, ...]:
        """In alphabetical order; a short form with several meanings has each, the commonest first."""
        found: dict[tuple[str, str], list[tuple[str, Definition]]] = {}
        for document in sorted(
            self._catalogue.documents(), key=lambda d: (not d.date, d.date or "", d.title)
        ):
            for short, long, definition in self._of(document):
                held = found.setdefault((short.casefold(), _folded(long)), [])
                if all(other.document.id != document.id for _, other in held):
                    held.append((f"{short}\n{long}", definition))
        meanings = [_meaning(held) for held in found.values()]
        return tuple(sorted(meanings, key=lambda m: (m.short.casefold(), -len(m.defined), m.long.casefold())))

    def _of(self, document: Document) -> Iterator[tuple[str, str, Definition]]:
        acronyms = self._catalogue.acronyms(document.id)
        if not acronyms:
            return
        labels = {page.number: page.label for page in self._catalogue.pages(document.id)}
        for one in acronyms:
            pages = tuple(PageRef(n, labels.get(n, str(n)), PageBasis.FILE) for n in one.place.pages[:1])
            url = self._url(document, one.place)
            yield one.short, one.long, Definition(document, pages, one.place.lines, url)

    def _url(self, document: Document, place: Place) -> str:
        paper = f"/documents/{quote(document.id)}"
        if place.pages:
            return f"{paper}/pages/{place.pages[0]}"
        for passage in self._catalogue.passages(document.id):
            if any(span.start < place.end and place.start < span.end for span in passage.spans):
                return f"{paper}/passages/{quote(passage.id)}"
        return paper


def _meaning(held: list[tuple[str, Definition]]) -> Meaning:
    short, long = held[0][0].split("\n", 1)
    return Meaning(short, " ".join(long.split()), tuple(definition for _, definition in held))


def _folded(long: str) -> str:
    """The letters of a long form: a hyphen, a capital or an "and" for "&" is no other meaning."""
    words = "".join(c if c.isalnum() else " " for c in long.replace("&", " and ").casefold()).split()
    return " ".join(word.removesuffix("s") for word in words)
