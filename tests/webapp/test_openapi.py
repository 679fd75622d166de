"""The description of the API: it names every route, and the API does what it says."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.search.results import FACETS, FacetCount
from webapp.openapi import MOST_LISTED, document_openapi


def search_parameters(described: dict[str, Any]) -> dict[str, Any]:
    """The schema of each parameter of a search."""
    operation = described["paths"]["/api/v1/search"]["get"]
    return {each["name"]: each["schema"] for each in operation["parameters"]}


def test_every_route_for_programs_is_described(app: Flask) -> None:
    rules = [rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("api.")]
    assert {re.sub(r"<(\w+)>", r"{\1}", str(rule)) for rule in rules} == set(document_openapi()["paths"])


def test_it_lists_the_values_that_filters_take(client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").get_json()
    parameters = {
        each["name"]: each["schema"] for each in described["paths"]["/api/v1/search"]["get"]["parameters"]
    }
    assert set(FACETS) < set(parameters)
    assert "annual_report" in parameters["kind"]["items"]["enum"]


def test_it_is_served_without_an_index(no_index: FlaskClient) -> None:
    assert no_index.get("/api/v1/openapi.json").get_json() == document_openapi()


def test_too_many_values_are_not_listed() -> None:
    many = tuple(FacetCount(str(i), 1) for i in range(MOST_LISTED + 1))
    described = document_openapi({"theme": many, "kind": many[:1], "body": ()})
    parameters = {
        each["name"]: each["schema"] for each in described["paths"]["/api/v1/search"]["get"]["parameters"]
    }
    assert "enum" not in parameters["theme"]["items"]
    assert parameters["kind"]["items"] == {"enum": ["0"]}
    assert parameters["body"]["maxItems"] == 0


@pytest.mark.slow
def test_the_api_does_what_it_says(address: str, tmp_path: Path) -> None:
    program = Path(sys.executable).with_name("schemathesis")
    options = "--checks all --mode all --max-examples 60 --seed 2013 --generation-database none --no-color"
    done = subprocess.run(
        [program, "run", f"{address}/api/v1/openapi.json", *options.split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No test cases were generated" not in done.stdout
