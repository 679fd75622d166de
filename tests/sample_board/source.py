"""Reads one editable source: TOML front matter, then a small Markdown, into blocks.

The Markdown knows headings (#, ##, ###), paragraphs, "- " bullets, "1. " numbered items,
"> " key messages, "| a | b |" tables under a "Table: title" line, "[^1]: " footnotes, and these marks:
"@rec 1: " a recommendation, "@learn 1: " a learning point, "@item 4: " an agenda item,
"::: page" a page break, "::: body" where the numbered body starts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

NUMBERED = re.compile(r"(\d+)\.\s+(.*)")
MARKED = re.compile(r"@(rec|learn|item)\s+([\w.]+):\s*(.*)")
FOOTNOTE = re.compile(r"\[\^(\d)\]:\s*(.*)")
REFERENCE = re.compile(r"\[\^(\d)\]")
SENTENCE_END = re.compile(r"[.!?][”’)]?(?:\x01+|(?=\s|$))\s*(?=[A-Z0-9“‘(£]|$)")
NOT_AN_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|No|St|Cllr|e\.g|i\.e|p)\.|^\d+\.|^[A-Z]\.)$")
MARKS = {"rec": "recommendation", "learn": "learning_point", "item": "agenda_item"}


class SourceError(ValueError):
    """A source that cannot be read; the message names the file and what to mend."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block as written: its kind, text with inline marks, and a table's rows."""

    kind: str
    text: str = ""
    level: int = 0
    number: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """How a paper is laid out; every field is a key of the front matter's [page] table."""

    numbering: str = "plain"
    labels: bool = False
    bookmarks: bool = False
    cover: bool = False
    contents: bool = False
    columns: int = 1
    font: str = "Helvetica"
    size: float = 10.5
    spacing: float = 1.32
    room: float = 90.0
    head: str = ""
    footer: str = "{label}"
    justified: bool = False
    recommendation: str = "Recommendation {number}:"
    learning: str = "Learning point {number}:"
    colour: str = "#1f3b57"
    file_title: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper of an agenda pack: its item number, its source's name and its first line on the agenda."""

    item: str
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """A paper as written: what is true of it, how it is laid out, and its blocks."""

    name: str
    file: str
    title: str
    kind: str
    body: str
    date: str
    years: tuple[str, ...]
    subtitle: str
    page: Page
    items: tuple[Item, ...]
    first_stamp: str
    blocks: tuple[Block, ...]


def read_source(path: Path) -> Source:
    """Read one source file; raises SourceError naming the file where the front matter is wrong."""
    try:
        _, front, text = path.read_text(encoding="utf-8").split("+++\n", 2)
        meta: dict[str, Any] = tomllib.loads(front)
        page = Page(**meta.pop("page", {}))
        items = tuple(Item(**item) for item in meta.pop("items", []))
        years = tuple(meta.pop("years"))
        defaults = {"file": "", "subtitle": "", "first_stamp": "agenda"}
        fields = {**defaults, **meta}
        return Source(
            name=path.stem, page=page, items=items, years=years, blocks=tuple(_blocks(text)), **fields
        )
    except (ValueError, TypeError, KeyError) as error:
        raise SourceError(f"{path.name}: {error}; mend its front matter (between the +++ lines)") from error


def _blocks(text: str) -> Iterator[Block]:
    found = [match for line in text.split("\n") if (match := FOOTNOTE.match(line))]
    notes = {match[1]: match[2] for match in found}
    title = ""
    for chunk in re.split(r"\n\s*\n", text.strip("\n")):
        lines = [line for line in chunk.split("\n") if line.strip() and not FOOTNOTE.match(line)]
        if not lines:
            continue
        if lines[0].startswith("Table:"):
            title, lines = typeset(lines[0][6:].strip()), lines[1:]
        if lines and lines[0].startswith("|"):
            yield Block("table", title, rows=tuple(_rows(lines)))
        else:
            yield from (_with_notes(block, notes) for block in _from_lines(lines))


def _rows(lines: list[str]) -> Iterator[tuple[str, ...]]:
    for line in lines:
        if not re.fullmatch(r"[|\s:-]+", line):
            yield tuple(typeset(cell.strip()) for cell in line.strip().strip("|").split("|"))


def _from_lines(lines: list[str]) -> Iterator[Block]:
    """Each line that opens a block starts one; other lines run on."""
    opened: list[Block] = []
    for line in lines:
        block = _opening(line)
        if block is None and opened and opened[-1].kind != "heading":
            last = opened.pop()
            opened.append(Block(last.kind, f"{last.text} {typeset(line.strip())}", last.level, last.number))
        else:
            opened.append(block or Block("paragraph", typeset(line.strip())))
    yield from opened


def _opening(line: str) -> Block | None:
    if match := re.match(r"(#{1,3})\s+(.*)", line):
        return Block("heading", typeset(match[2]), level=len(match[1]))
    if match := MARKED.match(line):
        return Block(MARKS[match[1]], typeset(match[3]), number=match[2])
    if match := NUMBERED.match(line):
        return Block("numbered", typeset(match[2]), number=match[1])
    if line.startswith("- "):
        return Block("bullet", typeset(line[2:]))
    if line.startswith("> "):
        return Block("key_message", typeset(line[2:]))
    if line.startswith("::: "):
        return Block("body_start" if line.endswith("body") else "page_break")
    return None


def _with_notes(block: Block, notes: dict[str, str]) -> Block:
    found = tuple((number, typeset(notes[number])) for number in REFERENCE.findall(block.text))
    return Block(block.kind, block.text, block.level, block.number, block.rows, found)


def typeset(text: str) -> str:
    """Straight quotes and spaced hyphens become the printer's ones."""
    text = re.sub(r"(^|[\s(])'", r"\1‘", text)
    text = re.sub(r'(^|[\s(])"', r"\1“", text)
    return text.replace("'", "’").replace('"', "”").replace(" - ", " – ")


def plain(text: str) -> str:
    """The text without inline marks; a footnote reference becomes one \\x01 character."""
    text = REFERENCE.sub("\x01", text)
    return re.sub(r"\*{1,2}([^*]+)\*{1,2}", r"\1", text)


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Character spans of the sentences of a plain text, in order; together they hold all its letters."""
    spans, start = [], 0
    for match in SENTENCE_END.finditer(text):
        if not NOT_AN_END.search(text[start : match.start() + 1]):
            spans.append((start, match.end()))
            start = match.end()
    if text[start:].strip("\x01 "):
        spans.append((start, len(text)))
    return spans
