"""The front of a paper: the lines of its cover or head, its labels, and the kind that they make."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import NamedTuple

from indexer.dates import find_dates
from indexer.kinds import kind_of_title
from indexer.model import BlockKind, DocumentKind
from indexer.packs import ATTENDANCE, Layout, is_contents, is_stamp
from indexer.wording import plain

_LABEL = re.compile(
    r"^(?P<label>title(?: of (?:report|paper|item))?|report title|(?:report )?subject|re|date|"
    r"date of (?:meeting|report|decision)|meeting date|"
    r"report to|to|from|by|report of|report by|report author|name of cabinet member|committee|meeting)"
    r"\s*(?::|(?<=date)\s(?=\d)|(?<=title)\s*$)\s*(?P<value>.*)$",
    re.IGNORECASE,
)
_TEXT_BEGINS = re.compile(r"(?:foreword|preface|introduction)\b|\d{1,2}(?:\.\d{1,2})*[.)]?\s+[A-Z]", re.I)
_INNER_LABEL = re.compile(r"(?<=[.;])\s+(?=(?:from|to|date|subject|title|report to)\s*:)", re.I)
_ANY_LABEL = re.compile(
    r"^[A-Z][\w()/' -]{2,40}\s?:(?:\s|$)|^(?:classification|status|(?:executive )?summary|recommendations?|"
    r"purpose|is this)\b",
    re.I,
)
_ADDRESSED = re.compile(r"(?:report )?to\s?:?\s+(?:the )?[A-Z]", re.I)
"""A head set as a table says so too to whom the paper goes."""
_BEGINS = re.compile(r"\W*[^\W\d_a-z]|\W*\d{4}\b")
"""A line of a title begins with a capital; another is the midst of a sentence."""
_CONTACTS = re.compile(r"^(?:report )?(?:contacts?|authors?)(?: (?:details|officers?))?\s*:?$", re.I)
_SAID = re.compile(
    r"^(?:\d{1,2}[.)]?\s*)?(?:discussions?(?: summary)?|actions?(?: points?)?|apologies(?: for absence)?|"
    r"matters arising|summary of discussions?|welcome(?: and (?:introductions|apologies))?)\s*:?$",
    re.I,
)
_ENTRY = re.compile(r"\D\s\d{1,3}$")
"""A line that ends in a number; several are the entries of a contents list that has no heading of its own."""
_LEAST_ENTRIES = 3
_TITLES = (
    "title",
    "subject",
    "report subject",
    "report title",
    "title of report",
    "title of paper",
    "title of item",
    "re",
)
_MOST_LINES = 60
_LONGEST_COVER_TEXT = 45
"""Words of a paragraph that may still be a cover's; longer ones are running text."""


class FrontLine(NamedTuple):
    """A line of a front, in plain words, and how it is set."""

    text: str
    block: int
    kind: BlockKind
    size: float | None
    bold: bool
    level: int | None


class Front(NamedTuple):
    """The first lines of a paper: of its first page; of text without pages, as many as a page has."""

    all: tuple[FrontLine, ...]

    @property
    def lines(self) -> tuple[str, ...]:
        """The words of every line."""
        return tuple(line.text for line in self.all)

    def cover(self) -> tuple[str, ...]:
        """The lines before contents, numbered text or long running text, blocks of a few lines also as one:
        names and dates are broken over lines."""
        texts: list[str] = []
        for block in dict.fromkeys(line.block for line in self.all):
            lines = [line for line in self.all if line.block == block]
            joined = " ".join(line.text for line in lines)
            if is_contents(joined) or (_TEXT_BEGINS.match(joined) and not find_dates(joined[:20])):
                break
            if len(joined.split()) > _LONGEST_COVER_TEXT and lines[0].kind == BlockKind.PARAGRAPH:
                continue
            texts.extend([joined] if len(lines) <= 6 else [])
            texts.extend(line.text for line in lines if len(lines) > 1)
        return tuple(texts)

    def head(self) -> tuple[str, ...]:
        """The cover's texts without lists and tables; the first lines where there is no cover."""
        listed = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
        running = (line for line in self.all if line.kind not in listed or _ADDRESSED.match(line.text))
        front = Front(tuple(running))
        texts = front.cover()
        return texts if len(texts) > 1 else front.lines[:12]

    def label(self, *names: str) -> str:
        """The value of the first label of one of ``names`` ("Title: ..."), run on over wrapped lines."""
        for line, text in self._labelled():
            match = _LABEL.match(text)
            if (
                match
                and match["label"].lower() in names
                and (match["value"] or match["label"].lower() != "re")
            ):
                return _run_on(match["value"], line, self.all[self.all.index(line) + 1 :][:4])
        return ""

    def addressee(self) -> str:
        """The meeting or body that the paper is addressed to; empty where none is labelled."""
        return self.label("report to", "name of cabinet member", "committee", "meeting") or self.label("to")

    def title_label(self) -> str:
        """The labelled title or subject."""
        return self.label(*_TITLES)

    def labels(self) -> set[str]:
        """The labels that the front has, in lower case."""
        return {match["label"].lower() for _, text in self._labelled() if (match := _LABEL.match(text))}

    def _labelled(self) -> list[tuple[FrontLine, str]]:
        """Each line with its text; a line such as "To: X. From: Y" once for each of its labels."""
        return [(line, text) for line in self.all for text in _INNER_LABEL.split(line.text)]


