"""Subgroups of a board: its sub-committees, panels and task and finish groups, and where each is told of.

A name is known by the word that it ends in ("Training Sub-group"), by standing in the list or under the
heading that tells of the board's structure, or by what the paragraph under it says ("This subgroup is
chaired by"). Spellings whose words are the same, or one a shorter form of the other, are one subgroup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from indexer.group_names import (
    LONGEST_NAME,
    PASSING_KINDS,
    SUB,
    WEAK_KINDS,
    Mention,
    bare_names,
    distinctive,
    is_short_form,
    name_key,
    names_in,
    trimmed,
)
from indexer.model import Block, BlockKind, Named, Place, Reading
from indexer.wording import block_text, plain, split_number

_SEVERAL = re.compile(
    r"\b(?:sub[\s-]?(?:groups|committees)|sub[\s-]?committee\s+structure|task and finish groups)\b",
    re.IGNORECASE,
)
_AREA = re.compile(
    rf"\b{SUB}s?(?:\s+and\s+(?:\w+\s+)?(?:groups|panels))?\s*(?:reports|structure|updates)?\W*$",
    re.IGNORECASE,
)
_LABEL = re.compile(rf"\s*(?:name of )?{SUB}\s*(?::|[-–]\s)\s*(?P<name>[A-Z].*)", re.IGNORECASE)
_LEADS_IN = re.compile(r"[:;]\s*[-–]?$|\b(?:follow(?:ing|s)|includ(?:es?|ing)|are)\W*$", re.IGNORECASE)
_THIS_SUBGROUP = re.compile(rf"this\s+{SUB}\b", re.IGNORECASE)
_TELLS = re.compile(
    rf"\W*(?:this\s+(?:{SUB}|panel|group)\b|(?:[\w-]+\s+)?chair\s*:)|.*\bchaired by\b", re.IGNORECASE
)
_TOLD_BY = re.compile(
    r"(?:annual\s+)?(?:report|update|feedback|minutes|work|activity)\s+(?:of|from|by)\s+(?:the\s+)?",
    re.IGNORECASE,
)
_PLAN_OF = re.compile(
    r"(?P<name>[A-Z].*?)(?:'s)?\s+(?:(?:annual|progress)\s+report|work\s?(?:plan|programme))\b[\s\d/–-]*$",
    re.IGNORECASE,
)
"""A heading over a subgroup's plan or report: its name, what it is and of which years."""
_CHAIRED = re.compile(
    r"(?!(?:vice\W+)?chair)(?P<name>[A-Z].{3,100}?)[\s,–-]+(?:(?:independent|interim|acting|vice|co)[\s-]*)*"
    r"chair(?:ed by|person|man|s)?\b",
    re.IGNORECASE,
)
"""A line that heads a subgroup's report: its name and who chairs it."""
_LONGEST_HEAD = 30
"""Words of such a line."""
_OPENING = 240
"""Characters of a paragraph in which it says what the heading above it names."""

_Spans = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class _Group:
    """Spellings that are one subgroup."""

    keys: set[frozenset[str]] = field(default_factory=set)
    mentions: list[Mention] = field(default_factory=list)

    @property
    def passing(self) -> bool:
        """Whether it was set up for one purpose."""
        return any(mention.kind in PASSING_KINDS for mention in self.mentions)


def find_subgroups(reading: Reading, blocks: tuple[Block, ...]) -> tuple[Named, ...]:
    """Subgroups in the order in which the document first names them; a place is a block that names one,
    or all that stands under a heading that does."""
    texts = [_text(reading, block) for block in blocks]
    areas = _areas(blocks, texts)
    mentions = [*_in_areas(blocks, texts, areas)]
    for index, block in enumerate(blocks):
        if block.kind != BlockKind.FURNITURE:
            mentions.extend(names_in(index, texts[index]))
    groups = _together(mentions)
    extents = _extents(blocks, texts, areas, groups)
    return tuple(_named(reading, blocks, group, extents) for group in groups)


def _text(reading: Reading, block: Block) -> str:
    """The words of a block; a row's cells parted, so that no name runs from one into the next."""
    if len(block.cells) < 2:
        return block_text(reading, block)
    return " ; ".join(plain(reading.text[start:end]) for start, end in block.cells)


# ---------------------------------------------------------------- where a document tells of its subgroups


