"""The pages that lead on from a passage: others like it, what came of it since, and the cases."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from webapp import forms
from webapp.presenters import searching
from webapp.service import library

onward = Blueprint("onward", __name__)

MOST_ALIKE = 20
MOST_SINCE = 30
MOST_OF_A_CASE = 300


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


@onward.get("/cases")
def cases() -> str:
    """The cases that papers name."""
    return render_template("cases.html", cases=library().onward.cases())


@onward.get("/case")
def case() -> str:
    """All that is told of one case."""
    history = library().onward.case(forms.clean(request.args.get("name", "")), MOST_OF_A_CASE)
    return render_template(
        "case.html", history=history, form=forms.SearchForm(), search_url=searching.search_url
    )
