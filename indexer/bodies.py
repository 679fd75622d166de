"""Names of boards, committees, councils and other bodies in a text, and whose paper it is.

A name is worth what its place is worth: in the line of a meeting, alone on a cover and in a title it
says whose paper it is; in running words it only says who is spoken of.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from indexer.wording import plain, same_words, title_case

_TYPE = (
    r"(?:Board|Sub-?\s?[Cc]ommittee|Committee|Cabinet(?!\s+Members?\b)|Council|Panel|Partnership|Forum|Commission"
    r"|(?:Police|Fire|Rescue|Combined|Probation|Health)\s+Authority|Safeguarding\s+(?:Children\s+)?Partners)"
)
_WORD = r"(?:[A-Z][\w'’&/.-]*|\d{1,2}-\d{1,2})"
_LINK = r"(?:and|of|for|the|in|with|on|&|-|–)"
_QUALIFIER = r"(?:\s*\((?:\d{1,2}|[A-Z][a-z][^()]{3,70})\))?"
_NAME = re.compile(
    rf"(?<![\w'])(?:Cabinet\s+Members?\s+(?:\([^()]{{3,80}}\)|"
    rf"for\s+{_WORD}(?:,?\s+(?:{_LINK}\s+)?{_WORD}){{0,9}})"
    rf"|(?:{_WORD},?\s+(?:{_LINK}\s+){{0,2}}){{0,9}}{_TYPE}(?![\w'-]){_QUALIFIER})"
)
_HAS_TYPE = re.compile(rf"{_TYPE}\b|\bLSCB\b|\bBorough\b", re.I)
_TYPE_WORDS = "board committee cabinet council panel partner forum commission authority lscb borough".split()
"""One of these is in whatever ``_HAS_TYPE`` finds."""
_BOROUGH = re.compile(
    r"\b(?:London|Royal|Metropolitan) Borough of (?:[A-Z]\w+)(?:,? (?:and |upon )?[A-Z]\w+){0,3}"
)
_OWNED = re.compile(
    rf"\b(?P<place>[A-Z][a-z]+(?:\s[A-Z][a-z]+)?)(?:'s|,?\s+(?:and\s+)?its)\s+"
    rf"(?P<rest>(?:Local\s+)?Safeguarding\s+(?:{_WORD}\s+(?:and\s+)?){{1,3}}(?:Board|Partnership)|"
    rf"Health and Well-?[Bb]eing Board)\b"
)
_LOCAL = re.compile(r"\b(?P<place>[A-Z][a-z]+(?:\s(?:and\s)?[A-Z][a-z]+)?)\s+LSCB\b(?:\s+[Bb]oard)?")
_LEAD = re.compile(
    r"^(?:.*\b(?:[Mm]eeting|[Mm]inutes|[Rr]eport|[Cc]hair(?:man|person)?|[Mm]embers?(?:hip)?|[Bb]ehalf|"
    r"[Dd]irector|[Ll]etter"
    r"|[Tt]itle|[Aa]genda|[Pp]lan|[Aa]ppendix \w+)\s+(?:of|to|for|from|at)\s+(?:the\s+|an?\s+|this\s+)?"
    r"|.*\b(?:Chair(?:man|person)?|Directors?|Managers?|Officers?|Scrutineer|Leader|Councillor|Cllr|"
    r"Secretary|Author)\b"
    r",?\s+(?:(?:of|for|at)\s+)?(?:the\s+)?|.*\bThe\s+"
    r"|.*\b(?:Reports?|Summary|Findings|Review|Strategy|Audit|Briefing|Note|Introduction)\s+"
    r"(?!(?:Panel|Board|Committee|Group|and)\b)|.*\b(?:Council|Board|Partnership|Committee|"
    r"Panel),?\s+and\s+(?:the\s+)?"
    r"|(?:A|An|This|To|By|From|For|At|In|On|Of|And|Each|Our|Your|Full|Dear|That|How|What|Why|When|If|As|It|"
    r"Is|Was|Since|Both|All|Any"
    r"|See|Head of|With|While|Where|Which|Who|No|Yes|Appendix \w+|Agenda|Minutes|(?:Extra)?[Oo]rdinary|"
    r"Special|Quarterly"
    r"|Page \d+|R\d+)\s+(?:the\s+)?)",
)
_MOST_APART = 6
"""Pages a mention of the body whose paper it is, where nothing else says whose it is."""
_SUBJECT = frozenset(
    (
        "adult adults care child children communities community corporate crime culture customer "
        "development early economic economy education employment environment equalities families family "
        "finance governance growth health help highways homes housing inclusion learning leisure "
        "licensing neighbourhood neighbourhoods overview parenting people performance place planning "
        "policy procurement property public regeneration resources safer safety schools services skills "
        "social sport standards strategy strategic support sustainability transport wellbeing well being "
        "young youth and of the"
    ).split()
)
"""Words of the subjects that committees are named after: only these may stand before a comma in a name."""
_CAPITALS = re.compile(r"\b[A-Z][A-Z'&-]+(?:[\s(]+[A-Z'&-]+)+\b|^[A-Z]{4,}$")
"""A run of words in capitals: a name as covers and minutes set it."""
_BROKEN = re.compile(r"(?<=[a-z])-\s(?=[a-z])")
"""A word broken over two lines."""
_ABBREVIATION = re.compile(r"\s*\((?:[A-Z][A-Za-z&]*[A-Z][A-Za-z&]*|the [^()]*)\)$")
_NOT_AFTER = re.compile(
    r"(?:\s+|-|'s\s+)(?:Chamber|House|Offices?|Building|Tax|Plan|Members?|Meeting Room|Manager|Officer|"
    r"Leader|Administrator"
    r"|Support|Act|Regulations|Rooms?|Scrutineer|Directors?)\b"
)
_NO_PLACE = frozenset("a an the this that each every our your all any local in of and".split())
_GENERIC = frozenset(
    (
        "board,committee,sub committee,panel,partnership,forum,council,cabinet,commission,city council,"
        "county council,borough council,district council,town council,parish council,full council,"
        "metropolitan borough council,unitary council,scrutiny board,scrutiny committee,scrutiny panel,"
        "overview and scrutiny committee,safeguarding board,safeguarding children board,"
        "safeguarding adults board,safeguarding adult board,safeguarding partnership,"
        "safeguarding children partnership,children board,main board,advisory board,oversight board,"
        "project board,programme board,management board,shadow board,executive board,partnership board,"
        "strategic board,safeguarding partners,safeguarding children partners,health authority,"
        "police authority,area partnership,local area partnership"
    ).split(",")
)
_PLACELESS = frozenset(
    "safeguarding health children childrens child community corporate adult adults strategic".split()
)
"""Words that a board's name without its place begins with."""
_ALONE = frozenset(
    {"cabinet", "county council", "city council", "full council", "executive", "borough council"}
)
"""Generic names that are a body's full name where they stand alone on a cover."""
INSPECTORATES = re.compile(
    r"\b(?:Ofsted|Care Quality Commission|HMICFRS|Her Majesty's Inspectorate of \w+|"
    r"His Majesty's Inspectorate of \w+|Estyn)\b"
)
DEPARTMENTS = re.compile(
    r"\b(?:Department for Education(?: and Skills)?|Department for Children, Schools and Families|"
    r"HM Government"
    r"|Home Office|Ministry of Justice|NHS England|Department of Health(?: and Social Care)?)\b"
)
_NATIONAL = re.compile(
    r"^(?:(?:National )?Child Safeguarding Practice Review Panel|National .*|.* Youth Justice Board)$"
)
_TAKER = re.compile(r"\W*decision (?:to be )?(?:taken|made) by\W*|\W*decision[ -]?(?:maker|taker)\W*", re.I)
_TO_MEMBER = re.compile(
    r"(?:.{0,40}\breport\s+)?to\s*:?\s*(?:the\s+)?(?:(?:Cllr|Councillor|M[rs]|Mrs|Dr)\.?\s+)?"
    r"(?:[A-Z][\w'’.-]*,?\s+){1,4}?(?:[–-]\s*)?(?:the\s+)?Cabinet Member\b",
    re.I,
)
"""A decision delegated to a member, who is named before the office."""
_OF_MEETING = 85
STRONG = 60
"""Weight from which a name on a front says whose paper it is."""


