"""Cases that were reviewed: by pseudonym ("Child K"), by a name that a review bears, or by who it was about.

A real name is believed only where the text ties it to a review or to a death that one was held about;
what is merely capitalised is not a person. Descriptions ("a serious case review of a five-year-old boy")
need something that tells the case from others, such as an age.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from indexer.model import Block, BlockKind, Named, Place, Reading
from indexer.wording import block_text, plain

_REVIEW = (
    r"(?:serious case review|case review|learning (?:lessons )?review"
    r"|(?:local )?(?:child )?safeguarding practice review|safeguarding adults? review"
    r"|domestic homicide review|overview report|rapid review|SCR|DHR|L?CSPR)"
)
_HAS_REVIEW = re.compile(rf"\b{_REVIEW}s?\b", re.IGNORECASE)
_SUBJECT = r"(?:Child|Baby|Infant|Young Person|Young Adult|Family|Siblings?)"
_PSEUDONYM = re.compile(
    rf"(?<![\w'-])(?P<who>{_SUBJECT}|{_SUBJECT.upper()}|(?P<loose>Case|Adult|Mrs?|Ms|Miss))\s+"
    r"(?P<letter>[A-Z]\d{0,3}|[A-Z][A-Z]\d{0,2}|[A-Z]\d?\s?(?:&|and)\s?[A-Z]\d?)(?![\w&/]|-\w|\.\w)"
)
_INVENTED = re.compile(rf"(?<![\w'-])(?P<name>{_SUBJECT}\s+[\"'](?P<word>[A-Z][a-z]{{2,14}})[\"'])")
_WORD_AFTER = re.compile(r"\s+([A-Z][a-z]+|[A-Z]{2,})")
_AFTER_A_CASE = frozenset(
    "SCR SCRs CSPR Serious Case Review Learning Overview Action Report Safeguarding Practice Domestic".split()
)
_NOT_LETTERS = frozenset(
    "IN IS OR AT TO ON OF BY AS NO IT BE WE IF SO UP US GP CP LA PE IT CJ SW HV TV UK EU ID OK".split()
)

_WORD = r"[A-Z][a-zà-ÿ]+(?:[-'][A-Z]?[a-zà-ÿ]+)?"
_NAME = rf"(?P<name>{_WORD}(?:\s+{_WORD}){{1,2}})(?![\w-])"
_AGE = r"[\w-]+[\s-](?:year|month|week|day)s?[\s-]old"
_AGED = rf"(?:(?:the\s+)?(?:{_AGE}|baby|toddler|little|schoolboy|schoolgirl)\s+)?"
_ABOUT = r"(?:of|into|on|about|regarding|concerning|in respect of|relating to)"
_DEATH = r"(?:deaths?|murder|killing|manslaughter|homicide|suicide|case)"
_TIED = (
    re.compile(
        rf"\b(?i:{_REVIEW})s?\s*(?:(?i:{_ABOUT}|following)\s+|[:–-]\s+)"
        rf"(?i:(?:the\s+)?{_DEATH}\s+of\s+)?(?i:{_AGED}){_NAME}"
    ),
    re.compile(rf"(?<![\w'-]){_NAME}(?:'s)?\s+(?i:{_REVIEW})\b"),
)
"""A name that a review bears, before or after it."""
_MET = (
    re.compile(rf"\b(?i:{_DEATH}\s+of)\s+(?i:{_AGED}){_NAME}"),
    re.compile(rf"\b[Tt]he\s+{_NAME}\s+(?:case|review|report|action plan|inquiry|recommendations)\b"),
)
"""A name that goes with a death or a case: believed where a review is told of beside it."""
_NOT_PERSONS = frozenset(
    """
    the a an and of for in to on with from by this that these our all each every annual final draft
    interim recent new local national action actions plan plans report reports review reviews case cases
    serious child children children's childrens young people person board boards safeguarding protection
    committee sub subgroup subcommittee group panel panels training learning lessons practice
    practitioners overview executive summary briefing agency agencies multi inter single domestic abuse
    violence homicide sexual exploitation neglect health education police social care council city
    county borough district north south east west northern southern eastern western greater midlands
    upon working together early help mental service services family families findings recommendations
    recommendation progress update procedure procedures process guidance policy framework toolkit terms
    reference independent chair chairs author authors introduction background methodology appendix annex
    chapter section part improvement government department office secretary state ofsted munro january
    february march april may june july august september october november december monday tuesday
    wednesday thursday friday quality assurance performance business management strategy strategic
    partnership partners trust hospital school schools workforce development communication
    communications voice views baby infant mother father parents adult adults looked after private
    fostering death deaths rapid response what why how when where who which key main other further
    following see also both two three four five number total table figure page minutes meeting agenda
    item joint community communities public support lead officer manager director head team teams unit
    statutory duty act criteria threshold publication published event events audit audits standards
    system systems model approach outcome outcomes objective objectives
    """.split()
)
"""Words of papers, places and calendars: a capitalised run with one of them is no person's name."""

