"""One file's reading through all stages: what the catalogue takes in.

The only module but build.py that knows the order of the stages; each of them knows only the model.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from indexer.acronyms import find_acronyms
from indexer.blocks import reading_to_blocks
from indexer.boilerplate import is_boilerplate
from indexer.cases import find_cases
from indexer.metadata import describe, describe_part
from indexer.model import (
    Block,
    Description,
    Document,
    DocumentKind,
    Extract,
    Named,
    Part,
    Passage,
    Place,
    Reading,
    Section,
    SourceFile,
    Statement,
    StatementKind,
    TextBlock,
    Unread,
    UnreadCode,
)
from indexer.parts import blocks_to_parts
from indexer.passages import sections_to_passages
from indexer.sections import blocks_to_sections
from indexer.statements import find_statements
from indexer.subgroups import find_subgroups
from indexer.tables import find_tables
from indexer.themes import find_themes

EXTRACT_VERSION = "12"
"""Raise it when any stage after reading works differently: the next build extracts anew."""

_PAGE_REASONS = {
    UnreadCode.NEEDS_OCR: "The page is a picture without text: it needs OCR. Run `boardsearch build --ocr`.",
    UnreadCode.EMPTY: "The page is a picture in which text recognition found no words.",
    UnreadCode.TIMED_OUT: "The page took too long to read. Print it to PDF again and replace the file.",
}
_PAGE_DAMAGED = "The page is damaged and could not be read. Print it to PDF again and replace the file."


def extract(source: SourceFile, reading: Reading) -> Extract:
    """Everything that Boardsearch knows of one file."""
    blocks = reading_to_blocks(reading)
    description = describe(reading, blocks, source.name)
    parts = _parts(reading, blocks, description)
    sections = blocks_to_sections(reading, blocks, parts)
    document = _document(source, reading, description)
    statements = tuple(_with_themes(one, sections, parts) for one in find_statements(reading, blocks))
    subgroups, cases = find_subgroups(reading, blocks), find_cases(reading, blocks)
    passages = sections_to_passages(reading, blocks, sections, document.id)
    marks = _Marks(parts, sections, statements, subgroups, cases)
    return Extract(
        document=document,
        source=source,
        pages=reading.pages,
        parts=parts,
        sections=sections,
        passages=tuple(marks.on(passage) for passage in passages),
        blocks=tuple(_text_block(reading, block) for block in blocks),
        statements=statements,
        subgroups=subgroups,
        cases=cases,
        acronyms=find_acronyms(reading, blocks),
        tables=find_tables(reading, blocks),
        unread=_unread_pages(source, reading),
    )


def document_id(name: str) -> str:
    """The id of the document in the file of this name: readable, and the same after every re-read."""
    stem = name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    slug = re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-")[:48].strip("-")
    return f"{slug or 'paper'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def _document(source: SourceFile, reading: Reading, description: Description) -> Document:
    return Document(
        id=document_id(source.name),
        file=source.name,
        media=source.media,
        title=description.title,
        kind=description.kind,
        body=description.body,
        date=description.date,
        years=description.years,
        page_count=len(reading.pages),
    )


def _parts(reading: Reading, blocks: tuple[Block, ...], whole: Description) -> tuple[Part, ...]:
    return tuple(describe_part(reading, blocks, part, whole) for part in blocks_to_parts(reading, blocks))


def _text_block(reading: Reading, block: Block) -> TextBlock:
    place = reading.place(block.lines)
    return TextBlock(
        kind=block.kind,
        text="\n".join(reading.line_text(index) for index in block.lines),
        start=place.start,
        end=place.end,
        page=place.pages[0] if place.pages else None,
        lines=place.lines,
        level=block.level,
        cells=tuple(reading.text[a:b] for a, b in block.cells),
        header=block.header,
        table=block.table,
    )


def _unread_pages(source: SourceFile, reading: Reading) -> tuple[Unread, ...]:
    return tuple(
        Unread(source.name, code, _PAGE_REASONS.get(code, _PAGE_DAMAGED), page)
        for page, code in reading.unread_pages
    )


def _with_themes(statement: Statement, sections: tuple[Section, ...], parts: tuple[Part, ...]) -> Statement:
    """A statement with the themes of its own words, of the headings above it and of its paper's title:
    one in a list is not about what the others in it are about."""
    start = statement.place.start
    around = [section for section in sections if section.place.start <= start < section.place.end]
    headings = (parts[around[-1].part].title, *around[-1].path) if around else ()
    return replace(statement, themes=find_themes(statement.text, headings))


class _Marks:
    """What the other stages found, laid over the passages that it stands in."""

    def __init__(
        self,
        parts: tuple[Part, ...],
        sections: tuple[Section, ...],
        statements: tuple[Statement, ...],
        subgroups: tuple[Named, ...],
        cases: tuple[Named, ...],
    ) -> None:
        self._parts = parts
        self._sections = sections
        self._statements = statements
        self._subgroups = subgroups
        self._cases = cases

    def on(self, passage: Passage) -> Passage:
        """The passage with its years, statement kind, subgroups, cases and themes."""
        section = self._sections[passage.section] if passage.section is not None else None
        part = self._parts[passage.part]
        headings = section.path if section else ()
        listing = part.kind == DocumentKind.AGENDA and len(self._parts) > 1
        return replace(
            passage,
            statement=self._statement(passage),
            years=part.years,
            subgroups=_standing_in(self._subgroups, passage, headings),
            cases=_standing_in(self._cases, passage, headings),
            themes=find_themes(passage.text, headings),
            # A pack's agenda lists the titles of the papers that follow: a contents page in all but name.
            boilerplate=listing or is_boilerplate(passage.text, headings),
        )

    def _statement(self, passage: Passage) -> StatementKind | None:
        kinds = [statement.kind for statement in self._statements if _overlaps(statement.place, passage)]
        return next((kind for kind in StatementKind if kind in kinds), None)


def _overlaps(place: Place, passage: Passage) -> bool:
    return place.start < passage.spans[-1].end and passage.spans[0].start < place.end


def _standing_in(named: Iterable[Named], passage: Passage, headings: tuple[str, ...]) -> tuple[str, ...]:
    """Names of which the passage speaks, or under which it stands."""
    above = " / ".join(headings).casefold()
    return tuple(
        one.name
        for one in named
        if any(_overlaps(place, passage) for place in one.places)
        or any(name.casefold() in above for name in (one.name, *one.aliases))
    )