class Claim(NamedTuple):
    """A body, and how strongly a paper says that it is its own."""

    name: str
    weight: int
    """0 (spoken of) to 100 (the paper of its meeting)."""


@lru_cache(maxsize=16_384)
def find_bodies(text: str) -> tuple[str, ...]:
    """The names of bodies in ``text``, in order, as they are written but without leading words such
    as "Meeting of the", people's names, and an abbreviation before or after. Capitals become title case.

    Remembered, since a document is asked for its bodies as a whole and again for its parts.
    """
    small = text.lower()
    if not any(word in small for word in _TYPE_WORDS) or not (
        _HAS_TYPE.search(text) or "cabinet member" in small
    ):
        return ()
    words = _CAPITALS.sub(lambda run: title_case(run[0]), _BROKEN.sub("", plain(text)))
    names = [f"{match['place']} {match['rest']}" for match in _OWNED.finditer(words)]
    names += [
        f"{match['place']} Safeguarding Children Board"
        for match in _LOCAL.finditer(words)
        if match["place"].lower() not in _NO_PLACE
    ]
    names += [match[0] for match in _BOROUGH.finditer(words) if not re.search(rf"{_TYPE}$", match[0])]
    for match in _NAME.finditer(words):
        name = _trimmed(match[0])
        passing = _NOT_AFTER.match(words, match.end()) and len(name.split()) < 4
        if name and not passing:
            names.append(name)
    return tuple(names)


