"""Writes a paper as a Word file with real heading, list and table styles; the bytes heed no clock."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from render_pdf import FOOT_NOTICE, NOTICE
from source import Block, Source, plain
from tracing import Trace

STYLES = {"bullet": "List Bullet", "key_message": "Intense Quote"}


def write_word(source: Source) -> tuple[bytes, list[Trace], list[str]]:
    """The .docx file, its blocks' traces (no pages: Word paginates when it prints) and tables' titles."""
    document = docx.Document()
    _properties(document, source)
    _furniture(document, source)
    traces = [Trace("heading", source.title, level=1), Trace("notice", NOTICE)]
    tables: list[str] = []
    document.add_heading(source.title, level=0)
    for line in filter(None, source.subtitle.split("|")):
        document.add_paragraph(line.strip(), style="Subtitle")
        traces.append(Trace("paragraph", line.strip()))
    document.add_paragraph(NOTICE)
    for block in source.blocks:
        _add(document, block, source, traces, tables)
    return _steady(document), traces, tables


def _properties(document: Any, source: Source) -> None:
    properties, day = document.core_properties, datetime.fromisoformat(source.date)
    properties.title, properties.author, properties.language = source.title, source.body, "en-GB"
    properties.created = properties.modified = properties.last_printed = day
    properties.comments, properties.last_modified_by = FOOT_NOTICE, source.body


def _furniture(document: Any, source: Source) -> None:
    section = document.sections[0]
    section.header.paragraphs[0].text = source.page.head
    run = section.footer.paragraphs[0].add_run("Page ")
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        element.text = text or None
        run._r.append(element)
    section.footer.add_paragraph(FOOT_NOTICE)


def _add(document: Any, block: Block, source: Source, traces: list[Trace], tables: list[str]) -> None:
    if block.kind == "table":
        _table(document, block, traces, tables)
        return
    if block.kind in ("page_break", "body_start"):
        document.add_page_break()
        return
    leads = {"recommendation": source.page.recommendation, "learning_point": source.page.learning}
    lead = leads.get(block.kind, "").format(number=block.number)
    text = plain(f"{lead} {block.text}".strip())
    traces.append(Trace(block.kind, text, level=block.level, number=block.number, lead=lead))
    if block.kind == "heading":
        document.add_heading(plain(block.text), level=block.level)
        return
    paragraph = document.add_paragraph(style=STYLES.get(block.kind))
    if lead:
        paragraph.add_run(lead + " ").bold = True
    number = f"{block.number}. " if block.kind == "numbered" else ""
    for i, part in enumerate((number + block.text).split("**")):
        paragraph.add_run(part).bold = bool(i % 2) or None


def _table(document: Any, block: Block, traces: list[Trace], tables: list[str]) -> None:
    number = len(tables)
    tables.append(block.text)
    traces.append(Trace("table_title", block.text, table=number))
    document.add_paragraph(block.text, style="Caption")
    table = document.add_table(rows=0, cols=len(block.rows[0]), style="Table Grid")
    for i, row in enumerate(block.rows):
        cells = table.add_row().cells
        for cell, text in zip(cells, row, strict=True):
            cell.text = text
            traces.append(Trace("cell", text, table=number, row=i))
    document.add_paragraph()


def _steady(document: Any) -> bytes:
    """The file with every member's time set to one moment."""
    buffer, steady = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist()):
            info = zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return steady.getvalue()
