"""Scanned pages to text: OCRmyPDF, a program of its own, recognises it, and the PDF reader reads the result.

What was recognised is kept by the checksum of the original, so that it is done once: a PDF whose
scanned pages have got a text layer, and for each word how sure Tesseract was of it. The original is
never touched. The only module that runs OCRmyPDF.
"""

from __future__ import annotations

import contextlib
import csv
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

import msgspec

from indexer.errors import OcrUnavailable, UnreadableFile
from indexer.model import Line, MediaType, Reading, SourceFile, UnreadCode

PROGRAMS = ("ocrmypdf", "tesseract")
LANGUAGE = "eng"
SECONDS_A_FILE = 3600.0
"""After this time a file is given up."""
SECONDS_IN_ALL = 2 * SECONDS_A_FILE
"""A file may take two runs: one for its scans, one for pages that bear some text."""
_SECONDS_A_PAGE = 120
"""After this time Tesseract gives a page up and the next one is recognised."""
_DONE = (0, 4, 10)
"""Exit codes with which OCRmyPDF leaves a file that can be read: 4 and 10 are about standards only."""
_MOST_PAGES = 9999
"""More than any file has that is read."""
_RESOLUTION = 300
"""Dots an inch at which a page that is drawn, not scanned, is made a picture."""

_FAILURES = {
    2: (UnreadCode.DAMAGED, "the PDF is damaged. Print it to PDF again and replace the file"),
    8: (UnreadCode.ENCRYPTED, "the PDF is locked. Save a copy without a password and replace the file"),
}
_NO_WORDS = (
    "Text recognition found no words on its pages. If there are any, scan the paper again, upright and at "
    "300 dots an inch."
)
_TIMED_OUT = f"text recognition took longer than {SECONDS_A_FILE / 60:.0f} minutes. Split the file"


@dataclass(frozen=True, slots=True)
class Word:
    """Where a recognised word has its middle, in fractions of the page, and how sure it is, from 0 to 1."""

    x: float
    y: float
    sureness: float


Words = Mapping[int, tuple[Word, ...]]
"""The words of each page that was recognised, by page number; a page without any has an entry too."""

MEMORY_LIMIT = 4 << 30
"""Bytes that a process with OCR's programs may take: they hold whole pages as pictures."""

_decoder = msgspec.json.Decoder(dict[int, tuple[Word, ...]])


def require_programs() -> None:
    """Raise OcrUnavailable where what recognises text is not installed."""
    missing = [name for name in PROGRAMS if shutil.which(name) is None]
    if missing:
        raise OcrUnavailable(missing)


def needs_ocr(reading: Reading) -> bool:
    """Whether any page of a reading is a picture without text."""
    return bool(_scanned(reading))


def recognise(source: SourceFile, reading: Reading | None, folder: Path, *, run: bool) -> Reading | None:
    """The file read with its scanned pages recognised.

    ``reading`` is what the file says without, None where that is nothing. What was kept in ``folder`` is
    used where it is there; else it is made, which takes seconds a page, or None given where it may not
    ``run``. Raises UnreadableFile with the reason where nothing can be recognised.
    """
    if source.media is not MediaType.PDF:
        return None
    kept = _Kept(folder, source.checksum)
    words = kept.words()
    before = None if words is None else _marked(kept.pdf, words)
    # Readers of another version may tell more pages for pictures than were recognised then.
    if not run or (before and not needs_ocr(before)):
        return before
    words = kept.make(Path(source.path), _scanned(reading) if reading else None)
    return _marked(kept.pdf, words)


def keep_only(folder: Path, sources: Iterable[SourceFile]) -> None:
    """Forget what was recognised of all other files, and what a stopped build left behind."""
    wanted = {path for source in sources for path in _Kept(folder, source.checksum).paths}
    for path in folder.glob("*/*"):
        if path not in wanted and path.is_file():
            path.unlink(missing_ok=True)
    for left in folder.glob("work-*"):
        shutil.rmtree(left, ignore_errors=True)


def _scanned(reading: Reading) -> tuple[int, ...]:
    return tuple(page for page, code in reading.unread_pages if code is UnreadCode.NEEDS_OCR)


