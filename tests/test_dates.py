"""Dates and reporting years as English papers write them."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.dates import dates, financial_year, in_words, reporting_years

DAYS = st.dates(datetime.date(1980, 1, 1), datetime.date(2079, 12, 31))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("held on Thursday, 13th March, 2025 at 10.00 am", ("2025-03-13",)),
        ("4 of May 2010", ("2010-05-04",)),
        ("12/07/2016 and 2016-07-13", ("2016-07-12", "2016-07-13")),
        ("Published July 2013", ("2013-07",)),
        ("31 February 2012", ()),
        ("2012/13", ()),
    ],
)
def test_dates(text: str, expected: tuple[str, ...]) -> None:
    assert dates(text) == expected


@given(DAYS)
def test_a_date_in_words_is_read_back(day: datetime.date) -> None:
    assert dates(in_words(day.isoformat())) == (day.isoformat(),)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Annual Report 2012/13", ("2012-13",)),
        ("Annual Report 2014-2015", ("2014-15",)),
        ("Business Plan 2013 – 2015", ("2013-14", "2014-15")),
        ("the year ending 31 March 2011", ("2010-11",)),
        ("April 2016 to March 2017", ("2016-17",)),
        ("between September 2016 and March 2017", ("2016-17",)),
        ("Replaces the editions of May 2010 and September 2012", ()),
        ("2011/12 to 2013/14", ("2011-12", "2012-13", "2013-14")),
        ("from 2001 to 2019", ()),
        ("Tel: 024 7683 2012-15-3", ()),
    ],
)
def test_reporting_years(text: str, expected: tuple[str, ...]) -> None:
    assert reporting_years(text) == expected


@given(st.integers(1980, 2078))
def test_every_way_to_write_one_year_is_that_year(first: int) -> None:
    name = f"{first}-{(first + 1) % 100:02}"
    for text in (
        name,
        f"{first}/{(first + 1) % 100:02}",
        f"{first} - {first + 1}",
        f"1 April {first} to 31 March {first + 1}",
    ):
        assert reporting_years(text) == (name,)


@given(DAYS)
def test_a_financial_year_holds_its_date(day: datetime.date) -> None:
    year = int(financial_year(day.isoformat())[:4])
    assert datetime.date(year, 4, 1) <= day < datetime.date(year + 1, 4, 1)
