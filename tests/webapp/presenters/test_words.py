"""What short names are called in plain words."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.catalogue import Record
from indexer.model import DocumentKind, PageBasis, PageRef
from webapp.presenters import words


def refs(*pairs: tuple[int, str], basis: PageBasis = PageBasis.FILE) -> tuple[PageRef, ...]:
    return tuple(PageRef(number, label, basis) for number, label in pairs)


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((), ""),
        (refs((4, "4")), "page 4"),
        (refs((32, "22")), "page 22 (PDF page 32)"),
        (refs((3, "iii")), "page iii (PDF page 3)"),
        (refs((32, "22"), (33, "23")), "pages 22 to 23 (PDF pages 32 to 33)"),
        (refs((4, "4"), (5, "5")), "pages 4 to 5"),
        (refs((4, "4"), basis=PageBasis.STAMP), "page 4 (by the page numbers printed in the text)"),
        (refs((4, "4"), (6, "6"), basis=PageBasis.AGENDA), "pages 4 to 6 (by the agenda)"),
    ],
)
def test_pages(pages: tuple[PageRef, ...], said: str) -> None:
    assert words.page_words(pages) == said


@pytest.mark.parametrize(
    ("iso", "said"),
    [
        ("2017-09-14", "14 September 2017"),
        ("2017-09", "September 2017"),
        ("2017", "2017"),
        ("2017-13-40", "2017-13-40"),
        (None, ""),
    ],
)
def test_dates(iso: str | None, said: str) -> None:
    assert words.date_words(iso) == said


def test_every_kind_has_a_name_of_its_own() -> None:
    names = {words.kind_name(kind) for kind in DocumentKind}
    assert len(names) == len(DocumentKind)
    assert words.kind_name("case_review") == "Case review"
    assert words.kind_name("something_new") == "Something new"


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((), ""),
        (("2012-13",), "2012-13"),
        (("2012-13", "2013-14"), "2012-13 and 2013-14"),
        (("2010-11", "2011-12", "2012-13"), "2010-11 to 2012-13"),
    ],
)
def test_years(years: tuple[str, ...], said: str) -> None:
    assert words.years_words(years) == said


def test_counts() -> None:
    assert words.plural(1, "page") == "1 page"
    assert words.plural(1234, "page") == "1,234 pages"
    assert words.plural(0, "passage") == "0 passages"
    assert words.lines_words((3, 3)) == "line 3"
    assert words.lines_words((3, 9)) == "lines 3 to 9"


def test_short_texts_end_at_a_word() -> None:
    assert words.shorten("one two", 90) == "one two"
    assert words.shorten("one  two,\nthree", 9) == "one two …"


def test_a_place_without_page_and_line_is_told_by_its_section(a_record: Callable[..., Record]) -> None:
    assert words.section_words(a_record("neglect", "Part A", "Findings").section) == "section “Findings”"
    assert words.section_words(None) == "no page number"
