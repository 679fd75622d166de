"""What an index covers: said with every answer, and above all where nothing was found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from indexer.catalogue import Catalogue
from indexer.search.results import Coverage, FacetCount


def coverage_of(catalogue: Catalogue, facets: Mapping[str, Sequence[FacetCount]]) -> Coverage:
    """What the index holds; ``facets`` are the values of all its passages."""
    counts = catalogue.counts()
    told = {facet.value for facet in facets.get("year", ())}
    return Coverage(
        documents=counts.documents,
        passages=counts.passages,
        first_year=counts.first_year,
        last_year=counts.last_year,
        unread_files=counts.unread_files,
        unread_pages=counts.unread_pages,
        gaps=tuple(year for year in years_between(counts.first_year, counts.last_year) if year not in told),
        bodies=tuple(sorted(facet.value for facet in facets.get("body", ()))),
    )


def years_between(first: str | None, last: str | None) -> tuple[str, ...]:
    """The reporting years from one to another, as "2012-13"; none where either is not known."""
    if not first or not last:
        return ()
    return tuple(f"{year}-{(year + 1) % 100:02}" for year in range(int(first[:4]), int(last[:4]) + 1))
