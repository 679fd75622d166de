"""Marks never change the words, and words never become markup."""

from __future__ import annotations

import re
from html import unescape
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from webapp.presenters.marking import cited, marked

texts = st.text(alphabet="ab<>&\"' \n", max_size=30)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A text with slices of it, ascending and apart."""
    text = draw(texts)
    ends = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6, unique=True)))
    return text, tuple(pairwise(ends))[::2]


def plain(markup: str) -> str:
    return unescape(re.sub(r"</?mark>|<span [^>]*>|</span>", "", markup))


@given(marked_texts())
def test_the_words_stay_as_they_are(case: tuple[str, tuple[tuple[int, int], ...]]) -> None:
    text, spans = case
    assert plain(marked(text, spans)) == text


@given(marked_texts())
def test_each_slice_is_marked(case: tuple[str, tuple[tuple[int, int], ...]]) -> None:
    text, spans = case
    found = re.findall(r"<mark>(.*?)</mark>", marked(text, spans), re.DOTALL)
    assert [unescape(each) for each in found] == [text[a:b] for a, b in spans]


@given(texts)
def test_words_never_become_markup(text: str) -> None:
    assert not re.search(r"<(?!/?mark>)", marked(text, ()))


def test_a_window_cuts_marks_at_its_edges() -> None:
    assert marked("one two three", ((0, 7), (8, 13)), (4, 10)) == "<mark>two</mark> <mark>th</mark>"


@given(marked_texts(), st.data())
def test_what_is_cited_is_set_off(case: tuple[str, tuple[tuple[int, int], ...]], data: st.DataObject) -> None:
    text, spans = case
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    markup = cited(text, spans, (start, end))
    assert plain(markup) == text
    if (start, end) != (0, len(text)):
        inside = re.search(r"<span [^>]*>(.*)</span>", markup, re.DOTALL)
        assert inside
        assert plain(inside[1]) == text[start:end]


def test_a_word_with_a_hyphen_is_whole_where_the_papers_line_ends_in_it() -> None:
    assert marked("a six-\nweek visit", ()) == "a six-<wbr>week visit"
    assert (
        marked("a six-\nweek visit", ((2, 6), (7, 11))) == "a <mark>six-</mark><wbr><mark>week</mark> visit"
    )
    assert marked("a six-\nweek visit", ((2, 11),)) == "a <mark>six-<wbr>week</mark> visit"
    for apart in ("pages 1-\n2", "neglect -\nan audit", "a list:\n-\nb"):
        assert marked(apart, ()) == apart
