"""Who is to do what a statement says, and by when: as its own words or the row of its table state it.

Nothing is worked out: where a paper does not say it plainly, there is no owner and no date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.dates import find_dates
from indexer.model import BlockKind, Place, StatementKind, TextBlock
from indexer.wording import plain

_OWNER_COLUMN = re.compile(
    r"(?:lead|owner|who|by whom|action by|person responsible|responsib|accountable)\b|responsib", re.I
)
_DUE_COLUMN = re.compile(
    r"(?:by )?when$|by$|due\b|deadline|time ?-?(?:scale|frame)|target date|(?:completion|review) date|"
    r"(?:to be )?complet(?:ed|ion) by",
    re.I,
)
_OPENING = re.compile(
    r"(?:(?:recommendation|action|decision|resolved)(?: point)?(?: [\w.]{1,6})?\s*[:.–-]\s*"
    r"|[A-Z]{1,3}\d+[.:]?\s+|\(?\d+(?:\.\d+)*[.)]?\s+|that\s+)*",
    re.I,
)
_ACTOR = re.compile(
    r"(?P<owner>[^,.;:()]{2,80}?)\s+(?P<verb>should|must|shall|will|needs? to|(?:is|are) to|to)\s+"
    r"(?!(?:also\s+)?be\b)"
)
_BARE_ACTION = re.compile(r"action(?: point)?\s*[:–-]\s*(?P<owner>[^.;:()]{2,60})\.?$", re.I)
_SMALL = re.compile(r"\b(?:the|all|each|every|of|and|for|or|both)\b", re.I)
_INNER_THE = re.compile(r"(?<!\bof)(?<!\band)(?<!\bfor)\s+the\b")
_HEAD_END = re.compile(r"\s+(?:of|for|in|to|with|from|at|on|by|which|that|who|across|within)\b.*", re.I)
_ACTORS = frozenset(
    "board trust council committee service police director subgroup group team chair gp partnership ccg pct "
    "agency school midwife visitor manager officer lead panel hospital department authority commissioner "
    "provider college nurse worker practitioner staff partner organisation member coordinator headteacher "
    "governor executive camhs lscb scb cabinet governing body chairman secretary".split()
)
"""What bodies and people in office are called; the last word before any "of"."""
_BEFORE_DUE = re.compile(
    r"\b(?:by|before|no later than|not later than)\s+(?:the\s+)?(?:(?:beginning|start|middle|end)\s+of\s+)?"
    r"(?:\w+day,?\s+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Undertaking:
    """Who and by when, in plain words; None where it is not stated."""

    owner: str | None = None
    due: str | None = None
    """As stated: "December 2010", "Ongoing"."""
    due_date: str | None = None
    """ISO date, year and month where no day is given, where ``due`` is one."""


def find_undertaking(
    text: str, kind: StatementKind, place: Place, blocks: Sequence[TextBlock]
) -> Undertaking:
    """Of a statement of this text at this place; ``blocks`` are the document's, for the rows of tables."""
    if kind == StatementKind.FINDING:
        return Undertaking()
    words = plain(text)
    owner = _column(place, blocks, _OWNER_COLUMN) or _actor(words)
    due = _column(place, blocks, _DUE_COLUMN)
    if due:
        return Undertaking(owner, due, next((found.iso for found in find_dates(due)), None))
    return _dated(owner, words)


def _dated(owner: str | None, words: str) -> Undertaking:
    for found in find_dates(words):
        if _BEFORE_DUE.search(words[: found.start]):
            return Undertaking(owner, words[found.start : found.end], found.iso)
    return Undertaking(owner)


def _actor(words: str) -> str | None:
    bare = _BARE_ACTION.match(words)
    if bare and _is_actor(bare["owner"]) and " to " not in bare["owner"]:
        return bare["owner"]
    opening = _OPENING.match(words)
    found = _ACTOR.match(words, opening.end() if opening else 0)
    if found is None or not _is_actor(found["owner"]):
        return None
    # "Chair to write" names who; "the Panel ask schools to write" has its verb before.
    is_name = _INNER_THE.search(found["owner"]) is None and not any(
        word.islower() for word in _SMALL.sub(" ", found["owner"]).split()[:-1]
    )
    return found["owner"] if found["verb"] != "to" or is_name else None


def _is_actor(subject: str) -> bool:
    head = _HEAD_END.sub("", subject).split()
    if not head:
        return False
    last = head[-1].casefold()
    return bool(
        {last, last.removesuffix("s"), re.sub(r"ies$", "y", last), re.sub(r"ves$", "fe", last)} & _ACTORS
    )


def _column(place: Place, blocks: Sequence[TextBlock], wanted: re.Pattern[str]) -> str | None:
    """What stands in the column so named, in the rows of the table that a statement stands in."""
    rows = [block for block in blocks if _is_row_at(block, place)]
    if not rows or not (names := _header(rows[0], blocks)):
        return None
    column = next((i for i, name in enumerate(names) if wanted.match(plain(name))), None)
    if column is None:
        return None
    cells = (row.cells[column] for row in rows if len(row.cells) == len(names))
    return plain(" ".join(cells)) or None


def _is_row_at(block: TextBlock, place: Place) -> bool:
    is_row = block.kind == BlockKind.TABLE_ROW and not block.header
    return is_row and block.start < place.end and place.start < block.end


def _header(row: TextBlock, blocks: Sequence[TextBlock]) -> tuple[str, ...]:
    """The cells of the last row before this one that names its table's columns."""
    above = [b.cells for b in blocks if b.header and b.table == row.table and b.start <= row.start]
    return above[-1] if above else ()
