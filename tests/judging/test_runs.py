"""Results: as batch prints them, as TREC keeps them, and asked of an index."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest

from indexer.errors import JudgementsInvalid
from indexer.judging.model import FoundHit, FoundPlace, Lines
from indexer.judging.runs import ask, read_run
from indexer.search.library import SearchRequest, open_library
from indexer.search.payload import hit_to_json
from indexer.settings import Settings


def run_file(folder: Path, *lines: str) -> str:
    path = folder / "run"
    path.write_text("\n".join(lines), "utf-8")
    return str(path)


def test_what_batch_prints_is_what_the_index_gives(sample_index: Settings, tmp_path: Path) -> None:
    questions = {"q1": "neglect", "q2": "co-sleeping advice", "q3": "the of"}
    with closing(open_library(sample_index)) as library:
        asked, notes = ask(library, questions)
        printed = [
            json.dumps({"id": key, "hits": [hit_to_json(hit) for hit in results.hits]})
            for key in ("q1", "q2")
            for results in (library.search(SearchRequest(questions[key], limit=20)),)
        ]
    assert read_run(run_file(tmp_path, *printed)) == asked
    assert any(len(hit.places) > 1 for hits in asked.values() for hit in hits)
    assert len(notes) == 1 and notes[0].startswith("q3 could not be asked")


def test_a_hit_needs_no_more_than_its_lines(tmp_path: Path) -> None:
    line = '{"id": "q", "hits": [{"file": "a.txt", "lines": [1, 2], "text": "x"}, {"file": "b.pdf"}]}'
    assert read_run(run_file(tmp_path, line, "")) == {
        "q": (
            FoundHit((FoundPlace(("a.txt",), Lines("a.txt", 1, 2)),), "x"),
            FoundHit((FoundPlace(("b.pdf",)),)),
        )
    }


def test_a_trec_run_is_ordered_by_its_scores(tmp_path: Path) -> None:
    found = read_run(run_file(tmp_path, "q Q0 a 1 0.5 tag", "q Q0 b 2 7 tag", "q\tQ0\tc d\t3\t0.5\ttag"))
    assert [hit.places[0].names[0] for hit in found["q"]] == ["b", "c d", "a"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (['{"id": "q", "hits": []}', "{"], "Line 2 of .* is not a question's results"),
        (['{"id": "q", "hits": [{"lines": [1, 2]}]}'], "Line 1 of .* missing required field `file`"),
        (['{"id": "q", "hits": []}', '{"id": "q", "hits": []}'], "Line 2 of .* gives results for q again"),
        (["q Q0 a 1 0.5 tag", "q Q0 a 1"], "Line 2 of .* has 4 columns in place of 6"),
        (["q Q0 a 1 best tag"], "Line 1 of .* has the score “best”"),
        (["q Q0 a 1 nan tag"], "Line 1 of .* has the score “nan”"),
        ([""], "holds no results"),
    ],
)
def test_names_the_line_that_is_wrong(tmp_path: Path, lines: list[str], said: str) -> None:
    with pytest.raises(JudgementsInvalid, match=said):
        read_run(run_file(tmp_path, *lines))
