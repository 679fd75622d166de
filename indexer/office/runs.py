"""Builds that the office view asks for: each a process of its own, one after the other, watched.

A process of its own, since reading takes processors and memory that the pages need, and since a build
that crashes must not take the service with it. Its workers hold each file to its bounds as ever.
"""

from __future__ import annotations

import json
import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from indexer.generations import sweep
from indexer.settings import Settings

log = logging.getLogger(__name__)

PROGRESS_FILE = "progress.json"
_BUILDING = 5
"""The exit code of a build that found another at work."""
_PATIENCE = 600.0
_GRACE = 5.0
"""Seconds that pages under way are given before the index that they may be reading is deleted."""
_UNREAD_TOO = 3


class Phase(StrEnum):
    """What the builder is at."""

    IDLE = "idle"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Run:
    """The run that is under way, or the last one."""

    phase: Phase = Phase.IDLE
    number: int = 0
    """Counts runs from 1."""
    files: int = 0
    done: int = 0
    """Files to read, and those dealt with."""
    last: str = ""
    """The file that was dealt with last."""
    step: str = ""
    """What is done now, in a few words."""
    report: dict[str, Any] | None = None
    """The build's own report, as ``build --json`` prints it."""
    message: str = ""
    """Why it failed."""

    @property
    def is_over(self) -> bool:
        """Whether nothing more is to come."""
        return self.phase is not Phase.RUNNING


class Builds:
    """Runs builds for one service. Threads may share it."""

    def __init__(self, settings: Settings, after: Callable[[], object] = lambda: None) -> None:
        """``after`` is called when a build has switched, before the index of before it is deleted."""
        self._settings = settings
        self._after = after
        self._lock = threading.Lock()
        self._wanted = self._purging = False
        self._run = Run()
        self._thread: threading.Thread | None = None

    def request(self, *, purge: bool = False) -> None:
        """Have the index brought up to date, after the run that is under way, if any. ``purge``: the index
        of before is deleted too, since a withdrawn paper is in it."""
        with self._lock:
            self._wanted = True
            self._purging = self._purging or purge
            if self._thread is None or not self._thread.is_alive():
                self._run = Run(Phase.RUNNING, self._run.number + 1, step="Starting")
                self._thread = threading.Thread(target=self._work, name="builds", daemon=True)
                self._thread.start()

    def state(self) -> Run:
        """How far it is."""
        with self._lock:
            run = self._run
        return run if run.is_over else _with_progress(run, self._settings.index / PROGRESS_FILE)

    def wait(self, seconds: float) -> Run:
        """The last run, once nothing is under way or the time is over."""
        until = time.monotonic() + seconds
        while not (run := self.state()).is_over and time.monotonic() < until:
            time.sleep(0.05)
        return run

    def _work(self) -> None:
        while True:
            with self._lock:
                self._wanted, purge = False, self._purging
                self._purging = False
            (self._settings.index / PROGRESS_FILE).unlink(missing_ok=True)
            outcome = self._build()
            if outcome.phase is Phase.DONE and purge:
                self._purge()
            with self._lock:
                self._purging = self._purging or (purge and outcome.phase is Phase.FAILED)
                if not self._wanted:
                    self._run, self._thread = outcome, None
                    return
                self._run = Run(Phase.RUNNING, outcome.number + 1, step="Starting")

    def _build(self) -> Run:
        with self._lock:
            run = self._run
        until = time.monotonic() + _PATIENCE
        while True:
            code, out, said = _run_process(self._command())
            if code != _BUILDING or time.monotonic() > until:
                return _outcome(run, code, out, said)
            time.sleep(1.0)

    def _command(self) -> Sequence[str]:
        settings = self._settings
        places = ("--corpus", settings.corpus.absolute(), "--index", settings.index.absolute())
        progress = ("--progress", settings.index.absolute() / PROGRESS_FILE)
        options = ("--json", "--engine", settings.engine, *places, *progress)
        return [sys.executable, "-m", "indexer", "build", *map(str, options)]

    def _purge(self) -> None:
        try:
            self._after()
            time.sleep(_GRACE)
            sweep(self._settings.index)
        except Exception:  # whatever it is, the builder goes on; the next build deletes that index
            log.exception("the index of before could not be deleted")


def _run_process(command: Sequence[str]) -> tuple[int, str, str]:
    try:
        done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)  # noqa: S603
    except OSError as error:
        return 1, "", f"The build could not be started: {error}."
    return done.returncode, done.stdout, done.stderr


def _outcome(run: Run, code: int, out: str, said: str) -> Run:
    if code not in (0, _UNREAD_TOO):
        message = said.strip().splitlines()[-1] if said.strip() else f"The build ended with code {code}."
        log.error("build: %s", said.strip())
        return replace(run, phase=Phase.FAILED, message=message.removeprefix("boardsearch: "), step="")
    report: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return replace(run, phase=Phase.DONE, report=report, step="")


def _with_progress(run: Run, path: Path) -> Run:
    try:
        found = json.loads(path.read_text("utf-8"))
        return replace(run, files=found["files"], done=found["done"], last=found["last"], step=found["step"])
    except (OSError, ValueError, KeyError):
        return run  # it has said nothing yet
