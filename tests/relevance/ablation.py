"""What each means of the search gives: each is switched off in turn, and the judged questions asked again.

    python tests/relevance/ablation.py [--shared DIR] [--index DIR] [--write FILE]

The switches are the product's own: parameters of the library, of its engine and of a request. The figures are
those of ``boardsearch measure``; p is Fisher's randomisation test over the questions. ``make ablation``
writes docs/ranking.md.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from indexer.build import Options, build
from indexer.errors import UsageError
from indexer.generations import current
from indexer.judging.comparing import compare
from indexer.judging.files import read_lines
from indexer.judging.gold import parse_gold
from indexer.judging.lines import DEPTH, CorpusLines, measure_by_lines
from indexer.judging.model import Comparison, Figures, FoundHit, Gold
from indexer.judging.runs import found_hits
from indexer.search.contract import FIELD_WEIGHTS
from indexer.search.library import Library, SearchRequest
from indexer.search.ranking import DEFAULT_WEIGHTS, Weights
from indexer.settings import Settings

REPORT = Path(__file__).parents[2] / "docs" / "ranking.md"
NEGLIGIBLE = 1e-9
"""A field of this weight finds as before and adds nothing to a score."""
NEUTRAL = {"told_already": 1.0, "crumb": 1.0}
"""The weights that are switched off by 1; all others by 0."""
MEASURES = ("nDCG@10", "R2@20", "P@3", "MRR2", "S@1", "S@3")
TESTED = ("nDCG@10", "MRR@10")
"""The measures whose p is printed: one for the needs, one for the known items."""


@dataclass(frozen=True, slots=True)
class Variant:
    """The product with one means switched off."""

    name: str
    weights: Weights = DEFAULT_WEIGHTS
    field_weights: Mapping[str, float] = field(default_factory=lambda: FIELD_WEIGHTS)
    fold: bool = True
    expand: bool = True
    boilerplate: bool = False


def variants() -> Iterator[Variant]:
    """The whole product first, then each means switched off; every weight of the closer ranking is one."""
    off = {one.name: NEUTRAL.get(one.name, 0.0) for one in fields(Weights)}
    yield Variant("everything on")
    yield Variant("vocabulary", expand=False)
    for name in FIELD_WEIGHTS:
        if name != "text":
            yield Variant(f"{name} field", field_weights={**FIELD_WEIGHTS, name: NEGLIGIBLE})
    wished = {name: off[name] for name in ("kind", "figures", "year", "paper") if name in off}
    yield Variant("all wishes: statement, figures, year, paper", replace(DEFAULT_WEIGHTS, **wished))
    yield Variant("all of the closer ranking", Weights(**off))
    for name, value in off.items():
        yield Variant(f"closer ranking: {name}", replace(DEFAULT_WEIGHTS, **{name: value}))
    yield Variant("boilerplate set aside", boilerplate=True)
    yield Variant("copies folded", fold=False)


def main() -> int:
    """Measure and write the table; 0."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[3] / "shared")
    parser.add_argument("--index", type=Path, help="an index of the shared corpus that is there already")
    parser.add_argument("--write", type=Path, default=REPORT, metavar="FILE")
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        print(f"No folder {arguments.shared}: nothing to measure on.")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        settings = Settings(corpus=arguments.shared / "corpus", index=arguments.index or Path(scratch))
        if arguments.index is None:
            build(settings, Options())
        qrels = str(arguments.shared / "gold" / "dev.json")
        gold = parse_gold(qrels, read_lines(qrels))
        measured = [_measured(variant, gold, settings) for variant in variants()]
    arguments.write.write_text(report(measured, gold), "utf-8")
    print(arguments.write.read_text("utf-8"))
    return 0


def _measured(variant: Variant, gold: Gold, settings: Settings) -> tuple[str, Figures]:
    generation = current(settings.index)
    opened = Library(
        settings, generation, variant.weights, field_weights=variant.field_weights, fold=variant.fold
    )
    with closing(opened) as library:
        run = {key: _hits(library, question, variant) for key, question in gold.questions.items()}
    figures = measure_by_lines(gold, run, CorpusLines(settings.corpus))
    print(f"{variant.name}: nDCG@10 {figures.means['nDCG@10']:.4f}", file=sys.stderr, flush=True)
    return variant.name, figures


def _hits(library: Library, question: str, variant: Variant) -> tuple[FoundHit, ...]:
    request = SearchRequest(question, limit=DEPTH, expand=variant.expand, boilerplate=variant.boilerplate)
    try:
        return found_hits(library.search(request))
    except UsageError:
        return ()


# ---------------------------------------------------------------- the table

INTRODUCTION = """# What each part of the ranking gives

Written by `make ablation`: {topics} judged needs and {items} questions with one answer, over four real papers
of safeguarding boards. The first line is the search as it is; in each other line one means is switched off,
and the figures are the difference that makes. Below zero, the means helps. *p* is how often chance alone
would make a difference as large (Fisher's randomisation test over the questions, two-sided): for nDCG@10
over the needs, for MRR@10 over the questions with one answer. With so few questions only what is below 0.05
is more than a hint, and of twenty lines one is below it by chance. The weights stand in
`indexer/search/ranking.py` and `contract.py`, the measures in [measuring.md](measuring.md).
"""


def report(measured: list[tuple[str, Figures]], gold: Gold) -> str:
    """The table as Markdown; the first variant is what the others are compared with."""
    (name, whole), *others = measured
    counts = {"topics": sum(bool(topic.answers) for topic in gold.topics), "items": len(gold.items)}
    header = ["switched off", *MEASURES, *(f"p ({measure})" for measure in TESTED)]
    rows = [header, ["---", *["---:"] * (len(header) - 1)], _whole_row(name, whole)]
    rows += [_row(other, whole, figures) for other, figures in others]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    return f"{INTRODUCTION.format(**counts)}\n{table}\n"


def _whole_row(name: str, figures: Figures) -> list[str]:
    return [f"**{name}**", *(f"{figures.means[measure]:.3f}" for measure in MEASURES), *[""] * len(TESTED)]


def _row(name: str, whole: Figures, figures: Figures) -> list[str]:
    compared: dict[str, Comparison] = {one.measure: one for one in compare(whole, figures)}
    changes = [compared[measure].after - compared[measure].before for measure in MEASURES]
    cells = ["0" if abs(change) < 0.0005 else f"{change:+.3f}" for change in changes]
    values = [compared[measure].p_value for measure in TESTED]
    return [name, *cells, *("under 0.001" if p < 0.001 else f"{p:.3f}" for p in values)]


if __name__ == "__main__":
    sys.exit(main())
