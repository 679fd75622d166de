"""A small board, its library, and a pack of two of its passages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from indexer.answer_packs import model
from indexer.answer_packs.model import AnswerPack, Item, PackSearch
from indexer.build import Options, build
from indexer.search.library import Library, SearchRequest, open_library
from indexer.settings import Settings

MINUTES = """# Northmere Safeguarding Children Board

Minutes of the meeting held on 14 May 2014

## Neglect

The audit of neglect found drift in six of twenty cases. The Board agreed that every neglect case is
brought to supervision once a month.

## Training

All staff were trained in neglect this year.
"""
QUESTION = "neglect"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A board that is built, with a file that cannot be read."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "minutes.md").write_text(MINUTES)
    (corpus / "other.md").write_text("# Other\n\nSafer sleep was discussed at length in June 2013.\n")
    (corpus / "empty.txt").touch()
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    build(settings, Options(jobs=0))
    return settings


@pytest.fixture
def library(settings: Settings) -> Iterator[Library]:
    """The board, opened."""
    with closing(open_library(settings)) as library:
        yield library


@pytest.fixture
def pack(library: Library) -> AnswerPack:
    """Two passages that one search found, the first with a note."""
    return collect(library, AnswerPack("id", created="2026-01-02T03:04:05+00:00"))


def collect(library: Library, pack: AnswerPack) -> AnswerPack:
    """The pack with what the question finds in it."""
    results = library.search(SearchRequest(QUESTION))
    search = PackSearch(QUESTION, (("Year", "2014-15"),), "/search?q=neglect", results.total)
    for source in (hit.source for hit in results.hits):
        item = Item(
            source.document.id,
            source.passage.id,
            source.document.file,
            source.passage.text,
            source.citation.text,
        )
        pack = model.add(pack, item, search)
    return model.annotate(pack, pack.items[0].key, "Ask for the audit.")
