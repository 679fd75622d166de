"""Which pages of a paper were read from pictures, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.model import Passage, Unread, UnreadCode


@dataclass(frozen=True, slots=True)
class Scan:
    """What of a paper's text was recognised in pictures."""

    pages: tuple[int, ...]
    """Page numbers, ascending."""
    quality: float
    """0 to 1: the mean over its passages, each counted by its length."""


def scan_of(passages: Iterable[Passage]) -> Scan | None:
    """The part of a paper that was recognised in pictures; None where it was all read as text."""
    found = [(passage, passage.ocr_quality) for passage in passages if passage.ocr_quality is not None]
    if not found:
        return None
    length = sum(len(passage.text) for passage, _ in found)
    total = sum(quality * len(passage.text) for passage, quality in found)
    pages = {page.number for passage, _ in found for page in passage.pages}
    return Scan(tuple(sorted(pages)), round(total / max(1, length), 2))


def pages_needing_ocr(unread: Iterable[Unread]) -> tuple[int, ...]:
    """The pages that are pictures whose text nobody has recognised yet."""
    return tuple(sorted(u.page for u in unread if u.code == UnreadCode.NEEDS_OCR and u.page is not None))


def page_ranges(pages: Sequence[int]) -> str:
    """Page numbers in words: "page 4", "pages 1 to 3, 7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    words = ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]} to {run[-1]}" for run in runs)
    return f"page {words}" if len(pages) == 1 else f"pages {words}"
