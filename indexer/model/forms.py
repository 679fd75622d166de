"""What a passage's words come to when they are analysed, kept so that no search analyses them again."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms of a passage's words, each text's packed by ``indexer.search.analysis.pack``."""

    text: str
    """Of its own text."""
    heading: str
    """Of the headings above it and what else governs it."""
    title: str
    """Of the heading right above it alone."""
    figures: int
    """Words of its text with a digit."""
    sentences: tuple[tuple[int, int], ...]
    """The (start, end) slices of its text that are sentences, in order."""
