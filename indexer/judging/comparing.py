"""Two runs over the same questions: is the difference more than chance?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import mean

from indexer.judging.model import Comparison, Figures

RESAMPLES = 9_999
"""Random swaps of the two runs' values; with 13 questions or fewer all swaps are tried."""
_SEED = 1935
_SAME = 1e-9


def compare(before: Figures, after: Figures) -> tuple[Comparison, ...]:
    """Each measure of ``after`` beside ``before``, over the questions that both have it for."""
    old = {row.id: row.values for row in before.questions}
    pairs: dict[str, list[tuple[float, float]]] = {}
    for row in after.questions:
        for measure, value in row.values.items():
            if measure in old.get(row.id, {}):
                pairs.setdefault(measure, []).append((old[row.id][measure], value))
    order = [*after.means, *pairs]
    return tuple(_compared(m, pairs[m]) for m in dict.fromkeys(order) if m in pairs)


def _compared(measure: str, pairs: Sequence[tuple[float, float]]) -> Comparison:
    differences = [after - before for before, after in pairs]
    better, worse = (sum(sign * d > _SAME for d in differences) for sign in (1, -1))
    return Comparison(
        measure=measure,
        before=mean(before for before, _ in pairs),
        after=mean(after for _, after in pairs),
        better=better,
        worse=worse,
        same=len(pairs) - better - worse,
        p_value=p_value(differences),
    )


def p_value(differences: Iterable[float]) -> float:
    """Fisher's randomisation test of paired differences, two-sided, from a seed (Smucker, Allan and
    Carterette 2007, "A comparison of statistical significance tests for information retrieval")."""
    values = [d for d in differences if abs(d) > _SAME]
    if len(values) < 2:
        return 1.0  # of one difference, either sign is as likely
    from scipy.stats import permutation_test  # it takes a second to load, which only comparing is to cost

    found = permutation_test(
        (values,),
        lambda sample, axis: sample.mean(axis=axis),
        permutation_type="samples",
        vectorized=True,
        n_resamples=RESAMPLES,
        rng=_SEED,
    )
    return float(found.pvalue)
