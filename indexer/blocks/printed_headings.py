"""Which printed lines are headings, and how their looks rank them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from indexer.blocks.printed_looks import BULLET, ENDS, NUMBERED, Looks, follows, is_forced_break
from indexer.model import Reading

_LARGER = 1.13
_MOST_LETTERS = 160
"""Of one line."""
_MOST_LARGE = 240
_MOST_BOLD = 110
"""Letters of a whole heading in larger type, and in bold of the body's size."""
_MOST_LINES = 4
_DEEPEST = 6
_COVER = 0.25
"""Share of the first page's letters in headings from which it is a cover."""
_CAPTION = re.compile(
    r"^(?:figure|fig\.?|table|chart|graph|box|source|notes?|map|diagram|photo)\b(?:[\s.:]*\d|\s*:|$)", re.I
)
_NUMBER = re.compile(
    r"^(?:(?:section|part|chapter|appendix|annex)\s+)?(\d{1,2}(?:\.\d{1,2}){0,4})\.?(?=\s|:)", re.I
)
_PART_NUMBER = re.compile(r"^\d{1,2}[a-z](?=[\s.):|])")
_ITEM = re.compile(r"^\d{1,3}(?:\.\d{1,2})*\.?\s+[A-Z]")
_PAGE_RANGE = re.compile(r"\(pages?\s+\d+(?:\s*[-–]\s*\d+)?\)?$", re.I)
"""What an agenda prints behind its items."""
_CONTACT = re.compile(r"\S@\w+\.\w|^(?:tel|telephone|phone|mobile|e-?mail|e|t)\s?:", re.I)
_DATE = re.compile(r"^(?:\w+day,?\s+)?\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]{2,8},?\s+\d{4}$")
_WORD = re.compile(r"[^\W\d_]{2,}")
_SENTENCE_END = re.compile(r"(?<!\betc)[.;,][\"”’')\]]*$")


def heading_run(reading: Reading, looks: Looks, lines: Sequence[int], at: int) -> int:
    """How many of ``lines`` from ``at`` on make one heading; 0 where there is none."""
    if not _looks_heading(reading, looks, lines[at]) or _is_within_text(reading, looks, lines, at):
        return 0
    count = 1
    while (
        at + count < len(lines)
        and count <= _MOST_LINES
        and _goes_on(reading, looks, lines[at + count - 1], lines[at + count])
    ):
        count += 1
    text = " ".join(reading.line_text(i) for i in lines[at : at + count])
    numbered = reading.lines[lines[at]].bold and NUMBERED.match(text) is not None
    if count > _MOST_LINES or not _reads_as_heading(text, numbered or _is_larger(reading, looks, lines[at])):
        return 0
    if at + count < len(lines) and _runs_into(reading, looks, lines[at + count - 1], lines[at + count]):
        return 0
    return count


def _is_larger(reading: Reading, looks: Looks, index: int) -> bool:
    line = reading.lines[index]
    return (line.size or 0.0) >= _LARGER * looks.body(line)


def _looks_heading(reading: Reading, looks: Looks, index: int) -> bool:
    """Whether one line is larger or bolder than the body, or in capitals, and short."""
    line, text = reading.lines[index], reading.line_text(index)
    if line.cells or line.size is None or len(text) > _MOST_LETTERS:
        return False
    if line.size >= _LARGER * looks.body(line):
        return True
    if line.size < 0.93 * looks.body(line):
        return False
    return line.bold or (text.isupper() and len(text) >= 5 and len(_WORD.findall(text)) >= 1)


def _is_within_text(reading: Reading, looks: Looks, lines: Sequence[int], at: int) -> bool:
    """Whether a line of the body's size stands in the middle of a paragraph, for all its bold or capitals."""
    if at == 0 or _is_larger(reading, looks, lines[at]):
        return False
    before, index = lines[at - 1], lines[at]
    one, two = reading.lines[before], reading.lines[index]
    if one.cells or not follows(reading, looks, before, index):
        return False
    size = two.size or 10.0
    if looks.boxes[index].y0 - looks.boxes[before].y1 >= looks.gap(size) + 0.35 * size:
        return False
    if not two.bold:
        return True
    open_end = not ENDS.search(reading.line_text(before))
    return open_end and not is_forced_break(reading, looks, before, index)


