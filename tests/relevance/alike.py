"""Whether two titles, names or texts say the same, whatever their numbering, case and punctuation."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

ALIKE = 0.6
"""Likeness from which two titles count as one."""

_WORD = re.compile(r"[^\W_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_NUMBER = re.compile(r"^\W*(?:\d+(?:\.\d+)*\.?\)?|[a-z]\)|[ivx]+\.)\s+(?=\S)", re.IGNORECASE)
_JOINED = re.compile(r"\b(sub|multi|inter|well)[\s-]+(?=[a-z])")
_BREAK = re.compile(r"[-\u00ad\u2010\u2011\ufffe]\s*\n?\s*")
_APOSTROPHES = re.compile(r"['’‘`´]")
_RUN = 4
# Cyrillic and Greek letters that look Latin: a source holds them, whoever judged it read Latin.
_LOOKALIKES = str.maketrans("аеорсухіАВЕКМНОРСТУХІΑΒΕΗΙΚΜΝΟΡΤΥΧ", "aeopcyxiABEKMHOPCTYXIABEHIKMNOPTYX")


def title_words(title: str) -> list[str]:
    """The words of a title: without its number, apostrophes and case; sub-group is one word."""
    plain = unicodedata.normalize("NFKC", title).translate(_LOOKALIKES)
    plain = _APOSTROPHES.sub("", _NUMBER.sub("", plain.replace("**", ""))).casefold().replace("&", " and ")
    return _WORD.findall(_JOINED.sub(r"\1", plain))


def likeness(one: str, other: str) -> float:
    """Share of words that two titles have in common (Dice); 1 where one goes on from the other.

    A heading that is followed on its line by who chairs the group, or cut after its first line, is
    the same heading; a single word that begins another title is not.
    """
    first, second = title_words(one), title_words(other)
    if not first or not second:
        return 0.0
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) > 1 and longer[: len(shorter)] == shorter:
        return 1.0
    common = sum((Counter(first) & Counter(second)).values())
    return 2 * common / (len(first) + len(second))


def best_likeness(names: Iterable[str], others: Iterable[str]) -> float:
    """The likeness of the two likest names of two things."""
    held = tuple(others)
    return max((likeness(one, other) for one in names for other in held), default=0.0)


def word_runs(text: str) -> list[str]:
    """Each run of four words of a text, letters alone: notes' numbers and line ends don't matter."""
    words = _LETTERS.findall(_BREAK.sub("", text.casefold().translate(_LOOKALIKES)))
    return [" ".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1))]


def share_in(runs: list[str], held: set[str]) -> float:
    """The share of runs of words that are held."""
    return sum(run in held for run in runs) / len(runs) if runs else 0.0
