"""The register's pages."""

from __future__ import annotations

import csv
import io
from contextlib import closing
from html import unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.search.library import open_library
from indexer.settings import Settings
from webapp import create_app


def rows(client: FlaskClient, query: str = "") -> list[dict[str, str]]:
    response = client.get(f"/register.csv{query}")
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    assert response.headers["Content-Disposition"] == "attachment; filename=register.csv"
    return list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))


def test_an_entry_stands_with_its_words_its_place_and_a_way_on(client: FlaskClient, minutes_hit: Any) -> None:
    page = client.get("/register?statement=decision").text
    assert "The Board agreed that every neglect case is\nbrought to supervision once a month" in page
    assert "lines 7 to 8" in page
    assert "14 May 2014" in page
    assert "Remove this filter: " in page
    assert f"/documents/{minutes_hit['document']['id']}/statements/1" in page
    assert f"/documents/{minutes_hit['document']['id']}/passages/" in page


def test_the_file_holds_what_the_page_shows(client: FlaskClient) -> None:
    (row,) = rows(client, "?statement=decision&q=neglect")
    assert row["kind"] == "decision"
    assert row["citation"].endswith("lines 7 to 8, minutes/minutes-2014-05-14.md")
    assert rows(client, "?statement=finding") == []
    page = client.get("/register?statement=decision&q=neglect").text
    assert "1 entry<" in page
    assert "/register.csv?q=neglect&amp;statement=decision" in page


def test_nothing_chosen_is_said_with_what_was_looked_through(client: FlaskClient) -> None:
    page = client.get("/register?q=zzqx").text
    assert "Nothing in the register" in page
    assert "2 papers" in page
    assert "What could not be read" in page
    assert 'href="/search?q=zzqx"' in page


def test_what_cannot_be_asked_is_an_error_summary(client: FlaskClient) -> None:
    response = client.get("/register?q=of+the")
    assert response.status_code == 400
    assert "govuk-error-summary" in response.text
    assert client.get("/register.csv?q=of+the").status_code == 400


def test_a_page_past_the_last_leads_to_the_last(client: FlaskClient) -> None:
    response = client.get("/register?sort=oldest&page=900")
    assert response.status_code == 302
    assert parse_qs(urlsplit(response.location).query) == {"sort": ["oldest"]}


def test_an_entry_has_a_page_that_says_what_came_later(client: FlaskClient, minutes_hit: Any) -> None:
    page = client.get(f"/documents/{minutes_hit['document']['id']}/statements/1").text
    assert "brought to supervision once a month" in page
    assert "Nothing later found" in page
    assert "lines 7 to 8, minutes/minutes-2014-05-14.md" in page


@pytest.mark.parametrize("number", ["0", "99", "-1", "x", "1e1", "9" * 4000])
def test_an_entry_that_is_not_there(client: FlaskClient, report_hit: Any, number: str) -> None:
    response = client.get(f"/documents/{report_hit['document']['id']}/statements/{number}")
    assert response.status_code == 404
    assert "find it again in the register" in response.text


def test_later_passages_stand_below_an_entry(sample_index: Settings) -> None:
    client = create_app(sample_index).test_client()
    with closing(open_library(sample_index)) as library:
        entries = library.register.of(library.catalogue.document("case-reviews/baby-r-briefing-2010.pdf"))
        found = ((e, n, library.onward.since_entry(e, 30).hits) for n, e in enumerate(entries, 1))
        entry, number, later = next(each for each in found if each[2])
    page = unescape(client.get(f"/documents/{entry.document.id}/statements/{number}").text)
    assert f"{len(later)} later passage" in page
    for hit in later:
        assert f'href="{hit.source.citation.url}"' in page
