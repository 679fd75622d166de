"""The corpus folder to source files: what is there, of what type, and what cannot be taken.

The type is told by content, never by the name alone. A file that has not changed since the last
build, by size and time, is not opened.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from indexer.errors import CorpusMissing, UnreadableFile
from indexer.model import MediaType, SourceFile, Unread, UnreadCode
from indexer.settings import VOCABULARY_FILE

SIZE_LIMIT = 500_000_000
"""Bytes: a larger file is named, not read."""

CORRECTIONS_FILE = "corrections.toml"
"""At the top of the corpus: settings, not a paper. See corrections.py."""

_HEAD = 8192
"""Bytes looked at to tell the type."""
_PDF_WITHIN = 1024
"""A PDF's mark may stand after this many bytes of something else (PDF 1.7, annex H.3.4.1)."""

# What editors, office programs and operating systems leave behind.
_LEFTOVERS = re.compile(r"\..*|~\$.*|.*~|#.*#|thumbs\.db|desktop\.ini|__macosx", re.IGNORECASE)
_PDF_INSIDES = re.compile(rb"%PDF|\b\d+ \d+ obj\b")
"""What makes a damaged PDF of a file that is named so: its reader then says what is wrong with it."""
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\x0b\x0c\r\x1b"))
_BINARY = (
    (b"\xd0\xcf\x11\xe0", "an older Office file or a protected one", "Save it as PDF"),
    (b"{\\rtf", "a Rich Text file", "Save it as PDF"),
    (b"\x89PNG", "a picture", "If it is a scanned paper, run OCR on it and save it as PDF"),
    (b"\xff\xd8\xff", "a picture", "If it is a scanned paper, run OCR on it and save it as PDF"),
    (b"GIF8", "a picture", "If it is a scanned paper, run OCR on it and save it as PDF"),
    (b"II*\x00", "a picture", "If it is a scanned paper, run OCR on it and save it as PDF"),
    (b"MM\x00*", "a picture", "If it is a scanned paper, run OCR on it and save it as PDF"),
    (b"%!PS", "a PostScript file", "Convert it to PDF"),
)


def require_corpus(corpus: Path) -> None:
    """Raise CorpusMissing unless ``corpus`` is a folder that can be listed."""
    hint = "Name the folder of papers with --corpus or BOARDSEARCH_CORPUS."
    if not corpus.exists():
        raise CorpusMissing(f"There is no folder {corpus}.", hint)
    if not corpus.is_dir():
        raise CorpusMissing(f"{corpus} is a file, not a folder.", hint)
    try:
        os.scandir(corpus).close()
    except OSError as error:
        raise CorpusMissing(f"The folder {corpus} cannot be listed: {error.strerror}.", hint) from error


def find_files(
    corpus: Path, known: Mapping[str, SourceFile] | None = None, apart: Path | None = None
) -> tuple[tuple[SourceFile, ...], tuple[Unread, ...]]:
    """The files of a corpus by name, and those that no reader can be given, each with its reason.

    ``known`` holds the files of the last build by name: one with the same size and time is taken
    over as it was. ``apart`` is a folder to pass over, the index's own. Raises CorpusMissing.
    """
    require_corpus(corpus)
    known = known or {}
    sources: list[SourceFile] = []
    unread: list[Unread] = []
    for path in _walk(corpus, apart, unread):
        name = path.relative_to(corpus).as_posix()
        if name in (CORRECTIONS_FILE, VOCABULARY_FILE):
            continue
        try:
            _require_utf8(name)
            sources.append(_source(path, name, known.get(name)))
        except UnreadableFile as error:
            unread.append(Unread(_printable(name), error.reason_code, error.reason))
        except OSError as error:
            unread.append(Unread(_printable(name), UnreadCode.UNREADABLE, _system_reason(error)))
    return tuple(sorted(sources, key=lambda s: s.name)), tuple(sorted(unread, key=lambda u: u.file))


def _walk(corpus: Path, apart: Path | None, unread: list[Unread]) -> Iterator[Path]:
    """Every file to look at; a folder that cannot be listed goes to ``unread``."""

    def failed(error: OSError) -> None:
        folder = Path(error.filename).relative_to(corpus).as_posix()
        unread.append(Unread(_printable(folder) + "/", UnreadCode.UNREADABLE, _system_reason(error)))

    entered: set[Path] = set()
    left_out = apart.resolve() if apart else None
    for folder, folders, names in os.walk(corpus, onerror=failed, followlinks=True):
        here = Path(folder)
        real = here.resolve()
        # A folder reached twice by links, or around in a ring, is read once.
        if real in entered or real == left_out:
            folders.clear()
            continue
        entered.add(real)
        folders[:] = sorted(name for name in folders if not _LEFTOVERS.fullmatch(name))
        yield from (here / name for name in sorted(names) if not _LEFTOVERS.fullmatch(name))


