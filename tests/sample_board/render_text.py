"""Writes a paper as plain text or as Markdown; its traces hold line numbers where a PDF's hold pages."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field

from render_pdf import NOTICE
from source import Block, Source, plain
from tracing import Trace, letters

WIDTH = 78


@dataclass(slots=True)
class Lines:
    """The lines written so far and the traces of the blocks in them."""

    lines: list[str] = field(default_factory=list)
    traces: list[Trace] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)

    def add(self, trace: Trace, written: list[str], prefix: str = "") -> None:
        """Write a block's lines and a blank one; the prefix is no part of the block's text."""
        for number, line in enumerate(written):
            drawn = line[len(prefix) :] if number == 0 else line
            self.lines.append(line)
            trace.pieces.append((len(self.lines), letters(drawn)))
        self.lines.append("")
        self.traces.append(trace)


def write_text(source: Source) -> tuple[str, Lines]:
    """The paper as plain text, wrapped at 78 columns, headings in capitals or underlined."""
    out = Lines()
    for block in _with_opening(source):
        lead = _lead(block, source)
        trace = _trace(block, lead)
        if block.kind == "table":
            _text_table(out, block)
        elif block.kind == "heading":
            out.add(trace, [trace.text])
            out.lines[-1:] = [("=" if block.level == 1 else "-") * len(trace.text), ""]
        elif block.kind not in ("page_break", "body_start"):
            prefix = _prefix(block)
            indent = " " * len(prefix)
            wrapped = textwrap.wrap(
                prefix + trace.text, WIDTH, subsequent_indent=indent, break_on_hyphens=False
            )
            out.add(trace, wrapped, prefix)
    return "\n".join(out.lines).rstrip() + "\n", out


def write_markdown(source: Source) -> tuple[str, Lines]:
    """The paper as Markdown, one line a block."""
    out = Lines()
    for block in _with_opening(source):
        lead = _lead(block, source)
        trace = _trace(block, lead)
        if block.kind == "table":
            _markdown_table(out, block)
        elif block.kind not in ("page_break", "body_start"):
            prefix = "#" * block.level + " " if block.kind == "heading" else _prefix(block)
            text = f"**{lead}** {block.text}" if lead else block.text
            out.add(trace, [prefix + text], prefix)
            trace.pieces[-1] = (trace.pieces[-1][0], letters(trace.text))
    return "\n".join(out.lines).rstrip() + "\n", out


def _with_opening(source: Source) -> list[Block]:
    lines = [Block("paragraph", line.strip()) for line in source.subtitle.split("|") if line]
    return [Block("heading", source.title, level=1), *lines, Block("paragraph", NOTICE), *source.blocks]


def _trace(block: Block, lead: str) -> Trace:
    text = plain(f"{lead} {block.text}".strip())
    return Trace(block.kind, text, level=block.level, number=block.number, lead=lead)


def _lead(block: Block, source: Source) -> str:
    leads = {"recommendation": source.page.recommendation, "learning_point": source.page.learning}
    return leads.get(block.kind, "").format(number=block.number)


def _prefix(block: Block) -> str:
    return {"bullet": "- ", "numbered": f"{block.number}. ", "key_message": "> "}.get(block.kind, "")


def _text_table(out: Lines, block: Block) -> None:
    widths = [max(len(cell) for cell in column) for column in zip(*block.rows, strict=True)]
    _table(
        out,
        block,
        ["   ".join(c.ljust(w) for c, w in zip(r, widths, strict=True)).rstrip() for r in block.rows],
        [],
    )


def _markdown_table(out: Lines, block: Block) -> None:
    rows = ["| " + " | ".join(row) + " |" for row in block.rows]
    _table(out, block, rows, ["|" + " --- |" * len(block.rows[0])])


def _table(out: Lines, block: Block, rows: list[str], rule: list[str]) -> None:
    number = len(out.tables)
    out.tables.append(block.text)
    out.add(Trace("table_title", block.text, table=number), [block.text])
    for i, row in enumerate(rows):
        out.lines.append(row)
        for cell in block.rows[i]:
            trace = Trace("cell", cell, table=number, row=i, pieces=[(len(out.lines), letters(cell))])
            out.traces.append(trace)
        if i == 0:
            out.lines.extend(rule)
    out.lines.append("")
