"""Papers are counted by board and year, and a gap is a year between papers, not before or after them."""

from __future__ import annotations

import dataclasses

from indexer.model import Document, DocumentKind, MediaType
from webapp.presenters.coverage import ALL, NO_BODY, Cell, coverage_table

PAPER = Document("d", "d.pdf", MediaType.PDF, "D", DocumentKind.REPORT, "", None, (), 12)


def paper(body: str, *years: str) -> Document:
    return dataclasses.replace(PAPER, body=body, years=years)


def test_years_go_across_without_a_break_and_gaps_are_marked() -> None:
    papers = [
        paper("B", "2008-09"),
        paper("B", "2011-12"),
        paper("A", "2009-10", "2010-11"),
        paper("B", "2014-15"),
    ]
    table = coverage_table(papers)
    assert (table.years[0], table.years[-1], len(table.years)) == ("2008-09", "2014-15", 7)
    assert [row.name for row in table.rows] == ["A", "B"]
    first, second = table.rows
    none, gap, one = Cell(0, False), Cell(0, True), Cell(1, False)
    assert first.cells == (none, one, one, none, none, none, none)
    assert second.cells == (one, gap, gap, one, gap, gap, one)
    assert (first.gaps, second.gaps) == ("", "2009-10 to 2010-11, 2012-13 to 2013-14")
    assert (first.total, second.total) == (1, 3)
    assert (table.whole.name, table.whole.total, table.whole.gaps) == (ALL, 4, "2012-13 to 2013-14")
    assert not table.has_undated


def test_papers_without_board_or_year_are_counted_last() -> None:
    table = coverage_table([paper(""), paper("B", "1999-00")])
    assert table.years == ("1999-00",)
    assert table.has_undated
    assert [(row.name, row.cells) for row in table.rows] == [
        ("B", (Cell(1, False), Cell(0, False))),
        (NO_BODY, (Cell(0, False), Cell(1, False))),
    ]


def test_of_no_papers_there_is_no_table() -> None:
    table = coverage_table([])
    assert (table.years, table.rows, table.whole.total) == ((), (), 0)
