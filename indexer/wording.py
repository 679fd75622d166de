"""Plain words of a line: what a reader sees, without marks, tags and look-alike letters.

Only for recognising things (a title, a stamp, a name); quotes are always cut from the source.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

from indexer.model import Block, Reading

# Capital and small letters of other alphabets that look Latin, as converters leave them.
_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеѕіјорсухΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYXo",
)
_QUOTES = str.maketrans({"‘": "'", "’": "'", "‛": "'", "“": '"', "”": '"', "\u00ad": "", "\u200b": ""})
_TAG = re.compile(r"</?[A-Za-z][^<>]{0,80}>")
_EMPHASIS = re.compile(r"\*\*|__|(?<![\w*])\*(?=\S)|(?<=\S)\*(?![\w*])")
_BULLET = re.compile(r"^\s*(?:[-–—•●▪◦*o\uf0b7\uf0a7]\s+)+")
_NUMBER = re.compile(
    r"^\s*(?:(?P<item>item|section|chapter|part)\s+)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,3}\.?|\(?[a-z]\)|\(?[ivx]{1,5}\)|[A-Z]\.|"
    r"[ivx]{1,5}\.)\s*(?=[^\W\d_]|[\"'(£])",
)
_SMALL_WORDS = frozenset("a an and at by for from in into of on or the to with".split())


@lru_cache(maxsize=16_384)
def plain(text: str) -> str:
    """``text`` on one line as a reader sees it: no tags, emphasis marks or look-alike letters.

    Remembered, since each stage asks about the same lines and blocks.
    """
    text = html.unescape(_TAG.sub("", text)) if "<" in text or "&" in text else text
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text).translate(_QUOTES).translate(_LOOKALIKES)
    if "*" in text or "__" in text:
        text = _EMPHASIS.sub("", text)
    return " ".join(text.split())


def without_bullet(text: str) -> str:
    """``text`` in plain words, without the bullet or dash that it begins with."""
    bullet = _BULLET.match(text)
    return plain(text[bullet.end() :] if bullet else text)


def split_number(text: str) -> tuple[str, str]:
    """The number or letter that ``text`` begins with ("4.1", "a", "iv"; "" if none) and the rest."""
    text = without_bullet(text)
    match = _NUMBER.match(text)
    if not match:
        return "", text
    return match["number"].strip("().") or "", text[match.end() :].strip()


def is_capitals(text: str) -> bool:
    """Whether the letters of ``text`` are capitals throughout (at least four of them)."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= 4 and all(letter.isupper() for letter in letters)


def title_case(text: str) -> str:
    """``text`` that is all in capitals, as a title is written; other text unchanged."""
    if not is_capitals(text):
        return text
    words = text.lower().split(" ")
    return " ".join(
        word if word in _SMALL_WORDS and index else _capitalise(word) for index, word in enumerate(words)
    )


def _capitalise(word: str) -> str:
    """The first letter of ``word`` as a capital, past a bracket or a quote."""
    for index, letter in enumerate(word):
        if letter.isalpha():
            return word[:index] + letter.upper() + word[index + 1 :]
    return word


def same_words(text: str) -> str:
    """A key that is equal for texts of the same words: letters and digits in lower case."""
    return " ".join(re.findall(r"[^\W_]+", plain(text).lower().replace("'", "").replace("&", " and ")))


def block_text(reading: Reading, block: Block) -> str:
    """The plain words of a block, its lines joined by spaces."""
    return plain(" ".join(reading.line_text(index) for index in block.lines))


def block_lines(reading: Reading, block: Block) -> tuple[str, ...]:
    """The plain words of each line of a block."""
    return tuple(plain(reading.line_text(index)) for index in block.lines)
