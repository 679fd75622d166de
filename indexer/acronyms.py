"""Short forms and the long forms that a paper gives for them.

A pair counts only where the letters of the short form begin the words of the long one. Papers say
it in a list of acronyms, or in passing: "Local Safeguarding Children Board (LSCB)". Where they do
both, the list is the place to cite: it is the paper's own word on what the letters mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from indexer.model import Acronym, Block, BlockKind, Reading
from indexer.wording import block_text, plain, same_words

_SHORT = r"(?:[^\W\d_]{1,3}-)?[^\W\d_](?:[^\W_]|[&/.’']){0,10}[^\W_]"
_ENTRY = re.compile(
    rf"[\s\-–•▪●*\uf0b7\uf0a7|]*(?P<short>{_SHORT})[*_]{{0,3}}\)?(?P<mark>\s*[:=–—|\t]\s*|\s+-\s*|\s+)(?P<long>\S.*\S)"
)
_AFTER = re.compile(
    rf"\(\s*(?:(?:the|hereafter|herein|known as|called|or|now)\s+)*"
    rf"[\"'“‘]?(?P<short>{_SHORT})[\"'”’]?\s*(?:[,;:][^()]*)?\)"
)
_CELL = re.compile(r"[\s*_]*(?:\S+|[^a-z]+)[\s*_]*(?<![,;])")
"""A cell that can be a short form: one word, or capitals."""
_BEFORE = re.compile(rf"(?<![\w(])(?P<short>{_SHORT})\s+\((?P<long>[^()]{{5,110}})\)")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SENTENCE_END = re.compile(r"[.;:!?(),]\s+(?=\S)|[()]|\n\s*\n")
_LIST_HEADING = re.compile(
    r"\b(?:acronyms?|abbreviations?|glossary|short forms?|initials used|terms used)\b", re.I
)
_SMALL = frozenset("a an and as at by for from in into of on or the to with".split())
_DIGITS = {"1": "one", "2": "two", "3": "three", "4": "four"}
_SOUNDS = {"2": "to", "4": "for"}
_LONGEST_ENTRY = 16
"""Words of a line that can be an entry of a list of acronyms."""
_LEAST_CAPITALS = 2
_LEAST_WORDS = 2
_TRUST = 1
"""How many words or letters may be out of place in a long form."""
_IMPOSSIBLE = 99


@dataclass(frozen=True, slots=True)
class _Find:
    """A pair as slices of a text."""

    short: tuple[int, int]
    long: tuple[int, int]
    listed: bool


def find_acronyms(reading: Reading, blocks: tuple[Block, ...]) -> tuple[Acronym, ...]:
    """The short forms that a document explains, each with its long form, in the order of their places.

    A pair that is given more than once is kept once: as an acronym list has it, else as it first
    comes. A short form that stands for two things is kept with both.
    """
    kept: dict[tuple[str, str], tuple[bool, Acronym]] = {}
    for listed, acronym in _all(reading, blocks):
        key = (_key(acronym.short), _long_key(acronym.long))
        if key not in kept or (listed and not kept[key][0]):
            kept[key] = (listed, acronym)
    return tuple(sorted((acronym for _, acronym in kept.values()), key=lambda one: one.place.start))


def _key(short: str) -> str:
    """Plural, dots and case do not make another short form."""
    return re.sub(r"(?:['’]?s)?$", "", "".join(_folded(c) for c in short)).replace(".", "").casefold()


def _long_key(long: str) -> str:
    words = [word for word in same_words(long).split() if word not in _SMALL]
    return " ".join(word.rstrip("s") for word in words)


def _all(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[tuple[bool, Acronym]]:
    under_list = False
    for block in blocks:
        if block.kind == BlockKind.HEADING or (block.header and block.kind == BlockKind.TABLE_ROW):
            under_list = _names_list(block_text(reading, block), under_list and block.header)
        if block.kind == BlockKind.FURNITURE:
            continue
        text, starts = _joined(reading, block)
        for find in _finds(reading, block, text, starts, under_list):
            yield find.listed, _acronym(reading, block, text, starts, find)


def _names_list(text: str, before: bool) -> bool:
    return before or (_LIST_HEADING.search(text) is not None and len(text.split()) <= 8)


def _joined(reading: Reading, block: Block) -> tuple[str, list[int]]:
    """The lines of a block joined by line feeds, and where each line starts in that text."""
    starts, offset = [], 0
    for index in block.lines:
        starts.append(offset)
        offset += len(reading.line_text(index)) + 1
    return "\n".join(reading.line_text(index) for index in block.lines), starts


def _acronym(reading: Reading, block: Block, text: str, starts: list[int], find: _Find) -> Acronym:
    first, last = min(find.short[0], find.long[0]), max(find.short[1], find.long[1])
    lines = [
        index
        for index, start in zip(block.lines, starts, strict=True)
        if start < last and first < start + len(reading.line_text(index))
    ]
    short, long = (" ".join(text[a:b].split()) for a, b in (find.short, find.long))
    return Acronym(short, long, reading.place(lines))


def _finds(reading: Reading, block: Block, text: str, starts: list[int], under_list: bool) -> Iterator[_Find]:
    if block.kind == BlockKind.TABLE_ROW:
        yield from _in_cells(reading, block, text, starts, under_list)
    else:
        for start in starts:
            yield from _in_entry(text, start, under_list)
    yield from _in_passing(text)


def _in_cells(
    reading: Reading, block: Block, text: str, starts: list[int], under_list: bool
) -> Iterator[_Find]:
    """Neighbouring cells, a short form and its long form."""
    spans = [_within(reading, block, starts, cell) for cell in block.cells]
    for left, right in pairwise(spans):
        if (
            left
            and right
            and _CELL.fullmatch(text[slice(*left)])
            and _is_pair(text[slice(*left)], text[slice(*right)], under_list)
        ):
            yield _Find(left, right, True)


def _within(
    reading: Reading, block: Block, starts: list[int], cell: tuple[int, int]
) -> tuple[int, int] | None:
    """A cell's slice of the block's joined text."""
    for index, start in zip(block.lines, starts, strict=True):
        line = reading.lines[index]
        if line.start <= cell[0] and cell[1] <= line.end:
            return start + cell[0] - line.start, start + cell[1] - line.start
    return None


def _in_entry(text: str, start: int, under_list: bool) -> Iterator[_Find]:
    """A line of a list: "CAF Common Assessment Framework", "CAF - Common Assessment Framework"."""
    end = text.find("\n", start)
    match = _ENTRY.fullmatch(text, start, len(text) if end < 0 else end)
    if match and len(match["long"].split()) <= _LONGEST_ENTRY:
        loose = under_list or bool(match["mark"].strip())
        if _is_pair(match["short"], match["long"], loose):
            yield _Find(match.span("short"), match.span("long"), True)


def _is_pair(short: str, long: str, loose: bool) -> bool:
    """Whether an entry of a list explains a short form; a loose one may go on past the last letter."""
    letters = _letters(short)
    words = _words(long)
    if not letters or len(words) < _LEAST_WORDS:
        return False
    if "".join(word for word, _ in words) == letters.lower():
        return False
    trust = _TRUST if len(letters) > 2 or loose else 0
    return _misfit(letters, [word for word, _ in words], loose) <= trust


def _in_passing(text: str) -> Iterator[_Find]:
    for match in _AFTER.finditer(text):
        long = _before(text, match.start(), _letters(match["short"]))
        if long:
            yield _Find(match.span("short"), long, False)
    for match in _BEFORE.finditer(text):
        letters = _letters(match["short"])
        words = [word for word, _ in _words(match["long"])]
        if letters and _misfit(letters, words, False) <= _trust_in(letters):
            yield _Find(match.span("short"), match.span("long"), False)


def _trust_in(letters: str) -> int:
    """Four letters may have one out of place, fewer would fit too many phrases by chance."""
    return _TRUST if len(letters) > 3 else 0


def _before(text: str, end: int, letters: str) -> tuple[int, int] | None:
    """The words right before ``end`` that the letters fit best, the nearest of equals."""
    if not letters:
        return None
    words = [(word, a, b) for word, (a, b) in _words(text[:end])][-(2 * len(letters) + 4) :]
    if not words or re.search(r"[.;:!?,()]\s", text[words[-1][2] : end]):
        return None
    best, fit = None, _trust_in(letters) + 1
    for first in reversed(range(len(words))):
        word, start, _ = words[first]
        if _SENTENCE_END.search(text, start, words[-1][2]):
            break
        misfit = _misfit(letters, [w for w, _, _ in words[first:]], False)
        if misfit < fit and word not in _SMALL and word[0] == letters[0].lower():
            best, fit = (start, words[-1][2]), misfit
    return best


def _letters(short: str) -> str:
    """The letters and digits of a short form; "" if it is none. Those in small letters may stand for nothing.

    Two letters or more are capitals, and a third of all: "SpN" is a short form, "McKenzie" is not.
    """
    folded = _latin(short)
    folded = re.sub(r"['’]?s$", "", folded) if not folded.isupper() else folded
    letters = [c for c in folded if c.isalnum()]
    capitals = sum(c.isupper() for c in letters)
    if capitals < _LEAST_CAPITALS or 3 * capitals < len(letters) or folded.isdigit():
        return ""
    return "".join(letters)


def _latin(word: str) -> str:
    """A word in the letters that a reader sees."""
    return word if word.isascii() else "".join(map(_folded, word))


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """A letter as a reader sees it: a look-alike of another alphabet as the Latin one."""
    seen = letter if letter.isascii() else plain(letter)
    return seen if len(seen) == 1 else letter


def _words(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Words in small Latin letters with their slices; the parts of a hyphenated one are words."""
    return [(_latin(match[0]).lower(), match.span()) for match in _WORD.finditer(text)]


