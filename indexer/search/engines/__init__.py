"""The engines behind the contract; each module is the only importer of its library."""

from __future__ import annotations

from importlib import import_module
from typing import cast

from indexer.errors import EngineUnavailable, UnknownEngine
from indexer.search.contract import EngineBackend

_MODULES = {
    "memory": "indexer.search.engines.memory",
    "whoosh": "indexer.search.engines.whoosh",
}


def backend(name: str) -> EngineBackend:
    """The engine called ``name``; its library is loaded only now.

    Raises UnknownEngine, or EngineUnavailable where its library is not installed.
    """
    if name not in _MODULES:
        raise UnknownEngine(
            f"There is no search engine called “{name}”.", f"Use one of: {', '.join(sorted(_MODULES))}."
        )
    try:
        module = import_module(_MODULES[name])
    except ImportError as error:
        raise EngineUnavailable(
            f"The search engine “{name}” cannot be loaded: {error}.",
            "Install Boardsearch again with its dependencies: pip install boardsearch.",
        ) from error
    return cast(EngineBackend, module.BACKEND)
