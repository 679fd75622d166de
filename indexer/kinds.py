"""Which kind of paper a text announces: annual report, minutes, briefing note and so on."""

from __future__ import annotations

import re

from indexer.model import DocumentKind as Kind
from indexer.wording import plain

_REVIEW = (
    r"(?:serious\s+case|child\s+safeguarding\s+practice|safeguarding\s+practice|safeguarding\s+adults?"
    r"|learning|child\s+practice|multi-?\s?agency\s+(?:case|learning)|(?:learning\s+lessons\s+)?case"
    r"|domestic\s+homicide|domestic\s+abuse\s+related\s+death)\s+reviews?|\b(?:scr|cspr|lcspr|dhr|sar)s?\b"
)
_CASE = r"\bchild(?:ren)?\s+[A-Z]{1,2}\d?\b|\bbaby\s+[A-Z]\b|\bfamily\s+[A-Z]\b|\boverview\s+report\b"
_BRIEFING = (
    r"\b(?:briefing|summary|learning\s+(?:points|lessons|summary|from)|lessons|(?:7|seven)[\s-]+minute"
    r"|practitioner)"
)

# The first that fits names the kind: the more telling wording stands before the more general.
_TITLES: tuple[tuple[Kind, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, flags))
    for kind, pattern, flags in (
        (Kind.AGENDA_PACK, r"public\s+(?:document|reports?)\s+pack|\(public pack\)|agenda\s+pack|"
                           r"agenda\s+reports\s+pack", re.I),
        (Kind.OTHER, r"^(?:appendix|annex)\b", re.I),
        (Kind.MINUTES, r"^(?:draft\s+|printed\s+|public\s+|confirmed\s+)*minutes\b(?!\s+silence)|"
                       r"\bminutes\s+of\s+(?:a|an|the)\b|"
                       r"\bminutes$|:\s*minutes\b|^notes?\s+of\s+(?:a|the)\s+meeting|\bmeeting\s+note", re.I),
        (Kind.AGENDA, r"^(?:summons.{0,20})?agenda\b|\bagenda$|agenda\s+(?:front\s?sheet|supplement)|"
                      r":\s*agenda\b", re.I),
        (Kind.OTHER, r"work\s?(?:programme|plan)s?\b|record\s+of\s+decision", re.I),
        (Kind.CASE_REVIEW_BRIEFING, rf"(?:{_REVIEW}).*{_BRIEFING}|{_BRIEFING}.*(?:{_REVIEW})", re.I),
        (Kind.ANNUAL_REPORT, r"\bannual\s+(?:\w+\s+){0,2}reports?\b|\byearly\s+report\b|"
                             r"\bannual\s+(?:review|account)\b", re.I),
        (Kind.BUSINESS_PLAN, r"\b(?:business|strategic|improvement|action|delivery|service)\s+plan\b", re.I),
        (Kind.BRIEFING_NOTE, r"\bbriefing\s+(?:note|paper|report)\b", re.I),
        (Kind.CASE_REVIEW, rf"(?:{_REVIEW})(?!\s+(?:sub|group|panel|committee|toolkit|procedure|guidance))|"
                           r"\boverview\s+report\b", re.I),
        (Kind.CASE_REVIEW, _CASE, 0),
        (Kind.GUIDANCE, r"\bguidance\b|\bguidelines?\b|\bhandbook\b|\btoolkit\b|\bpractice\s+guide\b|"
                        r"working together to|\badvice\s+(?:for|to)\b", re.I),
        (Kind.POLICY, r"\bpolic(?:y|ies)\b|\bprocedures?\b|\bprotocol\b|\bstrategy\b|\bconstitution\b|"
                      r"\bterms of reference\b|statement\s+of\s+purpose", re.I),
        (Kind.REPORT, r"\breports?\b|\binspection\b|\bfocused visit\b|\breview\b|\baudit\b|\bupdate\b|"
                      r"\bresearch\b", re.I),
    )
)  # fmt: skip


def kind_of_title(title: str) -> Kind:
    """The kind that a title names; OTHER where it names none."""
    words = plain(title)
    return next((kind for kind, pattern in _TITLES if pattern.search(words)), Kind.OTHER)
