"""Sections to passages: a paragraph or a few, the unit that is found and cited.

A passage never crosses a section. It crosses a page only where its paragraph does. Rows of a table
stay apart from prose and carry the table's header row as context.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from indexer.model import (
    Block,
    BlockKind,
    Line,
    PageBasis,
    PageRef,
    Passage,
    Reading,
    Section,
    Span,
)
from indexer.sentences import split_sentences

ENOUGH_WORDS = 100
"""Short paragraphs are gathered until a passage has so many words."""
MOST_WORDS = 200
"""A longer paragraph is cut between sentences; no passage is gathered beyond this."""
TABLE_WORDS = 150
"""Rows of a table are gathered up to so many words: figures take longer to read than prose."""
CRUMB_WORDS = 30
"""A remainder so short joins the passage before it."""
_WORD = re.compile(r"\w+")
CAPTION_WORDS = 25
"""A caption is at most so long."""
_ID_LENGTH = 16
_SET_ASIDE = (BlockKind.HEADING, BlockKind.FURNITURE)


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block, or a piece of a long one: what passages are gathered from."""

    start: int
    end: int
    lines: tuple[int, ...]
    words: int
    kind: BlockKind
    table: int | None
    block: int
    pages: tuple[int | None, int | None]
    """The pages on which it starts and ends."""


def sections_to_passages(
    reading: Reading,
    blocks: tuple[Block, ...],
    sections: tuple[Section, ...],
    document_id: str,
) -> tuple[Passage, ...]:
    """The passages of a document, in reading order, each with its section, lines, pages and spans."""
    labels = {page.number: page.label for page in reading.pages}
    found = []
    for number, section in enumerate(sections):
        own = range(section.first_block, _own_end(sections, number))
        context = _Context(reading, blocks)
        for group in _gather(reading, _units(reading, blocks, own)):
            passage = _passage(reading, group, labels)
            found.append(replace(passage, section=number, part=section.part, context=context.of(group)))
    return _with_ids(found, document_id)


def _own_end(sections: tuple[Section, ...], number: int) -> int:
    """Where a section's own text ends: at its first nested section, else at its end."""
    following = sections[number + 1 : number + 2]
    return min([sections[number].last_block, *(section.first_block for section in following)])


def _units(reading: Reading, blocks: tuple[Block, ...], own: range) -> Iterator[_Unit]:
    for index in own:
        block = blocks[index]
        if block.kind in _SET_ASIDE or not block.lines:
            continue
        start, end = reading.lines[block.lines[0]].start, reading.lines[block.lines[-1]].end
        whole = _unit(reading, block, index, start, end)
        if whole.words <= MOST_WORDS or block.kind == BlockKind.TABLE_ROW:
            yield whole
        else:
            pieces = _cut(_own_text(reading, block))
            yield from (_unit(reading, block, index, start + a, start + b) for a, b in pieces)


def _unit(reading: Reading, block: Block, index: int, start: int, end: int) -> _Unit:
    lines = tuple(i for i in block.lines if reading.lines[i].end > start and reading.lines[i].start < end)
    words = sum(
        _count(reading.text[max(start, reading.lines[i].start) : min(end, reading.lines[i].end)])
        for i in lines
    )
    pages = (reading.lines[lines[0]].page, reading.lines[lines[-1]].page)
    return _Unit(start, end, lines, words, block.kind, block.table, index, pages)


def _count(text: str) -> int:
    """How many words; the dots of a contents page are none."""
    return len(_WORD.findall(text))


def _own_text(reading: Reading, block: Block) -> str:
    """A block's slice of the source; what was set aside inside it, such as a footnote, is blanked out."""
    lines = [reading.lines[index] for index in block.lines]
    text = reading.text[lines[0].start : lines[0].end]
    for before, line in pairwise(lines):
        between = reading.text[before.end : line.start]
        text += " " * len(between) if between.strip() else between
        text += reading.text[line.start : line.end]
    return text


