"""What a passage is about, as a query: its most telling words, for finding others like it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping

from indexer.search.analysis import analyse, is_stop_word
from indexer.search.phrases import ROUTINE_STEMS
from indexer.search.query import AnyOf, Node, Term

MOST_WORDS = 24
"""Words that a passage is looked up by: the rarest say what it is about, the rest cost time."""
_LEAST_HOLDERS = 2
"""A word that no other passage holds finds nothing."""
_MOST_FREQUENT = 0.2
"""A word that stands in a larger share of the passages says nothing of this one."""
_FEW = 10
"""Passages that are few in the smallest of indexes too."""
_HEADING = 0.5
"""What a word of the heading above is worth against one of the text."""

Weights = Mapping[str, float]


def telling_words(text: str, heading: str, frequency: Callable[[str], int], total: int) -> Weights:
    """The words that tell a passage from others, by token: more where it stands more often and in fewer
    of the ``total`` passages, as ``frequency`` counts them. At most MOST_WORDS, the most telling first."""
    counts: defaultdict[str, float] = defaultdict(float)
    for source, worth in ((text, 1.0), (heading, _HEADING)):
        for token in analyse(source):
            if _says_something(token.text, source[token.start : token.end]):
                counts[token.text] += worth
    weights = {}
    for word, count in counts.items():
        held = frequency(word)
        if _LEAST_HOLDERS <= held <= max(_FEW, _MOST_FREQUENT * total):
            weights[word] = math.log(1 + count) * math.log(1 + total / held)
    return dict(sorted(weights.items(), key=lambda item: (-item[1], item[0]))[:MOST_WORDS])


def _says_something(token: str, written: str) -> bool:
    """Whether a word may tell a subject: no figure, no stop word, none of the words of every report."""
    return (
        len(token) > 1 and not token[0].isdigit() and not is_stop_word(written) and token not in ROUTINE_STEMS
    )


def tree_of(weights: Weights) -> Node:
    """A query for any of the words; one that says more counts for more."""
    most = max(weights.values(), default=1.0)
    return AnyOf(tuple(Term(token, weight / most) for token, weight in weights.items()))


def share(weights: Weights, tokens: Collection[str]) -> float:
    """How much of what a passage is about stands among ``tokens``, from 0 to 1."""
    whole = sum(weights.values())
    return sum(weight for token, weight in weights.items() if token in tokens) / whole if whole else 0.0
