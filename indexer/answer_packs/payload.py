"""A pack as JSON."""

from __future__ import annotations

from typing import Any

from indexer.answer_packs.handing import Entry, Handout
from indexer.answer_packs.model import PackSearch
from indexer.answer_packs.words import became
from indexer.search.payload import coverage_to_json, passage_to_json, unread_to_json

Json = dict[str, Any]


def handout_to_json(handout: Handout, base: str) -> Json:
    """The whole pack; addresses are made whole with ``base``, such as ``https://board.example``."""
    pack = handout.pack
    return {
        "title": handout.title,
        "question": pack.question,
        "created": pack.created,
        "changed": pack.changed,
        "made": handout.made,
        "index_built": handout.built,
        "searches": [search_to_json(search, base) for search in pack.searches],
        "searched": coverage_to_json(handout.coverage),
        "unread": [unread_to_json(one) for one in handout.unread],
        "passages": [_entry(entry, base) for entry in handout.entries],
    }


def search_to_json(search: PackSearch, base: str) -> Json:
    """A search by which passages were found; ``error`` where it could not be asked."""
    return {
        "query": search.question,
        "filters": [{"field": field, "value": value} for field, value in search.filters],
        "found": search.found,
        "error": search.refused or None,
        "url": base + search.url if search.url else None,
    }


def _entry(entry: Entry, base: str) -> Json:
    item, source = entry.item, entry.source
    held = passage_to_json(source) if source else {"id": item.passage, "file": item.file}
    return {
        "number": entry.number,
        "state": entry.state.value,
        "note": item.note,
        "search": item.search,
        "searches": [*([item.search] if item.search is not None else []), *item.also],
        **held,
        "text": entry.quote,
        "citation": entry.citation,
        "url": base + entry.url if entry.url else None,
        "remark": became(entry) or None,
    }
