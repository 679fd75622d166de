"""Judged questions, what was found for them, and the figures: frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Values = Mapping[str, float]
"""Measure to value; what a question cannot have (recall, where nothing is judged right) is left out."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a file of the corpus, from 1, both ends inclusive."""

    file: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class GoldAnswer:
    """One distinct text that answers: wherever it stands, it counts once."""

    grade: int
    """2 answers the need, 1 is relevant context."""
    spans: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class Topic:
    """A need with all its answers."""

    id: str
    query: str
    answers: tuple[GoldAnswer, ...]


@dataclass(frozen=True, slots=True)
class KnownItem:
    """A question that one passage answers, by words that have to stand in it."""

    id: str
    query: str
    answer: str
    spans: tuple[Lines, ...]


@dataclass(frozen=True, slots=True)
class Gold:
    """Judgements by lines of files."""

    topics: tuple[Topic, ...]
    items: tuple[KnownItem, ...]

    @property
    def questions(self) -> dict[str, str]:
        """Each question by its id, in the file's order."""
        needs = {topic.id: topic.query for topic in self.topics}
        return needs | {item.id: item.query for item in self.items}


@dataclass(frozen=True, slots=True)
class Qrels:
    """Judgements by name: grades of documents or passages, question by question."""

    grades: Mapping[str, Mapping[str, int]]
    """Question id to name to grade, 0 for judged and not relevant."""
    questions: Mapping[str, str] = field(default_factory=dict)
    """Question id to its words; empty where only a file of results is measured."""
    lines: Mapping[str, int] = field(default_factory=dict)
    """Name to the line of the file on which it first stands."""


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """Where a found text stands: its names, and its lines where the source is addressed by lines."""

    names: tuple[str, ...]
    """What judgements may call it, the narrowest first: DOCUMENT/PASSAGE, document id, file."""
    lines: Lines | None = None


@dataclass(frozen=True, slots=True)
class FoundHit:
    """One hit: the passage that is shown, then its copies."""

    places: tuple[FoundPlace, ...]
    text: str = ""


Run = Mapping[str, tuple[FoundHit, ...]]
"""Question id to its hits, best first."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """What one question's results are worth."""

    id: str
    query: str
    values: Values


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure of two runs over the same questions."""

    measure: str
    before: float
    after: float
    better: int
    worse: int
    same: int
    p_value: float
    """How often chance alone would give a difference as large: Fisher's randomisation, two-sided."""


@dataclass(frozen=True, slots=True)
class Figures:
    """A run measured: the means, what they are means of, and what a reader has to know of them."""

    means: Values
    questions: tuple[QuestionFigures, ...]
    notes: tuple[str, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
