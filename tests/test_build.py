"""A build brings the index up to date with the corpus, reads no more than it must, and loses nothing."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import indexer.build
import indexer.ingest
from indexer.build import BuildReport, Options, build
from indexer.catalogue import Catalogue
from indexer.check import compare, find_faults
from indexer.errors import CorpusEmpty, CorpusMissing
from indexer.generations import current
from indexer.model import Reading, SourceFile, UnreadCode
from indexer.reading.attempt import Attempt
from indexer.search.engines import backend
from indexer.search.query import Term
from indexer.settings import Settings

HERE = Options(jobs=0)


def paper(*words: str) -> str:
    """Minutes with a paragraph on each of the words."""
    text = "Minutes of the Example Safeguarding Board\n14 September 2013\n"
    for number, word in enumerate(words, 1):
        text += (
            f"\n{number}. Item on {word}\n\nThe Board heard that {word} had been seen by the audit group "
            f"in the spring, and asked that every agency should bring its own findings on {word} to the next "
            "meeting so that the lessons could be shared with all of the staff who work with families.\n"
        )
    return text


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "one.txt").write_text(paper("neglect", "thresholds"))
    (corpus / "two.txt").write_text(paper("supervision"))
    return Settings(corpus=corpus, index=tmp_path / "index", engine="memory")


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read, from now on."""
    names: list[str] = []
    really_read = indexer.ingest.read

    def watched(source: SourceFile, attempt: Attempt) -> Reading:
        names.append(source.name)
        return really_read(source, attempt)

    monkeypatch.setattr(indexer.ingest, "read", watched)
    return names


