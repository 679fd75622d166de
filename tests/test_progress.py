"""A build tells how far it has come, in the way that fits who waits."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import indexer.progress
from indexer.progress import Lines, Noted, Progress, Silent, progress_for


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def go_through(progress: Progress) -> None:
    progress.start(2)
    progress.advance("a.pdf", 30)
    progress.advance("b.pdf", 12)
    progress.step("Finding copies")
    progress.finish()


def test_a_terminal_gets_a_bar_with_files_and_pages() -> None:
    stream = Terminal()
    go_through(progress_for(stream))
    shown = stream.getvalue()
    assert "2 of 2 files" in shown
    assert " left" in shown
    assert " a second" in shown
    assert "42 pages" in shown
    assert "Finding copies" in shown
    assert shown.endswith("\n")


def test_a_log_gets_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer.progress, "_EVERY", 0.0)
    stream = io.StringIO()
    go_through(progress_for(stream))
    assert stream.getvalue().splitlines() == [
        "Reading 2 files.",
        "1 of 2 files read, 30 pages; last: a.pdf",
        "2 of 2 files read, 42 pages; last: b.pdf",
        "Finding copies.",
    ]


def test_one_file_and_one_page_are_said_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer.progress, "_EVERY", 0.0)
    stream = io.StringIO()
    progress = progress_for(stream)
    progress.start(1)
    progress.advance("a.pdf", 1)
    assert stream.getvalue().splitlines() == ["Reading 1 file.", "1 of 1 file read, 1 page; last: a.pdf"]


def test_a_log_is_not_flooded() -> None:
    stream = io.StringIO()
    progress = progress_for(stream)
    progress.start(1000)
    for number in range(1000):
        progress.advance(f"{number}.txt", 1)
    assert len(stream.getvalue().splitlines()) < 20


def test_a_program_gets_nothing() -> None:
    stream = io.StringIO()
    go_through(progress_for(stream, quiet=True))
    go_through(Silent())
    assert stream.getvalue() == ""


def test_a_build_that_fails_before_it_starts_ends_quietly() -> None:
    stream = Terminal()
    progress_for(stream).finish()
    assert stream.getvalue() == ""


def test_what_is_noted_can_be_read_at_any_time_and_the_other_is_told_too(tmp_path: Path) -> None:
    file, said = tmp_path / "progress.json", io.StringIO()
    noted = Noted(file, Lines(said))
    noted.start(2)
    assert json.loads(file.read_text()) == {"files": 2, "done": 0, "last": "", "step": "Reading"}
    noted.advance("a.pdf", 3)
    noted.step("Finding copies")
    noted.finish()
    assert json.loads(file.read_text()) == {"files": 2, "done": 1, "last": "a.pdf", "step": "Finding copies"}
    assert "Reading 2 files." in said.getvalue() and "Finding copies." in said.getvalue()


def test_a_file_that_cannot_be_written_stops_no_build(tmp_path: Path) -> None:
    noted = Noted(tmp_path / "none" / "progress.json", Silent())
    noted.start(1)
    noted.advance("a.pdf", 1)
    noted.finish()
