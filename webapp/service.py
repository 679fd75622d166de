"""What a web process holds: its settings, the library on the newest index, and page images."""

from __future__ import annotations

import contextlib
from dataclasses import dataclass

from flask import Flask, current_app

from indexer.answer_packs.store import AnswerPacks
from indexer.errors import BoardsearchError
from indexer.office.runs import Builds
from indexer.office.unanswered import Unanswered
from indexer.search.current_library import CurrentLibrary
from indexer.search.library import Library
from indexer.settings import Settings
from webapp.forms import SearchForm
from webapp.images import PageImages
from webapp.keys import signing_key

_KEY = "boardsearch"


@dataclass(frozen=True, slots=True)
class Service:
    """The long-lived things that requests share; each is safe to use from several threads."""

    settings: Settings
    libraries: CurrentLibrary
    images: PageImages
    packs: AnswerPacks
    builds: Builds
    unanswered: Unanswered

    @classmethod
    def start(cls, settings: Settings) -> Service:
        """A service for ``settings``; nothing is opened yet."""
        libraries = CurrentLibrary(settings)
        return cls(
            settings,
            libraries,
            PageImages(),
            AnswerPacks(settings.index),
            Builds(settings, after=libraries.get),
            Unanswered(settings.index, signing_key(settings)),
        )

    def count_unanswered(self, form: SearchForm) -> None:
        """Count a search that found nothing, where the office view is on that shows the counts."""
        if not self.settings.office or not form.q or form.filters:
            return
        with contextlib.suppress(BoardsearchError):  # the page is worth more than its count
            self.unanswered.count(form.q)


def install(app: Flask, service: Service) -> None:
    """Make ``service`` what this application's requests use."""
    app.extensions[_KEY] = service


def service() -> Service:
    """The service of the application that is handling the request."""
    held = current_app.extensions[_KEY]
    assert isinstance(held, Service)  # noqa: S101 - set by install alone; said for the type checker
    return held


def library() -> Library:
    """The library on the newest index; raises IndexMissing, IndexOutdated, EngineUnavailable ..."""
    return service().libraries.get()
