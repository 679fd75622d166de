"""Recommendations, actions, decisions and findings, as a paper states them.

A statement is known by the heading that it stands under, by a sentence that leads it in, by the
column of its table, by its own label, or by a formula such as "It is recommended that".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer.model import Block, BlockKind, Reading, Statement, StatementKind
from indexer.sentences import split_sentences
from indexer.statement_lists import WIDEST, items_after, lacks_figures
from indexer.statement_tables import RowStatement, row_statements
from indexer.statement_wording import (
    ASKS,
    find_label,
    formula_kind,
    heading_kind,
    is_answer,
    is_meeting,
    is_resolution,
    is_told,
    lead_in_kind,
    may_hold_formula,
    number_of,
    says_nothing,
)
from indexer.wording import block_text, split_number

_BULLET = re.compile(r"(?:\s|[-–—•▪●◦◼*\uf0b7\uf0a7\uf0fc>|]+(?=\s|\d|$)|o\s)+")
_UNDERLINE = re.compile(r"[=\-~_*]{4,}")
_END_HEADING = re.compile(
    r"^(?:appendi(?:x|ces)|annex|background|introduction|context|reasons?|conclusions?|contact|report author|"
    r"list of|financial|legal|implications|references|glossary|summary|(?:executive )?summary|purpose)\b",
    re.I,
)
_CONCLUSIONS = re.compile(
    r"\b(?:conclusions? and recommendations?|recommendations? and conclusions?)\b", re.I
)
_MINUTES_REACH = 120
"""Blocks after the names of those present for which a paper is taken to be minutes."""
_MOST_PARAGRAPHS = 6
"""Plain paragraphs under a heading that are statements where nothing is listed; more are an account."""
_LONGEST_TEXT = 500
"""Words of a recommendation with all that stands under its title; more are a chapter about it."""
_LEAST_WORDS = 3
_LEAST_SENTENCE = 7
"""Words of a plain paragraph that can be a statement; fewer are a caption or a name."""

_TEXT = (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM)


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement as blocks' lines, or as slices of the source."""

    kind: StatementKind
    number: str | None
    lines: tuple[int, ...]
    text: str
    start: int


@dataclass(frozen=True, slots=True)
class _Reach:
    """Blocks, by position, that one heading or one lead-in governs."""

    kind: StatementKind
    members: tuple[int, ...]
    heading: bool
    one: bool = False
    """Whether all of them together are one statement."""
    mixed: bool = False
    """Whether the heading announces conclusions as well: what asks for nothing is one."""


def find_statements(reading: Reading, blocks: tuple[Block, ...]) -> tuple[Statement, ...]:
    """The statements of a document in reading order; no line of prose is taken twice."""
    taken: set[int] = set()
    found = [_of_row(reading, row) for row in row_statements(reading, blocks)]
    reaches = (_titled, _lead_ins, _labelled, _headings)
    for reach in (reach for reaches_of in reaches for reach in reaches_of(reading, blocks)):
        under = list(_under(reading, blocks, reach, taken))
        taken.update(position for position, _ in under)
        found.extend(dict.fromkeys(statement for _, statement in under))
    found.extend(_in_prose(reading, blocks, taken))
    found.sort(key=lambda one: one.start)
    return tuple(Statement(one.kind, one.text, one.number, reading.place(one.lines)) for one in found)


def _of_row(reading: Reading, row: RowStatement) -> _Found:
    text = "\n".join(reading.text[a:b] for a, b in row.slices)
    return _Found(row.kind, row.number, row.lines, text, row.slices[0][0])


def _is_opener(reading: Reading, block: Block) -> bool:
    """Whether a block is a heading, or a line that stands as one: underlined, or a word and a colon."""
    if block.kind == BlockKind.HEADING:
        return True
    if block.kind not in _TEXT:
        return False
    last = reading.line_text(block.lines[-1]).strip()
    if len(block.lines) == 2 and _UNDERLINE.fullmatch(last):
        return True
    text = block_text(reading, block)
    return text.endswith(":") and len(text.split()) <= 3 and heading_kind(text) is not None


def _opener_text(reading: Reading, block: Block) -> str:
    return _UNDERLINE.sub("", block_text(reading, block)).strip()


