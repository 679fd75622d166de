"""Ways on from a passage: others like it, later ones that report on it, and all that is told of a case."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.build import Options, build
from indexer.errors import UnknownCase, UnknownDocument, UnknownPassage
from indexer.search.library import Library, SearchRequest, open_library
from indexer.search.results import Source
from indexer.settings import Settings

PAPERS = {
    "minutes-2010-03-09.md": """# Northmere Safeguarding Children Board

Minutes of the meeting held on 9 March 2010

## Review of Child K

The serious case review of Child K was received by members.

Recommendation 1: The Hospitals Trust should give travel hammocks and slings advice to mothers
before discharge.

Recommendation 2: The Council should repair the lighting of the swimming pool corridor.
""",
    "minutes-2011-05-10.md": """# Northmere Safeguarding Children Board

Minutes of the meeting held on 10 May 2011

## Matters arising

The Hospitals Trust reported that advice on travel hammocks and slings is now given to all mothers
before discharge.

## Other business

The action plan of Child K was closed. Lunch was served in the atrium by volunteers from the parish.
""",
    "minutes-2009-01-13.md": """# Northmere Safeguarding Children Board

Minutes of the meeting held on 13 January 2009

## Safer sleeping

Mothers had asked about travel hammocks, slings and advice before discharge from the Hospitals Trust.
""",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("onward")
    (folder / "corpus").mkdir()
    for name, text in PAPERS.items():
        (folder / "corpus" / name).write_text(text, encoding="utf-8")
    settings = Settings(corpus=folder / "corpus", index=folder / "index", engine="memory")
    build(settings, Options(jobs=0))
    opened = open_library(settings)
    yield opened
    opened.close()


def found(library: Library, words: str) -> Source:
    hits = library.search(SearchRequest(f'"{words}"', expand=False)).hits
    return hits[0].source


def texts(hits: object) -> list[str]:
    return [hit.source.document.file for hit in hits]  # type: ignore[attr-defined]


def test_what_shares_the_telling_words_is_like_it(library: Library) -> None:
    source = found(library, "travel hammocks and slings advice")
    hits = library.onward.like(source.document.id, source.passage.id)
    assert set(texts(hits)) >= {"minutes-2011-05-10.md", "minutes-2009-01-13.md"}
    assert source.passage.id not in {hit.source.passage.id for hit in hits}
    assert not any("atrium" in hit.source.passage.text for hit in hits)
    assert all(hit.highlights for hit in hits)


def test_since_then_gives_later_papers_alone(library: Library) -> None:
    source = found(library, "travel hammocks and slings advice")
    since = library.onward.since(source.document.id, source.passage.id)
    assert since.date == "2010-03-09" and since.latest == "2011-05-10"
    assert texts(since.hits) == ["minutes-2011-05-10.md"]


def test_nothing_later_is_an_honest_answer(library: Library) -> None:
    source = found(library, "is now given to all mothers")
    since = library.onward.since(source.document.id, source.passage.id)
    assert since.hits == () and since.date == since.latest == "2011-05-10"


def test_a_case_is_told_in_the_order_of_its_papers(library: Library) -> None:
    (case,) = library.onward.cases()
    assert case.name == "Child K" and case.bodies == ("Northmere Safeguarding Children Board",)
    history = library.onward.case("child k")
    assert history.case == case and history.total == len(history.hits)
    files = texts(history.hits)
    assert files == sorted(files) and {"minutes-2010-03-09.md", "minutes-2011-05-10.md"} == set(files)
    dates = [hit.source.document.date or "" for hit in history.hits]
    assert dates == sorted(dates)


def test_another_name_leads_to_the_same_case(library: Library) -> None:
    (case,) = library.onward.cases()
    for alias in case.aliases:
        assert library.onward.case(alias).case == case
    assert case.aliases


def test_a_case_that_nobody_tells_of_is_refused(library: Library) -> None:
    with pytest.raises(UnknownCase, match="Child Z"):
        library.onward.case("Child Z")


def test_a_limit_leaves_the_total(library: Library) -> None:
    whole = library.onward.case("Child K")
    assert whole.total > 1
    assert (len(library.onward.case("Child K", 1).hits), library.onward.case("Child K", 1).total) == (
        1,
        whole.total,
    )


def test_what_is_not_there_is_named(library: Library) -> None:
    source = found(library, "was received by members")
    for way in (library.onward.like, library.onward.since):
        with pytest.raises(UnknownPassage):
            way(source.document.id, "0" * 16)
        with pytest.raises(UnknownDocument):
            way("no-such-paper", source.passage.id)


@pytest.mark.slow
def test_on_the_sample_board_every_recommendation_has_an_answer(
    sample_index: Settings, tmp_path: Path
) -> None:
    opened = open_library(sample_index)
    try:
        records = [r for r in opened.catalogue.all_records() if r.passage.statement == "recommendation"]
        later = 0
        for record in records[:40]:
            since = opened.onward.since(record.document.id, record.passage.id)
            shown = [
                hit.source.part.date if hit.source.part else hit.source.document.date for hit in since.hits
            ]
            assert all(date is None or date[:4] >= since.date[:4] for date in shown)
            later += bool(since.hits)
        assert 0 < later < len(records[:40])
    finally:
        opened.close()