def _trimmed(name: str) -> str:
    """A matched name without what leads up to it; empty where nothing that names a body is left."""
    if name.startswith("Cabinet Member"):
        return name
    previous = None
    while previous != name:
        previous, name = name, _LEAD.sub("", _ABBREVIATION.sub("", name)).strip(" ,-–")
        name = _without_people(_without_initials(name))
    return name if re.search(_TYPE, name) else ""


def _without_initials(name: str) -> str:
    """A name without its own abbreviation before it ("CDOP Child Death Overview Panel")."""
    first, _, rest = name.partition(" ")
    if not (first.isupper() and len(first) > 2 and len(rest.split()) > 2):
        return name
    letters = iter("".join(word[0] for word in rest.split()).upper())
    return rest if all(letter in letters for letter in first[-3:]) else name


def _without_people(name: str) -> str:
    """A name without a person or office before a comma; subjects of a committee stay."""
    pieces = name.split(", ")
    for position in range(len(pieces) - 2, -1, -1):
        if not set(same_words(pieces[position]).split()) <= _SUBJECT:
            return ", ".join(pieces[position + 1 :])
    return name


def body_key(name: str) -> str:
    """A key that is equal for the forms of one body: with and without "the", "local", an abbreviation."""
    words = [word for word in same_words(name).split() if word not in ("the", "local")]
    return " ".join(words).replace("well being", "wellbeing").replace("sub committee", "subcommittee")


def is_generic(name: str) -> bool:
    """Whether a name says what sort of body it is but not which: "the Board", "County Council"."""
    return body_key(name) in _GENERIC


def named_bodies(texts: Iterable[str]) -> Counter[str]:
    """How often each body is named in ``texts``, under its most usual full name; generic names left out."""
    spelt: dict[str, Counter[str]] = {}
    for text in texts:
        for name in find_bodies(text) if len(text) < 20_000 else ():
            if not is_generic(name) and len(name.split()) > 1 and not name.startswith("Cabinet Member for"):
                spelt.setdefault(body_key(name), Counter())[name] += 1
    return Counter({forms.most_common(1)[0][0]: forms.total() for forms in spelt.values()})


def in_full(name: str, known: Counter[str]) -> str:
    """``name`` with the place that the document gives it elsewhere ("Safeguarding Children Board");
    a generic name that it gives no place is no body: empty."""
    key = body_key(name)
    placeless = is_generic(name) or key.split()[0] in _PLACELESS
    if placeless and len(key.split()) > 1 and "council" not in key:
        longer = [
            other
            for other in known
            if body_key(other).endswith(f" {key}") and len(other.split()) - len(key.split()) < 4
        ]
        if longer:
            return max(longer, key=lambda other: (known[other], -len(other)))
    return "" if is_generic(name) else name


def council_in_full(name: str, known: Counter[str]) -> str:
    """``name`` such as "County Council" with the place that the document gives it most often; without one,
    itself where it can be a body's full name, else empty."""
    key = body_key(name)
    longer = [other for other in known if key.endswith(" council") and body_key(other).endswith(f" {key}")]
    return max(longer, key=lambda other: known[other]) if longer else name if key in _ALONE else ""


def body_of_abbreviation(text: str, known: Counter[str]) -> str:
    """The body whose initials ``text`` holds ("WSCB Business Plan"), among those known; else empty."""
    for short in re.findall(r"\b[A-Z]{3,6}\b", text):
        for name, _ in known.most_common():
            if (
                "".join(
                    word[0] for word in same_words(name).split() if word not in ("and", "of", "the")
                ).upper()
                == short
            ):
                return name
    return ""


