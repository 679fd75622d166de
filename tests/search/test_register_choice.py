"""Choosing from the register of the sample board: filters, words, order and counts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import closing

import pytest

from indexer.errors import QueryOnlyStopWords
from indexer.model import StatementKind
from indexer.search.library import Library, open_library
from indexer.search.register import register
from indexer.search.register_choice import CHOICES, Choice, Register, date_of, values_of
from indexer.search.results import Filter
from indexer.settings import Settings


@pytest.fixture(scope="module")
def library(sample_index: Settings) -> Iterator[Library]:
    with closing(open_library(sample_index)) as opened:
        yield opened


@pytest.fixture(scope="module")
def whole(library: Library) -> Register:
    return library.register


def test_without_a_choice_it_is_all_of_it_newest_first(library: Library, whole: Register) -> None:
    chosen = whole.choose(Choice()).entries
    assert sorted(e.citation.text for e in chosen) == sorted(
        e.citation.text for e in register(library.catalogue)
    )
    dates = [date_of(entry) for entry in chosen if date_of(entry)]
    assert dates == sorted(dates, reverse=True)
    assert all(date_of(entry) for entry in chosen[: len(dates)])


def test_filters_of_one_name_join_and_of_several_narrow(whole: Register) -> None:
    kinds = Filter("statement", ("finding", "decision"))
    found = whole.choose(Choice(filters=(kinds, Filter("theme", ("Neglect",))))).entries
    wanted = {StatementKind.FINDING, StatementKind.DECISION}
    assert found == tuple(
        e for e in whole.choose(Choice()).entries if e.statement.kind in wanted and "Neglect" in e.themes
    )
    assert {entry.statement.kind for entry in found} == wanted


def test_counts_say_what_each_value_would_give(whole: Register) -> None:
    chosen = whole.choose(Choice(filters=(Filter("statement", ("recommendation",)),)))
    for field in CHOICES:
        for count in chosen.counts[field]:
            kind = (count.value,) if field == "statement" else ("recommendation",)
            filters = (
                Filter("statement", kind),
                *([] if field == "statement" else [Filter(field, (count.value,))]),
            )
            assert len(whole.choose(Choice(filters=filters)).entries) == count.count
    assert [c.value for c in chosen.counts["statement"] if c.selected] == ["recommendation"]


def test_words_find_entries_that_hold_them_all_synonyms_included(whole: Register) -> None:
    found = whole.choose(Choice("bed sharing advice")).entries
    assert found
    assert len(found) < len(whole.entries) / 4
    assert all("advi" in f"{e.section.title if e.section else ''} {e.statement.text}".lower() for e in found)
    assert any("bed sharing" not in entry.statement.text.lower() for entry in found)


def test_a_word_can_be_excluded(whole: Register) -> None:
    every = {entry.statement.text for entry in whole.choose(Choice("neglect")).entries}
    fewer = {entry.statement.text for entry in whole.choose(Choice("neglect -audit")).entries}
    assert fewer < every
    assert not any(re.search(r"\baudits?\b", text, re.IGNORECASE) for text in fewer)


def test_what_cannot_be_asked_is_said(whole: Register) -> None:
    with pytest.raises(QueryOnlyStopWords):
        whole.choose(Choice("of the"))


def test_by_when_it_was_due(whole: Register) -> None:
    due = [entry.undertaking.due_date for entry in whole.choose(Choice(order="due")).entries]
    dated = [date for date in due if date]
    assert dated
    assert dated == sorted(dated)
    assert not any(due[len(dated) :])


def test_a_paper_of_a_meeting_is_of_the_year_of_its_date(whole: Register) -> None:
    minutes = [e for e in whole.entries if e.document.date == "2009-12-08"]
    assert minutes
    assert all(values_of(entry, "year") == ("2009-10",) for entry in minutes)


def test_a_papers_entries_stand_in_reading_order(library: Library, whole: Register) -> None:
    for document in library.catalogue.documents():
        assert [e.statement for e in whole.of(document)] == list(library.catalogue.statements(document.id))
