"""Work done in processes of its own, one task at a time each, so that a task that crashes, hangs or
eats all memory costs itself and nothing else.

The standard pool cannot say which task broke it and cannot stop one that hangs; here each worker has
a pipe, and the parent knows what it gave to whom and when. Work that goes step by step says at which
step it is, in memory that outlives it, so that the task can be done again without that step.
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
from multiprocessing.process import BaseProcess
from typing import Any

MEMORY_LIMIT = 800_000_000
"""Bytes that a worker may take, where the system can hold it to that; six hundred pages take a fifth."""

_WINDOW = 64
"""Tasks handed out ahead of the oldest unfinished one: what bounds the results that wait their turn."""

_A_DAY = 86_400.0
_A_MOMENT = 5.0
"""Seconds within which a process that closed its pipe is gone."""

_CONTEXT: Any = multiprocessing.get_context(
    "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
)
"""A fork server imports once what each worker needs, and has no threads, locks or open files of ours that
a fork of this process would take along. Windows has none: there each worker imports for itself."""

Work = Callable[[Any], bytes]
Again = Callable[[Any, int, "Failure"], Any]
"""What to do where a task's process ended at a step: another task in its place, or None."""

_NO_STEP = -1


class Failure(Enum):
    """Why a task has no result."""

    DIED = "died"
    TIMED_OUT = "timed out"


class _Here:
    """What a worker process knows of itself."""

    step: Any = None
    """The shared number of the step that its task is at; None in any other process."""


def at_step(step: int | None, seconds: float = 0.0) -> None:
    """Say, from within a task, at which step (from 0) it is, None for none of them.

    A step may take so many seconds of the processor, 0 for any number; after that the process ends, even
    within code that knows nothing of Python. Does nothing where no worker is at work.
    """
    if _Here.step is None:
        return
    _Here.step.value = _NO_STEP if step is None else step
    if hasattr(signal, "setitimer"):  # Windows has none: there only the task's own limit holds
        signal.setitimer(signal.ITIMER_PROF, 0.0 if step is None else seconds)


def warm_up(*modules: str) -> None:
    """Begin to import what workers will need, beside what this process does meanwhile.

    Only the first call in a process counts; does nothing where there is no fork server.
    """
    if _CONTEXT.get_start_method() == "forkserver":
        from multiprocessing import forkserver

        _CONTEXT.set_forkserver_preload(["__main__", *modules])
        forkserver.ensure_running()


def run(
    work: Work,
    tasks: Sequence[Any],
    jobs: int,
    time_limit: float,
    again: Again | None = None,
    memory: int = MEMORY_LIMIT,
    weights: Sequence[float] = (),
) -> Iterator[bytes | Failure]:
    """``work(task)`` for each task, in the tasks' order, in ``jobs`` processes.

    ``work`` is a module's function that raises nothing. A task that runs longer than ``time_limit``
    seconds is stopped. One whose process ended at a step is done once more where ``again`` gives a task
    for that. A worker may take ``memory`` bytes. ``weights``, where given, say how long each task will
    take in comparison: one so long that the others would be done before it is begun early. With 0 jobs
    the work is done here, one after the other and without a limit.
    """
    if jobs == 0:
        yield from map(work, tasks)
        return
    queue = _Queue(weights or [1.0] * len(tasks))
    with contextlib.closing(_Pool(work, list(tasks), queue, jobs, time_limit, again, memory)) as pool:
        yield from pool.results()


