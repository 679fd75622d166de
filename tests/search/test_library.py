"""The library on the sample board: searches, answers, filters, paging, copies, citations."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.build import Options, build
from indexer.errors import (
    EngineUnavailable,
    IndexMissing,
    QueryEmpty,
    QueryOnlyStopWords,
    UnknownDocument,
    UnknownFilter,
    UnknownPassage,
    UsageError,
)
from indexer.model import Passage
from indexer.search.library import Library, SearchRequest, open_library
from indexer.search.results import Filter, Results, Source
from indexer.settings import Settings

QUESTIONS = (
    "co-sleeping",
    "neglect recommendations",
    "How many domestic abuse notifications were there?",
    "Child K",
)


@pytest.fixture(scope="module")
def library(sample_index: Settings) -> Iterator[Library]:
    opened = open_library(sample_index)
    yield opened
    opened.close()


def ids(results: Results) -> list[str]:
    return [hit.source.passage.id for hit in results.hits]


def dates(results: Results) -> list[str]:
    """The date of each hit's paper, or the end of its last reporting year."""
    return [date_of(hit.source) for hit in results.hits]


def date_of(source: Source) -> str:
    date = (source.part.date if source.part else None) or source.document.date
    years = (source.part.years if source.part else ()) or source.document.years
    return date or (f"{int(years[-1][:4]) + 1}-03" if years else "")


def everything(library: Library) -> list[Passage]:
    return [p for d in library.catalogue.documents() for p in library.catalogue.passages(d.id)]


@pytest.mark.parametrize("question", QUESTIONS)
def test_hits_are_ranked_marked_and_cited(library: Library, question: str) -> None:
    results = library.search(SearchRequest(question))
    assert results.hits and [hit.rank for hit in results.hits] == list(range(1, len(results.hits) + 1))
    assert [hit.score for hit in results.hits] == sorted((hit.score for hit in results.hits), reverse=True)
    for hit in results.hits:
        text = hit.source.passage.text
        assert all(0 <= a < b <= len(text) for a, b in hit.highlights)
        assert 0 <= hit.snippet[0] < hit.snippet[1] <= len(text)
        assert hit.source.document.file in hit.source.citation.text
        assert library.source(hit.source.document.id, hit.source.passage.id) == hit.source


@settings(max_examples=40)
@given(st.text(max_size=60))
def test_any_question_is_answered_or_refused_in_words(library: Library, typed: str) -> None:
    try:
        results = library.search(SearchRequest(typed, limit=3))
        library.answer(SearchRequest(typed))
    except UsageError as refused:
        assert refused.hint
        return
    assert results.total >= results.folded_total >= len(results.hits)


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    "request_", [SearchRequest("board"), SearchRequest("", (Filter("kind", ("minutes",)),))]
)
def test_paging_shows_each_hit_once_and_all_of_them(
    library: Library, request_: SearchRequest, sort: str
) -> None:
    shown: list[str] = []
    while True:
        page = library.search(replace(request_, sort=sort, offset=len(shown), limit=25))
        assert [hit.rank for hit in page.hits] == list(range(len(shown) + 1, len(shown) + len(page.hits) + 1))
        shown += ids(page)
        if not page.hits:
            break
    assert len(set(shown)) == len(shown) == page.folded_total > 50


def test_sorting_by_date_covers_all_that_was_found(library: Library) -> None:
    request = SearchRequest("board", limit=1000)
    newest = dates(library.search(replace(request, sort="newest")))
    assert newest == sorted(newest, reverse=True) and len(set(newest)) > 10
    oldest = [date for date in dates(library.search(replace(request, sort="oldest"))) if date]
    assert oldest == sorted(oldest) and len(set(oldest)) > 10
    assert dates(library.search(replace(request, sort="newest", limit=1))) == newest[:1]


@pytest.mark.parametrize(
    ("field", "question"), [("year", "neglect"), ("theme", "board"), ("kind", "co-sleeping")]
)
def test_a_filter_never_adds_hits_and_gives_as_many_as_its_count(
    library: Library, field: str, question: str
) -> None:
    open_ = library.search(SearchRequest(question, limit=1000))
    found = set(ids(open_)) | {copy.passage.id for hit in open_.hits for copy in hit.also_in}
    assert open_.facets[field]
    for value in open_.facets[field]:
        held = library.search(SearchRequest(question, (Filter(field, (value.value,)),), limit=1000))
        assert set(ids(held)) <= found
        assert 0 < held.total == value.count <= open_.total
        assert all(passes(hit.source.passage, field, value.value) for hit in held.hits)


def passes(passage: Passage, field: str, value: str) -> bool:
    values = {"year": passage.years, "theme": passage.themes}.get(field)
    return values is None or not values or value in values


