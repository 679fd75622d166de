"""Answer packs on the web: collected, ordered, annotated, taken away and shared, without scripts."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.answer_packs.store import AnswerPacks
from indexer.build import Options, build
from indexer.settings import Settings
from webapp import create_app

SEARCH = "/search?q=neglect"


@pytest.fixture
def client(app: Flask, settings: Settings) -> Iterator[FlaskClient]:
    """A reader's browser; what she collects is swept away."""
    yield app.test_client()
    AnswerPacks(settings.index).path.unlink(missing_ok=True)


def fields(page: str) -> dict[str, str]:
    """The hidden fields of a page's forms."""
    found = re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page)
    return {name: html.unescape(value) for name, value in found}


def offered(page: str) -> list[str]:
    """The passages that a page offers to collect."""
    return re.findall(r'form="collect" name="passage" value="([^"]+)"', page)


def collect(client: FlaskClient, address: str = SEARCH, most: int = 2) -> list[str]:
    page = client.get(address).text
    keys = offered(page)[:most]
    for key in keys:
        answer = client.post("/my-pack/add", data={**fields(page), "passage": key})
        assert answer.status_code == 303
        assert answer.location == f"{address}#collect-{key.split('/')[1]}"
    return keys


def send(client: FlaskClient, do: str, address: str = "/my-pack", **changes: str) -> TestResponse:
    token = fields(client.get("/my-pack").text)["csrf_token"]
    form = {"csrf_token": token, "do": do, "title": "", "question": ""} | changes
    return client.post(address, data=form)


def links(client: FlaskClient) -> tuple[str, str]:
    """The links to read and to change the pack."""
    page = client.get("/my-pack").text
    read = re.search(r'href="http://localhost(/packs/[^"/]+)"', page)
    change = re.search(r"http://localhost(/packs/[^<]+/edit/[^<]+)<", page)
    assert change
    return (read[1] if read else ""), change[1]


def test_a_passage_is_collected_from_the_hits_and_from_its_own_page(
    client: FlaskClient, report_hit: dict[str, Any]
) -> None:
    assert "/my-pack" in client.get("/").text
    keys = collect(client)
    page = client.get(SEARCH).text
    assert not set(keys) & set(offered(page)) and page.count("In your pack") == len(keys)
    assert f"Your pack ({len(keys)})" in page
    collect(client, report_hit["url"])
    mine = client.get("/my-pack").text
    assert f"{len(keys) + 1} passages" in mine and report_hit["citation"].split("”")[0] in html.unescape(mine)


def test_a_statement_of_the_register_is_collected_without_a_search(client: FlaskClient) -> None:
    collect(client, "/register?year=2014-15", most=1)
    page = client.get("/my-pack/print").text
    assert "1 passage<" in page and "Searches" not in page


def test_passages_are_collected_from_a_page_and_from_what_was_found_inside_a_paper(
    client: FlaskClient, report_hit: dict[str, Any]
) -> None:
    document = f"/documents/{report_hit['document']['id']}"
    keys = collect(client, f"{document}/pages/3", most=1) + collect(
        client, f"{document}/find?q=board", most=1
    )
    page = client.get("/my-pack/print").text
    assert all(key.replace("/", "/passages/") in page for key in keys) and "Searches" not in page


def test_it_says_what_was_searched_and_what_could_not_be(client: FlaskClient) -> None:
    collect(client, "/search?q=neglect&kind=minutes", most=1)
    page = html.unescape(client.get("/my-pack/print").text)
    assert "“neglect”, only Kind of paper Minutes: " in page
    assert "1 file could not be read" in page and "empty.txt: the whole file" in page
    assert "2 papers with" in page and "Made on" in page


def test_passages_are_ordered_annotated_and_removed(client: FlaskClient) -> None:
    first, second = collect(client)
    notes = {f"note:{first}": "A note\r\nin two lines", f"note:{second}": ""}
    answer = send(client, f"down:{first}", title="What the Board said", question="Why?", **notes)
    assert answer.status_code == 303 and answer.location.endswith(f"#collect-{first.split('/')[1]}")
    printed = client.get("/my-pack/print").text
    assert "What the Board said" in printed and "A note\nin two lines" in printed
    places = [printed.index(key.replace("/", "/passages/")) for key in (first, second)]
    assert places == sorted(places, reverse=True)
    assert send(client, f"remove:{first}").status_code == 303
    assert "1 passage<" in client.get("/my-pack").text


