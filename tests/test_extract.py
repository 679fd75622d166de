"""One file through all stages: everything it says of itself agrees with the file and with itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.extract import document_id, extract
from indexer.files import find_files
from indexer.model import (
    DocumentKind,
    Extract,
    MediaType,
    Page,
    Reading,
    SourceFile,
    StatementKind,
    UnreadCode,
)
from indexer.reading import read

MINUTES = """Northmere Safeguarding Children Board

Minutes of the meeting held on 14 May 2014

1. Apologies for absence

Apologies were received from Ann Example.

2. Neglect

The audit of neglect found drift in six of the twenty cases that the audit group looked at in the spring.

Recommendation 1: The Board should ask every agency to bring each case of neglect to supervision once a month.

3. Co-sleeping

Two babies died while they were sleeping beside an adult on a sofa, and nobody had spoken of it before.
"""
PACK = """Agenda

1. Apologies
2. Neglect

"""


def source(name: str = "minutes/2014-05-14.txt", media: MediaType = MediaType.TEXT) -> SourceFile:
    return SourceFile(f"/papers/{name}", name, media, "ab" * 32, 1, 2)


@pytest.fixture(scope="module")
def minutes(as_text: Callable[[str], Reading]) -> Extract:
    return extract(source(), as_text(MINUTES))


def test_a_document_says_what_it_is(minutes: Extract) -> None:
    document = minutes.document
    assert (document.file, document.kind, document.date) == (
        "minutes/2014-05-14.txt",
        DocumentKind.MINUTES,
        "2014-05-14",
    )
    assert document.id == document_id(document.file) and document.page_count == 0
    assert [section.title for section in minutes.sections][-3:] == [
        "1. Apologies for absence",
        "2. Neglect",
        "3. Co-sleeping",
    ]


def test_passages_are_marked_with_what_stands_in_them(minutes: Extract) -> None:
    neglect = next(p for p in minutes.passages if "drift" in p.text)
    assert neglect.themes and "2. Neglect" in minutes.sections[neglect.section or 0].path
    assert not neglect.boilerplate
    assert next(p for p in minutes.passages if "Ann Example" in p.text).boilerplate


def test_a_statement_marks_the_passage_that_holds_it(minutes: Extract) -> None:
    found = {p.statement for p in minutes.passages if "Recommendation 1" in p.text}
    assert found == {StatementKind.RECOMMENDATION}
    assert not any(p.statement for p in minutes.passages if "Co-sleeping" in p.text)


@given(data=st.data())
def test_any_paper_is_taken_in_whole(
    data: st.DataObject, papers: st.SearchStrategy[str], as_text: Callable[[str], Reading]
) -> None:
    reading = as_text(data.draw(papers))
    found = extract(source(), reading)
    visible = [line for line in reading.text.split("\n") if line.strip()]
    assert "\n".join(block.text for block in found.blocks) == "\n".join(line.strip() for line in visible)
    assert all(0 <= p.part < len(found.parts) for p in found.passages)
    assert all(p.section is not None and found.sections[p.section].part == p.part for p in found.passages)
    assert found.parts[0].first_block == 0 and found.parts[-1].last_block == len(found.blocks)
    places = [s.place for s in found.statements] + [a.place for a in found.acronyms]
    places += [table.place for table in found.tables]
    assert all(reading.text[place.start : place.end].strip() for place in places)


def test_ids_of_passages_do_not_depend_on_other_files(as_text: Callable[[str], Reading]) -> None:
    reading = as_text(MINUTES)
    one, again, other = (extract(source(name), reading) for name in ("a.txt", "a.txt", "b.txt"))
    ids = [[p.id for p in found.passages] for found in (one, again, other)]
    assert ids[0] == ids[1] and not set(ids[0]) & set(ids[2])


def test_pages_that_could_not_be_read_are_named_with_what_to_do(as_printed: Callable[..., Reading]) -> None:
    printed = as_printed(["Neglect is hard to see, and it builds up."])
    codes = ((2, UnreadCode.NEEDS_OCR), (3, UnreadCode.TIMED_OUT), (4, UnreadCode.DAMAGED))
    pages = (
        *printed.pages,
        *(Page(n, str(n), 595.0, 842.0, len(printed.text), len(printed.text)) for n, _ in codes),
    )
    reading = Reading(printed.text, printed.lines, pages, unread_pages=codes)
    unread = extract(source("scan.pdf", MediaType.PDF), reading).unread
    assert [(one.page, one.code) for one in unread] == list(codes)
    assert all(re.search(r"OCR|Print it to PDF", one.reason) for one in unread)


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("reports/Annual Report 2012-13.pdf", "annual-report-2012-13-"),
        ("Ärzte.pdf", "rzte-"),
        ("…….pdf", "paper-"),
        ("a" * 200 + ".pdf", "a" * 48 + "-"),
        (".hidden", "paper-"),
    ],
)
def test_the_id_of_a_document_can_be_read(name: str, start: str) -> None:
    assert re.fullmatch(re.escape(start) + "[0-9a-f]{8}", document_id(name))


@given(st.text(), st.text())
def test_ids_of_documents_are_fit_for_addresses_and_apart(one: str, other: str) -> None:
    assert re.fullmatch(r"[a-z0-9]+(?:-+[a-z0-9]+)*", document_id(one))
    assert (document_id(one) == document_id(other)) == (one == other)


def test_a_statement_in_a_list_has_its_own_themes(tmp_path: Path) -> None:
    paper = tmp_path / "plan.md"
    paper.write_text(
        "# Annual Report 2012-13\n\n## Recommendations\n\n"
        "Recommendation 1: The Board should repeat its audit of neglect.\n\n"
        "Recommendation 2: The Board should hear of co-sleeping deaths each year.\n",
        encoding="utf-8",
    )
    (source,), _ = find_files(tmp_path)
    first, second = extract(source, read(source)).statements
    assert "Neglect" in first.themes and "Neglect" not in second.themes
    assert "Co-sleeping and safe sleep" in second.themes
