"""What a query tree looks for."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from indexer.search.query import (
    AllOf,
    AnyOf,
    Best,
    Everything,
    Node,
    Phrase,
    Prefix,
    Term,
    Without,
    prefixes_of,
    tokens_of,
)

TREE = Without(
    wanted=AnyOf(
        (
            Term("neglect"),
            Best((Phrase(("co", "sleep")), Prefix("cosl"))),
            AllOf((Term("audit"), Prefix("a"))),
        )
    ),
    unwanted=AnyOf((Term("agenda"), Phrase(("blank", "page")), Prefix("apolog"))),
)


def test_tokens_are_gathered_from_all_but_what_is_excluded() -> None:
    assert tokens_of(TREE) == {"neglect", "co", "sleep", "audit"}


def test_prefixes_are_gathered_from_all_but_what_is_excluded() -> None:
    assert prefixes_of(TREE) == {"cosl", "a"}


@pytest.mark.parametrize(
    "node", [Everything(), AnyOf(()), Best(()), AllOf(()), Without(Everything(), Term("a"))]
)
def test_nodes_that_look_for_no_word_have_none(node: Node) -> None:
    assert tokens_of(node) == prefixes_of(node) == frozenset()


def test_trees_are_values() -> None:
    same = Without(TREE.wanted, AnyOf((Term("agenda"), Phrase(("blank", "page")), Prefix("apolog"))))
    assert {TREE: "found"}[same] == "found"
    assert Term("a") != Prefix("a")
    assert Phrase(("a", "b")) != Phrase(("a", "b"), slop=1)
    with pytest.raises(FrozenInstanceError):
        Term("a").token = "b"  # type: ignore[misc]
