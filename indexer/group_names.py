"""Names of subgroups as boards write them: "Training Sub-group", "CSE task and finish group", "CDOP".

A name ends in the word for what it is, or is followed by its subject ("Task and Finish Group on
Neglect"). Which of the names found are subgroups of the document's board is not decided here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.wording import split_number, title_case, without_bullet

SUB = r"sub[\s-]?(?:group|committee)"
"""The word itself, as a pattern."""

WEAK_KINDS = frozenset({"", "Group", "Executive", "Forum", "Committee", "Board"})
"""Words that many other bodies end in: believed only for a name that is a subgroup's elsewhere."""
PASSING_KINDS = frozenset(
    {
        "Task and Finish Group",
        "Working Group",
        "Task Group",
        "Working Party",
        "Project Group",
        "Reference Group",
    }
)
"""Set up for one purpose, so never another spelling of a standing subgroup."""
LONGEST_NAME = 11
"""Words."""
_LONGEST_BEFORE = 140
"""Characters in which a name ends before the word for what it is."""

_FINISH = r"task(?:\s*(?:and|&|/)\s*|-and-)finish"
_PASSING = rf"(?:{_FINISH}|working|task|reference|project)\s+(?:sub[\s-]?)?(?:group|party)"
_KIND = re.compile(
    rf"(?<![\w-])(?P<kind>{SUB}|{_PASSING}|steering\s+(?:sub[\s-]?)?group"
    r"|panel|group|executive|forum|committee|board)(?P<plural>s?)(?![\w-])",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"\s*(?:\s(?:on|for|regarding|about|into)\s+(?:the\s+)?|[–:-]\s+)(?P<name>[A-Z].*)")
