"""What can be done with a pack, and where its bounds are."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.answer_packs.model import (
    LONGEST_NOTE,
    LONGEST_TITLE,
    MOST_ITEMS,
    MOST_SEARCHES,
    AnswerPack,
    Item,
    Move,
    PackSearch,
    add,
    annotate,
    describe,
    move,
    remove,
)
from indexer.errors import PackFull, PackInvalid


def item(name: str) -> Item:
    return Item("paper", name, "paper.pdf", f"Words of {name}.", f"Paper, {name}")


def pack_of(*names: str) -> AnswerPack:
    return AnswerPack("id", items=tuple(map(item, names)))


def names(pack: AnswerPack) -> str:
    return "".join(each.passage for each in pack.items)


def test_a_passage_is_in_a_pack_once() -> None:
    pack = add(add(add(AnswerPack("id"), item("a")), item("b")), item("a"))
    assert names(pack) == "ab" and pack.has("paper/a") and not pack.has("paper/c")


def test_a_search_is_remembered_once_and_gives_the_question() -> None:
    search, other = PackSearch("neglect"), PackSearch("neglect", (("Year", "2014-15"),))
    pack = add(AnswerPack("id"), item("a"), search)
    pack = add(pack, item("b"), replace(search, found=7))
    pack = add(add(pack, item("c"), other), item("d"))
    assert pack.question == "neglect" and pack.searches == (search, other)
    assert [each.search for each in pack.items] == [0, 0, 1, None]


def test_what_is_past_the_bounds_is_refused() -> None:
    full = pack_of(*map(str, range(MOST_ITEMS)))
    with pytest.raises(PackFull):
        add(full, item("one more"))
    assert add(full, item("0")) == full
    with pytest.raises(PackInvalid, match="title"):
        describe(full, "x" * (LONGEST_TITLE + 1), "")
    with pytest.raises(PackInvalid, match="note"):
        annotate(full, "paper/0", "x" * (LONGEST_NOTE + 1))
    many = replace(full, items=(), searches=tuple(PackSearch(str(n)) for n in range(MOST_SEARCHES)))
    assert add(many, item("a"), PackSearch("new")).items[0].search is None


@pytest.mark.parametrize(
    ("where", "order"), [(Move.UP, "acbd"), (Move.DOWN, "abdc"), (Move.FIRST, "cabd"), (Move.LAST, "abdc")]
)
def test_passages_are_put_in_order(where: Move, order: str) -> None:
    assert names(move(pack_of(*"abcd"), "paper/c", where)) == order


def test_the_ends_stay_where_they_are() -> None:
    pack = pack_of(*"abc")
    assert move(pack, "paper/a", Move.UP) == pack == move(pack, "paper/c", Move.DOWN)


def test_what_is_not_in_it_cannot_be_changed() -> None:
    for change in (
        lambda p: remove(p, "paper/z"),
        lambda p: move(p, "z", Move.UP),
        lambda p: annotate(p, "z", ""),
    ):
        with pytest.raises(PackInvalid, match="not in the pack"):
            change(pack_of("a"))


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from([*Move, "remove"])), max_size=12))
def test_no_order_of_changes_loses_or_doubles_a_passage(changes: list[tuple[str, str]]) -> None:
    pack, expected = pack_of(*"abcde"), set("abcde")
    for name, what in changes:
        if name not in expected:
            continue
        if what == "remove":
            pack, expected = remove(pack, f"paper/{name}"), expected - {name}
        else:
            pack = move(pack, f"paper/{name}", Move(what))
        assert sorted(names(pack)) == sorted(expected)
