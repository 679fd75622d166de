"""Help: citations explained by one of the papers, the accessibility statement, and the API's page."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from webapp import create_app
from webapp.presenters.operations import operations


@pytest.fixture(scope="module")
def sample(sample_index: Settings) -> FlaskClient:
    return create_app(sample_index).test_client()


def test_a_citation_is_explained_by_one_of_these_papers(sample: FlaskClient) -> None:
    page = unescape(sample.get("/help/citations").text)
    url = re.search(r'href="(/documents/[^"]+)">See it on its page', page)
    assert url
    citation = re.search(r'<p class="govuk-inset-text">([^<]+)</p>', page)
    assert citation
    assert citation[1] in unescape(sample.get(url[1]).text)
    assert "(PDF page" in citation[1]


def test_help_is_there_without_an_index(no_index: FlaskClient) -> None:
    for path in ("/help/citations", "/help/accessibility", "/help/api", "/guide"):
        assert no_index.get(path).status_code == 200, path


def test_the_page_for_programs_has_every_address_and_parameter(sample: FlaskClient) -> None:
    page = unescape(sample.get("/help/api").text)
    document = sample.get("/api/v1/openapi.json").get_json()
    for path, methods in document["paths"].items():
        assert f"<code>{path}</code>" in page
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page
            assert parameter["description"] in page


def test_examples_to_try_work(sample: FlaskClient) -> None:
    examples = [
        each.example for each in operations(sample.get("/api/v1/openapi.json").get_json()) if each.example
    ]
    assert len(examples) > 4
    for example in examples:
        assert sample.get(example).status_code == 200, example


def test_values_are_said_in_words(sample: FlaskClient) -> None:
    search = operations(sample.get("/api/v1/openapi.json").get_json())[0]
    allowed = {parameter.name: parameter.allowed for parameter in search.parameters}
    assert allowed["limit"] == "1 to 100; 10 where left out"
    assert allowed["sort"] == "relevance, newest, oldest; relevance where left out"
    assert "may be given more than once" in allowed["theme"]
    assert " others" in allowed["theme"]
    assert [parameter.name for parameter in search.parameters if parameter.required] == ["q"]
