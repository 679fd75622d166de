"""What kind of statement a question wishes for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import StatementKind
from indexer.search.wishes import Wish, is_form_word, wish_of


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
        ("plan 2012-15", {"2011-12", "2012-13"}),
        ("section 11 audit", set()),
    ],
)
def test_years_are_wished_for(typed: str, years: set[str]) -> None:
    assert wish_of(typed).years == years