_QUALITY = (
    rf"(?:{_AGE}|newborn|new-born|disabled|teenage|teenaged|premature|unborn|adopted"
    r"|looked[\s-]after|fostered|pregnant)"
)
_NOUN = (
    r"(?:child(?:ren)?|baby|babies|boy|girl|infant|toddler|teenager|young\s+(?:person|woman|man)|siblings?|twins?"
    r"|woman|man|mother)"
)
_ENDING = (
    r"(?:\s+who\s+(?:was|were|had|died|took|drowned|suffered|lived)\b[^.;:()]{0,60}"
    r"|\s+from\s+[A-Z]\w+(?:\s+who\s+[^.;:()]{3,60})?)"
)
_SOMEONE = rf"(?:[\w-]+\s+)?{_QUALITY}\s+(?:[\w-]+\s+)?{_NOUN}"
_WHO = rf"(?:an?|the|two|three|four|\d)\s+(?:{_SOMEONE}|{_NOUN}(?={_ENDING}))"
_HELD = r"(?:(?:was|is|being|been|has|had|which|that|undertaken|commissioned|carried|out|held|completed)\s+)*"
_HARM = r"(?:deaths?|murder|killing|abuse|(?:serious\s+)?injur(?:y|ies))"
_DESCRIBED = re.compile(
    rf"\b(?P<review>{_REVIEW})\s+{_HELD}(?:{_ABOUT}|involving|following|after)\s+"
    rf"(?:the\s+(?:sad\s+|tragic\s+)?{_HARM}\s+(?:of|to)\s+)?(?P<who>{_WHO}(?:{_ENDING})?)",
    re.IGNORECASE,
)
_OTHER_ORDER = re.compile(
    rf"\b{_DEATH}\s+of\s+(?P<who>(?:an?|the)\s+{_SOMEONE})\b"
    rf"[^.]*?\b(?P<review>{_REVIEW})\b",
    re.IGNORECASE,
)
_WAS_SUBJECT = re.compile(
    rf"\b(?P<who>(?:an?|another|one|the)\s+(?:[\w-]+\s+){{1,3}}(?:death|injury|suicide))\s+"
    rf"(?:(?:was|has|had|is|been|became|also)\s+)+the\s+subject\s+of\s+(?:an?|the)\s+(?P<review>{_REVIEW})\b",
    re.IGNORECASE,
)
_ORDINAL = r"(?P<ordinal>first|second|third|fourth|fifth)"
_MONTH_OR_YEAR = r"(?:[A-Z][a-z]{2,8}\s+)?(?:19|20)\d\d"
_IN_A_YEAR = re.compile(
    rf"\b(?i:an?|one|the)\s+(?P<review>(?i:{_REVIEW}))\s+(?P<when>(?i:in|from)\s+{_MONTH_OR_YEAR})(?![\w/–-])"
)
_DIED_OF = re.compile(
    r"\bcause\s+of\s+(?:the\s+)?death\s+in\s+(?:this|that)\s+case\s+was\s+(?P<what>[^.;:()]{8,110})",
    re.IGNORECASE,
)
_NEXT = re.compile(rf"\b[Tt]he\s+{_ORDINAL}\s+(?P<what>case(?:\s+(?:for\s+)?review)?|{_REVIEW}|review)\b")
_BEGUN = re.compile(
    r"\s+(?:(?:has|had|have|was|is|being|recently|been|formally|only|just|now)\s+)*"
    rf"(?P<what>(?:agreed|commissioned|begun|started|commenced|initiated)\s+in\s+{_MONTH_OR_YEAR})\b"
)
_REVIEW_NAMES = {
    "scr": "serious case review",
    "dhr": "domestic homicide review",
    "overview report": "serious case review",
}
_LEADS_IN = re.compile(r":\s*[-–]?$")
_FRONT = 6
"""Blocks at a document's start among which a heading is its title."""
_TOLD_TOGETHER = 15
"""Blocks within which "the second case" is the same one."""
_LONGEST_TITLE = 14
"""Words of a heading that is about one case, and does not just mention it."""