_CAPITALS = re.compile(r"[A-Z][\w'&/-]*(?:\s+(?:(?:and|of|for|in|the|&|with)\s+)*[A-Z][\w'&/-]*)*")
_ABBREVIATION = re.compile(r"\s*\(([A-Z][A-Za-z&]{1,7})\)")
_TOKEN = re.compile(r"[\w'&/-]+|\([A-Z][A-Za-z&]{1,7}\)|[^\w\s]")
_LINKS = frozenset("and of for in the with on & to".split())
_SENTENCE = re.compile(
    r"\b(?:is|are|was|were|be|been|they|we|it|shall|must|will|may|can|has|have|who|which)\b",
    re.IGNORECASE,
)
# What may stand before a name without being of it: articles, the board, another subgroup, an office.
_LEAD = re.compile(
    r"^(?:(?:the|our|this|a|an|its|all|each|new|small|joint|virtual|current|full|local|former)\s+"
    r"|multi-agency\s+(?=\w+\s+(?:and|&))"
    r"|[\w']*(?:SCB|SCP|SAB)(?:'s)?\s+"
    r"|(?:[\w'&-]+\s+){0,4}(?:safeguarding\s+)?(?:children(?:'s)?\s+)?board(?:'s)?\s+"
    r"|.*\bthe\s+[\w']*(?:SCB|SCP|SAB)(?:'s)?\s+"
    r"|(?:vice[\s-]+)?chair\s*[-–:]\s*|.*\b(?:co-|vice[\s-]+)chair\s+"
    rf"|.*\b{SUB}s?\s+(?:(?:and|with|the|of|to)\s+)*"
    r"|.*\b(?:group|panel)s?\s+(?:and|with|to)\s+(?:the\s+)?"
    r"|.*\bcommittee(?:'s)?\s+"
    r"|.*(?<!ing)(?<!\bof)(?<!\bin)(?<!\bfor)(?<!\bon)(?<!\band)(?<!\bwith)\s+the\s+"
    r"|.*\b(?:chair(?:man|person)?|members?(?:ship)?|minutes|report|director|head|lead|manager"
    r"|terms of reference)\s+(?:of|to|for|from)\s+(?:the\s+)?"
    r"|(?:in|at|by|from|to|for|of|and|as|on|with|that|when|since|both)\s+)",
    re.IGNORECASE,
)
_TRAIL = re.compile(
    r"(?:\s+(?:and|&)|\s*/)?\s*\b(?:vice[\s-]+)?chairs?(?:\s+(?:and|&)|\s*/)?$|\s+(?:and|&|of|for|in)$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r",?\s+(?:(?:(?:independent|interim|acting|co)[\s-]*)?chair(?:ed|s)?\b|vice\b|led by\b).*"
    r"|\s+[-–]\s+.*|[.;:,]\s.*|[\s.,;:]+$",
    re.IGNORECASE,
)
_ENDS_NAME = frozenset(
    """
    the a an this that these those each every any all both other another various relevant numerous several
    existing new current own its our their his her your new small larger whole main separate appropriate
    respective following of for to in on at by with from as or but is are was were be been being has have had
    do does did which who when while where between through within under into via per board boards member
    members chair chairs membership lscb agency agencies meeting meetings partnership independent no one two
    three four five six set up formed strategic dedicated specific first second third established establish
    merged called named joint virtual local regional national quarterly monthly weekly annual also then only
    same such previous previously former effective multi-agency inter-agency overall
    """.split()
)
"""None of these belongs to a name that is written in small letters."""
_FOREIGN = frozenset(
    """
    scrutiny adoption fostering permanency permanence crime commissioning national parliamentary cabinet
    remuneration appeal admission recruitment interview housing focus peer age ethnic faith support user core
    parent carer youth leaver corporate channel gateway legal expert citizen employment standards licensing
    planning political labour conservative liberal green minority vulnerable professional access resource
    funding appointment complaint disciplinary pension government
    """.split()
)
"""Bodies of these are not a board's but the council's, the government's or the health service's."""
_ALSO_OURS = frozenset({"licensing", "professional", "vulnerable", "housing", "faith"})
"""Of those, what a board may well have a subgroup on."""
_GENERIC = frozenset(
    "child safeguarding board multi agency young person review case city county local service".split()
)
_SHORT = {
    "scr": "serious case review",
    "cse": "child sexual exploitation",
    "qa": "quality assurance",
    "da": "domestic abuse",
    "dv": "domestic violence",
    "cdop": "child death overview",
    "cspr": "child safeguarding practice review",
    "fgm": "female genital mutilation",
}
"""Short forms that boards use inside the names of their subgroups."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name as a block gives it."""

    block: int
    """Index of the block."""
    name: str
    """Without the word for what it is."""
    kind: str
    """That word in one spelling ("Subgroup"); empty where the text has none."""
    sure: bool
    """Whether it names a subgroup whatever the rest of the document says."""
    short: str = ""
    """The short form that follows in brackets."""
    start: int = 0
    """Where in the block's plain text the word for what it is stands."""

    @property
    def shown(self) -> str:
        """The name with its kind as it is shown: capitals for all but small words."""
        words = f"{self.name} {self.kind}".replace(" & ", " and ").split()
        return " ".join(word if word in _LINKS else word[:1].upper() + word[1:] for word in words)

    @property
    def initials(self) -> str:
        """The first letters of the name's words, small."""
        return "".join(word[0] for word in re.findall(r"[^\W_]+", self.name.lower().replace("'s", "")))

    @property
    def own_short(self) -> str:
        """The short form where it is the name's own ("CDOP") and not that of its subject ("CSE")."""
        return self.short if self.short.lower() == self.initials + self.kind[:1].lower() else ""


def names_in(block: int, text: str) -> tuple[Mention, ...]:
    """The names in the plain ``text`` of the block with this index, in order."""
    found = []
    for match in _KIND.finditer(text):
        kind, capital = _kind(match["kind"]), match["kind"][0].isupper()
        before = text[max(0, match.start() - _LONGEST_BEFORE) : match.start()]
        name = _name_before(before, small=kind not in WEAK_KINDS or kind == "Group")
        subject = _SUBJECT.match(text[match.end() : match.end() + 100]) if kind in PASSING_KINDS else None
        if not trimmed(name) and subject and (run := _CAPITALS.match(subject["name"])):
            name = run[0]
        after = _ABBREVIATION.match(text, match.end()) or _ABBREVIATION.search(name)
        name = trimmed(_ABBREVIATION.sub("", name))
        if name and not match["plural"] and _is_name(name, kind, capital):
            sure = _is_sure(name, kind, bool(after))
            found.append(Mention(block, _title(name), kind, sure, after[1] if after else "", match.start()))
    return tuple(found)


