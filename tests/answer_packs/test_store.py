"""Packs are kept beside the index, for those who hold their keys, and within bounds."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from indexer.answer_packs.model import AnswerPack, Item, add
from indexer.answer_packs.store import DAYS_ALONE, DAYS_SHARED, AnswerPacks, Holder
from indexer.errors import IndexNotWritable, PacksDamaged, TooManyPacks, UnknownPack


def item(number: int) -> Item:
    return Item("paper", str(number), "paper.pdf", "The Board agreed.", "Paper, page 1")


def with_one(pack: AnswerPack) -> AnswerPack:
    return add(pack, item(1))


def shared(pack: AnswerPack) -> AnswerPack:
    return replace(pack, shared=True)


def test_who_holds_the_key_may_change_it_and_no_one_else(tmp_path: Path) -> None:
    store = AnswerPacks(tmp_path)
    pack, holder = store.start(with_one)
    assert store.held(holder) == pack
    changed = store.change(holder, lambda p: add(p, item(2)))
    assert store.held(holder) == changed and len(changed.items) == 2
    for wrong in (Holder(pack.id, "x"), Holder("x", holder.key), Holder("", "")):
        for attempt in (store.held, store.delete, lambda right: store.change(right, with_one)):
            with pytest.raises(UnknownPack):
                attempt(wrong)
    assert holder.key not in store.path.read_bytes().decode("latin-1")


def test_it_is_read_by_others_only_while_it_is_shared(tmp_path: Path) -> None:
    store = AnswerPacks(tmp_path)
    pack, holder = store.start(with_one)
    with pytest.raises(UnknownPack):
        store.shared(pack.id)
    store.change(holder, shared)
    assert store.shared(pack.id).items == pack.items
    store.change(holder, lambda p: replace(p, shared=False))
    with pytest.raises(UnknownPack):
        store.shared(pack.id)
    store.delete(holder)
    with pytest.raises(UnknownPack):
        store.held(holder)


def test_nothing_is_there_before_the_first(tmp_path: Path) -> None:
    store = AnswerPacks(tmp_path)
    with pytest.raises(UnknownPack):
        store.shared("any")
    with pytest.raises(UnknownPack):
        store.held(Holder("any", "key"))
    assert store.forget(frozenset({"paper.pdf"})) == 0 and not store.path.exists()


def test_old_packs_make_room_and_no_more_than_so_many_are_kept(tmp_path: Path) -> None:
    store = AnswerPacks(tmp_path, most=2)
    _, old = store.start(with_one)
    _, kept = store.start(shared)
    with pytest.raises(TooManyPacks):
        store.start(with_one)
    _age(store, DAYS_ALONE + 1)
    store.start(with_one)
    with pytest.raises(UnknownPack):
        store.held(old)
    assert store.held(kept).shared
    _age(store, DAYS_SHARED + 1)
    store.start(with_one)
    with pytest.raises(UnknownPack):
        store.held(kept)


def _age(store: AnswerPacks, days: int) -> None:
    before = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
    connection = sqlite3.connect(store.path)
    with connection:
        connection.execute("UPDATE packs SET changed = ?", (before,))
    connection.close()


def test_a_withdrawn_paper_leaves_its_words_in_no_pack(tmp_path: Path) -> None:
    store = AnswerPacks(tmp_path)
    _, holder = store.start(with_one)
    _, other = store.start(lambda p: add(p, replace(item(1), file="another.pdf")))
    assert store.forget(frozenset({"paper.pdf"})) == 1
    (gone,) = store.held(holder).items
    assert (gone.text, gone.citation) == ("", "paper.pdf")
    assert store.held(other).items[0].text == "The Board agreed."


def test_changes_at_the_same_time_are_all_kept(tmp_path: Path) -> None:
    store = AnswerPacks(tmp_path)
    _, holder = store.start(lambda p: p)

    def collect(number: int) -> None:
        store.change(holder, lambda pack: add(pack, item(number)))

    threads = [threading.Thread(target=collect, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.passage for each in store.held(holder).items} == set("01234567")


def test_a_damaged_file_and_a_folder_that_is_not_there_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(IndexNotWritable, match="answer packs"):
        AnswerPacks(tmp_path / "none").start(with_one)
    store = AnswerPacks(tmp_path)
    store.path.write_bytes(b"not a database" * 100)
    with pytest.raises(PacksDamaged, match="damaged"):
        store.start(with_one)
