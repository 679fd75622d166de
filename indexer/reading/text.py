"""Plain text and Markdown: sources addressed by lines, their characters left as they are."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.model import Line, Reading, UnreadCode

_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\s*$")
_MARKDOWN_RULE = re.compile(r"[\s|:+=-]*-{3}[\s|:+=-]*$")
_UNDERLINE = re.compile(r"={3,}|-{3,}")
_UNDERLINED_LEVELS = {"=": 1, "-": 2}
_VISIBLE = re.compile(r"\S(?:.*\S)?", re.DOTALL)
_CELL = re.compile(r"[^\t]+")
_PIPED_CELL = re.compile(r"(?<=\|)[^|]+(?=\|)")


def decode(data: bytes) -> str:
    """The characters of a text file: UTF-8 or UTF-16 by its mark, else UTF-8, else Windows-1252 (old
    exports of office programs). Line ends become line feeds, so that lines count as editors count them.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", errors="replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_text(path: Path) -> Reading:
    """Read a plain text file; raises UnreadableFile where it holds no words."""
    text = _text_of(path)
    return _reading(text, _underlined(text, [_plain_line(text, *place) for place in _visible_lines(text)]))


def read_markdown(path: Path) -> Reading:
    """Read a Markdown file, with its headings and tables; raises UnreadableFile as read_text does."""
    text = _text_of(path)
    lines = _underlined(text, [_markdown_line(text, *place) for place in _visible_lines(text)])
    return _reading(text, [line for line in lines if not _MARKDOWN_RULE.match(text, line.start, line.end)])


def _text_of(path: Path) -> str:
    try:
        return decode(path.read_bytes())
    except OSError as error:
        raise UnreadableFile(
            UnreadCode.UNREADABLE, f"The file cannot be opened ({error.strerror}). Check its permissions."
        ) from error


def _reading(text: str, lines: list[Line]) -> Reading:
    if not any(c.isalnum() for line in lines for c in text[line.start : line.end]):
        raise UnreadableFile(UnreadCode.EMPTY, "The file holds no words. Replace it or remove it.")
    return Reading(text=text, lines=tuple(lines))


def _visible_lines(text: str) -> list[tuple[int, int, int]]:
    """(line number, start, end) of every line that is not blank, white space at its ends left out."""
    found, offset = [], 0
    for number, line in enumerate(text.split("\n"), 1):
        if visible := _VISIBLE.search(line):
            found.append((number, offset + visible.start(), offset + visible.end()))
        offset += len(line) + 1
    return found


def _cells(text: str, start: int, end: int, pattern: re.Pattern[str]) -> tuple[tuple[int, int], ...]:
    found = []
    for match in pattern.finditer(text, start, end):
        if inner := _VISIBLE.search(text, match.start(), match.end()):
            found.append(inner.span())
    return tuple(found) if len(found) > 1 else ()


def _plain_line(text: str, number: int, start: int, end: int) -> Line:
    return Line(start, end, number=number, cells=_cells(text, start, end, _CELL))


def _underlined(text: str, lines: list[Line]) -> list[Line]:
    """Lines with the level of titles that are underlined with signs: = for the first, - for the second.

    The title stands alone above its line; a rule below a paragraph is another thing.
    """
    found = list(lines)
    for i in range(len(lines) - 1):
        line, below = lines[i], lines[i + 1]
        alone = i == 0 or (lines[i - 1].number or 0) + 1 < (line.number or 0)
        drawn = _UNDERLINE.fullmatch(text, below.start, below.end)
        if drawn and alone and _adjoin(line, below) and 2 * len(drawn[0]) > line.end - line.start:
            level = _UNDERLINED_LEVELS[drawn[0][0]]
            found[i] = line if line.cells or line.level else replace(line, level=level)
    return found


def _adjoin(line: Line, below: Line) -> bool:
    return (line.number or 0) + 1 == below.number


def _markdown_line(text: str, number: int, start: int, end: int) -> Line:
    line = text[start:end]
    if heading := _MARKDOWN_HEADING.match(line):
        left, right = heading.span(2)
        return Line(start + left, start + right, number=number, level=len(heading.group(1)))
    cells = _cells(text, start, end, _PIPED_CELL) if line.startswith("|") else ()
    return Line(start, end, number=number, cells=cells or _cells(text, start, end, _CELL))