def test_two_values_of_a_facet_are_either_and_two_facets_both(library: Library) -> None:
    def total(*filters: Filter) -> int:
        return library.search(SearchRequest("neglect", filters)).total

    minutes, reports = Filter("kind", ("minutes",)), Filter("kind", ("annual_report",))
    assert total(Filter("kind", ("minutes", "annual_report"))) == total(minutes) + total(reports)
    year = Filter("year", ("2012-13",))
    assert total(reports, year) <= min(total(reports), total(year))


def test_a_filter_alone_browses_and_an_unknown_one_is_refused(library: Library) -> None:
    browsed = library.search(SearchRequest("", (Filter("kind", ("minutes",)),)))
    assert browsed.hits and browsed.expansions == () and all(not hit.highlights for hit in browsed.hits)
    with pytest.raises(UnknownFilter):
        library.search(SearchRequest("neglect", (Filter("colour", ("red",)),)))


@pytest.mark.parametrize(
    ("text", "error"), [("", QueryEmpty), ("  ", QueryEmpty), ("the", QueryOnlyStopWords)]
)
def test_what_cannot_be_asked_is_refused(library: Library, text: str, error: type[UsageError]) -> None:
    for ask in (library.search, library.answer):
        with pytest.raises(error):
            ask(SearchRequest(text))


def test_copies_are_folded_into_one_hit_that_names_the_others(library: Library) -> None:
    report, pack = "annual-reports/wscb-annual-report-2012-13.pdf", "children-scrutiny-panel-2013-10-15.pdf"
    results = library.search(SearchRequest('"In three the infant had died in unsafe sleeping arrangements"'))
    assert len(results.hits) == results.folded_total == 1 and results.total == 2
    (hit,) = results.hits
    files = [hit.source.document.file, *(copy.document.file for copy in hit.also_in)]
    assert len(files) == 2 and report in files and any(file.endswith(pack) for file in files)


def test_boilerplate_is_left_out_unless_asked_for(library: Library) -> None:
    request = SearchRequest("apologies absence", limit=1000)
    without, with_ = library.search(request), library.search(replace(request, boilerplate=True))
    assert not any(hit.source.passage.boilerplate for hit in without.hits)
    assert any(hit.source.passage.boilerplate for hit in with_.hits)
    assert without.total < with_.total


def test_synonyms_can_be_switched_off(library: Library) -> None:
    plain = library.search(SearchRequest("bed sharing", expand=False))
    wide = library.search(SearchRequest("bed sharing"))
    assert plain.total < wide.total and plain.expansions == () and wide.expansions


def test_words_that_stand_nowhere_are_reported_as_typed(library: Library) -> None:
    results = library.search(SearchRequest("Blancmange in co-sleeping blancmange-pudding neglect Blancmange"))
    assert results.missing == ("Blancmange", "blancmange-pudding") and results.hits
    nothing = library.search(SearchRequest("blancmange"))
    assert (nothing.hits, nothing.total, nothing.missing) == ((), 0, ("blancmange",))
    assert nothing.coverage.documents > 15 and nothing.coverage.first_year


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_answer_quotes_verbatim_and_cites(library: Library, question: str) -> None:
    answer = library.answer(SearchRequest(question), most=5)
    assert 0 < len(answer.quotes) <= 5
    for quote in answer.quotes:
        start, end = quote.span
        passage = library.catalogue.passage(quote.source.document.id, quote.source.passage.id)
        assert quote.text == passage.text[start:end]
        assert quote.highlights and quote.source.citation.text


def test_nothing_is_answered_where_nothing_is_found(library: Library) -> None:
    answer = library.answer(SearchRequest("blancmange"))
    assert (answer.quotes, answer.missing) == ((), ("blancmange",)) and answer.coverage == library.coverage()


def test_what_an_index_covers(library: Library) -> None:
    coverage = library.coverage()
    passages = everything(library)
    assert coverage.passages == len(passages)
    assert coverage.documents == len(library.catalogue.documents())
    values = library.facet_values()
    assert sum(count.count for count in values["kind"]) == sum(not p.boilerplate for p in passages)
    assert library.ready()


def test_any_text_can_be_marked_for_a_question(library: Library) -> None:
    text = "Of co-sleeping, and of sharing a bed."
    assert "co-sleeping" in [text[a:b] for a, b in library.highlights(text, "co-sleeping")]
    assert library.highlights(text, " ") == library.highlights(text, "blancmange") == ()


@pytest.mark.parametrize("question", ["the", "?!", "x" * 2000])
def test_a_question_that_cannot_be_asked_marks_nothing(library: Library, question: str) -> None:
    assert library.highlights("Of the co-sleeping.", question) == ()


