"""A paper as a whole: its outline, what it says and names, each with where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from flask import url_for

from indexer.model import (
    Acronym,
    Document,
    Named,
    Page,
    Part,
    Passage,
    Place,
    Section,
    Statement,
    StatementKind,
    Table,
)
from webapp.presenters.words import kind_name, lines_words, plural


@dataclass(frozen=True, slots=True)
class Entry:
    """Something of a paper and where it stands."""

    text: str
    where: str
    """``page 22 (PDF page 32)`` or ``lines 4 to 9``."""
    href: str | None
    level: int = 1
    note: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under a heading."""

    title: str
    entries: tuple[Entry, ...]


class Places:
    """Where the things of one paper stand, in words and as links."""

    def __init__(self, document: Document, pages: Sequence[Page], passages: Sequence[Passage]) -> None:
        self.document = document
        self.labels = {page.number: page.label for page in pages}
        self.passages = passages

    def words(self, place: Place) -> str:
        """Its pages, first to last; its lines where the paper has no pages."""
        if not place.pages:
            return lines_words(place.lines)
        first, last = place.pages[0], place.pages[-1]
        labels = [self.labels.get(number, str(number)) for number in (first, last)]
        printed = f"page {labels[0]}" if first == last else f"pages {labels[0]} to {labels[1]}"
        if labels == [str(first), str(last)]:
            return printed
        return (
            f"{printed} (PDF page {first})" if first == last else f"{printed} (PDF pages {first} to {last})"
        )

    def href(self, place: Place) -> str | None:
        """Its first page, or the passage that it is in; None where no passage holds it."""
        if place.pages:
            return url_for("pages.page", document_id=self.document.id, number=place.pages[0])
        for passage in self.passages:
            if passage.lines and place.lines and passage.lines[1] >= place.lines[0]:
                return url_for("pages.passage", document_id=self.document.id, passage_id=passage.id)
        return None

    def entry(self, text: str, place: Place, level: int = 1, note: str = "") -> Entry:
        """An entry for what stands at ``place``."""
        return Entry(text, self.words(place), self.href(place), level, note)


def outline(sections: Iterable[Section], places: Places) -> tuple[Entry, ...]:
    """The paper's headings; those without a title left out."""
    return tuple(places.entry(s.title, s.place, min(max(s.level, 1), 4)) for s in sections if s.title)


def contained(parts: Sequence[Part], places: Places) -> tuple[Entry, ...]:
    """The papers in a pack; none where the document is one paper."""
    if len(parts) < 2:
        return ()
    return tuple(
        places.entry(
            f"{part.item}. {part.title}" if part.item else part.title, part.place, note=kind_name(part.kind)
        )
        for part in parts
    )


def statements(found: Sequence[Statement], places: Places) -> tuple[Group, ...]:
    """Recommendations, actions, decisions and findings, each kind together in its order."""
    groups = []
    for kind in StatementKind:
        entries = tuple(places.entry(s.text, s.place, note=s.label) for s in found if s.kind == kind)
        if entries:
            groups.append(Group(plural(len(entries), kind.value), entries))
    return tuple(groups)


def named(found: Iterable[Named], places: Places) -> tuple[Entry, ...]:
    """Subgroups or cases: the first place of each, and how many there are."""
    entries = []
    for each in found:
        note = ", ".join(each.aliases)
        if each.places:
            entries.append(places.entry(each.name, each.places[0], note=note))
        else:
            entries.append(Entry(each.name, "", None, note=note))
    return tuple(entries)


def acronyms(found: Iterable[Acronym], places: Places) -> tuple[Entry, ...]:
    """Short forms in alphabetical order, each with its long form as note."""
    ordered = sorted(found, key=lambda acronym: acronym.short.casefold())
    return tuple(places.entry(each.short, each.place, note=each.long) for each in ordered)


def tables(found: Iterable[Table], places: Places) -> tuple[Entry, ...]:
    """Tables by title; a nameless one by its number."""
    return tuple(places.entry(each.title or f"Table {i}", each.place) for i, each in enumerate(found, 1))


def original_url(document: Document, page: int | None = None) -> str:
    """The address of the paper's own file, opened at ``page`` where the format lets a browser."""
    url = url_for("pages.original", document_id=document.id)
    return f"{url}#page={quote(str(page))}" if page and document.page_count else url
