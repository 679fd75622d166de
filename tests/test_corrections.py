"""Corrections are checked entry by entry, laid over what was read, and take effect without reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import indexer.ingest
from indexer.build import Options, build
from indexer.catalogue import Catalogue
from indexer.check import compare
from indexer.corrections import Corrections, corrections_checksum, load
from indexer.errors import CorrectionsInvalid
from indexer.generations import current
from indexer.model import Correction, DocumentKind, Reading
from indexer.search.columns import Columns
from indexer.search.results import Filter
from indexer.settings import Settings

PAPER = """Minutes of the Example Safeguarding Board
14 September 2013

1. Item on training

The Board heard that training had been seen by the audit group in the spring of the year.
"""
WHOLE = """
["one.txt"]
title = "Executive Group"
kind = "report"
body = "Northmere Board"
date = 2012-05-01
years = ["2011-12"]
subgroups = ["Audit Subgroup"]
themes = ["Neglect"]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("one.txt", "two.txt"):
        (corpus / name).write_text(PAPER)
    return Settings(corpus=corpus, index=tmp_path / "index", engine="memory")


@pytest.fixture
def correct(settings: Settings) -> Callable[[str], None]:
    """Write the corrections and build."""

    def written(text: str) -> None:
        (settings.corpus / "corrections.toml").write_text(text, encoding="utf-8")
        build(settings, Options(jobs=0))

    return written


def opened(settings: Settings) -> Catalogue:
    return Catalogue.open(current(settings.index).catalogue_path)


def test_without_the_file_there_are_none(tmp_path: Path) -> None:
    assert load(tmp_path) == Corrections()
    assert corrections_checksum(tmp_path) == ""


def test_what_is_right_replaces_what_was_read(settings: Settings, correct: Callable[[str], None]) -> None:
    correct(WHOLE)
    with opened(settings) as catalogue:
        assert [document.file for document in catalogue.documents()] == ["one.txt", "two.txt"]
        document, (part,) = catalogue.document("one.txt"), catalogue.parts("one.txt")
        for one in (document, part):
            assert (one.title, one.kind) == ("Executive Group", DocumentKind.REPORT)
            assert (one.body, one.date, one.years) == ("Northmere Board", "2012-05-01", ("2011-12",))
        for passage in catalogue.passages("one.txt"):
            assert passage.years == ("2011-12",)
            assert "Audit Subgroup" in passage.subgroups and "Neglect" in passage.themes
        assert "Audit Subgroup" in [named.name for named in catalogue.subgroups("one.txt")]
        listed = {one.field: one for one in catalogue.corrections("one.txt")}
        assert listed["date"] == Correction(None, "date", "2013-09-14", "2012-05-01")
        assert listed["themes"] == Correction(None, "themes", None, ("Neglect",))
        columns = Columns(tuple(catalogue.columns()))
        assert columns.mask([Filter("body", ("Northmere Board",)), Filter("theme", ("Neglect",))])
        assert catalogue.document("two.txt").date == "2013-09-14"
        assert catalogue.corrections("two.txt") == ()


def test_a_changed_file_is_applied_without_reading_any_paper(
    settings: Settings, correct: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, Options(jobs=0))

    def read(source: object) -> Reading:
        raise AssertionError(f"{source} was read again")

    monkeypatch.setattr(indexer.ingest, "read", read)
    for text, title in ((WHOLE, "Executive Group"), (WHOLE.replace("Executive", "Audit"), "Audit Group")):
        correct(text)
        with opened(settings) as catalogue:
            assert catalogue.document("one.txt").title == title
    (settings.corpus / "corrections.toml").unlink()
    assert build(settings, Options(jobs=0)).unchanged == 2
    with opened(settings) as catalogue:
        assert catalogue.document("one.txt").date == "2013-09-14"
        assert catalogue.corrected_files() == frozenset()


def test_nothing_is_done_where_nothing_changed(settings: Settings, correct: Callable[[str], None]) -> None:
    correct(WHOLE)
    first = current(settings.index).name
    correct(WHOLE)
    assert current(settings.index).name == first


def test_check_names_the_file_when_it_has_changed(settings: Settings, correct: Callable[[str], None]) -> None:
    correct(WHOLE)
    assert compare(settings).is_current
    (settings.corpus / "corrections.toml").write_text(WHOLE + "# a note\n")
    assert compare(settings).changed == ("corrections.toml",)


