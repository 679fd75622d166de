"""What a reader needs of a PDF, whichever program opens it, and why a file cannot be read.

Two programs open PDFs here, each in modules of its own, and give the same ``PdfFile``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from indexer.errors import UnreadableFile
from indexer.model import Bookmark, UnreadCode
from indexer.reading.pdf.content import PageContent

MOST_BYTES = 400_000_000
MOST_PAGES = 5_000
MOST_BOOKMARKS = 20_000

_REASONS = {
    UnreadCode.EMPTY: "The file is empty. Save the paper again from where it came.",
    UnreadCode.NOT_A_DOCUMENT: "The file is named as a PDF but is not one. Open it to see what it is, and "
    "save it as PDF.",
    UnreadCode.DAMAGED: "The PDF is damaged or cut short. Fetch it again from where it came, or open it and "
    "print it to a new PDF.",
    UnreadCode.ENCRYPTED: "The PDF is locked with a password. Open it with the password and save a copy "
    "without one.",
    UnreadCode.NEEDS_OCR: "No text can be read from the PDF: its pages are pictures or blank. Run "
    "`boardsearch build --ocr` to have their text recognised.",
    UnreadCode.TOO_LARGE: f"The PDF is too large (the most is {MOST_BYTES // 1_000_000} MB and "
    f"{MOST_PAGES:,} pages). Split it into smaller files.",
    UnreadCode.TIMED_OUT: "Reading the PDF took too long. Open it and print it to a new PDF, or split it.",
    UnreadCode.UNREADABLE: "The file may not be read. Check its permissions.",
}


def unreadable(code: UnreadCode) -> UnreadableFile:
    """The error for a PDF that cannot be read, with what to do about it."""
    return UnreadableFile(code, _REASONS[code])


@dataclass(frozen=True, slots=True)
class Outline:
    """A file's bookmarks in order, without those that lead nowhere in the file, and how many those are."""

    bookmarks: tuple[Bookmark, ...]
    astray: int


class PdfFile(Protocol):
    """A PDF that could be opened. Pages are counted from 0 here, as the file does."""

    @property
    def count(self) -> int:
        """Pages."""

    def read_page(self, index: int, seconds: float) -> tuple[PageContent, UnreadCode | None]:
        """What a page shows, in so many seconds, and why not all of it could be had."""

    def labels(self) -> tuple[str, ...]:
        """The labels that the file gives its pages; empty where it gives none, or only 1, 2, 3..."""

    def outline(self) -> Outline:
        """The file's bookmarks."""

    def title(self) -> str:
        """The title in the file's properties, or an empty string."""

    def close(self) -> None:
        """Give back what the file holds."""


Opener = Callable[[bytes], PdfFile | None]
"""Opens a file's bytes; None where no page can be found in it; raises UnreadableFile if it is locked."""


def read_bytes(path: Path) -> bytes:
    """The bytes of a file; raises UnreadableFile where it is empty, too large or may not be read."""
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise unreadable(UnreadCode.TOO_LARGE)
        data = path.read_bytes()
    except OSError as error:
        raise unreadable(UnreadCode.UNREADABLE) from error
    if not data.strip(b"\x00\t\n\r\x0c "):
        raise unreadable(UnreadCode.EMPTY)
    return data


def what_is_wrong(data: bytes) -> UnreadCode:
    """Why no program finds a page in ``data``."""
    return UnreadCode.DAMAGED if b"%PDF-" in data[:2048] else UnreadCode.NOT_A_DOCUMENT


def is_too_long(file: PdfFile) -> bool:
    """Whether a file has more pages than are read."""
    return file.count > MOST_PAGES


def full_labels(labels: Sequence[str], count: int) -> tuple[str, ...]:
    """A label for each of ``count`` pages, numbers where the file gives none; empty if all are numbers."""
    plain = [str(number) for number in range(1, count + 1)]
    stripped = [label.strip() or number for label, number in zip(labels, plain, strict=False)]
    stripped += plain[len(stripped) :]
    return () if stripped == plain else tuple(stripped)


def one_line(text: str) -> str:
    """A title as one line of what can be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
