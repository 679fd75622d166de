"""Where the things of a paper stand, in words and as links."""

from __future__ import annotations

import pytest
from flask import Flask

from indexer.model import (
    Document,
    DocumentKind,
    MediaType,
    Page,
    Part,
    Passage,
    Place,
    Span,
    Statement,
    StatementKind,
)
from webapp.presenters.documents import Places, contained, original_url, statements

PDF = Document("d", "d.pdf", MediaType.PDF, "D", DocumentKind.REPORT, "", None, (), 12)
TEXT = Document("t", "t.txt", MediaType.TEXT, "T", DocumentKind.MINUTES, "", None, (), 0)
PAGES = tuple(Page(n, str(n - 2) if n > 2 else "i" * n, 600, 800, 0, 0) for n in range(1, 13))
PASSAGES = tuple(
    Passage(f"p{n}", "x", (Span(n, n + 1, None, ()),), (n, n + 4), (), None, 0) for n in (1, 6, 11)
)


def at_pages(*pages: int) -> Place:
    return Place(0, 9, None, pages)


def at_lines(first: int, last: int) -> Place:
    return Place(0, 9, (first, last), ())


def test_printed_numbers_come_first() -> None:
    places = Places(PDF, PAGES, ())
    assert places.words(at_pages(5)) == "page 3 (PDF page 5)"
    assert places.words(at_pages(5, 6, 7)) == "pages 3 to 5 (PDF pages 5 to 7)"
    assert Places(PDF, (), ()).words(at_pages(5)) == "page 5"
    assert Places(TEXT, (), ()).words(at_lines(4, 4)) == "line 4"


def test_links_lead_to_the_first_page_or_the_passage_there(app: Flask) -> None:
    with app.test_request_context():
        assert Places(PDF, PAGES, ()).href(at_pages(5, 6)) == "/documents/d/pages/5"
        text = Places(TEXT, (), PASSAGES)
        assert text.href(at_lines(6, 7)) == "/documents/t/passages/p6"
        assert text.href(at_lines(5, 9)) == "/documents/t/passages/p1"
        assert text.href(at_lines(90, 91)) is None


def test_statements_stand_by_kind(app: Flask) -> None:
    found = (
        Statement(StatementKind.ACTION, "act", None, at_pages(3)),
        Statement(StatementKind.RECOMMENDATION, "first", "1", at_pages(4)),
        Statement(StatementKind.RECOMMENDATION, "second", "2", at_pages(5)),
    )
    with app.test_request_context():
        groups = statements(found, Places(PDF, PAGES, ()))
    assert [group.title for group in groups] == ["2 recommendations", "1 action"]
    assert [entry.note for entry in groups[0].entries] == ["1", "2"]


def test_only_a_pack_holds_papers(app: Flask) -> None:
    part = Part("4", "Neglect audit", DocumentKind.REPORT, "", None, (), 0, 9, at_pages(3))
    places = Places(PDF, PAGES, ())
    with app.test_request_context():
        assert contained((part,), places) == ()
        assert [entry.text for entry in contained((part, part), places)] == ["4. Neglect audit"] * 2


def test_the_original_opens_at_the_page(app: Flask) -> None:
    with app.test_request_context():
        assert original_url(PDF, 5) == "/documents/d/file#page=5"
        assert original_url(PDF) == "/documents/d/file"
        assert original_url(TEXT, 5) == "/documents/t/file"


@pytest.mark.parametrize(
    ("text", "number", "label"),
    [
        ("Recommendation 1: ask every parent.", "1", ""),
        ("1. Ask every parent.", "1", ""),
        ("2.3 Ask every parent.", "2.3", ""),
        ("Ask every parent about 1 thing.", "1", "1"),
        ("Recommendation 12: ask every parent.", "1", "1"),
        ("Ask every parent.", None, ""),
    ],
)
def test_a_number_that_the_text_begins_with_is_not_said_twice(
    app: Flask, text: str, number: str | None, label: str
) -> None:
    found = (Statement(StatementKind.RECOMMENDATION, text, number, at_pages(4)),)
    with app.test_request_context():
        groups = statements(found, Places(PDF, PAGES, ()))
    assert [(entry.note, entry.text) for entry in groups[0].entries] == [(label, text)]
