"""An answer's sentences are grouped by kind, its figures drawn only where they tell of one thing."""

from __future__ import annotations

from collections.abc import Callable

from indexer.catalogue import Record
from indexer.model import StatementKind
from indexer.search.citations import cite
from indexer.search.figures import series_of
from indexer.search.results import Answer, Coverage, Figure, Quote
from webapp.presenters.answers import BAR_WIDTH, figure_tables, groups

ABuilder = Callable[..., Record]
COVERAGE = Coverage(1, 1, None, None, 0, 0)


def quote(a_record: ABuilder, kind: StatementKind | None) -> Quote:
    source = cite(a_record("Neglect was seen.", passage={"statement": kind}), alone=True)
    return Quote("Neglect was seen.", (0, 17), ((0, 7),), source)


def figure(a_record: ABuilder, when: str, value: str, row: str) -> Figure:
    source = cite(a_record(value), alone=True)
    return Figure(when, value, row or "A sentence.", row, (0, len(value)), source)


def test_sentences_of_one_kind_need_no_title(a_record: ABuilder) -> None:
    only = [quote(a_record, None)] * 2
    assert [(group.title, len(group.quotes)) for group in groups(Answer("q", tuple(only), COVERAGE))] == [
        ("", 2)
    ]
    assert groups(Answer("q", (), COVERAGE)) == []


def test_recommendations_stand_first_and_nothing_is_lost(a_record: ABuilder) -> None:
    kinds = (None, StatementKind.FINDING, StatementKind.RECOMMENDATION, None)
    answer = Answer("q", tuple(quote(a_record, kind) for kind in kinds), COVERAGE)
    shown = groups(answer)
    assert [group.title for group in shown] == ["Recommended", "Found", "Reported"]
    assert sum(len(group.quotes) for group in shown) == len(kinds)


def test_a_series_has_bars_and_other_figures_none(a_record: ABuilder) -> None:
    figures = (
        figure(a_record, "2010-11", "9", "Notifications"),
        figure(a_record, "2012-13", "18", "Notifications"),
        figure(a_record, "2012", "41", ""),
    )
    tables = figure_tables(Answer("q", (), COVERAGE, figures, series_of(figures)))
    assert [(table.caption, table.drawn) for table in tables] == [
        ("Notifications", True),
        ("Other figures", False),
    ]
    assert [bar.width for bar in tables[0].bars] == [BAR_WIDTH / 2, BAR_WIDTH]
    assert figure_tables(Answer("q", (), COVERAGE)) == []
