"""What an answer pack is: frozen values, no input or output. Not to be taken for a board's agenda pack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from indexer.errors import PackFull, PackInvalid

MOST_ITEMS = 200
"""Passages in a pack: what a batch of fifty questions gives, four to each."""
MOST_SEARCHES = 60
LONGEST_TITLE = 200
LONGEST_QUESTION = 1000
LONGEST_NOTE = 2000


@dataclass(frozen=True, slots=True)
class PackSearch:
    """A search by which passages of a pack were found."""

    question: str
    filters: tuple[tuple[str, str], ...] = ()
    """Facets and the values that they were held to, in the order chosen."""
    url: str = ""
    """Path of the search in the web front end."""
    found: int | None = None
    """Passages that matched; None where that is not known."""
    refused: str = ""
    """Why it could not be asked; empty where it was."""


@dataclass(frozen=True, slots=True)
class Item:
    """A passage in a pack, as it stood when it was collected."""

    document: str
    passage: str
    file: str
    text: str
    citation: str
    search: int | None = None
    """Which of the pack's searches found it; None where it was found by reading."""
    note: str = ""
    also: tuple[int, ...] = ()
    """Further searches of a batch that found it among their best."""

    @property
    def key(self) -> str:
        """Names it within its pack."""
        return f"{self.document}/{self.passage}"


@dataclass(frozen=True, slots=True)
class AnswerPack:
    """A pack as it is kept."""

    id: str
    """Not to be guessed: whoever has it may read the pack while it is shared."""
    title: str = ""
    question: str = ""
    created: str = ""
    changed: str = ""
    """ISO dates and times, UTC."""
    shared: bool = False
    by_question: bool = False
    """Whether it is a batch's: passages stand under the question that found them."""
    searches: tuple[PackSearch, ...] = ()
    items: tuple[Item, ...] = ()

    def has(self, key: str) -> bool:
        """Whether a passage is in it."""
        return any(item.key == key for item in self.items)


class Move(StrEnum):
    """Where a passage of a pack is put."""

    UP = "up"
    DOWN = "down"
    FIRST = "first"
    LAST = "last"


def add(pack: AnswerPack, item: Item, search: PackSearch | None = None) -> AnswerPack:
    """The pack with a passage at its end; one that is in it stays where it is. Raises PackFull."""
    if pack.has(item.key):
        return pack
    if len(pack.items) >= MOST_ITEMS:
        raise PackFull(
            f"This pack has {MOST_ITEMS} passages, which is the most.",
            "Remove some of them, or start another pack.",
        )
    searches, place = _with_search(pack.searches, search)
    question = pack.question or (search.question if search else "")
    return replace(
        pack, question=question, searches=searches, items=(*pack.items, replace(item, search=place))
    )


def remove(pack: AnswerPack, key: str) -> AnswerPack:
    """The pack without a passage; raises PackInvalid where it is not in it."""
    _place(pack, key)
    return replace(pack, items=tuple(item for item in pack.items if item.key != key))


def move(pack: AnswerPack, key: str, where: Move) -> AnswerPack:
    """The pack with one passage put elsewhere; raises PackInvalid where it is not in it."""
    at, last = _place(pack, key), len(pack.items) - 1
    to = {Move.UP: max(at - 1, 0), Move.DOWN: min(at + 1, last), Move.FIRST: 0, Move.LAST: last}[where]
    items = list(pack.items)
    items.insert(to, items.pop(at))
    return replace(pack, items=tuple(items))


def describe(pack: AnswerPack, title: str, question: str) -> AnswerPack:
    """The pack under a title, with its question; raises PackInvalid for what is too long."""
    _require_length("title", title, LONGEST_TITLE)
    _require_length("question", question, LONGEST_QUESTION)
    return replace(pack, title=title, question=question)


def annotate(pack: AnswerPack, key: str, note: str) -> AnswerPack:
    """The pack with a note to one passage; raises PackInvalid for one too long or not in it."""
    _require_length("note", note, LONGEST_NOTE)
    at = _place(pack, key)
    items = (*pack.items[:at], replace(pack.items[at], note=note), *pack.items[at + 1 :])
    return replace(pack, items=items)


def _place(pack: AnswerPack, key: str) -> int:
    for at, item in enumerate(pack.items):
        if item.key == key:
            return at
    raise PackInvalid(
        "This passage is not in the pack any more.", "Load the pack again: it was changed elsewhere."
    )


def _with_search(
    searches: tuple[PackSearch, ...], search: PackSearch | None
) -> tuple[tuple[PackSearch, ...], int | None]:
    """The searches with this one among them, and its place; a pack remembers so many and no more."""
    if search is None:
        return searches, None
    for at, known in enumerate(searches):
        if (known.question, known.filters) == (search.question, search.filters):
            return searches, at
    if len(searches) >= MOST_SEARCHES:
        return searches, None
    return (*searches, search), len(searches)


def _require_length(name: str, text: str, most: int) -> None:
    if len(text) > most:
        raise PackInvalid(
            f"The {name} has {len(text):,} characters; the most is {most:,}.", "Shorten it, then save again."
        )