@pytest.mark.parametrize(
    ("form", "media"),
    [("docx", "wordprocessingml"), ("csv", "text/csv; charset=utf-8"), ("json", "application/json")],
)
def test_it_is_taken_away(client: FlaskClient, form: str, media: str) -> None:
    collect(client)
    send(client, "save", title="Neglect: the Board’s words")
    answer = client.get(f"/my-pack/answer-pack.{form}")
    assert answer.status_code == 200 and media in answer.headers["Content-Type"]
    assert answer.headers["Content-Disposition"] == f"attachment; filename=neglect-the-board-s-words.{form}"
    if form == "docx":
        assert docx.Document(io.BytesIO(answer.data)).paragraphs[0].text == "Neglect: the Board’s words"
    else:
        assert b"http://localhost/documents/" in answer.data
    assert client.get("/my-pack/answer-pack.exe").status_code == 404


def test_a_link_lets_others_read_and_nothing_else(app: Flask, client: FlaskClient) -> None:
    collect(client)
    assert links(client)[0] == ""
    send(client, "share", title="For the meeting")
    read, _ = links(client)
    other = app.test_client()
    page = other.get(read)
    assert page.status_code == 200 and "For the meeting" in page.text
    assert 'name="do"' not in page.text and "/edit/" not in page.text
    assert other.get(f"{read}/answer-pack.json").get_json()["title"] == "For the meeting"
    assert "begins one" in other.get("/my-pack/print").text
    send(client, "unshare")
    assert other.get(read).status_code == 404
    assert other.get(f"{read}/answer-pack.docx").status_code == 404


def test_the_editing_link_asks_before_it_puts_a_pack_in_a_readers_hands(
    app: Flask, client: FlaskClient
) -> None:
    collect(client)
    _, change = links(client)
    other = app.test_client()
    collect(other, most=1)
    asked = other.get(change)
    assert asked.status_code == 200 and "put aside" in asked.text
    assert "1 passage<" in other.get("/my-pack").text
    assert other.post(change).status_code == 400
    assert other.post(change, data=fields(asked.text)).status_code == 303
    assert "2 passages" in other.get("/my-pack").text
    assert other.get(change[:-1] + ("A" if change[-1] != "A" else "B")).status_code == 404


def test_it_is_deleted_after_a_question_and_put_aside_without(client: FlaskClient) -> None:
    collect(client)
    _, change = links(client)
    assert send(client, "", "/my-pack/leave").status_code == 303
    assert "You need no account" in client.get("/my-pack").text
    asked = client.get(change).text
    client.post(change, data=fields(asked))
    page = client.get("/my-pack/delete").text
    assert "It cannot be brought back" in page
    assert client.post("/my-pack/delete", data=fields(page)).status_code == 303
    assert client.get(change).status_code == 404


def test_a_pack_that_is_gone_meanwhile_is_followed_by_another(
    client: FlaskClient, settings: Settings
) -> None:
    collect(client, most=1)
    AnswerPacks(settings.index).path.unlink()
    assert client.get(SEARCH).status_code == 200
    assert len(collect(client, most=1)) == 1
    assert "1 passage<" in client.get("/my-pack").text


def test_it_outlives_a_restart_and_serves_a_second_process(settings: Settings, client: FlaskClient) -> None:
    collect(client)
    cookie = client.get_cookie("boardsearch")
    assert cookie is not None and cookie.http_only and cookie.same_site == "Strict" and cookie.expires
    again = create_app(settings).test_client()
    again.set_cookie("boardsearch", cookie.value)
    assert "2 passages" in again.get("/my-pack").text


# ---------------------------------------------------------------- what no form of ours sends