def test_unknown_papers_and_passages_are_named(library: Library) -> None:
    document = library.catalogue.documents()[0]
    with pytest.raises(UnknownDocument):
        library.source("no-such-paper", "p")
    with pytest.raises(UnknownPassage):
        library.source(document.id, "no-such-passage")


def test_threads_share_a_library(library: Library) -> None:
    alone = [ids(library.search(SearchRequest(question))) for question in QUESTIONS]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda q: ids(library.search(SearchRequest(q))), QUESTIONS * 5))
    assert together == alone * 5


@pytest.mark.slow
def test_whoosh_finds_what_the_memory_engine_finds(
    library: Library, sample_index: Settings, tmp_path: Path
) -> None:
    settings = replace(sample_index, index=tmp_path, engine="whoosh")
    build(settings, Options(jobs=0))
    other = open_library(settings)
    for question in QUESTIONS:
        one, two = (each.search(SearchRequest(question, limit=1000)) for each in (library, other))
        assert (one.total, one.facets) == (two.total, two.facets)
        assert set(ids(one)) == set(ids(two)) and ids(one)[:3] == ids(two)[:3]
    other.close()


def test_no_index_says_so(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="boardsearch build"):
        open_library(Settings(index=tmp_path / "index"))


def test_an_engine_that_holds_too_little_is_not_ready(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(library._engine, "count", lambda: 0)
    with pytest.raises(EngineUnavailable, match="boardsearch rebuild"):
        library.ready()


def test_years_in_plain_words_put_such_papers_first_and_hide_nothing(library: Library) -> None:
    typed = SearchRequest("training of the board in 2012-13", limit=100)
    followed, undone = library.search(typed), library.search(replace(typed, wishes=False))
    assert followed.wishes == undone.wishes == ("papers of 2012-13",)
    assert (followed.wishes_followed, undone.wishes_followed) == (True, False)
    assert followed.total == undone.total and sorted(ids(followed)) == sorted(ids(undone))
    assert places_of_year(followed) < places_of_year(undone)


def places_of_year(results: Results) -> float:
    """The mean rank of passages of 2012-13."""
    found = [hit.rank for hit in results.hits if "2012-13" in _years(hit.source)]
    return sum(found) / len(found)


def _years(source: Source) -> tuple[str, ...]:
    return source.passage.years or (source.part.years if source.part else ()) or source.document.years


@pytest.mark.parametrize(("field", "name"), [("year:2012-13", "year"), ("kind:minutes", "kind")])
def test_a_typed_field_finds_what_the_filter_finds(library: Library, field: str, name: str) -> None:
    chosen = Filter(name, (field.partition(":")[2],))
    typed = library.search(SearchRequest(f"neglect {field}", limit=50))
    filtered = library.search(SearchRequest("neglect", (chosen,), limit=50))
    assert typed.total == filtered.total > 0
    assert sorted(ids(typed)) == sorted(ids(filtered))


def test_a_field_alone_is_for_browsing(library: Library) -> None:
    found = library.search(SearchRequest("kind:minutes", limit=3))
    assert found.hits and not library.answer(SearchRequest("kind:minutes")).quotes


def test_a_misspelled_word_is_searched_as_meant_where_it_finds_little(library: Library) -> None:
    found = library.search(SearchRequest("neglcet"))
    assert (found.suggestion, found.corrected, found.missing) == ("neglect", True, ("neglcet",))
    assert ids(found) == ids(library.search(SearchRequest("neglect")))
    assert library.answer(SearchRequest("neglcet")).corrected
    typed = library.search(SearchRequest("neglcet", spelling=False))
    assert (typed.suggestion, typed.corrected, typed.total) == ("neglect", False, 0)


def test_a_word_that_may_be_meant_is_never_replaced_unasked(library: Library) -> None:
    found = library.search(SearchRequest("zebra crossing"))
    assert (found.corrected, found.total) == (False, 0)
    assert found.missing == ("zebra", "crossing")


def test_a_suggestion_changes_the_unknown_word_alone(library: Library) -> None:
    found = library.search(SearchRequest("training on neglcet for Midwives"))
    assert (found.suggestion, found.corrected) == ("training on neglect for Midwives", False)
    assert library.search(SearchRequest("training on neglect")).suggestion is None


def test_no_answer_is_made_of_half_a_question(library: Library) -> None:
    assert library.answer(SearchRequest("neglect", expand=False)).quotes
    half = SearchRequest("neglect zebras", expand=False)
    assert library.search(half).missing == ("zebras",) and library.search(half).hits
    assert library.answer(half).quotes == ()
    assert library.answer(SearchRequest("neglect audit zebras", expand=False)).quotes
