"""A small board that is built, to be changed by the office."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.build import Options, build
from indexer.settings import Settings

NEGLECT = "# Neglect\n\nThe audit of neglect found drift in six of twenty cases. The Board agreed to act.\n"
TRAINING = "# Training\n\nAll staff were trained in the signs of neglect by May 2014.\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Two papers, and a copy of one of them."""
    corpus = tmp_path / "corpus"
    (corpus / "copies").mkdir(parents=True)
    (corpus / "neglect.md").write_text(NEGLECT)
    (corpus / "copies" / "again.md").write_text(NEGLECT)
    (corpus / "training.md").write_text(TRAINING)
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    build(settings, Options(jobs=0))
    return settings
