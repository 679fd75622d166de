"""Subgroups of a board: its sub-committees, panels and task and finish groups, and where each is told of.

A name is known by the word that it ends in ("Training Sub-group"), by standing in the list or under the
heading that tells of the board's structure, or by what the paragraph under it says ("This subgroup is
chaired by"). Spellings whose words are the same, or one a shorter form of the other, are one subgroup.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from indexer.model import Block, BlockKind, Named, Place, Reading
from indexer.wording import block_text, plain, split_number, title_case, without_bullet

_SUB = r"sub[\s-]?(?:group|committee)"
_PASSING = r"(?:task(?:\s*(?:and|&|/)\s*|-and-)finish|working|task|reference|project)\s+(?:sub[\s-]?)?(?:group|party)"
_KIND = re.compile(
    rf"(?<![\w-])(?P<kind>{_SUB}|{_PASSING}|steering\s+(?:sub[\s-]?)?group|panel|group|executive|forum|committee|board)"
    r"(?P<plural>s?)(?![\w-])",
    re.IGNORECASE,
)
_PLURAL = re.compile(r"\b(?:sub[\s-]?(?:groups|committees)|sub[\s-]?committee\s+structure|task and finish groups)\b", re.I)
_AREA = re.compile(rf"\b{_SUB}s?(?:\s+and\s+(?:\w+\s+)?(?:groups|panels))?\s*(?:reports|structure|updates)?\W*$", re.I)
_LABEL = re.compile(rf"\s*(?:name of )?{_SUB}\s*(?::|[-–]\s)\s*(?P<name>[A-Z].*)", re.IGNORECASE)
_LEADS_IN = re.compile(r"[:;]\s*[-–]?$|\b(?:follow(?:ing|s)|includ(?:es?|ing)|are)\W*$", re.IGNORECASE)
_TELLS = re.compile(rf"\W*(?:this\s+(?:{_SUB}|panel|group)\b|(?:[\w-]+\s+)?chair\s*:)|.*\bchaired by\b", re.IGNORECASE)
_TOLD_BY = re.compile(r"(?:(?:annual\s+)?(?:report|update|feedback|minutes|work|activity)\s+(?:of|from|by)\s+(?:the\s+)?)", re.I)
_CHAIRED = re.compile(
    r"(?P<name>[A-Z].{3,100}?)[\s,–-]+(?:(?:independent|interim|acting|vice|co)[\s-]*)*chair(?:ed by|person|man|s)?\b", re.I
)
"""A line that heads a subgroup's report: its name and who chairs it."""
_SENTENCE = re.compile(r"\b(?:is|are|was|were|be|been|they|we|it|shall|must|will|may|can|has|have|who|which)\b", re.IGNORECASE)
_SUBJECT = re.compile(r"\s*(?:\s(?:on|for|regarding|about|into)\s+(?:the\s+)?|[–:-]\s+)(?P<name>[A-Z].*)")
_TAIL = re.compile(r",?\s+(?:(?:(?:independent|interim|acting|co)[\s-]*)?chair(?:ed|s)?\b|vice\b|led by\b).*|\s+[-–]\s+.*|[.;:,]\s.*|[\s.,;:]+$", re.I)
_ROLE = re.compile(r"(?:\s+(?:and|&)|\s*/)?\s*\b(?:vice[\s-]+)?chairs?(?:\s+(?:and|&)|\s*/)?$|\s+(?:and|&|of|for|in)$", re.I)
_ABBREVIATION = re.compile(r"\s*\(([A-Z][A-Za-z&]{1,7})\)")
_TOKEN = re.compile(r"[\w'&/-]+|\([A-Z][A-Za-z&]{1,7}\)|[^\w\s]")
_LINKS = frozenset("and of for in the with on & to".split())
_BOARD = re.compile(
    r"^(?:(?:the|our|this|a|an|its|all|each|new|small|joint|virtual|current|full|local|former|multi-agency(?=\s+\w+\s+(?:and|&)))\s+"
    r"|[\w']*(?:SCB|SCP|SAB)(?:'s)?\s+|(?:[\w'&-]+\s+){0,4}(?:safeguarding\s+)?(?:children(?:'s)?\s+)?board(?:'s)?\s+"
    r"|.*\bthe\s+[\w']*(?:SCB|SCP|SAB)(?:'s)?\s+|(?:vice[\s-]+)?chair\s*[-–:]\s*"
    rf"|.*\b{_SUB}s?\s+(?:(?:and|with|the|of|to)\s+)*|.*\b(?:group|panel)s?\s+(?:and|with|to)\s+(?:the\s+)?|.*\bcommittee(?:'s)?\s+"
    r"|.*(?<!ing)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bon)(?<!\band)(?<!\bwith)\s+the\s+"
    r"|.*\b(?:chair(?:man|person)?|members?(?:ship)?|minutes|report|director|head|lead|manager|terms of reference)"
    r"\s+(?:of|to|for|from)\s+(?:the\s+)?|(?:in|at|by|from|to|for|of|and|as|on|with|that|when|since|both)\s+)",
    re.IGNORECASE,
)
# Before a subgroup's kind, none of these belongs to its name when it is written in small letters.
_ENDS_NAME = frozenset(
    "the a an this that these those each every any all both other another various relevant numerous several existing new "
    "current own its our their his her your new small larger whole main separate appropriate respective following of for "
    "to in on at by with from as or but is are was were be been being has have had do does did which who when while where "
    "between through within under into via per board boards member members chair chairs membership lscb agency agencies "
    "meeting meetings partnership independent no one two three four five six set up formed strategic dedicated specific "
    "first second third review's established establish merged called named joint virtual local regional national quarterly "
    "monthly weekly annual also then only same such previous previously former effective multi-agency inter-agency "
    "overall".split()
)
# Bodies that end in the same words but are not a board's: the council's, the courts', the health service's.
_FOREIGN = frozenset(
    "scrutiny adoption fostering permanency permanence crime commissioning national parliamentary cabinet remuneration "
    "appeal admission recruitment interview housing focus peer age ethnic faith support user core parent carer youth "
    "leaver corporate channel gateway legal expert citizen employment standards licensing planning political labour "
    "conservative liberal green minority vulnerable professional access resource funding appointment complaint "
    "disciplinary pension government".split()
)
_GENERIC = frozenset("child safeguarding board multi agency multi-agency young person review case scr city county local service".split())
_SHORT = {
    "scr": "serious case review", "cse": "child sexual exploitation", "qa": "quality assurance", "da": "domestic abuse",
    "dv": "domestic violence", "cdop": "child death overview", "cspr": "child safeguarding practice review",
    "fgm": "female genital mutilation", "qaa": "quality assurance audit", "hr": "human resource",
}  # fmt: skip
"""Short forms that boards use inside the names of their subgroups."""
_LONGEST_NAME = 11
_LONGEST_HEAD = 30
"""Words: of a name, and of a line with a name and who chairs it."""


