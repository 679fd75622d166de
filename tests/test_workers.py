"""A task that crashes, hangs or eats memory costs itself and nothing else.

The tasks are Python expressions and the work is ``eval``: a worker process can import that.
"""

from __future__ import annotations

import sys

import pytest

from indexer.workers import Failure, run

DIE = "__import__('os')._exit(9)"
HANG = "__import__('time').sleep(60)"


def results(*tasks: str, jobs: int = 2, time_limit: float = 60.0) -> list[bytes | Failure]:
    return list(run(eval, tasks, jobs, time_limit))


def test_results_come_in_the_tasks_order() -> None:
    slow_first = "__import__('time').sleep(0.3) or b'first'"
    tasks = [slow_first, *(f"b'{n}'" for n in range(100))]
    assert results(*tasks) == [b"first", *(str(n).encode() for n in range(100))]


def test_a_crash_is_the_tasks_own() -> None:
    assert results("b'1'", DIE, "b'2'", DIE, "b'3'") == [b"1", Failure.DIED, b"2", Failure.DIED, b"3"]


def test_a_task_that_hangs_is_stopped() -> None:
    assert results(HANG, "b'1'", "b'2'", time_limit=0.5) == [Failure.TIMED_OUT, b"1", b"2"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")
def test_a_task_that_eats_memory_is_refused_it() -> None:
    assert results("len(bytearray(8 << 30)) and b''", "b'1'", jobs=1) == [Failure.DIED, b"1"]


def test_no_jobs_is_in_this_process() -> None:
    assert results("__import__('os').getpid()", jobs=0) == [__import__("os").getpid()]
    assert results("__import__('os').getpid()", jobs=1) != [__import__("os").getpid()]


def test_nothing_to_do_starts_nothing() -> None:
    assert results() == []


def test_leaving_early_stops_the_workers() -> None:
    from multiprocessing import active_children

    before = set(active_children())
    outcomes = run(eval, ["b'1'", HANG, HANG], 2, 60.0)
    assert next(outcomes) == b"1"
    outcomes.close()  # type: ignore[attr-defined]
    assert set(active_children()) <= before
