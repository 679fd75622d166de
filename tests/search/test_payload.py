"""The JSON is what other programs rely on: its keys are held here to the letter."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.catalogue import Catalogue, Record
from indexer.errors import QueryTooLong
from indexer.generations import current
from indexer.model import Box, PageBasis, PageRef, Span, StatementKind, Unread, UnreadCode
from indexer.search.citations import cite
from indexer.search.payload import (
    answer_to_json,
    document_to_json,
    documents_to_json,
    error_to_json,
    hit_to_json,
    results_to_json,
    unread_to_json,
)
from indexer.search.query import Expansion
from indexer.search.results import Answer, Coverage, FacetCount, Hit, Quote, Results
from indexer.settings import Settings

COVERAGE = Coverage(24, 661, "2008-09", "2017-18", 1, 2)
HIT = set(
    """rank score id text highlights file lines pages document part section subgroups themes cases statement
    citation url also_in""".split()
)
SEARCH = {
    "query",
    "total",
    "total_is_exact",
    "took_ms",
    "engine",
    "expansions",
    "suggestion",
    "hits",
    "facets",
}
DOCUMENT = {"id", "title", "kind", "body", "date", "years"}
PLACE = {"lines", "pages"}
SHOW = {
    "parts": {"item", "title", "kind", "body", "date", "years"} | PLACE,
    "sections": {"id", "title", "level"} | PLACE,
    "statements": {"kind", "text", "number"} | PLACE,
    "subgroups": {"name", "aliases"} | PLACE,
    "cases": {"name", "aliases"} | PLACE,
    "acronyms": {"short", "long"} | PLACE,
    "tables": {"title"} | PLACE,
}


@pytest.fixture
def hit(a_record: Callable[..., Record]) -> Hit:
    """A recommendation inside a pack, with a copy of its own in a text."""
    passage = {
        "pages": (PageRef(32, "22", PageBasis.FILE),),
        "spans": (Span(0, 15, 32, (Box(0.1, 0.2, 0.912345678, 0.25),)),),
        "statement": StatementKind.RECOMMENDATION,
        "themes": ("neglect",),
        "cases": ("Child K",),
        "subgroups": ("Audit Group",),
    }
    record = a_record("Act on neglect.", "Learning", part={"item": "4", "title": "Audit"}, passage=passage)
    copy = a_record("Act on neglect.", ordinal=1, passage={"lines": (3, 4)}, document={"file": "a.txt"})
    return Hit(1, 12.345678, cite(record, alone=False), ((7, 14),), (0, 15), (cite(copy, alone=True),))


@pytest.fixture
def catalogue(sample_index: Settings) -> Iterator[Catalogue]:
    with Catalogue.open(current(sample_index.index).catalogue_path) as opened:
        yield opened


def test_a_hit_has_the_keys_of_the_contract(hit: Hit) -> None:
    found = hit_to_json(hit)
    assert set(found) >= HIT
    assert set(found["document"]) == DOCUMENT
    assert set(found["part"]) == {"item", "title", "kind"}
    assert set(found["section"]) == {"id", "title", "path"}
    assert set(found["also_in"][0]) >= {"file", "lines", "pages", "citation", "url"}


def test_the_values_of_a_hit(hit: Hit) -> None:
    found = hit_to_json(hit)
    assert (found["rank"], found["score"], found["text"]) == (1, 12.3457, "Act on neglect.")
    assert (found["highlights"], found["snippet"], found["lines"]) == ([[7, 14]], [0, 15], None)
    assert found["pages"] == [{"number": 32, "label": "22", "basis": "file"}]
    assert (found["statement"], found["themes"], found["cases"]) == (
        "recommendation",
        ["neglect"],
        ["Child K"],
    )
    assert found["part"] == {"item": "4", "title": "Audit", "kind": "annual_report"}
    assert found["document"]["years"] == ["2012-13"] and found["document"]["kind"] == "annual_report"
    assert found["spans"] == [{"page": 32, "boxes": [[0.1, 0.2, 0.91235, 0.25]]}]
    assert found["url"] == "/documents/annual-report-1a2b/passages/p0"
    assert found["also_in"][0]["lines"] == [3, 4] and found["also_in"][0]["pages"] == []
    assert json.loads(json.dumps(found)) == found


def test_part_section_and_statement_may_be_null(a_record: Callable[..., Record]) -> None:
    found = hit_to_json(Hit(1, 0.0, cite(a_record("x"), alone=True), (), (0, 1)))
    assert (found["part"], found["section"], found["statement"]) == (None, None, None)


def test_a_page_of_results_has_the_keys_of_the_contract(hit: Hit) -> None:
    results = Results(
        query="neglect",
        total=2,
        total_is_exact=True,
        took_ms=1.23456,
        engine="memory",
        hits=(hit,),
        facets={"year": (FacetCount("2012-13", 2, selected=True),)},
        coverage=COVERAGE,
        expansions=(Expansion("neglect", ("poor hygiene",)),),
    )
    found = results_to_json(results)
    assert set(found) >= SEARCH
    assert found["took_ms"] == 1.2 and found["suggestion"] is None
    assert found["facets"] == {"year": [{"value": "2012-13", "count": 2}]}
    assert found["expansions"] == [
        {"typed": "neglect", "added": ["poor hygiene"], "broader": [], "called": []}
    ]
    assert found["searched"]["documents"] == 24 and found["searched"]["unread_pages"] == 2
    assert [one["id"] for one in found["hits"]] == ["p0"]


def test_an_answer_quotes_with_its_place(hit: Hit) -> None:
    quote = Quote("on neglect", (4, 14), ((3, 10),), hit.source)
    (sentence,) = answer_to_json(Answer("neglect", (quote,), COVERAGE))["sentences"]
    assert (sentence["text"], sentence["span"], sentence["highlights"]) == ("on neglect", [4, 14], [[3, 10]])
    assert sentence["citation"] and sentence["url"] and sentence["pages"][0]["label"] == "22"


def test_an_error_is_an_envelope() -> None:
    error = QueryTooLong(2000, 1000)
    assert error_to_json(error) == {
        "error": {"code": "query_too_long", "message": error.message, "hint": error.hint}
    }


def test_an_unread_page_is_named() -> None:
    unread = Unread("a.pdf", UnreadCode.NEEDS_OCR, "It needs OCR.", 3)
    assert unread_to_json(unread) == {
        "file": "a.pdf",
        "page": 3,
        "code": "needs_ocr",
        "reason": "It needs OCR.",
    }


def test_every_document_is_shown_with_the_keys_of_the_contract(catalogue: Catalogue) -> None:
    documents = documents_to_json(catalogue)
    shown = [document_to_json(catalogue, document) for document in catalogue.documents()]
    assert [one["document"] for one in shown] == documents
    assert len(shown) > 15 and all(
        set(one) == {"document", "scan", "unread_pages", "corrections", *SHOW} for one in shown
    )
    for key, keys in SHOW.items():
        found = [item for one in shown for item in one[key]]
        assert found and all(set(item) == keys for item in found), key
    assert all({"file"} | DOCUMENT <= set(document) for document in documents)
    assert json.loads(json.dumps(shown)) == shown


def test_lines_are_null_just_where_a_source_has_none(catalogue: Catalogue) -> None:
    for document in catalogue.documents():
        shown = document_to_json(catalogue, document)
        lined = document.file.endswith((".txt", ".md"))
        places = [item for key in SHOW for item in shown[key]]
        assert all((place["lines"] is not None) == lined for place in places)
        assert all(bool(place["pages"]) == document.file.endswith(".pdf") for place in places)


@pytest.mark.shared
def test_the_contract_as_it_is_written(shared_folder: Path, hit: Hit, catalogue: Catalogue) -> None:
    written = [
        json.loads(block) for block in _json_blocks((shared_folder / "CONTRACT.md").read_text("utf-8"))
    ]
    a_hit, a_show = written
    assert_keys(a_hit, hit_to_json(hit))
    for document in catalogue.documents():
        assert_keys(a_show, document_to_json(catalogue, document))


def _json_blocks(text: str) -> Iterator[str]:
    return (match[1] for match in re.finditer(r"```json\n(.*?)```", text, re.S))


def assert_keys(written: Any, found: Any) -> None:
    """Everything that is written down is there, of the same shape."""
    if isinstance(written, dict):
        assert isinstance(found, dict) and set(written) <= set(found)
        for key, value in written.items():
            if found[key] is not None:
                assert_keys(value, found[key])
    elif isinstance(written, list):
        assert isinstance(found, list)
        for item in found[: 1 if written else 0]:
            assert_keys(written[0], item)
