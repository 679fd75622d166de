"""The part of a passage to show where room is short: its best sentence, and the next while room is left."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.search.matching import Tokens, degree, holding, meet
from indexer.search.query import Node

ROOM_WORDS = 60
"""Words of a snippet: three lines on a wide screen."""


def choose_snippet(
    text: str, sentences: Sequence[tuple[int, int]], tokens: Tokens, ideas: Sequence[Node]
) -> tuple[int, int]:
    """The (start, end) slice of ``text`` that meets most of ``ideas``: whole ``sentences``, at least one."""
    if not sentences:
        return 0, len(text)
    places = [place for idea in ideas for place in meet(idea, tokens).places]
    telling = holding(sentences, tokens.slices(places))
    values = {sentence: _value(tokens.between(*sentence), ideas) for sentence in telling}
    best = max(range(len(sentences)), key=lambda i: (values.get(sentences[i], 0.0), -i))
    first, last = best, best
    while (
        last + 1 < len(sentences) and _words(text, sentences[first][0], sentences[last + 1][1]) <= ROOM_WORDS
    ):
        last += 1
    while first and _words(text, sentences[first - 1][0], sentences[last][1]) <= ROOM_WORDS:
        first -= 1
    return sentences[first][0], sentences[last][1]


def _value(sentence: Tokens, ideas: Sequence[Node]) -> float:
    """How many of the ideas a sentence meets."""
    return sum(degree(idea, sentence) for idea in ideas)


def _words(text: str, start: int, end: int) -> int:
    return len(text[start:end].split())
