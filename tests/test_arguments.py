"""What the options of the commands ask the library for, on a small board."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import Options, build
from indexer.cli import main
from indexer.settings import Settings


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a corpus and an index of it, which is what the commands take by default."""
    folder = tmp_path_factory.mktemp("board")
    (folder / "corpus").mkdir()
    paper = folder / "corpus" / "training.md"
    paper.write_text("# Training\n\nAll staff were trained in thresholds for referral this year.\n")
    build(Settings(corpus=folder / "corpus", index=folder / "index"), Options(jobs=0))
    return folder


@pytest.fixture(autouse=True)
def in_board(board: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(board)
    yield


def test_other_words_can_be_left_out_of_all_or_some(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    def searched(*options: str) -> list[str]:
        assert main(["search", "thresholds", "training", "--json", *options]) == 0
        return [one["typed"] for one in json.loads(capsys.readouterr().out)["expansions"]]

    assert searched() == ["thresholds", "training"]
    assert searched("--no-expand") == searched("--no-synonyms") == []
    assert searched("--plain", "thresholds") == ["training"]
    questions = tmp_path / "questions.tsv"
    questions.write_text("1\tlevels of need\n")
    found = {}
    for options in ([], ["--no-expand"]):
        assert main(["batch", str(questions), *options]) == 0
        found[bool(options)] = json.loads(capsys.readouterr().out)["hits"]
    assert found[False] and not found[True]


def test_ways_on_from_a_passage(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "thresholds", "--json"]) == 0
    (hit,) = json.loads(capsys.readouterr().out)["hits"]
    place = [hit["document"]["id"], hit["id"]]
    assert main(["like", *place]) == 0
    assert "No other passage is about the same." in capsys.readouterr().out
    assert main(["since", *place]) == 0
    assert "later papers cannot be told from earlier ones" in capsys.readouterr().out
    for command in ("like", "since"):
        assert main([command, *place, "--json"]) == 0
        found = json.loads(capsys.readouterr().out)
        assert found["passage"]["id"] == hit["id"] and found["hits"] == []
    assert main(["case"]) == 0
    assert "No paper here names a case" in capsys.readouterr().out
    assert main(["case", "Child", "Z"]) == 2
    assert "“Child Z”" in capsys.readouterr().err


def test_check_reads_the_vocabulary_beside_the_papers(
    capsys: pytest.CaptureFixture[str], board: Path
) -> None:
    path = board / "corpus" / "vocabulary.toml"
    path.write_text('[[concept]]\nname = "hub"\n')
    try:
        assert main(["check"]) == 2
        assert "line 1: in “hub”, there are no terms." in capsys.readouterr().err
        assert main(["search", "thresholds"]) == 2
        path.write_text('[[concept]]\nname = "hub"\nterms = ["the hub", "thresholds"]\n')
        assert main(["check"]) == 0
    finally:
        path.unlink()