@contextlib.contextmanager
def begun(work: Work, task: Any, jobs: int) -> Iterator[Callable[[], bytes]]:
    """``work(task)`` in a process of its own, begun now; the result is there when it is called for.

    Where that process fails, and with 0 jobs, the work is done here when its result is called for. It has
    a day and all memory: what is begun so is our own, not a paper's.
    """
    if jobs == 0:
        yield lambda: work(task)
        return
    pool = _Pool(work, [task], _Queue([1.0]), 1, _A_DAY, None, None)
    with contextlib.closing(pool):
        pool.begin()

        def result() -> bytes:
            found = next(pool.results())
            return work(task) if isinstance(found, Failure) else found

        yield result


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and what it is at."""

    process: BaseProcess
    pipe: Connection[Any, Any]
    step: Any
    task: int = -1
    deadline: float = 0.0

    def failure(self) -> Failure:
        """Why the process ended by itself."""
        self.process.join(_A_MOMENT)
        timer = -getattr(signal, "SIGPROF", 0)
        return Failure.TIMED_OUT if timer and self.process.exitcode == timer else Failure.DIED

    def stop(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()


class _Queue:
    """The turns of the tasks that were not handed out: in order, but for those that must be begun early."""

    def __init__(self, weights: Sequence[float]) -> None:
        self._weights = weights
        self._left = dict.fromkeys(range(len(weights)))
        self._by_weight = sorted(self._left, key=lambda turn: (weights[turn], -turn))
        self._ahead = float(sum(weights))

    def next(self, end: int, jobs: int) -> int | None:
        """The next of the turns before ``end``, or one that would else be left to a single worker."""
        while self._by_weight and self._by_weight[-1] not in self._left:
            self._by_weight.pop()
        turn = next(iter(self._left), end)
        if self._by_weight and jobs > 1 and jobs * self._weights[self._by_weight[-1]] >= self._ahead:
            turn = self._by_weight[-1]
        elif turn >= end:
            return None
        del self._left[turn]
        self._ahead -= self._weights[turn]
        return turn


@dataclass(slots=True)
class _Pool:
    work: Work
    tasks: list[Any]
    queue: _Queue
    jobs: int
    time_limit: float
    again: Again | None
    memory: int | None
    busy: list[_Worker] = field(default_factory=list)
    idle: list[_Worker] = field(default_factory=list)
    done: dict[int, bytes | Failure] = field(default_factory=dict)
    returned: list[int] = field(default_factory=list)
    """Tasks to be done once more."""

    def begin(self) -> None:
        """Hand out as many tasks as there are processes."""
        self._hand_out(len(self.tasks))

    def results(self) -> Iterator[bytes | Failure]:
        for turn in range(len(self.tasks)):
            while turn not in self.done:
                self._hand_out(min(len(self.tasks), turn + _WINDOW))
                self._collect()
            # Whoever takes the result in has work of its own to do: the workers must not wait for that.
            self._hand_out(min(len(self.tasks), turn + _WINDOW))
            yield self.done.pop(turn)

    def _hand_out(self, end: int) -> None:
        while len(self.busy) < self.jobs:
            task = self.returned.pop() if self.returned else self.queue.next(end, self.jobs)
            if task is None:
                return
            worker = self.idle.pop() if self.idle else self._start()
            worker.task = task
            worker.step.value, worker.deadline = _NO_STEP, time.monotonic() + self.time_limit
            self.busy.append(worker)
            # A worker that died while idle is noticed when its answer is waited for.
            with contextlib.suppress(OSError):
                worker.pipe.send(self.tasks[worker.task])

    def _start(self) -> _Worker:
        here, there = _CONTEXT.Pipe()
        step = _CONTEXT.RawValue("i", _NO_STEP)
        process = _CONTEXT.Process(target=_serve, args=(there, self.work, step, self.memory), daemon=True)
        process.start()
        there.close()
        try:
            here.recv()  # one that cannot even start must not be laid at a task's door
        except (EOFError, OSError) as error:
            raise RuntimeError("a worker process could not be started") from error
        return _Worker(process, here, step)

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
            self._lose(worker, worker.failure())
        else:
            self.busy.remove(worker)
            self.idle.append(worker)

    def _lose(self, worker: _Worker, failure: Failure) -> None:
        """The worker ended by itself: its task is done once more, or given up."""
        step = int(worker.step.value)
        other = self.again(self.tasks[worker.task], step, failure) if self.again and step >= 0 else None
        self._give_up(worker, failure)
        if other is not None:
            del self.done[worker.task]
            self.tasks[worker.task] = other
            self.returned.append(worker.task)

    def _give_up(self, worker: _Worker, failure: Failure) -> None:
        self.done[worker.task] = failure
        self.busy.remove(worker)
        worker.stop()

    def close(self) -> None:
        for worker in (*self.busy, *self.idle):
            worker.stop()


def _serve(pipe: Connection[Any, Any], work: Work, step: Any, memory: int | None) -> None:
    """What a worker does until its parent closes the pipe or dies."""
    _Here.step = step
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent is told of Ctrl-C and stops the workers
    logging.disable(logging.ERROR)  # what is wrong with a file is said once, as its reason
    warnings.simplefilter("ignore")
    _limit_memory(memory)
    with contextlib.suppress(EOFError, OSError):
        pipe.send(b"ready")
        while True:
            result = work(pipe.recv())
            at_step(None)
            pipe.send(result)


def _limit_memory(most: int | None) -> None:
    """Make a runaway task fail with MemoryError before the whole machine runs out."""
    if most is None or sys.platform != "linux":
        return
    import resource  # there is none on Windows

    with contextlib.suppress(ValueError, OSError):
        # Not of addresses: programs reserve many more of these than they ever use.
        resource.setrlimit(resource.RLIMIT_DATA, (most, resource.getrlimit(resource.RLIMIT_DATA)[1]))
