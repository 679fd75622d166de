"""Shelves: each engine with a folder for its index, for the suites that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from indexer.search.contract import Capability, EngineBackend, IndexedPassage, Matches, SearchEngine
from indexer.search.engines import backend
from indexer.settings import ENGINES


@dataclass(frozen=True)
class Shelf:
    """An engine and a folder for its index."""

    backend: EngineBackend
    folder: Path

    def write(self, *passages: IndexedPassage, remove: Iterable[int] = ()) -> Shelf:
        with self.backend.writer(self.folder) as writer:
            writer.remove(remove)
            writer.add(passages)
            writer.commit()
        return self

    def open(self, *needed: Capability) -> SearchEngine:
        engine = self.backend.open(self.folder)
        missing = set(needed) - engine.capabilities
        if missing:
            engine.close()
            pytest.skip(f"the engine {engine.name} has no {', '.join(missing)}")
        return engine


@pytest.fixture(params=ENGINES)
def shelf(request: pytest.FixtureRequest, tmp_path: Path) -> Shelf:
    """One of the engines, nothing written yet."""
    return Shelf(backend(request.param), tmp_path / "index")


@pytest.fixture(scope="session")
def new_shelf() -> Callable[[str, Path], Shelf]:
    """Makes the shelf of an engine, by its name, in a folder."""
    return lambda name, folder: Shelf(backend(name), folder)


@pytest.fixture(scope="session")
def agree() -> Callable[[Matches, Matches], None]:
    """Checks that two searches gave the same matches, in the same order but for near-ties."""
    return _agree


def _agree(one: Matches, other: Matches) -> None:
    """The same matches, and the same order but for near-ties."""
    assert one.matching == other.matching
    assert one.total == other.total
    scores = dict(one.ranked)
    assert [score for _, score in one.ranked] == pytest.approx([score for _, score in other.ranked])
    for ordinal, score in other.ranked:
        assert scores[ordinal] == pytest.approx(score)
