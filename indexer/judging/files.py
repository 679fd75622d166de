"""Files that people write: questions, qrels, results. What is wrong with one is said with its line."""

from __future__ import annotations

import sys
from pathlib import Path

from indexer.errors import JudgementsInvalid, UsageError


def read_lines(file: str) -> list[str]:
    """The lines of a file in UTF-8; "-" is standard input. Raises UsageError."""
    try:
        data = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
        return [line.rstrip("\r") for line in data.decode("utf-8-sig").split("\n")]
    except OSError as error:
        raise UsageError(
            f"{file} cannot be read: {error.strerror}.", "Name a file that is there and may be read."
        ) from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise UsageError(f"Line {line} of {file} is not UTF-8.", "Save the file as UTF-8.") from error


def read_questions(file: str) -> list[tuple[str, str]]:
    """(id, question) of each line of a file; raises UsageError naming the line that is not so."""
    questions = []
    for number, line in enumerate(read_lines(file), 1):
        key, tab, question = line.partition("\t")
        if tab:
            questions.append((key, question))
        elif line.strip():
            raise UsageError(
                f"Line {number} of {file} has no tab: “{line[:60]}”.", "Write each line as id, tab, question."
            )
    return questions


def invalid(file: str, line: int | None, what: str, hint: str) -> JudgementsInvalid:
    """The error about one line of a file, or about the file as a whole."""
    where = f"Line {line} of {file}" if line else f"{file}"
    return JudgementsInvalid(f"{where} {what}.", hint)
