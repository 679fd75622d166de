"""Passages and questions from a seed, for speed alone: they mean nothing, so never judge ranking by them.

Words are made up and drawn by Zipf's law; lengths are those of real passages. All engines get the same
words, already split, so that what is compared is indexing and searching, not analysis.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate, product
from random import Random

VOCABULARY = 20_000
STOP_RANKS = 40
"""The commonest so many words stand for "the" and "of": a question's are dropped before any engine."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A passage: the words of its three fields."""

    ordinal: int
    text: tuple[str, ...]
    heading: tuple[str, ...]
    title: tuple[str, ...]


def make_samples(count: int, seed: int = 1) -> Iterator[Sample]:
    """``count`` passages, the same for the same seed."""
    random = Random(seed)  # noqa: S311 - nothing here is secret
    words = made_up_words()
    weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def draw(length: int) -> tuple[str, ...]:
        return tuple(random.choices(words, cum_weights=weights, k=length))

    title = draw(6)
    for ordinal in range(count):
        if ordinal % 60 == 0:
            title = draw(6)
        heading = draw(random.randint(2, 9))
        yield Sample(ordinal, draw(random.randint(60, 200)), heading, title)


def make_questions(count: int, seed: int = 2) -> list[tuple[str, ...]]:
    """``count`` questions of two to five words, as common as words in passages are."""
    random = Random(seed)  # noqa: S311
    words = made_up_words()
    weights = list(accumulate(0 if r < STOP_RANKS else 1 / (r + 1) for r in range(VOCABULARY)))
    return [tuple(random.choices(words, cum_weights=weights, k=random.randint(2, 5))) for _ in range(count)]


def made_up_words() -> list[str]:
    """Words that are in no language, in a fixed order."""
    syllables = ["".join(pair) for pair in product("bdfgklmnprstvz", "aeiou")]
    words = ("".join(parts) for parts in product(syllables, repeat=3))
    return [word for word, _ in zip(words, range(VOCABULARY), strict=False)]
