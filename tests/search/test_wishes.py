"""What kind of statement a question wishes for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import DocumentKind, StatementKind
from indexer.search.wishes import Wish, describe, is_form_word, paper_words, wish_of, year_words


@pytest.mark.parametrize(
    ("typed", "wish"),
    [
        ("co-sleeping recommendations", Wish(StatementKind.RECOMMENDATION)),
        ("What did the Board recommend about neglect?", Wish(StatementKind.RECOMMENDATION)),
        ("actions on private fostering", Wish(StatementKind.ACTION)),
        ("what was agreed about thresholds", Wish(StatementKind.DECISION)),
        ("what have we LEARNT about neglect", Wish(StatementKind.FINDING)),
        ("lessons from Child K", Wish(StatementKind.FINDING)),
        ("findings and recommendations", Wish(StatementKind.FINDING)),
        ("How many children died?", Wish(figures=True)),
        ("number of recommendations completed", Wish(StatementKind.RECOMMENDATION, figures=True)),
        ("rates of obesity", Wish(figures=True)),
        ("neglect", Wish()),
        ("disagreement between professionals", Wish()),
        ("a numbered list", Wish()),
        ("", Wish()),
    ],
)
def test_wishes(typed: str, wish: Wish) -> None:
    assert wish_of(typed) == wish


def test_words_of_form_are_told_from_words_of_a_subject() -> None:
    forms = ("Recommendations", "lessons", "learnt", "numbers", "data", "agreed")
    assert all(is_form_word(word) for word in forms)
    assert not any(
        is_form_word(word) for word in ("neglect", "co-sleeping", "audit", "child", "thresholds", "")
    )


@given(st.text())
def test_any_text_has_a_wish(typed: str) -> None:
    assert isinstance(wish_of(typed), Wish)


@pytest.mark.parametrize(
    ("typed", "years"),
    [
        ("training in 2014-15", {"2014-15"}),
        ("training in 2014/2015", {"2014-15"}),
        ("the audit of 2012", {"2011-12", "2012-13"}),
        ("plan 2012-15", {"2012-13", "2013-14", "2014-15"}),
        ("calls in August 2011", {"2011-12"}),
        ("year ending March 2013", {"2012-13"}),
        ("call 01234 201256 or order 2012.5", set()),
        ("section 11 audit", set()),
    ],
)
def test_years_are_wished_for(typed: str, years: set[str]) -> None:
    assert wish_of(typed).years == years


@pytest.mark.parametrize(
    ("typed", "papers"),
    [
        ("minutes about neglect", {DocumentKind.MINUTES}),
        ("which annual reports tell of neglect", {DocumentKind.ANNUAL_REPORT}),
        ("policies on restraint", {DocumentKind.POLICY}),
        ("escalation policy", set()),
        ("a walk of 20 minutes", set()),
        ("serious case review", set()),
        ("case reviews where a baby died", {DocumentKind.CASE_REVIEW, DocumentKind.CASE_REVIEW_BRIEFING}),
        ("the report said", set()),
    ],
)
def test_kinds_of_paper_are_wished_for(typed: str, papers: set[DocumentKind]) -> None:
    assert wish_of(typed).papers == papers
    assert bool(paper_words(typed)) == bool(papers)


BODIES = ("Northmere Safeguarding Children Board", "Children's Services Scrutiny Board (2)")


@pytest.mark.parametrize(
    ("typed", "bodies"),
    [
        ("what did the scrutiny board say", {BODIES[1]}),
        ("Safeguarding Children Boards on neglect", {BODIES[0]}),
        ("board meetings", set()),
        ("scrutiny of the board", set()),
        ("scrutiny board and safeguarding children board", set()),
    ],
)
def test_bodies_are_wished_for_where_that_tells_papers_apart(typed: str, bodies: set[str]) -> None:
    assert wish_of(typed, BODIES).bodies == bodies


def test_a_wish_is_told_in_plain_words() -> None:
    wish = wish_of("how many minutes of 2012-13 by the scrutiny board have recommendations", BODIES)
    assert describe(wish) == (
        "papers of 2012-13",
        "minutes",
        "papers of Children's Services Scrutiny Board (2)",
        "recommendations",
        "passages with figures",
    )
    assert describe(Wish()) == ()


@given(st.text(st.sampled_from("2012-/3 August minutes on policy x")))
def test_words_of_a_wish_are_slices_of_the_question(typed: str) -> None:
    for start, end in (*year_words(typed), *paper_words(typed)):
        assert 0 <= start < end <= len(typed)
