"""Reading the sample board's PDFs, beside pdfminer.six's own text extraction and pypdfium2's."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.measuring import apart, peak_memory, ratio, seconds
from benchmarks.report import Table

PDFTOTEXT = "pdftotext -layout, a process a file"
_PDFTOTEXT = shutil.which("pdftotext") or ""
"""Poppler's, where it is installed; its memory is its own and is not measured."""


def measure_reading(corpus: Path) -> Table:
    """Pages a second and peak memory over all PDFs of the corpus; readers take turns at each file."""
    files = sorted(corpus.rglob("*.pdf"))
    pages, times = apart(_read_in_turns, files)
    memory = {name: apart(_memory_of, name, files) for name in READERS if name != PDFTOTEXT}
    ours = next(iter(READERS))
    return Table(
        title=f"Reading the sample board's {len(files)} PDFs, {pages} pages",
        note="We give lines with boxes, fonts and reading order, tables and page labels; pdfminer.six gives "
        "text after its own layout analysis; pypdfium2 is compiled and gives bare text. Ours to theirs: over "
        "1 is better for us in speed, under 1 in memory.",
        header=("", "pages a second", "speed, ours to theirs", "memory, MB", "peak memory, ours to theirs"),
        rows=tuple(
            (
                name,
                f"{pages / times[name]:.0f}",
                ratio(times[name], times[ours]),
                f"{memory[name] / 1e6:.0f}" if name in memory else "",
                ratio(memory[ours], memory[name]) if name in memory else "–",
            )
            for name in READERS
        ),
        relative=(0, 2, 4),
    )


def _boardsearch(path: Path) -> None:
    from indexer.reading.pdf import read_pdf

    read_pdf(path)


def _pdfminer(path: Path) -> None:
    from pdfminer.high_level import extract_text

    extract_text(path)


def _pdftotext(path: Path) -> None:
    subprocess.run([_PDFTOTEXT, "-layout", str(path), os.devnull], check=True, capture_output=True)  # noqa: S603


def _pdfium(path: Path) -> None:
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        for page in document:
            page.get_textpage().get_text_range()


READERS: dict[str, Callable[[Path], None]] = {
    "Boardsearch": _boardsearch,
    "pdfminer.six extract_text": _pdfminer,
    "pypdfium2": _pdfium,
}
if _PDFTOTEXT:
    READERS[PDFTOTEXT] = _pdftotext


def _read_in_turns(files: list[Path]) -> tuple[int, dict[str, float]]:
    """Pages, and the seconds that each reader takes for all files."""
    import pypdfium2

    pages = 0
    times = dict.fromkeys(READERS, 0.0)
    for read in READERS.values():
        read(files[0])  # once, so that no reader's loading is counted
    for path in files:
        with pypdfium2.PdfDocument(path) as document:
            pages += len(document)
        for name, read in READERS.items():
            times[name] += seconds(lambda read=read, path=path: read(path))  # type: ignore[misc]
    return pages, times


def _memory_of(name: str, files: list[Path]) -> int:
    for path in files:
        READERS[name](path)
    return peak_memory()
