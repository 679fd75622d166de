"""Judgements and runs to figures: what the command and the office view ask for."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.errors import JudgementsInvalid, NotFound, UsageError
from indexer.judging.comparing import compare
from indexer.judging.files import read_lines
from indexer.judging.gold import is_gold, parse_gold
from indexer.judging.judgements import JudgementSet, current
from indexer.judging.lines import CorpusLines, measure_by_lines
from indexer.judging.model import Figures, Gold, Qrels, Run
from indexer.judging.names import measure_by_names
from indexer.judging.qrels import parse_qrels
from indexer.judging.runs import ask, read_run
from indexer.search.library import Library, open_library
from indexer.settings import Settings


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be measured against which judgements."""

    qrels: str | None = None
    """A file of judgements, TREC's or the gold format; None is the set kept beside the index."""
    topics: str | None = None
    """For TREC qrels: the questions, as id, tab, question."""
    run: str | None = None
    """Results to measure in place of asking the index."""
    baseline: str | None = None
    """Results to compare with."""
    expand: bool = True
    """Whether the vocabulary's other words are searched too."""


def measure(wanted: Wanted, settings: Settings) -> Figures:
    """The figures; the index is opened only where it is needed.

    Raises UsageError or JudgementsInvalid for files that cannot be used, IndexError_ or EngineError.
    """
    judged = None if wanted.qrels is None else _read(wanted)
    if judged is not None and wanted.run is not None:
        return _figures(judged, read_run(wanted.run), wanted, settings)
    with closing(open_library(settings)) as library:
        if judged is None:
            return measure_own(library, wanted)
        run, notes = _asked(library, judged, wanted)
        if isinstance(judged, Qrels):
            notes += unknown_names(judged, library.catalogue)
    figures = _figures(judged, run, wanted, settings)
    return replace(figures, notes=(*notes, *figures.notes))


def measure_own(library: Library, wanted: Wanted | None = None) -> Figures:
    """The figures of the judgements that are kept beside the index; raises JudgementsInvalid for none."""
    wanted = wanted or Wanted()
    kept = JudgementSet(library.settings.index).all()
    now = current(kept, library.catalogue)
    if not now.grades:
        raise JudgementsInvalid(
            f"No passage of this index has been judged ({JudgementSet(library.settings.index).path}).",
            "Judge hits in the office view, or name a file of judgements.",
        )
    judged = now.qrels()
    run, notes = (read_run(wanted.run), ()) if wanted.run else _asked(library, judged, wanted)
    if now.lost:
        notes += (f"{len(now.lost)} of {len(kept)} judged passages stand in no paper any more.",)
    figures = _figures(judged, run, wanted, library.settings)
    return replace(figures, notes=(*notes, *figures.notes))


def _read(wanted: Wanted) -> Gold | Qrels:
    assert wanted.qrels is not None  # noqa: S101 - said for the type checker
    lines = read_lines(wanted.qrels)
    if is_gold(lines):
        return parse_gold(wanted.qrels, lines)
    if wanted.topics is None and wanted.run is None:
        raise UsageError(
            f"{wanted.qrels} holds grades and no questions.",
            "Give the questions with --topics FILE, lines of id, tab, question.",
        )
    return parse_qrels(wanted.qrels, lines, wanted.topics)


def _asked(library: Library, judged: Gold | Qrels, wanted: Wanted) -> tuple[Run, tuple[str, ...]]:
    return ask(library, judged.questions, expand=wanted.expand)


def _figures(judged: Gold | Qrels, run: Run, wanted: Wanted, settings: Settings) -> Figures:
    """The run's figures, compared with the baseline's where there is one."""
    score = partial(_scored, judged, settings.corpus)
    figures = score(run)
    figures = replace(figures, notes=(*figures.notes, *_unanswered(judged.questions, run)))
    if wanted.baseline is None:
        return figures
    return replace(figures, comparisons=compare(score(read_run(wanted.baseline)), figures))


def _scored(judged: Gold | Qrels, corpus: Path, run: Run) -> Figures:
    if isinstance(judged, Gold):
        return measure_by_lines(judged, run, CorpusLines(corpus))
    return measure_by_names(judged, run)


def _unanswered(questions: Mapping[str, str], run: Run) -> tuple[str, ...]:
    lacking = [key for key in questions if key not in run]
    return (f"{len(lacking)} questions have no results and count as nothing found.",) if lacking else ()


def unknown_names(qrels: Qrels, catalogue: Catalogue) -> tuple[str, ...]:
    """A note on judged names that the index does not have; raises JudgementsInvalid where it has none."""
    names = {name for grades in qrels.grades.values() for name in grades}
    unknown = sorted((n for n in names if not _is_known(n, catalogue)), key=lambda n: qrels.lines.get(n, 0))
    if not unknown:
        return ()
    first = f"“{unknown[0]}” on line {qrels.lines.get(unknown[0], 0)}"
    if len(unknown) == len(names):
        raise JudgementsInvalid(
            f"No judged name is in this index; the first is {first}.",
            "Judge by a paper's file or id, or by DOCUMENT/PASSAGE; `boardsearch list` has the papers.",
        )
    return (f"{len(unknown)} of {len(names)} judged names are not in this index, the first {first}.",)


def _is_known(name: str, catalogue: Catalogue) -> bool:
    document, _, passage = name.rpartition("/")
    for look_up in (partial(catalogue.document, name), partial(catalogue.record_of, document, passage)):
        try:
            look_up()
        except NotFound:
            continue
        return True
    return False
