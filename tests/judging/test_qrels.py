"""TREC qrels: what is written is read again, and what is wrong is named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.errors import JudgementsInvalid, UsageError
from indexer.judging.qrels import parse_qrels, to_trec


def test_reads_names_with_blanks_where_tabs_part_the_columns() -> None:
    found = parse_qrels("q", ["q1\t0\tannual report.pdf\t2", "q1 0 minutes.txt 0", "", "q2 Q0 a/b 1"])
    assert found.grades == {"q1": {"annual report.pdf": 2, "minutes.txt": 0}, "q2": {"a/b": 1}}
    assert found.lines == {"annual report.pdf": 1, "minutes.txt": 2, "a/b": 4}


def test_a_grade_below_zero_is_not_relevant() -> None:
    assert parse_qrels("q", ["q1 0 a -2"]).grades == {"q1": {"a": 0}}


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["q1 0 a 1", "q1 0 b"], "Line 2 of q has 3 columns"),
        (["q1 0 annual report.pdf 1"], "Line 1 of q has 5 columns"),
        (["q1 0 a 1", "", "q1 0 b good"], "Line 3 of q has the grade “good”"),
        (["q1 0 a 1.5"], "Line 1 of q has the grade “1.5”"),
        (["q1 0 a 1", "q1 0 a 2"], "Line 2 of q judges “a” for q1 again, after line 1"),
        (["", " "], "q holds no judgement"),
    ],
)
def test_names_the_line_that_is_wrong(lines: list[str], said: str) -> None:
    with pytest.raises(JudgementsInvalid) as caught:
        parse_qrels("q", lines)
    assert caught.value.message.startswith(said)
    assert caught.value.hint.endswith(".")


def test_takes_the_judged_questions_of_the_topics_in_their_order(tmp_path: Path) -> None:
    topics = tmp_path / "topics.tsv"
    topics.write_text("q2\tsecond\nq9\tnot judged\nq1\tfirst\n")
    found = parse_qrels("q", ["q1 0 a 1", "q2 0 a 1"], str(topics))
    assert list(found.questions.items()) == [("q2", "second"), ("q1", "first")]


def test_a_judged_question_without_words_is_refused(tmp_path: Path) -> None:
    topics = tmp_path / "topics.tsv"
    topics.write_text("q1\tfirst\n")
    with pytest.raises(JudgementsInvalid, match=r"has no question for q2\."):
        parse_qrels("q", ["q1 0 a 1", "q2 0 a 1"], str(topics))
    topics.write_text("q1 first\n")
    with pytest.raises(UsageError, match=r"Line 1 of .* has no tab"):
        parse_qrels("q", ["q1 0 a 1"], str(topics))


def test_what_is_written_is_read_again() -> None:
    rows = [("q1", "a paper.pdf", 1), ("q1", "b/c", 0), ("q2", "b/c", 1)]
    found = parse_qrels("q", to_trec(rows).splitlines()).grades
    assert [(q, name, grade) for q, own in found.items() for name, grade in own.items()] == rows
