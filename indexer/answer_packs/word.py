"""A pack as a Word document: real headings, each quotation with its source in a real footnote."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime

import docx
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from indexer.answer_packs.footnotes import Footnotes
from indexer.answer_packs.handing import Entry, Group, Handout, State
from indexer.answer_packs.words import (
    HANDLING,
    VERBATIM,
    became,
    clean_xml,
    coverage_in_words,
    gaps_in_words,
    lines_of,
    moment_in_words,
    search_in_words,
    unread_in_words,
)
from indexer.search.citations import pages_in_words

MOST_UNREAD = 100
"""Files that could not be read and are named one by one."""
_LINE_ENDS = re.compile(r"\s+")
_DARK = RGBColor(0x0B, 0x0C, 0x0C)


def handout_to_word(handout: Handout, base: str) -> bytes:
    """The bytes of a .docx; addresses are made whole with ``base``, such as ``https://board.example``."""
    document = docx.Document()
    _set_up(document, handout)
    writer = _Writer(document, base)
    writer.opening(handout)
    for group in handout.groups():
        writer.group(group)
    writer.closing(handout)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


class _Writer:
    """Puts a pack into a document, from its title to how it was searched."""

    def __init__(self, document: Document, base: str) -> None:
        self._document = document
        self._base = base
        self._footnotes = Footnotes(document)

    def opening(self, handout: Handout) -> None:
        """Title, question, when it was made, and what is to be known of it."""
        self._document.add_heading(_plain(handout.title), 0)
        if handout.pack.question and handout.pack.question != handout.title:
            self._labelled("Question", handout.pack.question)
        count = len(handout.entries)
        passages = f"{count} passage{'' if count == 1 else 's'}"
        self._labelled("Made", f"{moment_in_words(handout.made)}, {passages}")
        self._document.add_paragraph(f"{VERBATIM} {HANDLING}")

    def group(self, group: Group) -> None:
        """The passages under one heading."""
        heading = (group.search.question or "Without a question") if group.search else "Passages"
        self._document.add_heading(_plain(heading), 1)
        if group.remark:
            self._document.add_paragraph(_plain(group.remark))
        for entry in group.entries:
            self._entry(entry)
        self._bullets(f"See also {entry.number}. {_title(entry)}" for entry in group.elsewhere)

    def closing(self, handout: Handout) -> None:
        """How it was searched, and what could not be."""
        self._document.add_heading("How this was searched", 1)
        if handout.pack.searches:
            self._document.add_heading("Searches", 2)
            self._bullets(search_in_words(search) for search in handout.pack.searches)
        self._document.add_heading("What was searched", 2)
        said = (coverage_in_words(handout), gaps_in_words(handout))
        self._document.add_paragraph(_plain(" ".join(filter(None, said))))
        self._document.add_heading("What could not be read", 2)
        self._document.add_paragraph(unread_in_words(handout))
        lines = handout.unread_lines()
        self._bullets(lines[:MOST_UNREAD])
        if len(lines) > MOST_UNREAD:
            self._document.add_paragraph(f"And {len(lines) - MOST_UNREAD} more files.")

    def _entry(self, entry: Entry) -> None:
        self._document.add_heading(_plain(f"{entry.number}. {_title(entry)}"), 2)
        said = "\n".join(lines_of(entry.quote)) or became(entry)
        paragraph = self._document.add_paragraph(said, style="Quote" if entry.quote else None)
        self._footnotes.add(paragraph, _plain(entry.citation), self._base + entry.url if entry.url else "")
        if entry.state is State.CHANGED:
            self._document.add_paragraph(became(entry))
        if entry.item.note:
            self._labelled("Note", entry.item.note)

    def _labelled(self, label: str, text: str) -> None:
        paragraph = self._document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        # A note's own lines are its writer's; only what XML cannot hold is left out.
        paragraph.add_run(clean_xml(text.replace("\r\n", "\n")))

    def _bullets(self, lines: Iterable[str]) -> None:
        for line in lines:
            self._document.add_paragraph(_plain(line), style="List Bullet")


def _set_up(document: Document, handout: Handout) -> None:
    """Page, letters and properties: A4, letters of 11 points at least, British English."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    styles = document.styles
    styles["Normal"].font.name, styles["Normal"].font.size = "Arial", Pt(11)
    for name, size in (("Title", 22), ("Heading 1", 16), ("Heading 2", 12)):
        _set_letters(styles[name], size)
    quote = styles["Quote"]
    quote.font.italic, quote.font.color.rgb = False, _DARK
    quote.paragraph_format.left_indent = Cm(0.8)
    quote.paragraph_format.space_after = Pt(6)
    languages = styles.element.findall(f".//{qn('w:lang')}")
    for language in languages:
        language.set(qn("w:val"), "en-GB")
    properties = document.core_properties
    properties.title, properties.author = _plain(handout.title)[:255], "Boardsearch"
    properties.comments, properties.language = "", "en-GB"
    properties.created = properties.modified = datetime.fromisoformat(handout.made)


def _set_letters(style: object, size: int) -> None:
    font = style.font  # type: ignore[attr-defined]
    font.name, font.size, font.color.rgb = "Arial", Pt(size), _DARK
    # The template names its theme's letters too, which are stronger than the style's own.
    letters = style.element.rPr.rFonts  # type: ignore[attr-defined]
    for name in [key for key in letters.attrib if "Theme" in key or "theme" in key]:
        del letters.attrib[name]


def _title(entry: Entry) -> str:
    """Whose words, and where they stand."""
    return ", ".join(filter(None, (entry.title, _where(entry))))


def _where(entry: Entry) -> str:
    if entry.source is None:
        return ""
    passage = entry.source.passage
    if passage.pages:
        return pages_in_words(passage.pages)
    return f"lines {passage.lines[0]} to {passage.lines[1]}" if passage.lines else ""


def _plain(text: str) -> str:
    """The text in one line, without what XML cannot hold."""
    return _LINE_ENDS.sub(" ", clean_xml(text)).strip()
