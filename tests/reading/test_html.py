"""Saved web pages: the paper's words, without the site's."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import UnreadableFile
from indexer.model import Reading, UnreadCode
from indexer.reading.html import read_html

PAGE = """<!DOCTYPE html><html><head><title>Minutes of the Board</title><style>p {color: red}</style></head>
<body><div id="cookie-banner"><p>We use cookies.</p></div><nav><a href="/">Home</a></nav>
<form id="aspnetForm"><main><h1>Minutes</h1><p>The Board <b>agreed</b> the report.<br>It was noted.</p>
<h2>Actions</h2><ul><li>Write to schools</li><li>Audit neglect<ul><li>by June</li></ul></li></ul>
<table><tr><th>Agency</th><th>Present</th></tr><tr><td>Police</td><td>Yes</td></tr></table>
<p style="display: none">secret</p><script>alert("x")</script></main></form>
<footer>Contact the council</footer></body></html>"""


def _read(tmp_path: Path, page: str | bytes) -> Reading:
    path = tmp_path / "page.html"
    path.write_bytes(page if isinstance(page, bytes) else page.encode())
    return read_html(path)


def _texts(reading: Reading) -> list[str]:
    return [reading.line_text(index) for index in range(len(reading.lines))]


def test_only_the_papers_words_are_read(tmp_path: Path) -> None:
    reading = _read(tmp_path, PAGE)
    assert _texts(reading) == [
        "Minutes",
        "The Board agreed the report.",
        "It was noted.",
        "Actions",
        "Write to schools",
        "Audit neglect",
        "by June",
        "Agency\tPresent",
        "Police\tYes",
    ]
    assert reading.title == "Minutes of the Board"


def test_tags_say_what_is_a_heading_and_an_item(tmp_path: Path) -> None:
    lines = _read(tmp_path, PAGE).lines
    assert [line.level for line in lines] == [1, None, None, 2, None, None, None, None, None]
    assert [line.item for line in lines] == [False] * 4 + [True] * 3 + [False] * 2


def test_a_table_for_layout_is_read_as_paragraphs(tmp_path: Path) -> None:
    page = (
        "<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td><p>Minutes</p></td></tr></table>"
    )
    assert _texts(_read(tmp_path, page)) == ["a\tb", "Minutes"]


def test_a_page_in_windows_characters_is_decoded(tmp_path: Path) -> None:
    page = '<meta charset="windows-1252"><p>children’s views – £5</p>'.encode("cp1252")
    assert _texts(_read(tmp_path, page)) == ["children’s views – £5"]


def test_a_page_that_a_script_fills_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile) as caught:
        _read(tmp_path, "<html><body><div id=root></div><script src=app.js></script></body></html>")
    assert caught.value.reason_code == UnreadCode.EMPTY
    assert "print it to PDF" in caught.value.reason


@pytest.mark.parametrize("page", [b"", b"\x00", b"<", b"<?xml version='1.0' encoding='x'?><p>", b"<!--"])
def test_what_is_no_page_is_named(tmp_path: Path, page: bytes) -> None:
    with pytest.raises(UnreadableFile):
        _read(tmp_path, page)
