"""An answer as it is shown: sentences by kind, and figures by year with a bar to compare them by."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.model import StatementKind
from indexer.search.results import Answer, Figure, Quote, Series

BAR_WIDTH = 100
"""Units of the drawing that the greatest figure of a series takes."""
_TITLES: dict[StatementKind | None, str] = {
    StatementKind.RECOMMENDATION: "Recommended",
    StatementKind.DECISION: "Agreed",
    StatementKind.ACTION: "To be done",
    StatementKind.FINDING: "Found",
    None: "Reported",
}
"""What a group of sentences is called, in the order in which groups are shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """Sentences of one kind, best first; the title is empty where there is one group only."""

    title: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Bar:
    """A figure and how long its bar is, of BAR_WIDTH."""

    figure: Figure
    width: float


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A table of figures by year: one thing over the years with bars, or single figures without."""

    caption: str
    bars: tuple[Bar, ...]
    drawn: bool


def groups(answer: Answer) -> list[Group]:
    """The sentences by the kind of statement that they stand in."""
    found = {
        title: tuple(quote for quote in answer.quotes if quote.source.passage.statement == kind)
        for kind, title in _TITLES.items()
    }
    other = tuple(q for q in answer.quotes if q.source.passage.statement not in _TITLES)
    found[_TITLES[None]] += other
    filled = [Group(title, quotes) for title, quotes in found.items() if quotes]
    return filled if len(filled) > 1 else [Group("", group.quotes) for group in filled]


def figure_tables(answer: Answer) -> list[FigureTable]:
    """Each series as a table of its own, then the figures that stand alone."""
    drawn = [_series_table(series) for series in answer.series]
    told = {id(figure) for series in answer.series for figure in series.figures}
    alone = [figure for figure in answer.figures if id(figure) not in told]
    if alone:
        caption = "Other figures" if drawn else "Figures by year"
        drawn.append(FigureTable(caption, tuple(Bar(figure, 0) for figure in alone), drawn=False))
    return drawn


def _series_table(series: Series) -> FigureTable:
    most = max(figure.number for figure in series.figures) or 1
    bars = tuple(Bar(figure, round(BAR_WIDTH * figure.number / most, 1)) for figure in series.figures)
    return FigureTable(series.of, bars, drawn=True)
