"""What every engine finds and how it ranks, by the contract."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from indexer.errors import EngineTimeout
from indexer.search import contract
from indexer.search.analysis import Token, analyse
from indexer.search.contract import FIELD_WEIGHTS, Capability, IndexedPassage, Matches, SearchEngine
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

if TYPE_CHECKING:
    from conftest import Shelf

Agree = Callable[[Matches, Matches], None]


def passage(ordinal: int, text: str = "", heading: str = "", title: str = "") -> IndexedPassage:
    return IndexedPassage(
        ordinal, {"text": analyse(text), "heading": analyse(heading), "title": analyse(title)}
    )


def found(engine: SearchEngine, tree: Node, limit: int = 10, within: int | None = None) -> list[int]:
    return [ordinal for ordinal, _ in engine.search(tree, limit, within).ranked]


def bits(*ordinals: int) -> int:
    return sum(1 << ordinal for ordinal in ordinals)


class TestFinding:
    def test_a_term_is_found_in_every_field_and_nowhere_else(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, text="neglect of a child"),
            passage(1, heading="Neglect"),
            passage(2, title="Neglect audit"),
            passage(3, text="domestic abuse", heading="Findings", title="Annual report"),
        )
        engine = shelf.open()
        matches = engine.search(Term("neglect"), 10)
        assert matches.matching == bits(0, 1, 2)
        assert (matches.total, matches.total_is_exact) == (3, True)
        assert engine.search(Term("absent"), 10) == Matches((), 0, 0)

    def test_a_passage_may_have_fields_that_are_missing_or_empty(self, shelf: Shelf) -> None:
        shelf.write(IndexedPassage(0, {"text": analyse("neglect")}), IndexedPassage(1, {}))
        engine = shelf.open()
        assert engine.count() == 2
        assert found(engine, Term("neglect")) == [0]
        assert found(engine, Everything()) == [0, 1]

    def test_an_index_without_passages_finds_nothing(self, shelf: Shelf) -> None:
        engine = shelf.write().open()
        assert engine.count() == 0
        assert engine.frequency("neglect") == 0
        for tree in (Term("neglect"), Phrase(("a", "b")), Prefix("n"), Everything()):
            assert engine.search(tree, 10) == Matches((), 0, 0)

    def test_ordinals_may_lie_far_apart(self, shelf: Shelf) -> None:
        shelf.write(passage(7, "neglect"), passage(100_003, "neglect"))
        matches = shelf.open().search(Term("neglect"), 10)
        assert [ordinal for ordinal, _ in matches.ranked] == [7, 100_003]
        assert matches.matching == bits(7, 100_003)

    def test_tokens_may_be_of_any_script(self, shelf: Shelf) -> None:
        tokens = (Token("naïve", 0, 0, 5), Token("日本", 1, 6, 8), Token("𝔘", 2, 9, 10))
        shelf.write(IndexedPassage(0, {"text": tokens}))
        engine = shelf.open(Capability.PREFIX)
        for tree in (Term("日本"), Term("𝔘"), Prefix("naï")):
            assert found(engine, tree) == [0]

    def test_any_of_adds_up(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"), passage(1, "supervision"), passage(2, "neglect supervision"))
        engine = shelf.open()
        score = dict(engine.search(AnyOf((Term("neglect"), Term("supervis"))), 10).ranked)
        one = dict(engine.search(Term("neglect"), 10).ranked)
        other = dict(engine.search(Term("supervis"), 10).ranked)
        assert set(score) == {0, 1, 2}
        assert score[2] == pytest.approx(one[2] + other[2])

    def test_best_takes_the_highest(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, "neglect"), passage(1, "supervision"), passage(2, "neglect neglect supervision")
        )
        engine = shelf.open()
        score = dict(engine.search(Best((Term("neglect"), Term("supervis"))), 10).ranked)
        one = dict(engine.search(Term("neglect"), 10).ranked)
        other = dict(engine.search(Term("supervis"), 10).ranked)
        assert set(score) == {0, 1, 2}
        assert one[2] > other[2]
        assert score[2] == pytest.approx(one[2])
        assert score[1] == pytest.approx(other[1])

    def test_all_of_requires_each_in_any_field(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, "neglect"), passage(1, "supervision"), passage(2, "neglect", heading="Supervision")
        )
        engine = shelf.open()
        tree = AllOf((Term("neglect"), Term("supervis")))
        assert engine.search(tree, 10).matching == bits(2)
        one = dict(engine.search(Term("neglect"), 10).ranked)[2]
        other = dict(engine.search(Term("supervis"), 10).ranked)[2]
        assert dict(engine.search(tree, 10).ranked)[2] == pytest.approx(one + other)

    def test_without_removes_and_leaves_scores_alone(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"), passage(1, "neglect", title="Agenda"), passage(2, "abuse"))
        engine = shelf.open()
        scores = dict(engine.search(Term("neglect"), 10).ranked)
        assert engine.search(Without(Term("neglect"), Term("agenda")), 10).ranked == ((0, scores[0]),)
        assert found(engine, Without(Everything(), Term("neglect"))) == [2]

    def test_everything_is_all_passages_with_no_score(self, shelf: Shelf) -> None:
        shelf.write(passage(3, "b"), passage(1, "a"))
        assert shelf.open().search(Everything(), 10).ranked == ((1, 0.0), (3, 0.0))

    def test_nodes_without_children_match_nothing(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"))
        engine = shelf.open()
        for tree in (AnyOf(()), Best(()), AllOf(()), Phrase(())):
            assert engine.search(tree, 10) == Matches((), 0, 0)

    def test_frequency_counts_passages_not_occurrences(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, "neglect neglect", title="neglect"), passage(1, heading="neglect"), passage(2, "x")
        )
        engine = shelf.open()
        assert engine.frequency("neglect") == 2
        assert engine.frequency("absent") == 0


class TestPhrases:
    def test_tokens_follow_each_other_in_order(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, "domestic violence screening"),
            passage(1, "violence, domestic or not"),
            passage(2, "domestic and other violence"),
            passage(3, "violence", heading="domestic"),
        )
        engine = shelf.open(Capability.PHRASE)
        phrase = ("domest", "violenc")
        assert engine.search(Phrase(phrase), 10).matching == bits(0)

    def test_slop_is_how_many_places_are_left_out_in_all(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "a b c"), passage(1, "a x b c"), passage(2, "a x b x c"), passage(3, "c b a"))
        engine = shelf.open(Capability.SLOP)
        for slop, expected in ((0, bits(0)), (1, bits(0, 1)), (2, bits(0, 1, 2)), (9, bits(0, 1, 2))):
            assert engine.search(Phrase(("a", "b", "c"), slop), 10).matching == expected, slop

    def test_spellings_at_one_position_can_each_follow(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "safe co-sleeping advice"), passage(1, "safe cosleeping advice"))
        engine = shelf.open(Capability.PHRASE)
        assert engine.search(Phrase(("co", "sleep", "advic")), 10).matching == bits(0)
        assert engine.search(Phrase(("cosleep", "advic")), 10).matching == bits(0, 1)
        assert engine.search(Phrase(("safe", "co", "cosleep", "advic")), 10).matching == bits(0)
        assert engine.search(Phrase(("safe", "cosleep")), 10).matching == bits(1)
        assert engine.search(Phrase(("sleep", "cosleep")), 10).matching == 0

    def test_a_token_may_come_twice(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "again and again"), passage(1, "again again"))
        engine = shelf.open(Capability.SLOP)
        assert engine.search(Phrase(("again", "again")), 10).matching == bits(1)
        assert engine.search(Phrase(("again", "again"), 1), 10).matching == bits(0, 1)

    def test_more_of_the_phrase_scores_higher(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "bed sharing and bed linen"), passage(1, "bed sharing and bed sharing"))
        engine = shelf.open(Capability.PHRASE)
        assert found(engine, Phrase(("bed", "share"))) == [1, 0]

    def test_a_phrase_of_one_token_matches_as_the_token_does(self, shelf: Shelf, agree: Agree) -> None:
        shelf.write(passage(0, "neglect"), passage(1, "abuse and neglect neglect"))
        engine = shelf.open(Capability.PHRASE)
        agree(engine.search(Phrase(("neglect",)), 10), engine.search(Term("neglect"), 10))


class TestPrefixes:
    def test_all_tokens_that_begin_so_count_as_one(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, "safe safer"), passage(1, "safe"), passage(2, "unsafe"), passage(3, title="safest")
        )
        engine = shelf.open(Capability.PREFIX)
        matches = engine.search(Prefix("saf"), 10)
        assert matches.matching == bits(0, 1, 3)
        assert matches.ranked[0][0] == 0

    def test_a_prefix_that_nothing_begins_with_finds_nothing(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "safe"))
        engine = shelf.open(Capability.PREFIX)
        assert engine.search(Prefix("zz"), 10) == Matches((), 0, 0)

    def test_a_prefix_alone_in_the_index_scores_as_its_only_token(self, shelf: Shelf, agree: Agree) -> None:
        shelf.write(passage(0, "safe x"), passage(1, "y"), passage(2, "safe", heading="safe"))
        engine = shelf.open(Capability.PREFIX)
        agree(engine.search(Prefix("saf"), 10), engine.search(Term("safe"), 10))


class TestSeveralAsOne:
    def test_any_of_the_tokens_count_as_one(self, shelf: Shelf, agree: Agree) -> None:
        shelf.write(
            passage(0, "safe safer"), passage(1, "safe"), passage(2, "unsafe"), passage(3, title="safest")
        )
        engine = shelf.open(Capability.PREFIX)
        tokens = ("safe", "safer", "safest", "safe", "absent")
        assert engine.search(OneOf(tokens), 10).matching == bits(0, 1, 3)
        agree(engine.search(OneOf(tokens), 10), engine.search(Prefix("saf"), 10))
        agree(engine.search(OneOf(("unsaf",)), 10), engine.search(Term("unsaf"), 10))
        assert engine.search(OneOf(()), 10) == Matches((), 0, 0)


class TestFields:
    def test_a_leaf_with_a_field_matches_and_scores_there_alone(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, "neglect"),
            passage(1, heading="neglect"),
            passage(2, "neglect", "x", "neglect of babies"),
        )
        engine = shelf.open(Capability.PHRASE, Capability.PREFIX)
        leaves: tuple[Node, ...] = (
            Term("neglect", field="title"),
            Prefix("negl", field="title"),
            OneOf(("neglect", "abuse"), field="title"),
            Phrase(("neglect", "of"), field="title"),
        )
        for leaf in leaves:
            assert found(engine, leaf) == [2], leaf
        assert found(engine, Term("neglect", field="heading")) == [1]
        anywhere = dict(engine.search(Term("neglect"), 10).ranked)
        within = [dict(engine.search(Term("neglect", field=field), 10).ranked) for field in FIELD_WEIGHTS]
        for ordinal, score in anywhere.items():
            assert score == pytest.approx(sum(one.get(ordinal, 0.0) for one in within))


class TestAmong:
    def test_it_is_the_passages_of_the_set_that_are_there(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "a"), passage(3, "b"), passage(5, "a"))
        engine = shelf.open()
        assert engine.search(Among(bits(3, 4, 5, 900)), 10).ranked == ((3, 0.0), (5, 0.0))
        assert found(engine, AllOf((Among(bits(0, 3)), Term("a")))) == [0]
        assert found(engine, Without(Everything(), Among(bits(0, 3)))) == [5]
        assert engine.search(Among(0), 10) == Matches((), 0, 0)


class TestTime:
    def test_a_search_that_takes_too_long_is_a_named_error(
        self, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shelf.write(passage(0, "a"))
        engine = shelf.open()
        monkeypatch.setattr(contract, "LONGEST_SEARCH", -1.0)
        with pytest.raises(EngineTimeout) as stopped:
            engine.search(AnyOf((Term("a"), Term("b"))), 10)
        assert stopped.value.hint
        monkeypatch.undo()
        assert found(engine, Term("a")) == [0]


class TestRanking:
    def test_scores_are_bm25_summed_over_weighted_fields(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "a a b", title="a"), passage(1, "b c"), passage(2, "c"))
        ((ordinal, score),) = shelf.open().search(Term("a"), 10).ranked
        idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
        in_text = 2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))  # texts have 3, 2 and 1 tokens: 2 in the mean
        in_title = 1 / (1 + 1.2)  # as long as the mean of those that have a title
        assert ordinal == 0
        assert score == pytest.approx(
            idf * (FIELD_WEIGHTS["text"] * in_text + FIELD_WEIGHTS["title"] * in_title)
        )

    def test_a_weight_multiplies(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "safe sleep"), passage(1, "x"))
        engine = shelf.open(Capability.PHRASE, Capability.PREFIX)
        plain: list[Node] = [Term("safe"), Phrase(("safe", "sleep")), Prefix("saf")]
        halved: list[Node] = [Term("safe", 0.5), Phrase(("safe", "sleep"), 0, 0.5), Prefix("saf", 0.5)]
        for whole, half in zip(plain, halved, strict=True):
            ((_, score),) = engine.search(whole, 10).ranked
            assert engine.search(half, 10).ranked == ((0, pytest.approx(score / 2)),)

    def test_the_same_match_is_worth_most_in_the_text_and_least_in_the_title(self, shelf: Shelf) -> None:
        shelf.write(
            passage(0, "x", "x", "neglect"), passage(1, "neglect", "x", "x"), passage(2, "x", "neglect", "x")
        )
        assert found(shelf.open(), Term("neglect")) == [1, 2, 0]

    def test_ties_go_by_ordinal(self, shelf: Shelf) -> None:
        shelf.write(*(passage(ordinal, "neglect") for ordinal in (5, 2, 9, 4)))
        assert found(shelf.open(), Term("neglect"), limit=3) == [2, 4, 5]

    def test_the_limit_cuts_what_is_ranked_and_nothing_else(self, shelf: Shelf) -> None:
        shelf.write(*(passage(ordinal, "neglect " + "x " * ordinal) for ordinal in range(5)))
        engine = shelf.open()
        whole = engine.search(Term("neglect"), 10)
        for limit in (0, 1, 4, 5, 6):
            cut = engine.search(Term("neglect"), limit)
            assert cut.ranked == whole.ranked[:limit]
            assert (cut.matching, cut.total) == (whole.matching, whole.total)

    def test_within_holds_back_what_is_shown_but_not_what_matches(self, shelf: Shelf) -> None:
        shelf.write(*(passage(ordinal, "neglect " * (ordinal + 1)) for ordinal in range(4)), passage(4, "x"))
        engine = shelf.open()
        whole = engine.search(Term("neglect"), 10)
        held = engine.search(Term("neglect"), 10, within=bits(1, 3, 4, 70))
        assert held.ranked == tuple(pair for pair in whole.ranked if pair[0] in (1, 3))
        assert held.matching == whole.matching == bits(0, 1, 2, 3)
        assert held.total == 2
        assert engine.search(Term("neglect"), 10, within=0).ranked == ()
