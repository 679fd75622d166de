"""A task that crashes, hangs or eats memory costs itself and nothing else.

The tasks are Python expressions and the work is ``eval``: a worker process can import that.
"""

from __future__ import annotations

import os
import sys

import pytest

from indexer.workers import Again, Failure, _Queue, begun, run, warm_up

DIE = "__import__('os')._exit(9)"
HANG = "__import__('time').sleep(60)"
AT_STEP = "__import__('indexer.workers').workers.at_step"
BUSY = "next(iter(int, 1), [0 for _ in iter(int, 1)])"
"""Uses the processor without end."""


def results(
    *tasks: str, jobs: int = 2, time_limit: float = 60.0, again: Again | None = None
) -> list[bytes | Failure]:
    return list(run(eval, tasks, jobs, time_limit, again))


def test_results_come_in_the_tasks_order() -> None:
    slow_first = "__import__('time').sleep(0.3) or b'first'"
    tasks = [slow_first, *(f"b'{n}'" for n in range(100))]
    assert results(*tasks) == [b"first", *(str(n).encode() for n in range(100))]


@pytest.mark.parametrize(
    ("weights", "jobs", "order"),
    [
        ((1, 1, 1, 1), 2, [0, 1, 2, 3]),
        ((1, 1, 1, 9), 2, [3, 0, 1, 2]),
        ((4, 1, 1, 5), 2, [0, 3, 1, 2]),
        ((1, 1, 1, 9), 1, [0, 1, 2, 3]),
    ],
)
def test_a_task_as_long_as_all_others_is_not_left_to_the_end(
    weights: tuple[float, ...], jobs: int, order: list[int]
) -> None:
    queue = _Queue(weights)
    assert [queue.next(len(weights), jobs) for _ in weights] == order
    assert queue.next(len(weights), jobs) is None


def test_no_task_is_handed_out_too_far_ahead() -> None:
    queue = _Queue([1.0] * 10)
    assert [queue.next(2, 2) for _ in range(3)] == [0, 1, None]
    assert queue.next(3, 2) == 2


def test_weights_leave_the_results_in_order() -> None:
    tasks = [f"b'{n}'" for n in range(9)]
    found = run(eval, tasks, 2, 60.0, weights=[1.0] * 8 + [20.0])
    assert list(found) == [str(n).encode() for n in range(9)]


def test_what_workers_need_may_be_imported_before() -> None:
    warm_up("indexer.wording")
    assert results("b'1'") == [b"1"]


def test_a_crash_is_the_tasks_own() -> None:
    assert results("b'1'", DIE, "b'2'", DIE, "b'3'") == [b"1", Failure.DIED, b"2", Failure.DIED, b"3"]


def test_a_task_that_hangs_is_stopped() -> None:
    assert results(HANG, "b'1'", "b'2'", time_limit=0.5) == [Failure.TIMED_OUT, b"1", b"2"]


def test_a_task_that_ends_at_a_step_is_done_again_without_it() -> None:
    ends: list[tuple[int, Failure]] = []

    def again(task: str, step: int, failure: Failure) -> str:
        ends.append((step, failure))
        return "b'without'"

    crash = f"{AT_STEP}(7) or {DIE}"
    assert results("b'1'", crash, "b'2'", again=again) == [b"1", b"without", b"2"]
    assert ends == [(7, Failure.DIED)]


def test_a_task_is_given_up_where_it_may_not_be_done_again() -> None:
    crash = f"{AT_STEP}(7) or {DIE}"
    assert results(crash, again=lambda *_: None) == [Failure.DIED]


def test_a_crash_at_no_step_is_not_tried_again() -> None:
    after = f"{AT_STEP}(7) or {AT_STEP}(None) or {DIE}"
    assert results(DIE, after, again=lambda *_: "b'again'") == [Failure.DIED, Failure.DIED]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no timer of the processor's time")
def test_a_step_that_hangs_ends_and_one_that_has_ended_does_not() -> None:
    hang = f"{AT_STEP}(3, 0.2) or {BUSY}"
    done = f"{AT_STEP}(3, 0.2) or {AT_STEP}(None) or sum(range(40_000_000)) and b'done'"
    ends: list[tuple[int, Failure]] = []
    found = results(hang, done, again=lambda _, step, failure: ends.append((step, failure)))
    assert found == [Failure.TIMED_OUT, b"done"]
    assert ends == [(3, Failure.TIMED_OUT)]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to a limit of memory")
def test_a_task_that_eats_memory_is_refused_it() -> None:
    assert results("len(bytearray(2 << 30)) and b''", "b'1'", jobs=1) == [Failure.DIED, b"1"]


def test_no_jobs_is_in_this_process() -> None:
    assert results("__import__('os').getpid()", jobs=0) == [__import__("os").getpid()]
    assert results("__import__('os').getpid()", jobs=1) != [__import__("os").getpid()]


@pytest.mark.parametrize("jobs", [0, 1, 2])
def test_work_of_our_own_is_done_beside_or_here(jobs: int) -> None:
    with begun(eval, "str(__import__('os').getpid()).encode()", jobs) as result:
        assert (int(result()) == os.getpid()) is (jobs == 0)


def test_work_of_our_own_is_done_here_where_its_process_fails() -> None:
    fails = f"{DIE} if __import__('os').getpid() != {os.getpid()} else b'here'"
    with begun(eval, fails, 1) as result:
        assert result() == b"here"


def test_nothing_to_do_starts_nothing() -> None:
    assert results() == []


def test_leaving_early_stops_the_workers() -> None:
    from multiprocessing import active_children

    before = set(active_children())
    outcomes = run(eval, ["b'1'", HANG, HANG], 2, 60.0)
    assert next(outcomes) == b"1"
    outcomes.close()  # type: ignore[attr-defined]
    assert set(active_children()) <= before
