"""The API described as OpenAPI 3.1: what each address takes, gives and refuses, to the letter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from indexer import __version__
from indexer.search.results import FACETS, FacetCount
from webapp.forms import MOST_HITS, MOST_OFFSET, MOST_PLAIN, SORTS
from webapp.shapes import Json, array, ref, schemas, text

Facets = Mapping[str, tuple[FacetCount, ...]]

LONGEST_QUESTION = 1000
"""Characters, as the library allows; said here so that a program need not find out."""
MOST_LISTED = 200
"""Values of a filter that are listed."""
_FACET_WORDS = {
    "year": "Reporting year, such as 2012-13.",
    "subgroup": "Subgroup of the board.",
    "theme": "Theme.",
    "kind": "Kind of paper.",
    "body": "Board or committee whose paper it is.",
    "statement": "Kind of statement: recommendation, action, decision or finding.",
}


def document_openapi(facets: Facets | None = None) -> Json:
    """The whole OpenAPI document; with ``facets``, the values that filters can take in this index."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Boardsearch",
            "version": __version__,
            "summary": "Find past safeguarding learning in board papers, and cite the page it stands on.",
            "description": "Read only. A filter may be given more than once: any of its values will do.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "paths": paths(facets or {}),
        "components": {"schemas": schemas(), "responses": responses()},
    }


# ---------------------------------------------------------------- paths


def paths(facets: Facets) -> Json:
    """Every address for programs."""
    return {
        "/api/v1/search": get(
            "search",
            "Passages that match a question, best first, each with its citation.",
            "Results",
            [question(), *filters(facets), limit(10), offset(), sort(), *switches()],
            refuses=("400", "503"),
        ),
        "/api/v1/answer": get(
            "answer",
            "Sentences of the papers, word for word, that answer a question.",
            "Answer",
            [question(), *filters(facets), limit(8), *switches()],
            refuses=("400", "503"),
        ),
        "/api/v1/documents": get(
            "listDocuments", "All papers, by title.", "Documents", refuses=("400", "503")
        ),
        "/api/v1/documents/{document_id}": get(
            "showDocument",
            "What a paper is and holds: parts, outline, statements and names.",
            "DocumentDetail",
            [document_id()],
            refuses=("400", "404", "410", "503"),
        ),
        **onward_paths(),
        "/api/v1/openapi.json": get("describe", "This document.", "OpenApi", refuses=("400",)),
        "/healthz": get("health", "Whether the process answers.", "Health"),
        "/readyz": get("ready", "Whether the index can be searched.", "Ready", refuses=("503",)),
    }


def onward_paths() -> Json:
    """The addresses that lead on from a passage."""
    return {
        "/api/v1/documents/{document_id}/passages/{passage_id}/like": get(
            "likePassage",
            "Passages that are about the same, the most alike first; copies are left out.",
            "Like",
            [document_id(), passage_id(), limit(10)],
            refuses=("400", "404", "410", "503"),
        ),
        "/api/v1/documents/{document_id}/passages/{passage_id}/since": get(
            "sincePassage",
            "Passages of later papers that report on a recommendation, oldest first.",
            "Since",
            [document_id(), passage_id(), limit(10)],
            refuses=("400", "404", "410", "503"),
        ),
        "/api/v1/cases": get("listCases", "The cases that papers name.", "Cases", refuses=("400", "503")),
        "/api/v1/case": get(
            "showCase",
            "All passages that tell of one case, by the date of their papers.",
            "CaseHistory",
            [case_name(), limit(MOST_HITS)],
            refuses=("400", "404", "503"),
        ),
    }


def get(
    operation: str,
    summary: str,
    schema: str,
    parameters: list[Json] | None = None,
    refuses: tuple[str, ...] = (),
) -> Json:
    """A path that can only be read."""
    content = {"application/json": {"schema": ref(schema)}}
    answers: Json = {"200": {"description": summary, "content": content}}
    for status in refuses:
        answers[status] = {"$ref": f"#/components/responses/{status}"}
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": parameters or [],
            "responses": answers,
        }
    }


