"""What a paper says of itself: title, kind, body, date and reporting years.

Rules, the first that applies wins. Title: minutes and packs are named after body and date; else the
labelled title or subject; else what a letter is about; else the file's own properties where the front
bears them out; else the cover's largest or first lines. Body: of the meeting or addressee, of the
title, of the cover, of abbreviations, of the rest of the paper. Date and years: see ``occasions``; a
paper that gives no date has that of its file's name.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from pathlib import PurePosixPath

from indexer.agendas import is_front_sheet
from indexer.bodies import (
    DEPARTMENTS,
    INSPECTORATES,
    STRONG,
    Claim,
    body_key,
    body_of_abbreviation,
    body_of_lines,
    council_in_full,
    find_bodies,
    in_full,
    most_matched,
    most_named,
    named_bodies,
)
from indexer.dates import find_dates, in_words
from indexer.fronts import Front, front_of, is_covering_report, kind_of_front
from indexer.kinds import kind_of_title
from indexer.model import Block, BlockKind, Description, DocumentKind, Part, Reading
from indexer.occasions import MEETING_KINDS, date_of_file, date_of_front, years_of_front
from indexer.packs import Layout, is_stamp, lay_out, signs
from indexer.titles import own_title, shortened, title_of_cover
from indexer.wording import plain, same_words

_PACK_TITLE = re.compile(
    r"^\(Public Pack\)\s*(?P<what>.*?)\s+for\s+(?P<body>.+),\s*(?P<date>\d\d/\d\d/\d{4})"
)
_INSPECTION = re.compile(r"\b(?:re-?)?inspections?\b|\bfocused visit\b|\bmonitoring visit\b", re.I)
_APPENDIX = re.compile(r"(?:appendix|annexe?)\s+\w+\b", re.I)
_FORM = re.compile(r"\b(?:form|pro-?forma|template)$", re.I)
"""A form's own name is that of every paper written on it."""
_OWN_KINDS = (
    DocumentKind.ANNUAL_REPORT, DocumentKind.BUSINESS_PLAN, DocumentKind.MINUTES, DocumentKind.POLICY,
    DocumentKind.GUIDANCE, DocumentKind.CASE_REVIEW, DocumentKind.CASE_REVIEW_BRIEFING,
)  # fmt: skip
_STANDING_KINDS = (*MEETING_KINDS, DocumentKind.POLICY, DocumentKind.GUIDANCE)
"""Kinds that do not report on the years of the paper that they hang on."""
_OF_THE_MEETING = (DocumentKind.REPORT, DocumentKind.BRIEFING_NOTE)
_OFTEN = 3
"""Mentions of a department from which guidance that names no publisher is taken to be its own."""
_SHEET_BLOCKS = 40
"""Blocks of an agenda or minutes among which the meeting is named."""
_WORDS_A_PAGE = 400
_FRONT_BLOCKS = 150
"""Blocks of a part that its front is looked for in."""


def describe(reading: Reading, blocks: tuple[Block, ...], file: str) -> Description:
    """What the document as a whole says of itself. ``file`` is its name, the last resort for a title."""
    if not blocks:
        return Description(_file_title(file), DocumentKind.OTHER, "", None, ())
    layout = lay_out(reading, blocks)
    front = front_of(layout, 0, len(blocks))
    title = own_title(front, plain(reading.title)) or _first_heading(layout)
    kind = _kind(layout, front, title)
    body = _body(layout, front, kind, title)
    date = _pack_date(reading) or date_of_front(front, kind) or date_of_file(file)
    if kind in MEETING_KINDS:
        title = _meeting_title(front, body, kind, date) or title
    title = title or _file_title(file)
    return Description(title, kind, body, date, years_of_front(front, kind, title))


def describe_part(reading: Reading, blocks: tuple[Block, ...], part: Part, whole: Description) -> Part:
    """``part`` with its own title, kind, body, date and years; what it does not say is what its signs told
    (title, body, years), else the whole's (body) or the meeting's (date of reports to it)."""
    if part.first_block == 0 and part.last_block == len(blocks):
        return replace(
            part, title=whole.title, kind=whole.kind, body=whole.body, date=whole.date, years=whole.years
        )
    end = min(part.last_block, part.first_block + _FRONT_BLOCKS)
    layout = lay_out(reading, blocks[part.first_block : end])
    front = front_of(layout, 0, len(layout.blocks))
    title = _part_title(front, part)
    kind = _part_kind(layout, front, part, title, whole.kind)
    body = _part_body(part, whole)
    date = _part_date(front, kind, part, whole)
    years = years_of_front(front, kind, title) or (() if kind in _STANDING_KINDS else part.years)
    if kind in MEETING_KINDS:
        title = _meeting_title(front, body, kind, date) or title
    return replace(part, title=title, kind=kind, body=body, date=date, years=years)


