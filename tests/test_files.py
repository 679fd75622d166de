"""Every file of the corpus is either a source of the right type or named with its reason."""

from __future__ import annotations

import hashlib
import os
import zipfile
from pathlib import Path

import pytest

from indexer.errors import CorpusMissing
from indexer.files import find_files
from indexer.model import MediaType, UnreadCode

PDF = b"%PDF-1.7\n1 0 obj\n"


def media_of(corpus: Path) -> dict[str, MediaType]:
    return {source.name: source.media for source in find_files(corpus)[0]}


def refused(corpus: Path) -> dict[str, UnreadCode]:
    sources, unread = find_files(corpus)
    assert not sources
    return {one.file: one.code for one in unread}


def write(folder: Path, **files: bytes) -> None:
    for name, data in files.items():
        (folder / name.replace("_", ".", 1)).write_bytes(data)


def test_types_are_told_by_content(tmp_path: Path) -> None:
    write(
        tmp_path,
        a_pdf=PDF,
        late_pdf=b"\n" * 1000 + PDF,
        misnamed_txt=PDF,
        notes_txt=b"Minutes of the board\n",
        notes_md=b"# Minutes\n",
        page_html=b"<!-- saved --><!DOCTYPE html><html></html>",
        page_txt=b"\xef\xbb\xbf<?xml version='1.0'?>\n<html xmlns='x'>",
        latin_txt="Café – naïve".encode("cp1252"),
        wide_txt="Minutes".encode("utf-16"),
        table_txt=b"a <b>bold</b> word\tand a tab\n",
    )
    with zipfile.ZipFile(tmp_path / "paper.docx", "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert media_of(tmp_path) == {
        "a.pdf": MediaType.PDF,
        "late.pdf": MediaType.PDF,
        "misnamed.txt": MediaType.PDF,
        "notes.txt": MediaType.TEXT,
        "notes.md": MediaType.MARKDOWN,
        "page.html": MediaType.HTML,
        "page.txt": MediaType.HTML,
        "latin.txt": MediaType.TEXT,
        "wide.txt": MediaType.TEXT,
        "table.txt": MediaType.TEXT,
        "paper.docx": MediaType.WORD,
    }


def test_what_no_reader_takes_is_named(tmp_path: Path) -> None:
    write(
        tmp_path,
        empty_txt=b"",
        text_pdf=b"This is plain text.",
        page_pdf=b"<html><body>404</body></html>",
        noise_bin=bytes(range(256)) * 8,
        scan_png=b"\x89PNG\r\n\x1a\n\0\0\0",
        old_doc=b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        cut_docx=b"PK\x03\x04 cut short",
    )
    with zipfile.ZipFile(tmp_path / "figures.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", "<w/>")
    assert refused(tmp_path) == {
        "empty.txt": UnreadCode.EMPTY,
        "text.pdf": UnreadCode.NOT_A_DOCUMENT,
        "page.pdf": UnreadCode.NOT_A_DOCUMENT,
        "noise.bin": UnreadCode.NOT_A_DOCUMENT,
        "scan.png": UnreadCode.NOT_A_DOCUMENT,
        "old.doc": UnreadCode.NOT_A_DOCUMENT,
        "cut.docx": UnreadCode.DAMAGED,
        "figures.xlsx": UnreadCode.NOT_A_DOCUMENT,
    }


def test_a_damaged_pdf_is_left_to_its_reader(tmp_path: Path) -> None:
    write(tmp_path, a_pdf=b"%PDF\n\x00\x01", b_pdf=b"\x00\x01\n1 0 obj\n<< /Type /Catalog >>")
    assert set(media_of(tmp_path).values()) == {MediaType.PDF}


def test_a_text_named_pdf_is_told_what_it_holds(tmp_path: Path) -> None:
    write(tmp_path, text_pdf=b"This is plain text.")
    (unread,) = find_files(tmp_path)[1]
    assert "plain text" in unread.reason


def test_leftovers_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "2013").mkdir()
    for name in (
        ".DS_Store",
        "~$report.docx",
        "Thumbs.db",
        "desktop.ini",
        "report.txt~",
        ".git/config",
        "2013/minutes.txt",
    ):
        (tmp_path / name).write_text("words")
    assert list(media_of(tmp_path)) == ["2013/minutes.txt"]


