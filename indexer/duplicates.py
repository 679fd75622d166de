"""Near-identical passages to groups: the same paper alone and in a pack is found once.

Word shingles and containment (Broder 1997, "On the resemblance and containment of documents").
Candidates come from a sample of the shingles, the decision from all of them.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[^\W_]+")
_SHINGLE = 4
"""Words a shingle."""
_LEAST_WORDS = 8
"""Shorter passages ("None", "To note the report") say the same without being copies."""
_CONTAINED = 0.8
"""Share of the shorter passage's shingles that the longer one must hold."""
_LENGTH_RATIO = 0.6
"""A copy is not much shorter than its original: their edges may differ, their substance may not."""
_SAMPLE = 4
"""One shingle in so many is looked up."""
_TOO_COMMON = 40
"""A shingle in so many groups is a turn of phrase, not a sign of a copy."""


Likeness = tuple[bytes, bytes]
"""What a text is compared by: a digest of its words, and its shingles, four bytes each. Empty where the
text is too short to be a copy."""


def likeness(text: str) -> Likeness:
    """What a text is compared by."""
    words = [word.casefold() for word in _WORD.findall(text)]
    if len(words) < _LEAST_WORDS:
        return b"", b""
    digest = hashlib.sha256(" ".join(words).encode()).digest()
    return digest, array("I", _shingles(words)).tobytes()


def group_copies(passages: Iterable[tuple[int, Likeness]]) -> dict[int, int]:
    """Groups of near-identical texts, from (ordinal, likeness): each member's ordinal to the group's
    number, which is the ordinal of its first member. Passages without a copy are left out."""
    leaders: dict[int, frozenset[int]] = {}
    holders: defaultdict[int, list[int]] = defaultdict(list)
    members: defaultdict[int, list[int]] = defaultdict(list)
    same: dict[bytes, int] = {}
    for ordinal, (digest, packed) in passages:
        if not digest:
            continue
        shingles = frozenset(array("I", packed))
        # Looked up first: where all its shingles are turns of phrase, a sample would not find it.
        leader = same.get(digest)
        if leader is None:
            leader = _leader_of(shingles, leaders, holders)
        if leader is None:
            leader = ordinal
            leaders[ordinal] = shingles
            for shingle in _sampled(shingles):
                holders[shingle].append(ordinal)
        same.setdefault(digest, leader)
        members[leader].append(ordinal)
    return {member: leader for leader, group in members.items() if len(group) > 1 for member in group}


def _shingles(words: Sequence[str]) -> frozenset[int]:
    runs = (words[i : i + _SHINGLE] for i in range(len(words) - _SHINGLE + 1))
    return frozenset(zlib.crc32(" ".join(run).encode()) for run in runs)


def _sampled(shingles: frozenset[int]) -> list[int]:
    """The same shingles wherever they stand: those whose hash divides evenly, and always a few."""
    chosen = [shingle for shingle in shingles if shingle % _SAMPLE == 0]
    return chosen if len(chosen) >= _SAMPLE else sorted(shingles)[: 2 * _SAMPLE]


def _leader_of(
    shingles: frozenset[int], leaders: dict[int, frozenset[int]], holders: dict[int, list[int]]
) -> int | None:
    """The earliest of the passages that this one copies, or None."""
    shared: Counter[int] = Counter()
    for shingle in _sampled(shingles):
        candidates = holders.get(shingle, [])
        if len(candidates) <= _TOO_COMMON:
            shared.update(candidates)
    copies = [leader for leader, _ in shared.most_common(5) if _is_copy(shingles, leaders[leader])]
    return min(copies, default=None)


def _is_copy(one: frozenset[int], other: frozenset[int]) -> bool:
    shorter, longer = sorted((len(one), len(other)))
    if shorter < _LENGTH_RATIO * longer:
        return False
    return len(one & other) >= _CONTAINED * shorter
