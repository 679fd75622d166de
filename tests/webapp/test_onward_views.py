"""The pages that lead on: other words left out or followed, more like this, since then, cases."""

from __future__ import annotations

from html import unescape
from typing import Any

from flask.testing import FlaskClient

Hit = dict[str, Any]


def text(client: FlaskClient, url: str) -> str:
    """The page at an address that is there."""
    response = client.get(url)
    assert response.status_code == 200, url
    return response.text


def test_what_was_searched_along_can_be_left_out_word_by_word(client: FlaskClient) -> None:
    page = text(client, "/search?q=co-sleeping+and+neglect")
    assert "For “co-sleeping” also searched:" in page and "For “neglect” also searched:" in page
    link = "/search?q=co-sleeping+and+neglect&amp;plain=neglect"
    assert f'href="{link}"' in page
    page = text(client, link.replace("&amp;", "&"))
    assert "For “co-sleeping” also searched:" in page and "For “neglect” also searched:" not in page
    assert "“neglect” was searched as you typed it." in page
    assert 'type="hidden" name="plain" value="neglect"' in page


def test_names_through_time_and_broader_concepts_are_told(client: FlaskClient) -> None:
    page = text(client, "/search?q=serious+case+review")
    assert "“serious case review” from 1999 to 2018" in page
    assert "“child safeguarding practice review” since 2018" in page
    page = text(client, "/search?q=lessons+on+cot+death")
    assert "Broader:" in page and 'href="/search?q=lessons+on+infant+deaths"' in page


def test_a_passage_leads_on(client: FlaskClient, report_hit: Hit, minutes_hit: Hit) -> None:
    page = text(client, report_hit["url"])
    assert f'href="{report_hit["url"]}/like"' in page
    assert "More like this" in text(client, report_hit["url"] + "/like")
    since = text(client, minutes_hit["url"] + "/since")
    assert "Nothing later found" in since and "14 May 2014" in since
    assert "No paper here names a case that was reviewed." in text(client, "/cases")


def test_a_case_that_nobody_tells_of_is_not_found(client: FlaskClient) -> None:
    response = client.get("/case?name=Child+Z")
    assert response.status_code == 404
    assert "No paper in this index tells of a case called “Child Z”." in unescape(response.text)