def _goes_on(reading: Reading, looks: Looks, before: int, after: int) -> bool:
    """Whether a heading wraps onto the next line: same looks, close below, no number of its own."""
    one, two = reading.lines[before], reading.lines[after]
    if two.cells or one.size != two.size or one.bold != two.bold:
        return False
    if not follows(reading, looks, before, after):
        return False
    text = reading.line_text(after)
    if BULLET.match(text) or _ITEM.match(text):
        return False
    if reading.line_text(before).isupper() != text.isupper() and not one.bold and one.size == looks.body(one):
        return False
    gap = looks.boxes[after].y0 - looks.boxes[before].y1
    return gap < max(looks.gap(one.size or 10.0), 0.12 * (one.size or 10.0)) + 0.3 * (one.size or 10.0)


def _reads_as_heading(text: str, long: bool) -> bool:
    words = _WORD.findall(text)
    if not words or len(text) > (_MOST_LARGE if long else _MOST_BOLD):
        return False
    if any(pattern.search(text) for pattern in (_DATE, _CAPTION, _PAGE_RANGE, _CONTACT, BULLET)):
        return False
    if sum(len(w) for w in words) < 0.45 * len(text.replace(" ", "")):
        return False
    first = next((c for c in _PART_NUMBER.sub("", text) if c.isalpha()), "")
    if not first.isupper() and not _NUMBER.match(text):
        return False
    # "Not accepted." may head a text; "The government accepts this recommendation." is the text.
    most = 5 if long or _NUMBER.match(text) else 3
    short = len(words) <= most and ":" not in text and not text.endswith((",", ";"))
    return short or not _SENTENCE_END.search(text)


def _runs_into(reading: Reading, looks: Looks, last: int, after: int) -> bool:
    """Whether the text goes on in plain type in the middle of a sentence: a bold beginning, no heading."""
    one, two = reading.lines[last], reading.lines[after]
    if two.cells or not follows(reading, looks, last, after) or one.size != two.size:
        return False
    size = one.size or 10.0
    if looks.boxes[after].y0 - looks.boxes[last].y1 >= looks.gap(size) + 0.35 * size:
        return False
    if reading.line_text(after)[:1].islower():
        return True
    return not two.bold and not is_forced_break(reading, looks, last, after)


Style = tuple[float, bool, bool]
"""Size, bold, capitals."""


def rank_headings(reading: Reading, headings: Sequence[tuple[int, ...]]) -> list[int]:
    """A level for each heading, 1 the outermost, from size, weight, capitals and numbering.

    What stands large on the cover alone is of the outermost level and takes none from the rest.
    """
    styles = [_style(reading, lines) for lines in headings]
    cover = _cover_styles(reading, headings, styles)
    level_of = _rank_styles([style for style in styles if style not in cover])
    shallow: dict[Style, int] = {}
    for style, lines in zip(styles, headings, strict=True):
        if depth := _depth(reading, lines):
            shallow[style] = min(depth, shallow.get(style, depth))
    levels = []
    for style, lines in zip(styles, headings, strict=True):
        deeper = max(0, _depth(reading, lines) - shallow.get(style, 9))
        levels.append(min(level_of.get(style, 1) + deeper, _DEEPEST))
    return levels


def _rank_styles(styles: Sequence[Style]) -> dict[Style, int]:
    """A rank for each style; one that occurs once takes none of its own, unless it is the largest."""
    counts = Counter(styles)
    ranks: dict[Style, int] = {}
    rank = 0
    for style in sorted(counts, reverse=True):
        if not ranks or counts[style] > 1:
            rank = min(rank + 1, _DEEPEST)
        ranks[style] = rank
    return ranks


def _cover_styles(
    reading: Reading, headings: Sequence[tuple[int, ...]], styles: Sequence[Style]
) -> set[Style]:
    """Styles of headings that occur on the first page only, where that page is a cover."""
    first = reading.lines[headings[0][0]].page if headings else None
    on_first = [lines for lines in headings if reading.lines[lines[0]].page == first]
    later = {s for s, lines in zip(styles, headings, strict=True) if reading.lines[lines[0]].page != first}
    letters = sum(line.end - line.start for line in reading.lines if line.page == first)
    large = sum(reading.lines[i].end - reading.lines[i].start for lines in on_first for i in lines)
    if first != 1 or not later or large < _COVER * letters:
        return set()
    return {_style(reading, lines) for lines in on_first} - later


def _style(reading: Reading, lines: tuple[int, ...]) -> Style:
    line = reading.lines[lines[0]]
    return (float(round(line.size or 0.0)), line.bold, reading.line_text(lines[0]).isupper())


def _depth(reading: Reading, lines: tuple[int, ...]) -> int:
    match = _NUMBER.match(reading.line_text(lines[0]))
    return match[1].count(".") + 1 if match else 0
