"""A list of questions that someone pasted or sent: text with one a line, or a table with a column of them."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable

from indexer.errors import QuestionsInvalid
from indexer.search.question import LONGEST

MOST_QUESTIONS = 50
MOST_BYTES = 200_000
_HEADINGS = ("question", "questions", "query", "queries")
_MARK = re.compile(r"\s*(?:\d{1,3}[.)]|[-*•–])\s+")
"""What numbers or marks the lines of a list."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_MARKED_WIDE = (b"\xff\xfe", b"\xfe\xff")


def read_list(data: bytes, name: str = "") -> tuple[str, ...]:
    """The questions of a file, each once, in order; ``name`` tells a table (.csv, .tsv) from lines.

    Of a table the column headed "question" is taken, else the first of .csv and the last of .tsv.
    Raises QuestionsInvalid for none, too many, one that is too long, or what is no text.
    """
    if len(data) > MOST_BYTES:
        raise QuestionsInvalid(
            f"The list has {len(data):,} bytes; the most is {MOST_BYTES:,}.", "Split it into several lists."
        )
    text = _decode(data)
    suffix = name.rpartition(".")[2].casefold()
    lines = (
        _column(text, suffix) if suffix in ("csv", "tsv") else [_MARK.sub("", t) for t in text.splitlines()]
    )
    return _checked(" ".join(_CONTROL.sub(" ", line).split()) for line in lines)


def _checked(lines: Iterable[str]) -> tuple[str, ...]:
    questions = tuple(dict.fromkeys(line for line in lines if line))
    if not questions:
        raise QuestionsInvalid("There is no question in the list.", "Write one question a line.")
    if len(questions) > MOST_QUESTIONS:
        raise QuestionsInvalid(
            f"The list has {len(questions):,} questions; the most is {MOST_QUESTIONS}.",
            "Split it into several lists, or use `boardsearch batch`, which takes any number.",
        )
    for number, question in enumerate(questions, 1):
        if len(question) > LONGEST:
            raise QuestionsInvalid(
                f"Question {number} has {len(question):,} characters; the most is {LONGEST:,}: "
                f"“{question[:60]}…”.",
                "Keep the few words that matter most.",
            )
    return questions


def _decode(data: bytes) -> str:
    """The text, in UTF-8 or what office programs write."""
    try:
        if data.startswith(_MARKED_WIDE):
            return data.decode("utf-16")
        if b"\0" in data:
            raise QuestionsInvalid("The file is not text.", "Save the list as text (.txt) or CSV (.csv).")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _column(text: str, suffix: str) -> list[str]:
    first = text.partition("\n")[0]
    between = "\t" if suffix == "tsv" else max(",;\t", key=first.count)
    try:
        rows = [row for row in csv.reader(text.splitlines(keepends=True), delimiter=between) if any(row)]
    except csv.Error as error:
        raise QuestionsInvalid(f"The table cannot be read: {error}.", "Save it as CSV again.") from error
    head = [cell.strip().casefold() for cell in rows[0]] if rows else []
    place = next((head.index(word) for word in _HEADINGS if word in head), None)
    if place is not None:
        return [row[place] for row in rows[1:] if len(row) > place]
    return [row[-1 if suffix == "tsv" else 0] for row in rows]
