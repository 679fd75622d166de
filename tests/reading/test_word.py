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


def _packed(path: Path, text: bytes, times: int) -> Path:
    """A Word file as Word would write it but for its body, which is ``text`` so many times."""
    whole = _save(path.parent)
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name != "word/document.xml":
                new.writestr(name, old.read(name))
        with new.open("word/document.xml", "w") as body:
            body.write(
                b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>'
            )
            for _ in range(times):
                body.write(text)
            body.write(b"</w:body></w:document>")
    return path


PARAGRAPH = b"<w:p><w:r><w:t>Unpacked it is large.</w:t></w:r></w:p>"


@pytest.mark.parametrize(("text", "times"), [(PARAGRAPH * 1000, 1000), (b"<w:p/>" * 1000, 101)])
def test_a_package_that_unpacks_to_more_than_can_be_read_is_too_large(
    tmp_path: Path, text: bytes, times: int
) -> None:
    path = _packed(tmp_path / "bomb.docx", text, times)
    assert path.stat().st_size < 400_000
    with pytest.raises(UnreadableFile) as caught:
        read_word(path)
    assert caught.value.reason_code is UnreadCode.TOO_LARGE


def test_a_package_that_lies_about_its_size_is_damaged(tmp_path: Path) -> None:
    path = _packed(tmp_path / "lying.docx", PARAGRAPH * 1000, 1000)
    data = bytearray(path.read_bytes())
    entry = data.rindex(b"word/document.xml") - 46  # in the directory at the end
    data[entry + 24 : entry + 28] = (1000).to_bytes(4, "little")
    path.write_bytes(data)
    with pytest.raises(UnreadableFile) as caught:
        read_word(path)
    assert caught.value.reason_code is UnreadCode.DAMAGED
