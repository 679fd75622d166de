"""Lines that look like headings and are none: people, their offices, letters, entries of accounts."""

from __future__ import annotations

import re

_TITLE = (
    r"(?:by\s+)?(?:(?:cllr|councillor|mr|mrs|ms|miss|dr|prof(?:essor)?|rev(?:erend|d)?|"
    r"sir|dame|lord|lady|baroness)\.?\s+)"
)
_NAME_WORD = r"(?:[A-Z][\w'’]*(?:-[A-Z][\w'’]*)?\.?|de|van|von|der|al)"
_NAME = rf"(?i:{_TITLE})?{_NAME_WORD}(?:\s+{_NAME_WORD}){{1,3}}"
_HONOUR = (
    r"(?:O\.?B\.?E|C\.?B\.?E|M\.?B\.?E|D\.?B\.?E|K\.?B\.?E|M\.?P|Q\.?C|K\.?C|D\.?L|J\.?P|QPM|CStJ|PhD|"
    r"[BM]A|[BM]Sc|MB|ChB|MD|FRCA|FRC[PNG]+P?|DCH|CPFA|FCCA)\b\.?"
)
_OFFICE = (
    r"(?:directors?|officers?|managers?|inspectors?|inspectorate|executives?|counsel|commissioners?|"
    r"constables?|commanders?|superintendents?|leader|secretary|ministers?|chair(?:man|woman|person)?|"
    r"co-?ordinators?|advis[eo]rs?|solicitor|clerk|treasurer|accountant|consultant|headteacher|head|lead|"
    r"registrar|coroner|scrutineer|ombudsman|nurse|midwife|doctor|practitioner)"
)
_RANK = (
    r"(?:(?:his|her)\s+majesty[’']s|interim|acting|deputy|assistant|corporate|executive|chief|lead|senior|"
    r"principal|national|regional|independent|joint|general|vice|strategic|designated|group|county|service|"
    r"operational|operations|detective|monitoring)"
)
_HONOURED = re.compile(rf"{_NAME},?(?:\s+{_HONOUR},?)+$")
_TITLED = re.compile(rf"(?i:{_TITLE}){_NAME_WORD}(?:\s+{_NAME_WORD}){{0,5}}(?:\s*[,–-]\s*.{{3,60}})?$")
_INITIALED = re.compile(r"(?:[A-Z]\.?\s){1,3}[A-Z][a-z’'][\w’'-]*$")
_NAMED = re.compile(rf"{_NAME}$")
_IN_OFFICE = re.compile(
    rf"{_NAME}(?:\s+{_HONOUR})*\s*(?:,|\s[–-])\s+(?:[\w’'&/,-]+\s+){{0,6}}(?i:{_OFFICE})"
    r"(?:\s+(?:of|for)\s+.{2,70})?(?:\s*\([^()]*\))?$"
)
_OFFICE_AND_NAME = re.compile(
    rf"(?:[\w’'()/&-]+\s+){{0,3}}(?i:{_OFFICE}|author|head of [\w &]{{2,40}})(?:\(s\))?\s*:\s*{_NAME}"
    rf"(?:\s*(?:&|and|,|/)\s*{_NAME})*(?:\s+[A-Z][\w’' ]{{0,40}})?$"
)
_OFFICE_ALONE = re.compile(
    rf"(?:(?:{_RANK}\s+)+(?:[\w’'&/-]+\s+){{0,2}})?{_OFFICE}(?:\s+(?:of|for)\b[^:]{{0,90}})?$|"
    rf"(?:{_RANK}\s+)+{_OFFICE}\b(?!['’])[^:]{{0,60}}$",
    re.I,
)
_OFFICE_OF_BODY = re.compile(
    rf"(?:{_RANK}\s+)*{_OFFICE}\s+(?:of|for)\s+[^.,:]{{3,70}}(?:,[^.,:]{{3,40}}){{0,2}},\s+[^.,:]*"
    r"\b(?:council|trust|police|service|directorate|board|authority|nhs|partnership|group)\b[^.:]*$",
    re.I,
)
_CROWN_OFFICE = re.compile(rf"(?:his|her)\s+majesty[’']s\s+(?:[\w’']+\s+){{0,3}}{_OFFICE}\b.{{0,80}}$", re.I)
_LETTER_FORM = re.compile(
    r"dear\s+\S+(?:\s+\S+){0,5}$|yours\s+(?:sincerely|faithfully|truly)\b|"
    r"(?:kind(?:est)?|best|warm(?:est)?)\s+(?:regards|wishes)\W*$",
    re.I,
)
_VALEDICTION = re.compile(
    r"yours\s+(?:sincerely|faithfully|truly)\W*$|(?:kind(?:est)?|best|warm(?:est)?)\s+(?:regards|wishes)\W*$",
    re.I,
)
_SIGNED = re.compile(
    r"(?:^|\b(?:chair\w*|clerk|mayor)[’']?s?\s+)sign(?:ed|ature)\b.*(?:\.{3,}|…|_{3,}|:)", re.I
)
_FIGURE = r"[£$€(+–-]*\d[\d,]*(?:\.\d+)?[%)kmbn]*"
_TALLY = re.compile(rf"\D.*\s{_FIGURE}\s+{_FIGURE}$")
_YEARS = re.compile(r"(?:19|20)\d\d\s+(?:19|20)?\d\d$")
_PENCE = re.compile(r"£\s?\d[\d,]*\.\d\d\b")
_DATED_ENTRY = re.compile(r"\d{1,2}[/.]\d{1,2}[/.](?:\d\d|(?:19|20)\d\d)\s+\S")
_MOTION = re.compile(r"(?:prop(?:osed)?|moved|sec(?:onded)?|2nd)\b\.?:?\s*(?:by:?\s+)?[A-Z].{0,40}$", re.I)
_MOVERS = re.compile(r"\b[A-Z]{2,3}\b|\b(?:cllr|councillor|mr|mrs|ms)\b|\b(?:2nd|seconded)\b", re.I)
_INITIALS = re.compile(r"/?[A-Z]{2,3}(?:\s*[/,&+]\s*[A-Z]{2,3})+\s*/?$|/[A-Z]{2,3}$|[A-Z]{2,3}/$|ALL$")
_PHONE = re.compile(r"\b(?:tel|telephone|phone|mobile|fax)\b\W*(?:tel\W*)?\(?\+?\d[\d ()]{6,}", re.I)