@dataclass(slots=True)
class _Case:
    """A case as it is found: its name, where, and the phrases that tie it to a review."""

    name: str
    blocks: list[int] = field(default_factory=list)
    phrases: Counter[str] = field(default_factory=Counter)


def find_cases(reading: Reading, blocks: tuple[Block, ...]) -> tuple[Named, ...]:
    """Cases in the order in which the document first names them; a place is a block that names one, or
    all that stands under a heading that does. Furniture is left out."""
    texts = [_text(reading, block) if block.kind != BlockKind.FURNITURE else "" for block in blocks]
    cases: dict[str, _Case] = {}
    names = _names(texts)
    known = re.compile("|".join(rf"(?<!\w){re.escape(name)}(?!\w)" for name in names)) if names else None
    counted: dict[str, tuple[int, str]] = {}
    for index, text in enumerate(texts):
        found = [*_pseudonyms(text), *(known.findall(text) if known else ())]
        near = " ".join(texts[max(0, index - 2) : index + 2])
        named = found or [*_described(text), *_died_of(text, near)]
        for name in dict.fromkeys([*named, *_counted(counted, index, text, near, named)]):
            case = cases.setdefault(name.casefold(), _Case(name))
            case.blocks.append(index)
            case.phrases.update(_phrases(text, name))
    return tuple(_named(reading, blocks, texts, case) for case in cases.values())


def _text(reading: Reading, block: Block) -> str:
    """The words of a block; a row's cells parted, so that no name runs from one into the next."""
    if len(block.cells) < 2:
        return block_text(reading, block)
    return " ; ".join(plain(reading.text[start:end]) for start, end in block.cells)


# ---------------------------------------------------------------- pseudonyms


def _pseudonyms(text: str) -> Iterator[str]:
    """The pseudonyms in ``text``, as they are shown."""
    for match in _PSEUDONYM.finditer(text):
        who, letter = match["who"], match["letter"]
        tied = bool(_HAS_REVIEW.search(text[max(0, match.start() - 80) : match.end() + 40]))
        if (match["loose"] or len(letter.rstrip("0123456789")) == 2) and not tied:
            continue
        if letter not in _NOT_LETTERS and not _is_article(text, match):
            yield f"{who.title() if who.isupper() else who} {letter}"
    yield from (f"{match['name'].split()[0]} {match['word']}" for match in _INVENTED.finditer(text))


def _is_article(text: str, match: re.Match[str]) -> bool:
    """Whether the letter is a word of its own: "Giving Every Child A Voice", "CHILD A PLAN"."""
    after = _WORD_AFTER.match(text, match.end())
    return match["letter"] in ("A", "I") and after is not None and after[1] not in _AFTER_A_CASE


# ---------------------------------------------------------------- names


def _names(texts: list[str]) -> tuple[str, ...]:
    """Names of people that the document ties to a review, the longest first."""
    tied = {name for text in texts for name in _matches(_TIED, text)}
    for index, text in enumerate(texts):
        met = [*_matches(_MET, text)]
        if met and _HAS_REVIEW.search(" ".join(texts[max(0, index - 1) : index + 2])):
            tied.update(met)
    return tuple(sorted(tied, key=len, reverse=True))


def _matches(patterns: tuple[re.Pattern[str], ...], text: str) -> Iterator[str]:
    for pattern in patterns:
        for match in pattern.finditer(text):
            words = match["name"].split()
            # "The Daniel Pelka review": what only begins the sentence is not of the name.
            words = words[1:] if words[0].lower() in ("the", "our", "this") and len(words) > 2 else words
            if not any(word.lower() in _NOT_PERSONS or word.endswith("shire") for word in words):
                yield " ".join(words)


# ---------------------------------------------------------------- descriptions


def _described(text: str) -> Iterator[str]:
    """What a review was about, where that is all that the text says of it."""
    if not _HAS_REVIEW.search(text):
        return
    for pattern in (_DESCRIBED, _OTHER_ORDER, _WAS_SUBJECT):
        for match in pattern.finditer(text):
            review = _REVIEW_NAMES.get(match["review"].lower(), match["review"].lower())
            who = re.sub(
                r"(?<=\w)\s(?=(?:year|month|week|day)s?[\s-]old)|(?<=year|week)\s(?=old)", "-", match["who"]
            )
            who = re.sub(r"^(?:the|another|one)\s", "a ", who.strip(" ,"), flags=re.IGNORECASE)
            yield f"{review.capitalize()} of {who[0].lower()}{who[1:]}"
    for match in _IN_A_YEAR.finditer(text):
        review = _REVIEW_NAMES.get(match["review"].lower(), match["review"].lower())
        yield f"{review.capitalize()} {match['when']}"


