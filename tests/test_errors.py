"""The tree of errors is as it is drawn, its codes are apart, and its messages say what to do."""

from __future__ import annotations

import pickle
import re

import pytest

import indexer.errors
from indexer.errors import (
    BoardsearchError,
    PartialResults,
    QueryEmpty,
    QueryOnlyStopWords,
    QueryTooLong,
    UnreadableFile,
)
from indexer.model import UnreadCode


def all_errors(root: type[BoardsearchError] = BoardsearchError) -> list[type[BoardsearchError]]:
    return [root, *(found for child in root.__subclasses__() for found in all_errors(child))]


def drawn() -> dict[str, str]:
    """Each error of the drawing with the one that it hangs from."""
    parents: dict[str, str] = {}
    stack = ["BoardsearchError"]
    for match in re.finditer(r"^([│ ├└─]+ )(\w+)", indexer.errors.__doc__ or "", re.MULTILINE):
        depth = len(match[1]) // 4
        stack[depth:] = [match[2]]
        parents[match[2]] = stack[depth - 1]
    return parents


def test_the_drawing_is_the_tree() -> None:
    ours = [error for error in all_errors() if error.__module__ == "indexer.errors"]
    assert drawn() == {e.__name__: e.__bases__[0].__name__ for e in ours if e is not BoardsearchError}


def test_every_error_has_a_code_of_its_own_that_machines_can_use() -> None:
    codes = [error.code for error in all_errors()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z_]+", code) for code in codes)


@pytest.mark.parametrize("error", [QueryEmpty(), QueryOnlyStopWords("the of"), QueryTooLong(12345, 1000)])
def test_a_message_says_what_happened_and_what_to_do(error: BoardsearchError) -> None:
    assert error.message.endswith(".") and error.hint.endswith(".")
    assert str(error) == f"{error.message} {error.hint}"


def test_numbers_in_messages_can_be_read() -> None:
    assert "12,345" in str(QueryTooLong(12345, 1000)) and "1,000" in str(QueryTooLong(12345, 1000))


def test_an_error_without_advice_has_no_blank_at_its_end() -> None:
    assert str(BoardsearchError("It failed.")) == "It failed."


def test_partial_results_carry_how_many_were_found() -> None:
    assert PartialResults("A shard failed.", "Try again.", found=3).found == 3


def test_an_unreadable_file_survives_the_way_back_from_another_process() -> None:
    sent = UnreadableFile(UnreadCode.ENCRYPTED, "Remove the password.")
    back = pickle.loads(pickle.dumps(sent))  # noqa: S301
    assert (type(back), back.reason_code, back.reason, str(back)) == (
        UnreadableFile,
        UnreadCode.ENCRYPTED,
        "Remove the password.",
        "Remove the password.",
    )
