"""What is asked of the library: a question, its filters, and how it is to be searched."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.search.results import Filter

SORTS = ("relevance", "newest", "oldest")


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question with its filters and the page of hits that is wanted."""

    text: str
    """What was typed; empty with filters (or ``browse``) finds all that pass them."""
    filters: tuple[Filter, ...] = ()
    offset: int = 0
    limit: int = 10
    sort: str = "relevance"
    """One of ``SORTS``."""
    expand: bool = True
    """Whether the vocabulary's other words are searched too."""
    plain: tuple[str, ...] = ()
    """Words of the question, as its expansions name them, that are searched as typed all the same."""
    boilerplate: bool = False
    """Whether contents pages, apologies and the like are searched too."""
    wishes: bool = True
    """Whether years, kinds of paper and the like in plain words order what is found."""
    spelling: bool = True
    """Whether the suggestion is searched where words that no paper has find little."""