_PEOPLE = (_HONOURED, _TITLED, _IN_OFFICE, _OFFICE_AND_NAME, _OFFICE_OF_BODY, _CROWN_OFFICE)
_ENTRIES = (_LETTER_FORM, _DATED_ENTRY, _INITIALS)
_MARKED = (_SIGNED, _PENCE, _PHONE)


def is_person(text: str) -> bool:
    """Whether a line names a person by title, honours or office, or an office and its holder.

    "Dr A. Example", "Jo Example OBE", "Jo Example, Head of Service", "Director: Jo Example",
    "His Majesty's Inspector", "Head of Nursing, Example Trust".
    """
    return any(pattern.match(text) for pattern in _PEOPLE)


def is_office(text: str) -> bool:
    """Whether a line is an office: "Corporate Director of Finance", "Inspector"."""
    return _OFFICE_ALONE.match(text) is not None


def is_name(text: str) -> bool:
    """Whether a line may be a person's name and no more; "Mental Health" may too."""
    return not text.startswith("A ") and bool(_NAMED.match(text) or _INITIALED.match(text))


def is_valediction(text: str) -> bool:
    """Whether a letter ends here: "Yours sincerely"."""
    return _VALEDICTION.match(text) is not None


def is_entry(text: str) -> bool:
    """Whether a line is a form of letters or an entry of accounts or minutes that heads nothing.

    "Dear Member", "Signed ....", "Total 12.5 13.0", "Hire of hall £45.00", "Prop. AB, 2nd CD", "AB/CD".
    """
    if _TALLY.match(text) and not _YEARS.search(text) and _has_sums(text):
        return True
    if _MOTION.match(text) and len(_MOVERS.findall(text)) > 1:
        return True
    return any(pattern.match(text) for pattern in _ENTRIES) or any(p.search(text) for p in _MARKED)


def _has_sums(text: str) -> bool:
    """Whether one of the last two figures is a sum or a count rather than a number in a title."""
    return any(mark in figure for figure in text.split()[-2:] for mark in ".,£%()-+")