def changes(report: BuildReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.removed, report.unchanged


def files_with(settings: Settings, token: str) -> set[str]:
    """The files whose passages hold a token, as the engine and the catalogue together tell."""
    generation = current(settings.index)
    engine = backend(generation.manifest.engine).open(generation.engine_folder)
    with Catalogue.open(generation.catalogue_path) as catalogue:
        found = engine.search(Term(token), 100)
        records = catalogue.records([ordinal for ordinal, _ in found.ranked])
        assert len(records) == len(found.ranked)  # an ordinal that the catalogue has not is an old one
        engine.close()
        return {record.document.file for record in records.values()}


def test_a_first_build_makes_an_index_that_can_be_searched(settings: Settings) -> None:
    report = build(settings, HERE)
    assert changes(report) == (2, 0, 0, 0)
    assert (report.counts.documents, report.engine, report.unread) == (2, "memory", ())
    assert files_with(settings, "neglect") == {"one.txt"}
    assert find_faults(settings) == ()
    assert compare(settings).is_current


def test_nothing_changed_reads_nothing_and_makes_no_generation(settings: Settings, read: list[str]) -> None:
    build(settings, HERE)
    before = current(settings.index)
    read.clear()
    report = build(settings, HERE)
    assert changes(report) == (0, 0, 0, 2)
    assert read == []
    assert current(settings.index) == before


def test_only_what_is_new_or_changed_is_read(settings: Settings, read: list[str]) -> None:
    build(settings, HERE)
    read.clear()
    (settings.corpus / "one.txt").write_text(paper("training"))
    (settings.corpus / "new.txt").write_text(paper("trafficking"))
    report = build(settings, HERE)
    assert changes(report) == (1, 1, 0, 1)
    assert sorted(read) == ["new.txt", "one.txt"]
    assert files_with(settings, "neglect") == set()
    assert files_with(settings, "traffick") == {"new.txt"}
    assert find_faults(settings) == ()


def test_a_removed_file_disappears(settings: Settings) -> None:
    build(settings, HERE)
    (settings.corpus / "one.txt").unlink()
    report = build(settings, HERE)
    assert changes(report) == (0, 0, 1, 1)
    assert files_with(settings, "neglect") == set()
    assert len(list((settings.index / "cache").rglob("*.text"))) == 1


def test_a_new_date_on_the_same_bytes_is_no_change(settings: Settings, read: list[str]) -> None:
    build(settings, HERE)
    read.clear()
    os.utime(settings.corpus / "one.txt", (1, 1))
    report = build(settings, HERE)
    assert (changes(report), read) == ((0, 0, 0, 2), [])
    assert compare(settings).is_current


def test_a_renamed_file_is_taken_from_the_cache(settings: Settings, read: list[str]) -> None:
    build(settings, HERE)
    read.clear()
    (settings.corpus / "one.txt").rename(settings.corpus / "other.txt")
    report = build(settings, HERE)
    assert (changes(report), read) == ((1, 0, 1, 1), [])
    assert files_with(settings, "neglect") == {"other.txt"}


def test_incremental_and_fresh_builds_give_the_same_index(settings: Settings, tmp_path: Path) -> None:
    build(settings, HERE)
    (settings.corpus / "one.txt").write_text(paper("training", "neglect"))
    (settings.corpus / "two.txt").unlink()
    (settings.corpus / "three.txt").write_text(paper("housing"))
    build(settings, HERE)
    fresh = replace(settings, index=tmp_path / "fresh")
    build(fresh, HERE)
    held = []
    for each in (settings, fresh):
        with Catalogue.open(current(each.index).catalogue_path) as catalogue:
            records = [(r.document, r.passage, r.part, r.section) for r in catalogue.all_records()]
            held.append(sorted(records, key=lambda r: (r[0].file, r[1].spans[0].start)))
    assert held[0] == held[1]
    for word in ("train", "neglect", "hous", "supervis"):
        assert files_with(settings, word) == files_with(fresh, word)


def test_a_rebuild_reads_nothing(settings: Settings, read: list[str]) -> None:
    build(settings, HERE)
    before = current(settings.index).name
    read.clear()
    report = build(settings, replace(HERE, fresh=True))
    assert (changes(report), read) == ((0, 0, 0, 2), [])
    assert current(settings.index).name != before
    assert files_with(settings, "neglect") == {"one.txt"}


@pytest.mark.parametrize("damage", ["outdated", "manifest", "catalogue", "pointer"])
def test_an_index_that_cannot_be_used_is_made_again_without_reading(
    settings: Settings, read: list[str], damage: str
) -> None:
    build(settings, HERE)
    read.clear()
    generation = current(settings.index)
    match damage:
        case "outdated":
            (generation.path / "manifest.json").write_text('{"format": 0}')
        case "manifest":
            (generation.path / "manifest.json").unlink()
        case "catalogue":
            generation.catalogue_path.write_bytes(b"nonsense")
        case "pointer":
            (settings.index / "CURRENT").write_text("nonsense")
    assert build(settings, HERE).counts.documents == 2
    assert read == []
    assert files_with(settings, "neglect") == {"one.txt"}


def test_newer_readers_read_everything_again(
    settings: Settings, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(settings, HERE)
    read.clear()
    monkeypatch.setattr(indexer.build, "VERSIONS", {**indexer.build.VERSIONS, "readers": "next"})
    monkeypatch.setattr(indexer.build, "READER_VERSION", "next")
    monkeypatch.setattr(indexer.ingest, "READER_VERSION", "next")
    assert changes(build(settings, HERE)) == (0, 0, 0, 2)
    assert sorted(read) == ["one.txt", "two.txt"]
    assert build(settings, HERE).unchanged == 2
    assert len(read) == 2


@pytest.mark.parametrize("name", ["stages", "fields"])
def test_newer_stages_work_from_the_cache(
    settings: Settings, read: list[str], monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    build(settings, HERE)
    read.clear()
    before = current(settings.index).name
    monkeypatch.setattr(indexer.build, "VERSIONS", {**indexer.build.VERSIONS, name: "next"})
    build(settings, HERE)
    assert (read, current(settings.index).name != before) == ([], True)
    assert files_with(settings, "neglect") == {"one.txt"}


def test_another_engine_is_filled_from_the_catalogue(settings: Settings, read: list[str]) -> None:
    build(settings, HERE)
    read.clear()
    (settings.corpus / "new.txt").write_text(paper("trafficking"))
    report = build(replace(settings, engine="whoosh"), HERE)
    assert (report.engine, changes(report), read) == ("whoosh", (1, 0, 0, 2), ["new.txt"])
    assert current(settings.index).manifest.engine == "whoosh"
    assert files_with(settings, "neglect") == {"one.txt"}
    assert files_with(settings, "traffick") == {"new.txt"}
    assert not (current(settings.index).path / "memory").exists()


def test_every_file_is_a_document_or_named(settings: Settings) -> None:
    (settings.corpus / "empty.txt").write_text("")
    (settings.corpus / "noise.bin").write_bytes(bytes(range(256)) * 4)
    (settings.corpus / "fake.pdf").write_text("not a pdf")
    (settings.corpus / "blank.txt").write_text("  \n \n")
    report = build(settings, HERE)
    assert changes(report) == (2, 0, 0, 0)
    assert {one.file: one.code for one in report.unread} == {
        "empty.txt": UnreadCode.EMPTY,
        "blank.txt": UnreadCode.EMPTY,
        "noise.bin": UnreadCode.NOT_A_DOCUMENT,
        "fake.pdf": UnreadCode.NOT_A_DOCUMENT,
    }
    again = build(settings, HERE)
    assert (changes(again), set(again.unread)) == ((0, 0, 0, 2), set(report.unread))


def test_a_file_that_fails_is_not_tried_again_before_it_changes(settings: Settings, read: list[str]) -> None:
    (settings.corpus / "blank.txt").write_text("  \n \n")
    build(settings, HERE)
    before = current(settings.index)
    read.clear()
    assert len(build(settings, HERE).unread) == 1
    assert (read, current(settings.index)) == ([], before)
    build(settings, replace(HERE, retry=True))
    assert read == ["blank.txt"]
    (settings.corpus / "blank.txt").write_text(paper("housing"))
    report = build(settings, HERE)
    assert (changes(report), report.unread) == ((1, 0, 0, 2), ())


def test_a_document_that_becomes_unreadable_leaves_the_index(settings: Settings) -> None:
    build(settings, HERE)
    (settings.corpus / "one.txt").write_text("")
    report = build(settings, HERE)
    assert changes(report) == (0, 0, 1, 1)
    assert [one.file for one in report.unread] == ["one.txt"]
    assert files_with(settings, "neglect") == set()
    (settings.corpus / "one.txt").write_text(paper("neglect"))
    report = build(settings, HERE)
    assert (changes(report), report.unread) == ((1, 0, 0, 1), ())


@pytest.mark.parametrize("error", [RuntimeError("odd"), RecursionError(), MemoryError(), PermissionError()])
def test_whatever_goes_wrong_with_a_file_is_its_own(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    really_read = indexer.ingest.read

    def fail(source: SourceFile, attempt: Attempt) -> Reading:
        if source.name == "one.txt":
            raise error
        return really_read(source, attempt)

    monkeypatch.setattr(indexer.ingest, "read", fail)
    report = build(settings, HERE)
    assert (report.added, [one.file for one in report.unread]) == (1, ["one.txt"])
    assert report.unread[0].reason


def test_half_characters_from_a_broken_font_do_not_stop_a_file(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    really_read = indexer.ingest.read

    def broken(source: SourceFile, attempt: Attempt) -> Reading:
        reading = really_read(source, attempt)
        return replace(reading, text=reading.text.replace("neglect", "n\ud800glect"), title="\udfff")

    monkeypatch.setattr(indexer.ingest, "read", broken)
    report = build(settings, HERE)
    assert (report.added, report.unread) == (2, ())
    assert find_faults(settings) == ()


def test_a_cache_that_cannot_be_written_is_not_the_files_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(indexer.ingest.ReadingCache, "put", full)
    report = build(settings, HERE)
    assert (report.added, report.unread) == (2, ())


@pytest.mark.slow
def test_processes_give_the_same_as_none(settings: Settings, tmp_path: Path) -> None:
    (settings.corpus / "blank.txt").write_text(" \n")
    here = build(settings, HERE)
    apart = build(replace(settings, index=tmp_path / "apart"), Options(jobs=2))
    assert (apart.counts, apart.unread) == (here.counts, here.unread)


def test_a_folder_without_papers_leaves_the_index(settings: Settings) -> None:
    build(settings, HERE)
    for path in settings.corpus.iterdir():
        path.unlink()
    with pytest.raises(CorpusEmpty, match="left as it is"):
        build(settings, HERE)
    shutil.rmtree(settings.corpus)
    with pytest.raises(CorpusMissing):
        build(settings, HERE)
    assert files_with(settings, "neglect") == {"one.txt"}


def test_no_corpus_makes_no_index_folder(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing):
        build(Settings(corpus=tmp_path / "nothing", index=tmp_path / "index"))
    assert not (tmp_path / "index").exists()


@pytest.mark.slow
def test_a_build_killed_at_any_moment_leaves_the_old_index_serving(root: Path, settings: Settings) -> None:
    for number in range(12):
        (settings.corpus / f"paper-{number}.txt").write_text(paper("neglect", f"topic {number}", "housing"))
    build(settings, HERE)
    command = [sys.executable, "-m", "indexer", "build", "--engine", "memory", "--jobs", "1"]
    command += ["--corpus", str(settings.corpus), "--index", str(settings.index)]

    started = time.monotonic()
    (settings.corpus / "two.txt").write_text(paper("version 0"))
    subprocess.run(command, check=True, capture_output=True, cwd=root)
    whole = time.monotonic() - started
    chance = random.Random(7)  # noqa: S311 - moments to kill at, not secrets
    for attempt in range(1, 9):
        for path in settings.corpus.iterdir():
            path.write_text(path.read_text() + f"\nA further line, number {attempt}, about housing.\n")
        process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * chance.uniform(0.3, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert "one.txt" in files_with(settings, "neglect")
        assert find_faults(settings) == ()
    report = build(settings, HERE)
    assert report.counts.documents == 14
    assert compare(settings).is_current
    assert not list((settings.index / "generations").glob("*.tmp"))
