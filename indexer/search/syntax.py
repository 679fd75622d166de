"""What was typed, taken apart: quotes, operators, brackets, fields, stars, and the plain words between.

Reading never fails. A sign that cannot be meant as one (a bracket without its partner, an operator with
nothing to join) is left out or left in the words, and a note says so.

    either  = both (OR both)*
    both    = run (AND run)*
    run     = item+
    item    = [NOT | -] (words | "phrase"~5 | word NEAR word | word* | word~ | field:value | (either))
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.search.fielded import FIELDS

MOST_DEPTH = 12
"""Brackets inside brackets that are followed; nobody means more."""
FURTHEST = 50
"""Words that may stand between words that are to be near each other."""
NEAR_DISTANCE = 10
"""What NEAR means where no number is given."""


@dataclass(frozen=True, slots=True)
class Plain:
    """Words as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that follow each other, with at most ``slop`` others between in all."""

    text: str
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Near:
    """Two words or phrases, in either order, with at most ``distance`` words between."""

    left: str
    right: str
    distance: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """Words that begin so."""

    text: str


@dataclass(frozen=True, slots=True)
class Alike:
    """Words that are spelled alike; ``edits`` is how many letters may differ, None by its length."""

    text: str
    edits: int | None = None


@dataclass(frozen=True, slots=True)
class Fielded:
    """``name:value``; the name is one of ``FIELDS``."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Not:
    """What must not be there."""

    of: Typed


@dataclass(frozen=True, slots=True)
class Run:
    """What stands side by side."""

    items: tuple[Typed, ...]


