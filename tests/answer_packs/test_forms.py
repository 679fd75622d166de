"""A pack as a Word document, as CSV and as JSON."""

from __future__ import annotations

import csv
import io
import zipfile
from dataclasses import replace

import docx
import pytest
from lxml import etree

from indexer.answer_packs.handing import Handout, hand_on
from indexer.answer_packs.model import AnswerPack, Item, PackSearch
from indexer.answer_packs.payload import handout_to_json
from indexer.answer_packs.table import COLUMNS, handout_to_csv
from indexer.answer_packs.word import handout_to_word
from indexer.answer_packs.words import lines_of
from indexer.search.library import Library

BASE = "https://board.example"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
GONE = Item("gone", "x", "old.pdf", "Words of a child.", "Old paper, page 3")


@pytest.fixture
def handout(library: Library, pack: AnswerPack) -> Handout:
    return hand_on(replace(pack, title="Neglect \x0c & <drift>", items=(*pack.items, GONE)), library)


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_a_word_document_has_headings_quotations_and_how_it_was_searched(handout: Handout) -> None:
    document = docx.Document(io.BytesIO(handout_to_word(handout, BASE)))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        by_style.setdefault(paragraph.style.name if paragraph.style else "", []).append(paragraph.text)
    assert by_style["Title"] == ["Neglect & <drift>"]
    assert by_style["Heading 1"] == ["Passages", "How this was searched"]
    assert [text[:2] for text in by_style["Heading 2"][:3]] == ["1.", "2.", "3."]
    assert [" ".join(text.split()) for text in by_style["Quote"]] == [
        " ".join(entry.quote.split()) for entry in handout.entries[:2]
    ]
    said = "\n".join(by_style["Normal"])
    assert "Question: neglect" in said and "Note: Ask for the audit." in said
    assert "no longer among the papers" in said and "Words of a child" not in said
    assert "2 papers with" in said and "1 file could not be read" in said
    assert "“neglect”, only Year 2014-15: 2 passages found" in by_style["List Bullet"]
    assert "empty.txt: the whole file" in by_style["List Bullet"]
    assert document.core_properties.title == "Neglect & <drift>"


def test_each_citation_is_a_footnote_with_a_link(handout: Handout) -> None:
    parts = parts_of(handout_to_word(handout, BASE))
    notes = etree.fromstring(parts["word/footnotes.xml"])
    called = etree.fromstring(parts["word/document.xml"]).findall(f".//{W}footnoteReference")
    texts = {note.get(f"{W}id"): "".join(note.itertext()) for note in notes if note.get(f"{W}type") is None}
    assert [each.get(f"{W}id") for each in called] == list(texts) == ["1", "2", "3"]
    for entry, text in zip(handout.entries, texts.values(), strict=True):
        assert entry.citation in text
    links = etree.fromstring(parts["word/_rels/footnotes.xml.rels"])
    assert [link.get("Target") for link in links] == [BASE + entry.url for entry in handout.entries[:2]]
    assert b"footnotes.xml" in parts["[Content_Types].xml"]
    assert b"footnotePr" in parts["word/settings.xml"]


def test_a_question_of_a_batch_is_a_heading_and_says_where_nothing_was_found(
    library: Library, pack: AnswerPack
) -> None:
    searches = (
        *pack.searches,
        PackSearch("zebra", found=0),
        PackSearch("", refused="The question is empty."),
    )
    handout = hand_on(replace(pack, by_question=True, searches=searches), library)
    texts = [p.text for p in docx.Document(io.BytesIO(handout_to_word(handout, BASE))).paragraphs]
    assert texts[texts.index("zebra") + 1] == "Nothing found."
    assert "The question is empty." in texts
    rows = list(csv.DictReader(io.StringIO(handout_to_csv(handout, BASE))))
    assert [(row["question"], row["remark"]) for row in rows[2:]] == [
        ("zebra", "Nothing found."),
        ("", "The question is empty."),
    ]


def test_csv_has_a_line_a_passage_and_runs_no_formula(handout: Handout) -> None:
    hostile = replace(handout.entries[0].item, note='=HYPERLINK("https://elsewhere.example")')
    entries = (replace(handout.entries[0], item=hostile), *handout.entries[1:])
    rows = list(csv.DictReader(io.StringIO(handout_to_csv(replace(handout, entries=entries), BASE))))
    assert tuple(rows[0]) == COLUMNS
    assert rows[0]["note"].startswith("'=") and rows[0]["url"] == BASE + handout.entries[0].url
    assert [row["quote"] for row in rows] == [entry.quote for entry in handout.entries]
    assert rows[2]["state"] == "gone" and "Words of a child" not in str(rows)


def test_json_says_all_that_is_known(handout: Handout) -> None:
    found = handout_to_json(handout, BASE)
    assert found["question"] == "neglect" and found["searched"]["documents"] == 2
    assert found["unread"][0]["file"] == "empty.txt"
    assert found["searches"][0]["filters"] == [{"field": "Year", "value": "2014-15"}]
    first, _, gone = found["passages"]
    assert first["document"]["title"] and first["note"] == "Ask for the audit." and first["search"] == 0
    assert (gone["state"], gone["text"], gone["url"]) == ("gone", "", None)


def test_a_quotation_keeps_its_rows_and_points_and_loses_no_letter() -> None:
    text = (
        "No.\tAction\n1\tWrite to all\nPoint 1: Ask the\nparents. (Twice.)\nPoint 2: a six-\nweek plan\nends"
    )
    assert lines_of(text) == (
        "No.\u2003\u2003Action",
        "1\u2003\u2003Write to all",
        "Point 1: Ask the parents. (Twice.)",
        "Point 2: a six-week plan ends",
    )
    assert lines_of("") == () and lines_of("\x00\n \n") == ()