def _areas(blocks: tuple[Block, ...], texts: list[str]) -> _Spans:
    """Blocks under headings such as "Overview of Subgroups": first and past the last of each."""
    return tuple(
        (index, _end(blocks, index))
        for index, block in enumerate(blocks)
        if block.kind == BlockKind.HEADING
        and _AREA.search(texts[index])
        and not names_in(index, texts[index])
    )


def _end(blocks: tuple[Block, ...], heading: int) -> int:
    """The block at which a heading's section ends: the next heading of its level or further out."""
    level = blocks[heading].level or 1
    for index in range(heading + 1, len(blocks)):
        if blocks[index].kind == BlockKind.HEADING and (blocks[index].level or 1) <= level:
            return index
    return len(blocks)


def _in_areas(blocks: tuple[Block, ...], texts: list[str], areas: _Spans) -> Iterator[Mention]:
    """Names that need not say what they are, because the place where they stand does."""
    inside = {index for first, last in areas for index in range(first + 1, last)}
    listing = False
    for index, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if block.kind == BlockKind.LIST_ITEM:
            if listing:
                yield from bare_names(index, text, sure=True)
            continue
        listing = bool(_SEVERAL.search(text) and _LEADS_IN.search(text))
        if label := _LABEL.match(text):
            yield from bare_names(index, label["name"], sure=True)
        elif block.kind == BlockKind.HEADING:
            told = _told_below(blocks, texts, index, index in inside)
            yield from bare_names(index, text, sure=told) if told or index in inside else ()
            if plan := _PLAN_OF.match(split_number(text)[1]):
                # It only adds to a subgroup that is known otherwise: services and boards have such too.
                yield from (replace(m, sure=False) for m in bare_names(index, plan["name"], sure=True))
        elif index in inside and (chaired := _chaired(text)):
            yield from bare_names(index, chaired, sure=True)


def _chaired(text: str) -> str:
    """The name in a line that names a subgroup and who chairs it; "" for any other."""
    match = _CHAIRED.match(text) if len(text.split()) <= _LONGEST_HEAD else None
    return match["name"] if match else ""


def _told_below(blocks: tuple[Block, ...], texts: list[str], heading: int, inside: bool) -> bool:
    """Whether what stands under a heading says that the heading names a subgroup."""
    below = range(heading + 1, min(heading + 4, len(blocks)))
    first = next((i for i in below if blocks[i].kind != BlockKind.FURNITURE), None)
    if first is None or blocks[first].kind == BlockKind.HEADING:
        return False
    opening = texts[first][:_OPENING]
    return bool(_THIS_SUBGROUP.match(opening) or (inside and _TELLS.match(opening)))


# ---------------------------------------------------------------- one subgroup of many spellings


def _together(mentions: list[Mention]) -> list[_Group]:
    """Mentions as subgroups: those that are sure make them, the others only add to them."""
    groups: list[_Group] = []
    counts = Counter(name_key(mention.name) for mention in mentions if mention.kind not in WEAK_KINDS)
    # The fullest names first, so that a shorter form finds the one that it is short for.
    for mention in sorted(mentions, key=lambda m: (not m.sure, -len(name_key(m.name)), m.block)):
        home = _home(groups, mention)
        if home is None and (mention.sure or _often(mention, counts)):
            home = _Group()
            groups.append(home)
        if home:
            home.keys.add(name_key(mention.name))
            home.mentions.append(mention)
    for group in groups:
        group.mentions.sort(key=_position)
    return sorted(groups, key=lambda group: _position(group.mentions[0]))


def _position(mention: Mention) -> tuple[int, int]:
    return mention.block, mention.start


def _often(mention: Mention, counts: Counter[frozenset[str]]) -> bool:
    """Whether a name that is not sure in itself comes often enough to be believed."""
    key = name_key(mention.name)
    return mention.kind not in WEAK_KINDS and counts[key] > 1 and (mention.kind != "Panel" or len(key) > 1)


def _home(groups: list[_Group], mention: Mention) -> _Group | None:
    """The subgroup that a mention is another spelling of: of the same words, else the only one that has
    all of its words and more."""
    key, passing = name_key(mention.name), mention.kind in PASSING_KINDS
    if mention.name.isalpha() and sum(letter.isupper() for letter in mention.name) > 1:
        for group in groups:
            if any(known.initials == mention.name.lower() for known in group.mentions):
                return group
    same = [group for group in groups if key in group.keys]
    if same or (mention.kind in WEAK_KINDS and mention.kind):
        return same[0] if same else _after_a_person(groups, mention)
    whole = distinctive(key)
    wider = [g for g in groups if g.passing == passing and any(key < k or whole < k for k in g.keys)]
    return wider[0] if len(wider) == 1 else None


