"""Text to tokens, one way for every engine: words by one pattern, NLTK's Snowball stems, offsets kept.

The text itself is never changed. Look-alike letters, ligatures, curly quotes, words cut by a line
end and markup left by a conversion are dealt with here, in the tokens alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from indexer.language import SnowballStemmer


class Placed(NamedTuple):
    """A token and its place in the order of words: all that an engine asks for."""

    text: str
    position: int
    """Several tokens share a position where they are spellings of one word."""


class Token(NamedTuple):
    """A token, its place in the order of words, and its slice of the source text."""

    text: str
    position: int
    """Several tokens share a position where they are spellings of one word."""
    start: int
    end: int


# Cyrillic and Greek letters that look Latin: text layers of converted PDFs hold them.
_LOOK_ALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁһԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧο",
    "ABEKMHOPCTYXIJSaeopcyxijsdhqwABEZHIKMNOPTYXo",
)
_APOSTROPHES = str.maketrans("’‘ʼ＇", "''''")
_HYPHENS = "-\u00ad\u2010\u2011"

# A word may hold apostrophes and full stops between letters (don't, e.g); digits may hold
# separators (1,190). Tags are matched first so that their names never become words.
_WORD = re.compile(r"</?[a-zA-Z][^<>]{0,60}>|\d+(?:[.,]\d+)*%?|[^\W\d_]+(?:['’ʼ][^\W\d_]+)*\d*|[^\W_]+")
# UTF-8 that a program took for Windows-1252: "familyâ€™s", "cafÃ©".
_LATER_BYTE = "[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]"
_DAMAGED = re.compile(f"â€|[ÃÂ]{_LATER_BYTE}")
_LETTER = rf"(?:Ã{_LATER_BYTE}|(?!â€|[ÃÂ]{_LATER_BYTE})[^\W\d_])"
_DAMAGED_WORD = re.compile(
    rf"</?[a-zA-Z][^<>]{{0,60}}>|\d+(?:[.,]\d+)*%?|{_LETTER}+(?:(?:['’ʼ]|â€[™˜]){_LETTER}+)*\d*"
)
_STEMMER = SnowballStemmer("english")
_YEARS = re.compile(r"(?:19|20)\d\d")

STOP_WORDS = frozenset(
    """a about above across after again against all also although am an and any are as at be because been
    before being below between both but by can cannot could did do does doing don't down during each either
    else etc ever every few for from further get gets give given go goes going had has have having he her here
    hers herself him himself his how however i if in into is it its itself just let like made make makes many
    may me might more most much must my myself neither no nor not now of off often on once one only onto or
    other others our ours ourselves out over own per put rather said same say says shall she should since so
    some such take taken than that the their theirs them themselves then there these they this those through
    thus to too took toward towards under until up upon us use used using very via was we were what when where
    whether which while who whom whose why will with within without would yet you your yours
    yourself""".split()
)
"""English words that say nothing of what a passage is about; compared before stemming."""


@lru_cache(maxsize=200_000)
def normalise(word: str) -> str:
    """The spelling that is compared: compatibility forms, look-alike letters and case folded, the
    possessive gone."""
    if _DAMAGED.search(word):
        word = _repaired(word)
    plain = unicodedata.normalize("NFKC", word).translate(_LOOK_ALIKES).translate(_APOSTROPHES)
    plain = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    return plain.casefold().removesuffix("'s").rstrip("'").replace(",", "")


def _repaired(word: str) -> str:
    """A word whose UTF-8 was taken for Windows-1252, as it was; itself where it was not."""
    try:
        return word.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return word


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The Snowball stem (Porter 2001) of a normalised word."""
    return str(_STEMMER.stem(word.replace("'", "")))


@lru_cache(maxsize=200_000)
def _form(word: str) -> str:
    return stem(normalise(word))


def is_stop_word(word: str) -> bool:
    """Whether a word, as typed or written, says nothing of the subject."""
    return normalise(word) in STOP_WORDS


@lru_cache(maxsize=4)  # the analyser, the speller and the learner of terms take a passage apart in turn
def words(text: str) -> tuple[tuple[int, int], ...]:
    """The (start, end) slices of the words in ``text``, markup passed over."""
    pattern = _DAMAGED_WORD if _DAMAGED.search(text) else _WORD
    if "<" not in text:
        return tuple(match.span() for match in pattern.finditer(text))
    return tuple(match.span() for match in pattern.finditer(text) if text[match.start()] != "<")


def _joined(text: str, left: tuple[int, int], right: tuple[int, int]) -> bool:
    """Whether two words are one in two pieces: co-sleeping, or a word cut by a line end."""
    if text[left[1]] not in _HYPHENS:
        return False
    between = text[left[1] : right[0]]
    if not between or between[1:].strip():
        return False
    if len(between) > 1 and "\n" not in between:
        return False
    return text[left[0] : left[1]].isalpha() and text[right[0] : right[1]].isalpha()


def analyse(text: str) -> tuple[Token, ...]:
    """The tokens of ``text`` in order: stems, and for words joined by a hyphen the joined spelling
    beside the last piece, so that co-sleeping, cosleeping and a word cut by a line end all meet."""
    tokens: list[Token] = []
    spans = words(text)
    run_start = 0
    for position, (start, end) in enumerate(spans):
        # A letter that only modifies another (a lone ʼ) is a word to the tokeniser and nothing to search.
        if token := _form(text[start:end]):
            tokens.append(Token(token, position, start, end))
        if position and _joined(text, spans[position - 1], spans[position]):
            pieces = spans[run_start : position + 1]
            if whole := stem("".join(normalise(text[a:b]) for a, b in pieces)):
                tokens.append(Token(whole, position, pieces[0][0], end))
        else:
            run_start = position
    return tuple(tokens)


PLACES, SAME_PLACE = "\n", "\t"
"""No form holds either: white space divides words, and what NFKC makes of letters are spaces alone."""


def pack(tokens: Iterable[Token]) -> str:
    """The forms of ``tokens``, which begin at position 0, in the order of their places: what is kept of a
    text's words where its slices are not needed."""
    places: list[str] = []
    for token in tokens:
        if token.position == len(places):  # as nearly always
            places.append(token.text)
            continue
        places.extend("" for _ in range(token.position + 1 - len(places)))
        before = places[token.position]
        places[token.position] = f"{before}{SAME_PLACE}{token.text}" if before else token.text
    return PLACES.join(places)


def unpack(packed: str) -> tuple[Placed, ...]:
    """The tokens that ``pack`` packed."""
    places = enumerate(packed.split(PLACES))
    return tuple(Placed(form, place) for place, at in places for form in at.split(SAME_PLACE) if form)
