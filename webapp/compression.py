"""Text goes out compressed to browsers that take it: pages, JSON, CSV and feeds."""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

TYPES = ("text/html", "application/json", "text/csv", "application/atom+xml")
LEAST = 1000
"""Bytes below which compressing gains nothing."""
LEVEL = 5
"""Of gzip's nine: a results page in about a millisecond."""


def register(app: Flask) -> None:
    """Compress what the application answers."""
    app.after_request(compress)


def compress(response: Response) -> Response:
    """The response, compressed where it is text that is long enough and the browser takes that."""
    if response.mimetype not in TYPES or response.direct_passthrough or response.is_streamed:
        return response
    response.vary.add("Accept-Encoding")
    is_plain = response.status_code == 200 and "Content-Encoding" not in response.headers
    if (
        is_plain
        and request.accept_encodings.quality("gzip") > 0
        and len(body := response.get_data()) >= LEAST
    ):
        response.set_data(gzip.compress(body, LEVEL, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
    return response
