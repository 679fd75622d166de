"""A results page beside the search call that it is made of, in the same run."""

from __future__ import annotations

import tomllib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from benchmarks.measuring import apart, percentile, processor_seconds, ratio
from benchmarks.report import Table

if TYPE_CHECKING:  # loaded in the process that measures
    from flask.testing import FlaskClient

SEARCH, PAGE = "the library's search call", "the results page, with the answer on top"


def measure_pages(index: Path, questions: Path) -> Table:
    """A table of the results pages of ``questions``, from ``index``."""
    texts = [entry["q"] for entry in tomllib.loads(questions.read_text("utf-8"))["question"]]
    times, size = apart(_in_turns, index, texts)
    middle, slow = percentile(times[SEARCH], 0.5), percentile(times[SEARCH], 0.95)
    return Table(
        title="A results page beside its search",
        note=f"{len(texts)} questions, each asked for the first time by either, in turns; processor time. "
        "The page searches, chooses the sentences that answer, counts passages by year and draws it all, "
        "without a network. Asked for: at most 1.5 times its search. "
        f"The largest page is {size / 1000:.0f} kB before it is compressed.",
        header=("", "p50, ms", "p95, ms", "p50, relative", "p95, relative"),
        rows=tuple(
            (
                name,
                f"{percentile(taken, 0.5) * 1000:.1f}",
                f"{percentile(taken, 0.95) * 1000:.1f}",
                ratio(percentile(taken, 0.5), middle),
                ratio(percentile(taken, 0.95), slow),
            )
            for name, taken in times.items()
        ),
        relative=(0, 3, 4),
    )


def _in_turns(index: Path, questions: list[str]) -> tuple[dict[str, list[float]], int]:
    """Processor seconds of each question's search and page, and the bytes of the largest page."""
    from indexer.search.library import SearchRequest, open_library
    from indexer.settings import Settings
    from webapp import create_app

    settings, times, sizes = Settings(index=index), dict[str, list[float]](), []
    client = create_app(settings).test_client()
    with closing(open_library(settings)) as library:
        # Templates and both libraries are loaded by a question that is none of those measured.
        _draw(client, "warming up")
        library.search(SearchRequest("warming up"))
        for question in questions:
            for name, work in (
                (SEARCH, lambda asked=question: library.search(SearchRequest(asked))),
                (PAGE, lambda asked=question: sizes.append(_draw(client, asked))),
            ):
                times.setdefault(name, []).append(processor_seconds(work))
    return times, max(sizes)


def _draw(client: FlaskClient, question: str) -> int:
    response = client.get(f"/search?{urlencode({'q': question})}")
    if response.status_code != 200:
        raise RuntimeError(f"The page of “{question}” is answered with {response.status_code}.")
    return len(response.get_data())
