"""Headings of a printed paper that are none: signatures, the form of letters, details on its front."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from indexer.blocks.people import is_entry, is_name, is_office, is_person, is_valediction
from indexer.model import Block, BlockKind, Reading

_DETAIL = re.compile(r"[A-Z][^:?\d]{1,50}:\s*\S")
_ANSWERED = re.compile(r"\?\s*(?:yes|no|n/?a|not applicable|none|nil|all)\W*$", re.I)
_MOST_WORDS = 16
"""Of a detail: "Classification: Unrestricted"."""
_TEXT_WORDS = 25
"""From so many words on, what stands under a letter's end is text again: an enclosure."""
_OFFICE_WORDS = 12
_LEAST_DETAILS = 2
_SET_ASIDE = (BlockKind.FURNITURE, BlockKind.FOOTNOTE)


def without_details(reading: Reading, blocks: Sequence[Block]) -> list[Block]:
    """The blocks, with headings that head nothing turned into paragraphs."""
    kept = [index for index, block in enumerate(blocks) if block.kind not in _SET_ASIDE]
    texts = {index: _text(reading, blocks[index]) for index in kept}
    found = list(blocks)
    wrong = {index for index in kept if _is_none(reading, blocks[index], texts[index])}
    wrong.update(_signatures(reading, blocks, texts), _named(texts), _details(texts))
    for index in wrong:
        if blocks[index].kind == BlockKind.HEADING:
            found[index] = replace(blocks[index], kind=BlockKind.PARAGRAPH)
    return found


def _text(reading: Reading, block: Block) -> str:
    return " ".join(" ".join(reading.line_text(index) for index in block.lines).split())


def _is_none(reading: Reading, block: Block, text: str) -> bool:
    """Whether a heading's own words say that it is a person, an entry or an answer."""
    if block.kind != BlockKind.HEADING:
        return False
    if is_person(text) or is_entry(text) or _ANSWERED.search(text):
        return True
    first, *rest = (reading.line_text(index) for index in block.lines)
    named = is_name(first) or is_person(first)
    return bool(rest) and named and is_office(" ".join(rest))


def _signatures(reading: Reading, blocks: Sequence[Block], texts: dict[int, str]) -> Iterator[int]:
    """What stands under "Yours sincerely" on the same page, down to the next running text."""
    page: int | None = -1
    for index, text in texts.items():
        here = reading.lines[blocks[index].lines[0]].page
        if is_valediction(text):
            page = here
        elif here != page or len(text.split()) >= _TEXT_WORDS:
            page = -1
        else:
            yield index


def _named(texts: dict[int, str]) -> Iterator[int]:
    """A name with an office right under it, and that office."""
    for index, after in pairwise(texts):
        office = is_office(texts[after]) and len(texts[after].split()) <= _OFFICE_WORDS
        if office and (is_name(texts[index]) or is_person(texts[index])):
            yield from (index, after)


def _details(texts: dict[int, str]) -> Iterator[int]:
    """Labels with their values, where several stand one under the other."""
    run: list[int] = []
    for index, text in texts.items():
        if len(text.split()) <= _MOST_WORDS and _DETAIL.match(text):
            run.append(index)
            continue
        if len(run) >= _LEAST_DETAILS:
            yield from run
        run = []
    if len(run) >= _LEAST_DETAILS:
        yield from run
