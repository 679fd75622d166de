"""What the search page says of how a question was understood, and the links that undo it."""

from __future__ import annotations

from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient


def text(client: FlaskClient, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200, response.text
    return response.text


def links_saying(page: str, words: str) -> list[str]:
    return [unescape(part.split('"')[0]) for part in page.split('href="')[1:] if f">{words}</a>" in part]


def test_a_wish_is_told_and_undone_by_a_link(client: FlaskClient) -> None:
    page = text(client, "/search?q=minutes+about+domestic+abuse+2012-13&kind=minutes")
    assert "Understood: papers of 2012-13; minutes first." in page
    (undo,) = links_saying(page, "Search these words instead")
    assert parse_qs(urlsplit(undo).query) == {
        "q": ["minutes about domestic abuse 2012-13"],
        "kind": ["minutes"],
        "wish": ["0"],
    }
    undone = text(client, undo)
    assert "Searched as words." in undone and "Understood:" not in undone
    (again,) = links_saying(undone, "Show papers of 2012-13; minutes first")
    assert "wish" not in parse_qs(urlsplit(again).query)


def test_a_misspelled_word_that_finds_little_is_searched_as_meant(client: FlaskClient) -> None:
    page = text(client, "/search?q=slepeing")
    assert "<strong>slepeing</strong>" in page and "Searched for <strong>sleeping</strong> instead." in page
    (back,) = links_saying(page, "Search for the words as typed")
    typed = text(client, back)
    assert "Nothing found" in typed and links_saying(typed, "sleeping") == ["/search?q=sleeping&spell=0"]


def test_passages_found_by_the_suggestion_are_marked_with_it(client: FlaskClient) -> None:
    page = text(client, "/search?q=slepeing")
    assert any("q=sleeping" in part.split('"')[0] for part in page.split('href="/documents/')[1:])


def test_what_was_not_understood_is_said(client: FlaskClient) -> None:
    page = text(client, "/search?q=(domestic+AND+abuse+subgroup:blancmange")
    assert "A bracket had no partner" in page
    assert "No paper here has the subgroup “blancmange”" in page


@pytest.mark.parametrize(
    "hostile", ["<script>alert(1)</script>", "' OR 1=1; --", "\u202eneglect", "🙂 abuse"]
)
def test_hostile_words_are_words(client: FlaskClient, hostile: str) -> None:
    page = client.get("/search", query_string={"q": hostile}).text
    assert "<script>alert" not in page and "Traceback" not in page


def test_words_that_no_paper_has_are_named(client: FlaskClient) -> None:
    assert "stands in no paper: <strong>zzqx</strong>" in text(client, "/search?q=neglect+zzqx")


def test_what_was_searched_along_can_be_left_out_word_by_word(client: FlaskClient) -> None:
    page = text(client, "/search?q=co-sleeping+and+neglect")
    assert "For “co-sleeping” also searched:" in page and "For “neglect” also searched:" in page
    link = "/search?q=co-sleeping+and+neglect&amp;plain=neglect"
    assert f'href="{link}"' in page
    page = text(client, link.replace("&amp;", "&"))
    assert "For “co-sleeping” also searched:" in page and "For “neglect” also searched:" not in page
    assert "“neglect” was searched as you typed it." in page
    assert 'type="hidden" name="plain" value="neglect"' in page
