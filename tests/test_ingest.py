"""What a worker sends back, or its end, becomes an extract or a reason."""

from __future__ import annotations

from pathlib import Path

from indexer.cache import ReadingCache
from indexer.files import find_files
from indexer.ingest import MOST_LOST, Task, again, ingest, outcome
from indexer.model import MediaType, SourceFile, UnreadCode
from indexer.reading import READER_VERSION
from indexer.workers import Failure

SOURCE = SourceFile("/papers/a.pdf", "a.pdf", MediaType.PDF, "ab" * 32, 1, 1)


def test_a_file_becomes_an_extract_and_its_reading_is_kept(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "minutes.txt").write_text(
        "Minutes of the Board\n\nNeglect was discussed at length.\n"
    )
    ((source,), _) = find_files(tmp_path / "papers")
    found = outcome(source, ingest(Task(source, tmp_path / "cache")), 60)
    assert found.unread is None
    assert found.extract is not None
    assert found.extract.document.file == "minutes.txt"
    assert any("Neglect was discussed" in passage.text for passage in found.extract.passages)
    reading = ReadingCache(tmp_path / "cache", READER_VERSION).get(source)
    assert reading is not None
    (tmp_path / "papers" / "minutes.txt").unlink()  # not needed again
    assert outcome(source, ingest(Task(source, tmp_path / "cache")), 60) == found


def test_a_file_that_is_gone_is_unreadable(tmp_path: Path) -> None:
    source = SourceFile(str(tmp_path / "a.txt"), "a.txt", MediaType.TEXT, "ab" * 32, 1, 1)
    found = outcome(source, ingest(Task(source, tmp_path)), 60)
    assert found.extract is None
    assert found.unread is not None
    assert (found.unread.file, found.unread.code) == ("a.txt", UnreadCode.UNREADABLE)


def test_a_page_that_ended_a_process_is_known_to_the_next() -> None:
    task = again(Task(SOURCE, Path("cache")), 3, Failure.DIED)
    assert task is not None
    task = again(task, 5, Failure.TIMED_OUT)
    assert task is not None
    assert task.lost == ((3, UnreadCode.DAMAGED), (5, UnreadCode.TIMED_OUT))
    most = Task(SOURCE, Path("cache"), ((1, UnreadCode.DAMAGED),) * MOST_LOST)
    assert again(most, 2, Failure.DIED) is None


def test_a_worker_that_was_stopped_says_why() -> None:
    timed_out = outcome(SOURCE, Failure.TIMED_OUT, 600).unread
    assert timed_out is not None
    assert timed_out.code == UnreadCode.TIMED_OUT
    assert "10 minutes" in timed_out.reason
    died = outcome(SOURCE, Failure.DIED, 600).unread
    assert died is not None
    assert died.code == UnreadCode.UNREADABLE
    assert "--retry" in died.reason
