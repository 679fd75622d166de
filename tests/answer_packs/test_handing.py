"""What a pack says of its passages by now: those that stand, those that changed, those that are gone."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

from indexer.answer_packs.handing import Handout, State, hand_on
from indexer.answer_packs.model import AnswerPack, PackSearch
from indexer.build import Options, build
from indexer.search.library import Library, open_library
from indexer.settings import Settings


def after_a_build(settings: Settings, pack: AnswerPack) -> Handout:
    build(settings, Options(jobs=0))
    with closing(open_library(settings)) as library:
        return hand_on(pack, library)


def test_passages_that_stand_are_shown_as_the_index_has_them(library: Library, pack: AnswerPack) -> None:
    handout = hand_on(pack, library)
    assert len(handout.entries) == 2
    for number, entry in enumerate(handout.entries, 1):
        assert (entry.number, entry.state) == (number, State.STANDS)
        assert entry.quote == entry.item.text and "neglect" in entry.quote
        assert entry.url.startswith("/documents/") and entry.citation == entry.item.citation
    assert handout.coverage.documents == 2 and handout.unread_lines() == ("empty.txt: the whole file",)


def test_words_of_a_paper_that_is_gone_are_not_shown(settings: Settings, pack: AnswerPack) -> None:
    (settings.corpus / "minutes.md").unlink()
    for entry in after_a_build(settings, pack).entries:
        assert (entry.state, entry.quote, entry.url) == (State.GONE, "", "")
        assert entry.citation


def test_words_that_were_changed_are_shown_as_collected_and_marked(
    settings: Settings, pack: AnswerPack
) -> None:
    paper = settings.corpus / "minutes.md"
    paper.write_text(paper.read_text().replace("six of twenty", "seven of twenty"))
    first, second = sorted(after_a_build(settings, pack).entries, key=lambda e: "audit" not in e.quote)
    assert (first.state, first.url) == (State.CHANGED, "") and "six of twenty" in first.quote
    assert second.state is State.STANDS


def test_words_that_were_divided_otherwise_are_found_again(settings: Settings, pack: AnswerPack) -> None:
    alone = replace(pack.items[0], text="The Board agreed that every neglect case", passage="cut-otherwise")
    (entry,) = after_a_build(settings, replace(pack, items=(alone,))).entries
    assert entry.state is State.STANDS and "every neglect case" in entry.quote


def test_a_batch_stands_under_its_questions(library: Library, pack: AnswerPack) -> None:
    nothing = PackSearch("zebra", found=0)
    batch = replace(pack, by_question=True, searches=(*pack.searches, nothing))
    first, second = hand_on(batch, library).groups()
    assert (len(first.entries), second.search, second.entries) == (2, nothing, ())
    assert [group.search for group in hand_on(pack, library).groups()] == [None]


def test_a_pack_is_called_by_its_title_or_its_question(library: Library, tmp_path: Path) -> None:
    pack = AnswerPack("id")
    assert hand_on(pack, library).title == "Answer pack"
    assert hand_on(replace(pack, question="neglect"), library).title == "neglect"
    assert hand_on(replace(pack, question="neglect", title="T"), library).title == "T"
