"""Is the index whole, and is it current."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import Options, build
from indexer.catalogue import Catalogue
from indexer.check import compare, find_faults
from indexer.generations import current
from indexer.settings import Settings

HERE = Options(jobs=0)


def minutes(subject: str) -> str:
    return f"Minutes of the Example Safeguarding Board\n\n1. Item on {subject}\n\nIt was noted.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.txt").write_text(minutes("neglect"))
    (corpus / "two.txt").write_text(minutes("supervision"))
    return Settings(corpus=corpus, index=tmp_path / "index", engine="memory")


def test_check_finds_what_is_wrong(settings: Settings) -> None:
    build(settings, HERE)
    generation = current(settings.index)
    with Catalogue.open(generation.catalogue_path, writable=True) as catalogue:
        catalogue._connection.execute("UPDATE passages SET text = 'made up' WHERE ordinal = 1")
        catalogue.commit()
    (fault,) = find_faults(settings)
    assert "not what stands in the paper" in fault
    with Catalogue.open(generation.catalogue_path, writable=True) as catalogue:
        catalogue.remove("two.txt")
        catalogue.commit()
    assert len(find_faults(settings)) == 3  # the manifest and the engine both hold more


def test_check_tells_what_changed_since(settings: Settings) -> None:
    (settings.corpus / "three.txt").write_text(minutes("housing"))
    build(settings, HERE)
    (settings.corpus / "new.txt").write_text(minutes("trafficking"))
    (settings.corpus / "empty.txt").write_text("")
    (settings.corpus / "one.txt").write_text(minutes("training"))
    (settings.corpus / "two.txt").unlink()
    (settings.corpus / "three.txt").write_text("")
    currency = compare(settings)
    assert not currency.is_current
    assert (currency.added, currency.changed) == (("empty.txt", "new.txt"), ("one.txt",))
    assert currency.removed == ("three.txt", "two.txt")
    build(settings, HERE)
    assert compare(settings).is_current
