"""Run all benchmarks: ``python -m benchmarks``. About five minutes.

Prints every figure and writes docs/benchmarks.md, which keeps to figures relative to a peer's of the
same run, since bare seconds say more of the machine than of the program.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.engines import measure_engines
from benchmarks.pages import measure_pages
from benchmarks.reading import measure_reading
from benchmarks.report import Table, to_markdown, to_terminal
from benchmarks.searching import measure_searching
from benchmarks.whole import measure_whole

ROOT = Path(__file__).resolve().parent.parent
REPORT = ROOT / "docs" / "benchmarks.md"
SIZES = (1_000, 5_000)
INTRODUCTION = """# Benchmarks

Written by `make bench`. Every figure is relative to a peer's in the same run, on one machine with
{cores} cores; 2× means twice as much. `make bench` prints the figures themselves. Made-up passages come
from a seed and are for speed alone.
"""


def main() -> None:
    """Measure, print, write."""
    started = time.monotonic()
    tables: list[Table] = []
    with TemporaryDirectory() as folder:
        for table in _measure(Path(folder)):
            print(to_terminal(table), flush=True)
            tables.append(table)
    introduction = INTRODUCTION.format(cores=os.cpu_count())
    REPORT.write_text("\n".join((introduction, *map(to_markdown, tables))), "utf-8")
    print(f"{time.monotonic() - started:.0f} s; written to {REPORT.relative_to(ROOT)}", file=sys.stderr)


def _measure(folder: Path) -> Iterator[Table]:
    for passages in SIZES:
        yield from measure_engines(folder, passages)
    yield measure_reading(ROOT / "corpus")
    questions = ROOT / "tests" / "sample_board" / "questions.toml"
    yield from measure_whole(folder, ROOT / "corpus", questions)
    yield measure_searching(folder, folder / "index", questions)
    yield measure_pages(folder / "grown", questions)


if __name__ == "__main__":
    main()
