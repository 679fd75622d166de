"""An attempt to read a file page by page, and what is known from attempts that ended badly.

A page can crash or hang a program in a way that Python cannot catch. So a reader says at which page it
is, and who watches over it from another process tries again, knowing the page that was the end.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from indexer.model import UnreadCode

WHOLE = 0
"""Stands for the file as a whole, as it is opened or asked for its outline; pages count from 1."""


def _tell_nobody(page: int) -> None:
    """Nobody watches."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt at a file."""

    lost: tuple[tuple[int, UnreadCode], ...] = ()
    """The pages at which earlier attempts ended, and how; a page comes again where it ended more of them."""
    begin: Callable[[int], None] = _tell_nobody
    """Told of each page, or WHOLE, before a program is at it."""

    def ends(self, page: int) -> tuple[UnreadCode, ...]:
        """How attempts ended at this page, one for each program that was lost at it."""
        return tuple(code for lost, code in self.lost if lost == page)