def front_of(layout: Layout, first: int, last: int) -> Front:
    """The front of the paper in the blocks from ``first`` to ``last`` (exclusive)."""
    lines: list[FrontLine] = []
    page = next((layout.pages[i] for i in range(first, last) if layout.lines[i]), None)
    for index in range(first, last):
        beyond = page is not None and layout.pages[index] is not None and layout.pages[index] != page
        if len(lines) >= _MOST_LINES or (beyond and sum(len(line.text.split()) for line in lines) >= 12):
            break
        block = layout.blocks[index]
        for number, text in zip(block.lines, layout.lines[index], strict=True):
            line = layout.reading.lines[number]
            if text:
                lines.append(FrontLine(text, index, block.kind, line.size, line.bold, line.level))
    return Front(tuple(lines))


def is_label(text: str) -> bool:
    """Whether a line is a labelled value ("To: ...", "Date: ...")."""
    return bool(_LABEL.match(text))


def _run_on(value: str, line: FrontLine, following: tuple[FrontLine, ...]) -> str:
    """A label's value with the lines that it is wrapped over, up to the next label, heading or full stop."""
    for after in following:
        text = after.text
        if _ANY_LABEL.match(text) or _LABEL.match(text) or re.match(r"\d+[.)]?\s", text) or is_stamp(text):
            break
        other_block = after.block != line.block
        wrapped = (
            value.endswith(("-", "–", ",", " and", " of", " the", " for", " &", " to")) or text[:1].islower()
        )
        wide = len(value) > 38 and after.size is not None and after.kind != BlockKind.HEADING
        if value and not wrapped and ((other_block and not wide) or value.endswith((".", "?"))):
            break
        if len(value) + len(text) > 260:
            break
        value = f"{value} {text}".strip()
    return value.strip()


def is_covering_report(front: Front) -> bool:
    """Whether the front is the head of a report to a meeting: addressed, and with its subject labelled."""
    labels = front.labels()
    head = any(
        re.match(r"report to\s|(?:public|cabinet member|committee) report\b", line, re.I)
        for line in front.lines[:14]
    )
    addressed = bool(labels & {"to", "report to", "name of cabinet member", "committee", "meeting"}) or head
    from_officer = bool(labels & {"report of", "report by"}) and head
    return addressed and (bool(labels & set(_TITLES)) or from_officer)


def kind_of_front(front: Front, title: str) -> DocumentKind:
    """The kind of the paper: by its head ("MINUTES of a meeting", "Briefing note", an addressed
    report), else by its title, else by the first of its lines that names a kind."""
    top = front.lines[:14]
    if is_minutes_head(top) or _are_notes(front.lines):
        return DocumentKind.MINUTES
    if any(re.match(r"^briefing (?:note|paper)\b", line, re.I) for line in top):
        return DocumentKind.BRIEFING_NOTE
    if is_covering_report(front):
        return DocumentKind.REPORT
    kind = kind_of_title(title)
    if kind != DocumentKind.OTHER or re.match(r"(?:appendix|annex)\b", title, re.I):
        return kind
    head = front.head()[:14]
    listed = sum(bool(_ENTRY.search(line)) for line in head) >= _LEAST_ENTRIES
    named = (
        kind_of_title(line)
        for line in takewhile(lambda text: not _CONTACTS.match(text), head)
        if len(line.split()) <= 14 and not (listed and _ENTRY.search(line)) and _BEGINS.match(line)
    )
    return next((k for k in named if k != DocumentKind.OTHER), DocumentKind.OTHER)


def _are_notes(lines: tuple[str, ...]) -> bool:
    """Whether a front says who was at a meeting and then what was said or is to be done."""
    there = next((i for i, line in enumerate(lines) if ATTENDANCE.match(line)), len(lines))
    return any(_SAID.match(line) for line in lines[there + 1 :])


def is_minutes_head(lines: tuple[str, ...]) -> bool:
    """Whether the first lines of a paper say that it is the minutes of a meeting."""
    heads = (
        r"^(?:draft |confirmed |unconfirmed |approved |public )*(?:minutes|notes)\b.{0,100}\bmeeting\b|"
        r"^(?:draft |public )*minutes$"
    )
    return any(
        re.match(heads, plain(line), re.I) and not re.search(r"\(\s*pages?\b", line, re.I) for line in lines
    )