def parameter(name: str, description: str, schema: Json, **more: Any) -> Json:
    """A parameter of the address."""
    return {"name": name, "in": "query", "description": description, "schema": schema} | more


def question() -> Json:
    """The question."""
    words = (
        "A question or a few words, at least two letters or a digit. “Double quotes” hold words together, a "
        "minus sign or NOT excludes, AND, OR and brackets join, word* and word~ find other spellings, and "
        "fields such as year:2012-13 narrow. Words such as “the” and “of” alone are refused."
    )
    schema = {"type": "string", "pattern": r"\p{Nd}|\p{L}[\s\S]*\p{L}", "maxLength": LONGEST_QUESTION}
    return parameter("q", words, schema, required=True, example="co-sleeping")


def filters(facets: Facets) -> list[Json]:
    """A parameter for each facet."""
    return [
        parameter(facet, _FACET_WORDS[facet], choice(facets.get(facet)), style="form", explode=True)
        for facet in FACETS
    ]


def choice(counts: tuple[FacetCount, ...] | None) -> Json:
    """Any of a facet's values; they are listed where they are known and not too many to read."""
    if counts is None or len(counts) > MOST_LISTED:
        return array({"type": "string", "minLength": 1})
    if not counts:
        return array(text()) | {"maxItems": 0}
    return array({"enum": [count.value for count in counts]})


def limit(default: int) -> Json:
    """How many."""
    schema = {"type": "integer", "minimum": 1, "maximum": MOST_HITS, "default": default}
    return parameter("limit", "The most to give.", schema)


def offset() -> Json:
    """Where to start."""
    schema = {"type": "integer", "minimum": 0, "maximum": MOST_OFFSET, "default": 0}
    return parameter("offset", "How many to pass over.", schema)


def sort() -> Json:
    """In which order."""
    return parameter(
        "sort", "The order of the hits.", {"type": "string", "enum": list(SORTS), "default": SORTS[0]}
    )


def switches() -> list[Json]:
    """What is searched along."""
    return [
        parameter("expand", "Whether other words for the same are searched too.", switch("1")),
        parameter(
            "plain",
            "Words of the question, as an expansion names them, whose other words are left out.",
            array(text()) | {"maxItems": MOST_PLAIN},
            style="form",
            explode=True,
        ),
        parameter(
            "boilerplate", "Whether contents pages, apologies and the like are searched too.", switch("0")
        ),
        parameter(
            "wish", "Whether papers of the years and kinds that a question names come first.", switch("1")
        ),
        parameter(
            "spell", "Whether the suggestion is searched where misspelled words find little.", switch("1")
        ),
    ]


def switch(default: str) -> Json:
    """1 or 0."""
    return {"type": "string", "enum": ["0", "1", "false", "true"], "default": default}


def document_id() -> Json:
    """Which paper."""
    return {
        "name": "document_id",
        "in": "path",
        "required": True,
        "description": "The id of a paper, as hits and the list of papers give it.",
        "schema": {"type": "string", "minLength": 1, "pattern": "^[^/]+$"},
    }


def passage_id() -> Json:
    """Which passage of the paper."""
    return document_id() | {"name": "passage_id", "description": "The id of a passage, as hits give it."}


def case_name() -> Json:
    """Which case."""
    schema = {"type": "string", "pattern": r"[\p{L}\p{Nd}]", "maxLength": LONGEST_QUESTION}
    return parameter("name", "The name of a case, or another name of it.", schema, required=True)


def responses() -> Json:
    """What a refusal looks like, by status."""
    words = {
        "400": "An unknown parameter, filter or value, or nothing to search for.",
        "404": "There is no such paper, passage or case.",
        "410": "The board office withdrew the paper.",
        "503": "There is no index, or its engine failed. Never given for an empty result.",
    }
    content = {"application/json": {"schema": ref("Error")}}
    return {status: {"description": each, "content": content} for status, each in words.items()}
