"""Work done in processes of its own, one task at a time each, so that a task that crashes, hangs or
eats all memory costs itself and nothing else.

The standard pool cannot say which task broke it and cannot stop one that hangs; here each worker has
a pipe, and the parent knows what it gave to whom and when.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import multiprocessing.connection
import signal
import sys
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import Enum
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from typing import Any

MEMORY_LIMIT = 4 << 30
"""Bytes that a worker may take, where the system can hold it to that."""

_WINDOW = 64
"""Tasks handed out ahead of the oldest unfinished one: what bounds the results that wait their turn."""

_CONTEXT = multiprocessing.get_context("spawn")

Work = Callable[[Any], bytes]


class Failure(Enum):
    """Why a task has no result."""

    DIED = "died"
    TIMED_OUT = "timed out"


def run(work: Work, tasks: Sequence[Any], jobs: int, time_limit: float) -> Iterator[bytes | Failure]:
    """``work(task)`` for each task, in the tasks' order, in ``jobs`` processes.

    ``work`` is a module's function that raises nothing. A task that runs longer than ``time_limit``
    seconds is stopped. With 0 jobs the work is done here, one after the other and without a limit.
    """
    if jobs == 0:
        yield from map(work, tasks)
        return
    with contextlib.closing(_Pool(work, tasks, jobs, time_limit)) as pool:
        yield from pool.results()


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and what it is at."""

    process: SpawnProcess
    pipe: Connection[Any, Any]
    task: int = -1
    deadline: float = 0.0

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


@dataclass(slots=True)
class _Pool:
    work: Work
    tasks: Sequence[Any]
    jobs: int
    time_limit: float
    busy: list[_Worker] = field(default_factory=list)
    idle: list[_Worker] = field(default_factory=list)
    done: dict[int, bytes | Failure] = field(default_factory=dict)
    handed_out: int = 0

    def results(self) -> Iterator[bytes | Failure]:
        for turn in range(len(self.tasks)):
            while turn not in self.done:
                self._hand_out(min(len(self.tasks), turn + _WINDOW))
                self._collect()
            yield self.done.pop(turn)

    def _hand_out(self, end: int) -> None:
        while self.handed_out < end and len(self.busy) < self.jobs:
            worker = self.idle.pop() if self.idle else self._start()
            worker.task, worker.deadline = self.handed_out, time.monotonic() + self.time_limit
            self.busy.append(worker)
            self.handed_out += 1
            # A worker that died while idle is noticed when its answer is waited for.
            with contextlib.suppress(OSError):
                worker.pipe.send(self.tasks[worker.task])

    def _start(self) -> _Worker:
        here, there = _CONTEXT.Pipe()
        process = _CONTEXT.Process(target=_serve, args=(there, self.work), daemon=True)
        process.start()
        there.close()
        try:
            here.recv()  # one that cannot even start must not be laid at a task's door
        except (EOFError, OSError) as error:
            raise RuntimeError("a worker process could not be started") from error
        return _Worker(process, here)

    def _collect(self) -> None:
        """Wait for the first worker that answers, dies or runs out of time."""
        now = time.monotonic()
        wait = max(0.0, min(worker.deadline for worker in self.busy) - now)
        ready = multiprocessing.connection.wait([worker.pipe for worker in self.busy], wait)
        now = time.monotonic()
        for worker in tuple(self.busy):
            if worker.pipe in ready:
                self._finish(worker)
            elif worker.deadline <= now:
                self._give_up(worker, Failure.TIMED_OUT)

    def _finish(self, worker: _Worker) -> None:
        try:
            self.done[worker.task] = worker.pipe.recv()
        except (EOFError, OSError):
            self._give_up(worker, Failure.DIED)
        else:
            self.busy.remove(worker)
            self.idle.append(worker)

    def _give_up(self, worker: _Worker, failure: Failure) -> None:
        self.done[worker.task] = failure
        self.busy.remove(worker)
        worker.stop()

    def close(self) -> None:
        for worker in (*self.busy, *self.idle):
            worker.stop()


def _serve(pipe: Connection[Any, Any], work: Work) -> None:
    """What a worker does until its parent closes the pipe or dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told of Ctrl-C and stops the workers
    logging.disable(logging.ERROR)  # what is wrong with a file is said once, as its reason
    warnings.simplefilter("ignore")
    _limit_memory()
    with contextlib.suppress(EOFError, OSError):
        pipe.send(b"ready")
        while True:
            pipe.send(work(pipe.recv()))


def _limit_memory() -> None:
    """Make a runaway task fail with MemoryError before the whole machine runs out."""
    if sys.platform != "linux":
        return
    import resource  # there is none on Windows

    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, resource.getrlimit(resource.RLIMIT_AS)[1]))
