"""Short forms that papers explain, joined to the vocabulary: both ways, apart, and never against it."""

from __future__ import annotations

import pytest

from indexer.model import Acronym, Place
from indexer.search.acronym_meanings import join_acronyms
from indexer.search.vocabulary import Vocabulary
from indexer.search.vocabulary_file import Concept

CONCEPTS = (
    Concept("looked after children", ("looked after children", "LAC")),
    Concept("child death review", ("child death overview panel",)),
    Concept("domestic abuse", ("domestic abuse",), capitals=("DA",)),
)


def acronym(short: str, long: str) -> Acronym:
    return Acronym(short, long, Place(0, 1, None, (1,)))


def vocabulary(*pairs: tuple[str, str], also_words: tuple[str, ...] = ()) -> Vocabulary:
    return Vocabulary(join_acronyms(CONCEPTS, [acronym(*pair) for pair in pairs], also_words))


def added(known: Vocabulary, question: str) -> set[str]:
    return {one.text for found in known.find(question) for one in found.alternatives}


def test_a_short_form_and_its_long_form_find_each_other() -> None:
    known = vocabulary(("BCF", "Better Care Fund"))
    assert added(known, "BCF spending") == {"Better Care Fund", "BCFs"}
    assert "BCF" in added(known, "the better care fund")


def test_a_short_form_joins_the_concept_that_has_its_long_form() -> None:
    known = vocabulary(("CDOP", "Child Death Overview Panel"))
    assert known.concept("child death review").terms == ("child death overview panel", "CDOP")
    assert len(known) == len(CONCEPTS)


@pytest.mark.parametrize(
    "pair", [("LAC", "Legal Advice Centre"), ("DA", "District Auditor"), ("LACs", "Local Area Committee")]
)
def test_the_vocabulary_counts_before_a_paper(pair: tuple[str, str]) -> None:
    assert join_acronyms(CONCEPTS, [acronym(*pair)], ()) == CONCEPTS


def test_two_meanings_stay_two() -> None:
    known = vocabulary(("CSP", "Community Safety Partnership"), ("CSP", "Children's Strategic Plan"))
    assert added(known, "CSP") == {"Community Safety Partnership", "Children's Strategic Plan"}
    # The short form would bring in what it stands for elsewhere.
    assert added(known, "community safety partnership") == set()
    assert len(known.find("CSP")[0].concepts) == 2


def test_spellings_of_one_long_form_are_one_meaning() -> None:
    known = vocabulary(
        ("HWBB", "Health and Wellbeing Board"),
        ("HWBB", "Health and Well-being Board"),
        ("HWBBs", "Health and Wellbeing Boards"),
    )
    (found,) = known.find("HWBB")
    assert len(found.concepts) == 1
    assert {"Health and Wellbeing Board", "Health and Well-being Board"} <= added(known, "HWBB")


def test_a_short_form_that_is_a_word_counts_in_capitals_alone() -> None:
    known = vocabulary(("CASE", "Coventry Assessment of Sexual Exploitation"), also_words=("case",))
    assert "Coventry Assessment of Sexual Exploitation" in added(known, "use of CASE by staff")
    assert added(known, "use of case by staff") == set()
    assert "CASE" not in added(known, "coventry assessment of sexual exploitation")


def test_two_letters_are_not_searched_for() -> None:
    known = vocabulary(("PA", "Personal Adviser"))
    assert "Personal Adviser" in added(known, "who has a PA?")
    assert added(known, "personal adviser") == set()


@pytest.mark.parametrize(
    "pair", [("TP", "The Plan"), ("B2", "Board Report"), ("(x)", "Extra Work"), ("AB", "Able")]
)
def test_what_says_nothing_is_left_out(pair: tuple[str, str]) -> None:
    assert join_acronyms(CONCEPTS, [acronym(*pair)], ()) == CONCEPTS
