"""A list of questions on the web: one pack or one spreadsheet, and what cannot be asked."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.answer_packs.store import AnswerPacks
from indexer.settings import Settings

LIST = "co-sleeping\nneglect audit\nzebra\nthe of\n"


@pytest.fixture
def client(app: Flask, settings: Settings) -> Iterator[FlaskClient]:
    yield app.test_client()
    AnswerPacks(settings.index).path.unlink(missing_ok=True)


def send(client: FlaskClient, file: tuple[bytes, str] | None = None, **form: str) -> TestResponse:
    token = re.search(r'name="csrf_token" value="([^"]+)"', client.get("/batch").text)
    assert token
    data: dict[str, Any] = {"csrf_token": token[1], "each": "2", "as": "pack", **form}
    if file:
        data["file"] = (io.BytesIO(file[0]), file[1])
    return client.post("/batch", data=data, content_type="multipart/form-data")


def test_a_pasted_list_becomes_a_pack_under_its_questions(client: FlaskClient) -> None:
    answer = send(client, questions=LIST)
    assert (answer.status_code, answer.location) == (303, "/my-pack")
    page = html.unescape(client.get("/my-pack").text)
    headings = re.findall(r'<h2 class="govuk-heading-m">([^<]+)</h2>', page)
    assert headings == LIST.splitlines()
    assert page.count("Nothing found.") == 1 and page.count("has only words that stand in nearly every") >= 1
    printed = client.get("/my-pack/print").text
    assert "Two babies died" in printed and "“zebra”: nothing found" in html.unescape(printed)
    assert client.get("/my-pack/answer-pack.docx").status_code == 200


@pytest.mark.parametrize("name", ["list.txt", "list.csv"])
def test_a_file_becomes_a_spreadsheet(client: FlaskClient, name: str) -> None:
    answer = send(
        client, (b"question\n" * (name == "list.csv") + b"co-sleeping\nzebra\n", name), **{"as": "csv"}
    )
    assert answer.status_code == 200 and "attachment" in answer.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0]["question"] == "co-sleeping" and rows[0]["url"].startswith("http://localhost/documents/")
    assert (rows[-1]["question"], rows[-1]["remark"]) == ("zebra", "Nothing found.")


@pytest.mark.parametrize(
    ("questions", "file", "says"),
    [
        (" \n", None, "no question"),
        ("x\n" * 3 + "\n".join(map(str, range(60))), None, "61 questions"),
        ("y" * 1001, None, "1,001 characters"),
        ("", (b"\x00\x01", "list.txt"), "not text"),
        ("", (b"", "list.txt"), "no question"),
        ("", (b"x" * 300_000, "../../list.txt"), "300,000 bytes"),
        ("neglect", (b"neglect", "list.txt"), "one or the other"),
    ],
)
def test_a_list_that_cannot_be_asked_says_why_and_is_still_there(
    client: FlaskClient, questions: str, file: tuple[bytes, str] | None, says: str
) -> None:
    answer = send(client, file, questions=questions)
    assert answer.status_code == 400 and says in answer.text and "Error: Ask a list" in answer.text
    assert html.escape(questions.strip()) in answer.text
    assert "You need no account" in client.get("/my-pack").text


@pytest.mark.parametrize(
    ("changes", "status"), [({"each": "9"}, 400), ({"as": "exe"}, 400), ({"csrf_token": "x"}, 400)]
)
def test_what_no_form_of_ours_sends_is_refused(
    client: FlaskClient, changes: dict[str, str], status: int
) -> None:
    assert send(client, **{"questions": "neglect", **changes}).status_code == status


def test_a_list_larger_than_the_form_takes_is_refused(client: FlaskClient) -> None:
    answer = client.post("/batch", data=b"x" * 600_000, content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 413 and "too large" in answer.text


def test_the_page_is_whole_and_warns_of_the_pack_that_is_held(client: FlaskClient, outline: Any) -> None:
    assert "takes the place" not in client.get("/batch").text
    send(client, questions="neglect")
    page = client.get("/batch").text
    assert "takes the place" in page
    for text in (page, send(client, questions="").text, client.get("/my-pack").text):
        found = outline(text)
        assert (found.unbalanced, found.inline) == ([], []) and len(found.ids) == len(set(found.ids))
