"""The register of the sample board: every statement, word for word, where it stands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from indexer.catalogue import Catalogue
from indexer.errors import UnknownFilter
from indexer.generations import current
from indexer.model import StatementKind
from indexer.search.register import Entry, register
from indexer.search.results import Filter
from indexer.settings import Settings


@pytest.fixture(scope="module")
def catalogue(sample_index: Settings) -> Iterator[Catalogue]:
    with Catalogue.open(current(sample_index.index).catalogue_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def entries(catalogue: Catalogue) -> tuple[Entry, ...]:
    return register(catalogue)


def test_every_statement_of_every_document_is_an_entry(
    catalogue: Catalogue, entries: tuple[Entry, ...]
) -> None:
    expected = [s for document in catalogue.documents() for s in catalogue.statements(document.id)]
    assert [entry.statement for entry in entries] == expected
    assert {entry.statement.kind for entry in entries} == set(StatementKind)


def test_an_entry_links_to_a_passage_that_holds_its_beginning(
    catalogue: Catalogue, entries: tuple[Entry, ...]
) -> None:
    for entry in entries:
        assert entry.passage_id is not None
        record = catalogue.record_of(entry.document.id, entry.passage_id)
        start = entry.statement.place.start
        assert any(
            span.start < entry.statement.place.end and start < span.end for span in record.passage.spans
        )
        assert entry.citation.url == f"/documents/{entry.document.id}/passages/{entry.passage_id}"
        assert entry.themes == entry.statement.themes
        assert (entry.section, entry.part or record.part) == (record.section, record.part)


def test_a_citation_names_the_statements_own_pages_or_lines(entries: tuple[Entry, ...]) -> None:
    paged = [entry for entry in entries if entry.statement.place.pages]
    lined = [entry for entry in entries if entry.statement.place.lines and not entry.pages]
    assert paged and lined
    for entry in paged:
        assert tuple(page.number for page in entry.pages) == entry.statement.place.pages
        assert f"page {entry.pages[0].label}" in entry.citation.text or "pages " in entry.citation.text
    for entry in lined:
        assert entry.statement.place.lines is not None
        assert (
            f"line {entry.statement.place.lines[0]}" in entry.citation.text or "lines " in entry.citation.text
        )
    assert all(entry.document.file in entry.citation.text for entry in entries)


def test_filters_hold_it(catalogue: Catalogue, entries: tuple[Entry, ...]) -> None:
    theme = Filter("theme", ("Neglect",))
    found = register(catalogue, [theme], [StatementKind.RECOMMENDATION])
    wanted = StatementKind.RECOMMENDATION
    assert found == tuple(e for e in entries if "Neglect" in e.themes and e.statement.kind == wanted)
    assert found
    years = register(catalogue, [Filter("year", ("2010-11", "2012-13")), theme])
    assert years and all({"2010-11", "2012-13"} & set(e.years) and "Neglect" in e.themes for e in years)
    body = entries[0].body
    assert all(e.body == body for e in register(catalogue, [Filter("body", (body,))]))


def test_a_value_that_nothing_has_is_named(catalogue: Catalogue) -> None:
    with pytest.raises(UnknownFilter, match="Did you mean “Neglect”"):
        register(catalogue, [Filter("theme", ("neglct",))])


def test_owners_and_dates_of_an_action_plan_come_from_its_columns(entries: tuple[Entry, ...]) -> None:
    plan = {e.statement.number: e.undertaking for e in entries if "business-plan" in e.document.file}
    assert (plan["1.1"].owner, plan["1.1"].due, plan["1.1"].due_date) == (
        *("Board Manager", "October 2013", "2013-10"),
    )
