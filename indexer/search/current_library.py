"""The library that a web process holds: it follows builds, and the office's vocabulary, without a restart."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from indexer.errors import InvalidSetting
from indexer.generations import current
from indexer.search.library import Library
from indexer.settings import Settings
from indexer.withdrawals import Withdrawals

log = logging.getLogger(__name__)


class CurrentLibrary:
    """The current library, opened anew when a build has switched, a paper was withdrawn or the office's
    vocabulary has changed: what a web process holds."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._lock = threading.Lock()
        self._library: Library | None = None
        self._vocabulary: tuple[int, int] | None = None
        self._withdrawals = Withdrawals(settings.index)
        self._withdrawn: tuple[int, int] | None = None

    def get(self) -> Library:
        """The library; raises as ``open_library``. Requests under way keep the one they have.

        A vocabulary that was given mistakes while the service runs is not taken up: what was right before
        serves on, and the log says what is wrong. After a withdrawal nothing of before serves on.
        """
        generation = current(self._settings.index)
        vocabulary, withdrawn = _stamp(self._settings.vocabulary), _stamp(self._withdrawals.path)
        with self._lock:
            held = self._library
            if held is None or held.generation != generation or self._withdrawn != withdrawn:
                self._library = held = Library(self._settings, generation)
                self._withdrawn = withdrawn
            elif self._vocabulary != vocabulary:
                try:
                    self._library = held = Library(self._settings, generation)
                except InvalidSetting as error:
                    log.warning(
                        "%s %s The vocabulary as it was before stays in use.", error.message, error.hint
                    )
            self._vocabulary = vocabulary
            return held


def _stamp(path: Path) -> tuple[int, int] | None:
    """By what a changed file is told: when it was written, and its size; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
