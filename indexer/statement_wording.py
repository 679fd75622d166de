"""How papers word their recommendations, actions, decisions and findings.

Only the words: which heading, label, lead-in or formula announces which kind of statement. Where
they stand, and how far they reach, is for indexer/statements.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.model import StatementKind
from indexer.wording import plain, split_number, without_bullet

_LONGEST_HEADING = 10
"""Words of a heading that announces statements; a longer one tells of something."""
_LONGEST_LEAD_IN = 60
_BODY = (
    r"(?:(?:full |county |city |borough |executive |scrutiny |safeguarding |overview |sub-?|select )*"
    r"(?:board|panel|committee|cabinet(?: member)?|council|members|group|subgroup|sub-group|subcommittee|"
    r"executive|meeting|partnership|partners|forum|commission|leader|governors|trustees|authority))"
)
_HEADINGS = (
    (
        StatementKind.RECOMMENDATION,
        re.compile(
            r"\brecommendations?\b|\bneeds? to (?:improve|change)\b|"
            r"^areas? (?:for|of) (?:priority |immediate |further )?(?:action|improvement|development)\b|"
            r"^recommended$|^priority (?:and immediate )?actions?$",
            re.I,
        ),
    ),
    (
        StatementKind.FINDING,
        re.compile(
            r"\bfindings?$|^(?:\w+ ){0,3}findings (?:of|from|and)\b|\blearning points?\b|\bkey learning\b|"
            r"^(?:summary of |key |main )*lessons?\b|\blessons? (?:learn(?:ed|t)|to be learn(?:ed|t))\b|"
            r"\blearning for practice\b|^what (?:we|the \w+) (?:have )?(?:found|learn(?:ed|t))$",
            re.I,
        ),
    ),
    (
        StatementKind.DECISION,
        re.compile(r"^(?:decisions?(?: made| taken| and reasons)?|resolved|resolutions?|agreed)$", re.I),
    ),
    (
        StatementKind.ACTION,
        re.compile(
            r"^(?:\w+ ){0,2}actions?"
            r"(?: (?:points?|plan|required|agreed|arising|needed|to be taken|for .*|from .*))?$|"
            r"^next steps|^(?:\w+ ){0,3}work ?(?:plan|programme)\b|\bpriorities\b|"
            r"^(?:future|forthcoming|planned) (?:work|audits?|reviews?|activit(?:y|ies))\b|"
            r"^(?:\w+ )?areas (?:of|for) (?:further |future )?work$|"
            r"^what (?:we|the \w+) (?:will|plans? to) do",
            re.I,
        ),
    ),
)
_ABOUT = re.compile(
    r"\b(?:progress|implement\w*|respon[ds]\w*|previous\w*|against|status|position|reasons?|background|update[sd]?|"
    r"track\w*|monitor\w*|achiev\w*|complet\w*|taken|delivered|alternative\w*|options?|fact[- ]finding|"
    r"addressed|review of|last year|to date)\b",
    re.I,
)
"""Words of headings that speak of statements made elsewhere, or of what became of them."""
_LABELS = {
    "recommendation": StatementKind.RECOMMENDATION,
    "rec": StatementKind.RECOMMENDATION,
    "r": StatementKind.RECOMMENDATION,
    "action": StatementKind.ACTION,
    "finding": StatementKind.FINDING,
    "learning": StatementKind.FINDING,
    "lesson": StatementKind.FINDING,
    "decision": StatementKind.DECISION,
    "resolution": StatementKind.DECISION,
}
_LABEL = re.compile(
    r"(?:agreed |practice )?(?P<word>recommendation|rec|action|finding|learning|lesson|decision|resolution)s?"
    r"(?: points?| agreed| required)?(?:\s+(?:no\.?\s*)?(?P<number>(?=[\divxl]*\b|[a-z]\b|\d+[a-z]\b)"
    r"(?:\d{1,3}(?:\.\d{1,2}){0,2}[a-z]?|[ivxl]{1,5}|[a-z])))?\s*(?P<mark>[:.)–—-](?=\s|$)|$)\s*(?P<rest>.*)$",
    re.I,
)
_SHORT_LABEL = re.compile(r"(?P<word>R)(?P<number>\d{1,2})\s*(?P<mark>[:.)])\s*(?P<rest>.+)$")
_RESOLVED = re.compile(
    r"(?:\(?\d{1,2}[.)]\s*)?(?:it was |the [\w ]{3,40} )?"
    r"(?:RESOLVED\b|Resolved\s*(?:[:,–-]|that\b|to\b|by\b|unanimously\b)|AGREED\b|Agreed\s*[:–]|DECIDED\b|Decided\s*:)"
)
_LEAD_INS = (
    (
        StatementKind.DECISION,
        re.compile(
            rf"\bresolved\b|\b{_BODY} (?:\w+ )?(?:agreed|decided|approved)\b|^it was agreed\b|^agreed\b",
            re.I,
        ),
    ),
    (
        StatementKind.RECOMMENDATION,
        re.compile(r"\b(?:is|are) (?:asked|recommended|requested|invited|advised)\b|\brecommend\w*\b", re.I),
    ),
    (
        StatementKind.FINDING,
        re.compile(
            r"\bfindings?\b|\blessons?\b|\blearning points?\b|"
            r"\b(?:audit|review|inspection|inspectors|survey)\w* (?:\w+ )?(?:found|identified|concluded)\b",
            re.I,
        ),
    ),
    (
        StatementKind.ACTION,
        re.compile(
            r"\bpriorities\b|\bactions? (?:are|were|is|for|to|points?|agreed|required)\b|"
            r"\bfollowing actions?\b|"
            rf"\b(?:we|{_BODY}|it) (?:will|plans? to|intends? to)\b|\bnext steps\b|"
            r"\b(?:work|action|business) ?plan (?:\w+ ){0,2}(?:is|focus\w*|includes?|sets?)\b",
            re.I,
        ),
    ),
)
_ASKED = r"(?:is|are) (?:asked|recommended|requested|invited|advised)"
_PASSED_ON = re.compile(rf"\b{_ASKED} (?:to|that)\s*$", re.I)
_RECOMMENDS = re.compile(
    r"\bit is (?:\w+ )?recommended that\b|"
    r"\b(?:we|I|the (?:\w+ )?(?:review|panel|board|audit|report|inspectors?|committee|authors?|reviewers?))"
    r" recommends? that\b|"
    r"\ba (?:\w+ )?recommendation (?:was|has been) (?:also )?made (?:to|for|that|by)\b|"
    rf"^(?:the )?(?:\w+ ){{0,4}}{_BODY}[\w ,()]{{0,40}} {_ASKED} to \w",
    re.I,
)
_MEMBERS = rf"^(?:\(?\w{{1,3}}[.)]\s*)?(?:the )?(?:\w+ ){{0,4}}{_BODY}"
_DECIDES = re.compile(
    rf"{_MEMBERS}[\w ,()]{{0,50}}? (?:\w+ly )?(?:agreed|resolved|decided) (?:that|to|the|with|a|an)\b|"
    rf"{_MEMBERS} (?:\([\w ]+\) )?(?:noted|approved|endorsed|accepted) (?:the|and)\b|"
    r"\bit was (?:\w+ )?(?:agreed|resolved|decided) (?:that|to)\b",
    re.I,
)
_PRIORITIES = re.compile(
    r"^(?:the |our )?(?:\w+ ){0,2}priorities\b[^.:]{0,80}\b(?:are|is|will be) to\b", re.I
)
_FORMULA_WORDS = (
    "recommend priorities agreed resolved decided noted approved endorsed accepted asked requested invited "
    "advised"
).split()
"""Every formula has one of these words."""
_MEETING = re.compile(
    r"minutes of (?:the|a) .{0,80}(?:meeting|held)|present\s*:|in attendance\b|apologies\s*:|"
    r"apologies (?:for absence|were|received)|members present",
    re.I,
)
_NUMBER = re.compile(
    r"(?:\(?(?P<plain>[A-Z]?\d{1,3}(?:\.\d{1,2}){0,3}[a-z]?)[.):]*|\(?(?P<letter>[ivxl]{1,5}|[a-z])[.)]+)"
    r"(?=\s|[A-Z\"'“‘(]|$)",
    re.I,
)


ASKS = re.compile(
    r"\b(?:should|must|shall|ought|needs? to|recommend\w*|required? to|asked to|urges?|calls? on)\b", re.I
)
_TOLD = re.compile(
    r"^\W*[\d.]+\s+(?:the|in|on|at|as|this|these|there|all|following|since|it|we)\b.*"
    r"\b(?:has|have|had|was|were)\b|^\W*[\d.]+\s+.*\b(?:has|have|was|were) been\b|"
    r"^\W*[\d.]+\s+in (?:relation|respect|terms) (?:to|of)\b",
    re.I,
)
_NOTHING = re.compile(
    r"\W*(?:none|nil|n/?a|tb[ac]|not (?:found|applicable|known|required|available)(?: or not applicable)?|"
    r"(?:there (?:are|were|is|was) )?no (?:further |new )?(?:actions?|recommendations?|decisions?|findings?)"
    r"(?: (?:required|needed|identified|made|arising|noted))?)\W*",
    re.I,
)
_ANSWER = re.compile(
    r"(?:(?:the |our |hm |uk )*(?:government|board|council|partnership|department|agency|management)"
    r"(?:'s)? )?(?:response|reply|progress|update|comments?)\W*|"
    r"(?:this |the )?recommendations?(?: [\d.]+)?\W* "
    r"(?:(?:is|was|are|were|not|partially|partly|fully|already) ){0,2}"
    r"(?:accepted|rejected|declined|noted|agreed)(?: (?:in|with) [\w ]{3,30})?\W*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Label:
    """What a line says that it is, and of which number: "Recommendation 3: ..."."""

    kind: StatementKind
    number: str | None
    bare: bool
    """Whether nothing follows the label on its line."""


def heading_kind(text: str) -> StatementKind | None:
    """What kind of statements a heading announces; None for a heading that tells of something else."""
    words = split_number(text)[1].strip(" :.–-?=*_()")
    words = re.sub(r"\(s\)", "s", words)
    if not words or len(words.split()) > _LONGEST_HEADING or _ABOUT.search(words) or is_answer(words):
        return None
    return next((kind for kind, pattern in _HEADINGS if pattern.search(words)), None)


def find_label(text: str) -> Label | None:
    """The label that a line begins with; None where it has none."""
    words = without_bullet(text)
    match = _LABEL.match(words) or _SHORT_LABEL.match(words)
    if match is None or not (match["number"] or match["mark"] == ":") or is_answer(words):
        return None
    kind = _LABELS[match["word"].lower()]
    return Label(kind, match["number"], not match["rest"].strip(" .:–-"))


def is_resolution(text: str) -> bool:
    """Whether a paragraph begins as the minutes of a decision do: "RESOLVED that ...", "Agreed: ..."."""
    return _RESOLVED.match(without_bullet(text)) is not None


def says_nothing(text: str) -> bool:
    """Whether a cell or an item only says that there is nothing to say: "None", "Not applicable."."""
    return _NOTHING.fullmatch(plain(text)) is not None


def continues_list(before: Sequence[str | None], number: str | None) -> bool:
    """Whether a number is the next of a list's: "c" after "a" and "b", "2" after "1", the first of none."""
    if number is None:
        return False
    last = next((one for one in reversed(before) if one is not None), None)
    if last is None:
        return not before and number.casefold() in ("a", "1", "i")
    if last.isdigit() and number.isdigit():
        return int(number) == int(last) + 1
    return len(last) == len(number) == 1 and ord(number) == ord(last) + 1


