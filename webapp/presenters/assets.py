"""The style sheet and the script of the pages: one file each, under an address that names its content."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from flask import Flask, Response, abort, request, url_for

BUNDLES = {
    "boardsearch.css": ("vendor/govuk-frontend.min.css", "boardsearch.css"),
    # The design system's script is a module; ours goes on where it ends and uses its initAll.
    "boardsearch.js": ("vendor/govuk-frontend.min.js", "boardsearch.js"),
}
"""What each file is put together from, in the order in which one builds on the other."""
TYPES = {".css": "text/css", ".js": "text/javascript"}
_YEAR = 365 * 24 * 3600
_MARK = 12


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file for browsers, its compressed form made once."""

    name: str
    """With the mark of its content: a new one has a new name, so that a browser may keep it for a year."""
    content: bytes
    zipped: bytes
    mimetype: str


class Assets:
    """The bundles, put together when a page first asks for one; a file that is not there is left out."""

    def __init__(self, app: Flask) -> None:
        self.folder = Path(app.static_folder or "")
        app.add_url_rule("/assets/<name>", "asset", self.serve)
        app.after_request(keep_long)

    @cached_property
    def bundles(self) -> dict[str, Bundle]:
        """Every bundle by its plain name."""
        return {name: self._put_together(name, parts) for name, parts in BUNDLES.items()}

    @cached_property
    def _marks(self) -> dict[str, str]:
        files = (path for path in self.folder.glob("*.svg"))
        return {path.name: _mark_of(path.read_bytes()) for path in files}

    def url(self, name: str) -> str:
        """The address of a bundle, or of another file of the static folder."""
        if name in self.bundles:
            return url_for("asset", name=self.bundles[name].name)
        return url_for("static", filename=name, v=self._marks.get(name))

    def serve(self, name: str) -> Response:
        """A bundle, compressed where the browser takes that; an older one's name is not found."""
        found = next((each for each in self.bundles.values() if each.name == name), None)
        if found is None:
            abort(404)
        zips = request.accept_encodings.quality("gzip") > 0
        response = Response(found.zipped if zips else found.content, mimetype=found.mimetype)
        if zips:
            response.headers["Content-Encoding"] = "gzip"
        response.headers["Vary"] = "Accept-Encoding"
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response

    def _put_together(self, name: str, parts: tuple[str, ...]) -> Bundle:
        files = [self.folder / part for part in parts]
        content = b"\n".join(file.read_bytes() for file in files if file.is_file())
        stem, suffix = Path(name).stem, Path(name).suffix
        marked = f"{stem}-{_mark_of(content)}{suffix}"
        return Bundle(marked, content, gzip.compress(content, 9, mtime=0), TYPES[suffix])


def keep_long(response: Response) -> Response:
    """Let browsers keep a static file that was asked for by its mark."""
    if request.endpoint == "static" and response.status_code == 200 and request.args.get("v"):
        response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
    return response


def _mark_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:_MARK]
