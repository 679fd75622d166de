"""What is the memory engine's own: its file."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from indexer.errors import IndexDamaged, IndexNotWritable
from indexer.search.analysis import analyse
from indexer.search.contract import IndexedPassage
from indexer.search.engines.memory import BACKEND, FILE, FORMAT
from indexer.search.query import Term

NEGLECT = IndexedPassage(0, {"text": analyse("neglect")})


def test_it_can_be_written_after_a_commit(tmp_path: Path) -> None:
    with BACKEND.writer(tmp_path) as writer:
        writer.add([NEGLECT])
        writer.commit()
        writer.remove([0])
    assert BACKEND.open(tmp_path).search(Term("neglect"), 1).total == 1


def test_a_file_of_another_format_is_not_read(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(msgspec.msgpack.encode({"format": FORMAT + 1, "passages": {}}))
    with pytest.raises(IndexDamaged, match="another format"):
        BACKEND.open(tmp_path)


def test_a_damaged_file_is_not_written_over(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\x00\xff")
    with pytest.raises(IndexDamaged):
        BACKEND.writer(tmp_path)
    assert (tmp_path / FILE).read_bytes() == b"\x00\xff"


def test_a_folder_that_cannot_be_made_is_not_writable(tmp_path: Path) -> None:
    in_the_way = tmp_path / "index"
    in_the_way.write_text("not a folder")
    with BACKEND.writer(in_the_way) as writer, pytest.raises(IndexNotWritable):
        writer.commit()