@dataclass(frozen=True, slots=True)
class _Mention:
    """A name as a block gives it: without its kind, the kind, and how sure it is that it names a subgroup."""

    block: int
    name: str
    kind: str
    sure: bool
    short: str = ""


@dataclass(slots=True)
class _Group:
    """Spellings that are one subgroup."""

    keys: set[frozenset[str]]
    mentions: list[_Mention] = field(default_factory=list)


def find_subgroups(reading: Reading, blocks: tuple[Block, ...]) -> tuple[Named, ...]:
    """Subgroups in the order in which the document first names them; a place is a block that names one,
    or all that stands under a heading that does."""
    texts = [_text(reading, block) for block in blocks]
    areas = _areas(blocks, texts)
    mentions = [*_in_text(blocks, texts), *_in_areas(blocks, texts, areas)]
    groups = _together(sorted(mentions, key=lambda mention: mention.block))
    extents = _extents(blocks, texts, areas, groups)
    return tuple(_named(reading, blocks, group, extents) for group in groups)


def _text(reading: Reading, block: Block) -> str:
    """The words of a block; a row's cells parted, so that no name runs from one into the next."""
    if len(block.cells) < 2:
        return block_text(reading, block)
    return " ; ".join(plain(reading.text[start:end]) for start, end in block.cells)


# ---------------------------------------------------------------- where a document tells of its subgroups


def _areas(blocks: tuple[Block, ...], texts: list[str]) -> tuple[tuple[int, int], ...]:
    """Blocks under headings such as "Overview of Subgroups": first and past the last of each."""
    return tuple(
        (index, _end(blocks, index))
        for index, block in enumerate(blocks)
        if block.kind == BlockKind.HEADING and _AREA.search(texts[index]) and not _names(index, texts[index])
    )


def _end(blocks: tuple[Block, ...], heading: int) -> int:
    """The block at which a heading's section ends: the next heading of its level or further out."""
    level = blocks[heading].level or 1
    after = range(heading + 1, len(blocks))
    return next(
        (i for i in after if blocks[i].kind == BlockKind.HEADING and (blocks[i].level or 1) <= level), len(blocks)
    )


