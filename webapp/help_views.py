"""Help: how citations work, how accessible the pages are, and the interface for programs."""

from __future__ import annotations

from flask import Blueprint, render_template

from indexer.errors import BoardsearchError
from indexer.search.request import SearchRequest
from indexer.search.results import Hit
from webapp import api
from webapp.presenters.operations import operations
from webapp.service import library

helps = Blueprint("help", __name__, url_prefix="/help")


@helps.get("/citations")
def citations() -> str:
    """How a citation is made and read, with one of these papers taken apart."""
    return render_template("citations.html", example=_example())


@helps.get("/accessibility")
def accessibility() -> str:
    """How accessible the pages are, and what is known to fall short."""
    return render_template("accessibility.html")


@helps.get("/api")
def programs() -> str:
    """Every address for programs, from the same document that programs read."""
    return render_template("api.html", operations=operations(api.described()))


def _example() -> Hit | None:
    """A passage whose page is printed with another number than the file's, where there is one."""
    try:
        hits = library().search(SearchRequest("recommendations", limit=30)).hits
    except BoardsearchError:
        # Help is there where there is no index, too.
        return None
    two = [hit for hit in hits if any(page.label != str(page.number) for page in hit.source.passage.pages)]
    paged = [hit for hit in hits if hit.source.passage.pages]
    return next(iter((*two, *paged, *hits)), None)
