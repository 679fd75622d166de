"""Whether a short line of plain text reads as a heading, or as an answer, a date, a caption, a sentence."""

from __future__ import annotations

import re

from indexer.blocks.people import is_entry, is_person

_LONGEST = 130
"""Characters. Headings of board papers run to two lines of print at most."""
_LONGEST_QUESTION = 300
"""Characters of a numbered question of a form ("How will this contribute to ...?")."""
_LABEL_WORDS = 4
_TITLE_WORDS = 5
"""Words before a closing colon: up to so many is a title, more is a lead-in."""
_SENTENCE_WORDS = 5
"""From so many words on, a line with a verb is a sentence that lost its stop."""
_QUOTED_WORDS = 4
"""From so many words on, a line in quotation marks is what somebody said."""
_LEAST_LETTERS = 3

_ANSWER = re.compile(
    r"(?:yes|no|nil|none(?: (?:identified|known|received|specific))?|not applicable|n/?a|as above|"
    r"to follow|tbc|to be (?:confirmed|advised)|end)\W*$",
    re.I,
)
_ANSWERED = re.compile(r"\?\W*\S+(?:\s+\S+){0,2}$")
_QUESTION = re.compile(r"(?:how|what|why|who|when|where|which|has|have|will|is|are|does|do|can)\b", re.I)
_MONTH = r"(?:jan|febr?|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = re.compile(
    r"(?:(?:at\s+)?\d{1,2}(?:[.:]\d\d)?\s*(?:[ap]\.?m\.?|noon)\W*(?:on\s+)?)?(?:[a-z]{3,6}day\W+)?"
    rf"(?:\d{{1,2}}\s*(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH},?\s+\d{{4}}\W*$",
    re.I,
)
_CAPTION = re.compile(r"(?:figure|fig\.?|chart|graph|table)\s*\d{1,3}[a-z]?\b", re.I)
_PAGES = re.compile(r"\(pages?\s+\d+(?:\s*[-–]\s*\d+)?\)?$", re.I)
_CONTACT = re.compile(r"://|@|\bwww\.|\.(?:org|gov|co|nhs)\.uk$|\b\d[\d ]{9,}$")
_LEAD_IN = re.compile(
    r"(?::\s*[-–—]|\b(?:a|an|the|and|or|of|to|for|by|in|on|at|with|from|that|which|is|are|was|were|be|"
    r"includ(?:e|es|ed|ing)|follow(?:s|ing)|not)\s*[:\-–]?)$",
    re.I,
)
_LEADS_IN = re.compile(
    r"(?:the following|as follows|see (?:also )?(?-i:[A-Z])|click here|please|"
    r"there (?:is|are|was|were|has|have))\b",
    re.I,
)
_VERB = re.compile(
    r"(?<!\bthere )(?<!\bwho )(?<!\bthat )(?<!\bwhich )(?<!\bwe )(?<!\bit )(?<!\byou )(?<!\bthey )"
    r"\b(?:is|are|was|were|has|have|had|will|would|should|must|became|becomes?)\b",
    re.I,
)
_COVER = re.compile(
    r"(?:public|private|confidential|exempt) report\b|report (?:of|to|from) (?:the )?(?-i:[A-Z])|"
    r"(?:director|officer) approving\b|by invitation\b|"
    r"(?:(?:interim|independent|vice|joint|acting)[ -]+)?"
    r"chair(?:person|man|ed by)?:?\s+(?-i:[A-Z]\S+\s+[A-Z])",
    re.I,
)
_LETTER = re.compile(r"\(?[a-z]\)\s+")
_LISTING = re.compile(r"list of \w", re.I)
_QUOTES = "\"“”'‘’"
_DASH = re.compile(r"[-–•▪●◦*\uf0b7\uf0a7]\s+")
_CHAPTER = re.compile(r"\d{1,2}\.0{1,2}\s")
"""A chapter numbered so that its paragraphs may follow as 7.01."""


def reads_as_heading(text: str, numbered: bool) -> bool:
    """Whether a line that stands alone, without its emphasis, may be a heading by its words.

    ``numbered`` says that it begins with a chapter's number or the like.
    """
    if len(text) > (_LONGEST_QUESTION if numbered and is_question(text) else _LONGEST):
        return False
    if sum(c.isalpha() for c in text) < _LEAST_LETTERS or _DASH.match(text) or not _begins_well(text):
        return False
    if text.rstrip("”’\"')")[-1:] in ".,;" and not _CHAPTER.match(text):
        return False
    if is_person(text) or is_entry(text):
        return False
    return not (_is_detail(text, numbered) or _is_label(text, numbered) or is_sentence(text))


def is_listed(text: str) -> bool:
    """Whether the line is no heading but one of a list of people: who chairs, whose number it is."""
    return bool(_COVER.match(text) or _CONTACT.search(text)) or is_person(text) or is_entry(text)


def is_label(text: str) -> bool:
    """Whether the line is a label by itself, with what it labels on the lines below."""
    return text.endswith(":") and 2 <= len(text.split()) <= _TITLE_WORDS


def is_question(text: str) -> bool:
    """Whether the line asks, as the labels of a form do."""
    return text.rstrip(" )").endswith("?")


def is_sentence(text: str) -> bool:
    """Whether the line is a sentence or the beginning of one, for all that it ends without a stop."""
    if _LISTING.match(text) and is_label(text):
        return False
    if _LEAD_IN.search(text) or _LEADS_IN.match(re.sub(r"^[\d.]+\s+", "", text)):
        return True
    words = re.sub(r"^[\d.]+\s+", "", text)
    if is_question(text) or _QUESTION.match(words):
        return False
    return len(words.split()) >= _SENTENCE_WORDS and bool(_VERB.search(words))


def _begins_well(text: str) -> bool:
    """Whether it begins with a capital or a number; a raised figure is a footnote's mark."""
    first = next((c for c in _LETTER.sub("", text) if c.isalnum()), "")
    return first.isupper() or first.isdecimal()


def _is_detail(text: str, numbered: bool) -> bool:
    """Whether it is an answer, a date, a caption, an entry with its pages, an address, a quotation."""
    if any(pattern.match(text) for pattern in (_ANSWER, _DATE, _CAPTION, _COVER)):
        return True
    if _PAGES.search(text) or _CONTACT.search(text) or (not numbered and _ANSWERED.search(text)):
        return True
    return text[0] in _QUOTES and text[-1] in _QUOTES and len(text.split()) >= _QUOTED_WORDS


def _is_label(text: str, numbered: bool) -> bool:
    """Whether a colon makes it a label with its value ("Chair: ...") or a sentence that leads a list in."""
    before, colon, after = text.partition(":")
    if not colon or numbered:
        return False
    return len(before.split()) <= _LABEL_WORDS if after.strip() else len(before.split()) > _TITLE_WORDS