def bare_names(block: int, text: str, *, sure: bool) -> Iterator[Mention]:
    """The name that a label, an item or a heading is as a whole, with or without its kind; none where
    it cannot be a name."""
    text = _TAIL.sub("", split_number(without_bullet(text))[1])
    if named := names_in(block, text):
        first = named[0]
        yield Mention(block, first.name, first.kind, sure or first.sure, first.short)
        return
    match = _KIND.search(text)
    kind = _kind(match["kind"]) if match and match.end() == len(text) else ""
    name = text[: match.start()] if match and kind else text
    short = _ABBREVIATION.search(name)
    name = trimmed(_ABBREVIATION.sub("", name).strip())
    if _SENTENCE.search(name) or not name[:1].isupper() or len(name.split()) > LONGEST_NAME:
        return
    key = name_key(name)
    if (key - _GENERIC and (sure or len(key) > 1)) or {"serious", "case", "review"} == key:
        yield Mention(block, _title(name), kind, sure, short[1] if short else "")


def trimmed(name: str) -> str:
    """A name without what leads up to it: an article, the board it belongs to, "Chair of the"."""
    previous = None
    while previous != name:
        previous, name = name, _TRAIL.sub("", _LEAD.sub("", name + " ").strip(" ,-–:;/"))
    return name


def name_key(name: str) -> frozenset[str]:
    """What is the same for all spellings of a name: its words, singular, short forms in full."""
    name = re.sub(r"\bwell[\s-]being\b", "wellbeing", name.lower().replace("'s", ""))
    name = re.sub(
        r"\bchild death (?:review process(?:es)?|review|(?:review )?overview)\b", "child death overview", name
    )
    words = re.findall(r"[^\W_]+", re.sub(r"['()]|(?<=\b\w)/(?=\w\b)", "", name))
    full = " ".join(_SHORT.get(word, word) for word in words).split()
    return frozenset(_singular(word) for word in full if word not in _LINKS)


def distinctive(key: frozenset[str]) -> frozenset[str]:
    """The words of a key that tell one subgroup from another; all of it where none does."""
    return key - _GENERIC or key


def is_short_form(name: str) -> bool:
    """Whether a name, or a word of it, is one of the short forms that boards use."""
    return not _SHORT.keys().isdisjoint(name.lower().split())


def _kind(written: str) -> str:
    """A kind as it is shown: one spelling for sub-group, sub group and subgroup."""
    words = " ".join(re.sub(r"[-&/]", " ", written.lower()).split())
    if words.startswith(("task and finish", "task finish")):
        return "Task and Finish Group"
    if words.startswith("sub"):
        return "Subcommittee" if words.endswith("committee") else "Subgroup"
    return words.replace("sub group", "group").replace("subgroup", "group").title()


def _title(name: str) -> str:
    """A name as a title; a single word in capitals is an acronym and stays."""
    return title_case(name) if " " in name else name


def _is_name(name: str, kind: str, capital: bool) -> bool:
    """Whether words before a kind are a name: not a foreign body's, and of more than general words."""
    key = name_key(name)
    foreign = key & _FOREIGN
    if foreign and not (kind.startswith("Sub") and foreign <= _ALSO_OURS):
        return False
    if kind == "Panel":
        return {"death", "overview"} <= key or (capital and bool(key - _GENERIC - {"practice"}))
    return bool(key - _GENERIC) or {"case", "review"} <= key


def _is_sure(name: str, kind: str, abbreviated: bool) -> bool:
    """Whether one mention is enough: a name in capitals, and for a panel one that has a short form."""
    if {"death", "overview"} <= name_key(name):
        return kind == "Panel"
    return name[0].isupper() and kind not in WEAK_KINDS and (kind != "Panel" or abbreviated)


def _name_before(before: str, *, small: bool) -> str:
    """The words at the end of ``before`` that a name is made of, in capitals, or where ``small``
    in small letters; "" where there are none."""
    tokens = [*_TOKEN.finditer(before)]
    start, in_small = len(tokens), False
    for position in range(len(tokens) - 1, -1, -1):
        word, begun = tokens[position][0], start < len(tokens)
        if word[0].isupper() or (word[0] == "(" and word[-1] == ")"):
            start = position
            if in_small and not word.isupper():
                break
        elif begun and (word.lower() in ("and", "&") or (word in _LINKS and not in_small)):
            continue
        elif small and word.isalpha() and word not in _ENDS_NAME and (in_small or not begun):
            start, in_small = position, True
        else:
            break
    name = before[tokens[start].start() :].strip() if start < len(tokens) else ""
    return "" if len(name.split()) > (6 if in_small else LONGEST_NAME) else name


def _singular(word: str) -> str:
    if word in ("children", "people"):
        return "child" if word == "children" else "person"
    if word.endswith("ies") and len(word) > 4:
        return f"{word[:-3]}y"
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word