# ---------------------------------------------------------------- the reading of what was recognised


def _marked(pdf: Path, words: Words) -> Reading:
    """The reading of a recognised PDF, its recognised lines marked with their quality."""
    try:
        reading = _read_pdf(pdf)
    except UnreadableFile as error:
        if error.reason_code is UnreadCode.NEEDS_OCR:
            raise UnreadableFile(UnreadCode.EMPTY, _NO_WORDS) from error
        raise
    blank = {page.number for page in reading.pages} - {line.page for line in reading.lines}
    lines = tuple(
        line
        for page, own in groupby(reading.lines, lambda line: line.page)
        for line in (_with_quality(own, words[page]) if page in words else own)
    )
    left = {page: code for page, code in reading.unread_pages if page not in words}
    left |= dict.fromkeys(words.keys() & blank, UnreadCode.EMPTY)
    return replace(reading, lines=lines, unread_pages=tuple(sorted(left.items())))


def _read_pdf(pdf: Path) -> Reading:
    # Imported here: the libraries are slow to load, and builds look in here that read no PDF.
    from indexer.reading.pdf import read_pdf

    return read_pdf(pdf)


def _with_quality(lines: Iterable[Line], words: tuple[Word, ...]) -> Iterator[Line]:
    """Lines of one page with the mean of their words, or of the page's where none stands in a line."""
    whole = _mean(words)
    for line in lines:
        own = [word for word in words if _stands_in(word, line)]
        yield replace(line, ocr_quality=_mean(own) if own else whole)


def _stands_in(word: Word, line: Line) -> bool:
    box = line.box
    return box is not None and box.x0 <= word.x <= box.x1 and box.y0 <= word.y <= box.y1


def _mean(words: Iterable[Word]) -> float:
    found = [word.sureness for word in words]
    return round(sum(found) / len(found), 3) if found else 0.0


# ---------------------------------------------------------------- what is kept