def test_a_source_says_how_it_lies_on_disk(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    path = tmp_path / "a" / "minutes.txt"
    path.write_bytes(b"words")
    ((source,), _) = find_files(tmp_path)
    assert (source.name, source.path, source.size) == ("a/minutes.txt", str(path), 5)
    assert source.checksum == hashlib.sha256(b"words").hexdigest()
    assert source.modified_ns == path.stat().st_mtime_ns


def test_an_unchanged_file_is_not_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, a_txt=b"words", b_txt=b"other")
    known = {source.name: source for source in find_files(tmp_path)[0]}
    (tmp_path / "b.txt").write_bytes(b"changed")
    opened: list[str] = []
    really_open = Path.open

    def watched(path: Path, mode: str = "r") -> object:
        opened.append(path.name)
        return really_open(path, mode)

    monkeypatch.setattr(Path, "open", watched)
    a, b = find_files(tmp_path, known)[0]
    assert set(opened) == {"b.txt"}
    assert a == known["a.txt"]
    assert b.checksum != known["b.txt"].checksum


def test_the_index_inside_the_corpus_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "index").mkdir()
    write(tmp_path, a_txt=b"words")
    write(tmp_path / "index", CURRENT=b"0001")
    assert [s.name for s in find_files(tmp_path, apart=tmp_path / "index")[0]] == ["a.txt"]


def test_rings_of_links_are_survived(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.txt").write_text("words")
    (tmp_path / "real" / "up").symlink_to(tmp_path)
    (tmp_path / "real" / "self.txt").symlink_to(tmp_path / "real" / "self.txt")
    (tmp_path / "again").symlink_to(tmp_path / "real")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing")
    sources, unread = find_files(tmp_path)
    assert [source.name.rsplit("/", 1)[-1] for source in sources] == ["a.txt"]
    assert {one.file.rsplit("/", 1)[-1]: one.code for one in unread} == {
        "gone.txt": UnreadCode.UNREADABLE,
        "self.txt": UnreadCode.UNREADABLE,
    }


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert refused(tmp_path) == {"pipe.txt": UnreadCode.NOT_A_DOCUMENT}


def test_no_permission_is_the_files_own_trouble(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, closed_txt=b"words", open_txt=b"words")
    really_open = Path.open

    # Not by chmod: the tests may run as an account that may read everything.
    def refuse(path: Path, mode: str = "r") -> object:
        if path.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, mode)

    monkeypatch.setattr(Path, "open", refuse)
    sources, (unread,) = find_files(tmp_path)
    assert [source.name for source in sources] == ["open.txt"]
    assert (unread.file, unread.code) == ("closed.txt", UnreadCode.UNREADABLE)
    assert "permission" in unread.reason


def test_a_folder_that_cannot_be_listed_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "closed").mkdir()
    write(tmp_path, a_txt=b"words")
    really_scan = os.scandir

    def refuse(path: str) -> object:
        if os.fspath(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return really_scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    sources, (unread,) = find_files(tmp_path)
    assert [source.name for source in sources] == ["a.txt"]
    assert (unread.file, unread.code) == ("closed/", UnreadCode.UNREADABLE)


def test_a_name_that_is_not_utf8_is_named_as_far_as_it_can_be(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("words")
    except OSError:
        pytest.skip("this file system takes no such names")
    (unread,) = find_files(tmp_path)[1]
    assert (unread.file, unread.code) == ("caf\ufffd.txt", UnreadCode.UNREADABLE)


def test_a_file_past_the_limit_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.txt").open("wb") as file:
        file.truncate(500_000_001)  # a hole: it takes no room
    assert refused(tmp_path) == {"huge.txt": UnreadCode.TOO_LARGE}


def test_no_corpus_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing, match="--corpus"):
        find_files(tmp_path / "nothing")
    (tmp_path / "file").write_text("")
    with pytest.raises(CorpusMissing, match="not a folder"):
        find_files(tmp_path / "file")


def test_an_empty_folder_has_nothing(tmp_path: Path) -> None:
    assert find_files(tmp_path) == ((), ())
