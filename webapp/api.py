"""The JSON API: the same library, for programs; and whether the process and its index are well."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from indexer.errors import BoardsearchError
from indexer.search import payload
from webapp import forms
from webapp.openapi import document_openapi
from webapp.service import library
from webapp.shapes import Json

api = Blueprint("api", __name__)

ANSWER_QUOTES = 8


@api.get("/api/v1/search")
def search() -> Response:
    """Hits with their citations."""
    asked = forms.read_search_request(request.args, forms.SEARCH_PARAMETERS)
    return jsonify(payload.results_to_json(library().search(asked)))


@api.get("/api/v1/answer")
def answer() -> Response:
    """Verbatim sentences that answer, with their citations."""
    asked = forms.read_search_request(request.args, forms.ANSWER_PARAMETERS, ANSWER_QUOTES)
    return jsonify(payload.answer_to_json(library().answer(asked, most=asked.limit)))


@api.get("/api/v1/documents")
def documents() -> Response:
    """All papers."""
    forms.check_parameters(request.args, ())
    return jsonify(payload.documents_to_json(library().catalogue))


@api.get("/api/v1/documents/<document_id>")
def document(document_id: str) -> Response:
    """One paper: its parts, sections, statements and names."""
    forms.check_parameters(request.args, ())
    catalogue = library().catalogue
    return jsonify(payload.document_to_json(catalogue, catalogue.document(document_id)))


@api.get("/api/v1/documents/<document_id>/passages/<passage_id>/like")
def like(document_id: str, passage_id: str) -> Response:
    """Passages like one."""
    forms.check_parameters(request.args, ("limit",))
    most = forms.whole_number(request.args, "limit", forms.PAGE_SIZE, 1, forms.MOST_HITS)
    held = library()
    source = held.source(document_id, passage_id)
    return jsonify(payload.like_to_json(source, held.onward.like(document_id, passage_id, most)))


@api.get("/api/v1/documents/<document_id>/passages/<passage_id>/since")
def since(document_id: str, passage_id: str) -> Response:
    """What later papers say of a passage."""
    forms.check_parameters(request.args, ("limit",))
    most = forms.whole_number(request.args, "limit", forms.PAGE_SIZE, 1, forms.MOST_HITS)
    held = library()
    source = held.source(document_id, passage_id)
    return jsonify(payload.since_to_json(source, held.onward.since(document_id, passage_id, most)))


@api.get("/api/v1/cases")
def cases() -> Response:
    """The cases that papers name."""
    forms.check_parameters(request.args, ())
    return jsonify([payload.case_to_json(case) for case in library().onward.cases()])


@api.get("/api/v1/case")
def case() -> Response:
    """All that is told of one case."""
    forms.check_parameters(request.args, ("name", "limit"))
    most = forms.whole_number(request.args, "limit", forms.MOST_HITS, 1, forms.MOST_HITS)
    return jsonify(payload.history_to_json(library().onward.case(forms.name(request.args), most)))


@api.get("/api/v1/openapi.json")
def openapi() -> Response:
    """This interface, described for programs; without an index, without the values of filters."""
    forms.check_parameters(request.args, ())
    return jsonify(described())


def described() -> Json:
    """The OpenAPI document of this service and its index."""
    try:
        facets = library().facet_values()
    except BoardsearchError:
        facets = None
    return document_openapi(facets)


@api.get("/healthz")
def healthz() -> Response:
    """Whether the process answers; the index is not looked at."""
    return jsonify(status="ok")


@api.get("/readyz")
def readyz() -> Response:
    """Whether there is an index and its engine can be searched; the error's envelope where not."""
    held = library()
    counts = held.catalogue.counts()
    return jsonify(
        status="ready", engine=held.engine_name, documents=counts.documents, passages=counts.passages
    )
