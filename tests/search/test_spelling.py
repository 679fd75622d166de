"""Close spellings, beginnings, and what is never corrected."""

from __future__ import annotations

import string
from itertools import islice, product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.spelling import Lexicon, count_words, edits_for, is_slip, suggest

COUNTS = {
    "neglect": 90, "neglected": 12, "neglects": 1, "training": 80, "trainer": 5, "safeguarding": 200,
    "foster": 40, "carers": 50, "audit": 30, "audits": 9, "edit": 1, "recommendations": 60, "north": 3,
    "stratford": 2, "allegations": 20, "child": 300, "chair": 40,
}  # fmt: skip
WORDS = st.text(string.ascii_lowercase, min_size=1, max_size=14)


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon(COUNTS.items, ("overlaying", "Pre-birth"))


def suggested(typed: str, missing: list[str], lexicon: Lexicon) -> str | None:
    return suggest(typed, missing, lexicon, lambda word: True)


def test_words_are_counted_once_a_passage_as_they_are_compared() -> None:
    counts = count_words([["Neglect, NEGLECT and", "the child’s neglect."], ["Neglect 2012 A"]])
    assert counts == {"neglect": 2, "and": 1, "the": 1, "child": 1}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("neglct", "neglect"),
        ("Nelgect", "neglect"),
        ("saefguarding", "safeguarding"),
        ("recomendation", "recommendations"),
        ("aduit", "audit"),
        ("blancmange", None),
        ("xx", None),
        ("overlayng", "overlaying"),
    ],
)
def test_the_likeliest_word_is_meant(lexicon: Lexicon, typed: str, meant: str | None) -> None:
    assert lexicon.closest(typed) == meant


def test_a_word_of_many_passages_is_likelier_than_a_closer_letter_of_one(lexicon: Lexicon) -> None:
    assert lexicon.closest("neglets") == "neglects"
    assert Lexicon({"recommended": 900, "recomendid": 1}.items).closest("recomendd") == "recommended"
    assert Lexicon({"recommended": 9, "recomendid": 1}.items).closest("recomendd") == "recomendid"


def test_beginnings_come_by_use(lexicon: Lexicon) -> None:
    assert lexicon.beginning("Negl") == ("neglect", "neglected", "neglects")
    assert lexicon.beginning("zz") == lexicon.beginning("") == ()
    assert lexicon.beginning("overl") == ()  # known, but no paper has it


def test_alike_words_come_by_distance_then_use(lexicon: Lexicon) -> None:
    assert lexicon.alike("neglect") == ("neglect", "neglects", "neglected")
    assert lexicon.alike("audit", 0) == ("audit",)
    assert lexicon.alike("audit", 1) == ("audit", "audits")
    assert lexicon.alike("overlaying") == ()


def test_words_typed_as_one_come_apart(lexicon: Lexicon) -> None:
    assert lexicon.apart("fostercarers") == "foster carers"
    assert lexicon.apart("fosterxcarers") is None


@pytest.mark.parametrize(
    ("typed", "missing", "expected"),
    [
        ("neglct audits in 2012", ["neglct"], "neglect audits in 2012"),
        ('"neglct" OR neglct*', ["neglct"], '"neglect" OR neglect*'),
        ("Neglct", ["Neglct"], "neglect"),
        ("safe guarding of babies", ["guarding"], "safeguarding of babies"),
        ("fostercarers", ["fostercarers"], "foster carers"),
        ("NEGLCT AUDIT", ["NEGLCT"], "neglect AUDIT"),
        ("the report by Neglct", ["Neglct"], None),  # written as a name
        ("Nort Stratfrd", ["Stratfrd"], "Nort stratford"),  # each with a capital: that says nothing
        ("Chidl Smith report", ["Chidl"], None),
        ("the NCGT report", ["NCGT"], None),
        ("overlaying", ["overlaying"], None),  # the vocabulary knows it
        ("pre-birth", ["birth"], None),
        ("blancmange", ["blancmange"], None),
        ("cat", ["cat"], None),
        ("ab12", ["ab12"], None),
        ("neglect", [], None),
    ],
)
def test_suggestions(lexicon: Lexicon, typed: str, missing: list[str], expected: str | None) -> None:
    assert suggested(typed, missing, lexicon) == expected


def test_what_finds_nothing_is_not_offered(lexicon: Lexicon) -> None:
    assert suggest("neglct", ["neglct"], lexicon, lambda word: False) is None


@given(WORDS, st.text(max_size=30))
def test_a_known_word_is_never_corrected_and_no_text_is_an_error(word: str, around: str) -> None:
    lexicon = Lexicon(COUNTS.items, (word,))
    assert suggested(f"{around} {word}", [word], lexicon) is None
    assert lexicon.alike(around) is not None and lexicon.beginning(around) is not None
    lexicon.closest(around or "x")


@given(st.sampled_from(sorted(COUNTS)), st.integers(0, 20), st.sampled_from(string.ascii_lowercase))
def test_one_letter_too_many_is_close(word: str, at: int, letter: str) -> None:
    typed = word[:at] + letter + word[at:]
    assert word in Lexicon(COUNTS.items).alike(typed, 1)


def test_longer_words_may_differ_more() -> None:
    assert [edits_for("x" * n) for n in (1, 2, 3, 6, 7, 12)] == [0, 0, 1, 1, 2, 2]


def test_a_close_spelling_costs_little_among_many_words() -> None:
    syllables = ["".join(pair) for pair in product("bdfgklmnprst", "aeiou")]
    many = Lexicon({"".join(parts): 1 for parts in islice(product(syllables, repeat=3), 20_000)}.items)
    assert many.closest("babebx") is not None  # the words are sorted
    started = process_time()
    for letter in string.ascii_lowercase:
        many.closest(f"bab{letter}bix")
    assert (process_time() - started) / 26 < 0.01


@pytest.mark.parametrize(
    ("typed", "suggestion", "slip"),
    [
        ("neglcet audit", "neglect audit", True),
        ("domestc violence", "domestic violence", True),
        ("zebra crossing", "zebra closing", False),
        ("neglcet adit", "neglect audit", False),
    ],
)
def test_only_a_single_slip_may_be_searched_unasked(typed: str, suggestion: str, slip: bool) -> None:
    assert is_slip(typed, suggestion) is slip
