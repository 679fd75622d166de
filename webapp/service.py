"""What a web process holds: its settings, the library on the newest index, and page images."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app

from indexer.answer_packs.store import AnswerPacks
from indexer.search.current_library import CurrentLibrary
from indexer.search.library import Library
from indexer.settings import Settings
from webapp.images import PageImages

_KEY = "boardsearch"


@dataclass(frozen=True, slots=True)
class Service:
    """The long-lived things that requests share; each is safe to use from several threads."""

    settings: Settings
    libraries: CurrentLibrary
    images: PageImages
    packs: AnswerPacks

    @classmethod
    def start(cls, settings: Settings) -> Service:
        """A service for ``settings``; nothing is opened yet."""
        return cls(settings, CurrentLibrary(settings), PageImages(), AnswerPacks(settings.index))


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
