"""The stemmer and the sentence tokeniser of NLTK, imported without what these two never use.

NLTK imports all of itself, and with it NumPy and SciPy where they are installed: a second of the
processor in each process, which neither a search nor a reader of papers has any use for.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_UNUSED = ("numpy", "scipy")


@contextmanager
def _without(names: tuple[str, ...]) -> Iterator[None]:
    """Libraries that are not imported yet count as not installed: NLTK does without them."""
    modules: dict[str, ModuleType | None] = sys.modules  # type: ignore[assignment]  # None: not to be found
    hidden = [name for name in names if name not in modules]
    modules.update(dict.fromkeys(hidden))
    try:
        yield
    finally:
        for name in hidden:
            del modules[name]


with _without(_UNUSED):
    from nltk.stem.snowball import SnowballStemmer
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

__all__ = ["PunktParameters", "PunktSentenceTokenizer", "SnowballStemmer"]
