"""Figures by name: trec_eval's measures, through ir-measures, for judgements of documents or passages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from indexer.errors import JudgementsInvalid
from indexer.judging.lines import DEPTH, means_of
from indexer.judging.model import Figures, FoundHit, Qrels, QuestionFigures, Run

MEASURES = ("nDCG@10", "R@20", "P@3", "RR", "Judged@10")
"""As ir-measures calls them; RR is what others call MRR, Judged@10 the share of hits that anybody judged."""


def measure_by_names(qrels: Qrels, run: Run) -> Figures:
    """The figures of a run; a question without hits counts with 0, one without a right answer not at all.

    Raises JudgementsInvalid where nothing is judged right.
    """
    judged = {key: grades for key, grades in qrels.grades.items() if any(grades.values())}
    if not judged:
        raise JudgementsInvalid(
            "No judgement has a grade above 0, so nothing can be measured.", "Mark what is useful as well."
        )
    names = {name for grades in judged.values() for name in grades}
    by_document = not any(
        place.names[0] in names for hits in run.values() for h in hits for place in h.places
    )
    ranked = {key: named(run.get(key, ()), grades, by_document) for key, grades in judged.items()}
    values = _values(judged, ranked)
    rows = tuple(QuestionFigures(key, qrels.questions.get(key, ""), values[key]) for key in judged)
    left = len(qrels.grades) - len(judged)
    notes = (f"{left} questions of which nothing is judged useful are left out.",) if left else ()
    return Figures(means_of(rows, MEASURES), rows, notes)


def named(hits: Iterable[FoundHit], grades: Mapping[str, int], by_document: bool) -> list[str]:
    """A name for each hit: the best judged of those that it and its copies have and no hit before it had.

    Where documents are judged, only the first hit of each counts: the rest of its passages are the
    same answer.
    """
    used: list[str] = []
    documents: set[str] = set()
    for hit in hits:
        own = [name for place in hit.places for name in place.names]
        known = [name for name in own if name in grades and name not in used]
        if known:
            used.append(max(known, key=lambda name: grades[name]))
        elif not by_document or not documents.intersection(hit.places[0].names):
            used.append(own[0])
        documents.update(hit.places[0].names[1:])
    return used[:DEPTH]


def _values(
    judged: Mapping[str, Mapping[str, int]], ranked: Mapping[str, list[str]]
) -> dict[str, dict[str, float]]:
    import ir_measures  # with SciPy it takes a second to load, which only measuring is to cost

    scores = {key: {n: -float(at) for at, n in enumerate(names)} for key, names in ranked.items() if names}
    measures = [ir_measures.parse_measure(measure) for measure in MEASURES]
    values: dict[str, dict[str, float]] = defaultdict(lambda: dict.fromkeys(MEASURES, 0.0))
    for one in ir_measures.iter_calc(measures, {k: dict(g) for k, g in judged.items()}, scores):
        values[one.query_id][str(one.measure)] = float(one.value)
    return values
