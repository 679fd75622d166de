"""All of it on the sample board: build, build again, and ask the library its questions."""

from __future__ import annotations

import resource
import time
import tomllib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

from benchmarks.measuring import apart, peak_memory, percentile, ratio, seconds, size_of
from benchmarks.report import Table

FIRST = "search, asked for the first time"
JOBS = (1, 2)


@dataclass(frozen=True, slots=True)
class Work:
    """What a build took: seconds by the clock, and of the processor in the writer and in the readers."""

    seconds: float
    writer: float
    readers: float


def measure_whole(folder: Path, corpus: Path, questions: Path) -> list[Table]:
    """A table of building and one of asking, on the corpus itself."""
    index = folder / "index"
    first, memory, pages = apart(_build, index, corpus)
    again, _, _ = apart(_build, index, corpus)
    texts = [entry["q"] for entry in tomllib.loads(questions.read_text("utf-8"))["question"]]
    bare = apart(peak_memory)
    return [
        _build_table(index, (first, again), (memory, bare), pages),
        _jobs_table({jobs: apart(_build_by, jobs, folder / f"by {jobs}", corpus) for jobs in JOBS}, pages),
        apart(_ask, index, texts, bare),
    ]


def _build_by(jobs: int, index: Path, corpus: Path) -> Work:
    """A build with so many processes that read."""
    from indexer.build import Options, build
    from indexer.settings import Settings

    taken = seconds(lambda: build(Settings(corpus=corpus, index=index), Options(jobs=jobs)))
    # Waited for, so that its time and that of the processes it made are known.
    forkserver._forkserver._stop()
    readers = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Work(taken, time.process_time(), readers.ru_utime + readers.ru_stime)


def _jobs_table(works: dict[int, Work], pages: int) -> Table:
    one = works[JOBS[0]]
    return Table(
        title=f"Building by several processes, {pages} pages",
        note="Starting the processes is counted. The writer is the one process that fills the catalogue and "
        "the engine: its share of the processor's time is what more processes cannot make shorter.",
        header=(
            "--jobs",
            "seconds",
            "speed, to --jobs 1",
            "processor, s",
            "pages a second of it",
            "writer's share",
        ),
        rows=tuple(
            (
                str(jobs),
                f"{work.seconds:.1f}",
                ratio(one.seconds, work.seconds),
                f"{work.writer + work.readers:.1f}",
                f"{pages / (work.writer + work.readers):.0f}",
                f"{work.writer / (work.writer + work.readers):.0%}",
            )
            for jobs, work in works.items()
        ),
        relative=(0, 2, 5),
    )


def _build(index: Path, corpus: Path) -> tuple[float, int, int]:
    """Seconds, peak memory of the building process and pages; read in that process, one after another."""
    from indexer.build import Options, build
    from indexer.settings import Settings

    options, settings = Options(jobs=0), Settings(corpus=corpus, index=index)
    taken = seconds(lambda: build(settings, options))
    return taken, peak_memory(), build(settings, options).counts.pages


def _build_table(index: Path, times: tuple[float, float], memories: tuple[int, int], pages: int) -> Table:
    first, again = times
    memory, bare = memories
    return Table(
        title=f"Building the sample board's index, {pages} pages",
        note="In one process. “Relative” is to a first build, and for memory to a Python that does nothing.",
        header=("", "measured", "relative"),
        rows=(
            ("first build", f"{first:.1f} s, {pages / first:.0f} pages a second", "1×"),
            ("build with nothing changed", f"{again:.2f} s", ratio(again, first)),
            ("peak memory", f"{memory / 1e6:.0f} MB", ratio(memory, bare)),
            (
                "index on disk",
                f"{size_of(index) / 1e6:.1f} MB",
                f"{size_of(index) / pages / 1e3:.0f} kB a page",
            ),
        ),
        relative=(0, 2),
    )


def _times(index: Path, questions: list[str]) -> tuple[dict[str, list[float]], int]:
    """Seconds for each question, by what was done, and how many passages there are."""
    from indexer.search.library import SearchRequest, open_library
    from indexer.search.question import parse_question
    from indexer.search.vocabulary import load
    from indexer.settings import Settings

    asked = [SearchRequest(question) for question in questions]
    vocabulary = load()
    with closing(open_library(Settings(index=index))) as library:
        kinds: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
            FIRST: (library.search, asked),
            "search, asked again": (library.search, asked),
            "answer": (library.answer, asked),
            "understanding the question alone": (lambda q: parse_question(q, vocabulary), questions),
        }
        times = {name: [_timed(work, item) for item in items] for name, (work, items) in kinds.items()}
        return times, library.coverage().passages


def _timed(work: Callable[[Any], object], item: object) -> float:
    return seconds(lambda: work(item))


def _ask(index: Path, questions: list[str], bare: int) -> Table:
    times, passages = _times(index, questions)
    memory = peak_memory()
    whole = percentile(times[FIRST], 0.5)
    rows = [
        (name, *(f"{p * 1000:.1f}" for p in (middle, slow)), ratio(middle, whole), ratio(slow, whole))
        for name, taken in times.items()
        for middle, slow in ((percentile(taken, 0.5), percentile(taken, 0.95)),)
    ]
    return Table(
        title=f"Asking the sample board {len(questions)} questions, {passages:,} passages",
        note="In the library, without the web; relative to the p50 of a first search. "
        "Peak memory is relative to a Python that does nothing.",
        header=("", "p50, ms", "p95, ms", "p50, relative", "p95, relative"),
        rows=(*rows, ("peak memory, MB", f"{memory / 1e6:.0f}", "", ratio(memory, bare), "")),
        relative=(0, 3, 4),
    )
