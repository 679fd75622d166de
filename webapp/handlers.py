"""What every response has in common: errors with the right status, and headers that protect readers."""

from __future__ import annotations

import logging

from flask import Flask, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from indexer.errors import (
    BoardsearchError,
    EngineError,
    IndexError_,
    InvalidSetting,
    NotFound,
    OriginalGone,
    PaperWithdrawn,
    UnknownDocument,
    UnknownEngine,
    UnreadableFile,
    UploadKnown,
    UploadNotAPaper,
    UploadTooLarge,
    UsageError,
)
from indexer.withdrawals import Withdrawals
from webapp.presenters.words import date_words
from webapp.service import service

log = logging.getLogger(__name__)

STATUSES: dict[type[BoardsearchError], int] = {
    UsageError: 400,
    UploadKnown: 409,
    UploadTooLarge: 413,
    UploadNotAPaper: 415,
    # The request was good; it is the service that is not set up.
    InvalidSetting: 503,
    UnknownEngine: 503,
    NotFound: 404,
    OriginalGone: 410,
    PaperWithdrawn: 410,
    UnreadableFile: 410,
    IndexError_: 503,
    EngineError: 503,
}
"""The status of each class of error; a class that is not here takes its nearest parent's."""

TITLES = {
    400: "This request cannot be understood",
    404: "Page not found",
    405: "This page can only be read",
    410: "No longer there",
    413: "This request is too large",
    414: "This address is too long",
    500: "Sorry, there is a problem with the service",
    503: "Sorry, the search is not available",
}
HINTS = {
    404: "Check the address, or search for what you were looking for.",
    413: "Send less at once: the page of the form says how much it takes.",
    405: "Use GET here; only a form can change anything.",
    500: "Try again later. If it goes on, tell whoever looks after this service.",
}

UNKNOWN_DOCUMENT = "Its file may have been moved, renamed or taken away since the link was made."
UNKNOWN_DOCUMENT_API = "GET /api/v1/documents lists the documents of this index."
"""In place of the advice to run a command, which whoever asks over HTTP may be unable to do."""

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # A question can name a child or a family: no other site is told of it.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Shared caches keep nothing; a browser asks again each time.
    "Cache-Control": "private, no-cache",
}


def register(app: Flask) -> None:
    """Answer every error of ours, of HTTP and unforeseen, and add the headers to every response."""
    app.register_error_handler(BoardsearchError, answer_error)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_unforeseen)
    app.after_request(add_headers)


def status_of(error: BoardsearchError) -> int:
    """The HTTP status that says what ``error`` is."""
    return next((STATUSES[kind] for kind in type(error).__mro__ if kind in STATUSES), 500)


def answer_error(error: BoardsearchError) -> ResponseReturnValue:
    """An error of the library, in its own words."""
    if isinstance(error, UnknownDocument):
        error = withdrawn(str((request.view_args or {}).get("document_id", ""))) or error
    status = status_of(error)
    if status >= 500:
        log.error("%s: %s", error.code, error)
    hint = error.hint
    if isinstance(error, UnknownDocument):
        hint = UNKNOWN_DOCUMENT_API if wants_json() else UNKNOWN_DOCUMENT
    return respond(status, error.code, error.message, hint)


def withdrawn(document_id: str) -> PaperWithdrawn | None:
    """The error for a paper that is not there since it was withdrawn; None for any other."""
    one = Withdrawals(service().settings.index).of_document(document_id) if document_id else None
    if one is None:
        return None
    reason = f" The reason: {one.why}" if one.why else ""
    return PaperWithdrawn(
        f"This paper was withdrawn on {date_words(one.at[:10])}.{reason}",
        "It is no longer among the papers. Ask the board’s office if you need it.",
    )


def answer_http(error: HTTPException) -> ResponseReturnValue:
    """An error that the framework found: no such route, a method that is not offered."""
    status = error.code or 500
    code = error.name.lower().replace(" ", "_")
    message = TITLES.get(status, error.name) + "."
    response = app_response(respond(status, code, message, HINTS.get(status, "")))
    # Headers that belong to the status, as Allow does to 405.
    for name, value in error.get_headers():
        if name.lower() not in ("content-type", "content-length"):
            response.headers[name] = value
    return response


def answer_unforeseen(error: Exception) -> ResponseReturnValue:
    """A fault of ours: the log has all of it, the reader nothing she could not use."""
    log.exception("unforeseen error at %s", request.path, exc_info=error)
    return respond(500, "internal_error", TITLES[500] + ".", HINTS[500])


def respond(status: int, code: str, message: str, hint: str) -> tuple[Response | str, int]:
    """The error as the envelope for programs, as a page for people."""
    if wants_json():
        return jsonify(error={"code": code, "message": message, "hint": hint}), status
    title = TITLES.get(status, "There is a problem")
    page = render_template("error.html", status=status, title=title, message=message, hint=hint)
    return page, status


def app_response(answer: tuple[Response | str, int]) -> Response:
    """The response of an answer given as body and status."""
    body, status = answer
    response = body if isinstance(body, Response) else Response(body, mimetype="text/html")
    response.status_code = status
    return response


def wants_json() -> bool:
    """Whether the address asked for belongs to programs."""
    return request.path.startswith("/api/") or request.path in ("/healthz", "/readyz")


def add_headers(response: Response) -> Response:
    """Add what the response does not say itself."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
