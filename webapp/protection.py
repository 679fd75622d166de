"""What guards forms that change something: a token in each, bound to the browser's session.

The session is a signed cookie that is set only by a page with such a form; keys.py has its key. In it
stands the form's token, and the right to change one's own answer pack.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from indexer.answer_packs.store import DAYS_ALONE
from indexer.office.uploads import MOST_BYTES
from indexer.settings import Settings
from webapp.handlers import respond
from webapp.keys import signing_key

SETTINGS = {
    "SESSION_COOKIE_NAME": "boardsearch",
    "SESSION_COOKIE_SAMESITE": "Strict",
    "SESSION_COOKIE_HTTPONLY": True,
    # As long as the session: a person may read for an hour before she marks a hit.
    "WTF_CSRF_TIME_LIMIT": None,
    # A session that holds a pack lasts as long as a pack that is not shared.
    "PERMANENT_SESSION_LIFETIME": timedelta(days=DAYS_ALONE),
}


MOST_IN_MEMORY = 2 * 1024 * 1024
"""Bytes of a form's own fields; files that are sent lie on the disk."""
LENGTHS = {
    # Two hundred notes of two thousand characters, each character in up to nine bytes of an address.
    "packs.save": 2 * 1024 * 1024,
    "batches.answer": 512 * 1024,
    # The largest paper, and room for the form around it.
    "office.upload": MOST_BYTES + 1024 * 1024,
}
"""Bytes that a form may have where it may have more than others, by endpoint."""


def protect_forms(app: Flask, settings: Settings) -> None:
    """Refuse every request that would change something and does not carry this session's token."""
    app.before_request(_allow_length)  # before the token is looked for in what was sent
    app.config.update(SETTINGS, SECRET_KEY=signing_key(settings))
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _answer_csrf)


def largest_body(settings: Settings) -> int:
    """Bytes that the server itself takes in. With the office view, which none but this computer reaches,
    far more than any form: so that what is too large gets a page that says so, not a cut line."""
    if settings.office:
        return 4 * LENGTHS["office.upload"]
    return max(most for endpoint, most in LENGTHS.items() if not endpoint.startswith("office."))


def _allow_length() -> None:
    """Let the few forms that hold more than others be as long as they may."""
    if (most := LENGTHS.get(request.endpoint or "")) is not None:
        request.max_content_length = most
        request.max_form_memory_size = min(most, MOST_IN_MEMORY)


def _answer_csrf(error: CSRFError) -> ResponseReturnValue:
    del error  # which of the checks failed is of use to an attacker only
    message = "This form is not one that this browser was given, or too much time has passed."
    return respond(400, "form_expired", message, "Go back, load the page again and send it once more.")