def _after_a_person(groups: list[_Group], mention: Mention) -> _Group | None:
    """The subgroup whose name follows that of a person, as cells of a plan run them together."""
    words = mention.name.split(maxsplit=2)
    key = name_key(words[2]) if len(words) == 3 else frozenset()
    return next((group for group in groups if len(key) > 1 and key in group.keys), None)


# ---------------------------------------------------------------- places


def _extents(
    blocks: tuple[Block, ...], texts: list[str], areas: _Spans, groups: list[_Group]
) -> dict[int, int]:
    """Headings and labels that name a subgroup, each with the block at which its own text ends.

    Where all is told by subgroup, what follows is the subgroup's until the next one is named.
    """
    mentions = [mention for group in groups for mention in group.mentions]
    openings = sorted({m.block for m in mentions if _opens(blocks[m.block], texts[m.block], m, areas)})
    found = {}
    for block, following in zip(openings, [*openings[1:], len(blocks)], strict=False):
        area = next((last for first, last in areas if first < block < last), None)
        if area:
            found[block] = min(following, area)
        elif blocks[block].kind == BlockKind.HEADING:
            found[block] = _end(blocks, block)
        else:
            below = (i for i in range(block + 1, len(blocks)) if blocks[i].kind == BlockKind.HEADING)
            found[block] = min(following, next(below, len(blocks)))
    return found


def _opens(block: Block, text: str, mention: Mention, areas: _Spans) -> bool:
    """Whether a block is a heading or a label that begins with the name."""
    if label := _LABEL.match(text):
        return block.kind != BlockKind.PARAGRAPH or len(label["name"].split()) <= LONGEST_NAME
    inside = any(first < mention.block < last for first, last in areas)
    headed = block.kind == BlockKind.PARAGRAPH and inside and _chaired(text)
    if block.kind != BlockKind.HEADING and not headed:
        return False
    words = _TOLD_BY.sub("", split_number(text)[1], count=1)
    name = mention.name.lower()[:40]
    return any(start.lower().startswith(name) for start in (words, trimmed(words)))


def _named(reading: Reading, blocks: tuple[Block, ...], group: _Group, extents: dict[int, int]) -> Named:
    spellings = Counter(mention.shown for mention in group.mentions if mention.kind)
    official = {mention.shown for mention in group.mentions if mention.own_short}
    name = _best(spellings or Counter(f"{mention.shown} Subgroup" for mention in group.mentions), official)
    shorts = tuple(mention.own_short for mention in group.mentions if mention.own_short)
    # A glossary sets the short form before the name: "CDOP Child Death Overview Panel".
    plainly = (spelling for spelling, _ in spellings.most_common() if spelling.split()[0] not in shorts)
    others = [*plainly, *shorts]
    aliases = tuple(other for other in _distinct(others) if other.lower() != name.lower())
    return Named(name, aliases, tuple(_places(reading, blocks, group, extents)))


def _best(spellings: Counter[str], official: set[str]) -> str:
    """The spelling to show: of the words that are used most the one that its own short form goes with,
    else one without short forms ("SCR")."""
    alike: Counter[frozenset[str]] = Counter()
    for spelling, count in spellings.items():
        alike[name_key(spelling)] += count

    def weight(name: str) -> tuple[int, bool, bool, int, int]:
        full = not is_short_form(name)
        return alike[name_key(name)], name in official and full, full, spellings[name], len(name)

    return max(spellings, key=weight)


def _distinct(names: Iterable[str]) -> Iterator[str]:
    """Names without those that differ in capitals only."""
    seen: set[str] = set()
    for name in names:
        if name.lower() not in seen:
            seen.add(name.lower())
            yield name


def _places(
    reading: Reading, blocks: tuple[Block, ...], group: _Group, extents: dict[int, int]
) -> Iterator[Place]:
    """Where a subgroup is told of, in order, none inside another."""
    covered = 0
    for index in sorted({mention.block for mention in group.mentions}):
        end = extents.get(index, index + 1)
        if end > covered:
            first, covered = max(index, covered), end
            yield reading.place([line for block in blocks[first:end] for line in block.lines])
