"""Values into what a page says of them; only this package and the templates write HTML."""

from __future__ import annotations

from flask import Flask

from webapp.presenters import marking, words
from webapp.presenters.assets import Assets

SERVICE_NAME = "Boardsearch"


def register(app: Flask) -> None:
    """Give the templates their filters and the names they all use."""
    app.add_template_filter(marking.snippet, "snippet")
    app.add_template_filter(marking.marked_quote, "marked_quote")
    app.add_template_filter(marking.marked, "marked")
    for name in (
        "kind_name",
        "statement_name",
        "facet_name",
        "page_words",
        "date_words",
        "number",
        "called_words",
        "shorten",
        "sentence",
    ):
        app.add_template_filter(getattr(words, name), name)
    for name in ("plural", "value_name", "years_words", "lines_words", "section_words"):
        app.add_template_global(getattr(words, name), name)
    app.add_template_global(Assets(app).url, "asset_url")
    app.jinja_env.globals["service_name"] = SERVICE_NAME
