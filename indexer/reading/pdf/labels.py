"""Page numbers as printed: what runs along the heads and feet of the pages in step with them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

_ZONE = 3
"""Lines from the top and from the bottom of a page that may hold its number."""
_LEAST = 3
"""Pages that must agree before printed numbers are believed (2 in a very short file)."""
_SHARE = 0.5

_ALONE = re.compile(
    r"^[\s\-–—|.\[(]*(?:page|pg\.?|p\.)?\s*(\d{1,4}|[ivxlc]{1,7})(?:\s*(?:of|/)\s*\d{1,4})?[\s\-–—|.\])]*$",
    re.I,
)
_NAMED = re.compile(r"\bpage\s*(\d{1,4})\b", re.I)
_EDGE = re.compile(r"^(\d{1,4})\s*[|•·–—\-]?\s+\D|\D\s+[|•·–—\-]?\s*(\d{1,4})$")

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_STEPS = (
    (100, "c"),
    (90, "xc"),
    (50, "l"),
    (40, "xl"),
    (10, "x"),
    (9, "ix"),
    (5, "v"),
    (4, "iv"),
    (1, "i"),
)

Guess = tuple[str, int, str]
"""Style ("arabic" or "roman"), the number less the page's own, the label."""


def printed_labels(pages: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """A label for each page from its lines, in reading order; the page's number where none is known."""
    guesses = [_guesses(lines, number) for number, lines in enumerate(pages, 1)]
    labels: dict[int, str] = {}
    left = set(range(len(pages)))
    while left:
        votes = Counter((style, step) for i in left for style, step in {g[:2] for g in guesses[i]})
        best = max(votes, key=lambda key: (votes[key], -abs(key[1])), default=None)
        if best is None or votes[best] < (2 if best[0] == "roman" else min(_LEAST, max(2, len(pages) - 1))):
            break
        taken = _stretch(guesses, left, best)
        if not taken:
            for i in left:
                guesses[i] = [g for g in guesses[i] if g[:2] != best]
            continue
        labels.update(taken)
        left -= taken.keys()
    return tuple(labels.get(i, str(i + 1)) for i in range(len(pages)))


def _stretch(guesses: Sequence[Sequence[Guess]], left: set[int], best: tuple[str, int]) -> dict[int, str]:
    """Labels for the longest stretch of pages on most of which ``best`` stands; empty if none."""
    hits = sorted(i for i in left if any(g[:2] == best for g in guesses[i]))
    runs: list[list[int]] = []
    for i in hits:
        if runs and i - runs[-1][-1] <= 4:
            runs[-1].append(i)
        else:
            runs.append([i])
    labels: dict[int, str] = {}
    for run in runs:
        span = range(run[0], run[-1] + 1)
        if len(run) >= 2 and len(run) >= _SHARE * len(span):
            labels.update({i: _label(best, i + 1) for i in span if i in left})
    return labels


def _label(key: tuple[str, int], number: int) -> str:
    style, step = key
    return str(number + step) if style == "arabic" else to_roman(number + step)


def _guesses(lines: Sequence[str], number: int) -> list[Guess]:
    zone = lines if len(lines) <= 2 * _ZONE else [*lines[:_ZONE], *lines[-_ZONE:]]
    found: list[Guess] = []
    for line in zone:
        if match := _ALONE.match(line):
            found += _guess(match[1], number)
        elif len(line) < 120:
            named = _NAMED.search(line) or _EDGE.search(line)
            if named:
                found += _guess(next(group for group in named.groups() if group), number)
    return found


def _guess(text: str, number: int) -> list[Guess]:
    if text.isdigit():
        value = int(text)
        return [("arabic", value - number, text)] if value else []
    value = from_roman(text.lower())
    return [("roman", value - number, text)] if value else []


def from_roman(text: str) -> int:
    """The value of a roman number in small letters; 0 where it is not one."""
    total = 0
    for letter, after in zip(text, [*text[1:], ""], strict=True):
        value = _ROMAN[letter]
        total += -value if after and _ROMAN[after] > value else value
    return total if to_roman(total) == text else 0


def to_roman(value: int) -> str:
    """A number in small roman letters."""
    text = ""
    for step, letters in _STEPS:
        while value >= step:
            text += letters
            value -= step
    return text