def body_of_lines(lines: tuple[str, ...], known: Counter[str]) -> Claim:
    """The body whose paper begins with ``lines`` (its front): the strongest claim, the first of equal
    ones; ``Claim("", 0)`` where none is named. ``known``: what the document's other pages name."""
    best = Claim("", 0)
    for position, line in enumerate(_labelled(lines)):
        for name in find_bodies(line):
            said = _weight(line, name)
            weight = said - min(position, 12) // 3
            alone = body_key(name) in _ALONE and weight >= STRONG
            full = (
                in_full(name, known) or council_in_full(name, known)
                if not alone
                else council_in_full(name, known)
            )
            if not full and said >= _OF_MEETING and len(name.split()) > 1:
                full = name  # a council's "Scrutiny Panel" is body enough where the paper is of its meeting
            if full and weight > best.weight:
                best = Claim(full, weight)
    return best


def _labelled(lines: tuple[str, ...]) -> list[str]:
    """The lines, each that stands under "Decision to be taken by" as the label's value."""
    before = ("", *lines)
    return [
        f"To: {line}" if _TAKER.fullmatch(label) else line for label, line in zip(before, lines, strict=False)
    ]


def _weight(line: str, name: str) -> int:
    """How strongly a line says that the paper is the named body's, 0 to 100."""
    words, bare = plain(line), re.escape(name)
    if name.startswith("Cabinet Member") and _TO_MEMBER.match(words):
        return 90
    if re.match(r"dear\b|(?:classification|distribution|cc)\b", words, re.I):
        return 0
    if re.search(rf"\b(?:meeting|minutes)\s+of\s+(?:the\s+|an?\s+)?{bare}", words, re.I):
        return 100
    if re.match(rf"(?:.{{0,40}}\breport\s+)?to\s*:?\s*(?:the\s+)?{bare}|name of cabinet member", words, re.I):
        return 90
    if name.startswith("Cabinet Member") and "(" not in name:
        return 30  # more often the member who is spoken of than the meeting
    council = name.lower().endswith("council")
    rest = re.sub(bare, "", words, count=1, flags=re.I)
    if len(re.findall(r"[^\W\d_]{3,}", re.sub(_DATED, "", rest))) <= 1:
        listed = re.search(r"\b[A-Z]{3,6}\b", rest)  # an entry of a list of abbreviations
        return 30 if listed else 66 if council else 85 if "safeguard" in name.lower() else 80
    if re.search(
        rf"\b(?:introduce|present|welcome to|"
        rf"this is)\b.{{0,40}}{bare}(?:\s*\([A-Z]+\))?'?s?\s+(?:\w+\s+){{0,2}}report\b",
        words,
        re.I,
    ):
        return 75
    if re.search(r"\b(?:director|officer|manager|councillor|executive|ward)\b", rest, re.I):
        return 20
    short = len(words.split()) <= 16 and not words.endswith((".", ";", ","))
    if short and re.search(
        rf"{bare}(?:\s*\([A-Z]+\))?\W+(?:\w+\s+){{0,2}}(?:annual|business|report|plan|strategy)\b",
        words,
        re.I,
    ):
        return 75
    return (40 if short and words.lower().startswith(name.lower()) else 30 if short else 10) - (
        10 if council else 0
    )


_DATED = re.compile(
    r"\b(?:\d{1,2}(?:st|nd|rd|th)?|(?:mon|tues|wednes|thurs|fri|satur|sun)day|jan\w*|feb\w*|mar\w*|apr\w*|"
    r"may|june?|july?|aug\w*"
    r"|sep\w*|oct\w*|nov\w*|dec\w*|(?:19|20)\d\d|at|noon|[ap]m|agenda|minutes|meeting|held|on)\b",
    re.I,
)


def most_named(known: Counter[str], pages: int) -> str:
    """The body that a document of so many pages names most: a safeguarding board named at all comes before
    others, and those must be named three times. One named on few of the pages is spoken of, no more."""
    weighted = Counter(
        {
            name: count * (4 if "safeguarding" in name.lower() else 1)
            for name, count in known.items()
            if not _NATIONAL.search(name) and count * _MOST_APART >= pages
        }
    )
    best = weighted.most_common(1)
    return best[0][0] if best and best[0][1] >= 3 else ""


def most_matched(pattern: re.Pattern[str], texts: Iterable[str], least: int = 1) -> str:
    """The national body of ``pattern`` that ``texts`` name most often; empty where none so many times."""
    counts = Counter(match[0] for text in texts for match in pattern.finditer(plain(text)))
    return next((name for name, count in counts.most_common(1) if count >= least), "")
