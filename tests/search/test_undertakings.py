"""Owners and dates come from the statement's own words or from its row, and from nowhere else."""

from __future__ import annotations

import pytest

from indexer.model import BlockKind, Place, StatementKind, TextBlock
from indexer.search.undertakings import Undertaking, find_undertaking

ANYWHERE = Place(0, 10, None, ())


def of(text: str, kind: StatementKind = StatementKind.RECOMMENDATION) -> Undertaking:
    return find_undertaking(text, kind, ANYWHERE, ())


@pytest.mark.parametrize(
    ("text", "owner"),
    [
        (
            "Recommendation 2: The Director of\nChildren’s Services should bring a scheme.",
            "The Director of Children's Services",
        ),
        ("**Recommendation 2:** The Council should require it.", "The Council"),
        ("R1 The Board will publish it.", "The Board"),
        ("That all agencies must check it.", "all agencies"),
        ("Action: Board Manager.", "Board Manager"),
        ("Action: all agencies to publicise the policy.", "all agencies"),
    ],
)
def test_the_body_that_is_to_act(text: str, owner: str) -> None:
    assert of(text).owner == owner


@pytest.mark.parametrize(
    "text",
    [
        "Carbon monoxide should be tested at every booking.",
        "The Board should be told of it.",
        "The training of the Board should end.",
        "Resolved: that the Director of Services be asked to require a policy.",
        "That the Panel ask schools to write.",
        "Ask the Board to write.",
        "Write a page about each child.",
        "",
    ],
)
def test_no_owner_is_guessed(text: str) -> None:
    assert of(text).owner is None


@pytest.mark.parametrize(
    ("text", "due", "iso"),
    [
        ("Publish it by December 2010.", "December 2010", "2010-12"),
        ("Ask for it by the end of March 2013, and print it.", "March 2013", "2013-03"),
        ("Send it no later than Monday 4 June 2012.", "4 June 2012", "2012-06-04"),
        ("The report of March 2013 should be printed.", None, None),
        ("Since May 2009 it has been late; mend it before 1 May 2010.", "1 May 2010", "2010-05-01"),
    ],
)
def test_the_date_by_which(text: str, due: str | None, iso: str | None) -> None:
    assert (of(text).due, of(text).due_date) == (due, iso)


def test_a_finding_binds_nobody() -> None:
    assert of("The Board should act by May 2010.", StatementKind.FINDING) == Undertaking()


def row(start: int, *cells: str, header: bool = False, table: int = 0) -> TextBlock:
    return TextBlock(
        BlockKind.TABLE_ROW,
        "\t".join(cells),
        start,
        start + 9,
        1,
        None,
        cells=cells,
        header=header,
        table=table,
    )


def test_the_columns_of_its_own_table_come_first() -> None:
    blocks = (
        row(0, "No.", "Action", "Owner", "By", header=True),
        row(10, "1", "Plan it", "Board Manager", "Ongoing"),
        row(20, "2", "The Council should act", "Head of Safe-\nguarding", "March 2015"),
        row(30, "When", "Who", "What", "How", header=True, table=1),
    )
    first = find_undertaking("Plan it", StatementKind.ACTION, Place(10, 19, None, ()), blocks)
    assert first == Undertaking("Board Manager", "Ongoing", None)
    text = "The Council should act"
    second = find_undertaking(text, StatementKind.ACTION, Place(20, 29, None, ()), blocks)
    assert second == Undertaking("Head of Safe- guarding", "March 2015", "2015-03")


def test_a_row_of_another_width_and_a_table_without_names_give_nothing() -> None:
    ragged = (row(0, "No.", "Action", "Owner", header=True), row(10, "1", "Plan it"))
    bare = (row(10, "1", "Plan it", "Board Manager"),)
    for blocks in (ragged, bare):
        place = Place(10, 19, None, ())
        assert find_undertaking("Plan it", StatementKind.ACTION, place, blocks) == Undertaking()
