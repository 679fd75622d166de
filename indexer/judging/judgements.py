"""The judgement set that grows in the office view: which passages people found useful for which question.

One small SQLite file beside the generations of the index, so that no build touches it. A judgement
keeps the passage's text: a paper that is read anew may be cut otherwise, and then the passage that
holds the same words takes the judgement over. Nothing is kept of who judged, or when.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.beside import Beside
from indexer.catalogue import Catalogue
from indexer.errors import JudgementsInvalid, UnknownDocument
from indexer.judging.model import Qrels
from indexer.judging.runs import name_of
from indexer.model import Passage

FILE = "judgements.sqlite"
ALIKE = 0.5
"""Share of the shorter text's words that a passage must share to take a judgement over."""
_VERSION = 1
_WORD = re.compile(r"\w+")
_TABLE = """
CREATE TABLE IF NOT EXISTS judgements (
    question TEXT NOT NULL, file TEXT NOT NULL, document TEXT NOT NULL, passage TEXT NOT NULL,
    text TEXT NOT NULL, grade INTEGER NOT NULL, PRIMARY KEY (question, document, passage)
) STRICT
"""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A passage judged for a question."""

    question: str
    """Its words, white space folded."""
    file: str
    document: str
    passage: str
    text: str
    grade: int
    """1 useful, 0 not."""


class JudgementSet:
    """The judgements beside an index. Processes and threads may share the file; each call opens it anew."""

    def __init__(self, index: Path) -> None:
        self.path = index / FILE
        self._file = Beside(self.path, "The judgements", _TABLE, _VERSION, JudgementsInvalid)

    def put(self, judgement: Judgement) -> None:
        """Keep a judgement, in place of an earlier one of the passage; raises IndexNotWritable."""
        j = judgement
        row = (_fold(j.question), j.file, j.document, j.passage, j.text, j.grade)
        with self._file.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO judgements VALUES (?, ?, ?, ?, ?, ?)", row)

    def take_back(self, question: str, document: str, passage: str) -> None:
        """Forget a judgement; one that is not there is passed over. Raises IndexNotWritable."""
        with self._file.writing() as connection:
            where = "question = ? AND document = ? AND passage = ?"
            connection.execute(f"DELETE FROM judgements WHERE {where}", (_fold(question), document, passage))  # noqa: S608

    def forget(self, files: frozenset[str]) -> None:
        """Forget the judgements of papers, words and all; raises IndexNotWritable."""
        if not self.path.exists():
            return
        with self._file.writing() as connection:
            connection.executemany("DELETE FROM judgements WHERE file = ?", [(file,) for file in files])

    def all(self) -> tuple[Judgement, ...]:
        """Every judgement, questions in the order in which they were first judged."""
        if not self.path.exists():
            return ()
        with self._file.reading() as connection:
            rows = connection.execute(
                "SELECT question, file, document, passage, text, grade FROM judgements ORDER BY rowid"
            ).fetchall()
        first: dict[str, int] = {}
        for question, *_ in rows:
            first.setdefault(question, len(first))
        return tuple(Judgement(*row) for row in sorted(rows, key=lambda row: first[row[0]]))


@dataclass(frozen=True, slots=True)
class Current:
    """The judgements as they stand in an index: names of today's passages."""

    grades: Mapping[str, Mapping[str, int]]
    """Question to passage name to grade."""
    lost: tuple[Judgement, ...]
    """Those whose text stands in no passage any more."""

    def qrels(self) -> Qrels:
        """The judged questions, numbered as q1, q2 ... in the order in which they were first judged."""
        keys = {question: f"q{number}" for number, question in enumerate(self.grades, 1)}
        grades = {keys[question]: own for question, own in self.grades.items()}
        return Qrels(grades, {key: question for question, key in keys.items()})


def current(judgements: Iterable[Judgement], catalogue: Catalogue) -> Current:
    """Judgements by the passages that hold their texts now: by id, else by what they say."""
    grades: dict[str, dict[str, int]] = {}
    lost: list[Judgement] = []
    passages: dict[str, tuple[str, tuple[Passage, ...]]] = {}
    for judgement in judgements:
        own = grades.setdefault(judgement.question, {})
        if judgement.file not in passages:
            passages[judgement.file] = _passages(judgement, catalogue)
        document, held = passages[judgement.file]
        if (found := _find(judgement, held)) is None:
            lost.append(judgement)
        else:
            name = name_of(document, found.id)
            # Of two judgements that now fall on one passage, the kinder holds.
            own[name] = max(judgement.grade, own.get(name, 0))
    return Current({question: own for question, own in grades.items() if own}, tuple(lost))


def _passages(judgement: Judgement, catalogue: Catalogue) -> tuple[str, tuple[Passage, ...]]:
    """The paper's id and passages; none where it is gone."""
    for key in (judgement.document, judgement.file):
        try:
            document = catalogue.document(key)
        except UnknownDocument:
            continue
        return document.id, catalogue.passages(document.id)
    return "", ()


def _find(judgement: Judgement, passages: Iterable[Passage]) -> Passage | None:
    held = tuple(passages)
    by_id = next((passage for passage in held if passage.id == judgement.passage), None)
    if by_id is not None:
        return by_id
    best = max(held, key=lambda passage: _shared(judgement.text, passage.text), default=None)
    return best if best is not None and _shared(judgement.text, best.text) >= ALIKE else None


def _shared(one: str, other: str) -> float:
    """The share of the shorter text's words that the other holds too."""
    first, second = (Counter(_WORD.findall(text.casefold())) for text in (one, other))
    least = min(first.total(), second.total())
    return (first & second).total() / least if least else 0.0


def _fold(text: str) -> str:
    return " ".join(text.split())
