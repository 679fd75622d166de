"""The commands `measure` and `judgements`: results on standard output, the right exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from indexer.cli import main
from indexer.judging.judgements import Judgement, JudgementSet
from indexer.judging.names import MEASURES
from indexer.settings import Settings

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def at(sample_index: Settings) -> list[str]:
    return ["--index", str(sample_index.index)]


@pytest.fixture
def hit(at: list[str], capsys: Captured) -> Any:
    assert main(["search", "neglect", "--limit", "1", "--json", *at]) == 0
    (found,) = json.loads(capsys.readouterr().out)["hits"]
    return found


def test_measure_prints_figures_as_text_and_json(
    at: list[str], hit: Any, tmp_path: Path, capsys: Captured
) -> None:
    qrels, topics = tmp_path / "qrels", tmp_path / "topics.tsv"
    qrels.write_text(f"q1\t0\t{hit['file']}\t1\n")
    topics.write_text("q1\tneglect\n")
    command = ["measure", str(qrels), "--topics", str(topics), *at]
    assert main([*command, "--per-query"]) == 0
    assert "  RR           1.0000\n" in capsys.readouterr().out
    assert main([*command, "--json", "--no-synonyms"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["questions"] == 1 and set(found["measures"]) == set(MEASURES)
    qrels.write_text("q1 0 minutes.txt 1\nq1 0 minutes.txt\n")
    assert main(command) == 2
    assert f"Line 2 of {qrels} has 3 columns" in capsys.readouterr().err


def test_judgements_prints_trec_files(
    at: list[str], hit: Any, sample_index: Settings, capsys: Captured
) -> None:
    assert main(["measure", *at]) == 2
    assert "No passage of this index has been judged" in capsys.readouterr().err
    kept = JudgementSet(sample_index.index)
    kept.put(Judgement("neglect", hit["file"], hit["document"]["id"], hit["id"], hit["text"], 1))
    kept.put(Judgement("neglect", "gone.txt", "gone", "gone", "what nobody wrote", 1))
    try:
        assert main(["judgements", *at]) == 0
        out, err = capsys.readouterr()
        assert out == f"q1\t0\t{hit['document']['id']}/{hit['id']}\t1\n"
        assert "1 judged passages stand in no paper any more" in err
        assert main(["judgements", "--topics", *at]) == 0
        assert capsys.readouterr().out == "q1\tneglect\n"
        assert main(["measure", *at]) == 0
        assert "  RR           1.0000\n" in capsys.readouterr().out
    finally:
        kept.path.unlink()
