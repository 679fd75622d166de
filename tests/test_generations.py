"""A build switches from one whole generation to the next, or leaves everything as it was."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from indexer.errors import BuildRunning, IndexDamaged, IndexMissing, IndexNotWritable, IndexOutdated
from indexer.generations import (
    FORMAT_VERSION,
    Manifest,
    builder_lock,
    current,
    current_name,
    publish,
    staged,
    sweep,
)

HOLD_THE_LOCK = """
import sys, time
from pathlib import Path
from indexer.generations import builder_lock
with builder_lock(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def a_manifest(passages: int = 3) -> Manifest:
    return Manifest(
        FORMAT_VERSION, "memory", "2024-01-01T00:00:00+00:00", 1, 2, 3, passages, {"readers": "1"}
    )


def make(index: Path, passages: int = 3) -> None:
    with builder_lock(index), staged(index) as folder:
        (folder / "catalogue.sqlite").write_bytes(b"rows")
        (folder / "memory").mkdir()
        (folder / "memory" / "terms").write_bytes(b"terms")
        publish(index, folder, a_manifest(passages))


def names(index: Path) -> list[str]:
    return sorted(path.name for path in (index / "generations").iterdir())


def test_what_is_published_is_current(tmp_path: Path) -> None:
    make(tmp_path)
    generation = current(tmp_path)
    assert (generation.name, current_name(tmp_path)) == ("0001", "0001")
    assert generation.manifest == a_manifest()
    assert generation.catalogue_path.read_bytes() == b"rows"
    assert (generation.engine_folder / "terms").read_bytes() == b"terms"


def test_the_generation_before_is_kept_for_its_readers_and_older_ones_go(tmp_path: Path) -> None:
    for number in range(4):
        make(tmp_path, number)
        assert current(tmp_path).manifest.passages == number
    assert names(tmp_path) == ["0003", "0004"]


def test_all_but_what_is_served_can_be_swept_away_while_nobody_builds(tmp_path: Path) -> None:
    for _ in range(3):
        make(tmp_path)
    with builder_lock(tmp_path), pytest.raises(BuildRunning):
        sweep(tmp_path)
    sweep(tmp_path)
    assert names(tmp_path) == ["0003"] and current(tmp_path).name == "0003"


def test_what_a_dead_builder_left_is_swept_and_its_number_is_free(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "generations" / "0002.tmp").mkdir()
    (tmp_path / "generations" / "0002.tmp" / "half").write_bytes(b"half")
    make(tmp_path)
    assert names(tmp_path) == ["0001", "0002"]


def test_one_that_was_finished_but_never_switched_to_is_not_served(tmp_path: Path) -> None:
    make(tmp_path)
    (tmp_path / "generations" / "0002").mkdir()
    assert current(tmp_path).name == "0001"
    make(tmp_path)
    assert (current(tmp_path).name, names(tmp_path)) == ("0003", ["0001", "0003"])


def test_an_error_leaves_nothing_behind(tmp_path: Path) -> None:
    make(tmp_path)
    with pytest.raises(ValueError, match="mine"), builder_lock(tmp_path), staged(tmp_path):
        raise ValueError("mine")
    assert (current(tmp_path).name, names(tmp_path)) == ("0001", ["0001"])


def test_no_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="boardsearch build"):
        current(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(IndexMissing):
        current(tmp_path / "file")


@pytest.mark.parametrize("content", [b"", b"nonsense", b"../..", b"0009", b"\xff\xfe"])
def test_a_pointer_to_nothing_is_damage(tmp_path: Path, content: bytes) -> None:
    make(tmp_path)
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(IndexDamaged, match="boardsearch build"):
        current(tmp_path)
    make(tmp_path)  # and the next build mends it
    assert current(tmp_path).manifest == a_manifest()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b'{"format": %d}' % FORMAT_VERSION])
def test_a_manifest_that_is_none_is_damage(tmp_path: Path, content: bytes) -> None:
    make(tmp_path)
    (current(tmp_path).path / "manifest.json").write_bytes(content)
    with pytest.raises(IndexDamaged, match="manifest"):
        current(tmp_path)


@pytest.mark.parametrize("content", [b'{"format": 0}', b'{"format": 999, "other": []}', b"{}"])
def test_another_format_is_outdated(tmp_path: Path, content: bytes) -> None:
    make(tmp_path)
    (current(tmp_path).path / "manifest.json").write_bytes(content)
    with pytest.raises(IndexOutdated, match="boardsearch build"):
        current(tmp_path)


def test_a_second_builder_is_refused_and_told_why(tmp_path: Path) -> None:
    with builder_lock(tmp_path), pytest.raises(BuildRunning, match="Wait"), builder_lock(tmp_path):
        pytest.fail("two builders at once")
    with builder_lock(tmp_path):
        pass  # free again


def test_a_killed_builder_does_not_keep_the_lock(root: Path, tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HOLD_THE_LOCK, tmp_path], cwd=root, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(BuildRunning), builder_lock(tmp_path):
            pytest.fail("two builders at once")
        process.send_signal(signal.SIGKILL)
        process.wait()
    with builder_lock(tmp_path):
        pass


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS])
@pytest.mark.parametrize("step", ["mkdir", "write_bytes", "write_text", "rename", "replace", "fsync"])
def test_a_disk_that_refuses_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, code: int
) -> None:
    make(tmp_path, passages=1)

    def refuse(*_: Any, **__: Any) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(os if step == "fsync" else Path, step, refuse)
        with pytest.raises(IndexNotWritable, match="--index"):
            make(tmp_path, passages=2)
    assert current(tmp_path).manifest.passages == 1
    make(tmp_path, passages=3)
    assert current(tmp_path).manifest.passages == 3


def test_an_index_folder_that_is_a_file_is_not_writable(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for index in (tmp_path / "file", tmp_path / "file" / "below"):
        with pytest.raises(IndexNotWritable), builder_lock(index):
            pytest.fail("nothing can be written there")


def test_a_full_disk_is_said_whoever_meets_it(tmp_path: Path) -> None:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("PRAGMA max_page_count=2")
        connection.execute("CREATE TABLE t (x)")
        with pytest.raises(IndexNotWritable, match="full"), builder_lock(tmp_path):
            connection.execute("INSERT INTO t VALUES (zeroblob(100000))")
    connection.close()


def test_our_own_mistakes_are_not_laid_at_the_disk(tmp_path: Path) -> None:
    with sqlite3.connect(":memory:") as connection:
        with pytest.raises(sqlite3.OperationalError, match="no such table"), builder_lock(tmp_path):
            connection.execute("SELECT * FROM absent")
        with pytest.raises(FileNotFoundError), builder_lock(tmp_path):
            (tmp_path / "nothing").read_bytes()
    connection.close()


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only where there is a /proc")
def test_a_place_where_no_folder_can_be_made_is_named() -> None:
    with pytest.raises(IndexNotWritable, match="cannot be written"), builder_lock(Path("/proc/no-such")):
        pass
