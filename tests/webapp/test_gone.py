"""A paper whose file is gone, or was changed, since the index was built."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from indexer.settings import Settings
from webapp import create_app


@pytest.fixture
def moved(corpus: Path, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the corpus that the service looks in; where the papers were read is out of reach."""
    copy = tmp_path / "corpus"
    shutil.copytree(corpus, copy)
    # The catalogue also knows the path that a file was read at: these tests are about neither being there.
    monkeypatch.setattr("webapp.originals.Path", lambda _: tmp_path / "nowhere")
    return copy


@pytest.fixture
def visitor(moved: Path, settings: Settings) -> FlaskClient:
    return create_app(Settings(corpus=moved, index=settings.index)).test_client()


def url_of(visitor: FlaskClient, question: str) -> str:
    hit = visitor.get(f"/api/v1/search?q={question}&kind=annual_report").get_json()["hits"][0]
    return str(hit["url"])


@pytest.mark.parametrize("change", ["gone", "longer", "same length"])
def test_the_text_can_be_read_and_the_file_is_not_served(
    visitor: FlaskClient, moved: Path, change: str
) -> None:
    passage = url_of(visitor, "co-sleeping")
    document = passage.split("/passages/")[0]
    file = moved / "annual report.pdf"
    held = file.read_bytes()
    if change == "gone":
        file.unlink()
    else:
        file.write_bytes(held + b" " if change == "longer" else held[:-1] + b"!")

    answer = visitor.get(f"{document}/file")
    assert answer.status_code == 410
    assert "boardsearch build" in answer.text
    page = visitor.get(passage)
    assert page.status_code == 200
    assert "Two babies died" in page.text
    if change != "same length":
        assert "its page cannot be shown" in page.text
        assert visitor.get(f"{document}/pages/3/image").status_code == 410


def test_while_it_is_there_it_is_served(visitor: FlaskClient) -> None:
    document = url_of(visitor, "co-sleeping").split("/passages/")[0]
    assert visitor.get(f"{document}/file", buffered=True).status_code == 200
    assert visitor.get(f"{document}/pages/3/image").status_code == 200
