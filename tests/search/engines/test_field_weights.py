"""What a field is worth can be chosen when an engine is opened, and all engines agree on it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from indexer.search.analysis import analyse
from indexer.search.contract import FIELD_WEIGHTS, IndexedPassage
from indexer.search.engines import backend
from indexer.search.query import Term

TEXTS = (
    ("neglect was found", "Audit", "Minutes"),
    ("twelve cases", "Neglect", "Minutes"),
    ("none", "", "Neglect"),
)


def search(name: str, folder: Path, **weights: float) -> dict[int, float]:
    with closing(backend(name).open(folder / name, {**FIELD_WEIGHTS, **weights})) as engine:
        return dict(engine.search(Term("neglect"), 10).ranked)


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("engines")
    for name in ("memory", "whoosh"):
        with backend(name).writer(folder / name) as writer:
            writer.add(
                IndexedPassage(i, dict(zip(FIELD_WEIGHTS, map(analyse, fields), strict=True)))
                for i, fields in enumerate(TEXTS)
            )
            writer.commit()
    return folder


@pytest.mark.parametrize("name", ["memory", "whoosh"])
def test_a_weight_changes_the_score_and_not_what_is_found(name: str, indexes: Path) -> None:
    plain, lower = search(name, indexes), search(name, indexes, heading=1e-9)
    assert plain.keys() == lower.keys() == {0, 1, 2}
    assert (plain[0], plain[2]) == (lower[0], lower[2])
    assert lower[1] == pytest.approx(plain[1] * 1e-9 / FIELD_WEIGHTS["heading"])


def test_engines_agree(indexes: Path) -> None:
    weights = {"text": 0.5, "heading": 2.0, "title": 0.3}
    assert search("memory", indexes, **weights) == pytest.approx(search("whoosh", indexes, **weights))
