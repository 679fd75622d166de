"""The closer ranking puts what is to the point first, and loses and invents nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Record
from indexer.model import StatementKind
from indexer.search.analysis import analyse
from indexer.search.matching import Tokens
from indexer.search.query import AnyOf, Phrase, Term
from indexer.search.ranking import (
    DEFAULT_WEIGHTS,
    NOTHING_WISHED,
    Candidate,
    Idea,
    Weights,
    Wished,
    rerank,
    spread,
)

ABuilder = Callable[..., Record]
NEGLECT, AUDIT = Idea(Term("neglect"), 1.0), Idea(Term("audit"), 1.0)
FILLER = "which " * 20
"""So that no text is a crumb."""
TEXTS = st.lists(st.sampled_from(["neglect", "audit", "the", "board", "12"]), max_size=8).map(" ".join)


@pytest.fixture(scope="session")
def order(a_record: ABuilder) -> Callable[..., list[int]]:
    """The order of passages that an engine scored alike; each a text with the headings above it."""

    def ordered(
        passages: Sequence[tuple[str, ...]],
        ideas: Sequence[Idea] = (NEGLECT, AUDIT),
        wish: Wished = NOTHING_WISHED,
    ) -> list[int]:
        candidates = [
            candidate(a_record(text, *headings, ordinal=n)) for n, (text, *headings) in enumerate(passages)
        ]
        return [ordinal for ordinal, _ in rerank(candidates, ideas, wish)]

    return ordered


def candidate(record: Record, score: float = 1.0) -> Candidate:
    path = record.section.path if record.section else ("",)
    texts = (f"{record.passage.text} {FILLER}", " ".join(path), path[-1])
    own, heading, title = (Tokens(analyse(text)) for text in texts)
    passage = record.passage
    digits = sum(any(c.isdigit() for c in word) for word in passage.text.split())
    return Candidate(record.ordinal, score, own, heading, title, passage.statement, digits)


@given(st.lists(st.tuples(TEXTS, st.floats(0, 50)), max_size=8), st.lists(st.sampled_from([NEGLECT, AUDIT])))
def test_every_candidate_comes_back_once_best_first_and_never_for_less(
    a_record: ABuilder, given_: list[tuple[str, float]], ideas: list[Idea]
) -> None:
    candidates = [candidate(a_record(text, ordinal=n), score) for n, (text, score) in enumerate(given_)]
    ranked = rerank(candidates, ideas, Wished(figures=True))
    assert sorted(ordinal for ordinal, _ in ranked) == list(range(len(given_)))
    assert ranked == sorted(ranked, key=lambda found: (-found[1], found[0]))
    assert all(score >= given_[ordinal][1] for ordinal, score in ranked)


def test_all_ideas_are_worth_more_than_one(order: Callable[..., list[int]]) -> None:
    assert order([("neglect",), ("audit of some things and, far off, of neglect",)]) == [1, 0]


def test_side_by_side_is_worth_more_than_apart(order: Callable[..., list[int]]) -> None:
    assert order([("neglect and many other things, then an audit",), ("the neglect audit",)]) == [1, 0]


def test_a_term_of_several_words_counts_as_a_term(order: Callable[..., list[int]]) -> None:
    term = AnyOf((Term("section"), Term("11"), Phrase(("section", "11"), 2, 0.4)))
    passages = [("a section of the report that names 11 of them",), ("what section 11 asks for",)]
    assert order(passages, (Idea(term, 1.0), AUDIT)) == [1, 0]


def test_ideas_in_a_few_lines_are_worth_more_than_pages_apart(order: Callable[..., list[int]]) -> None:
    near = f"neglect {'which ' * 15} audit"
    far = f"neglect {'which ' * 40} audit"
    assert order([(far,), (near,)]) == [1, 0]


def test_the_heading_right_above_tells_more_than_one_far_up(order: Callable[..., list[int]]) -> None:
    assert order([("an audit", "Neglect", "Figures"), ("an audit", "Figures", "Neglect")]) == [1, 0]


def test_without_weights_the_engine_has_the_last_word(a_record: ABuilder) -> None:
    off = Weights(0, 0, 0, 0, 0, 0, 0, 0, 0, told_already=1, crumb=1)
    candidates = [
        candidate(a_record("neglect audit", "Neglect", ordinal=0), 1.0),
        candidate(a_record("which", ordinal=1), 2.0),
    ]
    assert rerank(candidates, (NEGLECT, AUDIT), Wished(figures=True), off) == [(1, 2.0), (0, 1.0)]


WORDS = st.frozensets(st.sampled_from("abcdef"))


@given(st.lists(st.tuples(st.floats(0, 50), WORDS), max_size=12))
def test_spreading_keeps_every_passage_and_raises_none(given_: list[tuple[float, frozenset[str]]]) -> None:
    scores = {n: score for n, (score, _) in enumerate(given_)}
    taken = spread(list(scores.items()), {n: words for n, (_, words) in enumerate(given_)})
    assert sorted(ordinal for ordinal, _ in taken) == list(scores)
    assert all(score <= scores[ordinal] for ordinal, score in taken)
    if taken:
        assert taken[0][1] == max(scores.values())


def test_what_a_better_passage_has_said_comes_after_what_is_new() -> None:
    said, new = frozenset("abcd"), frozenset("wxyz")
    ranked = [(0, 3.0), (1, 2.9), (2, 2.0)]
    assert [o for o, _ in spread(ranked, {0: said, 1: said, 2: new})] == [0, 2, 1]
    assert [o for o, _ in spread(ranked, {0: said, 1: new, 2: said})] == [0, 1, 2]
    assert spread(ranked, {0: said, 1: said, 2: new}, Weights(told_already=1)) == ranked


def test_rows_of_a_table_say_the_same_though_their_figures_differ() -> None:
    ranked = [(0, 3.0), (1, 2.9), (2, 2.0)]
    words = {0: frozenset(["plan", "12"]), 1: frozenset(["plan", "45"]), 2: frozenset(["audit", "12"])}
    assert [o for o, _ in spread(ranked, words)] == [0, 2, 1]
    assert [o for o, _ in spread(ranked, {n: frozenset(["7"]) for n in range(3)})] == [0, 1, 2]


def test_a_rare_idea_tells_more_than_a_common_one(order: Callable[..., list[int]]) -> None:
    ideas = (Idea(Term("board"), 0.1), Idea(Term("neglect"), 3.0))
    assert order([("board",), ("neglect",)], ideas) == [1, 0]


def test_a_heading_speaks_for_what_stands_under_it(order: Callable[..., list[int]]) -> None:
    assert order([("an audit", "Figures"), ("an audit", "Neglect")]) == [1, 0]


def test_figures_come_first_where_figures_were_asked_for(order: Callable[..., list[int]]) -> None:
    passages = [("neglect audit",), ("neglect audit 12 of 45",)]
    assert order(passages) == [0, 1]
    assert order(passages, wish=Wished(figures=True)) == [1, 0]


def test_the_kind_of_statement_that_was_asked_for_comes_first(a_record: ABuilder) -> None:
    kind = StatementKind.RECOMMENDATION
    records = [a_record("neglect"), a_record("neglect", ordinal=1, passage={"statement": kind})]
    candidates = [candidate(record) for record in records]
    assert [o for o, _ in rerank(candidates, (NEGLECT,))] == [0, 1]
    assert [o for o, _ in rerank(candidates, (NEGLECT,), Wished(kind=kind))] == [1, 0]


def test_without_ideas_the_engine_has_the_last_word(a_record: ABuilder) -> None:
    candidates = [candidate(a_record("neglect", ordinal=n), score) for n, score in enumerate((1.0, 3.0, 3.0))]
    assert rerank(candidates, ()) == [(1, 3.0), (2, 3.0), (0, 1.0)]
    assert rerank((), (NEGLECT,)) == []


def test_a_crumb_says_less_than_its_words_promise(a_record: ABuilder) -> None:
    whole = candidate(a_record("neglect"))
    crumb = replace(candidate(a_record("neglect", ordinal=1)), text=Tokens(analyse("neglect")))
    ranked = dict(rerank((whole, crumb), (NEGLECT,)))
    assert DEFAULT_WEIGHTS.crumb * ranked[0] < ranked[1] < ranked[0]


@pytest.mark.parametrize("wish", [Wished(years=0b10), Wished(papers=0b10), Wished(bodies=0b10)])
def test_a_passage_of_what_was_named_comes_first(a_record: ABuilder, wish: Wished) -> None:
    candidates = [candidate(a_record("neglect", ordinal=n)) for n in range(2)]
    assert [o for o, _ in rerank(candidates, (NEGLECT,))] == [0, 1]
    assert [o for o, _ in rerank(candidates, (NEGLECT,), wish)] == [1, 0]
