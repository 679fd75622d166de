"""What tests of search share: passages with all that they stand in, made in one line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from indexer.catalogue import Record
from indexer.model import Document, DocumentKind, MediaType, Part, Passage, Place, Section, Span

DOCUMENT: dict[str, Any] = {
    "id": "annual-report-1a2b",
    "file": "reports/annual report.pdf",
    "media": MediaType.PDF,
    "title": "Annual report 2012-13",
    "kind": DocumentKind.ANNUAL_REPORT,
    "body": "Northmere Safeguarding Children Board",
    "date": "2013-09-14",
    "years": ("2012-13",),
    "page_count": 40,
}
PART: dict[str, Any] = {
    "item": None,
    "title": "Annual report 2012-13",
    "kind": DocumentKind.ANNUAL_REPORT,
    "body": "Northmere Safeguarding Children Board",
    "date": "2013-09-14",
    "years": ("2012-13",),
    "first_block": 0,
    "last_block": 1,
    "place": Place(0, 1, None, (1,)),
}


@pytest.fixture(scope="session")
def a_record() -> Callable[..., Record]:
    """A passage of this text under these headings; ``document``, ``part`` and ``passage`` change fields."""

    def record(
        text: str,
        *headings: str,
        ordinal: int = 0,
        document: dict[str, Any] | None = None,
        part: dict[str, Any] | None = None,
        passage: dict[str, Any] | None = None,
    ) -> Record:
        place = Place(0, len(text), None, (1,))
        section = Section("s1", headings[-1], len(headings), headings, 0, 0, 1, place) if headings else None
        own: dict[str, Any] = {
            "id": f"p{ordinal}",
            "text": text,
            "spans": (Span(0, len(text), None, ()),),
            "lines": None,
            "pages": (),
            "section": 0 if headings else None,
            "part": 0,
        }
        return Record(
            ordinal=ordinal,
            passage=Passage(**own | (passage or {})),
            document=Document(**DOCUMENT | (document or {})),
            part=Part(**PART | (part or {})),
            section=section,
            group=ordinal,
        )

    return record
