"""From hit to hit: places, ways to those before and after, and finding inside one paper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.search.library import Library, open_library
from indexer.settings import Settings
from webapp import create_app, walking


@pytest.fixture(scope="module")
def sample(sample_index: Settings) -> FlaskClient:
    return create_app(sample_index).test_client()


@pytest.fixture(scope="module")
def library(sample_index: Settings) -> Iterator[Library]:
    with closing(open_library(sample_index)) as opened:
        yield opened


def link(page: str, rel: str) -> str | None:
    found = re.search(rf'rel="{rel}" href="([^"]+)"', page)
    return unescape(found[1]) if found else None


def place(page: str) -> tuple[int, int]:
    found = re.search(r'app-walk__place">(\d+) of (\d+)<', page)
    assert found
    return int(found[1]), int(found[2])


def hits(client: FlaskClient, question: str, number: int) -> list[str]:
    answer = client.get("/api/v1/search", query_string={"q": question, "limit": number}).get_json()
    return [hit["url"] for hit in answer["hits"]]


def test_a_walk_passes_every_hit_in_order_over_pages_and_back(sample: FlaskClient) -> None:
    expected = hits(sample, "co-sleeping", 25)
    assert len(expected) > 21
    url: str | None = f"{expected[0]}?q=co-sleeping"
    for number, path in enumerate(expected[:23], 1):
        assert url
        assert urlsplit(url).path == path
        page = sample.get(url).text
        assert place(page)[0] == number
        assert int(parse_qs(urlsplit(url).query).get("page", ["1"])[0]) == (number - 1) // 10 + 1
        previous = link(page, "prev")
        assert (previous and urlsplit(previous).path) == (expected[number - 2] if number > 1 else None)
        url = link(page, "next")


def test_the_last_hit_has_no_next(sample: FlaskClient) -> None:
    found = hits(sample, '"private fostering" awareness', 100)
    pages = (len(found) - 1) // 10 + 1
    page = sample.get(f"{found[-1]}?q=%22private+fostering%22+awareness&page={pages}").text
    assert place(page) == (len(found), len(found))
    assert link(page, "next") is None
    assert link(page, "prev")


def test_a_passage_that_was_not_found_has_no_place(sample: FlaskClient) -> None:
    other = hits(sample, "licensing taxis", 1)[0]
    page = sample.get(f"{other}?q=co-sleeping").text
    assert "app-walk__place" not in page
    assert 'href="/search?q=co-sleeping"' in page
    assert "app-walk__place" not in sample.get(other).text


def test_a_question_that_cannot_be_asked_leaves_the_passage_readable(sample: FlaskClient) -> None:
    other = hits(sample, "licensing taxis", 1)[0]
    for query in ("q=of+the", "q=of+the&in=document", "year=1066-67"):
        response = sample.get(f"{other}?{query}")
        assert response.status_code == 200
        assert "app-walk__place" not in response.text


def test_inside_a_paper_hits_stand_in_reading_order(sample: FlaskClient, library: Library) -> None:
    document = library.catalogue.document("annual-reports/wscb-annual-report-2012-13.pdf")
    found = walking.find_inside(library, document, "neglect audit")
    assert len(found) > 1
    starts = [passage.spans[0].start for passage in found]
    assert starts == sorted(starts)
    page = sample.get(f"/documents/{document.id}/find?q=neglect+audit").text
    urls = [unescape(url) for url in re.findall(r'href="(/documents/[^"]+in=document)"', page)]
    assert [urlsplit(url).path.rpartition("/")[2] for url in urls] == [passage.id for passage in found]
    first = sample.get(urls[0]).text
    assert place(first) == (1, len(found))
    assert link(first, "next") == urls[1]
    assert f'href="/documents/{document.id}/find?q=neglect+audit"' in first


def test_nothing_inside_a_paper_offers_all_papers(sample: FlaskClient, library: Library) -> None:
    document = library.catalogue.documents()[0]
    page = sample.get(f"/documents/{document.id}/find?q=zzqx").text
    assert "Nothing found in this paper" in page
    assert 'href="/search?q=zzqx"' in page
    for query in ("", "q=", "q=of+the"):
        response = sample.get(f"/documents/{document.id}/find?{query}")
        assert response.status_code == 400
        assert "govuk-error-summary" in response.text
    assert sample.get("/documents/nope/find?q=x").status_code == 404


def test_a_page_marks_every_passage_that_holds_what_was_asked(sample: FlaskClient, library: Library) -> None:
    document = library.catalogue.document("annual-reports/wscb-annual-report-2012-13.pdf")
    holds = library.holds("neglect")
    marked = {}
    for page in library.catalogue.pages(document.id):
        passages = library.catalogue.passages(document.id, page.number)
        marked[page.number] = sum(
            len(span.boxes) for p in passages if holds(p.text) for span in p.spans if span.page == page.number
        )
    number = max(marked, key=lambda each: marked[each])
    assert marked[number] > 1
    page = sample.get(f"/documents/{document.id}/pages/{number}?q=neglect").text
    drawing = page[page.index("app-page__marks") : page.index("</svg>", page.index("app-page__marks"))]
    assert drawing.count("<rect x=") == marked[number]
    assert "what you searched for is marked" in page
    assert "<rect x=" not in sample.get(f"/documents/{document.id}/pages/{number}").text
    assert "Outline of this paper" in page
