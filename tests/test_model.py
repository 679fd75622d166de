"""Where lines stand: the places and the runs of text that they form."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import FrozenInstanceError, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Place, Reading

TWO_PAGES = (["Running head", "Neglect is", "hard to see."], ["Running head", "It builds up."])


def test_a_place_spans_its_lines(as_text: Callable[[str], Reading]) -> None:
    reading = as_text("one\n\ntwo\nthree\n")
    assert reading.place([2, 1]) == Place(5, 14, (3, 4), ())
    assert reading.place([0]) == Place(0, 3, (1, 1), ())


def test_a_place_names_its_pages_once(as_printed: Callable[..., Reading]) -> None:
    reading = as_printed(*TWO_PAGES)
    place = reading.place([1, 2, 4])
    assert (place.pages, place.lines) == ((1, 2), None)
    assert reading.text[place.start : place.end].startswith("Neglect") and place.end == len(reading.text)


def test_spans_break_at_pages_and_where_a_line_is_left_out(as_printed: Callable[..., Reading]) -> None:
    reading = as_printed(*TWO_PAGES)
    spans = reading.spans([4, 1, 2])
    assert [reading.text[s.start : s.end] for s in spans] == ["Neglect is\nhard to see.", "It builds up."]
    assert [(s.page, len(s.boxes)) for s in spans] == [(1, 2), (2, 1)]
    apart = reading.spans([0, 2])
    assert [reading.text[s.start : s.end] for s in apart] == ["Running head", "hard to see."]


def test_a_source_without_pages_gives_one_run(as_text: Callable[[str], Reading]) -> None:
    reading = as_text("one\nPage 2\ntwo\n")
    (span,) = reading.spans([0, 2])
    assert (reading.text[span.start : span.end], span.page, span.boxes) == ("one\nPage 2\ntwo", None, ())


def test_no_lines_give_no_spans(as_text: Callable[[str], Reading]) -> None:
    assert as_text("one").spans([]) == ()


@given(data=st.data())
def test_spans_hold_each_line_once_and_stay_on_their_page(
    data: st.DataObject, as_printed: Callable[..., Reading]
) -> None:
    line = st.text(st.characters(codec="ascii", categories=["L", "Nd"]), min_size=1, max_size=5)
    pages = data.draw(st.lists(st.lists(line, min_size=1, max_size=4), min_size=1, max_size=4))
    reading = as_printed(*pages)
    chosen = data.draw(st.sets(st.integers(0, len(reading.lines) - 1), min_size=1))
    spans = reading.spans(chosen)
    for index, one in enumerate(reading.lines):
        holding = [s for s in spans if s.start <= one.start and one.end <= s.end]
        assert len(holding) == (index in chosen)
        assert all(one.box in s.boxes and s.page == one.page for s in holding)
    assert sum(len(s.boxes) for s in spans) == len(chosen)
    assert all(a.end <= b.start for a, b in itertools.pairwise(spans))


def test_values_cannot_be_changed(as_text: Callable[[str], Reading]) -> None:
    reading = as_text("one")
    with pytest.raises(FrozenInstanceError):
        reading.text = "two"  # type: ignore[misc]
    assert replace(reading, title="Two").title == "Two"
