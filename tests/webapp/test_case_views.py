"""Cases for those who teach from them, on the sample board."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from webapp import create_app


@pytest.fixture(scope="module")
def sample(sample_index: Settings) -> FlaskClient:
    return create_app(sample_index).test_client()


def test_the_finder_narrows_by_theme_and_kind_of_learning(sample: FlaskClient) -> None:
    def names(query: str) -> list[str]:
        return re.findall(r'app-paper__title" href="[^"]*">([^<]+)<', sample.get(f"/cases{query}").text)

    every = names("")
    assert {"Baby Q", "Baby R", "Child K"} <= set(every)
    assert "Baby Q" not in names("?learning=review")
    assert "Baby R" in names("?learning=review&theme=Co-sleeping+and+safe+sleep")
    assert names("?learning=gossip") == every
    nothing = sample.get("/cases?theme=No+such+theme").text
    assert "No case passes these filters." in nothing
    assert "Theme: No such theme" in nothing


def test_a_case_is_told_in_order_with_its_sources(sample: FlaskClient) -> None:
    page = unescape(sample.get("/case?name=Baby+R").text)
    order = [
        page.index(f'<h2 class="govuk-heading-m" id="{part}">')
        for part in ("happened", "found", "asked", "later", "more")
    ]
    assert order == sorted(order)
    assert 'id="later-2013-14"' in page
    assert "The review itself is here" in page
    assert "/case/handout?name=Baby+R" in page


def test_a_case_by_another_name_is_the_same(sample: FlaskClient) -> None:
    assert '<h1 class="govuk-heading-l">Child K</h1>' in sample.get("/case?name=child+k+review").text


def test_a_case_without_its_review_says_so(sample: FlaskClient) -> None:
    page = sample.get("/case?name=Child+P").text
    assert "The review itself is not among the papers here" in page
    assert "What the papers tell" in page


def test_the_hand_out_quotes_in_full_with_citations_and_a_handling_note(sample: FlaskClient) -> None:
    page = unescape(sample.get("/case/handout?name=Baby+R").text)
    assert "How to handle this hand-out" in page
    quotes = page.count("<blockquote")
    assert quotes > 20
    assert len(re.findall(r'</blockquote>\s*<p class="app-where">[^<]+, [^<]+\.\w+</p>', page)) == quotes
    assert re.search(r"Made on \d+ \w+ \d{4} from 2\d papers", page)
    assert "More of the review" not in page


def test_a_case_that_is_not_there(sample: FlaskClient) -> None:
    for url in ("/case?name=Child+Z", "/case", "/case/handout?name=Child+Z"):
        assert sample.get(url).status_code == 404
