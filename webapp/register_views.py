"""The register: recommendations, actions, decisions and findings of all papers, as pages and as CSV."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from indexer.errors import UnknownStatement, UsageError
from indexer.search.register import Entry
from indexer.search.register_choice import Chosen
from indexer.search.spreadsheet import register_to_csv
from webapp import forms
from webapp.presenters import statements as presenter
from webapp.presenters.searching import page_count, paging
from webapp.presenters.statements import RegisterForm
from webapp.presenters.timeline import timeline
from webapp.service import library

records = Blueprint("records", __name__)

ENTRIES_ON_A_PAGE = 25
MOST_SINCE = 30


@records.get("/register")
def register() -> ResponseReturnValue:
    """The register, narrowed and in order; with the reason where its question cannot be asked."""
    form = presenter.read_register_form(request.args)
    try:
        chosen = library().register.choose(form.choice)
    except UsageError as error:
        return render_template("register.html", form=form, chosen=None, error=error), 400
    pages = page_count(len(chosen.entries), ENTRIES_ON_A_PAGE)
    if form.page > pages:
        return redirect(form.url(page=pages))
    return register_page(form, chosen, pages)


def register_page(form: RegisterForm, chosen: Chosen, pages: int) -> str:
    """A page of the chosen entries."""
    first = (form.page - 1) * ENTRIES_ON_A_PAGE
    held = library()
    return render_template(
        "register.html",
        form=form,
        chosen=chosen,
        shown=presenter.shown(chosen.entries[first : first + ENTRIES_ON_A_PAGE], held.register),
        facets=presenter.register_facets(form, chosen.counts),
        tags=presenter.register_tags(form),
        orders=presenter.order_links(form),
        timeline=timeline(chosen.counts["year"], lambda year: form.with_only("year", year)),
        paging=paging(form.page, pages, lambda number: form.url(page=number)),
        coverage=held.coverage(),
        first=first + 1,
    )


@records.get("/register.csv")
def register_csv() -> Response:
    """All chosen entries as a file for a spreadsheet; raises UsageError as the page says it."""
    form = presenter.read_register_form(request.args)
    chosen = library().register.choose(form.choice)
    # The mark at the start tells Excel that the file is UTF-8.
    response = Response(register_to_csv(chosen.entries).encode("utf-8-sig"), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=register.csv"
    return response


@records.get("/documents/<document_id>/statements/<number>")
def statement(document_id: str, number: str) -> str:
    """One entry of the register, and what later papers say of it."""
    held = library()
    entry = find_entry(held.register.of(held.catalogue.document(document_id)), number)
    return render_template(
        "statement.html",
        form=forms.SearchForm(),
        each=presenter.show(entry, held.register),
        since=held.onward.since_entry(entry, MOST_SINCE) if entry.passage_id else None,
    )


def find_entry(entries: tuple[Entry, ...], number: str) -> Entry:
    """The entry of this number, from 1; raises UnknownStatement."""
    if number.isascii() and number.isdecimal() and len(number) < 7 and 0 < int(number) <= len(entries):
        return entries[int(number) - 1]
    raise UnknownStatement(
        "This paper has no such recommendation, action, decision or finding.",
        "The paper may have been read anew since the link was made: find it again in the register.",
    )
