"""Counts by year as bars and as a table."""

from __future__ import annotations

from indexer.search.results import FacetCount
from webapp.presenters.timeline import HEIGHT, LEAST, MOST_LABELLED, timeline

COUNTS = (FacetCount("2014-15", 1), FacetCount("2012-13", 200), FacetCount("2011-12", 50, selected=True))


def test_years_between_are_there_though_nothing_is_of_them() -> None:
    drawn = timeline(COUNTS, lambda year: f"/?year={year}")
    assert drawn is not None
    assert [(y.name, y.count) for y in drawn.years] == [
        *(("2011-12", 50), ("2012-13", 200), ("2013-14", 0), ("2014-15", 1)),
    ]
    assert [y.href for y in drawn.years][1:3] == ["/?year=2012-13", None]
    assert [y.chosen for y in drawn.years] == [True, False, False, False]


def test_heights_are_shares_of_the_tallest_and_can_be_seen() -> None:
    drawn = timeline(COUNTS, str)
    assert drawn is not None
    assert [y.height for y in drawn.years] == [HEIGHT / 4, HEIGHT, 0, LEAST]
    assert drawn.most.short == "12-13"


def test_one_year_is_nothing_to_compare() -> None:
    assert timeline(COUNTS[:1], str) is None
    assert timeline((COUNTS[0], FacetCount("2012-13", 0, selected=True)), str) is None
    assert timeline((), str) is None


def test_many_years_have_no_room_for_labels() -> None:
    two = timeline((FacetCount("1980-81", 1), FacetCount("2012-13", 1)), str)
    assert two is not None
    assert len(two.years) > MOST_LABELLED
    assert not two.is_labelled