def _kind(layout: Layout, front: Front, title: str) -> DocumentKind:
    """The kind of a whole document: a pack where an agenda leads other papers, else what its front says."""
    public_pack = layout.reading.title.startswith("(Public Pack)")
    if not public_pack and not is_front_sheet(layout):
        return kind_of_front(front, title)
    if any(sign.block > 0 for sign in signs(layout, pack=True)):
        return DocumentKind.AGENDA_PACK
    return DocumentKind.AGENDA


def _part_title(front: Front, part: Part) -> str:
    """A part's title: labelled, else on its cover, else that of its signs; an appendix keeps its name
    before what it shows."""
    labelled = front.title_label() if is_covering_report(front) else ""
    if labelled:
        return shortened(labelled)
    shown = title_of_cover(front)
    appendix = _APPENDIX.match(part.title)
    if appendix:
        bare = part.title[appendix.end() :].strip(" -–:.")
        return shortened(part.title if bare or not shown else f"{appendix[0].capitalize()}: {shown}")
    shown = re.sub(r"^briefing (?:note|paper)\s*[-–:]\s*", "", shown, flags=re.I)
    listed = re.sub(r"^[\w/]*\d+/\d+\s*[-–:]\s*", "", part.title)
    # The clerk's title of an item is better than a heading that says nothing of it, a form's first field.
    of_item, of_paper = _significant(listed), _significant(shown)
    strange = part.item and len(of_item) > 1 and (not of_paper & of_item or len(of_item) >= 2 * len(of_paper))
    strange = strange or (bool(part.item) and _FORM.search(shown) is not None)
    return shortened(listed) if not shown or (strange and part.kind not in MEETING_KINDS) else shown


def _significant(title: str) -> set[str]:
    """The telling words of a title."""
    return {word for word in same_words(title).split() if len(word) > 3}


def _part_kind(layout: Layout, front: Front, part: Part, title: str, whole: DocumentKind) -> DocumentKind:
    """The kind of a part: agenda for the front sheet alone, minutes where a sign said so, else by its front;
    a paper of the agenda that names no kind is a report."""
    in_pack = whole in (DocumentKind.AGENDA_PACK, DocumentKind.AGENDA)
    if part.first_block == 0 and (in_pack or is_front_sheet(layout)):
        return DocumentKind.AGENDA if in_pack else whole
    if part.kind == DocumentKind.MINUTES:
        return part.kind
    appendix = _APPENDIX.match(title)
    bare = title[appendix.end() :].strip(" -–:.") if appendix else ""
    own = kind_of_title(bare) if bare else kind_of_front(front, title)
    if own in (DocumentKind.AGENDA, DocumentKind.AGENDA_PACK, DocumentKind.OTHER):
        own = part.kind if part.kind not in MEETING_KINDS else DocumentKind.OTHER
    if appendix or _APPENDIX.match(part.title):
        return own if own in _OWN_KINDS else DocumentKind.OTHER
    return own


def _body(layout: Layout, front: Front, kind: DocumentKind, title: str) -> str:
    """The body whose paper a whole document is."""
    texts = [layout.text(index) for index in range(len(layout.blocks))]
    known = named_bodies(texts)
    addressee = front.addressee() if is_covering_report(front) else ""
    claim = body_of_lines((f"To: {addressee}",), known) if addressee else Claim("", 0)
    claim = claim if claim.name else body_of_lines(front.head(), known)
    pack = _PACK_TITLE.match(plain(layout.reading.title))
    if pack:
        own = claim.weight >= STRONG and claim.name.endswith(pack["body"])
        return claim.name if own else council_in_full(pack["body"], known) or pack["body"]
    if kind in MEETING_KINDS or is_covering_report(front):
        sheet = _body_of_sheet(layout, known) if kind in MEETING_KINDS and claim.weight < STRONG else ""
        strong = claim.name if claim.weight >= STRONG else sheet
        return strong or most_named(known, _length(layout)) or claim.name
    inspected = _INSPECTION.search(title) or (front.lines and INSPECTORATES.fullmatch(front.lines[0]))
    inspectorate = most_matched(INSPECTORATES, texts) if inspected else ""
    local = inspectorate or _body_of_title(title, known) or _body_of_cover(layout, claim, known, title)
    national = kind in (DocumentKind.GUIDANCE, DocumentKind.POLICY)
    return local or (most_matched(DEPARTMENTS, texts, _OFTEN) if national else "")


