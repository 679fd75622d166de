"""The JSON API, its shapes held to the contract."""

from __future__ import annotations

from typing import Any

import pytest
from flask.testing import FlaskClient

Json = dict[str, Any]

HIT = """rank score id text highlights file lines pages document part section subgroups themes cases
    statement citation url also_in""".split()
RESULTS = """query total total_is_exact took_ms engine expansions suggestion hits facets
    corrected wishes wishes_followed""".split()
SHOW = (
    "document scan parts sections statements subgroups cases acronyms tables unread_pages corrections".split()
)


def test_a_hit_has_all_that_the_contract_names(report_hit: Json, minutes_hit: Json) -> None:
    for hit in (report_hit, minutes_hit):
        assert set(HIT) <= set(hit)
        assert set(hit["document"]) >= {"id", "title", "kind", "body", "date", "years"}
    assert report_hit["pages"] == [{"number": 3, "label": "2", "basis": "file"}]
    assert report_hit["lines"] is None
    assert minutes_hit["pages"] == []
    first, last = minutes_hit["lines"]
    assert 1 <= first <= last


def test_results_have_all_that_the_contract_names(client: FlaskClient) -> None:
    found = client.get("/api/v1/search?q=neglect").get_json()
    assert set(RESULTS) <= set(found)
    assert set(found["facets"]) == {"year", "subgroup", "theme", "kind", "body", "statement"}
    assert found["total"] >= len(found["hits"]) > 0


def test_highlights_are_slices_of_the_text(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?q=neglect").get_json()["hits"]
    marked = [hit["text"][a:b].casefold() for hit in hits for a, b in hit["highlights"]]
    assert marked
    assert all(word.startswith("neglect") for word in marked)


def test_the_address_of_a_hit_is_its_page(client: FlaskClient, report_hit: Json) -> None:
    assert client.get(report_hit["url"]).status_code == 200


def test_limit_and_offset_are_windows_of_one_list(client: FlaskClient) -> None:
    def ids(tail: str) -> list[str]:
        return [hit["id"] for hit in client.get(f"/api/v1/search?q=board{tail}").get_json()["hits"]]

    everything = ids("&limit=100")
    assert len(everything) > 2
    assert ids("&limit=1") + ids("&limit=100&offset=1") == everything


def test_an_answer_is_verbatim(client: FlaskClient, report_hit: Json) -> None:
    answer = client.get("/api/v1/answer?q=co-sleeping+health+visitors&limit=1").get_json()
    (sentence,) = answer["sentences"]
    assert " ".join(sentence["text"].split()) in " ".join(report_hit["text"].split())
    assert sentence["citation"] == report_hit["citation"]


def test_documents(client: FlaskClient, report_hit: Json) -> None:
    listed = client.get("/api/v1/documents").get_json()
    assert report_hit["document"]["id"] in [document["id"] for document in listed]
    assert len(listed) == 2


def test_a_document_by_id_or_file(client: FlaskClient, report_hit: Json) -> None:
    shown = client.get(f"/api/v1/documents/{report_hit['document']['id']}").get_json()
    assert list(shown) == SHOW
    assert shown["document"]["file"] == "annual report.pdf"
    assert client.get("/api/v1/documents/annual%20report.pdf").get_json() == shown


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/api/v1/search", "query_empty"),
        ("/api/v1/search?q=", "query_empty"),
        ("/api/v1/answer?q=%20", "query_empty"),
        ("/api/v1/search?q=of+the", "query_only_stop_words"),
        ("/api/v1/search?q=" + "a" * 10_000, "query_too_long"),
        ("/api/v1/search?q=neglect&year=1066-67", "unknown_filter"),
        ("/api/v1/search?q=neglect&colour=red", "invalid_parameter"),
        ("/api/v1/search?q=neglect&limit=many", "invalid_parameter"),
        ("/api/v1/documents?page=2", "invalid_parameter"),
    ],
)
def test_what_cannot_be_asked(client: FlaskClient, path: str, code: str) -> None:
    response = client.get(path)
    assert response.status_code == 400
    error = response.get_json()["error"]
    assert error["code"] == code
    assert set(error) == {"code", "message", "hint"}
    assert error["hint"]


def test_an_unknown_document(client: FlaskClient) -> None:
    response = client.get("/api/v1/documents/nope")
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] == "unknown_document"


def test_ready(client: FlaskClient) -> None:
    assert client.get("/readyz").get_json()["documents"] == 2


def test_a_search_can_be_held_to_a_kind_of_statement(client: FlaskClient) -> None:
    everything = client.get("/api/v1/search?q=board&limit=100").get_json()
    kind, counted = next((each["value"], each["count"]) for each in everything["facets"]["statement"])
    held = client.get(f"/api/v1/search?q=board&statement={kind}&limit=100").get_json()
    assert 0 < held["total"] == counted < everything["total"]
    assert {hit["statement"] for hit in held["hits"]} == {kind}
    assert client.get("/api/v1/search?q=board&statement=wish").status_code == 400
