"""Ways in without a question, topics and the glossary, on the sample board."""

from __future__ import annotations

from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from webapp import create_app


@pytest.fixture(scope="module")
def sample(sample_index: Settings) -> FlaskClient:
    return create_app(sample_index).test_client()


def test_every_value_of_every_filter_is_a_way_in(sample: FlaskClient) -> None:
    page = sample.get("/browse").text
    for heading in ("Theme", "Year", "Subgroup", "Kind of paper", "Board or committee"):
        assert f">{heading}</h2>" in page
    assert "/browse/theme?name=Neglect" in page
    assert "/browse/kind?name=annual_report" in page
    assert ">Annual report</a>" in page


def test_a_theme_says_what_was_learned_over_time(sample: FlaskClient) -> None:
    page = unescape(sample.get("/browse/theme?name=Neglect").text)
    assert "What was learned, over time" in page
    years = [page.index(f'id="year-{year}"') for year in ("2016-17", "2015-16", "2014-15")]
    assert years == sorted(years)
    assert "/register?theme=Neglect&year=2015-16" in page
    assert "/search?theme=Neglect&year=2012-13" in page
    assert '<input type="hidden" name="theme" value="Neglect">' in page
    assert "Cases that tell of it" in page
    assert "/case?name=Child+K" in page


def test_a_search_within_a_theme_is_held_to_it(sample: FlaskClient) -> None:
    page = sample.get("/search?theme=Neglect&q=supervision").text
    assert "Theme: Neglect" in page


@pytest.mark.parametrize(
    ("field", "value"), [("subgroup", "Training Subgroup"), ("kind", "minutes"), ("year", "2012-13")]
)
def test_other_topics_have_their_newest_passages(sample: FlaskClient, field: str, value: str) -> None:
    page = sample.get(f"/browse/{field}", query_string={"name": value}).text
    assert "Newest passages" in page
    assert ("Found, recommended and decided" in page) == (field == "year")


def test_what_nothing_has_is_said(sample: FlaskClient) -> None:
    assert sample.get("/browse/colour?name=red").status_code == 404
    page = sample.get("/browse/theme?name=neglekt")
    assert page.status_code == 400
    assert "Did you mean “Neglect”?" in page.text


def test_the_glossary_says_where_a_short_form_is_explained(sample: FlaskClient) -> None:
    page = sample.get("/glossary").text
    assert "Child Death Overview Panel" in page
    assert "All papers that say so" in page
    assert 'href="#letter-1"' in page


def test_the_glossary_is_narrowed_by_words_of_either_form(sample: FlaskClient) -> None:
    for asked in ("cdop", "overview panel"):
        page = sample.get("/glossary", query_string={"q": asked}).text
        assert "Child Death Overview Panel" in page
        assert "Common Assessment Framework" not in page
    nothing = sample.get("/glossary?q=zzqx").text
    assert "No paper explains a short form with these words." in nothing


def test_the_years_of_a_search_lead_to_it_held_to_one_year(sample: FlaskClient) -> None:
    page = unescape(sample.get("/search?q=neglect&kind=annual_report&page=1").text)
    assert 'href="/search?q=neglect&kind=annual_report&year=2012-13" tabindex="-1"' in page
    assert "Passages by year as a table" in page
    held = unescape(sample.get("/search?q=neglect&kind=annual_report&year=2012-13").text)
    assert "2012-13</a> (chosen)" in held
    # The chosen year's own bar takes the year off again.
    assert 'app-time__year--chosen" href="/search?q=neglect&kind=annual_report" tabindex="-1"' in held