def _misfit(letters: str, words: list[str], loose: bool) -> int:
    """How badly letters fit the initials of words: words left out, and letters from inside a word.

    Small words may be left out for nothing; so may what follows the last letter, if ``loose``.
    """
    initial = letters[0].lower()
    if not words or (words[0][0] != initial and words[0] != _DIGITS.get(initial)):
        return _IMPOSSIBLE
    row = [0] + [_IMPOSSIBLE] * len(letters)
    ends = [_IMPOSSIBLE]
    for word in words:
        row = _after_word(row, letters, word)
        ends.append(row[-1])
    return min(ends) if loose else row[-1]


def _after_word(row: list[int], letters: str, word: str) -> list[int]:
    """Least misfit after one more word, for each number of letters used up."""
    skip = 0 if word in _SMALL or word == "s" else 1
    after = [cost + skip for cost in row]
    for used, cost in enumerate(row[:-1]):
        for taken, extra in _taken(letters, used, word):
            after[used + taken] = min(after[used + taken], cost + extra)
    for used, letter in enumerate(letters):
        if letter.islower():
            after[used + 1] = min(after[used + 1], after[used])
    return after


def _taken(letters: str, used: int, word: str) -> Iterator[tuple[int, int]]:
    """How many letters a word can use up, and what it costs: its initial free, one from inside at a price."""
    left = letters[used:].lower()
    if word in (_DIGITS.get(left[0]), _SOUNDS.get(left[0])):
        yield 1, 0
    if word[0] != left[0]:
        return
    yield 1, 0
    for taken in (2, 3):
        if len(left) >= taken and _in_order(left[1:taken], word[1:]):
            yield taken, 0 if word.startswith(left[:taken]) else 1


def _in_order(letters: str, word: str) -> bool:
    """Whether letters come in a word in their order."""
    rest = iter(word)
    return all(letter in rest for letter in letters)
