"""The judgement set: kept beside the index, and found again when papers are cut otherwise."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.build import Options, build
from indexer.catalogue import Catalogue
from indexer.errors import IndexNotWritable, JudgementsInvalid
from indexer.generations import current as generation
from indexer.judging.export import qrels_text, topics_text
from indexer.judging.judgements import Judgement, JudgementSet, current
from indexer.settings import Settings

SLEEP = "Every midwife should give parents advice on safe sleeping before the baby goes home."
AUDIT = "The audit group looked at twelve cases of neglect and found the voice of the child missing."
PAPER = f"Minutes of the Example Board\n\n1. Sleep\n\n{SLEEP}\n\n2. Neglect\n\n{AUDIT}\n"
JUDGED = Judgement("safe  sleep", "minutes.txt", "d", "p", "text", 1)


@pytest.fixture
def board(tmp_path: Path) -> Settings:
    """An index of one paper."""
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "minutes.txt").write_text(PAPER)
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", engine="memory")
    build(settings, Options(jobs=0))
    return settings


@pytest.fixture
def judged(board: Settings) -> Judgement:
    """A judgement of the passage on sleep."""
    with _catalogue(board) as catalogue:
        document = catalogue.document("minutes.txt")
        passage = next(p for p in catalogue.passages(document.id) if SLEEP in p.text)
    return Judgement("safe sleep", "minutes.txt", document.id, passage.id, passage.text, 1)


def _catalogue(settings: Settings) -> Catalogue:
    return Catalogue.open(generation(settings.index).catalogue_path)


def _names(settings: Settings, *judgements: Judgement) -> tuple[dict[str, int], int]:
    """The grades of the only question, and how many judgements are lost."""
    with _catalogue(settings) as catalogue:
        now = current(judgements, catalogue)
    return dict(next(iter(now.grades.values()), {})), len(now.lost)


# ---------------------------------------------------------------- kept


def test_keeps_one_judgement_of_a_passage_for_a_question(tmp_path: Path) -> None:
    kept = JudgementSet(tmp_path)
    assert kept.all() == ()
    kept.put(JUDGED)
    kept.put(replace(JUDGED, question=" safe sleep", grade=0))
    kept.put(replace(JUDGED, question="neglect"))
    assert [(j.question, j.grade) for j in JudgementSet(tmp_path).all()] == [
        ("safe sleep", 0),
        ("neglect", 1),
    ]


def test_takes_a_judgement_back(tmp_path: Path) -> None:
    kept = JudgementSet(tmp_path)
    kept.put(JUDGED)
    kept.take_back("safe sleep", "d", "another")
    assert len(kept.all()) == 1
    kept.take_back("safe   sleep", "d", "p")
    assert kept.all() == ()


def test_questions_come_in_the_order_in_which_they_were_first_judged(tmp_path: Path) -> None:
    kept = JudgementSet(tmp_path)
    for question, passage in (("b", "p1"), ("a", "p1"), ("b", "p2")):
        kept.put(replace(JUDGED, question=question, passage=passage))
    assert [(j.question, j.passage) for j in kept.all()] == [("b", "p1"), ("b", "p2"), ("a", "p1")]


def test_many_writers_lose_nothing(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda n: JudgementSet(tmp_path).put(replace(JUDGED, passage=str(n))), range(40)))
    assert len(JudgementSet(tmp_path).all()) == 40


def test_a_damaged_file_is_not_an_empty_one(tmp_path: Path) -> None:
    JudgementSet(tmp_path).path.write_bytes(b"not a database at all, whatever its name says" * 30)
    with pytest.raises(JudgementsInvalid, match="is damaged"):
        JudgementSet(tmp_path).all()


def test_a_folder_that_is_not_there_refuses(tmp_path: Path) -> None:
    with pytest.raises(IndexNotWritable, match="cannot be read or written"):
        JudgementSet(tmp_path / "gone").put(JUDGED)


# ---------------------------------------------------------------- found again


def test_a_passage_is_found_by_its_id(board: Settings, judged: Judgement) -> None:
    other_text = replace(judged, text="nothing that stands there")
    assert _names(board, other_text) == ({f"{judged.document}/{judged.passage}": 1}, 0)


def test_survives_builds(board: Settings, judged: Judgement) -> None:
    JudgementSet(board.index).put(judged)
    build(board, Options(jobs=0, fresh=True))
    build(board, Options(jobs=0, fresh=True))
    build(board, Options(jobs=0, fresh=True))
    (kept,) = JudgementSet(board.index).all()
    assert _names(board, kept) == ({f"{judged.document}/{judged.passage}": 1}, 0)


def _rewritten(board: Settings, change: Callable[[str], str]) -> None:
    (board.corpus / "minutes.txt").write_text(change(PAPER))
    build(board, Options(jobs=0))


def test_a_passage_that_is_cut_otherwise_is_found_by_its_words(board: Settings, judged: Judgement) -> None:
    _rewritten(board, lambda text: text.replace(SLEEP, f"{SLEEP} Health visitors give it again."))
    names, lost = _names(board, judged)
    assert lost == 0
    (name,) = names
    assert name != f"{judged.document}/{judged.passage}"
    with _catalogue(board) as catalogue:
        assert SLEEP in catalogue.record_of(*name.split("/")).passage.text


def test_what_no_paper_says_any_more_is_lost_and_said_so(board: Settings, judged: Judgement) -> None:
    _rewritten(board, lambda text: text.replace(SLEEP, "Budgets were noted without further remarks."))
    assert _names(board, judged) == ({}, 1)
    assert _names(board, replace(judged, file="gone.txt", document="gone")) == ({}, 1)


def test_of_two_judgements_on_one_passage_the_kinder_holds(board: Settings, judged: Judgement) -> None:
    again = replace(judged, passage="as it was cut before", grade=0)
    assert _names(board, judged, again) == _names(board, again, judged) == _names(board, judged)


def test_is_exported_as_trec_files(board: Settings, judged: Judgement) -> None:
    with closing(_catalogue(board)) as catalogue:
        now = current([judged, replace(judged, question="beds", grade=0)], catalogue)
    name = f"{judged.document}/{judged.passage}"
    assert qrels_text(now) == f"q1\t0\t{name}\t1\nq2\t0\t{name}\t0\n"
    assert topics_text(now) == "q1\tsafe sleep\nq2\tbeds\n"