def _body_of_sheet(layout: Layout, known: Counter[str]) -> str:
    """The body that the first pages of an agenda or minutes claim, where the cover before them names none."""
    near = (i for i in range(min(len(layout.blocks), _SHEET_BLOCKS)) if (layout.pages[i] or 1) <= 3)
    claim = body_of_lines(tuple(line for i in near for line in layout.lines[i]), known)
    return claim.name if claim.weight >= STRONG else ""


def _length(layout: Layout) -> int:
    """Pages of a document; of one without pages, as many as its words would fill."""
    words = sum(len(layout.text(i).split()) for i in range(len(layout.blocks)))
    return len(layout.reading.pages) or 1 + words // _WORDS_A_PAGE


def _body_of_title(title: str, known: Counter[str]) -> str:
    """The body that a title names in full, or that it names and the document gives its place elsewhere."""
    names = (name for name in find_bodies(title) if not name.startswith("Cabinet Member"))
    return next((full for name in names if (full := in_full(name, known))), "")


def _body_of_cover(layout: Layout, claim: Claim, known: Counter[str], title: str) -> str:
    """The body that the cover claims; else that of running heads; else of the rest of the paper."""
    if claim.weight >= STRONG:
        return claim.name
    heads = [layout.text(i) for i, block in enumerate(layout.blocks) if block.kind == BlockKind.FURNITURE]
    of_heads = Counter(name for text in heads for name in find_bodies(text) if name in known)
    if of_heads and of_heads.most_common(1)[0][1] >= 3:
        return of_heads.most_common(1)[0][0]
    short = body_of_abbreviation(" ".join([title, *dict.fromkeys(heads)]), known)
    return short or most_named(known, _length(layout)) or claim.name


def _part_body(part: Part, whole: Description) -> str:
    """A part's own body, in the whole's words where it is the whole's in short."""
    if part.body and not f" {body_key(whole.body)}".endswith(f" {body_key(part.body)}"):
        return part.body
    return whole.body or part.body


def _part_date(front: Front, kind: DocumentKind, part: Part, whole: Description) -> str | None:
    """A part's own date; the front sheet and papers written for the meeting have the meeting's."""
    if kind == DocumentKind.AGENDA and whole.date:
        return whole.date
    own = date_of_front(front, kind, inside=True)
    if (
        own is None
        and whole.kind in MEETING_KINDS
        and kind in _OF_THE_MEETING
        and not _APPENDIX.match(part.title)
    ):
        return whole.date
    return own


def _pack_date(reading: Reading) -> str | None:
    """The meeting's date in the properties of a published pack."""
    pack = _PACK_TITLE.match(plain(reading.title))
    found = find_dates(pack["date"]) if pack else ()
    return found[0].iso if found else None


def _meeting_title(front: Front, body: str, kind: DocumentKind, date: str | None) -> str:
    """The name of a meeting's paper; empty where its body is not known."""
    if not body:
        return ""
    when = f", {in_words(date)}" if date else ""
    if kind == DocumentKind.MINUTES:
        article = "" if body.endswith(("Council", "Cabinet")) else "the "
        return f"Minutes of {article}{body}{when}"
    if kind == DocumentKind.AGENDA:
        return f"{body}: agenda{when}"
    public = any(re.match(r"public document pack\b", line, re.I) for line in front.lines)
    return f"{body}: {'public document' if public else 'agenda'} pack{when}"


def _first_heading(layout: Layout) -> str:
    """The first heading of the first pages, else the first words: a title of last resort but one."""
    near = [i for i in range(min(len(layout.blocks), 60)) if (layout.pages[i] or 1) <= 3]
    headings = [layout.text(i) for i in near if layout.blocks[i].kind == BlockKind.HEADING]
    texts = headings + [layout.text(i) for i in near if layout.blocks[i].kind != BlockKind.FURNITURE]
    return next((shortened(text) for text in texts if len(text.split()) >= 2 and not is_stamp(text)), "")


def _file_title(file: str) -> str:
    """A title from the file's name: words for its dashes and underscores."""
    stem = re.sub(r"[-_\s]+", " ", PurePosixPath(file).stem).strip()
    return stem[:1].upper() + stem[1:] if stem else file
