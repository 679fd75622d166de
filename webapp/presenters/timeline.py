"""How much there is of each year, as bars to follow and as a table of the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from indexer.search.coverage import years_between
from indexer.search.results import FacetCount

HEIGHT = 100.0
"""Units of the drawing that the greatest count takes."""
LEAST = 4.0
"""Units that the smallest count takes: less cannot be seen."""
MOST_LABELLED = 14
"""Years that have room for a label each."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year with its count; without an address where there is nothing."""

    name: str
    count: int
    height: float
    href: str | None
    chosen: bool

    @property
    def short(self) -> str:
        """``12-13`` for 2012-13."""
        return self.name[2:]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The years from the first to the last, those without anything too."""

    years: tuple[Year, ...]

    @property
    def is_labelled(self) -> bool:
        """Whether each year has room for its label."""
        return len(self.years) <= MOST_LABELLED

    @property
    def most(self) -> Year:
        """The year with the greatest count, the first of several."""
        return max(self.years, key=lambda year: year.count)


def timeline(counts: Sequence[FacetCount], url: Callable[[str], str]) -> Timeline | None:
    """The counts by year, in order; None where there are fewer than two years to compare.

    ``url`` makes the address that a year's bar leads to.
    """
    found = {each.value: each for each in counts}
    told = [value for value, each in found.items() if each.count]
    if len(told) < 2:
        return None
    tallest = max(each.count for each in found.values())

    def year(name: str) -> Year:
        each = found.get(name, FacetCount(name, 0))
        height = max(LEAST, round(HEIGHT * each.count / tallest, 1)) if each.count else 0.0
        return Year(name, each.count, height, url(name) if each.count else None, each.selected)

    return Timeline(tuple(map(year, years_between(min(told), max(told)))))
