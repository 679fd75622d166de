"""Figures by lines, worked out by hand; and the same as the shared measure's on the shared judgements."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from pathlib import Path

import pytest

from indexer.errors import JudgementsInvalid
from indexer.judging.files import read_lines
from indexer.judging.gold import parse_gold
from indexer.judging.lines import CorpusLines, measure_by_lines
from indexer.judging.model import (
    Figures,
    FoundHit,
    FoundPlace,
    Gold,
    GoldAnswer,
    KnownItem,
    Lines,
    Topic,
)
from indexer.judging.runs import read_run

PAPER = "one two three four\nfive six\nseven eight nine ten\n\neleven twelve\n"


@pytest.fixture
def corpus(tmp_path: Path) -> CorpusLines:
    (tmp_path / "board").mkdir()
    (tmp_path / "board" / "a.txt").write_text(PAPER)
    (tmp_path / "b.txt").write_text(PAPER)
    return CorpusLines(tmp_path)


def hit(first: int, last: int, *copies: Lines, file: str = "board/a.txt", text: str = "") -> FoundHit:
    places = (Lines(file, first, last), *copies)
    return FoundHit(tuple(FoundPlace((), place) for place in places), text)


def of_topic(corpus: CorpusLines, hits: tuple[FoundHit, ...], *answers: GoldAnswer) -> dict[str, float]:
    gold = Gold((Topic("T", "question", answers),), ())
    return dict(measure_by_lines(gold, {"T": hits}, corpus).questions[0].values)


def answer(grade: int, first: int, last: int, file: str = "a.txt") -> GoldAnswer:
    return GoldAnswer(grade, (Lines(file, first, last),))


def test_a_perfect_run_is_worth_one(corpus: CorpusLines) -> None:
    values = of_topic(corpus, (hit(1, 1), hit(3, 3)), answer(2, 1, 1), answer(1, 3, 3))
    assert values == {"nDCG@10": 1.0, "R2@20": 1.0, "MRR2": 1.0, "P@3": pytest.approx(2 / 3)}


def test_the_better_answer_at_second_place_costs(corpus: CorpusLines) -> None:
    values = of_topic(corpus, (hit(3, 3), hit(1, 1)), answer(2, 1, 1), answer(1, 3, 3))
    assert values["nDCG@10"] == pytest.approx((1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3)))
    assert values["MRR2"] == 0.5


def test_a_copy_shows_the_answer_too_and_is_credited_once(corpus: CorpusLines) -> None:
    copied = GoldAnswer(2, (Lines("a.txt", 1, 1), Lines("b.txt", 1, 1)))
    folded = hit(5, 5, Lines("b.txt", 1, 1))
    assert of_topic(corpus, (folded,), copied)["nDCG@10"] == 1.0
    twice = of_topic(corpus, (hit(1, 1), hit(1, 1, file="b.txt")), copied)
    assert (twice["nDCG@10"], twice["R2@20"]) == (1.0, 1.0)


@pytest.mark.parametrize(
    ("first", "last", "shown"),
    [
        (1, 1, True),  # 4 of the answer's 6 words
        (2, 2, True),  # all of the hit's own words lie inside
        (2, 3, False),  # 2 words shared: of 6 and of 6
        (1, 5, True),
        (3, 5, False),
    ],
)
def test_a_hit_shows_what_it_shares_half_of(corpus: CorpusLines, first: int, last: int, shown: bool) -> None:
    assert of_topic(corpus, (hit(first, last),), answer(2, 1, 2))["MRR2"] == float(shown)


def test_context_alone_has_no_recall(corpus: CorpusLines) -> None:
    assert set(of_topic(corpus, (hit(1, 1),), answer(1, 1, 1))) == {"nDCG@10", "P@3"}


def test_a_known_item_needs_its_lines_and_its_words(corpus: CorpusLines) -> None:
    item = KnownItem("K", "question", "Eleven  TWELVE", (Lines("a.txt", 3, 5),))
    found = measure_by_lines(Gold((), (item,)), {"K": (hit(3, 3), hit(3, 5))}, corpus)
    assert found.means == {"S@1": 0.0, "S@3": 1.0, "MRR@10": 0.5, "cited": 0.0, "words": 5.0}


def test_what_has_no_lines_shows_nothing(corpus: CorpusLines) -> None:
    nowhere = FoundHit((FoundPlace(("minutes.pdf",)),), "one")
    assert of_topic(corpus, (nowhere,), answer(2, 1, 1))["nDCG@10"] == 0.0


def test_a_question_without_results_counts_and_one_without_answers_does_not(corpus: CorpusLines) -> None:
    topics = (Topic("A", "", (answer(2, 1, 1),)), Topic("B", "", (answer(2, 3, 3),)), Topic("C", "", ()))
    found = measure_by_lines(Gold(topics, ()), {"A": (hit(1, 1, text="one\ntwo three four"),)}, corpus)
    assert (found.means["nDCG@10"], found.means["cited"], found.means["words"]) == (0.5, 1.0, 4.0)
    assert found.notes == ("1 questions without an answer are left out.",)


@pytest.mark.parametrize(
    ("judged", "said"),
    [
        (answer(2, 1, 9), "a.txt has 6 lines; lines 1 to 9"),
        (answer(2, 1, 1, "c.txt"), "there is no such file"),
    ],
)
def test_another_corpus_than_the_judged_one_is_refused(
    corpus: CorpusLines, judged: GoldAnswer, said: str
) -> None:
    with pytest.raises(JudgementsInvalid, match=said):
        of_topic(corpus, (), judged)


# ---------------------------------------------------------------- beside the shared measure


@pytest.fixture(scope="module")
def kept_run(shared_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Results with hits, copies, splinters and misses, made from the judgements and the corpus by rule."""
    gold = json.loads((shared_folder / "gold" / "dev.json").read_text("utf-8"))
    lines = []
    for number, entry in enumerate(gold["topics"] + gold["known_items"]):
        spans = [s for a in entry.get("answers", [entry]) for s in a["spans"]]
        hits = [_hit(shared_folder, s, i + number) for i, s in enumerate(spans) if (i + number) % 4]
        if number % 7:
            lines.append(json.dumps({"id": entry["id"], "hits": hits[number % 3 :][:25]}))
    path = tmp_path_factory.mktemp("run") / "run.jsonl"
    path.write_text("\n".join(lines), "utf-8")
    return path


