"""Words and set phrases: what is a term, what is a name or a turn of phrase."""

from __future__ import annotations

from indexer.search.phrases import TermFinder, find_terms, told

PAPERS = [
    "Domestic violence notifications rose. Domestic violence notifications were screened; violence was met.",
    "Each domestic violence notification was screened by Jane Smith, and violence came up again.",
    "Jane Smith told the Board that domestic violence notifications fell, and violence with them.",
    "Notifications of violence: Jane Smith and IDVAs. Every IDVA had seen notifications and violence.",
    "The graded care profile was used, and the graded care profile again, for notifications. IDVAs agreed.",
    "A graded care profile was shown to Jane Smith, then the graded care profile was kept. IDVAs left.",
]
FILLER = [f"On day {n} they had a meal and then they went on a walk by the sea." for n in range(60)]


def terms() -> dict[tuple[str, ...], str]:
    return find_terms([told(text) for text in PAPERS + FILLER])


def test_words_stand_in_runs_that_punctuation_ends() -> None:
    runs = told("Neglect, drift and delay. Co-sleeping")
    assert [[word.surface for word in run] for run in runs] == [
        ["Neglect"],
        ["drift", "and", "delay"],
        ["Co", "sleeping"],
    ]
    assert runs[1][2].stem == "delay"


def test_phrases_and_words_of_the_subject_are_terms() -> None:
    spelled = set(terms().values())
    assert {"domestic violence notifications", "graded care profile", "violence"} <= spelled


def test_a_piece_of_a_longer_phrase_is_none() -> None:
    assert {"graded care", "care profile", "graded"}.isdisjoint(terms().values())


def test_names_of_people_are_none() -> None:
    assert not any("smith" in term.lower() or "jane" in term.lower() for term in terms().values())


def test_an_acronym_keeps_its_capitals() -> None:
    assert "IDVAs" in terms().values()


def test_what_is_known_to_be_a_term_is_one() -> None:
    known = find_terms([told("Work in progress with step-down.")] * 4, {("step", "down")})
    assert known[("step", "down")] == "step down"


def test_a_finder_tells_what_stands_inside() -> None:
    finder = TermFinder({("care",), ("grade", "care"), ("plan",)})
    assert list(finder.find(("a", "grade", "care", "plan"))) == [(1, 3, False), (2, 3, True), (3, 4, False)]
