"""A citation is a line to paste into a letter: who, what, when, where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue import Record
from indexer.model import PageBasis, PageRef
from indexer.search.citations import cite, pages_in_words

ABuilder = Callable[..., Record]
BODIES = st.text(st.characters(exclude_characters=","))


def pages(*found: tuple[int, str]) -> tuple[PageRef, ...]:
    return tuple(PageRef(number, label, PageBasis.FILE) for number, label in found)


@pytest.mark.parametrize(
    ("found", "words"),
    [
        (pages(), ""),
        (pages((5, "5")), "page 5"),
        (pages((32, "22")), "page 22 (PDF page 32)"),
        (pages((3, "iii")), "page iii (PDF page 3)"),
        (pages((32, "22"), (33, "23")), "pages 22 to 23 (PDF pages 32 to 33)"),
        (pages((4, "4"), (5, "5"), (6, "6")), "pages 4 to 6"),
    ],
)
def test_pages_in_words(found: tuple[PageRef, ...], words: str) -> None:
    assert pages_in_words(found) == words


def test_a_page_of_a_pdf_whose_label_is_not_its_number(a_record: ABuilder) -> None:
    record = a_record("Neglect.", "Learning", "Neglect", passage={"pages": pages((32, "22"))})
    source = cite(record, alone=True)
    assert source.citation.text == (
        "Northmere Safeguarding Children Board, “Annual report 2012-13” (2013-09-14), section “Neglect”, "
        "page 22 (PDF page 32), reports/annual report.pdf"
    )
    assert source.part is None and source.section == record.section


@pytest.mark.parametrize(("lines", "words"), [((12, 12), "line 12"), ((12, 14), "lines 12 to 14")])
def test_lines_of_a_text(a_record: ABuilder, lines: tuple[int, int], words: str) -> None:
    line = cite(a_record("Neglect.", passage={"lines": lines}), alone=True).citation.text
    assert line.endswith(f"(2013-09-14), {words}, reports/annual report.pdf")


def test_a_paper_inside_a_pack_is_named_with_its_item(a_record: ABuilder) -> None:
    part = {"item": "4", "title": "Neglect audit"}
    pack = {"title": "Agenda pack"}
    record = a_record(
        "Neglect.", "Neglect audit", part=part, document=pack, passage={"pages": pages((9, "7"))}
    )
    source = cite(record, alone=False)
    assert "“Agenda pack” (2013-09-14), item 4 “Neglect audit”, page 7 (PDF page 9)" in source.citation.text
    assert source.part == record.part
    assert "item 4" not in cite(record, alone=True).citation.text


def test_a_title_is_not_said_twice(a_record: ABuilder) -> None:
    document = {"title": "Northmere Safeguarding Children Board annual report"}
    record = a_record("Neglect.", "Northmere Safeguarding Children Board annual report", document=document)
    assert cite(record, alone=True).citation.text.count("Northmere") == 1


def test_what_is_not_known_leaves_no_hole(a_record: ABuilder) -> None:
    record = a_record("Neglect.", document={"date": None, "years": (), "body": ""})
    assert cite(record, alone=True).citation.text == "“Annual report 2012-13”, reports/annual report.pdf"


def test_reporting_years_stand_in_for_a_date(a_record: ABuilder) -> None:
    record = a_record("Neglect.", document={"date": None, "years": ("2011-12", "2012-13")})
    assert "(2011-12, 2012-13)" in cite(record, alone=True).citation.text


def test_a_long_title_is_cut_between_words(a_record: ABuilder) -> None:
    line = cite(a_record("Neglect.", document={"title": "word " * 60}), alone=True).citation.text
    assert "word…”" in line and len(line) < 260


def test_a_link_is_fit_for_a_web_page(a_record: ABuilder) -> None:
    source = cite(a_record("Neglect.", document={"id": "übung 1"}), alone=True)
    assert source.citation.url == "/documents/%C3%BCbung%201/passages/p0"


@given(st.text(), BODIES, st.lists(st.text(), max_size=3), st.booleans())
def test_a_citation_ends_with_the_file_whatever_its_titles(
    a_record: ABuilder, title: str, body: str, headings: list[str], alone: bool
) -> None:
    line = cite(a_record("x", *headings, document={"title": title, "body": body}), alone=alone).citation.text
    assert line.endswith(", reports/annual report.pdf") and not line.startswith(",")
