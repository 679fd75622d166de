"""A shelf of four passages, what an index of them knows, and a small vocabulary."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from indexer.catalogue import ColumnRow
from indexer.search.analysis import analyse
from indexer.search.columns import Columns
from indexer.search.contract import IndexedPassage, SearchEngine
from indexer.search.engines import backend
from indexer.search.fielded import FieldValues
from indexer.search.question import Known, parse_question
from indexer.search.spelling import Lexicon, count_words
from indexer.search.vocabulary import Vocabulary, load

SHELF = (
    "Co-sleeping with a baby on a sofa is never safe.",
    "The neglect audit was agreed by the Board.",
    "Safeguarding recommendations were accepted; bed sharing was discussed.",
    "The domestic abuse strategy follows the review of neglect.",
)
ROWS = tuple(
    ColumnRow(
        ordinal=n,
        years=(f"201{n}-1{n + 1}",),
        subgroups=(),
        themes=("Neglect",) if "neglect" in text else (),
        kind="minutes" if n % 2 else "report",
        body="",
        boilerplate=False,
        group=n,
        date="",
        file=f"{n}.pdf",
    )
    for n, text in enumerate(SHELF)
)
SMALL = """\
[[concept]]
name = "co-sleeping"
terms = ["co-sleeping", "bed-sharing", "overlaying"]
written = ["sleep environment"]
asked = ["rolled onto the baby"]
related = ["cot death"]

[[concept]]
name = "cot death"
terms = ["cot death", "SIDS"]
capitals = ["SEND"]
narrower = ["sofa death"]

[[concept]]
name = "sofa death"
terms = ["sofa death", "deaths on sofas"]
"""


@pytest.fixture(scope="session")
def shelf_texts() -> tuple[str, ...]:
    """The passages of the shelf, by ordinal."""
    return SHELF


@pytest.fixture(scope="session")
def known() -> Known:
    """What an index of the shelf knows."""
    return Known(FieldValues(Columns(ROWS), ROWS), Lexicon(count_words([text] for text in SHELF).items))


@pytest.fixture(scope="session")
def shelf_engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SearchEngine]:
    """The memory engine with the shelf's passages."""
    memory = backend("memory")
    folder = tmp_path_factory.mktemp("shelf")
    with memory.writer(folder) as writer:
        writer.add(IndexedPassage(n, {"text": analyse(text)}) for n, text in enumerate(SHELF))
        writer.commit()
    opened = memory.open(folder)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def found(shelf_engine: SearchEngine, known: Known) -> Callable[..., set[int]]:
    """The ordinals of the shelf that a question finds."""

    def searched(typed: str, vocabulary: Vocabulary | None = None, *, wishes: bool = True) -> set[int]:
        ranked = shelf_engine.search(parse_question(typed, vocabulary, known, wishes=wishes).tree, 10).ranked
        return {ordinal for ordinal, _ in ranked}

    return searched


@pytest.fixture
def vocabulary_of(tmp_path: Path) -> Callable[[str], Vocabulary]:
    """The vocabulary of a file with this text."""

    def loaded(text: str) -> Vocabulary:
        path = tmp_path / "vocabulary.toml"
        path.write_text(text, encoding="utf-8")
        return load(path)

    return loaded


@pytest.fixture(scope="session")
def small_text() -> str:
    """The file of ``small``."""
    return SMALL


@pytest.fixture
def small(vocabulary_of: Callable[[str], Vocabulary]) -> Vocabulary:
    """Three concepts: one related to the next, which has a narrower one."""
    return vocabulary_of(SMALL)