def _in_areas(
    blocks: tuple[Block, ...], texts: list[str], areas: tuple[tuple[int, int], ...]
) -> Iterator[_Mention]:
    """Names without the word that says what they are, where the place of it says so."""
    inside = {index for first, last in areas for index in range(first + 1, last)}
    listing = False
    for index, (block, text) in enumerate(zip(blocks, texts, strict=True)):
        if block.kind == BlockKind.LIST_ITEM:
            if listing:
                yield from _bare(index, text)
            continue
        listing = bool(_PLURAL.search(text) and _LEADS_IN.search(text))
        if label := _LABEL.match(text):
            yield from _bare(index, label["name"])
        elif block.kind == BlockKind.HEADING:
            told = _told_below(blocks, texts, index, index in inside)
            yield from _bare(index, text, sure=told) if told or index in inside else ()
        elif index in inside and len(text.split()) <= _LONGEST_HEAD and (chaired := _CHAIRED.match(text)):
            yield from _bare(index, chaired["name"])


def _told_below(blocks: tuple[Block, ...], texts: list[str], heading: int, inside: bool) -> bool:
    """Whether what stands under a heading says that the heading names a subgroup."""
    below = range(heading + 1, min(heading + 4, len(blocks)))
    first = next((i for i in below if blocks[i].kind != BlockKind.FURNITURE), None)
    if first is None or blocks[first].kind == BlockKind.HEADING:
        return False
    opening = texts[first][:240]
    subgroup = re.match(rf"this\s+{_SUB}\b", opening, re.IGNORECASE)
    return bool(subgroup or (inside and _TELLS.match(opening)))


def _bare(block: int, text: str, *, sure: bool = True) -> Iterator[_Mention]:
    """The name that a label, an item or a heading is, if it is one and does not say its kind."""
    name = _TAIL.sub("", split_number(without_bullet(text))[1])
    named = next(iter(_names(block, name)), None)
    if named:
        yield _Mention(block, named.name, named.kind, sure or named.sure, named.short)
        return
    kind = _KIND.search(name)
    kind_word = _kind_word(kind["kind"]) if kind and kind.end() == len(name) else ""
    name = name[: kind.start()] if kind and kind_word else name
    short = _ABBREVIATION.search(name)
    name = _trimmed(_ABBREVIATION.sub("", name).strip())
    key = _key(name)
    enough = bool(key - _GENERIC) and (sure or len(key) > 1)
    if _SENTENCE.search(name) or not name[:1].isupper() or len(name.split()) > _LONGEST_NAME:
        return
    if enough or key == _key("serious case review"):
        yield _Mention(block, _shown(name), kind_word, sure, short[1] if short else "")


# ---------------------------------------------------------------- names in running text


def _in_text(blocks: tuple[Block, ...], texts: list[str]) -> Iterator[_Mention]:
    for index, block in enumerate(blocks):
        if block.kind != BlockKind.FURNITURE:
            yield from _names(index, texts[index])


def _names(block: int, text: str) -> list[_Mention]:
    """The names in ``text`` that end in, or are followed by, the word for what they are."""
    found = []
    for match in _KIND.finditer(text):
        kind = _kind_word(match["kind"])
        before = text[max(0, match.start() - 140) : match.start()]
        capital = match["kind"][0].isupper()
        name = _name_before(before, lower=kind not in _WEAK and not match["plural"], capital=capital)
        subject = _SUBJECT.match(text[match.end() : match.end() + 100]) if kind in _FOR_A_WHILE else None
        if not name and subject:
            name = _capitals_from(subject["name"])
        after = _ABBREVIATION.match(text, match.end()) or _ABBREVIATION.search(name)
        name = _trimmed(_ABBREVIATION.sub("", name))
        if name and not match["plural"] and _is_name(name, kind, capital):
            sure = name[0].isupper() and kind not in _WEAK and (kind != "Panel" or bool(after) or "death" in _key(name))
            found.append(_Mention(block, _shown(name), kind, sure, after[1] if after else ""))
    return found


_WEAK = frozenset({"", "Group", "Executive", "Forum", "Committee", "Board"})
"""Words that many other bodies end in: believed only for a name that is a subgroup's elsewhere."""
_FOR_A_WHILE = frozenset({"Task and Finish Group", "Working Group", "Task Group", "Working Party", "Project Group"})
"""Set up for one purpose, so never another spelling of a standing subgroup."""


