"""Addresses of the style sheets and scripts, each with a mark of its content."""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

_YEAR = 365 * 24 * 3600


class Assets:
    """Static files by name; a browser may keep one for a year, because a new one has a new address."""

    def __init__(self, app: Flask) -> None:
        self.folder = Path(app.static_folder or "")
        self.marks: dict[str, str] = {}
        app.after_request(keep_long)

    def url(self, name: str) -> str:
        """The address of the static file ``name``; without a mark where the file is absent."""
        if name not in self.marks:
            path = self.folder / name
            if not path.is_file():
                return url_for("static", filename=name)
            self.marks[name] = hashlib.sha256(path.read_bytes()).hexdigest()[:12]
        return url_for("static", filename=name, v=self.marks[name])


def keep_long(response: Response) -> Response:
    """Let browsers keep a static file that was asked for by its mark."""
    if request.endpoint == "static" and response.status_code == 200 and request.args.get("v"):
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response
