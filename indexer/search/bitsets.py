"""Sets of ordinals as Python integers: bit i is set where passage i is in the set.

Set algebra is then ``&``, ``|`` and ``bit_count()``, which run in C over 8 passages a byte. What is
slow is to go bit by bit, since every shift copies the whole integer; so both ways here pass through
a byte string, one byte a passage.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress

_ZERO, _ONE = b"01"
_TRUTH = bytes.maketrans(b"01", b"\x00\x01")


def bits_of(ordinals: Collection[int]) -> int:
    """The bit set that holds ``ordinals`` (each 0 or more, in any order)."""
    if not ordinals:
        return 0
    flags = bytearray((_ZERO,)) * (max(ordinals) + 1)
    for ordinal in ordinals:
        flags[ordinal] = _ONE
    flags.reverse()
    return int(flags, 2)


def ordinals_of(bits: int) -> tuple[int, ...]:
    """The ordinals in the bit set, ascending."""
    flags = f"{bits:b}".encode()[::-1].translate(_TRUTH)
    return tuple(compress(range(len(flags)), flags))
