"""The vocabulary: what is in it, how it is found in a question, and what a mistake in the file says."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.analysis import analyse, words
from indexer.search.vocabulary import (
    MOST_ALTERNATIVES,
    NARROWER_WEIGHT,
    RELATED_WEIGHT,
    SAME_WEIGHT,
    Found,
    Vocabulary,
    load,
)

VOCABULARY = load()


def texts(found: Found) -> dict[str, float]:
    return {alternative.text: alternative.weight for alternative in found.alternatives}


def added(question: str) -> set[str]:
    return {alternative.text for found in VOCABULARY.find(question) for alternative in found.alternatives}


# ---------------------------------------------------------------- what comes with the product


def test_the_field_is_covered() -> None:
    assert len(VOCABULARY) >= 200
    assert len(VOCABULARY.terms()) >= 2000


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("cosleeping", {"bed-sharing", "overlaying", "safe sleep", "safer sleeping", "cot death"}),
        ("SUDI", {"cot death", "SIDS", "sudden infant death"}),
        ("partner violence", {"domestic abuse", "domestic violence", "DVA"}),
        ("runaways", {"missing from home", "missing from care", "missing children", "absconding"}),
        ("kids in care", {"looked after children", "LAC", "CLA", "children in care"}),
        ("staff accused", {"allegations against professionals", "LADO", "position of trust"}),
        ("CAF", {"common assessment framework", "early help assessment"}),
        ("serious case review", {"child safeguarding practice review", "CSPR", "SCR", "learning review"}),
        ("LSCB", {"safeguarding partnership", "safeguarding board"}),
        ("girls being cut", {"FGM", "female genital mutilation"}),
        ("living with someone not close family", {"private fostering"}),
        ("risk assessment conference", {"MARAC"}),
        ("what children think", {"wishes and feelings", "voice of the child", "children's views"}),
        ("family doctor", {"GP", "general practitioner"}),
        ("pubs", {"licensing", "nightclubs"}),
        ("bill", {"costs"}),
        ("murdered", {"homicide", "killed"}),
        ("hungry", {"starvation", "malnutrition"}),
        ("teenagers", {"adolescents", "young people"}),
        ("mum and dad", {"parents", "carers"}),
        ("boyfriend", {"mother's partner"}),
        ("checklist", {"assessment tool"}),
        ("deadline", {"closing date"}),
        ("boss", {"line managers"}),
        ("how often", {"quarterly", "bi-monthly"}),
        ("mosque", {"madrasahs"}),
        ("expelled", {"permanent exclusions"}),
    ],
)
def test_a_question_in_a_persons_words_reaches_the_papers_words(typed: str, written: set[str]) -> None:
    assert written <= added(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "plan",
        "report",
        "child",
        "children and young people",
        "review",
        "the meeting",
        "service",
        "board",
        "family",
    ],
)
def test_words_of_every_page_are_left_alone(typed: str) -> None:
    assert VOCABULARY.find(typed) == ()


def test_every_way_of_saying_is_understood_whole() -> None:
    unheard = []
    for concept in VOCABULARY.concepts:
        for term in concept.terms + concept.asked + concept.capitals:
            found = VOCABULARY.find(f"tell me: {term}.")
            covers = [
                f
                for f in found
                if (f.start, f.end) == (9, 9 + len(term.rstrip("."))) and concept.name in f.concepts
            ]
            if not covers and added(concept.name):
                unheard.append((concept.name, term))
    assert unheard == []


def test_plurals_of_acronyms_are_understood_and_searched() -> None:
    (found,) = VOCABULARY.find("lessons for SCRs")[-1:]
    assert found.concept == "serious case review"
    assert "SCRs" in added("SCR")
    assert "GPs" in added("family doctor")


def test_a_changed_name_reaches_both_ways() -> None:
    assert "serious case review" in added("child safeguarding practice review")
    assert "LSCB" in added("safeguarding partnership")
    assert "CAF" in added("early help assessment")


# ---------------------------------------------------------------- finding


@pytest.mark.parametrize(
    "typed",
    [
        "co-sleeping",
        "cosleeping",
        "co sleeping",
        "Co\u2011Sleeping",
        "CO-SLEEPING",
        "co-\nsleep",
        "bedsharing",
    ],
)
def test_spellings_of_one_term_meet(small: Vocabulary, typed: str) -> None:
    (found,) = small.find(f"advice about {typed} for parents")
    assert found.concept == "co-sleeping"
    assert f"advice about {typed} for parents"[found.start : found.end] == typed


def test_joined_and_parted_spellings_are_both_searched(small: Vocabulary) -> None:
    (found,) = small.find("overlaying")
    tokens = {alternative.tokens for alternative in found.alternatives}
    assert {("co", "sleep"), ("cosleep",), ("bed", "share"), ("bedshar",)} <= tokens


def test_articles_and_plurals_inside_a_term_make_no_difference() -> None:
    for typed in ("voice of the child", "voice of a child", "voice of her children", "Voice of children"):
        (found,) = VOCABULARY.find(typed)
        assert found.concepts == ("voice of the child",)
        assert (found.first, found.last) == (0, len(typed.split()))


def test_a_comma_or_a_full_stop_parts_two_ideas(small: Vocabulary) -> None:
    assert len(small.find("cot death")) == 1
    assert small.find("cot, death") == ()
    assert small.find("cot. Death") == ()


def test_the_longest_term_counts() -> None:
    (found,) = VOCABULARY.find("missing from care")
    assert found.concepts == ("missing children",)
    assert [f.concept for f in VOCABULARY.find("child protection conference audit")] == [
        "child protection conference",
        "audit",
    ]


def test_weights_fall_with_distance(small: Vocabulary) -> None:
    (found,) = small.find("rolled onto his baby")
    assert texts(found)["sleep environment"] == SAME_WEIGHT
    assert texts(found)["SIDS"] == RELATED_WEIGHT
    (found,) = small.find("SIDS")
    assert texts(found) == {
        "cot death": SAME_WEIGHT,
        "sofa death": NARROWER_WEIGHT,
        "deaths on sofas": NARROWER_WEIGHT,
    }


def test_what_is_asked_is_not_searched_and_what_is_written_is_not_understood(small: Vocabulary) -> None:
    (found,) = small.find("overlaying")
    assert "rolled onto the baby" not in texts(found)
    assert small.find("sleep environment") == ()


def test_an_acronym_that_is_a_word_counts_only_in_capitals(small: Vocabulary) -> None:
    assert [f.concept for f in small.find("who has SEND?")] == ["cot death"]
    assert small.find("whom did they send") == ()
    assert small.find("WHOM DID THEY SEND") == ()
    assert [f.concept for f in small.find("SEND")] == ["cot death"]


def test_a_term_of_several_concepts_gives_them_all(
    vocabulary_of: Callable[[str], Vocabulary], small_text: str
) -> None:
    both = small_text + '\n[[concept]]\nname = "pillows"\nterms = ["pillows", "overlaying"]\n'
    (found,) = vocabulary_of(both).find("overlaying")
    assert found.concepts == ("co-sleeping", "pillows")
    assert {"bed-sharing", "pillows"} <= texts(found).keys()


def test_a_phrase_that_finds_nothing_more_is_left_out(vocabulary_of: Callable[[str], Vocabulary]) -> None:
    text = '[[concept]]\nname = "neglect"\nterms = ["neglect", "child neglect", "GCP", "the GCP tool"]\n'
    (found,) = vocabulary_of(text).find("neglect")
    assert texts(found) == {"GCP": SAME_WEIGHT, "GCPs": SAME_WEIGHT}


def test_concept_by_name(small: Vocabulary) -> None:
    assert small.concept("cot death").narrower == ("sofa death",)
    with pytest.raises(KeyError):
        small.concept("bunk bed")


def test_broader_concepts_are_offered_and_not_searched(small: Vocabulary) -> None:
    (found,) = small.find("deaths on sofas")
    assert found.broader == ("cot death",)
    assert "cot death" not in texts(found)
    assert small.find("SIDS")[0].broader == ()


def test_names_through_time_come_with_what_was_found() -> None:
    (found,) = VOCABULARY.find("SCR")
    names = {one.name: (one.first, one.last) for one in found.called}
    assert names["serious case review"] == (1999, 2018)
    assert names["child safeguarding practice review"] == (2018, None)
    assert VOCABULARY.find("runaways")[0].called == ()


def test_names_through_time_follow_each_other() -> None:
    for concept in VOCABULARY.concepts:
        for one in concept.called:
            assert one.first is not None or one.last is not None
            assert (one.first or 0) <= (one.last or 9999), one.name


def test_words_can_be_set_aside(small: Vocabulary) -> None:
    blind = small.setting_aside(["Overlaying"])
    assert blind.find("overlaying") == ()
    assert [f.concept for f in blind.find("overlaying and SIDS")] == ["cot death"]
    assert small.find("overlaying")


# ---------------------------------------------------------------- laws

WORDS = sorted(
    {w for term in VOCABULARY.terms() for w in term.split()} | {"the", "of", "zebra", "2012-13", "-", "."}
)


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_spans_are_apart_and_in_order(text: str) -> None:
    slices = words(text)
    end = last = 0
    for found in VOCABULARY.find(text):
        assert end <= found.start < found.end <= len(text)
        assert last <= found.first < found.last <= len(slices)
        assert (slices[found.first][0], slices[found.last - 1][1]) == (found.start, found.end)
        end, last = found.end, found.last


@given(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join))
def test_expansion_never_holds_what_was_typed(text: str) -> None:
    for found in VOCABULARY.find(text):
        typed = f" {' '.join(t.text for t in analyse(text[found.start : found.end]))} "
        tokens = [alternative.tokens for alternative in found.alternatives]
        assert 0 < len(tokens) == len(set(tokens)) <= MOST_ALTERNATIVES
        assert not any(typed in f" {' '.join(one)} " for one in tokens)
        weights = [alternative.weight for alternative in found.alternatives]
        assert weights == sorted(weights, reverse=True)
        assert set(weights) <= {SAME_WEIGHT, NARROWER_WEIGHT, RELATED_WEIGHT}


@given(st.text(max_size=60))
def test_any_text_can_be_looked_through(text: str) -> None:
    for found in VOCABULARY.find(text):
        assert 0 <= found.start < found.end <= len(text)


def test_an_alternative_is_found_where_its_text_stands() -> None:
    for concept in VOCABULARY.concepts[:60]:
        for found in VOCABULARY.find(concept.terms[0]):
            for alternative in found.alternatives:
                stands = {}
                for token in analyse(alternative.text):
                    stands.setdefault(token.position, set()).add(token.text)
                assert all(token in stands[n] for n, token in enumerate(alternative.tokens)) or len(
                    alternative.tokens
                ) < len(stands)
