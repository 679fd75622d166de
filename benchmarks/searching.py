"""The whole search call on a grown index, beside the bare engine on the same questions."""

from __future__ import annotations

import tomllib
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.grown import ENGINE, grow_index
from benchmarks.measuring import apart, percentile, processor_seconds, ratio
from benchmarks.report import Table

if TYPE_CHECKING:  # loaded in the process that measures, so that its memory is that measurement's alone
    from benchmarks.peers import BareWhoosh
    from indexer.search.library import Library

PASSAGES = 10_000
WHOLE = "the whole search call"
ENGINE_ALONE = "our engine alone, the same words and synonyms"
BARE = "Whoosh by itself, the typed words alone"
TARGETS = "Asked for: p50 under 40 ms and p95 under 120 ms for the whole call."


def measure_searching(folder: Path, sample: Path, questions: Path) -> Table:
    """A table of searching ``PASSAGES`` passages grown from the index ``sample``."""
    index = folder / "grown"
    apart(grow_index, sample, index, PASSAGES)
    texts = [entry["q"] for entry in tomllib.loads(questions.read_text("utf-8"))["question"]]
    first, again = apart(_in_turns, folder, index, texts)
    middle, slow = percentile(first[BARE], 0.5), percentile(first[BARE], 0.95)
    return Table(
        title=f"Searching {PASSAGES:,} passages grown from the sample board",
        note=f"{len(texts)} questions, asked for the first time and then again (with contents pages, so "
        "that no kept result is given), in turns; processor time. "
        "The whole call understands the question, searches with synonyms, ranks again, folds copies, counts "
        "facets and marks the words; an engine alone gives ten ordinals. Relative to Whoosh by itself, asked "
        f"for the first time, at p50 and at p95. {TARGETS}",
        header=("", "p50, ms", "p95, ms", "p50, relative", "p95, relative"),
        rows=tuple(
            (
                f"{name}, {turn}",
                f"{percentile(taken, 0.5) * 1000:.1f}",
                f"{percentile(taken, 0.95) * 1000:.1f}",
                ratio(percentile(taken, 0.5), middle),
                ratio(percentile(taken, 0.95), slow),
            )
            for turn, times in (("first", first), ("again", again))
            for name, taken in times.items()
        ),
        relative=(0, 3, 4),
    )


def _in_turns(folder: Path, index: Path, questions: list[str]) -> list[dict[str, list[float]]]:
    """Processor seconds for each question, asked the first and the second time."""
    from indexer.search.engines import backend
    from indexer.search.library import SearchRequest, open_library
    from indexer.search.query import tokens_of
    from indexer.search.question import parse_question
    from indexer.search.vocabulary import load
    from indexer.settings import Settings

    vocabulary, times = load(), [dict[str, list[float]]() for _ in range(2)]
    with closing(open_library(Settings(index=index))) as library:
        bare = _bare_whoosh(folder / "bare", library)
        engine = backend(ENGINE).open(library.generation.engine_folder)
        for number, turn in enumerate(times):
            for question in questions:
                tree = parse_question(question, vocabulary).tree
                plain = tuple(sorted(tokens_of(parse_question(question, None).tree)))
                # With contents pages the second time: what was found the first time is kept.
                request = SearchRequest(question, boilerplate=number > 0)
                for name, work in (
                    (WHOLE, lambda request=request: library.search(request)),
                    (ENGINE_ALONE, lambda tree=tree: engine.search(tree, 10)),
                    (BARE, lambda plain=plain: bare.search(plain)),
                ):
                    turn.setdefault(name, []).append(processor_seconds(work))
        engine.close()
        bare.close()
    return times


def _bare_whoosh(folder: Path, library: Library) -> BareWhoosh:
    """Whoosh with the same passages, their words as our analysis gives them."""
    from benchmarks.peers import BareWhoosh
    from benchmarks.synthetic import Sample
    from indexer.search.prepared import indexed, prepare_passage

    def samples() -> list[Sample]:
        found = []
        for r in library.catalogue.all_records():
            fields = indexed(r.ordinal, prepare_passage(r.passage, r.document, r.part, r.section)).fields
            words = {name: tuple(token.text for token in tokens) for name, tokens in fields.items()}
            found.append(Sample(r.ordinal, words["text"], words["heading"], words["title"]))
        return found

    bare = BareWhoosh()
    bare.build(folder, samples())
    bare.open(folder)
    return bare
