"""Text files are read as they are: every character kept, every line numbered as editors number them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import UnreadableFile
from indexer.model import Reading, UnreadCode
from indexer.reading.text import decode, read_markdown, read_text


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("naïve – “quoted”".encode(), "naïve – “quoted”"),
        ("naïve".encode("utf-8-sig"), "naïve"),
        ("naïve – £".encode("utf-16"), "naïve – £"),
        ("Ministers’ £5 – “yes”".encode("cp1252"), "Ministers’ £5 – “yes”"),
        (b"one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        (b"", ""),
    ],
)
def test_the_encodings_of_old_exports(data: bytes, text: str) -> None:
    assert decode(data) == text


@given(st.binary())
def test_any_bytes_are_decoded_and_lines_end_in_line_feeds(data: bytes) -> None:
    assert "\r" not in decode(data)


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\ufeff")))
def test_what_was_written_in_utf8_comes_back(text: str) -> None:
    assert decode(text.encode()) == text


@given(data=st.data())
@pytest.mark.parametrize("form", ["as_text", "as_markdown"])
def test_lines_are_numbered_as_in_the_file_and_hold_all_that_is_visible(
    form: str, data: st.DataObject, papers: st.SearchStrategy[str], request: pytest.FixtureRequest
) -> None:
    text = data.draw(papers)
    reading = request.getfixturevalue(form)(text)
    in_file = decode(text.encode()).split("\n")
    assert reading.text == "\n".join(in_file)
    numbers = [line.number for line in reading.lines]
    assert numbers == sorted(set(numbers))
    for index, line in enumerate(reading.lines):
        assert reading.line_text(index).strip() == reading.line_text(index) != ""
        assert reading.line_text(index) in in_file[line.number - 1]
        assert all(line.start <= a < b <= line.end for a, b in line.cells)
        assert all(one[1] <= two[0] for one, two in zip(line.cells, line.cells[1:], strict=False))
    if form == "as_text":
        assert numbers == [n for n, line in enumerate(in_file, 1) if line.strip()]


def test_a_row_of_tabs_has_cells_and_a_lone_tab_none(as_text: Callable[[str], Reading]) -> None:
    reading = as_text("Year\tAudits\t\tCases\n\tindented\n2012-13\t 14 \t3\n")
    cells = [[reading.text[a:b] for a, b in line.cells] for line in reading.lines]
    assert cells == [["Year", "Audits", "Cases"], [], ["2012-13", "14", "3"]]


def test_a_form_feed_is_no_line_end(as_text: Callable[[str], Reading]) -> None:
    reading = as_text("one\fone still\u2028and still\x85\n\ntwo")
    assert [line.number for line in reading.lines] == [1, 3]


def test_markdown_headings_lose_their_marks_and_keep_their_level(
    as_markdown: Callable[[str], Reading],
) -> None:
    reading = as_markdown("# Annual report #\n\n### Co-sleeping\n\n#hashtag\n\n####### seven\n")
    found = [(reading.line_text(i), line.level, line.number) for i, line in enumerate(reading.lines)]
    assert found == [
        ("Annual report", 1, 1),
        ("Co-sleeping", 3, 3),
        ("#hashtag", None, 5),
        ("####### seven", None, 7),
    ]


@pytest.mark.parametrize("form", ["as_text", "as_markdown"])
def test_underlined_titles_are_headings(form: str, request: pytest.FixtureRequest) -> None:
    text = "Section 11 Audit\n================\n\n1. Purpose\n----------\nWhy it was made.\n"
    text += "\nOne line\nand another\n---\n"
    text += "\nA title that is much longer than its line\n---\n\nYear\tAudits\n-----------\n2012\t14\n"
    reading = request.getfixturevalue(form)(text)
    found = [(reading.line_text(i), line.level) for i, line in enumerate(reading.lines) if line.level]
    assert found == [("Section 11 Audit", 1), ("1. Purpose", 2)]


def test_markdown_tables_have_cells_and_no_rule(as_markdown: Callable[[str], Reading]) -> None:
    reading = as_markdown("| Year | Audits |\n|------|-------:|\n| 2012-13 | 14 |\n\na | b\n\n---\n")
    found = [[reading.text[a:b] for a, b in line.cells] for line in reading.lines]
    assert found == [["Year", "Audits"], ["2012-13", "14"], []]


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\x01\n", "---\n***\n", "| - | - |\n- - -", "\ufeff"])
@pytest.mark.parametrize("read", [read_text, read_markdown])
def test_a_file_without_words_is_empty(read: Callable[[Path], Reading], text: str, tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableFile) as caught:
        read(path)
    assert caught.value.reason_code == UnreadCode.EMPTY


def test_a_file_that_is_gone_says_so(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match="Check its permissions") as caught:
        read_text(tmp_path / "gone.txt")
    assert caught.value.reason_code == UnreadCode.UNREADABLE
