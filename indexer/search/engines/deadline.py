"""How long a search may take: a question that asks for too much ends in a message, never in a wait."""

from __future__ import annotations

from time import monotonic

from indexer.errors import EngineTimeout


class Deadline:
    """The end of a search that begins now."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._end = monotonic() + seconds

    def check(self) -> None:
        """Raise EngineTimeout where the time is over."""
        if monotonic() > self._end:
            raise EngineTimeout(
                f"The search was stopped after {self._seconds:g} seconds: the question asks too much.",
                "Ask with fewer words, stars and brackets, or type more letters before each star.",
            )
