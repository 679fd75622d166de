"""Figures as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from indexer.judging.model import Comparison, Figures, QuestionFigures

Json = dict[str, Any]


def figures_to_json(figures: Figures, *, per_query: bool) -> Json:
    """Means rounded to 4 digits; questions only where asked for."""
    found: Json = {
        "questions": len(figures.questions),
        "measures": _rounded(figures.means),
        "notes": list(figures.notes),
    }
    if figures.comparisons:
        found["comparison"] = [_comparison(one) for one in figures.comparisons]
    if per_query:
        found["per_query"] = [
            {"id": q.id, "query": q.query, "measures": _rounded(q.values)} for q in figures.questions
        ]
    return found


def figures_lines(figures: Figures, *, per_query: bool) -> Iterator[str]:
    """A line a measure, then the comparison, then the questions where asked for."""
    yield f"{len(figures.questions):,} judged questions"
    for measure, value in figures.means.items():
        yield f"  {measure:<10} {value:8.4f}"
    if figures.comparisons:
        yield f"\n  {'compared':<10} {'before':>8} {'after':>8}   better worse same       p"
        yield from map(_comparison_line, figures.comparisons)
    if per_query:
        yield ""
        yield from map(_question_line, figures.questions)
    yield from (f"Note: {note}" for note in figures.notes)


def _rounded(values: Any) -> dict[str, float]:
    return {measure: round(value, 4) for measure, value in values.items()}


def _comparison(one: Comparison) -> Json:
    return {
        "measure": one.measure,
        "before": round(one.before, 4),
        "after": round(one.after, 4),
        "better": one.better,
        "worse": one.worse,
        "same": one.same,
        "p_value": round(one.p_value, 4),
    }


def _comparison_line(one: Comparison) -> str:
    counts = f"{one.better:>6} {one.worse:>5} {one.same:>4}"
    return f"  {one.measure:<10} {one.before:8.4f} {one.after:8.4f}   {counts}  {one.p_value:.4f}"


def _question_line(one: QuestionFigures) -> str:
    values = " ".join(f"{measure}={value:.2f}" for measure, value in one.values.items())
    return f"{one.id} {values} | {one.query}"
