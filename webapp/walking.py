"""From hit to hit: the place of a passage among what was found, in all papers or inside its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for

from indexer.errors import BoardsearchError, UsageError
from indexer.model import Document, Passage
from indexer.search.library import Library
from indexer.search.results import Hit, Source
from webapp.forms import PAGE_SIZE, SearchForm
from webapp.presenters.searching import search_url

ANSWERS_FROM = 20
"""An answer's sentences come from so many of the best hits, which may stand on its second page."""
INSIDE = "document"
"""The value of ``in`` where the walk stays inside one paper."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a passage stands among the hits, and the ways to those before and after."""

    place: int
    """From 1; 0 where it is not among those that were looked at."""
    total: int
    previous: str | None
    next: str | None
    back: str
    back_text: str


def walk_through(held: Library, form: SearchForm, source: Source, inside: bool) -> Walk | None:
    """The walk that an address asks for; None where it asks for none."""
    if inside and form.q:
        return _inside(held, form.q, source)
    return _through_results(held, form, source) if form.params() else None


def find_inside(held: Library, document: Document, question: str) -> tuple[Passage, ...]:
    """The passages of a paper that hold all that a question is about, in reading order; raises UsageError."""
    holds = held.holds(question)
    return tuple(p for p in held.catalogue.passages(document.id) if not p.boilerplate and holds(p.text))


def inside_url(document: Document, passage: Passage, question: str) -> str:
    """The address of a passage on a walk inside its paper."""
    url = url_for("pages.passage", document_id=document.id, passage_id=passage.id)
    return f"{url}?{urlencode({'q': question, 'in': INSIDE})}"


def _inside(held: Library, question: str, source: Source) -> Walk:
    document = source.document
    try:
        found = find_inside(held, document, question)
    except UsageError:
        found = ()
    at = next((i for i, passage in enumerate(found) if passage.id == source.passage.id), None)
    back = url_for("reading.find", document_id=document.id, q=question)

    def url(place: int) -> str | None:
        return inside_url(document, found[place], question) if 0 <= place < len(found) else None

    if at is None:
        return Walk(0, len(found), None, None, back, "Back to what was found in this paper")
    return Walk(at + 1, len(found), url(at - 1), url(at + 1), back, "Back to what was found in this paper")


def _through_results(held: Library, form: SearchForm, source: Source) -> Walk:
    back = search_url(form)
    lone = Walk(0, 0, None, None, back, "Back to results")
    offset = max(0, (form.page - 1) * PAGE_SIZE - 1)
    limit = PAGE_SIZE + 2 if form.page > 1 else ANSWERS_FROM + 1
    try:
        results = held.search(replace(form.request(), offset=offset, limit=limit))
    except BoardsearchError:
        # The passage can be read without its search; only the search page answers for that.
        return lone
    at = next((i for i, hit in enumerate(results.hits) if _is_hit(hit, source)), None)
    if at is None:
        return lone
    before = results.hits[at - 1] if at else None
    after = _next(results.hits, at)
    return Walk(
        offset + at + 1,
        results.folded_total,
        _hit_url(form, before) if before else None,
        _hit_url(form, after) if after else None,
        search_url(form, page=_page(offset + at + 1)),
        "Back to results",
    )


def _next(hits: Sequence[Hit], at: int) -> Hit | None:
    return hits[at + 1] if at + 1 < len(hits) else None


def _is_hit(hit: Hit, source: Source) -> bool:
    key = (source.document.id, source.passage.id)
    return any((one.document.id, one.passage.id) == key for one in (hit.source, *hit.also_in))


def _hit_url(form: SearchForm, hit: Hit) -> str:
    source = hit.source
    url = url_for("pages.passage", document_id=source.document.id, passage_id=source.passage.id)
    return f"{url}?{form.query_string(page=_page(hit.rank))}"


def _page(rank: int) -> int:
    return (rank - 1) // PAGE_SIZE + 1
