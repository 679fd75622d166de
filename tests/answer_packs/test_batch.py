"""Many questions, one pack: each with its best passages, or why it has none."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from indexer.answer_packs.batch import ask, to_pack
from indexer.answer_packs.handing import hand_on
from indexer.answer_packs.model import AnswerPack
from indexer.answer_packs.table import BATCH_COLUMNS, handout_to_csv
from indexer.cli import main
from indexer.search.library import Library
from indexer.settings import Settings

LIST = ("neglect audit", "staff trained in neglect", "zebra", "the of")


def test_each_question_has_its_passages_or_a_reason(library: Library) -> None:
    asked = ask(library, LIST, 2)
    assert [len(one.sources) for one in asked] == [2, 2, 0, 0]
    assert [one.search.found for one in asked] == [2, 2, 0, None]
    assert "only words" in asked[3].search.refused
    assert len(ask(library, LIST[:1], 1)[0].sources) == 1


def test_a_passage_that_answers_two_questions_is_in_the_pack_once_and_named_under_both(
    library: Library,
) -> None:
    handout = hand_on(to_pack(AnswerPack(""), ask(library, LIST, 2)), library)
    first, second, nothing, refused = handout.groups()
    assert (len(handout.entries), len(first.entries), len(second.elsewhere)) == (2, 2, 2)
    assert (second.remark, nothing.remark) == ("", "Nothing found.") and "only words" in refused.remark
    rows = list(csv.DictReader(io.StringIO(handout_to_csv(handout, ""))))
    assert [row["question"] for row in rows] == [*LIST[:1] * 2, *LIST[1:2] * 2, *LIST[2:]]


def test_what_is_not_asked_in_time_says_so(library: Library) -> None:
    asked = ask(library, LIST, 2, seconds=0)
    assert all("Not asked" in one.search.refused and not one.sources for one in asked)


def test_the_command_prints_csv(
    settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "questions.tsv"
    file.write_text("".join(f"q{n}\t{question}\n" for n, question in enumerate(LIST, 1)))
    assert main(["batch", str(file), "--csv", "--index", str(settings.index), "--limit", "1"]) == 0
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out)))
    assert tuple(rows[0]) == BATCH_COLUMNS
    assert [(row["id"], row["rank"]) for row in rows] == [("q1", "1"), ("q2", "1"), ("q3", ""), ("q4", "")]
    assert rows[0]["quote"] and rows[0]["citation"] and rows[2]["remark"] == "Nothing found."
    for options in ([], ["--json"]):
        assert main(["batch", str(file), "--index", str(settings.index), *options]) == 0
        lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
        assert [line["id"] for line in lines] == ["q1", "q2", "q3", "q4"] and "error" in lines[3]
