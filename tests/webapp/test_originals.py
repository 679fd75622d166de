"""Original files: what is checked is what is sent, and a file that changed is never sent."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from indexer.errors import OriginalGone
from indexer.model import MediaType, SourceFile
from indexer.settings import Settings
from webapp.originals import open_original, original_path


def source(path: Path, content: bytes) -> SourceFile:
    path.write_bytes(content)
    checksum = hashlib.sha256(content).hexdigest()
    return SourceFile(str(path), path.name, MediaType.TEXT, checksum, len(content), path.stat().st_mtime_ns)


def test_the_file_as_it_was_read(tmp_path: Path) -> None:
    held = source(tmp_path / "a.txt", b"as read")
    with open_original(Settings(corpus=tmp_path), held) as file:
        assert file.read() == b"as read"


def test_a_corpus_that_was_moved(tmp_path: Path) -> None:
    held = source(tmp_path / "a.txt", b"as read")
    moved = tmp_path / "moved"
    moved.mkdir()
    (tmp_path / "a.txt").rename(moved / "a.txt")
    assert original_path(Settings(corpus=moved), held) == moved / "a.txt"


def test_a_corpus_that_is_named_otherwise_now(tmp_path: Path) -> None:
    held = source(tmp_path / "a.txt", b"as read")
    assert original_path(Settings(corpus=tmp_path / "elsewhere"), held) == tmp_path / "a.txt"


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    held = source(tmp_path / "a.txt", b"as read")
    (tmp_path / "a.txt").unlink()
    with pytest.raises(OriginalGone, match=r"no longer as it was"):
        open_original(Settings(corpus=tmp_path), held)


@pytest.mark.parametrize("content", [b"as rea!", b"longer than it was"])
def test_a_file_that_changed(tmp_path: Path, content: bytes) -> None:
    held = source(tmp_path / "a.txt", b"as read")
    (tmp_path / "a.txt").write_bytes(content)
    with pytest.raises(OriginalGone):
        open_original(Settings(corpus=tmp_path), held)


def test_a_folder_in_its_place(tmp_path: Path) -> None:
    held = source(tmp_path / "a.txt", b"as read")
    (tmp_path / "a.txt").unlink()
    (tmp_path / "a.txt").mkdir()
    with pytest.raises(OriginalGone):
        open_original(Settings(corpus=tmp_path), held)
