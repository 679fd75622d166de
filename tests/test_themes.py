"""Themes: each way of saying it, what is too loose to count, and a file that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import InvalidSetting
from indexer.themes import MOST_THEMES, THEMES_FILE, find_themes, read_themes, theme_names, theme_scopes


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Two babies had died while co-sleeping.", "Co-sleeping and safe sleep"),
        ("Two babies had died while cosleeping.", "Co-sleeping and safe sleep"),
        ("Two babies had died while co sleeping.", "Co-sleeping and safe sleep"),
        ("Two babies had died while co\u2011sleeping.", "Co-sleeping and safe sleep"),
        ("Two babies had died while \u0421o-sleeping.", "Co-sleeping and safe sleep"),
        ("DOMESTIC VIOLENCE NOTIFICATIONS", "Domestic abuse"),
        ("The DV notifications are screened daily.", "Domestic abuse"),
        ("Nobody had asked for the children\u2019s views.", "Voice of the child"),
        ("Nobody had asked for the child's view.", "Voice of the child"),
        ("Private fosterers told the team of 12 placements.", "Private fostering"),
        ("A child who is privately fostered", "Private fostering"),
        ("SEND reforms began.", "Disabled children"),
        ("It set out a violent extremism procedure.", "Radicalisation"),
        ("Female genital mutilation is a crime.", "FGM, forced marriage and honour-based abuse"),
        ("The LADO received 44 referrals.", "Allegations against staff"),
        ("They went missing twice.", "Missing children"),
        ("Two victims of trafficking were referred.", "Trafficking and modern slavery"),
        ("Knife-crime rose among those under 18.", "Serious youth violence"),
        ("A young carer looked after her mother.", "Young carers"),
        ("Use of restraint in the secure training centre", "Youth justice and children in custody"),
        ("The number of UASC rose to 30.", "Unaccompanied and asylum-seeking children"),
        ("He was electively home educated.", "Home education and children missing education"),
        ("Safeguarding in mosques and madrassahs", "Faith and culture"),
        ("Taxi drivers took the course.", "Licensing and taxis"),
        ("The family was homeless.", "Housing and homelessness"),
        ("Little was known of the mother’s new partner.", "Fathers and hidden men"),
        ("A pre birth assessment was late.", "Pre-birth and babies"),
        ("Pathway plans for care leavers", "Care leavers and transition to adulthood"),
        ("Six foster carers were approved.", "Fostering and adoption"),
        ("The MASH opened in June.", "Multi-agency hubs"),
        ("Lay members joined; terms of reference were agreed.", "Governance and membership"),
        ("The data-set has 40 performance indicators.", "Performance data"),
    ],
)
def test_a_theme_is_found_in_the_words_that_boards_use(text: str, theme: str) -> None:
    assert theme in find_themes(text, ())


@pytest.mark.parametrize(
    ("text", "theme"),
    [
        ("Please send it to the Board, and prevent delay.", "Disabled children"),
        ("Please send it to the Board, and prevent delay.", "Radicalisation"),
        ("In the course of the meeting a date was agreed.", "Training"),
        ("A signature was missing from the form.", "Missing children"),
        ("Councillors were thanked for their time.", "Budget and resources"),
        ("PLEASE SEND IT TODAY", "Disabled children"),
        ("The father came to the meeting.", "Fathers and hidden men"),
        ("The transition to the new website went well.", "Care leavers and transition to adulthood"),
        ("A date for the next quarter was agreed.", "Performance data"),
    ],
)
def test_words_that_only_look_like_a_theme_do_not_count(text: str, theme: str) -> None:
    assert theme not in find_themes(text, ())


def test_a_loose_mention_counts_where_it_comes_twice_or_heads_the_passage() -> None:
    once, twice = "Training was discussed.", "Training was discussed. Training will go on."
    assert find_themes(once, ()) == ()
    assert find_themes(twice, ()) == ("Training",)
    assert find_themes("It was discussed.", ("6. Training",)) == ("Training",)


def test_a_heading_above_is_enough_and_outweighs_the_text() -> None:
    assert find_themes("It rose to 30.", ("Annual report", "Neglect")) == ("Neglect",)
    assert find_themes("An audit was done.", ("Neglect",))[0] == "Neglect"
    assert find_themes("It rose to 30.", ("Neglect", "Numbers")) == ("Neglect",)


def test_the_longest_term_is_the_one_that_is_meant() -> None:
    found = find_themes("A serious case review was held.", ())
    assert found == ("Case reviews",)


def test_at_most_the_strongest_few_are_kept() -> None:
    everything = " ".join(f"{term}." for theme in read_themes(THEMES_FILE) for term in theme.terms[:1])
    found = find_themes("Neglect. Neglect, neglected and neglectful. " + everything, ())
    assert len(found) == MOST_THEMES
    assert found[0] == "Neglect"


def test_the_field_is_covered_and_every_theme_says_what_belongs_to_it() -> None:
    scopes = theme_scopes()
    assert tuple(scopes) == theme_names()
    assert len(scopes) >= 40
    assert len(set(scopes.values())) == len(scopes)
    assert [scope for scope in scopes.values() if not scope.endswith(".") or len(scope.split()) < 8] == []


def test_every_term_of_the_file_finds_its_theme() -> None:
    missed = [
        (theme.name, term)
        for theme in read_themes(THEMES_FILE)
        for term in (*theme.terms, *theme.capitals)
        if theme.name not in find_themes(f"It says {term} here.", ())
    ]
    assert missed == []


@given(st.text(max_size=200), st.lists(st.text(max_size=30), max_size=3))
def test_any_text_gives_known_themes_each_once(text: str, headings: list[str]) -> None:
    found = find_themes(text, tuple(headings))
    assert len(found) == len(set(found)) <= MOST_THEMES
    assert set(found) <= set(theme_names())


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("", "list of themes"),
        ('[[theme]]\nterms = ["a"]', "Theme 1 has no name"),
        ('[[theme]]\nname = "A"', "“A”: it has no terms"),
        ('[[theme]]\nname = "A"\nterms = ["a"]', "“A”: it has no scope"),
        ('[[theme]]\nname = "A"\nscope = " "\nterms = ["a"]', "“A”: it has no scope"),
        ('[[theme]]\nname = "A"\nscope = ["S."]\nterms = ["a"]', "“scope” is a text"),
        ('[[theme]]\nname = "A"\nscope = "S.\\nT."\nterms = ["a"]', "“scope” is one sentence on one line"),
        ('[[theme]]\nname = "A"\nterms = "a"', "“terms” is a list of texts"),
        ('[[theme]]\nname = "A"\nterms = ["--"]', "no letters in it"),
        ('[[theme]]\nname = "A"\nterms = ["a"]\nwords = ["b"]', "“words” is not known"),
        ('[[theme]]\nname = "A"\nterms = ["a"]\ncapitals = ["send"]', "“send” is not in capitals"),
        ('[[theme]]\nname = "A"\nterms = ["a"]\n[[theme]]\nname = "a"\nterms = ["b"]', "“a” comes twice"),
        ("theme = [1]", "begins with [[theme]]"),
        ("[[theme]", "cannot be read"),
    ],
)
def test_a_file_with_mistakes_is_refused_with_what_is_wrong(tmp_path: Path, written: str, told: str) -> None:
    path = tmp_path / "themes.toml"
    path.write_text(written, encoding="utf-8")
    with pytest.raises(InvalidSetting) as refused:
        read_themes(path)
    assert told in str(refused.value)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidSetting, match="cannot be read"):
        read_themes(tmp_path / "themes.toml")