def _kind_word(written: str) -> str:
    """A kind as it is shown: one spelling for sub-group, sub group and subgroup."""
    words = " ".join(re.sub(r"[-&/]", " ", written.lower()).split())
    if words.startswith("task and finish") or words.startswith("task finish"):
        return "Task and Finish Group"
    if words.startswith("sub"):
        return "Subcommittee" if words.endswith("committee") else "Subgroup"
    return words.replace("sub group", "group").title()


def _shown(name: str) -> str:
    """A name as a title; a single word in capitals is an acronym and stays."""
    return title_case(name) if " " in name else name


def _is_name(name: str, kind: str, capital: bool) -> bool:
    """Whether words before a kind are a name: not a foreign body's, and of more than general words."""
    key = _key(name)
    if key & _FOREIGN and not (key & {"licensing", "professional", "vulnerable"} and kind.startswith("Sub")):
        return False
    if kind == "Panel":
        overview = {"death", "overview"} & key
        return bool(overview) or (capital and bool(key - _GENERIC - {"practice"}))
    return bool(key - _GENERIC) or ("case" in key and "review" in key)


def _name_before(before: str, *, lower: bool, capital: bool) -> str:
    """The words at the end of ``before`` that a name is made of; "" where there are none."""
    tokens = [*_TOKEN.finditer(before)]
    start = len(tokens)
    small = False
    for position in range(len(tokens) - 1, -1, -1):
        word = tokens[position][0]
        if word[0].isupper() or word[0] == "(" and word[-1] == ")":
            start = position
            if small and not word.isupper():
                break
        elif start < len(tokens) and (word.lower() in ("and", "&") or (word in _LINKS and not small)):
            continue
        elif lower and word.isalpha() and word not in _ENDS_NAME and (small or start == len(tokens)):
            start, small = position, True
        else:
            break
    name = before[tokens[start].start() :].strip() if start < len(tokens) else ""
    return "" if len(name.split()) > _LONGEST_NAME or (small and len(name.split()) > 6) else name


def _capitals_from(text: str) -> str:
    """The run of capitalised words that ``text`` begins with."""
    match = re.match(r"[A-Z][\w'&/-]*(?:\s+(?:(?:and|of|for|in|the|&|with)\s+)*[A-Z][\w'&/-]*)*", text)
    return match[0] if match else ""


def _trimmed(name: str) -> str:
    """A name without what leads up to it: an article, the board it belongs to, "Chair of the"."""
    previous = None
    while previous != name:
        previous, name = name, _ROLE.sub("", _BOARD.sub("", name + " ").strip(" ,-–:;/"))
    return name


def _key(name: str) -> frozenset[str]:
    """What is the same for all spellings of a name: its words, singular, short forms in full."""
    name = re.sub(r"\bwell[\s-]being\b", "wellbeing", name.lower().replace("'s", ""))
    name = re.sub(r"\bchild death (?:review|(?:review )?overview)\b", "child death overview", name)
    words = re.findall(r"[^\W_]+", re.sub(r"['()]|(?<=\b\w)/(?=\w\b)", "", name))
    full = " ".join(_SHORT.get(word, word) for word in words).split()
    return frozenset(_singular(word) for word in full if word not in _LINKS)


def _singular(word: str) -> str:
    if word in ("children", "people", "childrens"):
        return "person" if word == "people" else "child"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")) else word


# ---------------------------------------------------------------- one subgroup of many spellings


def _together(mentions: list[_Mention]) -> list[_Group]:
    """Mentions as subgroups: those that are sure make them, the others only add to them."""
    groups: list[_Group] = []
    counts = Counter(_key(mention.name) for mention in mentions if mention.kind not in _WEAK)
    # The fullest names first, so that a shorter form finds the one that it is short for.
    for mention in sorted(mentions, key=lambda m: (not m.sure, -len(_key(m.name)), m.block)):
        home = _home(groups, mention)
        if home is None and (mention.sure or _often(mention, counts)):
            home = _Group(set())
            groups.append(home)
        if home:
            home.keys.add(_key(mention.name))
            home.mentions.append(mention)
    for group in groups:
        group.mentions.sort(key=lambda mention: mention.block)
    return sorted(groups, key=lambda group: group.mentions[0].block)


def _often(mention: _Mention, counts: Counter[frozenset[str]]) -> bool:
    """Whether a name that is not sure in itself comes often enough to be believed."""
    key = _key(mention.name)
    return mention.kind not in _WEAK and counts[key] > 1 and (mention.kind != "Panel" or len(key) > 1)


