"""What a library can be opened with, to measure by: weights of fields and of the closer ranking, folding."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import pytest

from indexer.generations import current
from indexer.search.contract import FIELD_WEIGHTS
from indexer.search.library import Library, SearchRequest
from indexer.search.ranking import Weights
from indexer.search.results import Results
from indexer.settings import Settings

QUESTION = "neglect audit recommendations"


@pytest.fixture(scope="module")
def whole(sample_index: Settings) -> Iterator[Results]:
    yield search(sample_index)


def search(settings: Settings, *weights: Weights, **switches: Any) -> Results:
    with closing(Library(settings, current(settings.index), *weights, **switches)) as library:
        return library.search(SearchRequest(QUESTION, limit=50))


def shown(results: Results) -> list[str]:
    return [hit.source.passage.id for hit in results.hits]


def test_without_folding_each_copy_is_a_hit_of_its_own(sample_index: Settings, whole: Results) -> None:
    assert any(hit.also_in for hit in whole.hits) and whole.folded_total < whole.total
    apart = search(sample_index, fold=False)
    assert not any(hit.also_in for hit in apart.hits)
    assert (apart.total, apart.folded_total) == (whole.total, whole.total)


def test_weights_of_fields_reach_the_engine(sample_index: Settings, whole: Results) -> None:
    changed = search(sample_index, field_weights={**FIELD_WEIGHTS, "title": 3.0})
    assert shown(changed) != shown(whole) and changed.total == whole.total


def test_weights_of_the_closer_ranking_reach_it(sample_index: Settings, whole: Results) -> None:
    changed = search(sample_index, Weights(kind=3.0))
    assert shown(changed) != shown(whole) and changed.total == whole.total
