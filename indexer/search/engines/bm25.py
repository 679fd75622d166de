"""BM25, the formula alone (Robertson and Zaragoza 2009, section 3.4, without the constant k1 + 1).

One field: idf * tf / (tf + k1 * (1 - b + b * length / mean length)). The idf is the one that stays
above 0 for words that stand in most passages.
"""

from __future__ import annotations

from math import log
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])
"""One passage's, or those of many at once."""

K1 = 1.2
"""How soon another occurrence of a word stops to count."""
B = 0.75
"""How far long fields are held back: 0 not at all, 1 in full proportion."""


def inverse_document_frequency(having: int, passages: int) -> float:
    """How telling a token is that ``having`` of all ``passages`` have in a field; above 0."""
    return log(1 + (passages - having + 0.5) / (having + 0.5))


def length_penalty(length: Number, mean: float) -> Number:
    """What stands beside tf below the line, for a field of ``length`` tokens; ``mean`` over the
    passages that have the field at all."""
    return K1 * (1 - B + B * length / mean)


def saturation(occurrences: Number, penalty: Number) -> Number:
    """What ``occurrences`` in a field are worth, from 0 to 1."""
    return occurrences / (occurrences + penalty)
