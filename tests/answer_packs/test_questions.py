"""Lists of questions as people paste and send them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answer_packs.questions import MOST_BYTES, MOST_QUESTIONS, read_list
from indexer.errors import QuestionsInvalid

TWO = ("What about neglect?", "Who was trained?")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What about neglect?\r\n\r\nWho was trained?\r\n", "list.txt"),
        ("1. What about neglect?\n2) Who was trained?\n", ""),
        (" - What  about neglect?\n• Who was trained?\nWhat about neglect?", ""),
        ("Question,Owner\nWhat about neglect?,A\nWho was trained?,B\n", "list.csv"),
        ("Nr;Question\n1;What about neglect?\n2;Who was trained?\n", "LIST.CSV"),
        ("What about neglect?\nWho was trained?\n", "list.csv"),
        ('"What about\nneglect?",x\nWho was trained?,y\n', "list.csv"),
        ("q1\tWhat about neglect?\nq2\tWho was trained?\n", "list.tsv"),
    ],
)
def test_one_question_a_line_or_a_column_of_them(text: str, name: str) -> None:
    assert read_list(text.encode(), name) == TWO


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_letters_are_those_that_office_programs_write(encoding: str) -> None:
    assert read_list("Fathers’ details?".encode(encoding)) == ("Fathers’ details?",)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "no question"),
        (b" \n\r\n\t", "no question"),
        (b"question\n", "no question"),
        (b"%PDF\x00\x01", "not text"),
        (b"x" * (MOST_BYTES + 1), "bytes"),
        (
            b"\n".join(b"question %d" % n for n in range(MOST_QUESTIONS + 1)),
            f"{MOST_QUESTIONS + 1} questions",
        ),
        (b"fine\n" + b"y" * 1001, "Question 2 has 1,001 characters"),
    ],
)
def test_what_cannot_be_used_says_why(data: bytes, says: str) -> None:
    with pytest.raises(QuestionsInvalid, match=says):
        read_list(data, "list.csv" if data.startswith(b"question\n") else "")


@given(st.binary(max_size=400), st.sampled_from(["", "a.csv", "a.tsv"]))
def test_whatever_is_sent_is_questions_or_a_clear_error(data: bytes, name: str) -> None:
    try:
        found = read_list(data, name)
    except QuestionsInvalid as error:
        assert error.message and error.hint
    else:
        assert found and all(question == " ".join(question.split()) for question in found)
