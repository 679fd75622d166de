"""The pages that lead on from a passage: others like it, and what came of it since."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from webapp import forms
from webapp.presenters import searching
from webapp.service import library

onward = Blueprint("onward", __name__)

MOST_ALIKE = 20
MOST_SINCE = 30


@onward.get("/documents/<document_id>/passages/<passage_id>/like")
def like(document_id: str, passage_id: str) -> str:
    """The passages most like one."""
    held = library()
    source = held.source(held.catalogue.document(document_id).id, passage_id)
    return render_template(
        "like.html",
        source=source,
        form=forms.read_form(request.args),
        hits=held.onward.like(source.document.id, passage_id, MOST_ALIKE),
        search_url=searching.search_url,
    )


@onward.get("/documents/<document_id>/passages/<passage_id>/since")
def since(document_id: str, passage_id: str) -> str:
    """What later papers say of a passage."""
    held = library()
    source = held.source(held.catalogue.document(document_id).id, passage_id)
    return render_template(
        "since.html",
        source=source,
        form=forms.read_form(request.args),
        since=held.onward.since(source.document.id, passage_id, MOST_SINCE),
        search_url=searching.search_url,
    )
