"""Engines by name."""

from __future__ import annotations

import sys

import pytest

from indexer.errors import EngineUnavailable, UnknownEngine
from indexer.search.engines import backend
from indexer.settings import ENGINES


@pytest.mark.parametrize("name", ENGINES)
def test_every_engine_that_the_settings_offer_can_be_had(name: str) -> None:
    assert backend(name).name == name


def test_an_engine_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(UnknownEngine) as raised:
        backend("wosh")
    assert "wosh" in raised.value.message
    assert all(name in raised.value.hint for name in ENGINES)


def test_an_engine_whose_library_is_absent_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "indexer.search.engines.whoosh", raising=False)
    # None makes Python's import raise ImportError.
    monkeypatch.setitem(sys.modules, "whoosh", None)
    with pytest.raises(EngineUnavailable) as raised:
        backend("whoosh")
    assert "install" in raised.value.hint.lower()
