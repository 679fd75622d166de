"""Builds that the office asks for: in processes of their own, watched, one after the other."""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from contextlib import closing

import pytest

from indexer.generations import builder_lock
from indexer.office import runs
from indexer.office.runs import PROGRESS_FILE, Builds, Phase
from indexer.search.library import open_library
from indexer.settings import Settings

pytestmark = pytest.mark.slow


def test_what_was_added_is_read_and_the_report_is_there(settings: Settings) -> None:
    builds = Builds(settings)
    assert builds.state().phase is Phase.IDLE
    (settings.corpus / "new.md").write_text("# New\n\nSafer sleep was discussed in June 2015.\n")
    (settings.corpus / "broken.pdf").write_bytes(b"%PDF-1.7 broken")
    builds.request()
    assert builds.state().phase is Phase.RUNNING
    run = builds.wait(60)
    assert run.phase is Phase.DONE and run.report is not None
    assert (run.report["added"], run.report["documents"]) == (1, 4)
    assert [one["file"] for one in run.report["unread"]] == ["broken.pdf"]
    assert json.loads((settings.index / PROGRESS_FILE).read_text())["done"] == 2


def test_requests_during_a_run_give_one_more_run(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    begun, go_on, run_process = threading.Event(), threading.Event(), runs._run_process

    def held_up(command: Sequence[str]) -> tuple[int, str, str]:
        outcome = run_process(command)
        begun.set()
        go_on.wait(30)
        return outcome

    monkeypatch.setattr(runs, "_run_process", held_up)
    builds = Builds(settings)
    builds.request()
    assert begun.wait(60)
    (settings.corpus / "new.md").write_text("# New\n\nSafer sleep was discussed in June 2015.\n")
    for _ in range(5):
        builds.request()
    go_on.set()
    run = builds.wait(90)
    assert (run.phase, run.number) == (Phase.DONE, 2) and run.report is not None
    assert run.report["documents"] == 4


def test_a_failure_is_said_and_the_next_run_may_be_asked_for(settings: Settings) -> None:
    (settings.corpus / "corrections.toml").write_text("[broken")
    builds = Builds(settings)
    builds.request()
    run = builds.wait(60)
    assert run.phase is Phase.FAILED and "corrections.toml cannot be understood" in run.message
    (settings.corpus / "corrections.toml").unlink()
    builds.request()
    assert builds.wait(60).phase is Phase.DONE


def test_another_builder_is_waited_for(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "_PATIENCE", 0.0)
    builds = Builds(settings)
    with builder_lock(settings.index):
        builds.request()
        run = builds.wait(60)
    assert run.phase is Phase.FAILED and "Another build is at work" in run.message


def test_after_a_withdrawal_the_index_of_before_is_deleted(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "_GRACE", 0.0)
    called: list[int] = []
    builds = Builds(settings, after=lambda: called.append(1))
    (settings.corpus / "training.md").unlink()
    builds.request(purge=True)
    assert builds.wait(60).phase is Phase.DONE and called == [1]
    assert len(list((settings.index / "generations").iterdir())) == 1
    with closing(open_library(settings)) as library:
        assert library.coverage().documents == 2
