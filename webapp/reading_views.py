"""Finding inside one paper."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from indexer.errors import QueryEmpty, UsageError
from indexer.model import Document
from indexer.search.library import Library
from webapp import forms, walking
from webapp.presenters.reading import Found, found_inside
from webapp.service import library

reading = Blueprint("reading", __name__)


@reading.get("/documents/<document_id>/find")
def find(document_id: str) -> ResponseReturnValue:
    """The passages of a paper that hold what was asked, in reading order."""
    held = library()
    document = held.catalogue.document(document_id)
    asked = forms.clean(request.args.get("q", ""))
    try:
        found = _found(held, document, asked)
    except UsageError as error:
        return render_template("find.html", document=document, asked=asked, found=(), error=error), 400
    return render_template("find.html", document=document, asked=asked, found=found, error=None)


def _found(held: Library, document: Document, asked: str) -> tuple[Found, ...]:
    if not asked:
        raise QueryEmpty
    return found_inside(
        walking.find_inside(held, document, asked),
        lambda text: held.highlights(text, asked),
        lambda passage: walking.inside_url(document, passage, asked),
    )
