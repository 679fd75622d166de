"""A service that runs follows builds and the office's vocabulary."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import Options, build
from indexer.search.current_library import CurrentLibrary
from indexer.search.library import SearchRequest
from indexer.settings import Settings


def test_a_current_library_follows_the_build(tmp_path: Path) -> None:
    (tmp_path / "corpus").mkdir()
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", engine="memory")
    paper = settings.corpus / "minutes.txt"
    paper.write_text("The Board heard of neglect in many of the homes that were visited.\n")
    build(settings, Options(jobs=0))
    holder = CurrentLibrary(settings)
    old = holder.get()
    assert holder.get() is old
    paper.write_text("The Board heard of co-sleeping in many of the homes that were visited.\n")
    build(settings, Options(jobs=0))
    new = holder.get()
    assert new is not old and new.search(SearchRequest("co-sleeping", expand=False)).total == 1
    # Requests that are under way keep what they have.
    assert old.search(SearchRequest("neglect", expand=False)).total == 1


def test_a_current_library_follows_the_offices_vocabulary(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = Settings(corpus=tmp_path / "corpus", index=tmp_path / "index", engine="memory")
    settings.corpus.mkdir()
    (settings.corpus / "minutes.txt").write_text("The Board heard of the Harbour Families service.\n")
    build(settings, Options(jobs=0))
    holder = CurrentLibrary(settings)
    assert holder.get().search(SearchRequest("the quayside team")).total == 0
    concept = '[[concept]]\nname = "quayside"\nterms = ["quayside team", "Harbour Families"]\n'
    settings.vocabulary.write_text(concept)
    assert holder.get().search(SearchRequest("the quayside team")).total == 1
    settings.vocabulary.write_text("[[concept]\n")
    assert holder.get().search(SearchRequest("the quayside team")).total == 1
    assert "vocabulary.toml" in caplog.text and "stays in use" in caplog.text
    assert holder.get() is holder.get()
