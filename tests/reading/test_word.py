"""Word files: paragraphs, headings, lists and tables in the order of the body."""

from __future__ import annotations

import zipfile
from pathlib import Path

import docx
import pytest

from indexer.errors import UnreadableFile
from indexer.model import Reading, UnreadCode
from indexer.reading.word import read_word


def _save(tmp_path: Path) -> Path:
    document = docx.Document()
    document.core_properties.title = "Audit of neglect"
    document.add_heading("Audit of neglect", 0)
    document.add_heading("Findings", 1)
    document.add_paragraph("Plans were clearer where the graded care profile was used.")
    table = document.add_table(rows=0, cols=3)
    for row in (("Agency", "2012", "2015"), ("Health", "6", "11")):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.add_paragraph("Refer earlier.", style="List Bullet")
    path = tmp_path / "audit.docx"
    document.save(str(path))
    return path


def _texts(reading: Reading) -> list[str]:
    return [reading.line_text(index) for index in range(len(reading.lines))]


def test_the_body_is_read_in_order(tmp_path: Path) -> None:
    reading = read_word(_save(tmp_path))
    assert _texts(reading) == [
        "Audit of neglect",
        "Findings",
        "Plans were clearer where the graded care profile was used.",
        "Agency\t2012\t2015",
        "Health\t6\t11",
        "Refer earlier.",
    ]
    assert reading.title == "Audit of neglect"


def test_styles_say_what_is_a_heading_and_an_item(tmp_path: Path) -> None:
    lines = read_word(_save(tmp_path)).lines
    assert [line.level for line in lines] == [1, 1, None, None, None, None]
    assert [line.item for line in lines] == [False] * 5 + [True]


def test_cells_are_slices_of_the_text(tmp_path: Path) -> None:
    reading = read_word(_save(tmp_path))
    rows = [[reading.text[a:b] for a, b in line.cells] for line in reading.lines if line.cells]
    assert rows == [["Agency", "2012", "2015"], ["Health", "6", "11"]]


def test_a_merged_cell_is_read_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "Level 1 and 2"
    table.cell(0, 2).text = "372"
    document.save(str(tmp_path / "merged.docx"))
    assert _texts(read_word(tmp_path / "merged.docx")) == ["Level 1 and 2\t372"]


def test_a_broken_file_is_named_damaged(tmp_path: Path) -> None:
    path = _save(tmp_path)
    path.write_bytes(path.read_bytes()[:900])
    with pytest.raises(UnreadableFile) as caught:
        read_word(path)
    assert caught.value.reason_code == UnreadCode.DAMAGED
    assert "save it again" in caught.value.reason


def test_a_zip_without_a_document_is_named_damaged(tmp_path: Path) -> None:
    path = tmp_path / "odd.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<not-word/>")
    with pytest.raises(UnreadableFile) as caught:
        read_word(path)
    assert caught.value.reason_code == UnreadCode.DAMAGED


def test_a_file_without_words_is_named_empty(tmp_path: Path) -> None:
    docx.Document().save(str(tmp_path / "empty.docx"))
    with pytest.raises(UnreadableFile) as caught:
        read_word(tmp_path / "empty.docx")
    assert caught.value.reason_code == UnreadCode.EMPTY
