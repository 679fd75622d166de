"""Judgements and an index to figures, whatever the judgements' form."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import JudgementsInvalid, UsageError
from indexer.judging.judgements import Judgement, JudgementSet
from indexer.judging.measure import Wanted, measure
from indexer.judging.report import figures_lines, figures_to_json
from indexer.search.library import SearchRequest, open_library
from indexer.search.payload import hit_to_json
from indexer.search.results import Hit
from indexer.settings import Settings

QUESTION = "neglect"


@pytest.fixture(scope="module")
def hits(sample_index: Settings) -> tuple[Hit, ...]:
    with closing(open_library(sample_index)) as library:
        return library.search(SearchRequest(QUESTION, limit=20)).hits


@pytest.fixture
def files(tmp_path: Path) -> Path:
    (tmp_path / "topics.tsv").write_text(f"q1\t{QUESTION}\n")
    return tmp_path


def wanted(files: Path, *qrels: str, **more: str) -> Wanted:
    (files / "qrels").write_text("\n".join(qrels))
    return Wanted(
        str(files / "qrels"), str(files / "topics.tsv"), **{k: str(files / v) for k, v in more.items()}
    )


def test_papers_judged_by_their_files(sample_index: Settings, hits: tuple[Hit, ...], files: Path) -> None:
    found = measure(wanted(files, f"q1\t0\t{hits[0].source.document.file}\t1"), sample_index)
    assert (found.means["RR"], found.means["R@20"], found.notes) == (1.0, 1.0, ())


def test_passages_judged_by_their_ids(sample_index: Settings, hits: tuple[Hit, ...], files: Path) -> None:
    second = hits[1].source
    found = measure(wanted(files, f"q1 0 {second.document.id}/{second.passage.id} 1"), sample_index)
    assert found.means["RR"] == 0.5


def test_names_that_the_index_has_not_are_told(
    sample_index: Settings, hits: tuple[Hit, ...], files: Path
) -> None:
    known = f"q1 0 {hits[0].source.document.id} 1"
    found = measure(wanted(files, known, "q1 0 gone.pdf 1", "q1 0 a/b/c 1"), sample_index)
    assert found.notes == ("2 of 3 judged names are not in this index, the first “gone.pdf” on line 2.",)
    with pytest.raises(JudgementsInvalid, match="No judged name is in this index"):
        measure(wanted(files, "q1 0 gone.pdf 1"), sample_index)


def test_qrels_need_their_questions(sample_index: Settings, files: Path) -> None:
    with pytest.raises(UsageError, match="holds grades and no questions"):
        measure(Wanted(wanted(files, "q1 0 a 1").qrels), sample_index)


def test_a_file_of_results_needs_no_index(files: Path) -> None:
    (files / "run").write_text("q1 Q0 b 1 2 x\nq1 Q0 a 2 1 x\n")
    (files / "old").write_text("q1 Q0 a 1 1 x\n")
    asked = wanted(files, "q1 0 a 1", "q2 0 a 1", run="run", baseline="old")
    found = measure(Wanted(asked.qrels, None, asked.run, asked.baseline), Settings(index=files / "none"))
    assert found.means["RR"] == 0.25
    (rr,) = (one for one in found.comparisons if one.measure == "RR")
    assert (rr.before, rr.after, rr.better, rr.worse, rr.same, rr.p_value) == (0.5, 0.25, 0, 1, 1, 1.0)


def test_answers_judged_by_lines(sample_index: Settings, files: Path) -> None:
    with closing(open_library(sample_index)) as library:
        results = library.search(SearchRequest("section 11 audit", limit=20)).hits
    hit = next(hit for hit in results if hit.source.passage.lines)
    span = {"file": hit.source.document.file, "lines": hit.source.passage.lines}
    entry = {"id": "q1", "query": "section 11 audit", "answers": [{"grade": 2, "spans": [span]}]}
    found = measure(wanted(files, json.dumps({"topics": [entry]})), sample_index)
    assert found.means["R2@20"] == found.means["cited"] == 1.0
    (files / "run.jsonl").write_text(json.dumps({"id": "q1", "hits": [hit_to_json(hit)]}))
    assert (
        measure(wanted(files, json.dumps({"topics": [entry]}), run="run.jsonl"), sample_index).means["MRR2"]
        == 1
    )


def test_the_set_beside_the_index(sample_index: Settings, hits: tuple[Hit, ...]) -> None:
    kept = JudgementSet(sample_index.index)
    with pytest.raises(JudgementsInvalid, match="No passage of this index has been judged"):
        measure(Wanted(), sample_index)
    try:
        for hit, grade in ((hits[0], 0), (hits[1], 1)):
            source = hit.source
            names = (source.document.file, source.document.id, source.passage.id, source.passage.text)
            kept.put(Judgement(QUESTION, *names, grade))
        found = measure(Wanted(), sample_index)
    finally:
        kept.path.unlink()
    assert (found.means["RR"], found.means["Judged@10"]) == (0.5, pytest.approx(2 / 10))


def test_the_report_says_what_it_is_of(sample_index: Settings, hits: tuple[Hit, ...], files: Path) -> None:
    asked = wanted(files, f"q1\t0\t{hits[0].source.document.file}\t1")
    found = measure(asked, sample_index)
    lines = list(figures_lines(found, per_query=True))
    assert lines[0] == "1 judged questions" and lines[-1].startswith("q1 nDCG@10=1.00 ")
    as_json = figures_to_json(found, per_query=False)
    assert as_json["measures"]["RR"] == 1.0 and "per_query" not in as_json and "comparison" not in as_json
