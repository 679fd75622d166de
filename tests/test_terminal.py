"""Text for the terminal fits it, keeps every word, and cannot drive it."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Correction, Place, Unread, UnreadCode
from indexer.search.results import Coverage
from indexer.terminal import Style, _corrections, _marked, _where, counted, nothing_found, unread_lines

words = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12)


@given(st.lists(words), st.integers(20, 120), st.sampled_from(["", "    ", " 1. "]))
def test_wrapping_keeps_every_word_and_the_width(given_words: list[str], width: int, first: str) -> None:
    lines = list(Style(width).wrapped(" \n".join(given_words), first))
    assert " ".join(line[len(first) :] for line in lines).split() == " ".join(given_words).split()
    assert all(len(line) <= width for line in lines)
    assert all(
        line.startswith(first if number == 0 else " " * len(first)) for number, line in enumerate(lines)
    )


def test_bold_takes_no_room() -> None:
    (line,) = Style(20, bold=True).wrapped(" ".join(Style(bold=True).strong("abcd") for _ in range(4)), "")
    assert line.count("\033[1m") == 4


@given(st.lists(words, min_size=1, max_size=8), st.data())
def test_marking_changes_nothing_but_the_looks(given_words: list[str], data: st.DataObject) -> None:
    text = " ".join(given_words)
    cuts = sorted(
        data.draw(st.lists(st.integers(0, len(text)), max_size=4).filter(lambda c: len(c) % 2 == 0))
    )
    marked = _marked(text, 0, len(text), list(zip(cuts[::2], cuts[1::2], strict=True)), Style(bold=True))
    plain = re.sub("\033\\[\\d*m", "", marked)
    assert plain.replace(" ", "") == text.replace(" ", "")


def test_a_snippet_says_that_it_is_one() -> None:
    assert _marked("one two three", 4, 7, [(4, 7)], Style()) == "…two…"


def test_nothing_found_is_honest_about_its_gaps() -> None:
    coverage = Coverage(14, 900, "2009-10", "2017-18", 1, 3)
    searched, gap = nothing_found(coverage).split(". ")
    assert searched == "Nothing found in 14 documents, 2009-10 to 2017-18"
    assert gap == "1 file and 3 pages could not be read and may hold it."
    assert (
        nothing_found(Coverage(1, 9, "2009-10", "2009-10", 0, 0)) == "Nothing found in 1 document, 2009-10."
    )
    assert nothing_found(Coverage(0, 0, None, None, 0, 0)) == "Nothing found in 0 documents."


def test_places_are_pages_before_lines() -> None:
    assert _where(Place(0, 1, (4, 9), (2, 3, 5))) == "  [pages 2-5]"
    assert _where(Place(0, 1, (4, 4), ())) == "  [line 4]"
    assert _where(Place(0, 1, None, ())) == ""


def test_what_could_not_be_read_is_shown_without_control_characters() -> None:
    unread = Unread("a\x1b[2J\n.pdf", UnreadCode.DAMAGED, "It is cut short.", 3)
    heading, line = unread_lines([unread])
    assert heading == "Could not be read:"
    assert "\x1b" not in line
    assert "page 3 [damaged] It is cut short." in line
    assert list(unread_lines([])) == []


def test_corrections_say_what_the_paper_said() -> None:
    corrections = (
        Correction(None, "date", None, "2013-09"),
        Correction("4", "years", ("2011-12",), ("2012-13", "2013-14")),
        Correction(None, "body", "The\x1b[2J Board", ""),
    )
    heading, *lines = _corrections(corrections)
    assert heading.strip() == "Corrections"
    assert lines == [
        "  date: 2013-09",
        "  Item 4, years: 2012-13, 2013-14, was 2011-12",
        "  body: none, was The [2J Board",
    ]
    assert list(_corrections(())) == []


def test_counting_knows_the_singular() -> None:
    assert [counted(n, "page") for n in (0, 1, 1200)] == ["0 pages", "1 page", "1,200 pages"]
