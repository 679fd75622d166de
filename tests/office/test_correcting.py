"""Corrections are written as a build takes them, and what people wrote in the file stays."""

from __future__ import annotations

from contextlib import closing

import pytest

from indexer.build import Options, build
from indexer.errors import CorrectionsInvalid
from indexer.files import CORRECTIONS_FILE
from indexer.office.correcting import correct, corrected_values, forget_corrections
from indexer.search.library import open_library
from indexer.settings import Settings

HAND_WRITTEN = """# The office's own notes

["training.md"]   # asked for by the chair
title = "Training"  # was "Trainig"
"""


def test_what_is_put_right_is_what_the_next_build_shows(settings: Settings) -> None:
    right = {
        "title": "Audit of neglect",
        "kind": "report",
        "date": "2014-05",
        "years": ["2013-14"],
        "body": "",
    }
    correct(settings.corpus, "neglect.md", right)
    build(settings, Options(jobs=0))
    with closing(open_library(settings)) as library:
        found = library.catalogue.document("neglect.md")
    assert (found.title, found.kind, found.date, found.years) == (
        "Audit of neglect",
        "report",
        "2014-05",
        ("2013-14",),
    )
    assert set(corrected_values(settings.corpus, "neglect.md")) == set(right)


def test_the_rest_of_the_file_stays_as_it_was_written(settings: Settings) -> None:
    file = settings.corpus / CORRECTIONS_FILE
    file.write_text(HAND_WRITTEN)
    correct(settings.corpus, "neglect.md", {"title": "N"})
    assert file.read_text().startswith(HAND_WRITTEN)
    correct(settings.corpus, "neglect.md", {"title": None})
    assert file.read_text().strip() == HAND_WRITTEN.strip()
    correct(settings.corpus, "neglect.md", {"title": "N", "body": "B"})
    forget_corrections(settings.corpus, "neglect.md")
    assert file.read_text().strip() == HAND_WRITTEN.strip()


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"title": " "}, "Title is to be"),
        ({"kind": "novel"}, "novel"),
        ({"date": "14 May 2014"}, "not a date"),
        ({"years": ["2013-15"]}, "2013-15"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_a_build_would_refuse_is_not_written(
    settings: Settings, values: dict[str, object], says: str
) -> None:
    file = settings.corpus / CORRECTIONS_FILE
    file.write_text(HAND_WRITTEN)
    with pytest.raises(CorrectionsInvalid, match=says):
        correct(settings.corpus, "neglect.md", values)
    with pytest.raises(CorrectionsInvalid, match="no such file"):
        correct(settings.corpus, "none.md", {"title": "N"})
    assert file.read_text() == HAND_WRITTEN
    assert [path.name for path in settings.corpus.glob(".corrections*tmp")] == []


@pytest.mark.parametrize("text", ["[broken", '"neglect.md" = 3\n'])
def test_a_file_that_people_broke_is_not_written_over(settings: Settings, text: str) -> None:
    file = settings.corpus / CORRECTIONS_FILE
    file.write_text(text)
    with pytest.raises(CorrectionsInvalid):
        correct(settings.corpus, "neglect.md", {"title": "N"})
    assert file.read_text() == text


def test_without_a_file_there_is_nothing_to_take_back(settings: Settings) -> None:
    forget_corrections(settings.corpus, "neglect.md")
    assert not (settings.corpus / CORRECTIONS_FILE).exists()
    assert corrected_values(settings.corpus, "neglect.md") == {}