def _died_of(text: str, near: str) -> Iterator[str]:
    """What the case that is being told of ended in, where it is told as a case that was reviewed."""
    died = [f"Case of {match['what'].strip()}" for match in _DIED_OF.finditer(text)]
    if died and _HAS_REVIEW.search(near):
        yield from died


def _counted(
    counted: dict[str, tuple[int, str]], index: int, text: str, near: str, named: list[str]
) -> Iterator[str]:
    """The cases that ``text`` counts off: "the second case" is the one that was so called just before, the
    one that the same text describes, or where it says when it was begun, one of its own. ``counted`` holds
    each ordinal's last block and case, and is kept up."""
    for match in _NEXT.finditer(text):
        ordinal = match["ordinal"].lower()
        last, known = counted.get(ordinal, (-_TOLD_TOGETHER - 1, ""))
        begun = _BEGUN.match(text, match.end())
        if len(named) == 1 and not named[0].startswith("Case of"):
            name = named[0]
        elif known and index - last <= _TOLD_TOGETHER:
            name = known
        elif begun and _HAS_REVIEW.search(near):
            name = f"{ordinal.capitalize()} {' '.join(match['what'].split())} {begun['what']}"
        else:
            continue
        counted[ordinal] = (index, name)
        yield name


# ---------------------------------------------------------------- other names, and places


def _phrases(text: str, name: str) -> Iterator[str]:
    """The ways in which ``text`` names the review that a case had."""
    kinds = rf"(?:{_REVIEW}|case|review|action plan)"
    bare = re.escape(name)
    for match in re.finditer(
        rf"{bare}\s+{kinds}\b|\b{_REVIEW}s?\s*(?:of|into|on|:|[–-])\s*{bare}(?!\w)", text, re.I
    ):
        yield " ".join(match[0].split())


def _named(reading: Reading, blocks: tuple[Block, ...], texts: list[str], case: _Case) -> Named:
    seen = {case.name.casefold()}
    aliases = []
    for phrase, _ in case.phrases.most_common():
        if phrase.casefold() not in seen:
            seen.add(phrase.casefold())
            aliases.append(phrase)
    return Named(case.name, tuple(aliases), tuple(_places(reading, blocks, texts, case)))


def _places(reading: Reading, blocks: tuple[Block, ...], texts: list[str], case: _Case) -> Iterator[Place]:
    """Where a case is told of, in order, none inside another."""
    covered = 0
    for index in sorted(set(case.blocks)):
        end = _end(blocks, texts, index)
        if end > covered:
            first, covered = max(index, covered), end
            yield reading.place([line for block in blocks[first:end] for line in block.lines])


def _end(blocks: tuple[Block, ...], texts: list[str], index: int) -> int:
    """Past the last block that a naming block speaks for: the document's last for its title, the
    section's for a heading, the list's for a sentence that leads one in, else itself."""
    if len(texts[index].split()) > _LONGEST_TITLE:
        return _list_end(blocks, index + 1) if _LEADS_IN.search(texts[index]) else index + 1
    if sum(bool(text) for text in texts[:index]) < _FRONT and _is_title(blocks[index], texts[index]):
        return len(blocks)
    if blocks[index].kind != BlockKind.HEADING:
        return index + 1
    level = blocks[index].level or 1
    after = range(index + 1, len(blocks))
    return next(
        (i for i in after if blocks[i].kind == BlockKind.HEADING and (blocks[i].level or 1) <= level),
        len(blocks),
    )


def _list_end(blocks: tuple[Block, ...], first: int) -> int:
    """Past the list items that stand from ``first`` on, and what is set aside between them."""
    end = first
    while end < len(blocks) and blocks[end].kind in (BlockKind.LIST_ITEM, BlockKind.FURNITURE):
        end += 1
    return end


def _is_title(block: Block, text: str) -> bool:
    """Whether a block at a document's start is a title, and of one case alone."""
    if len({*_pseudonyms(text)}) > 1:
        return False
    line = block.kind == BlockKind.PARAGRAPH and len(block.lines) == 1 and text[-1:].isalnum()
    return block.kind == BlockKind.HEADING or (line and bool(_HAS_REVIEW.search(text)))