@dataclass(frozen=True, slots=True)
class Both:
    """What AND joins."""

    parts: tuple[Typed, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """What OR joins."""

    parts: tuple[Typed, ...]


Typed = Plain | Quoted | Near | Beginning | Alike | Fielded | Not | Run | Both | Either

_WORD = r"\w[\w'’]*(?:-[\w'’]+)*"
_START, _END = r'(?<![^\s()"])', r'(?![^\s()"])'
_PIECE = re.compile(
    rf"""(?P<near>{_START}(?!(?:AND|OR|NOT)\b)(?P<left>"[^"]+"|{_WORD})\s+NEAR(?:/(?P<distance>\d{{1,3}}))?
            \s+(?!(?:AND|OR|NOT)\b)(?P<right>"[^"]+"|{_WORD})(?![\w*~:]))
      |(?P<field>(?<![^\s(-])(?P<name>(?i:{"|".join(FIELDS)})):(?P<value>"[^"]*"|[^\s()"]+))
      |"(?P<phrase>[^"]*)"(?:~(?P<slop>\d{{1,3}})(?!\w))?
      |(?P<minus>(?<![^\s(])-(?:(?P<unwanted>{_WORD})(?=[\s).,;?!]|:(?!["\w])|$)|(?=[\w"(])))
      |(?P<operator>{_START}(?:AND|OR|NOT){_END})
      |(?P<bracket>[()])
      |(?P<beginning>\w+)\*+(?!\w)
      |(?P<alike>{_WORD})~(?P<edits>[0-2])?(?!\w)
    """,
    re.X,
)
_LOOSE_NEAR = re.compile(rf"{_START}NEAR(?:/\d{{1,3}})?{_END}")
_INNER_STAR = re.compile(r"\w\*\w")
_UNKNOWN_FIELD = re.compile(r"(?<!\S)([A-Za-z]{2,20}):(?=[\w\"])(?!//)")


@dataclass(frozen=True, slots=True)
class _Sign:
    """An operator or a bracket."""

    text: str


_Piece = Typed | _Sign
_AND, _OR, _NOT, _OPEN, _CLOSE = map(_Sign, ("AND", "OR", "NOT", "(", ")"))
_JOINS = (_AND, _OR)


def read(text: str) -> tuple[Typed, tuple[str, ...]]:
    """What was typed as a tree, and notes on what was not understood. Raises nothing."""
    notes: dict[str, None] = {}
    if text.count('"') % 2:
        text = text.replace('"', " ")
        notes["A quotation mark had no partner, so the words were searched one by one."] = None
    pieces = list(_pieces(text))
    if not any(piece in (*_JOINS, _NOT) for piece in pieces):
        # Brackets around words that no operator joins are punctuation: "looked after children (LAC)".
        pieces = [piece for piece in pieces if piece not in (_OPEN, _CLOSE)]
    pieces = _joinable(_without_empty(_balanced(pieces, notes)), notes)
    notes.update(dict.fromkeys(_oddities(pieces)))
    return _Parser(pieces).either(), tuple(notes)


def _pieces(text: str) -> Iterator[_Piece]:
    """The pieces in order; words between signs as one, unless there is no letter or figure in them."""
    at = 0
    for match in _PIECE.finditer(text):
        yield from _words(text[at : match.start()])
        yield from _piece(match)
        at = match.end()
    yield from _words(text[at:])


def _words(text: str) -> Iterator[_Piece]:
    if any(map(str.isalnum, text)):
        yield Plain(text)


def _piece(match: re.Match[str]) -> Iterator[_Piece]:
    """The pieces that a match of ``_PIECE`` stands for: one, or two for a minus and its word."""
    if match["near"]:
        distance = min(int(match["distance"] or NEAR_DISTANCE), FURTHEST)
        yield Near(match["left"].strip('"'), match["right"].strip('"'), distance)
    elif match["field"]:
        yield from _field(match["name"].lower(), match["value"])
    elif match["phrase"] is not None:
        yield Quoted(match["phrase"], min(int(match["slop"] or 0), FURTHEST))
    elif match["minus"]:
        yield _NOT
        if match["unwanted"]:
            yield Plain(match["unwanted"])
    elif match["beginning"]:
        yield Beginning(match["beginning"])
    elif match["alike"]:
        yield Alike(match["alike"], int(match["edits"]) if match["edits"] else None)
    else:
        yield _Sign(match["operator"] or match["bracket"])


def _field(name: str, value: str) -> Iterator[_Piece]:
    plain = value.strip('"') if value.startswith('"') else value.rstrip(".,;:?!")
    if any(map(str.isalnum, plain)):
        yield Fielded(name, plain)
    else:
        yield Plain(name)


def _balanced(pieces: Sequence[_Piece], notes: dict[str, None]) -> list[_Piece]:
    """The pieces without brackets that have no partner or are nested too deep."""
    opened: list[int] = []
    kept: set[int] = set()
    for at, piece in enumerate(pieces):
        if piece == _OPEN:
            opened.append(at)
        elif piece == _CLOSE and opened:
            start = opened.pop()
            kept |= {start, at} if len(opened) < MOST_DEPTH else set()
            if len(opened) >= MOST_DEPTH:
                notes[f"Brackets more than {MOST_DEPTH} deep were left out."] = None
        elif piece == _CLOSE:
            notes["A bracket had no partner and was left out."] = None
    if opened:
        notes["A bracket had no partner and was left out."] = None
    return [p for at, p in enumerate(pieces) if p not in (_OPEN, _CLOSE) or at in kept]


def _without_empty(pieces: Sequence[_Piece]) -> list[_Piece]:
    """The pieces without brackets that have nothing inside."""
    kept: list[_Piece] = []
    for piece in pieces:
        if piece == _CLOSE and kept and kept[-1] == _OPEN:
            kept.pop()
        else:
            kept.append(piece)
    return kept


def _joinable(pieces: Sequence[_Piece], notes: dict[str, None]) -> list[_Piece]:
    """The pieces without operators that have nothing to join; those left have it on each side."""
    kept: list[_Piece] = []
    for piece in pieces:
        before = kept[-1] if kept else _OPEN
        if piece in _JOINS and before in (_OPEN, _NOT, *_JOINS):
            notes[_nothing_at(piece, "before")] = None
        elif not (piece == _NOT and before == _NOT):
            kept.append(piece)
    back: list[_Piece] = []
    for piece in reversed(kept):
        after = back[-1] if back else _CLOSE
        if piece in (_NOT, *_JOINS) and after in (_CLOSE, *_JOINS):
            notes[_nothing_at(piece, "after")] = None
        elif not (piece == _OPEN and after == _CLOSE):
            back.append(piece)
        else:
            back.pop()  # what the bracket held was an operator alone
    if len(back) < len(kept):
        # What is gone may have been what another operator joined.
        return _joinable(back[::-1], notes)
    return kept


def _nothing_at(sign: _Piece, side: str) -> str:
    text = sign.text if isinstance(sign, _Sign) else ""
    return f"“{text}” has nothing {side} it and was left out."


def _oddities(pieces: Sequence[_Piece]) -> Iterator[str]:
    """Notes on signs that stand in the plain words."""
    for piece in pieces:
        if not isinstance(piece, Plain):
            continue
        if _LOOSE_NEAR.search(piece.text):
            yield "“NEAR” takes a word or a quoted phrase on each side, so it was searched as a plain word."
        if _INNER_STAR.search(piece.text):
            yield "A star counts only at the end of a word, so the parts were searched as words."
        for match in _UNKNOWN_FIELD.finditer(piece.text):
            known = ", ".join(FIELDS)
            yield f"There is no field “{match[1]}:”, so it was searched as a word. Fields: {known}."


class _Parser:
    """Reads balanced, joinable pieces."""

    def __init__(self, pieces: Sequence[_Piece]) -> None:
        self._pieces = pieces
        self._at = 0

    def either(self) -> Typed:
        """Runs joined by OR, and by AND, which binds closer."""
        parts = [self._both()]
        while self._take(_OR):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else Either(tuple(parts))

    def _both(self) -> Typed:
        parts: list[Typed] = [self._run()]
        while self._take(_AND):
            parts.append(self._run())
        return parts[0] if len(parts) == 1 else Both(tuple(parts))

    def _run(self) -> Run:
        items: list[Typed] = []
        while self._at < len(self._pieces) and self._pieces[self._at] not in (_CLOSE, *_JOINS):
            item = Not(self._item()) if self._take(_NOT) else self._item()
            items.extend(item.items if isinstance(item, Run) else (item,))
        return Run(tuple(items))

    def _item(self) -> Typed:
        piece = self._pieces[self._at]
        self._at += 1
        if not isinstance(piece, _Sign):
            return piece
        inner = self.either()
        self._at += 1  # the closing bracket
        return inner

    def _take(self, sign: _Sign) -> bool:
        taken = self._at < len(self._pieces) and self._pieces[self._at] == sign
        self._at += taken
        return taken
