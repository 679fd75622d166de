"""A pack as it is handed on at a moment: what its passages are by now, and what was searched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from indexer.answer_packs.model import AnswerPack, Item, PackSearch
from indexer.errors import UnknownDocument, UnknownPassage
from indexer.model import Unread
from indexer.search.library import Library
from indexer.search.results import Coverage, Source


class State(StrEnum):
    """What became of a passage since it was collected."""

    STANDS = "stands"
    CHANGED = "changed"
    """Its paper is here, its words stand in it no more."""
    GONE = "gone"
    """Its paper is not among the papers any more: its words are not to be shown."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage of a pack, numbered from 1, as it is to be shown."""

    number: int
    item: Item
    state: State
    source: Source | None
    """The passage as the index has it; None unless it stands."""

    @property
    def quote(self) -> str:
        """The words to show: the paper's own, those collected where it has changed, none where it is gone."""
        if self.source is not None:
            return self.source.passage.text
        return self.item.text if self.state is State.CHANGED else ""

    @property
    def citation(self) -> str:
        """The line to cite by: today's, as far as there is one."""
        return self.source.citation.text if self.source else self.item.citation

    @property
    def title(self) -> str:
        """Whose words they are, for a heading."""
        return self.source.paper_title if self.source else self.item.file

    @property
    def url(self) -> str:
        """The passage's path in the web front end; empty where it stands no more."""
        return self.source.citation.url if self.source else ""


@dataclass(frozen=True, slots=True)
class Group:
    """Entries under one heading: a question of a batch, or all of them."""

    search: PackSearch | None
    entries: tuple[Entry, ...]
    elsewhere: tuple[Entry, ...] = ()
    """Those that it found too and that stand under an earlier question."""

    @property
    def remark(self) -> str:
        """Why it holds nothing; empty where it does."""
        if self.entries or self.elsewhere:
            return ""
        if self.search is not None and (self.search.refused or self.search.found == 0):
            return self.search.refused or "Nothing found."
        return "No passage is kept here."


@dataclass(frozen=True, slots=True)
class Handout:
    """All that a page, a Word file, CSV and JSON say of a pack."""

    pack: AnswerPack
    entries: tuple[Entry, ...]
    coverage: Coverage
    unread: tuple[Unread, ...]
    built: str
    """When the index was built: ISO date and time, UTC."""
    made: str
    """When this was put together: ISO date and time, UTC."""

    @property
    def title(self) -> str:
        """The pack's, else its question, else a plain one."""
        return self.pack.title or self.pack.question or "Answer pack"

    def groups(self) -> tuple[Group, ...]:
        """The entries by question where the pack is a batch's, questions without any included; else all."""
        if not self.pack.by_question:
            return (Group(None, self.entries),)
        asked = tuple(
            Group(
                search,
                tuple(e for e in self.entries if e.item.search == place),
                tuple(e for e in self.entries if place in e.item.also),
            )
            for place, search in enumerate(self.pack.searches)
        )
        others = tuple(e for e in self.entries if e.item.search is None)
        return (*asked, Group(None, others)) if others else asked

    def unread_lines(self) -> tuple[str, ...]:
        """What could not be read, a line a file: "minutes.pdf: pages 3, 4"."""
        pages: dict[str, list[int]] = {}
        for one in self.unread:
            pages.setdefault(one.file, []).extend([one.page] if one.page else [])
        return tuple(_unread_line(file, numbers) for file, numbers in pages.items())


def hand_on(pack: AnswerPack, library: Library) -> Handout:
    """The pack against the index as it is now."""
    return Handout(
        pack=pack,
        entries=tuple(_entries(pack, library)),
        coverage=library.coverage(),
        unread=library.catalogue.unread(),
        built=library.generation.manifest.built_at,
        made=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _entries(pack: AnswerPack, library: Library) -> Iterator[Entry]:
    for number, item in enumerate(pack.items, 1):
        state, source = _stand(item, library)
        yield Entry(number, item, state, source)


def _stand(item: Item, library: Library) -> tuple[State, Source | None]:
    try:
        return State.STANDS, library.source(item.document, item.passage)
    except UnknownPassage:
        found = _cut_anew(item, library)
        return (State.STANDS, found) if found else (State.CHANGED, None)
    except UnknownDocument:
        return State.GONE, None


def _cut_anew(item: Item, library: Library) -> Source | None:
    """The passage that holds all the same words, where a paper's text was divided otherwise since."""
    words = " ".join(item.text.split())
    for passage in library.catalogue.passages(item.document) if words else ():
        if words in " ".join(passage.text.split()):
            return library.source(item.document, passage.id)
    return None


def _unread_line(file: str, pages: list[int]) -> str:
    if not pages:
        return f"{file}: the whole file"
    noun = "page" if len(pages) == 1 else "pages"
    return f"{file}: {noun} {', '.join(map(str, sorted(pages)))}"
