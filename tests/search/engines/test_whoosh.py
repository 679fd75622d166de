"""What is Whoosh's own: its lock, its segments, its warnings."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from indexer.errors import BuildRunning, EngineUnavailable, IndexNotWritable
from indexer.search.analysis import analyse
from indexer.search.contract import IndexedPassage
from indexer.search.engines.postings import Postings
from indexer.search.engines.whoosh import BACKEND, MOST_SEGMENTS, WhooshSegment
from indexer.search.query import Everything, Term


def passage(ordinal: int, text: str = "neglect") -> IndexedPassage:
    return IndexedPassage(ordinal, {"text": analyse(text)})


def segments(folder: Path) -> int:
    return len(list(folder.glob("*.seg")))


def write(folder: Path, *ordinals: int, remove: tuple[int, ...] = ()) -> None:
    with BACKEND.writer(folder) as writer:
        writer.remove(remove)
        writer.add(passage(ordinal) for ordinal in ordinals)
        writer.commit()


def test_a_second_writer_is_refused_while_the_first_is_open(tmp_path: Path) -> None:
    with BACKEND.writer(tmp_path) as writer:
        with pytest.raises(BuildRunning):
            BACKEND.writer(tmp_path)
        writer.add([passage(0)])
        writer.commit()
    write(tmp_path, 1)
    assert BACKEND.open(tmp_path).count() == 2


def test_many_small_commits_never_leave_many_segments(tmp_path: Path) -> None:
    seen = []
    for ordinal in range(3 * MOST_SEGMENTS):
        write(tmp_path, ordinal)
        seen.append(segments(tmp_path))
    assert max(seen) == MOST_SEGMENTS
    assert 1 in seen[MOST_SEGMENTS:]
    assert BACKEND.open(tmp_path).search(Term("neglect"), 1).total == 3 * MOST_SEGMENTS


def test_segments_are_merged_once_much_of_them_is_deleted(tmp_path: Path) -> None:
    write(tmp_path, *range(20))
    write(tmp_path, *range(20, 40))
    write(tmp_path, remove=(0, 1))
    assert segments(tmp_path) == 2
    write(tmp_path, remove=tuple(range(2, 12)))
    assert segments(tmp_path) == 1
    matches = BACKEND.open(tmp_path).search(Everything(), 100)
    assert [ordinal for ordinal, _ in matches.ranked] == list(range(12, 40))


def test_a_segment_of_deleted_passages_alone_is_dropped(tmp_path: Path) -> None:
    write(tmp_path, *range(20))
    write(tmp_path, 20)
    write(tmp_path, remove=(20,))
    assert segments(tmp_path) == 1
    assert BACKEND.open(tmp_path).count() == 20


def test_files_are_read_by_one_thread_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Whoosh's files share a read position; that two threads move it at once is too rare to wait for.
    write(tmp_path, *range(3))
    inside: list[str] = []
    seen: list[int] = []
    read = WhooshSegment.postings

    def watched(segment: WhooshSegment, field: str, token: str) -> Postings:
        inside.append(token)
        seen.append(len(inside))
        time.sleep(0.002)
        inside.remove(token)
        return read(segment, field, token)

    monkeypatch.setattr(WhooshSegment, "postings", watched)
    engine = BACKEND.open(tmp_path)
    with ThreadPoolExecutor(6) as threads:
        list(threads.map(lambda number: engine.search(Term(f"w{number}"), 1), range(12)))
    assert len(seen) >= 12
    assert set(seen) == {1}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="the superuser may read all")
def test_files_that_this_user_may_not_read_are_not_called_damaged(tmp_path: Path) -> None:
    write(tmp_path, 0)
    for path in tmp_path.iterdir():
        path.chmod(0)
    with pytest.raises(EngineUnavailable):
        BACKEND.open(tmp_path)


def test_a_folder_that_cannot_be_made_is_not_writable(tmp_path: Path) -> None:
    in_the_way = tmp_path / "index"
    in_the_way.write_text("not a folder")
    with pytest.raises(IndexNotWritable) as raised:
        BACKEND.writer(in_the_way)
    assert raised.value.hint


def test_the_disk_filling_up_is_said_and_leaves_the_old_index(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, 0)

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    with BACKEND.writer(tmp_path) as writer:
        writer.add([passage(1)])
        with monkeypatch.context() as patch:
            patch.setattr("whoosh.codec.whoosh3.W3FieldWriter.add_postings", refuse)
            with pytest.raises(IndexNotWritable, match="No space left"):
                writer.commit()
    assert BACKEND.open(tmp_path).count() == 1
    write(tmp_path, 2)
    assert BACKEND.open(tmp_path).count() == 2


@pytest.mark.slow
def test_loading_it_warns_of_nothing_even_when_it_is_compiled_anew(tmp_path: Path) -> None:
    loads = "from indexer.search.engines import backend; backend('whoosh')"
    command = [sys.executable, "-W", "error", "-X", f"pycache_prefix={tmp_path}", "-c", loads]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