def _source(path: Path, name: str, known: SourceFile | None) -> SourceFile:
    """The file as it lies on disk; raises UnreadableFile or OSError."""
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        reason = "It is not a file but a device, a pipe or a socket. Take it out of the folder."
        raise UnreadableFile(UnreadCode.NOT_A_DOCUMENT, reason)
    _require_size(status.st_size)
    if known and (known.size, known.modified_ns) == (status.st_size, status.st_mtime_ns):
        return replace(known, path=str(path.absolute()))
    media = media_of(path)
    return SourceFile(
        path=str(path.absolute()),
        name=name,
        media=media,
        checksum=_checksum(path),
        size=status.st_size,
        modified_ns=status.st_mtime_ns,
    )


def _require_size(size: int) -> None:
    if size == 0:
        reason = "The file is empty. Copy it again from where it came."
        raise UnreadableFile(UnreadCode.EMPTY, reason)
    if size > SIZE_LIMIT:
        reason = f"The file has {size:,} bytes; the most is {SIZE_LIMIT:,}. Split it into several files."
        raise UnreadableFile(UnreadCode.TOO_LARGE, reason)


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name is passed over: hidden, or an editor's own."""
    return _LEFTOVERS.fullmatch(name) is not None


def _checksum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def media_of(path: Path) -> MediaType:
    """The type by content; raises UnreadableFile where it is none that is read."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    suffix = path.suffix.casefold()
    if suffix == ".pdf" and _PDF_INSIDES.search(head):
        return MediaType.PDF
    media = _sniff(path, head)
    if suffix == ".pdf" and media != MediaType.PDF:
        raise UnreadableFile(
            UnreadCode.NOT_A_DOCUMENT,
            f"It is named .pdf but is not a PDF: it holds {_ARTICLES[media]}. Fetch the paper again, or "
            "give the file the name that fits.",
        )
    return MediaType.MARKDOWN if media == MediaType.TEXT and suffix in (".md", ".markdown") else media


_ARTICLES = {MediaType.TEXT: "plain text", MediaType.HTML: "a web page", MediaType.WORD: "a Word document"}


def _sniff(path: Path, head: bytes) -> MediaType:
    if b"%PDF-" in head[: _PDF_WITHIN + 5]:
        return MediaType.PDF
    if head.startswith(b"PK\x03\x04"):
        return _zip_media(path)
    for mark, what, advice in _BINARY:
        if head.startswith(mark):
            raise UnreadableFile(UnreadCode.NOT_A_DOCUMENT, f"It is {what}. {advice}.")
    if not _is_text(head):
        reason = (
            "It is no PDF, Word document, web page or text. Take it out of the folder, or save it as PDF."
        )
        raise UnreadableFile(UnreadCode.NOT_A_DOCUMENT, reason)
    return MediaType.HTML if _HTML.match(head.removeprefix(_BYTE_ORDER_MARKS[0])) else MediaType.TEXT


def _zip_media(path: Path) -> MediaType:
    """A Word document is a zip file that holds ``word/document.xml``."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, NotImplementedError, ValueError) as error:
        reason = "The file is damaged or cut short. Copy it again from where it came."
        raise UnreadableFile(UnreadCode.DAMAGED, reason) from error
    if "word/document.xml" in names:
        return MediaType.WORD
    reason = "It is a zip archive, a spreadsheet or slides. Unpack it, or save it as PDF."
    raise UnreadableFile(UnreadCode.NOT_A_DOCUMENT, reason)


def _is_text(head: bytes) -> bool:
    """Whether the bytes are text in any encoding: no control characters but those that lay text out."""
    if head.startswith(_WIDE_MARKS):
        return True
    controls = len(head) - len(head.translate(None, _CONTROLS))
    # A stray control character is a scar of conversion; a byte of zero is in no text.
    return b"\0" not in head and controls * 100 <= len(head)


def _require_utf8(name: str) -> None:
    try:
        name.encode()
    except UnicodeEncodeError as error:
        reason = "The file's name is not in UTF-8, so it cannot be cited. Rename the file."
        raise UnreadableFile(UnreadCode.UNREADABLE, reason) from error


def _printable(name: str) -> str:
    return os.fsencode(name).decode(errors="replace")


def _system_reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "There is no permission to read it. Allow the account that runs the build to read it."
    if isinstance(error, FileNotFoundError):
        return "It is a link to something that is not there. Mend the link or take it out."
    return f"The system could not read it: {error.strerror or error}. Copy it again from where it came."
