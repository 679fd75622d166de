"""Every failure has its status, its words and, for programs, its envelope; every response its headers."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer import errors
from indexer.errors import BoardsearchError
from indexer.settings import Settings
from webapp import create_app, handlers
from webapp.handlers import status_of


def leaves(kind: type[BoardsearchError] = BoardsearchError) -> list[type[BoardsearchError]]:
    return [kind, *(leaf for child in kind.__subclasses__() for leaf in leaves(child))]


def test_every_error_but_the_root_has_a_status() -> None:
    for kind in leaves():
        status = status_of(kind.__new__(kind))
        assert (status == 500) == (kind is BoardsearchError), kind


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (errors.QueryEmpty(), 400),
        (errors.UnknownFilter("x"), 400),
        (errors.UnknownDocument("x"), 404),
        (errors.PageOutOfRange("x"), 404),
        (errors.OriginalGone("x"), 410),
        (errors.IndexMissing("x"), 503),
        (errors.EngineTimeout("x"), 503),
        (errors.PartialResults("x"), 503),
        (errors.InvalidSetting("x"), 503),
    ],
)
def test_statuses(error: BoardsearchError, status: int) -> None:
    assert status_of(error) == status


@pytest.mark.parametrize(
    "path", ["/", "/search?q=neglect", "/documents", "/documents/x", "/documents/x/file"]
)
def test_no_index_is_a_fault_and_says_so(no_index: FlaskClient, path: str) -> None:
    response = no_index.get(path)
    assert response.status_code == 503
    assert "boardsearch build" in response.text
    assert "not an empty result" in response.text


@pytest.mark.parametrize(
    "path", ["/api/v1/search?q=neglect", "/api/v1/answer?q=neglect", "/api/v1/documents", "/readyz"]
)
def test_no_index_for_programs(no_index: FlaskClient, path: str) -> None:
    response = no_index.get(path)
    assert response.status_code == 503
    error = response.get_json()["error"]
    assert error["code"] == "index_missing"
    assert error["message"]
    assert error["hint"]


def test_the_process_is_well_without_an_index(no_index: FlaskClient) -> None:
    assert no_index.get("/healthz").get_json() == {"status": "ok"}
    assert no_index.get("/guide").status_code == 200


def test_an_engine_that_fails_is_never_an_empty_result(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise errors.EngineUnavailable("The engine cannot be reached.", "Start it.")

    monkeypatch.setattr("indexer.search.library.Library.search", fail)
    page = client.get("/search?q=neglect")
    assert page.status_code == 503
    assert "Nothing found" not in page.text
    assert client.get("/api/v1/search?q=neglect").get_json()["error"]["code"] == "engine_unavailable"


def test_a_fault_of_ours_shows_nothing_of_the_inside(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr("indexer.search.library.Library.search", fail)
    client = create_app(settings).test_client()
    with caplog.at_level(logging.ERROR):
        page = client.get("/search?q=neglect")
        answer = client.get("/api/v1/search?q=neglect")
    assert page.status_code == answer.status_code == 500
    assert "secret" not in page.text + answer.text
    assert "secret" in caplog.text
    assert answer.get_json()["error"]["code"] == "internal_error"


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE"])
@pytest.mark.parametrize("path", ["/search", "/api/v1/search", "/healthz"])
def test_nothing_can_be_written(client: FlaskClient, method: str, path: str) -> None:
    response = client.open(path, method=method)
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]
    assert response.is_json == (path != "/search")


def test_an_unknown_address_for_programs(client: FlaskClient) -> None:
    response = client.get("/api/v1/nope")
    assert response.status_code == 404
    assert response.get_json()["error"]["code"] == "not_found"


@pytest.mark.parametrize(
    "path", ["/", "/search?q=neglect", "/nope", "/api/v1/documents", "/static/boardsearch.css"]
)
def test_headers(client: FlaskClient, path: str) -> None:
    headers = client.get(path, buffered=True).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_table_names_no_class_twice() -> None:
    parents = [kind for kind in handlers.STATUSES if kind.__base__ is BoardsearchError]
    assert len(parents) == len(BoardsearchError.__subclasses__())


def test_nobody_is_told_over_http_to_run_a_command_to_find_a_document(client: FlaskClient) -> None:
    page = client.get("/documents/nope").text
    assert "no document “nope”" in page
    assert "renamed" in page
    answer = client.get("/api/v1/documents/nope").get_json()["error"]
    assert "/api/v1/documents" in answer["hint"]
    assert "boardsearch list" not in page + answer["hint"]


def test_what_an_operator_must_do_is_said_to_be_theirs(no_index: FlaskClient) -> None:
    assert "For whoever looks after this service: Run `boardsearch build`" in no_index.get("/").text
