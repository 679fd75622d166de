"""Seconds, memory, and each measurement in a fresh process."""

from __future__ import annotations

import multiprocessing
import re
import resource
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Result = TypeVar("Result")


def apart(measure: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """What ``measure`` gives when a new process does it: peak memory is that measurement's alone."""
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=context) as process:
        return process.submit(measure, *args, **kwargs).result()


def peak_memory() -> int:
    """The most memory that this process has held, in bytes."""
    # On Linux, getrusage carries the parent's peak over into a new process; this does not.
    status = Path("/proc/self/status")
    if status.exists():
        return int(re.findall(r"^VmHWM:\s+(\d+) kB", status.read_text(), re.MULTILINE)[0]) * 1024
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024  # macOS counts in bytes


def seconds(work: Callable[[], object]) -> float:
    """How long ``work`` takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def processor_seconds(work: Callable[[], object]) -> float:
    """How long the processor is at ``work``: what other programs take does not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


def percentile(values: Sequence[float], share: float) -> float:
    """The value that ``share`` (0 to 1) of ``values`` do not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


def size_of(path: Path) -> int:
    """Bytes in a file, or in all files of a folder."""
    if path.is_file():
        return path.stat().st_size
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())


def ratio(ours: float, theirs: float) -> str:
    """``ours`` as so many times ``theirs``."""
    return f"{ours / theirs:.2g}×" if theirs else "–"
