"""Figures of a measure beside their targets: counts of what was found, and rows to print."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Wanted = TypeVar("Wanted")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were right, of how many wanted and how many found."""

    right: int = 0
    wanted: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.right + other.right, self.wanted + other.wanted, self.found + other.found)

    @property
    def recall(self) -> float:
        """Share of the wanted that was found; 1 where nothing was wanted."""
        return self.right / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Share of the found that was wanted; 1 where nothing was found."""
        return self.right / self.found if self.found else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of recall and precision."""
        whole = self.wanted + self.found
        return 2 * self.right / whole if whole else 1.0


@dataclass(frozen=True, slots=True)
class Row:
    """One figure: on what, of what, the least it shall be (or the most), and what was missed."""

    on: str
    measure: str
    value: float
    target: float
    detail: str = ""
    misses: tuple[str, ...] = ()
    at_most: bool = False

    @property
    def reached(self) -> bool:
        """Whether the figure is at its target."""
        return self.value < self.target if self.at_most else self.value >= self.target

    def text(self) -> str:
        """The row as one line; counts without decimals, shares with three."""
        value, target = (f"{n:.0f}" if self.at_most else f"{n:.3f}" for n in (self.value, self.target))
        sign, mark = ("under" if self.at_most else "at least"), ("reached" if self.reached else "BELOW")
        if self.at_most and not self.reached:
            mark = "ABOVE"
        detail = f"  ({self.detail})" if self.detail else ""
        return f"{self.on:<22} {self.measure:<42} {value:>6}  {sign} {target}  {mark:<7}{detail}"


def pair_up(
    wanted: Sequence[Wanted],
    found: Sequence[Found],
    likeness: Callable[[Wanted, Found], float],
    least: float,
) -> dict[int, int]:
    """Pairs of positions, wanted to found, each used once: as many as there can be, the likest first.

    Augmenting paths (Kuhn 1955, "The Hungarian method"), so that one that fits two does not take the
    only fit of another.
    """
    likely: dict[int, list[int]] = {}
    for i, one in enumerate(wanted):
        scores = [(-likeness(one, other), j) for j, other in enumerate(found)]
        likely[i] = [j for score, j in sorted(scores) if -score >= least]
    owners: dict[int, int] = {}

    def place(i: int, tried: set[int]) -> bool:
        for j in likely[i]:
            if j not in tried:
                tried.add(j)
                if j not in owners or place(owners[j], tried):
                    owners[j] = i
                    return True
        return False

    for i in likely:
        place(i, set())
    return {i: j for j, i in owners.items()}