@pytest.mark.parametrize(
    ("changes", "status", "says"),
    [
        ({"do": "up:none/none"}, 400, "not in the pack any more"),
        ({"do": "fly"}, 400, "no button"),
        ({"title": "x" * 201}, 400, "201 characters"),
        ({"question": "x" * 1001}, 400, "1,001 characters"),
        ({"csrf_token": "forged"}, 400, "load the page again"),
        ({"title": "x" * 3_000_000}, 413, "too large"),
    ],
)
def test_what_cannot_be_kept_is_refused_and_said(
    client: FlaskClient, changes: dict[str, str], status: int, says: str
) -> None:
    collect(client)
    answer = send(client, **{"do": "save", "title": "Typed", **changes})
    assert answer.status_code == status and says in answer.text and "Traceback" not in answer.text
    assert "Typed" not in client.get("/my-pack/print").text


def test_what_was_typed_is_still_there_after_an_error(client: FlaskClient) -> None:
    (first, _) = collect(client)
    answer = send(client, "save", title="x" * 201, **{f"note:{first}": "Long thought over"})
    assert "Long thought over" in answer.text and "Error: Your pack" in answer.text


def test_a_long_note_to_each_of_many_passages_can_be_sent(client: FlaskClient) -> None:
    (first, second) = collect(client)
    assert send(client, "save", **{f"note:{first}": "ü" * 2000, "other": "x" * 500_000}).status_code == 303
    assert send(client, "save", **{f"note:{second}": "x" * 2001}).status_code == 400


@pytest.mark.parametrize("passage", ["", "none", "none/none", "../../etc", "x" * 5000])
def test_a_passage_that_is_not_there_is_not_collected(client: FlaskClient, passage: str) -> None:
    page = client.get(SEARCH).text
    assert client.post("/my-pack/add", data={**fields(page), "passage": passage}).status_code == 404
    assert client.post("/my-pack/add", data={"passage": offered(page)[0]}).status_code == 400


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere", "x", ""]
)
def test_the_way_back_stays_on_this_site(client: FlaskClient, back: str) -> None:
    page = client.get(SEARCH).text
    form = {**fields(page), "back": back, "passage": offered(page)[0]}
    assert client.post("/my-pack/add", data=form).location.startswith("/my-pack#")


def test_without_a_pack_its_addresses_say_how_to_begin(client: FlaskClient) -> None:
    for address in ("/my-pack/print", "/my-pack/delete", "/my-pack/answer-pack.docx"):
        answer = client.get(address)
        assert answer.status_code == 404 and "Collect a passage first" in answer.text
    for address in ("/packs/none", "/packs/none/edit/none", "/packs/none/answer-pack.csv"):
        assert client.get(address).status_code == 404


def test_a_disk_that_refuses_costs_the_pack_and_no_page(client: FlaskClient, settings: Settings) -> None:
    collect(client)
    AnswerPacks(settings.index).path.write_bytes(b"no database" * 200)
    assert client.get(SEARCH).status_code == 200
    answer = client.get("/my-pack")
    assert answer.status_code == 503 and "is damaged" in answer.text


def test_a_paper_that_is_gone_is_said_and_not_quoted(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text("# Neglect\n\nThe audit of neglect found drift in six of twenty cases.\n")
    (corpus / "b.md").write_text("# Training\n\nAll staff were trained in May 2014.\n")
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    build(settings, Options(jobs=0))
    client = create_app(settings).test_client()
    collect(client, most=1)
    send(client, "share")
    read, _ = links(client)
    (corpus / "a.md").unlink()
    build(settings, Options(jobs=0))
    for address in ("/my-pack", "/my-pack/print", read):
        page = client.get(address)
        assert page.status_code == 200 and "no longer among the papers" in page.text
        assert "found drift" not in page.text


def test_pages_are_whole(client: FlaskClient, outline: Any) -> None:
    empty = outline(client.get("/my-pack").text)
    collect(client)
    send(client, "share")
    read, change = links(client)
    addresses = ("/my-pack", "/my-pack/print", "/my-pack/delete", read, change, SEARCH)
    for found in (empty, *(outline(client.get(address).text) for address in addresses)):
        assert (found.unbalanced, found.inline) == ([], [])
        assert len(found.ids) == len(set(found.ids))
        assert found.levels[0] == 1 and all(
            b - a <= 1 for a, b in zip(found.levels, found.levels[1:], strict=False)
        )
