"""A page's text as headings, lists and tables, and its rectangles."""

from __future__ import annotations

import pytest
from flask import Flask

from indexer.model import BlockKind, Box, Document, DocumentKind, MediaType, Page, Passage, Span, TextBlock
from webapp.presenters.reading import TextMarker, blocks_around, furniture, page_figure, text_runs

DOCUMENT = Document("d", "d.pdf", MediaType.PDF, "D", DocumentKind.REPORT, "", None, (), 2)
PAGE = Page(1, "i", 600.0, 800.0, 0, 99)


def block(kind: BlockKind, text: str, start: int, **more: object) -> TextBlock:
    return TextBlock(kind, text, start, start + len(text), 1, None, **more)  # type: ignore[arg-type]


def marker(*spans: tuple[int, int]) -> TextMarker:
    return TextMarker(lambda text: (), tuple(Span(a, b, 1, ()) for a, b in spans))


def test_items_that_follow_each_other_are_one_list() -> None:
    blocks = [block(BlockKind.LIST_ITEM, f"item {i}", 10 * i) for i in range(3)]
    (run,) = text_runs([*blocks, block(BlockKind.PARAGRAPH, "after", 40)], marker())
    assert [piece.kind for piece in run.pieces] == ["list", "paragraph"]
    assert run.pieces[0].items == ("item 0", "item 1", "item 2")


def test_rows_are_tables_and_short_rows_are_filled_up() -> None:
    rows = [
        block(BlockKind.TABLE_ROW, "Year Cases", 0, cells=("Year", "Cases"), header=True, table=0),
        block(BlockKind.TABLE_ROW, "2012", 20, cells=("2012",), table=0),
        block(BlockKind.TABLE_ROW, "other", 40, cells=("other", "table"), table=1),
    ]
    (run,) = text_runs(rows, marker())
    first, second = run.pieces
    assert [row.cells for row in first.head] == [("Year", "Cases")]
    assert [row.cells for row in first.rows] == [("2012", "")]
    assert [row.cells for row in second.rows] == [("other", "table")]


def test_a_table_is_shown_whole_where_some_rows_are_cited() -> None:
    rows = [
        block(BlockKind.TABLE_ROW, f"row {i}", 20 * i, cells=(f"row {i}", "x"), header=i == 0, table=4)
        for i in range(4)
    ]
    (run,) = text_runs(rows, marker((40, 45)))
    assert run.cited
    assert [row.cited for row in run.pieces[0].rows] == [False, True, False]


def test_heading_ranks_never_skip_one() -> None:
    blocks = [block(BlockKind.HEADING, "h", 10 * i, level=level) for i, level in enumerate((3, 4, 1, 6))]
    (run,) = text_runs(blocks, marker())
    assert [piece.level for piece in run.pieces] == [3, 4, 3, 4]


def test_what_is_cited_stands_in_a_run_of_its_own() -> None:
    blocks = [block(BlockKind.PARAGRAPH, "0123456789", 20 * i) for i in range(3)]
    runs = text_runs(blocks, marker((20, 30)))
    assert [run.cited for run in runs] == [False, True, False]
    assert runs[1].pieces[0].items == ("0123456789",)


def test_a_part_of_a_block_is_set_off() -> None:
    (run,) = text_runs([block(BlockKind.PARAGRAPH, "one <two> three", 100)], marker((104, 109)))
    assert run.cited
    assert run.pieces[0].items == ('one <span class="app-cited__words">&lt;two&gt;</span> three',)


def test_a_block_whose_offsets_do_not_carry_over_is_cited_whole() -> None:
    cut = TextBlock(BlockKind.PARAGRAPH, "one three", 0, 15, 1, None)
    (run,) = text_runs([cut], marker((0, 3)))
    assert run.cited
    assert run.pieces[0].items == ("one three",)


def test_running_heads_stand_apart() -> None:
    blocks = [block(BlockKind.FURNITURE, "Page 4", 0), block(BlockKind.PARAGRAPH, "text", 10)]
    (run,) = text_runs(blocks, marker())
    assert run.pieces[0].items == ("text",)
    assert furniture(blocks) == ("Page 4",)


def test_rectangles_are_in_points_of_the_page_they_stand_on(app: Flask) -> None:
    spans = (
        Span(0, 9, 1, (Box(0.1, 0.25, 0.5, 0.3), Box(0.2, 0.3, 0.4, 0.35))),
        Span(10, 19, 2, (Box(0.0, 0.0, 1.0, 1.0),)),
    )
    with app.test_request_context():
        figure = page_figure(DOCUMENT, PAGE, spans)
    assert (figure.width, figure.height) == (600, 800)
    assert [(r.x, r.y, r.width, r.height) for r in figure.rectangles] == [
        pytest.approx((60, 200, 240, 40)),
        pytest.approx((120, 240, 120, 40)),
    ]
    (bar,) = figure.bars
    assert bar.x < 60
    assert (bar.y, bar.height) == pytest.approx((200, 80))


def test_the_text_around_a_passage_is_bounded() -> None:
    blocks = [block(BlockKind.PARAGRAPH, "0123456789", 20 * i) for i in range(100)]
    passage = Passage("p", "0123456789", (Span(1000, 1010, None, ()),), (51, 51), (), None, 0)
    around = blocks_around(blocks, passage)
    assert len(around) == 25
    assert around[12].start == 1000
