"""Word files (.docx), by python-docx: paragraphs and tables in the order of the body."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from indexer.errors import UnreadableFile
from indexer.model import Reading, UnreadCode
from indexer.reading.flowing import Flow

_LARGEST = 400_000_000
"""Bytes when unpacked: a few thousand pages with pictures; beyond that it is a trap or a mistake."""
_LARGEST_TEXT = 50_000_000
"""Bytes of markup when unpacked, which take twenty times as much memory as a tree."""
_MOST_PARAGRAPHS = 100_000
"""As many as in some thousand pages."""
_HEADING = re.compile(r"heading ([1-6])$", re.I)


def read_word(path: Path) -> Reading:
    """Read a Word file; raises UnreadableFile where it is damaged, too large or has no words."""
    document = _open(path)
    flow = Flow()
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            _table(flow, block)
        else:
            _paragraph(flow, block)
    return flow.reading(document.core_properties.title or "")


def _open(path: Path) -> WordDocument:
    try:
        with zipfile.ZipFile(path) as package:
            _check_size(package)
            if package.testzip() is not None:  # nor may a part be larger than it says
                raise zipfile.BadZipFile
        document = docx.Document(str(path))
        if sum(1 for _ in document.element.body.iter(qn("w:p"))) > _MOST_PARAGRAPHS:
            raise UnreadableFile(
                UnreadCode.TOO_LARGE,
                f"It has more than {_MOST_PARAGRAPHS:,} paragraphs. Save it as several files.",
            )
        return document
    except (UnreadableFile, MemoryError):
        raise
    except Exception as error:  # python-docx lets whatever its XML parser meets through
        raise UnreadableFile(
            UnreadCode.DAMAGED,
            f"Word's format is broken in it ({type(error).__name__}). Open it in Word and save it again.",
        ) from error


def _check_size(package: zipfile.ZipFile) -> None:
    """Raise UnreadableFile where a package is more than can be read, once unpacked."""
    sizes = [(member.file_size, member.filename.endswith(".xml")) for member in package.infolist()]
    size, text = sum(size for size, _ in sizes), sum(size for size, is_text in sizes if is_text)
    if size > _LARGEST or text > _LARGEST_TEXT:
        raise UnreadableFile(
            UnreadCode.TOO_LARGE,
            f"Unpacked it has {size / 1e6:,.0f} MB, {text / 1e6:,.0f} MB of it text. Take its pictures "
            "out, or save it as several files.",
        )


def _paragraph(flow: Flow, paragraph: Paragraph) -> None:
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    heading = _HEADING.match(style)
    level = int(heading[1]) if heading else 1 if style.casefold() == "title" else None
    flow.paragraph(paragraph.text, level=level, item=_is_item(paragraph, style))


def _is_item(paragraph: Paragraph, style: str) -> bool:
    """By its style's name, or by the numbering that its own properties carry."""
    properties = paragraph._p.pPr
    numbered = properties is not None and properties.numPr is not None
    return style.casefold().startswith("list") or numbered


def _table(flow: Flow, table: Table) -> None:
    for row in table.rows:
        # A merged cell is given once for each column that it spans.
        cells = {id(cell._tc): cell for cell in row.cells}
        flow.row([cell.text for cell in cells.values()])
