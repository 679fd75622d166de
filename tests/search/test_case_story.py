"""Cases of the sample board, told in order: every passage in one place, sorted by what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from indexer.errors import UnknownCase
from indexer.model import DocumentKind, StatementKind
from indexer.search.case_story import CaseStories, CaseStory, date_of, year_of
from indexer.search.library import Library, open_library
from indexer.search.results import Hit
from indexer.settings import Settings


@pytest.fixture(scope="module")
def library(sample_index: Settings) -> Iterator[Library]:
    with closing(open_library(sample_index)) as opened:
        yield opened


@pytest.fixture(scope="module")
def cases(library: Library) -> CaseStories:
    return library.cases


@pytest.fixture(scope="module")
def baby_r(cases: CaseStories) -> CaseStory:
    return cases.story("Baby R")


def every_hit(story: CaseStory) -> list[Hit]:
    by_year = [hit for year in (*story.later, *story.rest) for hit in year.hits]
    return [*story.happened, *story.found, *story.more, *by_year]


def test_the_review_is_told_by_its_headings(baby_r: CaseStory) -> None:
    assert [document.kind for document in baby_r.reviews] == [DocumentKind.CASE_REVIEW_BRIEFING]
    assert baby_r.happened
    for hit in baby_r.happened:
        assert hit.source.section is not None
        assert hit.source.section.title == "What happened"
    under = {hit.source.section.path[1] for hit in baby_r.found if hit.source.section}
    assert under == {"What the review found", "Learning points"}


def test_what_was_asked_is_the_reviews_or_names_the_case(baby_r: CaseStory) -> None:
    numbers = [entry.statement.number for entry in baby_r.asked if entry.document.id == baby_r.reviews[0].id]
    assert numbers == ["1", "2", "3", "4", "5", "6", "7"]
    assert all(entry.statement.kind is not StatementKind.FINDING for entry in baby_r.asked)
    for entry in baby_r.asked:
        if entry.document.id != baby_r.reviews[0].id:
            heading = entry.section.title if entry.section else ""
            assert "Baby R" in f"{heading} {entry.statement.text}"


def test_what_came_later_is_later_than_the_review(baby_r: CaseStory) -> None:
    review = baby_r.reviews[0].date
    assert review is not None
    assert [year.year for year in baby_r.later] == sorted(year.year for year in baby_r.later)
    for year in baby_r.later:
        for hit in year.hits:
            assert date_of(hit.source)[:7] > review[:7]
            assert year_of(hit.source) == year.year


def test_every_passage_stands_in_one_place(cases: CaseStories, library: Library) -> None:
    for case in library.onward.cases():
        story = cases.story(case.name)
        told = [(hit.source.document.id, hit.source.passage.id) for hit in every_hit(story)]
        asked = {(entry.document.id, entry.passage_id) for entry in story.asked}
        assert len(told) == len(set(told))
        assert not asked.intersection(told)
        history = library.onward.case(case.name, 300).hits
        left_out = [
            h for h in history if (h.source.document.id, h.source.passage.id) not in asked.union(told)
        ]
        # A list of all the board's cases tells of none of them.
        assert all(len(hit.source.passage.cases) > 3 for hit in left_out)


def test_a_case_without_its_review_is_told_by_year(cases: CaseStories) -> None:
    story = cases.story("Child P")
    assert not story.reviews
    assert not story.happened
    assert not story.later
    assert [year.year for year in story.rest] == ["2012-13", "2013-14", "2014-15", "2017-18"]


def test_a_review_is_of_the_case_that_it_tells_most_of(cases: CaseStories) -> None:
    reviews = {brief.case.name: cases.story(brief.case.name).reviews for brief in cases.briefs}
    held = [document.id for documents in reviews.values() for document in documents]
    assert len(held) == len(set(held))
    assert len(reviews["Child K"]) == 2


def test_a_brief_says_what_a_case_is_about(cases: CaseStories) -> None:
    briefs = {brief.case.name: brief for brief in cases.briefs}
    assert "Co-sleeping and safe sleep" in briefs["Baby R"].themes[:3]
    assert {"review", "recommendation", "finding"} <= briefs["Baby R"].learning
    assert briefs["Baby Q"].learning == frozenset()
    assert briefs["Child P"].years == ("2012-13", "2013-14", "2014-15", "2017-18")


def test_a_case_that_is_not_there(cases: CaseStories) -> None:
    with pytest.raises(UnknownCase):
        cases.story("Child Z")
