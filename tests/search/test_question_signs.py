"""Operators, fields and wishes: what they find, and what the page is told of them."""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

import pytest

from indexer.search.contract import SearchEngine
from indexer.search.query import AnyOf, OneOf, Term
from indexer.search.question import LONGEST, MOST_SPELLINGS, Known, parse_question
from indexer.search.spelling import Lexicon
from indexer.search.wishes import Wish


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("neglect AND audit", {1}),
        ("neglect OR sharing", {1, 2, 3}),
        ("(neglect OR sharing) AND (audit OR accepted)", {1, 2}),
        ("neglect NOT audit", {3}),
        ("neglect AND NOT audit", {3}),
        ("neglect NOT (audit OR blancmange)", {3}),
        ("neglect NOT domestic audit", {1, 3}),  # only what has both is left out
        ("neglect AND the", {1, 3}),
        ("domestic abuse AND neglect", {3}),
        ("neglect audit OR sofa", {0, 1}),  # beside an operator each word has to be there
        ('"abuse review"~3', {3}),
        ('"abuse review"~2', set()),
        ("review NEAR/4 abuse", {3}),
        ("sofa NEAR/5 co-sleeping", {0}),
        ("sofa NEAR/5 cosleeping", {0}),
        ("neglct~", {1, 3}),
        ("agred~1", {1}),
        ("agred~0", set()),
        ("year:2012-13", {2}),
        ("year:2012-13 neglect", set()),
        ("neglect kind:minutes", {1, 3}),
        ("kind:minutes -audit", {3}),
        ("-kind:minutes", {0, 2}),
        ("year:2010-11 OR year:2011-12", {0, 1}),
        ("file:3.pdf", {3}),
        ("heading:neglect", set()),
    ],
)
def test_operators_and_fields(found: Callable[..., set[int]], typed: str, expected: set[int]) -> None:
    assert found(typed) == expected


def test_a_field_without_such_a_value_is_searched_as_words(
    found: Callable[..., set[int]], known: Known
) -> None:
    query = parse_question("subgroup:audit", None, known)
    assert "No paper here has the subgroup “audit”" in query.notes[0] and query.words == ("audit",)
    assert found("subgroup:audit") == {1}
    assert found("sofa subgroup:audit") == {0}
    assert found("neglect -subgroup:audit") == {1, 3}


def test_a_field_tells_which_values_it_stands_for(known: Known) -> None:
    assert (
        parse_question("theme:neg file:pdf", None, known).notes[-1].startswith("“file:pdf” stands for 0.pdf")
    )


def test_without_an_index_a_field_is_words() -> None:
    query = parse_question("year:2012-13 neglect", None)
    assert query.words == ("neglect", "2012", "13") and query.notes


def test_a_star_stands_for_no_more_than_the_most_and_says_so() -> None:
    many = Lexicon({f"ab{chr(97 + n // 26)}{chr(97 + n % 26)}": n + 1 for n in range(200)}.items)
    query = parse_question("ab*", None, Known(words=many))
    assert isinstance(query.tree, OneOf) and len(query.tree.tokens) <= MOST_SPELLINGS
    assert "200 words" in query.notes[0]
    several = parse_question(" OR ".join(["ab*"] * 30), None, Known(words=many)).tree
    assert isinstance(several, AnyOf)
    assert len(parse_question(" ".join(f"ab{c}*" for c in "bcdefghi"), None, Known(words=many)).notes) == 7
    assert sum(len(leaf.tokens) for leaf in several.children if isinstance(leaf, OneOf)) <= 2 * MOST_SPELLINGS


def test_what_no_word_begins_with_finds_nothing_and_says_so(
    found: Callable[..., set[int]], known: Known
) -> None:
    assert found("zz*") == found("zzzz~") == set()
    assert parse_question("zz*", None, known).notes == ("No word in the papers is meant by “zz*”.",)


def test_years_and_kinds_of_paper_order_and_are_told(known: Known) -> None:
    query = parse_question("minutes about neglect 2012-13", None, known)
    assert query.wishes == ("papers of 2012-13", "minutes")
    assert query.wish.years == {"2012-13"} and query.wish.papers == {"minutes"}
    assert query.ideas == (Term("neglect"),)
    undone = parse_question("minutes about neglect 2012-13", None, known, wishes=False)
    assert len(undone.ideas) == 3 and undone.wish == Wish()


def test_a_year_finds_nothing_of_its_own_beside_a_subject(found: Callable[..., set[int]]) -> None:
    assert found("neglect 2012-13") == found("neglect")


def test_a_wish_alone_is_what_the_question_is_about(known: Known) -> None:
    for typed in ("2012-13", "minutes", "recommendations 2012-13"):
        assert parse_question(typed, None, known).ideas


def test_what_stands_in_quotes_or_fields_is_no_wish(known: Known) -> None:
    assert parse_question('"minutes of 2012" year:2012-13 neglect', None, known).wish == Wish()


@pytest.mark.parametrize(
    "typed",
    [
        " OR ".join(f"{a}{b}*" for a in "abcnrs" for b in "aeiou"),
        "(" * 200 + "neglect AND abuse" + ")" * 200,
        "NOT " * 200 + "neglect",
        '"a b"~50 ' * 100,
        "neglect NEAR/50 abuse " * 40,
        "a~2 " * 200,
    ],
)
def test_a_question_that_asks_for_much_is_understood_quickly(
    shelf_engine: SearchEngine, known: Known, typed: str
) -> None:
    started = process_time()
    shelf_engine.search(parse_question(typed[:LONGEST], None, known).tree, 10)
    assert process_time() - started < 1.0
