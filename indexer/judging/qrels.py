"""TREC qrels: a line a judgement, as question id, iteration, name, grade."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.judging.files import invalid, read_questions
from indexer.judging.model import Qrels

_HINT = "Write each line as question id, 0, name, grade: “q1 0 minutes.pdf 1”."
_GRADE = re.compile(r"-?\d{1,9}")


def parse_qrels(file: str, held: Iterable[str], topics: str | None = None) -> Qrels:
    """The judgements in the lines of a TREC qrels file, and the questions of the file ``topics``.

    Names may hold blanks where tabs part the columns. Raises JudgementsInvalid with the line that is
    wrong, UsageError where ``topics`` cannot be read.
    """
    grades: dict[str, dict[str, int]] = {}
    lines: dict[str, int] = {}
    seen: dict[tuple[str, str], int] = {}
    for number, line in enumerate(held, 1):
        if not line.strip():
            continue
        question, name, grade = _judgement(file, number, line)
        if (question, name) in seen:
            what = f"judges “{name}” for {question} again, after line {seen[question, name]}"
            raise invalid(file, number, what, "Keep one of the two lines.")
        seen[question, name] = number
        lines.setdefault(name, number)
        grades.setdefault(question, {})[name] = grade
    if not grades:
        raise invalid(file, None, "holds no judgement", _HINT)
    return Qrels(grades, _questions(topics, grades) if topics else {}, lines)


def to_trec(judgements: Iterable[tuple[str, str, int]]) -> str:
    """(question id, name, grade) as the text of a qrels file, with tabs: files' names hold blanks."""
    return "".join(f"{question}\t0\t{name}\t{grade}\n" for question, name, grade in judgements)


def _judgement(file: str, number: int, line: str) -> tuple[str, str, int]:
    columns = [c.strip() for c in line.split("\t")] if line.count("\t") == 3 else line.split()
    if len(columns) != 4 or not all(columns):
        raise invalid(file, number, f"has {len(columns)} columns in place of 4: “{line[:60]}”", _HINT)
    question, _, name, grade = columns
    if not _GRADE.fullmatch(grade):
        raise invalid(file, number, f"has the grade “{grade[:20]}”, which is not a whole number", _HINT)
    # Below 0 is trec_eval's way to say: judged, and worse than useless.
    return question, name, max(int(grade), 0)


def _questions(topics: str, judged: Iterable[str]) -> dict[str, str]:
    asked = dict(read_questions(topics))
    lacking = [key for key in judged if key not in asked]
    if lacking:
        what = f"has no question for {', '.join(lacking[:3])}{' ...' if len(lacking) > 3 else ''}"
        raise invalid(topics, None, what, "Add a line of id, tab, question for each judged question.")
    return {key: text for key, text in asked.items() if key in set(judged)}
