"""Ways in without a question: by theme, year and kind; the list of papers; the pages next to a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from indexer.model import Document, Page
from indexer.search.library import Library
from webapp.forms import Args, clean
from webapp.presenters.searching import Link, page_count, paging
from webapp.presenters.words import kind_name, plural

PAPERS_ON_A_PAGE = 50


@dataclass(frozen=True, slots=True)
class WayIn:
    """A heading of the home page and its links."""

    title: str
    links: tuple[tuple[Link, str], ...]
    """Each link with its count in words."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of the list of papers."""

    documents: tuple[Document, ...]
    total: int
    kind: str
    year: str
    kinds: tuple[tuple[str, str], ...]
    """Kinds that there are, as (value, words)."""
    years: tuple[str, ...]
    unknown: tuple[str, ...]
    """Filters asked for that no paper has, in words."""
    paging: dict[str, Any] | None


def ways_in(library: Library) -> tuple[WayIn, ...]:
    """Themes by passages, years and kinds by papers; those without any left out."""
    documents = library.catalogue.documents()
    themes = tuple(
        (
            Link(count.value, url_for("browsing.topic", field="theme", name=count.value)),
            plural(count.count, "passage"),
        )
        for count in library.facet_values().get("theme", ())
        if count.count
    )
    years = Counter(year for document in documents for year in document.years)
    kinds = Counter(document.kind for document in documents)
    groups = (
        WayIn("Theme", themes),
        WayIn(
            "Year",
            tuple(
                (Link(year, url_for("pages.documents", year=year)), plural(count, "paper"))
                for year, count in sorted(years.items(), reverse=True)
            ),
        ),
        WayIn(
            "Kind of paper",
            tuple(
                (Link(kind_name(kind), url_for("pages.documents", kind=kind.value)), plural(count, "paper"))
                for kind, count in kinds.most_common()
            ),
        ),
    )
    return tuple(group for group in groups if group.links)


def list_papers(documents: Sequence[Document], args: Args) -> Listing:
    """The papers of the kind and year that an address asks for; values that no paper has are no filter,
    and are named."""
    kinds = sorted({document.kind for document in documents}, key=kind_name)
    years = sorted({year for document in documents for year in document.years}, reverse=True)
    kind, year = clean(args.get("kind", "")), clean(args.get("year", ""))
    unknown = tuple(
        f"{name} “{value[:60]}”"
        for name, value, known in (("kind", kind, kinds), ("year", year, years))
        if value and value not in known
    )
    kind, year = kind if kind in kinds else "", year if year in years else ""
    kept = [d for d in documents if kind in ("", d.kind) and (not year or year in d.years)]
    pages = page_count(len(kept), PAPERS_ON_A_PAGE)
    asked = args.get("page", "")
    page = min(int(asked), pages) if asked.isascii() and asked.isdecimal() and len(asked) < 6 else 1
    first = (max(page, 1) - 1) * PAPERS_ON_A_PAGE

    def url(number: int) -> str:
        return url_for("pages.documents", kind=kind or None, year=year or None, page=number)

    return Listing(
        tuple(kept[first : first + PAPERS_ON_A_PAGE]),
        len(kept),
        kind,
        year,
        tuple((each.value, kind_name(each)) for each in kinds),
        tuple(years),
        unknown,
        paging(max(page, 1), pages, url),
    )


def neighbours(pages: Sequence[Page], this: Page) -> tuple[Page | None, Page | None]:
    """The pages before and after."""
    at = pages.index(this)
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)
