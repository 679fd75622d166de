"""A strip shows each thing where it lies, wide enough to be seen, and says the same in words."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from indexer.model import (
    Document,
    DocumentKind,
    MediaType,
    Part,
    Passage,
    Place,
    Span,
    Statement,
    StatementKind,
    Table,
)
from webapp.presenters.strip import LEAST, WIDTH, Bar, strip

PDF = Document("d", "d.pdf", MediaType.PDF, "D", DocumentKind.AGENDA_PACK, "", None, (), 40)
TEXT = Document("t", "t.txt", MediaType.TEXT, "T", DocumentKind.MINUTES, "", None, (), 0)


def pages(*numbers: int) -> Place:
    return Place(0, 9, None, numbers)


def part(place: Place) -> Part:
    return Part(None, "P", DocumentKind.REPORT, "", None, (), 0, 1, place)


def passage(end: int, lines: tuple[int, int] | None) -> Passage:
    return Passage("p", "x", (Span(0, end, None, ()),), lines, (), None, 0)


def tables(*places: Place) -> list[Table]:
    return [Table("", place) for place in places]


def test_papers_and_tables_lie_along_the_pages() -> None:
    parts = [part(pages(*range(1, 11))), part(pages(*range(11, 41)))]
    drawn = strip(PDF, parts, tables(pages(3), pages(7, 8), pages(9)), (), ())
    assert drawn is not None
    papers, found = drawn.rows
    assert (papers.name, papers.bars) == ("2 papers", (Bar(0, 250), Bar(250, 750)))
    assert (found.name, found.words) == ("3 tables", "pages 3, 7 to 9 of 40")
    assert found.bars[0] == Bar(50, 25)
    assert (drawn.first, drawn.last) == ("Page 1", "Page 40")


def test_each_kind_of_statement_has_its_row() -> None:
    stated = [Statement(kind, "x", None, pages(40)) for kind in (StatementKind.ACTION, StatementKind.FINDING)]
    drawn = strip(PDF, [part(pages(1, 40))], (), stated, ())
    assert drawn is not None
    assert [row.name for row in drawn.rows] == ["1 action", "1 finding"]
    assert drawn.rows[0].words == "page 40 of 40"


def test_a_text_is_measured_by_lines_and_the_rest_by_characters() -> None:
    lined = strip(TEXT, (), tables(Place(0, 1, (50, 60), ())), (), [passage(999, (1, 200))])
    assert lined is not None
    assert (lined.rows[0].words, lined.last) == ("lines 50 to 60 of 200", "Line 200")
    plain = strip(TEXT, (), tables(Place(500, 750, None, ())), (), [passage(1000, None)])
    assert plain is not None
    assert plain.rows[0].words == "from 50% to 75% of the text"
    assert plain.rows[0].bars == (Bar(500, 250),)
    assert (plain.first, plain.last) == ("Start", "End")


def test_where_there_is_nothing_to_show_there_is_no_strip() -> None:
    assert strip(PDF, [part(pages(1, 40))], (), (), ()) is None


@given(st.lists(st.tuples(st.integers(1, 40), st.integers(0, 39)), min_size=1, max_size=60))
def test_every_bar_can_be_seen_inside_the_strip(places: list[tuple[int, int]]) -> None:
    runs = [pages(*range(first, min(40, first + more) + 1)) for first, more in places]
    drawn = strip(PDF, (), tables(*runs), (), ())
    assert drawn is not None
    (row,) = drawn.rows
    assert len(row.bars) == len({(run.pages[0], run.pages[-1]) for run in runs})
    for bar in row.bars:
        assert bar.x >= 0 and bar.width >= LEAST and bar.x + bar.width <= WIDTH + 0.2
    assert row.words.endswith("of 40")
