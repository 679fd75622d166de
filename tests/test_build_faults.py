"""A build that fails, at whatever step, leaves the index that was there."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import indexer.build
import indexer.ingest
from indexer.build import Options, build
from indexer.catalogue import Catalogue
from indexer.errors import IndexDamaged, IndexNotWritable
from indexer.search.library import SearchRequest, open_library
from indexer.settings import Settings

HERE = Options(jobs=0)


def paper(word: str) -> str:
    return f"Minutes of the Example Safeguarding Board\n\n1. Item on {word}\n\nThe Board heard of {word}.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.txt").write_text(paper("neglect"))
    (corpus / "two.txt").write_text(paper("supervision"))
    return Settings(corpus=corpus, index=tmp_path / "index", engine="memory")


def files_with(settings: Settings, word: str) -> set[str]:
    with contextlib.closing(open_library(settings)) as library:
        hits = library.search(SearchRequest(word, expand=False)).hits
        return {hit.source.document.file for hit in hits}


def break_engine_commit(patch: pytest.MonkeyPatch) -> None:
    from indexer.search.engines.memory import MemoryWriter

    def refuse(self: Any) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr(MemoryWriter, "commit", refuse)


def break_catalogue(patch: pytest.MonkeyPatch) -> None:
    def refuse(self: Any, extract: Any) -> None:
        raise OSError(28, "No space left on device")

    patch.setattr(Catalogue, "add", refuse)


def break_copying(patch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise OSError(30, "Read-only file system")

    patch.setattr(indexer.build.shutil, "copytree", refuse)


@pytest.mark.parametrize("break_it", [break_engine_commit, break_catalogue, break_copying])
def test_a_full_disk_at_any_step_leaves_the_old_index(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, break_it: Callable[[pytest.MonkeyPatch], None]
) -> None:
    build(settings, HERE)
    (settings.corpus / "one.txt").write_text(paper("training"))
    with monkeypatch.context() as patch:
        break_it(patch)
        with pytest.raises(IndexNotWritable, match="space"):
            build(settings, HERE)
    assert files_with(settings, "neglect") == {"one.txt"}
    build(settings, HERE)
    assert files_with(settings, "training") == {"one.txt"}


def test_an_engine_that_lost_passages_is_never_switched_to(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.search.engines.memory import MemoryWriter

    build(settings, HERE)
    (settings.corpus / "new.txt").write_text(paper("housing"))
    with monkeypatch.context() as patch:
        patch.setattr(MemoryWriter, "add", lambda self, passages: None)
        with pytest.raises(IndexDamaged, match="old one was kept"):
            build(settings, HERE)
    assert files_with(settings, "neglect") == {"one.txt"}
