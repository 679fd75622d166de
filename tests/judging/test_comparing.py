"""Two runs compared: exact for few questions, from a seed for many."""

from __future__ import annotations

import pytest

from indexer.judging.comparing import compare, p_value
from indexer.judging.model import Figures, QuestionFigures


def figures(*values: float, measure: str = "P@3") -> Figures:
    rows = tuple(QuestionFigures(f"q{i}", "", {measure: value}) for i, value in enumerate(values))
    return Figures({measure: sum(values) / len(values)}, rows)


@pytest.mark.parametrize(
    ("differences", "expected"),
    [
        ([0.1], 1.0),  # both swaps are as large
        ([0.1, 0.2, 0.3, 0.4], 2 / 16),
        ([0.1, 0.2, 0.3, 0.4, 0.0, 0.0], 2 / 16),  # what is the same says nothing
        ([0.5, -0.5], 1.0),
        ([], 1.0),
        ([0.0, 0.0], 1.0),
    ],
)
def test_tries_every_swap_of_a_few(differences: list[float], expected: float) -> None:
    assert p_value(differences) == pytest.approx(expected)


def test_is_the_same_every_time_and_small_for_a_clear_difference() -> None:
    clear = [0.1 + i / 100 for i in range(30)]
    assert p_value(clear) == p_value(clear) < 0.001
    assert p_value([(-1) ** i * value for i, value in enumerate(clear)]) > 0.3


def test_counts_what_is_better_worse_and_the_same() -> None:
    (found,) = compare(figures(0.1, 0.5, 0.3, 0.3), figures(0.2, 0.4, 0.3, 0.9))
    assert (found.better, found.worse, found.same) == (2, 1, 1)
    assert (found.before, found.after) == (pytest.approx(0.3), pytest.approx(0.45))


def test_compares_only_questions_that_both_have() -> None:
    (found,) = compare(figures(0.5), figures(0.7, 0.9))
    assert (found.before, found.after, found.same + found.better) == (0.5, 0.7, 1)
    assert compare(figures(0.5, measure="RR"), figures(0.5)) == ()
