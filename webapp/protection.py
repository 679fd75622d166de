"""What guards forms that change something: a token in each, bound to the browser's session.

The session is a signed cookie that is set only by a page with such a form. Its key lives as long as
the process, so no secret has to be kept; a form that was open over a restart is asked for again.
"""

from __future__ import annotations

import secrets

from flask import Flask
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, CSRFProtect

from webapp.handlers import respond

SETTINGS = {
    "SESSION_COOKIE_NAME": "boardsearch",
    "SESSION_COOKIE_SAMESITE": "Strict",
    "SESSION_COOKIE_HTTPONLY": True,
    # As long as the session: a person may read for an hour before she marks a hit.
    "WTF_CSRF_TIME_LIMIT": None,
}


def protect_forms(app: Flask) -> None:
    """Refuse every request that would change something and does not carry this session's token."""
    app.config.update(SETTINGS, SECRET_KEY=secrets.token_bytes(32))
    CSRFProtect(app)
    app.register_error_handler(CSRFError, _answer_csrf)


def _answer_csrf(error: CSRFError) -> ResponseReturnValue:
    del error  # which of the checks failed is of use to an attacker only
    message = "This form is not one that this browser was given, or the service was started again meanwhile."
    return respond(400, "form_expired", message, "Go back, load the page again and send it once more.")
