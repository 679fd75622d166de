"""A withdrawn paper is gone at once from all that is searched and shown, and then from the disk."""

from __future__ import annotations

import os
import stat
from contextlib import closing

import pytest

from indexer.answer_packs.batch import item_of
from indexer.answer_packs.model import add
from indexer.answer_packs.store import AnswerPacks
from indexer.build import Options, build
from indexer.check import compare
from indexer.errors import CorpusNotWritable, UnknownDocument
from indexer.files import CORRECTIONS_FILE
from indexer.judging.judgements import Judgement, JudgementSet
from indexer.model import UnreadCode
from indexer.office.withdrawing import put_back, withdraw, withdrawn_folder
from indexer.search.current_library import CurrentLibrary
from indexer.search.library import Library, SearchRequest, open_library
from indexer.settings import Settings
from indexer.withdrawals import Withdrawal, Withdrawals


def take_out(settings: Settings, file: str = "neglect.md", *, keep: bool = True) -> tuple[Withdrawal, ...]:
    with closing(open_library(settings)) as library:
        ids = {d.file: d.id for d in library.catalogue.documents()}
        return withdraw(settings, library.catalogue.sources(), ids, file, "By order of the court.", keep)


def files_of(library: Library, question: str) -> set[str]:
    hits = library.search(SearchRequest(question)).hits
    return {source.document.file for hit in hits for source in (hit.source, *hit.also_in)}


def test_it_is_gone_before_any_build_with_every_copy(settings: Settings) -> None:
    libraries = CurrentLibrary(settings)
    before = libraries.get()
    document = before.catalogue.document("neglect.md")
    (passage,) = before.catalogue.passages(document.id)
    assert files_of(before, "neglect") == {"neglect.md", "copies/again.md", "training.md"}
    done = take_out(settings)
    assert {one.file for one in done} == {"neglect.md", "copies/again.md"}

    after = libraries.get()
    assert after is not before
    assert files_of(after, "neglect") == {"training.md"} and files_of(after, "audit drift") == set()
    assert after.answer(SearchRequest("what did the audit of neglect find")).quotes == () or all(
        quote.source.document.file == "training.md"
        for quote in after.answer(SearchRequest("what did the audit of neglect find")).quotes
    )
    assert [d.file for d in after.catalogue.documents()] == ["training.md"]
    assert after.coverage().documents == 1 and after.catalogue.counts().passages == 1
    for key in (document.id, "neglect.md", "copies/again.md"):
        with pytest.raises(UnknownDocument):
            after.catalogue.document(key)
    with pytest.raises(UnknownDocument):
        after.source(document.id, passage.id)
    kept = after.catalogue.document("training.md")
    assert after.onward.like(kept.id, after.catalogue.passages(kept.id)[0].id) == ()
    assert all(count.count == 1 for counts in after.facet_values().values() for count in counts)
    before.close()
    after.close()


def test_the_next_build_leaves_it_out_and_its_cached_reading_too(settings: Settings) -> None:
    take_out(settings)
    report = build(settings, Options(jobs=0))
    assert (report.removed, report.counts.documents) == (2, 1)
    assert build(settings, Options(jobs=0)).removed == 0
    with closing(open_library(settings)) as library:
        assert files_of(library, "neglect") == {"training.md"}
        assert "drift" not in dict(library.catalogue.words())
    texts = b"".join(path.read_bytes() for path in (settings.index / "cache").rglob("*") if path.is_file())
    assert texts and len(list((settings.index / "cache").rglob("*.markdown"))) == 1


def test_other_papers_that_hold_its_passages_are_known(settings: Settings) -> None:
    with closing(open_library(settings)) as library:
        document = library.catalogue.document("neglect.md")
        shared = library.catalogue.sharing(document.id)
    assert [(other.file, count) for other, count in shared] == [("copies/again.md", 1)]


@pytest.mark.parametrize("keep", [True, False])
def test_the_file_is_moved_where_others_cannot_look_or_deleted(settings: Settings, keep: bool) -> None:
    done = take_out(settings, keep=keep)
    assert not (settings.corpus / "neglect.md").exists()
    folder = withdrawn_folder(settings)
    assert folder.exists() == keep and not folder.is_relative_to(settings.corpus)
    if keep:
        assert "audit of neglect" in (folder / "neglect.md").read_text()
        assert {one.kept for one in done} == {str(folder / "neglect.md"), str(folder / "copies/again.md")}
        if os.name == "posix":
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    else:
        assert {one.kept for one in done} == {""}


def test_packs_and_judgements_lose_its_words(settings: Settings) -> None:
    with closing(open_library(settings)) as library:
        source = library.search(SearchRequest("audit drift")).hits[0].source
    packs, judgements = AnswerPacks(settings.index), JudgementSet(settings.index)
    _, holder = packs.start(lambda pack: add(pack, item_of(source)))
    file, passage = source.document.file, source.passage
    judgements.put(Judgement("neglect", file, source.document.id, passage.id, passage.text, 1))
    take_out(settings)
    assert packs.held(holder).items[0].text == "" and judgements.all() == ()
    for path in (packs.path, judgements.path):
        assert b"drift in six" not in path.read_bytes()


def test_its_corrections_go_with_it_so_that_the_next_build_is_not_refused(settings: Settings) -> None:
    file = settings.corpus / CORRECTIONS_FILE
    file.write_text('# ours\n["neglect.md"]\ntitle = "N"\n\n["training.md"]\ntitle = "T"\n')
    build(settings, Options(jobs=0))
    take_out(settings)
    assert build(settings, Options(jobs=0)).counts.documents == 1
    assert "# ours" in file.read_text() and '"T"' in file.read_text() and '"N"' not in file.read_text()


def test_one_that_is_left_in_the_folder_is_named_and_not_read(settings: Settings) -> None:
    text = (settings.corpus / "neglect.md").read_text()
    take_out(settings)
    (settings.corpus / "back by hand.md").write_text(text)
    report = build(settings, Options(jobs=0))
    assert [(u.file, u.code) for u in report.unread] == [("back by hand.md", UnreadCode.WITHDRAWN)]
    assert report.counts.documents == 1 and compare(settings).is_current


def test_it_is_put_back_and_read_again(settings: Settings) -> None:
    (one, *_) = take_out(settings)
    assert put_back(settings, one.checksum) in ("neglect.md", "copies/again.md")
    build(settings, Options(jobs=0))
    with closing(open_library(settings)) as library:
        assert files_of(library, "audit drift")
    assert Withdrawals(settings.index).all() == ()
    with pytest.raises(UnknownDocument):
        put_back(settings, one.checksum)


def test_a_new_version_under_the_old_name_is_read(settings: Settings) -> None:
    take_out(settings)
    (settings.corpus / "neglect.md").write_text("# Neglect\n\nA shorter account of the audit.\n")
    build(settings, Options(jobs=0))
    with closing(open_library(settings)) as library:
        assert files_of(library, "shorter account") == {"neglect.md"}


def test_a_file_that_cannot_be_moved_is_withdrawn_all_the_same(settings: Settings) -> None:
    withdrawn_folder(settings).write_text("in the way")
    with pytest.raises(CorpusNotWritable, match="withdrawn all the same"):
        take_out(settings)
    with closing(open_library(settings)) as library:
        assert files_of(library, "neglect") == {"training.md"}
    with pytest.raises(UnknownDocument):
        take_out(settings, "none.md")
