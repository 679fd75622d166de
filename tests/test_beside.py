"""Small files beside the index: one transaction a use, and what is wrong with the disk in our own words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from indexer.beside import Beside
from indexer.errors import IndexDamaged, IndexNotWritable

TABLE = "CREATE TABLE IF NOT EXISTS counts (name TEXT PRIMARY KEY, value INTEGER NOT NULL) STRICT"


def beside(path: Path) -> Beside:
    return Beside(path, "The counts", TABLE, 1, IndexDamaged)


def value(file: Beside) -> int:
    with file.reading() as connection:
        (found,) = connection.execute("SELECT value FROM counts").fetchone()
    return int(found)


def add_one(file: Beside) -> None:
    with file.writing() as connection:
        row = connection.execute("SELECT value FROM counts").fetchone()
        connection.execute("INSERT OR REPLACE INTO counts VALUES ('a', ?)", ((row[0] if row else 0) + 1,))


def test_reading_and_writing_are_one_step_however_many_do_it(tmp_path: Path) -> None:
    file = beside(tmp_path / "counts.sqlite")
    threads = [threading.Thread(target=add_one, args=(file,)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert value(file) == 8


def test_what_fails_half_way_changes_nothing(tmp_path: Path) -> None:
    file = beside(tmp_path / "counts.sqlite")
    add_one(file)
    with pytest.raises(ZeroDivisionError), file.writing() as connection:
        connection.execute("UPDATE counts SET value = 100")
        _ = 1 / 0
    assert value(file) == 1


def test_a_folder_that_is_not_there_and_a_file_that_is_none_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexNotWritable, match="The counts in"):
        add_one(beside(tmp_path / "none" / "counts.sqlite"))
    (tmp_path / "counts.sqlite").write_bytes(b"no database at all" * 100)
    with pytest.raises(IndexDamaged, match="is damaged"):
        add_one(beside(tmp_path / "counts.sqlite"))