def test_a_paper_of_a_pack_is_corrected_by_its_item(sample_corpus: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    name = "children-scrutiny-panel-2013-10-15.pdf"
    (corpus / name).write_bytes((sample_corpus / "agendas" / name).read_bytes())
    settings = Settings(corpus=corpus, index=tmp_path / "index", engine="memory")
    build(settings, Options(jobs=0))
    with opened(settings) as catalogue:
        before = catalogue.parts(name)
    item = next(part.item for part in before if part.item)
    (corpus / "corrections.toml").write_text(
        f'["{name}"]\nbody = "Another Panel"\n'
        f'["{name}".parts."{item}"]\ntitle = "Set right"\nyears = ["2001-02"]\n'
    )
    build(settings, Options(jobs=0))
    with opened(settings) as catalogue:
        after, passages = catalogue.parts(name), catalogue.passages(name)
        body = catalogue.document(name).body
    assert body == "Another Panel"
    for old, new in zip(before, after, strict=True):
        assert (new.title == "Set right", new.years == ("2001-02",)) == ((old.item == item,) * 2)
    assert {p.years == ("2001-02",) for p in passages if after[p.part].item == item} == {True}
    assert {p.years == ("2001-02",) for p in passages if after[p.part].item != item} == {False}
    (corpus / "corrections.toml").write_text(f'["{name}".parts."no such item"]\ntitle = "x"\n')
    with pytest.raises(CorrectionsInvalid, match=r"no such item.*it has"):
        build(settings, Options(jobs=0))
    with opened(settings) as catalogue:
        assert catalogue.document(name).body == "Another Panel"  # the index is as it was


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('["one.txt"]\ntitle = \n', "line 2"),
        ('["absent.txt"]\ntitle = "x"\n', "absent.txt.*no such file"),
        ('title = "x"\n', "outside any file"),
        ('["one.txt"]\ntitel = "x"\n', "“titel” is not known"),
        ('["one.txt"]\ntitle = " "\n', "not empty"),
        ('["one.txt"]\nkind = "novel"\n', "“novel”, not one of annual_report"),
        ('["one.txt"]\nbody = 3\n', "body is to be a text"),
        ('["one.txt"]\ndate = "2013-13"\n', "2013-13"),
        ('["one.txt"]\ndate = 2013\n', "not a date"),
        ('["one.txt"]\nyears = ["2012-14"]\n', "not a list of reporting years"),
        ('["one.txt"]\nyears = "2012-13"\n', "not a list of reporting years"),
        ('["one.txt"]\nthemes = ["Neglct"]\n', "“Neglct”"),
        ('["one.txt"]\nsubgroups = "Audit"\n', "list of names"),
        ('["one.txt"]\nparts = 4\n', "table by item"),
        ('["one.txt".parts]\n4 = "x"\n', "'4'.*not a table"),
        ('["one.txt".parts."4"]\ncolour = "x"\n', "“colour” is not known"),
    ],
)
def test_a_mistake_is_named(settings: Settings, text: str, said: str) -> None:
    (settings.corpus / "corrections.toml").write_text(text, encoding="utf-8")
    with pytest.raises(CorrectionsInvalid, match=said):
        load(settings.corpus)


def test_all_mistakes_are_named_at_once_and_no_encoding_is_guessed(settings: Settings) -> None:
    file = settings.corpus / "corrections.toml"
    file.write_text('["one.txt"]\nkind = "novel"\n["gone.txt"]\nbody = "x"\n')
    with pytest.raises(CorrectionsInvalid, match=r"novel.*gone\.txt"):
        load(settings.corpus)
    file.write_bytes(b'["one.txt"]\ntitle = "\xff"\n')
    with pytest.raises(CorrectionsInvalid, match="cannot be understood"):
        load(settings.corpus)


def test_only_at_the_top_is_it_settings(settings: Settings) -> None:
    (settings.corpus / "deep").mkdir()
    (settings.corpus / "deep" / "corrections.toml").write_text(WHOLE)
    build(settings, Options(jobs=0))
    with opened(settings) as catalogue:
        assert "deep/corrections.toml" in [document.file for document in catalogue.documents()]
