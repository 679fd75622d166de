"""Footnotes in a Word document: python-docx has none, so their part is made here with its own elements."""

from __future__ import annotations

from typing import Any

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt
from docx.text.paragraph import Paragraph

_TEXT, _REFERENCE, _LINK = "footnote text", "footnote reference", "Hyperlink"
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))
"""The lines that Word draws above footnotes; it takes a document without them for damaged."""


class Footnotes:
    """The footnotes of one document, numbered from 1 as they are added."""

    def __init__(self, document: Document) -> None:
        self._root = _element("w:footnotes")
        package = document.part.package
        assert package is not None  # noqa: S101 - a document's part lies in one; said for the type checker
        self._part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, package)
        document.part.relate_to(self._part, RELATIONSHIP_TYPE.FOOTNOTES)
        _add_styles(document)
        _announce(document)
        for number, kind in _SEPARATORS:
            self._root.append(_separator(number, kind))
        self._count = 0

    def add(self, paragraph: Paragraph, text: str, url: str) -> int:
        """A footnote of ``text`` and, where there is one, a link, called for at the paragraph's end."""
        self._count += 1
        note = _element("w:footnote", id=str(self._count))
        note.append(self._paragraph(text, url))
        self._root.append(note)
        run = paragraph.add_run()
        run.style = _REFERENCE
        run._r.append(_element("w:footnoteReference", id=str(self._count)))
        return self._count

    def _paragraph(self, text: str, url: str) -> Any:
        paragraph = OxmlElement("w:p")
        properties = OxmlElement("w:pPr")
        properties.append(_element("w:pStyle", val="FootnoteText"))
        paragraph.append(properties)
        mark = _run("", "FootnoteReference")
        mark.append(OxmlElement("w:footnoteRef"))
        paragraph.append(mark)
        paragraph.append(_run(f" {text}{' ' if url else ''}"))
        if url:
            paragraph.append(self._link(url))
        return paragraph

    def _link(self, url: str) -> Any:
        link = OxmlElement("w:hyperlink")
        link.set(qn("r:id"), self._part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        link.append(_run(url, "Hyperlink"))
        return link


def _add_styles(document: Document) -> None:
    text = document.styles.add_style(_TEXT, WD_STYLE_TYPE.PARAGRAPH)
    text.base_style = document.styles["Normal"]
    text.font.size = Pt(9)
    text.paragraph_format.space_after = Pt(3)
    reference = document.styles.add_style(_REFERENCE, WD_STYLE_TYPE.CHARACTER)
    reference.font.superscript = True
    link = document.styles.add_style(_LINK, WD_STYLE_TYPE.CHARACTER)
    link.font.underline = True
    for style, key in ((text, "FootnoteText"), (reference, "FootnoteReference"), (link, "Hyperlink")):
        style.element.set(qn("w:styleId"), key)


def _announce(document: Document) -> None:
    """Name the separators in the settings, at the place that the format gives them."""
    properties = OxmlElement("w:footnotePr")
    for number, _ in _SEPARATORS:
        properties.append(_element("w:footnote", id=number))
    settings = document.settings.element
    settings.find(qn("w:compat")).addprevious(properties)


def _separator(number: str, kind: str) -> Any:
    note = _element("w:footnote", type=kind, id=number)
    paragraph, run = OxmlElement("w:p"), OxmlElement("w:r")
    run.append(OxmlElement(f"w:{kind}"))
    paragraph.append(run)
    note.append(paragraph)
    return note


def _run(text: str, style: str = "") -> Any:
    run = OxmlElement("w:r")
    if style:
        properties = OxmlElement("w:rPr")
        properties.append(_element("w:rStyle", val=style))
        run.append(properties)
    if text:
        words = OxmlElement("w:t")
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
    return run


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(qn(f"w:{key}"), value)
    return element
