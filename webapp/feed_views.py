"""Searches to come back to: saved under a name, and followed as an Atom feed of the papers that match."""

from __future__ import annotations

from datetime import UTC, datetime

from feedgenerator import Atom1Feed
from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from markupsafe import escape

from indexer.errors import InvalidParameter, QueryEmpty
from indexer.model import SourceFile
from indexer.search.library import Library
from indexer.search.results import PaperFound
from webapp import forms, saved
from webapp.presenters import searching
from webapp.presenters.words import plural
from webapp.service import library, service

feeds = Blueprint("feeds", __name__)

MOST_ENTRIES = 50


@feeds.get("/feed")
def feed() -> Response:
    """The papers that match a search, those that came last first; raises as a search does."""
    form = forms.read_form(request.args)
    if not form.q and not form.filters:
        raise QueryEmpty
    held = library()
    sources = sorted(held.catalogue.sources().values(), key=lambda source: source.modified_ns, reverse=True)
    found = held.papers(form.request(), [source.name for source in sources], MOST_ENTRIES)
    name = forms.clean(request.args.get("name", "")) or form.q or "papers that pass the filters"
    written = _feed(held, form, name)
    for source in sources:
        if source.name in found:
            _add(written, source, found[source.name])
    response = Response(written.writeString("utf-8"), mimetype="application/atom+xml")
    response.add_etag()
    return response.make_conditional(request)  # type: ignore[return-value]


def _feed(held: Library, form: forms.SearchForm, name: str) -> Atom1Feed:
    base = _base()
    return Atom1Feed(
        title=f"Boardsearch: {name}",
        link=base + searching.search_url(form),
        feed_url=base + searching.feed_url(form),
        description=f"Papers that match, of {plural(held.coverage().documents, 'paper')}.",
        language="en-GB",
    )


def _add(written: Atom1Feed, source: SourceFile, found: PaperFound) -> None:
    """A paper as an entry, dated by when its file came or changed: a paper of 2012 may be new here."""
    document = found.best.source.document
    start, end = found.best.snippet
    words = " ".join(found.best.source.passage.text[start:end].split())
    citation = found.best.source.citation.text
    came = datetime.fromtimestamp(source.modified_ns / 1e9, UTC)
    link = _base() + url_for("pages.document", document_id=document.id)
    written.add_item(
        title=document.title,
        link=link,
        # Read as HTML by feed readers: what a paper says is not to be taken for markup.
        description=str(escape(f"{plural(found.passages, 'passage')}. “{words}” {citation}")),
        unique_id=link,
        updateddate=came,
        pubdate=came,
        author_name=document.body or "Board or committee not known",
    )


def _base() -> str:
    return service().settings.url or request.url_root.rstrip("/")


# ---------------------------------------------------------------- saved under a name


@feeds.get("/saved")
def saved_searches() -> str:
    """The searches that this browser has saved."""
    return render_template(
        "saved.html",
        searches=saved.saved_searches(),
        search_url=searching.search_url,
        feed_url=searching.feed_url,
        named_url=saved.named_url,
    )


@feeds.post("/saved")
def save() -> ResponseReturnValue:
    """Save a search, or take the place of one of its name; raises InvalidParameter for none."""
    search = saved.search_of(request.form.get("name", ""), request.form.get("search", ""))
    if search is None or len(search.query) > saved.MOST_BYTES:
        raise InvalidParameter("There is no search here that can be saved.", "Search first, then save it.")
    kept = saved.with_search(saved.saved_searches(), search)
    return saved.keep(_to_list(), kept)


@feeds.post("/saved/remove")
def remove() -> ResponseReturnValue:
    """Take a search off by its name; one that is not there is gone already."""
    name = request.form.get("name", "")
    kept = tuple(each for each in saved.saved_searches() if each.name != name)
    return saved.keep(_to_list(), kept)


def _to_list() -> Response:
    answer = redirect(url_for("feeds.saved_searches"), 303)
    assert isinstance(answer, Response)  # noqa: S101 - said for the type checker
    return answer
