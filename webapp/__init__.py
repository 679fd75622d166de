"""The web front end: pages for people and a JSON API, over one library of board papers."""

from __future__ import annotations

from flask import Flask
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from indexer.settings import Settings, from_environ
from webapp import (
    api,
    batch_views,
    browse_views,
    case_views,
    collecting,
    compression,
    feed_views,
    handlers,
    help_views,
    onward_views,
    pack_views,
    presenters,
    reading_views,
    register_views,
    views,
)
from webapp.office_papers import office
from webapp.protection import protect_forms
from webapp.service import Service, install


def create_app(settings: Settings | None = None) -> Flask:
    """The WSGI application; settings come from the environment unless given.

    The index is opened with the first request that needs it, so that the process starts, and can
    say what is wrong, where there is no index yet.
    """
    app = Flask(__name__)
    # Forms are small, and OPTIONS is not an answer of ours.
    app.config.update(MAX_CONTENT_LENGTH=64 * 1024, PROVIDE_AUTOMATIC_OPTIONS=False)
    app.json.sort_keys = False  # type: ignore[attr-defined]
    settings = settings or from_environ()
    install(app, Service.start(settings))
    use_design_system(app)
    presenters.register(app)
    handlers.register(app)
    compression.register(app)
    protect_forms(app, settings)
    app.register_blueprint(views.pages)
    app.register_blueprint(reading_views.reading)
    app.register_blueprint(onward_views.onward)
    app.register_blueprint(case_views.cases)
    app.register_blueprint(register_views.records)
    app.register_blueprint(pack_views.packs)
    app.register_blueprint(batch_views.batches)
    collecting.register(app)
    app.register_blueprint(browse_views.browsing)
    app.register_blueprint(feed_views.feeds)
    app.register_blueprint(help_views.helps)
    app.register_blueprint(api.api)
    app.jinja_env.globals["has_office"] = settings.office
    if settings.office:
        app.register_blueprint(office)
    return app


def use_design_system(app: Flask) -> None:
    """Let our templates import the GOV.UK Design System's macros."""
    design = PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})
    app.jinja_options = {"loader": ChoiceLoader([PackageLoader("webapp"), design])}
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
