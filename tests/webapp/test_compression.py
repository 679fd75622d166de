"""Text is compressed for those who take it, and for nobody else."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from flask.testing import FlaskClient

ZIPS = {"Accept-Encoding": "gzip, deflate, br"}


@pytest.mark.parametrize(
    "path", ["/search?q=neglect", "/api/v1/search?q=neglect", "/api/v1/openapi.json", "/guide"]
)
def test_what_is_long_enough_is_compressed(client: FlaskClient, path: str) -> None:
    zipped = client.get(path, headers=ZIPS)
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in zipped.headers["Vary"]
    assert int(zipped.headers["Content-Length"]) == len(zipped.data)
    assert len(gzip.decompress(zipped.data)) > 2 * len(zipped.data)


def test_a_browser_that_does_not_take_it_gets_it_plain(client: FlaskClient) -> None:
    plain = client.get("/guide")
    assert "Content-Encoding" not in plain.headers
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert gzip.decompress(client.get("/guide", headers=ZIPS).data) == plain.data


def test_what_is_short_or_no_text_or_an_error_is_left_as_it_is(
    client: FlaskClient, report_hit: dict[str, Any]
) -> None:
    document = f"/documents/{report_hit['document']['id']}"
    for path in ("/healthz", f"{document}/pages/1/image", f"{document}/file", "/nope", "/search?q="):
        response = client.get(path, headers=ZIPS, buffered=True)
        assert "Content-Encoding" not in response.headers, path
