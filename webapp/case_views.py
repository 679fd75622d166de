"""Cases for those who teach from them: a finder, a page for each, and a hand-out to print."""

from __future__ import annotations

from datetime import date

from flask import Blueprint, render_template, request

from webapp import forms
from webapp.presenters import cases as presenter
from webapp.presenters import searching, statements
from webapp.service import library

cases = Blueprint("cases", __name__)


@cases.get("/cases")
def finder() -> str:
    """The cases that papers name, narrowed by theme and by what can be learned from them."""
    chosen = presenter.read_wanted(request.args)
    briefs = library().cases.briefs
    return render_template(
        "cases.html",
        briefs=presenter.passing(briefs, chosen),
        in_all=len(briefs),
        chosen=chosen,
        facets=presenter.facets(briefs, chosen),
        tags=presenter.tags(chosen),
    )


@cases.get("/case")
def case() -> str:
    """One case as the papers tell it, by what happened, what was found, recommended and done later."""
    return _story_page("case.html")


@cases.get("/case/handout")
def handout() -> str:
    """The same to print and to hand out: citations in full, and a note on how to handle it."""
    return _story_page("handout.html")


def _story_page(template: str) -> str:
    held = library()
    story = held.cases.story(forms.clean(request.args.get("name", "")))
    return render_template(
        template,
        story=story,
        sections=presenter.sections(story, statements.shown(story.asked, held.register)),
        form=forms.SearchForm(),
        search_url=searching.search_url,
        today=date.today().isoformat(),
        coverage=held.coverage(),
    )