def _home(groups: list[_Group], mention: _Mention) -> _Group | None:
    """The subgroup that a mention is another spelling of: of the same words, else the only one that has
    all of its words and more."""
    key, passing = _key(mention.name), mention.kind in _FOR_A_WHILE
    if mention.name.isalpha() and sum(letter.isupper() for letter in mention.name) > 1:
        short = [group for group in groups if any(_initials(m) == mention.name.lower() for m in group.mentions)]
        if short:
            return short[0]
    alike = [group for group in groups if _passing(group) == passing or key in group.keys]
    same = [group for group in alike if key in group.keys]
    wider = [group for group in alike if any(key < other for other in group.keys)]
    whole = key - _GENERIC or key
    if same or (mention.kind in _WEAK and mention.kind):
        return same[0] if same else None
    return wider[0] if len(wider) == 1 and any(whole <= other for other in wider[0].keys) else None


def _initials(mention: _Mention) -> str:
    return "".join(word[0] for word in re.findall(r"[^\W_]+", mention.name.lower().replace("'s", "")))


def _fits(mention: _Mention) -> bool:
    """Whether a short form in brackets is the name's own and not that of its subject."""
    return mention.short.lower() == _initials(mention) + mention.kind[:1].lower()


def _passing(group: _Group) -> bool:
    return any(mention.kind in _FOR_A_WHILE for mention in group.mentions)


def _extents(
    blocks: tuple[Block, ...], texts: list[str], areas: tuple[tuple[int, int], ...], groups: list[_Group]
) -> dict[int, int]:
    """Headings and labels that name a subgroup, each with the block at which its own text ends.

    Where all is told by subgroup, what follows is the subgroup's until the next one is named.
    """
    openings = sorted(
        {m.block for group in groups for m in group.mentions if _opens(blocks[m.block], texts[m.block], m, areas)}
    )
    found = {}
    for position, block in enumerate(openings):
        following = openings[position + 1] if position + 1 < len(openings) else len(blocks)
        area = next((last for first, last in areas if first < block < last), None)
        if area:
            found[block] = min(following, area)
        elif blocks[block].kind == BlockKind.HEADING:
            found[block] = _end(blocks, block)
        else:
            below = (i for i in range(block + 1, len(blocks)) if blocks[i].kind == BlockKind.HEADING)
            found[block] = min(following, next(below, len(blocks)))
    return found


def _opens(block: Block, text: str, mention: _Mention, areas: tuple[tuple[int, int], ...]) -> bool:
    """Whether a block is a heading or a label that begins with the name."""
    if label := _LABEL.match(text):
        return block.kind != BlockKind.PARAGRAPH or len(label["name"].split()) <= _LONGEST_NAME
    inside = any(first < mention.block < last for first, last in areas)
    chaired = inside and len(text.split()) <= _LONGEST_HEAD and _CHAIRED.match(text)
    if block.kind != BlockKind.HEADING and not (chaired and block.kind == BlockKind.PARAGRAPH):
        return False
    words = _TOLD_BY.sub("", split_number(text)[1], count=1)
    name = mention.name.lower()[:40]
    return any(start.lower().startswith(name) for start in (words, _trimmed(words)))


def _named(reading: Reading, blocks: tuple[Block, ...], group: _Group, extents: dict[int, int]) -> Named:
    spellings = Counter(_spelling(mention) for mention in group.mentions if mention.kind)
    bare = Counter(f"{mention.name} Subgroup" for mention in group.mentions)
    names = spellings or bare
    alike = Counter[frozenset[str]]()
    for spelling, count in names.items():
        alike[_key(spelling)] += count
    # Of the words that are used most the spelling in full: "SCR Subgroup" is less of a name.
    name = max(names, key=lambda n: (alike[_key(n)], len(_SHORT.keys() & n.lower().split()) == 0, names[n], len(n)))
    shorts = dict.fromkeys(mention.short for mention in group.mentions if mention.short and _fits(mention))
    others = dict.fromkeys([*sorted(spellings, key=lambda s: -spellings[s]), *shorts])
    aliases = tuple(other for other in _distinct(others) if other.lower() != name.lower())
    return Named(name, aliases, tuple(_places(reading, blocks, group, extents)))


def _spelling(mention: _Mention) -> str:
    """A mention as it is shown: capitals for all but small words, one spelling for its kind."""
    name = f"{mention.name} {mention.kind}".replace(" & ", " and ")
    return " ".join(word if word in _LINKS else word[:1].upper() + word[1:] for word in name.split())


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
        if end <= covered:
            continue
        first = max(index, covered)
        lines = [line for block in blocks[first:end] for line in block.lines]
        covered = end
        yield reading.place(lines)
