"""Cases: the finder's filters, and a case's story as the sections of its page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from flask import url_for

from indexer.search.case_story import CaseBrief, CaseStory, YearTold
from indexer.search.results import FacetCount, Hit
from webapp.forms import Args, values_of
from webapp.presenters.searching import Facet, Link, facet
from webapp.presenters.statements import Shown
from webapp.presenters.words import facet_name, value_name

LEARNING = ("review", "finding", "recommendation", "action", "decision")
"""What can be learned from a case, in the order in which it is offered."""
_FOUND = "Findings, analysis and learning points of the review."
_ASKED = "Recommendations, decisions and actions of the review, or that name the case, oldest first."
_OTHERS = "Papers before the review, or without a date."


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the finder is held to; of one filter's values any is enough."""

    theme: tuple[str, ...] = ()
    learning: tuple[str, ...] = ()

    def url(self) -> str:
        """The finder's address in this state."""
        pairs = [("theme", value) for value in self.theme] + [("learning", value) for value in self.learning]
        return url_for("cases.finder") + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True, slots=True)
class StorySection:
    """A part of the story: a heading with hits, under it where they are told by year."""

    id: str
    title: str
    said: str
    """What the section holds and how it was chosen."""
    years: tuple[YearTold, ...]
    """One without a name where the section is not by year."""
    entries: tuple[Shown, ...] = ()
    """Of the register, where the section is of those."""

    @property
    def by_year(self) -> bool:
        """Whether each year has a heading."""
        return self.id in ("later", "told")


def read_wanted(args: Args) -> Wanted:
    """The finder's filters of an address; kinds of learning that there are not left out."""
    learning = tuple(value for value in values_of(args, "learning") if value in LEARNING)
    return Wanted(values_of(args, "theme"), learning)


def passing(briefs: Sequence[CaseBrief], wanted: Wanted) -> tuple[CaseBrief, ...]:
    """The cases that pass both filters."""
    return tuple(
        brief
        for brief in briefs
        if (not wanted.theme or set(wanted.theme) & set(brief.themes))
        and (not wanted.learning or brief.learning & set(wanted.learning))
    )


def facets(briefs: Sequence[CaseBrief], wanted: Wanted) -> tuple[Facet, ...]:
    """The finder's check boxes with the number of cases that each would give."""
    by_theme = passing(briefs, replace(wanted, theme=()))
    by_learning = passing(briefs, replace(wanted, learning=()))
    themes = Counter(theme for brief in by_theme for theme in brief.themes).most_common()
    kinds = Counter(kind for brief in by_learning for kind in brief.learning)
    groups = (
        facet("learning", tuple(FacetCount(k, kinds[k]) for k in LEARNING if kinds[k]), wanted.learning),
        facet("theme", tuple(FacetCount(*counted) for counted in themes), wanted.theme),
    )
    return tuple(group for group in groups if group.choices)


def tags(wanted: Wanted) -> tuple[Link, ...]:
    """The chosen filters, each a link to the finder without it."""
    chosen = [("theme", value) for value in wanted.theme] + [("learning", value) for value in wanted.learning]
    return tuple(
        Link(
            f"{facet_name(name)}: {value_name(name, value)}",
            replace(wanted, **{name: tuple(v for v in getattr(wanted, name) if v != value)}).url(),
        )
        for name, value in chosen
    )


def sections(story: CaseStory, asked: tuple[Shown, ...]) -> tuple[StorySection, ...]:
    """The story's parts in the order in which they are read; ``asked`` are its entries as shown."""
    found = (
        StorySection("happened", "What happened", "As the review tells it.", _as_one(story.happened)),
        StorySection("found", "What was found", _FOUND, _as_one(story.found)),
        StorySection("asked", "What was recommended and agreed", _ASKED, (), asked),
        StorySection("later", "What was done later", "Papers after the review, oldest first.", story.later),
        StorySection("more", "More of the review", "", _as_one(story.more)),
        StorySection("told", "What other papers say", _OTHERS, story.rest)
        if story.reviews
        else StorySection("told", "What the papers tell", "Oldest first.", story.rest),
    )
    return tuple(section for section in found if section.years or section.entries)


def _as_one(hits: tuple[Hit, ...]) -> tuple[YearTold, ...]:
    return (YearTold("", hits),) if hits else ()
