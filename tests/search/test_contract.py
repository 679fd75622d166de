"""Every engine offers what the contract says, under the contract's names."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from indexer.search.analysis import analyse
from indexer.search.contract import (
    FIELD_WEIGHTS,
    Capability,
    EngineBackend,
    IndexedPassage,
    IndexWriter,
    Matches,
    SearchEngine,
)
from indexer.search.engines import backend
from indexer.search.query import Term
from indexer.settings import ENGINES


def methods(kind: type) -> dict[str, list[str]]:
    """A protocol's public methods and the names of their parameters."""
    return {
        name: list(inspect.signature(method).parameters)
        for name, method in vars(kind).items()
        if inspect.isfunction(method) and not name.startswith("_")
    }


def assert_offers(value: object, protocol: type) -> None:
    for name, parameters in methods(protocol).items():
        offered = list(inspect.signature(getattr(value, name)).parameters)
        assert offered == parameters[1:], f"{type(value).__name__}.{name}"  # without self


@pytest.mark.parametrize("name", ENGINES)
def test_an_engine_offers_what_the_contract_names(name: str, tmp_path: Path) -> None:
    engines = backend(name)
    assert_offers(engines, EngineBackend)
    with engines.writer(tmp_path) as writer:
        assert_offers(writer, IndexWriter)
        writer.add([IndexedPassage(0, {"text": analyse("neglect")})])
        writer.commit()
    engine = engines.open(tmp_path)
    assert_offers(engine, SearchEngine)
    assert engine.name == engines.name == name
    assert Capability.EXACT_TOTAL in engine.capabilities
    assert isinstance(engine.search(Term("neglect"), 1), Matches)


def test_a_passages_own_words_weigh_most_and_its_papers_title_least() -> None:
    assert sorted(FIELD_WEIGHTS, key=lambda field: -FIELD_WEIGHTS[field]) == ["text", "heading", "title"]
