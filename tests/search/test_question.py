"""Whatever is typed is understood or refused in words; what is understood can be searched."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import QueryEmpty, QueryOnlyStopWords, QueryTooLong, UsageError
from indexer.search.analysis import analyse
from indexer.search.contract import IndexedPassage, SearchEngine
from indexer.search.engines import backend
from indexer.search.matching import Tokens, highlight
from indexer.search.query import (
    AllOf,
    AnyOf,
    Everything,
    Phrase,
    Prefix,
    Query,
    Term,
    Without,
    tokens_of,
)
from indexer.search.question import LONGEST, Known, everything, parse_question
from indexer.search.vocabulary import Vocabulary, load
from indexer.search.wishes import Wish

ATOMS = st.sampled_from(
    [
        *("neglect", "co-sleeping", "audit", "domestic abuse", "blancmange", "2012-13", "minutes"),
        *(
            '"bed sharing"',
            '"review neglect"~3',
            "safe*",
            "a*",
            "neglct~",
            "baby NEAR sofa",
            "recommendations",
        ),
        *("year:2012-13", "kind:minutes", "theme:neglect", "file:1", "year:1999", "heading:neglect", "x:y"),
        *("'; DROP TABLE passages; --", "<script>alert(1)</script>", "\u202eneglect\u202c", "🙂", "שלום"),
    ]
)
GRAMMAR = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.builds("{} {}".format, inner, inner),
        st.builds("{} AND {}".format, inner, inner),
        st.builds("({} OR {})".format, inner, inner),
        st.builds("{} NOT {}".format, inner, ATOMS),
        st.builds("({})".format, inner),
    ),
    max_leaves=6,
)
TYPED = st.one_of(
    st.text(),
    st.text(st.sampled_from("neglect co-sleeping \"“”-*'’<>()|\\/\t ab1ʼ")),
    st.lists(
        st.sampled_from(
            ['"', "-", "neglect", "co-sleeping", " ", "the", "*", "safe*", '-"bed sharing"', "AND", "OR", "“"]
        ),
        max_size=20,
    ).map("".join),
)


@pytest.fixture(scope="module")
def vocabulary() -> Vocabulary:
    return load()


@given(TYPED, st.booleans())
def test_any_text_is_understood_or_refused_in_words(
    shelf_texts: tuple[str, ...], shelf_engine: SearchEngine, vocabulary: Vocabulary, typed: str, expand: bool
) -> None:
    try:
        query = parse_question(typed, vocabulary if expand else None)
    except UsageError as refused:
        assert refused.message and refused.hint
        return
    assert query.typed == typed
    assert shelf_engine.search(query.tree, 10).total <= shelf_engine.count()
    assert all(tokens_of(query.tree)) and all(word in typed for word in query.words if "\t" not in typed)
    for text in shelf_texts:
        slices = highlight(query.tree, Tokens(analyse(text)))
        assert all(0 <= start < end <= len(text) for start, end in slices)


@given(TYPED)
def test_synonyms_only_ever_add(found: Callable[..., set[int]], vocabulary: Vocabulary, typed: str) -> None:
    try:
        plain = found(typed)
    except UsageError:
        return
    assert plain <= found(typed, vocabulary)


@given(st.one_of(TYPED, GRAMMAR), st.booleans())
def test_with_an_index_at_hand_too(
    shelf_engine: SearchEngine, known: Known, typed: str, wishes: bool
) -> None:
    try:
        query = parse_question(typed, None, known, wishes=wishes)
    except UsageError as refused:
        assert isinstance(refused, QueryEmpty | QueryOnlyStopWords | QueryTooLong)
        return
    assert shelf_engine.search(query.tree, 10).total <= shelf_engine.count()
    assert all(note.strip() for note in (*query.notes, *query.wishes))


@given(
    GRAMMAR, st.sampled_from(["NOT audit", "-neglect", "NOT (abuse OR sofa)", "NOT year:2011-12", "-kind:x"])
)
def test_not_never_adds(found: Callable[..., set[int]], typed: str, removed: str) -> None:
    try:
        before = found(typed)
    except UsageError:
        return
    assert found(f"{typed} {removed}") <= before
    assert found(f"({typed}) {removed}") <= before


@given(GRAMMAR, st.sampled_from(["year:2012-13", "kind:minutes", "theme:neglect", "title:x", "year:1999"]))
def test_a_field_never_adds(found: Callable[..., set[int]], typed: str, field: str) -> None:
    try:
        before = found(typed)
    except UsageError:
        return
    assert found(f"{typed} {field}") <= before
    assert found(f"{field} {typed}") <= before


@given(GRAMMAR)
def test_undoing_a_wish_finds_the_same(
    found: Callable[..., set[int]], known: Known, vocabulary: Vocabulary, typed: str
) -> None:
    try:
        followed = parse_question(typed, vocabulary, known)
    except UsageError:
        return
    undone = parse_question(typed, vocabulary, known, wishes=False)
    assert undone.tree == followed.tree and undone.wishes == followed.wishes
    assert undone.wish == Wish()
    assert found(typed, vocabulary) == found(typed, vocabulary, wishes=False)


@pytest.mark.parametrize("typed", ["", " \t\n", "\x00\x1f\u200b\ufeff", "?!…", '""', '"', "- * -"])
def test_nothing_to_search_for_is_empty(typed: str) -> None:
    with pytest.raises(QueryEmpty):
        parse_question(typed, None)


@pytest.mark.parametrize("typed", ["the", "What is it about?", '"the', "of THE"])
def test_only_stop_words_are_refused_with_the_words(typed: str) -> None:
    with pytest.raises(QueryOnlyStopWords, match="double quotes"):
        parse_question(typed, None)


def test_stop_words_in_quotes_are_a_phrase_that_was_meant() -> None:
    assert parse_question('"not of the"', None).tree == Phrase(("not", "of", "the"))


@pytest.mark.parametrize("length", [LONGEST + 1, 10_000])
def test_a_question_that_is_too_long_says_how_long(length: int) -> None:
    with pytest.raises(QueryTooLong, match=f"{length:,} characters; the most is {LONGEST:,}"):
        parse_question("neglect " * (length // 8) + "n" * (length % 8), None)


def test_the_longest_question_is_searched(vocabulary: Vocabulary) -> None:
    assert parse_question(("neglect of babies " * 60)[:LONGEST], vocabulary).ideas


def test_control_characters_part_words_and_are_no_error() -> None:
    assert parse_question("neglect\x00audit\u200b\r\n", None).words == ("neglect", "audit")


@pytest.mark.parametrize("typed", ["“bed sharing”", '"bed sharing"', "„bed sharing“", "«bed sharing»"])
def test_any_double_quotes_make_a_phrase(found: Callable[..., set[int]], typed: str) -> None:
    query = parse_question(typed, None)
    assert query.tree == Phrase(("bed", "share")) and not query.notes
    assert found(typed) == {2}


def test_a_phrase_is_required_and_the_words_beside_it_only_order() -> None:
    tree = parse_question('"bed sharing" neglect', None).tree
    assert isinstance(tree, AllOf) and tree.children[0] == Phrase(("bed", "share"))


def test_words_beside_a_phrase_exclude_nothing(found: Callable[..., set[int]]) -> None:
    assert found('"bed sharing" blancmange') == {2}


def test_a_quotation_mark_without_a_partner_is_noted(found: Callable[..., set[int]]) -> None:
    query = parse_question('neglect "audit', None)
    assert len(query.notes) == 1 and "no partner" in query.notes[0]
    assert found('neglect "audit') == {1, 3}


def test_a_minus_takes_away(found: Callable[..., set[int]]) -> None:
    assert found("neglect -audit") == {3}
    assert found('neglect -"domestic abuse"') == {1}
    assert found("-neglect") == {0, 2}
    assert isinstance(parse_question("-neglect", None).tree, Without)


@pytest.mark.parametrize("typed", ["co-sleeping", "cosleeping", "co-sleep", '"co-sleeping"', '"cosleeping"'])
def test_a_hyphen_inside_a_word_is_no_minus(found: Callable[..., set[int]], typed: str) -> None:
    assert found(typed) == {0}


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("negl*", {1, 3}),
        ("safe*", {0, 2}),
        ("safeguarding*", {2}),
        ("Recommendation*", {2}),
        ("ab*", {3}),
        ("х*", set()),
    ],
)
def test_a_star_finds_what_begins_so(found: Callable[..., set[int]], typed: str, expected: set[int]) -> None:
    assert found(typed) == expected


def test_a_star_folds_letters_that_look_latin() -> None:
    assert parse_question("Nеgl*", None).tree == Prefix("negl")  # a Cyrillic е


def test_plain_words_are_one_idea_each_in_order_and_once() -> None:
    query = parse_question("What did the Board say about neglect and neglect audits?", None)
    assert query.ideas == (Term("board"), Term("neglect"), Term("audit"))
    assert query.words == ("Board", "neglect", "neglect", "audits")


def test_a_concept_is_one_idea_and_what_was_added_is_shown(vocabulary: Vocabulary) -> None:
    query = parse_question("co-sleeping in London", vocabulary)
    assert len(query.ideas) == 2
    (expansion,) = query.expansions
    assert expansion.typed == "co-sleeping" and "bed-sharing" in expansion.added


def test_the_form_asked_for_orders_and_finds_nothing(
    found: Callable[..., set[int]], vocabulary: Vocabulary
) -> None:
    query = parse_question("co-sleeping recommendations", None)
    assert query.form == (Term("recommend"),) and len(query.ideas) == 1
    assert found("co-sleeping recommendations") == found("co-sleeping") == {0}
    assert found('"bed sharing" recommendations') == {2}


def test_a_form_alone_is_what_the_question_is_about(found: Callable[..., set[int]]) -> None:
    assert found("recommendations") == {2}
    assert parse_question("recommendations", None).form == ()


def test_a_form_word_inside_a_concept_belongs_to_its_subject(vocabulary: Vocabulary) -> None:
    for typed in ("information sharing", "learning disability"):
        query = parse_question(f"{typed} in schools", vocabulary)
        assert typed in [expansion.typed for expansion in query.expansions] and query.form == ()


def test_what_did_we_learn_is_a_form_and_no_subject(vocabulary: Vocabulary) -> None:
    query = parse_question("What did we learn about co-sleeping?", vocabulary)
    assert query.form == (Term("learn"),)
    assert [expansion.typed for expansion in query.expansions] == ["co-sleeping"]


def test_a_concept_of_stop_words_alone_is_understood(vocabulary: Vocabulary) -> None:
    assert parse_question("how often does the Board meet", vocabulary).expansions[0].typed == "how often"


def test_a_concept_finds_its_other_names(found: Callable[..., set[int]], vocabulary: Vocabulary) -> None:
    assert found("co-sleeping", vocabulary) >= {0, 2}
    assert found("domestic violence", vocabulary) >= {3}


def test_the_words_of_a_concept_side_by_side_rank_above_the_same_words_apart(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    texts = (
        "An audit by a multi-academy trust of one agency was agreed.",
        "A multi-agency audit by one trust was agreed.",
    )
    memory = backend("memory")
    with memory.writer(tmp_path) as writer:
        writer.add(IndexedPassage(n, {"text": analyse(text)}) for n, text in enumerate(texts))
        writer.commit()
    engine = memory.open(tmp_path)
    assert next(iter(engine.search(parse_question("multi-agency audit", vocabulary).tree, 2).ranked))[0] == 1


def test_a_number_or_a_small_operator_word_is_only_a_word() -> None:
    query = parse_question("section 11 and neglect or not abuse near home", None)
    assert query.words == ("section", "11", "neglect", "abuse", "near", "home")
    assert isinstance(query.tree, AnyOf)


def test_everything_is_for_browsing() -> None:
    assert everything("x") == Query(typed="x", tree=Everything())
