"""Words to lines: rows of words by their baselines, the segments of a row, the text of a line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from operator import attrgetter
from statistics import median

from indexer.reading.pdf.content import Word

CELL_GAP = "\t"
"""Stands between the cells of a row in the text of its line."""

# Shares of the font size.
_SAME_ROW = 0.5
_TOUCH = 0.12
_RAISED = 0.15
_SMALLER = 0.85
_TOWERING = 1.5
_RAISED_LETTERS = 3
"""Letters that may stand above a line as the mark of a footnote."""
_WRITTEN = 0.75
"""Share of words after a written space from which a missing one shows that the text was placed anew."""


_X0, _X1, _TOP, _BOTTOM = map(attrgetter, ("x0", "x1", "top", "bottom"))
_BASE, _SIZE = attrgetter("base"), attrgetter("size")


@dataclass(slots=True)
class TextLine:
    """A line as it will be read: text, place in the frame of its direction, looks, cells."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool
    cells: tuple[tuple[int, int], ...] = ()
    """Slices of ``text``."""


@dataclass(slots=True)
class Island:
    """Lines already in order that keep together among the words around them, such as a table."""

    lines: list[TextLine]
    x0: float
    top: float
    x1: float
    bottom: float


Item = Word | Island


@dataclass(slots=True)
class Row:
    """Words of one baseline from left to right, or one island."""

    words: list[Word]
    island: Island | None = None
    x0: float = 0.0
    x1: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    size: float = 0.0
    segments: list[list[Word]] = field(default_factory=list)
    """Filled by ``split_row``."""

    @property
    def items(self) -> Sequence[Item]:
        """What the row is made of."""
        return [self.island] if self.island else self.words


def words_to_rows(items: Sequence[Item]) -> list[Row]:
    """Group words that share a baseline; rows from the top down."""
    rows: list[Row] = []
    words: list[Word] = []
    for item in items:
        if isinstance(item, Word):
            words.append(item)
        else:
            rows.append(Row([], item, item.x0, item.x1, item.top, item.bottom))
    words.sort(key=_BASE)
    groups: list[list[Word]] = []
    lead: list[Word] = []  # of each group the largest word, which the others are measured by
    for word in words:
        if lead and lead[-1].base == word.base and lead[-1].size == word.size:  # as most are
            groups[-1].append(word)
            continue
        for back in range(len(groups) - 1, max(-1, len(groups) - 4), -1):
            if _same_row(lead[back], word):
                groups[back].append(word)
                if word.size > lead[back].size and _may_lead(groups[back], word):
                    lead[back] = word
                break
        else:
            groups.append([word])
            lead.append(word)
    rows += [_row(group) for group in groups]
    rows.sort(key=lambda row: (row.top if row.island else row.bottom - row.size, row.x0))
    return rows


def _may_lead(group: list[Word], word: Word) -> bool:
    """Whether a larger word sets its row's height: a page number beside two lines of small print must not."""
    before = max(other.size for other in group[:-1])
    return word.size < _TOWERING * before or sum(len(other.text) for other in group[:-1]) <= _RAISED_LETTERS


def _same_row(lead: Word, word: Word) -> bool:
    if lead.base == word.base and lead.size == word.size:
        return True
    shared = min(lead.bottom, word.bottom) - max(lead.top, word.top)
    return shared >= _SAME_ROW * min(lead.bottom - lead.top, word.bottom - word.top)


def _row(words: list[Word]) -> Row:
    words.sort(key=_X0)
    size = _main_size(words)
    main = [w for w in words if w.size >= _SMALLER * size]
    end, top, bottom = max(map(_X1, words)), min(map(_TOP, main)), max(map(_BOTTOM, main))
    return Row(words, None, words[0].x0, end, top, bottom, size)


def _main_size(words: Sequence[Word]) -> float:
    """The size of most letters."""
    if len(words) == 1 or len(set(map(_SIZE, words))) == 1:
        return round(words[0].size, 1)
    letters: dict[float, int] = {}
    for word in words:
        size = round(word.size, 1)
        letters[size] = letters.get(size, 0) + len(word.text)
    return max(letters, key=lambda size: (letters[size], size))


def split_row(row: Row, gap: float, placed: float | None = None) -> list[list[Word]]:
    """The row's words in runs between which at least ``gap`` points are empty.

    With ``placed``, so many points are enough before a word that was placed by itself rather than
    set as one text with the word before it.
    """
    runs: list[list[Word]] = []
    end = 0.0
    for word in row.words:
        least = gap if placed is None or word.spaced else placed
        if runs and word.x0 - end < least:
            runs[-1].append(word)
            end = max(end, word.x1)
        else:
            runs.append([word])
            end = word.x1
    return runs


def words_to_text(words: Sequence[Word]) -> str:
    """The words of one row as text, spaced as they stand."""
    parts: list[str] = []
    for before, word in zip([None, *words], words, strict=False):
        if before is not None and _is_apart(before, word):
            parts.append(" ")
        parts.append(word.text)
    return "".join(parts)


def _is_apart(before: Word, word: Word) -> bool:
    if word.spaced or word.x0 - before.x1 >= _TOUCH * max(word.size, before.size):
        return True
    # A raised figure is the mark of a footnote: it must not become part of the word or number.
    raised = word.size < _SMALLER * before.size and before.base - word.base > _RAISED * before.size
    return (raised and word.text[:1].isdigit()) or before.x1 - word.x0 > before.size


def words_to_line(words: Sequence[Word]) -> TextLine:
    """One row's words as a line."""
    return _line(words, words_to_text(words), ())


def cells_to_line(cells: Sequence[Sequence[Sequence[Word]]]) -> TextLine:
    """A table row as one line: of each cell its rows of words, wrapped text joined."""
    texts = [" ".join(words_to_text(row) for row in cell) for cell in cells]
    slices, at = [], 0
    for text in texts:
        slices.append((at, at + len(text)))
        at += len(text) + len(CELL_GAP)
    words = [word for cell in cells for row in cell for word in row]
    return _line(words, CELL_GAP.join(texts), tuple(slices))


def _line(words: Sequence[Word], text: str, cells: tuple[tuple[int, int], ...]) -> TextLine:
    letters = sum([len(w.text) for w in words])
    bold = sum([len(w.text) for w in words if w.bold])
    return TextLine(
        text,
        min(map(_X0, words)),
        min(map(_TOP, words)),
        max(map(_X1, words)),
        max(map(_BOTTOM, words)),
        _main_size(words),
        2 * bold > letters,
        cells,
    )


def are_spaces_written(rows: Iterable[Row]) -> bool:
    """Whether the page's words are parted by written spaces, so that a gap without one means something."""
    later = [word.spaced for row in rows for word in row.words[1:]]
    return len(later) >= 20 and sum(later) > _WRITTEN * len(later)


def line_pitch(rows: Sequence[Row]) -> float:
    """The usual distance from one row to the next, in points."""
    tops = [row.bottom for row in rows if not row.island]
    steps = [b - a for a, b in pairwise(tops) if b - a > 1]
    return median(steps) if steps else 12.0
