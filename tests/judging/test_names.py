"""Figures by name, worked out by hand."""

from __future__ import annotations

import math

import pytest

from indexer.errors import JudgementsInvalid
from indexer.judging.model import FoundHit, FoundPlace, Qrels
from indexer.judging.names import measure_by_names, named


def hit(*names: str) -> FoundHit:
    """A hit of passage "D/P" in the file "D.txt", each further name a copy."""
    return FoundHit(
        tuple(FoundPlace((name, name.split("/")[0], f"{name.split('/')[0]}.txt")) for name in names)
    )


def test_gives_the_measures_of_trec_eval() -> None:
    qrels = Qrels({"q": {"a/1": 1, "b/1": 2, "c/1": 0}}, {"q": "words"})
    found = measure_by_names(qrels, {"q": (hit("x/1"), hit("b/1"), hit("c/1"), hit("a/1"))})
    ideal = 2 + 1 / math.log2(3)
    assert found.means == {
        "nDCG@10": pytest.approx((2 / math.log2(3) + 1 / math.log2(5)) / ideal, abs=1e-6),
        "R@20": 1.0,
        "P@3": pytest.approx(1 / 3),
        "RR": 0.5,
        "Judged@10": 0.75,
    }
    assert [(q.id, q.query) for q in found.questions] == [("q", "words")]


def test_of_a_paper_only_the_first_hit_counts_where_papers_are_judged() -> None:
    qrels = Qrels({"q": {"a.txt": 1, "b": 1}})
    found = measure_by_names(qrels, {"q": (hit("a/1"), hit("a/2"), hit("a/3"), hit("b/1"))})
    assert (found.means["P@3"], found.means["nDCG@10"]) == (pytest.approx(2 / 3), pytest.approx(1.0))


def test_a_hit_has_its_best_judged_copy_and_no_name_twice() -> None:
    grades = {"a/1": 1, "b/1": 2}
    assert named((hit("x/1", "a/1", "b/1"), hit("a/1")), grades, by_document=False) == ["b/1", "a/1"]
    assert named((hit("a/1", "b/1"), hit("b/1", "a/1"), hit("x/2")), grades, by_document=False) == [
        "b/1",
        "a/1",
        "x/2",
    ]


def test_a_question_without_results_counts_and_one_without_a_right_answer_does_not() -> None:
    qrels = Qrels({"q1": {"a/1": 1}, "q2": {"a/1": 1}, "q3": {"a/1": 0}})
    found = measure_by_names(qrels, {"q1": (hit("a/1"),), "q3": (hit("a/1"),)})
    assert found.means["nDCG@10"] == 0.5
    assert found.notes == ("1 questions of which nothing is judged useful are left out.",)


def test_without_a_right_answer_there_is_nothing_to_measure() -> None:
    with pytest.raises(JudgementsInvalid, match="No judgement has a grade above 0"):
        measure_by_names(Qrels({"q": {"a/1": 0}}), {})
