"""Where a text meets a query agrees with what the engines find, and slices are fit to be marked."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.analysis import analyse, pack
from indexer.search.contract import IndexedPassage
from indexer.search.engines import backend
from indexer.search.matching import (
    Event,
    Tokens,
    Words,
    closeness,
    degree,
    events_of,
    highlight,
    holds,
    meet,
    together,
)
from indexer.search.query import AllOf, AnyOf, Best, Everything, Node, Phrase, Prefix, Term, Without

WORDS = ["co-sleeping", "cosleeping", "co", "sleep", "neglect", "audit", "the", "board"]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join)
FORMS = st.sampled_from(["co", "sleep", "cosleep", "neglect", "audit", "absent"])
LEAVES: st.SearchStrategy[Node] = st.one_of(
    FORMS.map(Term),
    st.sampled_from(["co", "negl", "zz"]).map(Prefix),
    st.builds(Phrase, st.lists(FORMS, min_size=1, max_size=3).map(tuple), st.integers(0, 3)),
)
TREES: st.SearchStrategy[Node] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(tuple).map(AnyOf),
        st.lists(inner, max_size=3).map(tuple).map(Best),
        st.lists(inner, max_size=3).map(tuple).map(AllOf),
        st.builds(Without, inner, inner),
    ),
    max_leaves=6,
)


def held(text: str) -> Tokens:
    return Tokens(analyse(text))


def whole(node: Node, words: Words) -> float:
    return meet(node, words).whole


def events(ideas: Sequence[Node], words: Words) -> list[Event]:
    return events_of([meet(idea, words) for idea in ideas])


def marked(node: Node, text: str) -> list[str]:
    return [text[start:end] for start, end in highlight(node, held(text))]


@given(TREES, TEXTS)
def test_highlights_ascend_apart_inside_the_text(tree: Node, text: str) -> None:
    slices = highlight(tree, held(text))
    assert all(0 <= start < end <= len(text) for start, end in slices)
    assert all(one[1] < two[0] for one, two in itertools.pairwise(slices))


@given(TREES, TEXTS)
def test_a_degree_is_a_share_and_comes_with_something_to_mark(tree: Node, text: str) -> None:
    value = degree(tree, held(text))
    assert 0.0 <= value <= 1.0
    assert (value > 0) == bool(highlight(tree, held(text)))


@given(st.lists(TEXTS, min_size=1, max_size=5), st.lists(LEAVES, min_size=1, max_size=5), TREES)
def test_a_text_meets_a_query_just_where_an_engine_finds_it(
    texts: list[str], leaves: list[Node], tree: Node
) -> None:
    memory = backend("memory")
    with TemporaryDirectory() as folder:
        with memory.writer(Path(folder)) as writer:
            writer.add(IndexedPassage(n, {"text": analyse(text)}) for n, text in enumerate(texts))
            writer.commit()
        engine = memory.open(Path(folder))
    for leaf in leaves:
        matching = engine.search(leaf, 10).matching
        assert matching == sum((degree(leaf, held(text)) > 0) << n for n, text in enumerate(texts))
    matching = engine.search(tree, 10).matching
    assert matching == sum(holds(tree, held(text)) << n for n, text in enumerate(texts))


@given(st.lists(LEAVES, max_size=4), TEXTS)
def test_closeness_is_a_share(ideas: list[Node], text: str) -> None:
    assert 0.0 <= closeness(events(ideas, held(text))) <= 1.0


@pytest.mark.parametrize(
    ("text", "slop", "expected"),
    [
        ("bed sharing", 0, ["bed", "sharing"]),
        ("sharing a bed", 0, []),
        ("bed and sofa sharing", 1, []),
        ("bed and sofa sharing", 2, ["bed", "sharing"]),
        ("bed. bed sharing, sharing", 0, ["bed", "sharing"]),
    ],
)
def test_of_a_phrase_only_what_stands_together_is_marked(text: str, slop: int, expected: list[str]) -> None:
    assert marked(Phrase(("bed", "share"), slop), text) == expected


@pytest.mark.parametrize("text", ["co-sleeping", "co-\nsleeping", "cosleeping"])
def test_a_word_in_pieces_is_marked_whole(text: str) -> None:
    assert marked(Term("cosleep"), f"Of {text}, too.") == [text]


def test_what_is_not_wanted_is_not_marked() -> None:
    assert marked(Without(Term("neglect"), Term("audit")), "neglect audit") == ["neglect"]
    assert marked(Everything(), "neglect audit") == []


def test_synonyms_count_by_their_weight_and_several_words_by_their_share() -> None:
    text = held("neglect audit")
    assert degree(Best((Term("absent"), Term("audit", 0.7))), text) == 0.7
    assert degree(Best((Term("neglect"), Term("audit", 0.7))), text) == 1.0
    assert degree(AnyOf((Term("neglect"), Term("absent"))), text) == 0.5
    assert degree(Prefix("negl", 3.0), text) == 1.0


def test_a_term_is_whole_where_its_words_stand_together() -> None:
    term = AnyOf((Term("neglect"), Term("audit"), Phrase(("neglect", "audit"), 2, 0.4)))
    assert whole(term, held("a neglect audit")) == 1.0
    assert whole(term, held("neglect, and long after that an audit")) == 0.0
    assert whole(Best((term, Term("gcp", 0.7))), held("gcp")) == 0.7
    assert whole(AnyOf((Term("neglect"), Term("absent"))), held("neglect")) == 0.5


@given(st.lists(LEAVES, max_size=4), TEXTS)
def test_what_stands_together_is_a_share_and_no_more_than_what_is_there(ideas: list[Node], text: str) -> None:
    worths = [1.0] * len(ideas)
    near = together(events(ideas, held(text)), worths, 2)
    assert 0.0 <= near <= together(events(ideas, held(text)), worths, 1000) <= 1.0


def test_ideas_stand_together_within_so_many_words() -> None:
    ideas, worths = (Term("neglect"), Term("audit")), (3.0, 1.0)
    text = held("neglect of one two three four audit")
    assert together(events(ideas, text), worths, 6) == 1.0
    assert together(events(ideas, text), worths, 5) == 0.75
    assert together(events(ideas, held("nothing")), worths, 5) == 0.0


def test_ideas_side_by_side_are_closest_and_one_alone_is_not_close() -> None:
    ideas = (Term("neglect"), Term("audit"))
    assert closeness(events(ideas, held("the neglect audit"))) == 1.0
    assert closeness(events(ideas, held("neglect is the subject of the audit"))) == pytest.approx(2 / 7)
    assert closeness(events(ideas, held("neglect neglect"))) == 0.0
    near = held("neglect of one. A long way on, an audit of neglect")
    assert closeness(events(ideas, near)) == pytest.approx(2 / 3)


@given(TREES, TEXTS)
def test_packed_words_meet_a_query_as_the_text_does(tree: Node, text: str) -> None:
    tokens, words = held(text), Words.unpack(pack(analyse(text)))
    one, other = meet(tree, words), meet(tree, tokens)
    assert (one.degree, one.whole, sorted(one.places)) == (other.degree, other.whole, sorted(other.places))
    assert (words.count, set(words.forms())) == (tokens.count, set(tokens.forms()))


@given(st.lists(TREES, max_size=4).map(tuple), TEXTS)
def test_the_best_way_of_saying_counts(children: tuple[Node, ...], text: str) -> None:
    words = held(text)
    assert degree(Best(children), words) == max((degree(child, words) for child in children), default=0.0)


@given(TEXTS, st.integers(0, 30), st.integers(0, 30))
def test_a_slice_has_the_words_that_lie_in_it(text: str, start: int, length: int) -> None:
    inside = held(text).between(start, start + length).tokens
    assert all(start <= token.start and token.end <= start + length for token in inside)
    assert set(inside) <= set(analyse(text))
