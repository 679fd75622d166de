"""A list of questions to one pack: the best passages of each, or why there are none."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from indexer.answer_packs.model import AnswerPack, Item, PackSearch
from indexer.errors import UsageError
from indexer.search.library import Library, SearchRequest
from indexer.search.results import Source

SECONDS = 30.0
"""How long a whole list may take: a browser waits for so long, and a thread of the server with it."""
_NOT_ASKED = "Not asked: the time for one list was over. Ask it again, with those that follow."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its best passages."""

    search: PackSearch
    sources: tuple[Source, ...]


def ask(library: Library, questions: Iterable[str], each: int, seconds: float = SECONDS) -> tuple[Asked, ...]:
    """The best ``each`` passages of every question, copies folded; what cannot be asked says why.

    After ``seconds`` the rest are not asked, and say so. Raises EngineError where the engine fails.
    """
    until = time.monotonic() + seconds
    return tuple(
        _ask(library, question, each)
        if time.monotonic() < until
        else Asked(PackSearch(question, refused=_NOT_ASKED), ())
        for question in questions
    )


def to_pack(pack: AnswerPack, asked: Iterable[Asked]) -> AnswerPack:
    """The pack of a list: a passage stands under the first question that found it, and knows the others."""
    items: dict[str, Item] = {}
    held = tuple(asked)
    for place, one in enumerate(held):
        for item in map(item_of, one.sources):
            if (known := items.get(item.key)) is None:
                items[item.key] = replace(item, search=place)
            else:
                items[item.key] = replace(known, also=(*known.also, place))
    searches = tuple(one.search for one in held)
    return replace(pack, by_question=True, searches=searches, items=tuple(items.values()))


def item_of(source: Source) -> Item:
    """A passage as a pack keeps it."""
    passage, document = source.passage, source.document
    return Item(document.id, passage.id, document.file, passage.text, source.citation.text)


def _ask(library: Library, question: str, each: int) -> Asked:
    url = f"/search?{urlencode({'q': question})}"
    try:
        results = library.search(SearchRequest(question, limit=each))
    except UsageError as error:
        return Asked(PackSearch(question, url=url, refused=str(error)), ())
    sources = tuple(hit.source for hit in results.hits)
    return Asked(PackSearch(question, url=url, found=results.folded_total), sources)
