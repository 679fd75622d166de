"""What of a paper was recognised in pictures, and what still needs to be."""

from __future__ import annotations

import pytest

from indexer.model import PageBasis, PageRef, Passage, Unread, UnreadCode
from indexer.search.scans import page_ranges, pages_needing_ocr, scan_of


def passage(text: str, page: int, quality: float | None) -> Passage:
    pages = (PageRef(page, str(page), PageBasis.FILE),)
    return Passage(
        id="", text=text, spans=(), lines=None, pages=pages, section=None, part=0, ocr_quality=quality
    )


def test_quality_counts_each_passage_by_its_length() -> None:
    scan = scan_of([passage("a" * 30, 1, 0.9), passage("b" * 10, 3, 0.5), passage("c", 4, None)])
    assert scan is not None
    assert (scan.pages, scan.quality) == ((1, 3), 0.8)


def test_a_paper_read_as_text_is_no_scan() -> None:
    assert scan_of([passage("a", 1, None)]) is None


def test_only_pictures_without_text_need_ocr() -> None:
    unread = [
        Unread("a.pdf", code, "", page)
        for code, page in zip(
            (UnreadCode.NEEDS_OCR, UnreadCode.DAMAGED, UnreadCode.NEEDS_OCR), (7, 2, 3), strict=True
        )
    ]
    assert pages_needing_ocr(unread) == (3, 7)


@pytest.mark.parametrize(
    ("pages", "words"), [((4,), "page 4"), ((1, 2, 3, 7), "pages 1 to 3, 7"), ((2, 4), "pages 2, 4")]
)
def test_pages_in_words(pages: tuple[int, ...], words: str) -> None:
    assert page_ranges(pages) == words