def _headings(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[_Reach]:
    """What headings that announce statements govern, each to the next heading of its level or above."""
    for position, block in enumerate(blocks):
        if not _is_opener(reading, block):
            continue
        text = _opener_text(reading, block)
        label = find_label(text)
        kind = heading_kind(text) if label is None or label.number is None else None
        if kind is not None:
            members = tuple(_governed(reading, blocks, position, kind))
            yield _Reach(kind, members, True, mixed=bool(_CONCLUSIONS.search(text)))


def _governed(
    reading: Reading, blocks: tuple[Block, ...], position: int, kind: StatementKind
) -> Iterator[int]:
    top = blocks[position]
    for below in range(position + 1, min(len(blocks), position + WIDEST)):
        block = blocks[below]
        if _is_opener(reading, block):
            if _ends(reading, top, block, kind):
                return
        elif block.kind in _TEXT:
            yield below


def _ends(reading: Reading, top: Block, block: Block, kind: StatementKind) -> bool:
    """Whether a heading ends the reach of another above it.

    A deeper one does too, unless it groups recommendations: by whom they are to be done, say.
    """
    if kind != StatementKind.RECOMMENDATION or top.level is None or (block.level or 0) <= top.level:
        return True
    if "recommend" not in block_text(reading, top).casefold():
        return True
    mine = split_number(block_text(reading, top))[0]
    if is_answer(split_number(block_text(reading, block))[1]):
        return True
    number, words = split_number(block_text(reading, block))
    siblings = mine and number and mine.count(".") == number.count(".")
    return bool(siblings) or heading_kind(words) is not None or _END_HEADING.match(words) is not None


def _titled(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[_Reach]:
    """Each recommendation that has a title of its own ("Recommendation 3: A better approach"), with the
    text under it."""
    for position, block in enumerate(blocks):
        label = find_label(_opener_text(reading, block)) if block.kind == BlockKind.HEADING else None
        if label is None or label.number is None or label.bare or label.kind != StatementKind.RECOMMENDATION:
            continue
        members = (position, *_text_under(reading, blocks, position))
        words = sum(len(block_text(reading, blocks[member]).split()) for member in members)
        if len(members) > 1 and words <= _LONGEST_TEXT:
            yield _Reach(label.kind, members, False, one=True)


def _text_under(reading: Reading, blocks: tuple[Block, ...], position: int) -> Iterator[int]:
    """The paragraphs and items under a heading, to the next heading or the paper's next numbered paragraph;
    none where it does not begin by asking for something."""
    asked = False
    for below in range(position + 1, len(blocks)):
        block = blocks[below]
        if block.kind in (BlockKind.FURNITURE, BlockKind.FOOTNOTE):
            continue
        text = block_text(reading, block)
        numbered = block.kind == BlockKind.PARAGRAPH and number_of(text) is not None
        asked = asked or ASKS.search(text) is not None
        if block.kind not in _TEXT or numbered or not asked:
            return
        yield below


def _labelled(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[_Reach]:
    """The paragraph under each heading that is a bare label: "Recommendation 4"."""
    for position, block in enumerate(blocks):
        if block.kind != BlockKind.HEADING:
            continue
        label = find_label(_opener_text(reading, block))
        if label is None or label.number is None or not label.bare:
            continue
        following = (p for p in range(position + 1, len(blocks)) if blocks[p].kind != BlockKind.FURNITURE)
        below = next(following, None)
        if below is not None and blocks[below].kind in _TEXT:
            yield _Reach(label.kind, (position, below), False)


def _lead_ins(reading: Reading, blocks: tuple[Block, ...]) -> Iterator[_Reach]:
    """What sentences that lead a list in govern: the items right after them."""
    for position, block in enumerate(blocks):
        if block.kind not in _TEXT and block.kind != BlockKind.HEADING:
            continue
        text = block_text(reading, block)
        kind = lead_in_kind(text)
        if kind is not None and not (block.kind == BlockKind.HEADING and heading_kind(text)):
            members = tuple(items_after(reading, blocks, position))
            if members:
                yield _Reach(kind, members, False)


def _under(
    reading: Reading, blocks: tuple[Block, ...], reach: _Reach, taken: set[int]
) -> Iterator[tuple[int, _Found]]:
    """The statements among what a heading or lead-in governs, with the position of each one's block."""
    members = [position for position in reach.members if position not in taken]
    if reach.one:
        lines = tuple(index for position in members for index in blocks[position].lines)
        whole = _whole(reading, blocks[members[0]], lines, reach.kind)
        yield from ((position, whole) for position in members if whole)
        return
    if not reach.heading:
        yield from _items(reading, blocks, reach, tuple(members))
        return
    listed = list(_one_list(reading, blocks, reach, members))
    if listed or len(members) < len(reach.members):
        yield from _items(reading, blocks, reach, tuple(listed))
    elif reach.kind != StatementKind.ACTION:
        spoken = [p for p in members if _says_enough(reading, blocks[p])]
        if len(spoken) <= _MOST_PARAGRAPHS:
            yield from _items(reading, blocks, reach, tuple(spoken))


def _one_list(
    reading: Reading, blocks: tuple[Block, ...], reach: _Reach, members: list[int]
) -> Iterator[int]:
    """The items among ``members``, to where numbered paragraphs follow a list without numbers."""
    before: list[str | None] = []
    for position in members:
        if not _is_listed(reading, blocks[position], reach):
            continue
        number = number_of(block_text(reading, blocks[position]))
        if number is not None and number[0].isdigit() and lacks_figures(before):
            return
        before.append(number)
        yield position


def _is_listed(reading: Reading, block: Block, reach: _Reach) -> bool:
    """Whether a block is an item: marked, labelled, or numbered (where recommendations are made so)."""
    text = block_text(reading, block)
    if _leads_on(reading, block):
        return False
    if block.kind == BlockKind.LIST_ITEM:
        return True
    if (label := find_label(text)) is not None:
        return label.kind == reach.kind
    number = number_of(text)
    if reach.kind != StatementKind.RECOMMENDATION or number is None:
        return False
    return reach.mixed or not is_told(number, text)


def _says_enough(reading: Reading, block: Block) -> bool:
    text = block_text(reading, block)
    enough = not _leads_on(reading, block) and len(text.split()) >= _LEAST_SENTENCE
    return enough and not is_told(number_of(text) or "", text)


def _leads_on(reading: Reading, block: Block) -> bool:
    """Whether a block only leads to what follows it."""
    text = block_text(reading, block)
    return block.kind == BlockKind.PARAGRAPH and (text.endswith(":") or lead_in_kind(text) is not None)


def _items(
    reading: Reading, blocks: tuple[Block, ...], reach: _Reach, members: tuple[int, ...]
) -> Iterator[tuple[int, _Found]]:
    """One statement an item; points under a numbered item that leads them in go with it."""
    groups: list[list[int]] = []
    for position in members:
        if groups and _is_point(reading, blocks, groups[-1], position):
            groups[-1].append(position)
        else:
            groups.append([position])
    for group in groups:
        lines = tuple(index for position in group for index in blocks[position].lines)
        found = _whole(reading, blocks[group[0]], lines, reach.kind)
        if found is not None:
            concludes = reach.mixed and ASKS.search(found.text) is None
            kind = StatementKind.FINDING if concludes else found.kind
            yield from ((position, replace(found, kind=kind)) for position in group[:1])


def _is_point(reading: Reading, blocks: tuple[Block, ...], group: list[int], position: int) -> bool:
    above, text = block_text(reading, blocks[group[0]]), block_text(reading, blocks[position])
    if find_label(text) is not None or number_of(above) is None:
        return False
    return above.endswith(":") and number_of(text) is None


def _whole(reading: Reading, block: Block, lines: tuple[int, ...], kind: StatementKind) -> _Found | None:
    """A block as one statement, the bullet before it left off; None where it says nothing."""
    text = "\n".join(reading.line_text(index) for index in lines)
    bullet = _BULLET.match(text)
    left = bullet.end() if bullet else 0
    if len(re.findall(r"[^\W\d_]{2,}", text[left:])) < _LEAST_WORDS or says_nothing(text[left:]):
        return None
    label = find_label(text)
    number = label.number if label else None if is_resolution(text) else number_of(text)
    if label is not None and label.number is not None:
        kind = label.kind
    return _Found(kind, number, lines, text[left:], reading.lines[lines[0]].start)


def _in_prose(reading: Reading, blocks: tuple[Block, ...], taken: set[int]) -> Iterator[_Found]:
    """Statements that say themselves what they are, wherever they stand."""
    minutes_end = -1
    for position, block in enumerate(blocks):
        text = block_text(reading, block)
        if is_meeting(text):
            minutes_end = position + _MINUTES_REACH
        if position in taken or block.kind not in (*_TEXT, BlockKind.HEADING):
            continue
        own = _own_kind(reading, block, text)
        if own is not None:
            whole = _whole(reading, block, block.lines, own)
            yield from (whole,) if whole else ()
        elif block.kind in _TEXT and may_hold_formula(text):
            yield from _sentences(reading, block, position < minutes_end)


def _own_kind(reading: Reading, block: Block, text: str) -> StatementKind | None:
    """The kind that a block's label or its first word gives it."""
    label = find_label(text)
    if text.endswith(":"):
        return None
    if label is not None and not label.bare and (label.number or block.kind != BlockKind.HEADING):
        return label.kind
    if is_resolution(text) and block.kind != BlockKind.HEADING and lead_in_kind(text) is None:
        return StatementKind.DECISION
    return None


def _sentences(reading: Reading, block: Block, in_minutes: bool) -> Iterator[_Found]:
    """Sentences of a paragraph that are statements by their own words."""
    text = "\n".join(reading.line_text(index) for index in block.lines)
    for start, end in split_sentences(text):
        kind = formula_kind(text[start:end], in_minutes)
        if kind is not None and lead_in_kind(text[start:end]) is None:
            lines = _lines_of(reading, block, start, end)
            bullet = _BULLET.match(text, start, end)
            left = bullet.end() if bullet else start
            yield _Found(kind, None, lines, text[left:end], reading.lines[lines[0]].start + 1)


def _lines_of(reading: Reading, block: Block, start: int, end: int) -> tuple[int, ...]:
    """The lines of a block that a slice of its joined text touches."""
    lines, offset = [], 0
    for index in block.lines:
        length = len(reading.line_text(index))
        if offset < end and start < offset + length:
            lines.append(index)
        offset += length + 1
    return tuple(lines)
