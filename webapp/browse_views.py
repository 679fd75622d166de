"""Ways in without a question: by theme, subgroup, year, board and kind, a page for each, and the glossary."""

from __future__ import annotations

from flask import Blueprint, render_template, request

from indexer.errors import NotFound
from indexer.search.request import SearchRequest
from indexer.search.results import Filter
from webapp import forms
from webapp.presenters import searching, statements
from webapp.presenters import topics as presenter
from webapp.presenters.timeline import timeline
from webapp.service import library

browsing = Blueprint("browsing", __name__)

NEWEST = 5
"""Passages of a topic that its page shows."""


@browsing.get("/browse")
def browse() -> str:
    """Every value of every filter, with how much there is of it."""
    return render_template("browse.html", groups=presenter.groups(library().facet_values()))


@browsing.get("/browse/<field>")
def topic(field: str) -> str:
    """What there is of one theme, subgroup, year, board or kind of paper: what was learned, over time.

    Raises NotFound for what cannot be browsed by, UnknownFilter for a value that nothing has.
    """
    if field not in presenter.BROWSED:
        raise NotFound(f"Papers cannot be browsed by “{forms.clean(field)[:40]}”.", "Choose under “Browse”.")
    held, value = library(), forms.clean(request.args.get("name", ""))
    chosen = (Filter(field, (value,)),)
    results = held.search(SearchRequest("", filters=chosen, limit=NEWEST, sort="newest"))
    form = forms.SearchForm(filters=chosen)
    years = timeline(results.facets["year"], lambda year: searching.year_url(form, year))
    learned = presenter.learned(held.register, field, value)
    return render_template(
        "topic.html",
        field=field,
        value=value,
        form=form,
        results=results,
        timeline=years if field != "year" else None,
        learned=learned,
        shown={year.name: statements.shown(year.entries, held.register) for year in learned},
        beside=presenter.beside(results.facets, field),
        cases=presenter.cases_of(held.cases.briefs, value) if field == "theme" else (),
        search_url=searching.search_url,
    )


@browsing.get("/glossary")
def glossary() -> str:
    """Short forms, what they stand for, and where a paper says so."""
    asked = forms.clean(request.args.get("q", ""))
    meanings = library().glossary.meanings
    return render_template(
        "glossary.html",
        asked=asked,
        in_all=len(meanings),
        letters=presenter.by_letter(meanings, asked),
    )