def _cut(text: str) -> Iterator[tuple[int, int]]:
    """Pieces of a long paragraph, cut between sentences into about equal shares."""
    sentences = split_sentences(text)
    words = _count(text)
    share = words / -(-words // MOST_WORDS)
    first, count = 0, 0
    for position, (a, b) in enumerate(sentences):
        count += _count(text[a:b])
        if count >= share * 0.9 or position == len(sentences) - 1:
            yield sentences[first][0], b
            first, count = position + 1, 0


def _gather(reading: Reading, units: Iterator[_Unit]) -> Iterator[list[_Unit]]:
    groups: list[list[_Unit]] = []
    for unit in units:
        if groups and _is_caption(reading, groups[-1][-1], unit):
            caption = groups[-1].pop()
            groups = [group for group in groups if group]
            groups.append([caption, unit])
        elif groups and _belongs(groups[-1], unit):
            groups[-1].append(unit)
        else:
            groups.append([unit])
    yield from _crumbs_joined(groups)


def _is_caption(reading: Reading, unit: _Unit, below: _Unit) -> bool:
    """Whether a short line, no sentence, stands right above a table: it says what the figures are."""
    above_table = unit.table is None and below.table is not None and unit.pages[1] == below.pages[0]
    short = unit.kind == BlockKind.PARAGRAPH and unit.words <= CAPTION_WORDS
    return above_table and short and not reading.text[unit.start : unit.end].endswith((".", ";"))


def _belongs(group: list[_Unit], unit: _Unit) -> bool:
    """Whether a unit goes into the passage that is being gathered."""
    words = sum(member.words for member in group)
    last = group[-1]
    if not _alike(last, unit):
        return False
    if unit.table is not None:
        return words + unit.words <= TABLE_WORDS
    return words < ENOUGH_WORDS and words + unit.words <= MOST_WORDS


def _alike(last: _Unit, unit: _Unit) -> bool:
    """Whether two units may share a passage: one page, one table or both prose, footnotes apart."""
    if last.pages[1] != unit.pages[0] or (last.kind == BlockKind.FOOTNOTE) != (
        unit.kind == BlockKind.FOOTNOTE
    ):
        return False
    return last.table == unit.table


def _crumbs_joined(groups: list[list[_Unit]]) -> Iterator[list[_Unit]]:
    joined: list[list[_Unit]] = []
    for group in groups:
        words = sum(unit.words for unit in group)
        if joined and words < CRUMB_WORDS and all(_alike(joined[-1][-1], unit) for unit in group):
            before = sum(unit.words for unit in joined[-1])
            if before + words <= MOST_WORDS:
                joined[-1] = joined[-1] + group
                continue
        joined.append(group)
    yield from joined


@dataclass(frozen=True, slots=True)
class _Context:
    """What governs a passage without being part of it."""

    reading: Reading
    blocks: tuple[Block, ...]

    def of(self, group: list[_Unit]) -> str:
        """A table's header row, or the sentence that leads a list in, where the passage lacks it."""
        first = group[0]
        rows = [unit for unit in group if unit.table is not None]
        if rows:
            return self._header(rows[0])
        if first.kind == BlockKind.LIST_ITEM:
            return self._lead_in(first.block)
        return ""

    def _header(self, unit: _Unit) -> str:
        """The names of the columns; where they take several rows, each column's from the top down."""
        heads: list[Block] = []
        for block in reversed(self.blocks[: unit.block]):
            if block.table != unit.table or (heads and not block.header):
                break
            if block.header:
                heads.insert(0, block)
        rows = [[self.reading.text[a:b] for a, b in block.cells] for block in heads]
        if len({len(row) for row in rows}) > 1:
            return " | ".join(text for row in rows for text in row if text)
        return " | ".join(" ".join(filter(None, column)) for column in zip(*rows, strict=True))

    def _lead_in(self, index: int) -> str:
        for block in reversed(self.blocks[:index]):
            if block.kind == BlockKind.PARAGRAPH:
                text = " ".join(self.reading.line_text(i) for i in block.lines)
                return text if text.rstrip("- –").endswith(":") else ""
            if block.kind not in (BlockKind.LIST_ITEM, BlockKind.FURNITURE):
                return ""
        return ""


def _passage(reading: Reading, group: list[_Unit], labels: dict[int, str]) -> Passage:
    lines = sorted(index for unit in group for index in unit.lines)
    spans = _trimmed(reading.spans(dict.fromkeys(lines)), group[0].start, group[-1].end)
    place = reading.place(lines)
    return Passage(
        id="",
        text="\n".join(reading.text[span.start : span.end] for span in spans),
        spans=spans,
        lines=place.lines,
        pages=tuple(PageRef(page, labels.get(page, str(page)), PageBasis.FILE) for page in place.pages),
        section=None,
        part=0,
        ocr_quality=_ocr_quality([reading.lines[index] for index in lines]),
    )


def _ocr_quality(lines: list[Line]) -> float | None:
    """The mean of the lines that were recognised in a picture, each counted by its length."""
    found = [(line.ocr_quality, line.end - line.start) for line in lines if line.ocr_quality is not None]
    length = sum(each for _, each in found)
    return round(sum(quality * each for quality, each in found) / length, 2) if length else None


def _trimmed(spans: tuple[Span, ...], start: int, end: int) -> tuple[Span, ...]:
    """Spans without what a cut paragraph leaves to the passages before and after."""
    cut = [replace(span, start=max(span.start, start), end=min(span.end, end)) for span in spans]
    return tuple(span for span in cut if span.start < span.end)


def _with_ids(passages: list[Passage], document_id: str) -> tuple[Passage, ...]:
    """Ids from the document and the folded text, numbered where a text comes twice in a document."""
    seen: dict[str, int] = {}
    found = []
    for passage in passages:
        folded = " ".join(passage.text.split())
        seen[folded] = seen.get(folded, 0) + 1
        name = f"{document_id}\x1f{folded}\x1f{seen[folded]}"
        found.append(replace(passage, id=hashlib.sha256(name.encode()).hexdigest()[:_ID_LENGTH]))
    return tuple(found)