class _Kept:
    """What is kept of one file, by its checksum: the PDF and, written last, its words."""

    def __init__(self, folder: Path, checksum: str) -> None:
        self._folder = folder
        self.pdf = folder / checksum[:2] / f"{checksum}.pdf"
        self._words = folder / checksum[:2] / f"{checksum}.json"

    @property
    def paths(self) -> tuple[Path, ...]:
        """Its files."""
        return (self.pdf, self._words)

    def words(self) -> Words | None:
        """The words of its recognised pages; None where nothing whole is kept."""
        try:
            return _decoder.decode(self._words.read_bytes()) if self.pdf.is_file() else None
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return None

    def make(self, original: Path, pages: tuple[int, ...] | None) -> Words:
        """Recognise ``pages`` of a PDF, all where None, and keep the result."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix="work-", dir=self._folder) as work:
                made, words = _Run(Path(work)).recognise(original, pages)
                self.pdf.parent.mkdir(exist_ok=True)
                made.replace(self.pdf)
                unfinished = Path(work) / "words.json"
                unfinished.write_bytes(msgspec.json.encode(words))
                unfinished.replace(self._words)
        except OSError as error:
            reason = f"the index folder refused ({error.strerror}). Free some space or allow writing there"
            raise _failed(UnreadCode.NEEDS_OCR, reason) from error
        return words


# ---------------------------------------------------------------- the program


@dataclass(frozen=True, slots=True)
class _Run:
    """Runs OCRmyPDF in a folder of its own."""

    work: Path

    def recognise(
        self, original: Path, pages: tuple[int, ...] | None
    ) -> tuple[Path, dict[int, tuple[Word, ...]]]:
        """A PDF with a text layer on its scanned pages, and the words of these.

        First the pages without any text, which keeps them as they are. Those that bear a stamp or letters
        that cannot be told are made pictures as a whole and recognised then.
        """
        wanted = set(pages or range(1, _MOST_PAGES + 1))
        made = self._run(original, "first.pdf", wanted, "--skip-text")
        words = self._words()
        scanned = _scanned_in(made)
        left = (wanted if scanned is None else scanned) - words.keys()
        if left:
            made = self._run(made, "second.pdf", left, "--force-ocr", "--oversample", str(_RESOLUTION))
            # A page that was given up is held to have no words, so as not to be tried with each build.
            words |= dict.fromkeys(left, ()) | self._words()
        return made, words

    def _run(self, source: Path, name: str, pages: set[int], *mode: str) -> Path:
        made = self.work / name
        config = self.work / "tesseract.cfg"
        # Beside the text it writes a table of its words: OCRmyPDF gives no figures itself.
        config.write_text("tessedit_create_tsv 1\n", encoding="ascii")
        options = ["--pages", _ranges(pages), *mode, "--language", LANGUAGE, "--output-type", "pdf"]
        options += ["--optimize", "0", "--jobs", "1", "--pdf-renderer", "sandwich", "--quiet"]
        options += ["--tesseract-timeout", str(_SECONDS_A_PAGE), "--tesseract-config", str(config)]
        _call([PROGRAMS[0], *options, "--keep-temporary-files", str(source), str(made)], self.work)
        return made

    def _words(self) -> dict[int, tuple[Word, ...]]:
        """The words of the pages recognised so far, from the tables that Tesseract left."""
        tables = ((re.match(r"\d+", path.name), path) for path in sorted(self.work.glob("*/*.tsv")))
        return {int(number[0]): tuple(_read_words(path)) for number, path in tables if number}


def _scanned_in(pdf: Path) -> set[int] | None:
    """The pages of a PDF without text; None where that is all of them."""
    try:
        return set(_scanned(_read_pdf(pdf)))
    except UnreadableFile:
        return None


def _call(command: list[str], work: Path) -> None:
    """Run the program to its end; raises UnreadableFile where it fails or takes too long."""
    if keeper := shutil.which("setpriv"):
        command = [keeper, "--pdeathsig", "TERM", *command]  # a build that is killed takes it along
    environment = {**os.environ, "TMPDIR": str(work)}
    log = work / "messages.txt"
    with (
        log.open("wb") as messages,
        subprocess.Popen(  # noqa: S603 - the program's name is ours, and no shell reads the line
            command,
            stdin=subprocess.DEVNULL,
            stdout=messages,
            stderr=messages,
            env=environment,
            start_new_session=True,
        ) as process,
    ):
        try:
            code = process.wait(SECONDS_A_FILE)
        except subprocess.TimeoutExpired as error:
            raise _failed(UnreadCode.TIMED_OUT, _TIMED_OUT) from error
        finally:
            _stop(process)
    if code not in _DONE:
        said = log.read_text(encoding="utf-8", errors="replace").split("\n")
        raise _failed(*_FAILURES.get(code, (UnreadCode.NEEDS_OCR, _unforeseen(code, said))))


def _stop(process: subprocess.Popen[bytes]) -> None:
    """End the program and all that it has started, if anything of it still runs."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            os.killpg(process.pid, signal.SIGKILL)


def _unforeseen(code: int, said: list[str]) -> str:
    # The last line is where to find what --keep-temporary-files kept.
    told = [line.strip() for line in said if line.strip() and "emporary" not in line and os.sep not in line]
    return f"OCRmyPDF ended with code {code}: {(told or ['it did not say why'])[-1][:200]}"


def _failed(code: UnreadCode, reason: str) -> UnreadableFile:
    return UnreadableFile(code, f"Its pages are pictures, and recognising their text failed: {reason}.")


def _ranges(pages: Iterable[int]) -> str:
    """Page numbers as the program takes them: "1-3,7"."""
    runs = (list(run) for _, run in groupby(enumerate(sorted(pages)), lambda pair: pair[1] - pair[0]))
    return ",".join(f"{run[0][1]}-{run[-1][1]}" for run in runs)


def _read_words(table: Path) -> Iterator[Word]:
    """The words of one of Tesseract's tables: the page's own line comes first and has its size."""
    width = height = 1.0
    with table.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            left, top, across, down, sure = (
                float(row[name] or 0) for name in ("left", "top", "width", "height", "conf")
            )
            if row["level"] == "1":
                width, height = max(across, 1.0), max(down, 1.0)
            elif row["text"] and row["text"].strip() and sure >= 0:
                x, y = (left + across / 2) / width, (top + down / 2) / height
                yield Word(round(x, 4), round(y, 4), round(sure / 100, 3))
