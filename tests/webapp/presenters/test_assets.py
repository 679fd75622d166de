"""One style sheet and one script, under names that tell their content."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from webapp.presenters.assets import Assets

PARTS = {"vendor/govuk-frontend.min.css": "a{color:red}", "boardsearch.css": "mark{color:blue}"}


@pytest.fixture
def app_of_parts(tmp_path: Path) -> Flask:
    for name, text in PARTS.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    return Flask(__name__, static_folder=str(tmp_path))


def test_a_bundle_holds_its_parts_in_order_under_a_name_of_their_content(
    app_of_parts: Flask, tmp_path: Path
) -> None:
    with app_of_parts.test_request_context():
        first = Assets(app_of_parts).url("boardsearch.css")
    assert re.fullmatch(r"/assets/boardsearch-[0-9a-f]{12}\.css", first)
    client = app_of_parts.test_client()
    assert client.get(first).text == "\n".join(PARTS.values())
    (tmp_path / "boardsearch.css").write_text("mark{color:green}")
    other = Flask(__name__, static_folder=str(tmp_path))
    with other.test_request_context():
        assert Assets(other).url("boardsearch.css") != first


def test_a_part_that_was_not_fetched_is_left_out(app_of_parts: Flask, tmp_path: Path) -> None:
    (tmp_path / "vendor/govuk-frontend.min.css").unlink()
    with app_of_parts.test_request_context():
        url = Assets(app_of_parts).url("boardsearch.css")
    assert app_of_parts.test_client().get(url).text == PARTS["boardsearch.css"]


def test_a_page_has_one_style_sheet_and_one_script_and_both_are_kept(client: FlaskClient) -> None:
    page = client.get("/").text
    sheets = re.findall(r'<link rel="stylesheet" href="([^"]+)"', page)
    scripts = re.findall(r'<script[^>]* src="([^"]+)"', page)
    assert (len(sheets), len(scripts)) == (1, 1)
    for url in (*sheets, *scripts):
        plain = client.get(url)
        assert "immutable" in plain.headers["Cache-Control"]
        zipped = client.get(url, headers={"Accept-Encoding": "gzip"})
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in zipped.headers["Vary"]
        assert gzip.decompress(zipped.data) == plain.data
    icon = re.findall(r'<link rel="icon" href="([^"]+)"', page)[0]
    assert "immutable" in client.get(icon, buffered=True).headers["Cache-Control"]


def test_the_name_of_other_content_is_not_found(client: FlaskClient) -> None:
    for name in ("boardsearch-000000000000.css", "boardsearch.css", "x.js"):
        assert client.get(f"/assets/{name}").status_code == 404