def is_answer(heading: str) -> bool:
    """Whether under a heading somebody answers a recommendation, or says what became of it."""
    return _ANSWER.fullmatch(heading) is not None


def is_told(number: str, text: str) -> bool:
    """Whether a report's numbered paragraph tells what was done and asks for nothing."""
    return "." in number and _TOLD.search(text) is not None and ASKS.search(text) is None


def lead_in_kind(text: str) -> StatementKind | None:
    """What kind of statements follow a sentence that leads a list in; None where it leads none in."""
    words = without_bullet(text).rstrip(" -–")
    if not words.lower().endswith((":", ";", "to", "that")):
        return None
    last = re.split(r"(?<=[.!?])\s+(?=[A-Z])", words)[-1]
    if _PASSED_ON.search(last):
        return StatementKind.RECOMMENDATION
    if not words.endswith((":", ";")) or len(last.split()) > _LONGEST_LEAD_IN:
        return None
    if _ABOUT.search(last) and not is_resolution(text):
        return None
    return next((kind for kind, pattern in _LEAD_INS if pattern.search(last)), None)


def may_hold_formula(text: str) -> bool:
    """Whether any sentence of ``text`` can have a kind by ``formula_kind``: a quick look at its words."""
    folded = text.lower()
    return any(word in folded for word in _FORMULA_WORDS)


def formula_kind(sentence: str, in_minutes: bool) -> StatementKind | None:
    """What kind of statement a sentence is by its own words.

    "The Board agreed ..." is a decision in minutes only: elsewhere it tells of one.
    """
    words = without_bullet(sentence)
    if _RECOMMENDS.search(words):
        return StatementKind.RECOMMENDATION
    if in_minutes and _DECIDES.search(words):
        return StatementKind.DECISION
    return StatementKind.ACTION if _PRIORITIES.match(words) else None


def is_meeting(text: str) -> bool:
    """Whether a line is one that only the minutes of a meeting begin with."""
    return _MEETING.match(plain(text)) is not None


def number_of(text: str) -> str | None:
    """The number that an item begins with: "3", "2a", "4.1", "iv", "1" of "R1"; None where it has none."""
    match = _NUMBER.match(without_bullet(text))
    if match is None:
        return None
    number = match["plain"] or match["letter"]
    return number[1:] if re.fullmatch(r"R\d.*", number) else number