def _hit(shared: Path, span: dict[str, object], turn: int) -> dict[str, object]:
    """The span itself, one line too many, or many too many; one in five with a text that is not there."""
    file, (first, last) = str(span["file"]), span["lines"]  # type: ignore[misc]
    wide = (0, 1, 12)[turn % 3]
    text = (shared / "corpus" / file).read_text("utf-8").split("\n")
    first, last = max(1, first - wide), min(len(text), last + wide)
    shown = " ".join(text[first - 1 : last]) if turn % 5 else "this stands nowhere"
    copies = [{"file": file, "lines": [1, 2]}] if turn % 2 else []
    return {"file": file, "lines": [first, last], "text": shown, "also_in": copies}


@pytest.mark.shared
def test_gives_the_figures_of_the_shared_measure(shared_folder: Path, kept_run: Path) -> None:
    qrels, corpus = shared_folder / "gold" / "dev.json", shared_folder / "corpus"
    score = [sys.executable, str(shared_folder / "gold" / "score.py"), str(kept_run), "--json"]
    options = ["--qrels", str(qrels), "--corpus", str(corpus)]
    theirs = json.loads(subprocess.run([*score, *options], capture_output=True, text=True, check=True).stdout)
    ours = _figures(qrels, kept_run, corpus)
    assert {measure: round(value, 4) for measure, value in ours.means.items()} == {
        measure: theirs[measure] for measure in ours.means
    }
    assert set(ours.means) == theirs.keys() - {"topics", "items", "missing_queries"}
    assert 0.2 < ours.means["nDCG@10"] < 0.9  # a run that tells


@pytest.mark.shared
def test_gives_each_questions_figures_of_the_shared_measure(shared_folder: Path, kept_run: Path) -> None:
    qrels, corpus = shared_folder / "gold" / "dev.json", shared_folder / "corpus"
    score = [sys.executable, str(shared_folder / "gold" / "score.py"), str(kept_run), "--per-query"]
    options = ["--qrels", str(qrels), "--corpus", str(corpus)]
    printed = subprocess.run([*score, *options], capture_output=True, text=True, check=True).stdout
    theirs = {}
    for line in printed.splitlines():
        key, _, values = line.partition(" | ")[0].partition(" ")
        theirs[key] = sorted(values.split())
    for question in _figures(qrels, kept_run, corpus).questions:
        assert sorted(f"{m}={v:.2f}" for m, v in question.values.items()) == theirs[question.id]


def _figures(qrels: Path, run: Path, corpus: Path) -> Figures:
    gold = parse_gold(str(qrels), read_lines(str(qrels)))
    return measure_by_lines(gold, read_run(str(run)), CorpusLines(corpus))
