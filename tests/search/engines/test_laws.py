"""Random indexes and random trees: the memory engine is the yardstick for the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.search.analysis import Token
from indexer.search.bitsets import bits_of
from indexer.search.contract import FIELD_WEIGHTS, IndexedPassage, Matches
from indexer.search.query import (
    AllOf,
    Among,
    AnyOf,
    Best,
    Everything,
    Node,
    OneOf,
    Phrase,
    Prefix,
    Term,
    Without,
)
from indexer.settings import ENGINES

if TYPE_CHECKING:
    from conftest import Shelf

NewShelf = Callable[[str, Path], "Shelf"]
Agree = Callable[[Matches, Matches], None]

TOKENS = ("a", "b", "c", "ab", "abc", "bc")
ORDINALS = st.integers(0, 12)


@st.composite
def token_runs(draw: st.DrawFn) -> tuple[Token, ...]:
    """Tokens of one field; a step of 0 puts two at one position."""
    texts = draw(st.lists(st.sampled_from(TOKENS), max_size=9))
    steps = draw(st.lists(st.sampled_from((1, 1, 1, 0)), min_size=len(texts), max_size=len(texts)))
    at = 0
    tokens = []
    for text, step in zip(texts, steps, strict=True):
        at += step
        tokens.append(Token(text, at, 0, 0))
    return tuple(tokens)


PASSAGES = st.builds(
    IndexedPassage, ORDINALS, st.fixed_dictionaries({}, optional=dict.fromkeys(FIELD_WEIGHTS, token_runs()))
)
BATCHES = st.lists(st.one_of(st.lists(PASSAGES, max_size=5), st.sets(ORDINALS)), max_size=4)
WEIGHTS = st.sampled_from((1.0, 0.5, 2.0))
FIELDS = st.sampled_from(("", "", *FIELD_WEIGHTS))
SOME_TOKENS = st.lists(st.sampled_from(TOKENS), max_size=4).map(tuple)
LEAVES: st.SearchStrategy[Node] = st.one_of(
    st.builds(Term, st.sampled_from((*TOKENS, "absent")), WEIGHTS, FIELDS),
    st.builds(Phrase, SOME_TOKENS, st.integers(0, 3), WEIGHTS, FIELDS),
    st.builds(Prefix, st.sampled_from(("a", "ab", "b", "z", "")), WEIGHTS, FIELDS),
    st.builds(OneOf, SOME_TOKENS, WEIGHTS, FIELDS),
    st.builds(Among, st.sets(ORDINALS).map(bits_of)),
    st.just(Everything()),
)


def _branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(children, max_size=3).map(tuple)
    return st.one_of(
        st.builds(AnyOf, several),
        st.builds(Best, several),
        st.builds(AllOf, several),
        st.builds(Without, children, children),
    )


TREES = st.recursive(LEAVES, _branches, max_leaves=6)


class TestLaws:
    @pytest.mark.slow
    @pytest.mark.parametrize("name", [name for name in ENGINES if name != "memory"])
    @settings(max_examples=100)
    @given(passages=st.lists(PASSAGES, max_size=8), trees=st.lists(TREES, min_size=1, max_size=8))
    def test_every_engine_finds_what_the_memory_engine_finds(
        self, new_shelf: NewShelf, agree: Agree, name: str, passages: list[IndexedPassage], trees: list[Node]
    ) -> None:
        with TemporaryDirectory() as folder:
            oracle = new_shelf("memory", Path(folder, "memory")).write(*passages).open()
            engine = new_shelf(name, Path(folder, name)).write(*passages).open()
            for tree in trees:
                agree(engine.search(tree, 50), oracle.search(tree, 50))
            assert engine.count() == oracle.count()
            assert [engine.frequency(t) for t in TOKENS] == [oracle.frequency(t) for t in TOKENS]
            engine.close()

    @pytest.mark.parametrize("name", ENGINES)
    @settings(max_examples=40)
    @given(batches=BATCHES, trees=st.lists(TREES, min_size=1, max_size=4), within=st.sets(ORDINALS))
    def test_small_changes_come_to_the_same_as_one_build(
        self,
        new_shelf: NewShelf,
        agree: Agree,
        name: str,
        batches: list[list[IndexedPassage] | set[int]],
        trees: list[Node],
        within: set[int],
    ) -> None:
        left: dict[int, IndexedPassage] = {}
        with TemporaryDirectory() as folder:
            grown = new_shelf(name, Path(folder, "grown")).write()
            for batch in batches:
                if isinstance(batch, set):
                    grown.write(remove=batch)
                    left = {ordinal: kept for ordinal, kept in left.items() if ordinal not in batch}
                else:
                    grown.write(*batch)
                    left |= {added.ordinal: added for added in batch}
            fresh = new_shelf(name, Path(folder, "fresh")).write(*left.values()).open()
            engine = grown.open()
            assert engine.count() == len(left)
            for tree in trees:
                agree(engine.search(tree, 50, bits_of(within)), fresh.search(tree, 50, bits_of(within)))
            engine.close()
            fresh.close()
