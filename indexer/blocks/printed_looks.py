"""What a printed line looks like beside the rest of the paper: size, spacing, marks, column edges."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from indexer.model import Box, Line, Reading

BULLET = re.compile(
    "^[•‣⁃∙·*\u2190-\u21ff\u25a0-\u25ff\u2600-\u27bf\u2b00-\u2bff\ue000-\uf8ff\ufffd]\\s*(?=\\S|$)"
    r"|^[-–—o]\s+(?=\S)|^[-–—]$"
)
LETTERED = re.compile(r"^(?:\((?:[a-z]{1,2}|[ivxl]{1,6}|\d{1,2})\)|(?:[a-z]|[ivxl]{1,6})[.)])(?=\s|$)", re.I)
NUMBERED = re.compile(r"^\d{1,3}[.)](?=\s|$)")
PARAGRAPH_NUMBER = re.compile(r"^(?:[A-Z]\.?)?\d{1,3}(?:\.\d{1,3}){1,4}\.?(?=\s|$)")
_LEAST_LETTERS = 800
ENDS = re.compile(
    # The mark first: what may not stand before it is then looked at where there is one, not at each letter.
    r"[.!?:;](?<!\bi\.e.)(?<!\be\.g.)(?<!\bcf.)(?<!\bviz.)(?<!\bincl.)(?<!\b[Dd]r.)(?<!\bM[rs].)(?<!\bMrs.)"
    r"(?<!\bCllr.)(?<!\bpara.)[\"”’')\]\d]*$"
)
"""The end of a sentence, with a footnote's mark after it or not; "i.e." is none."""


@dataclass(frozen=True, slots=True)
class Looks:
    """Measures of a whole paper, and boxes in points for comparing lines of one page."""

    sizes: dict[int, float]
    """Usual size of text on each page and its neighbours: a pack's papers are set in different sizes."""
    leading: dict[float, float]
    """Usual gap between lines of a paragraph, by size, in points."""
    rights: dict[int, float]
    """For each line the right edge of its column, in points."""
    boxes: tuple[Box, ...]
    """For each line its box in points."""

    def body(self, line: Line) -> float:
        """The usual size of text about this line."""
        return self.sizes.get(line.page or 0, 10.0)

    def gap(self, size: float) -> float:
        """The usual gap between lines of this size."""
        return self.leading.get(round(size), 0.2 * size)


def measure(reading: Reading, body: Iterable[int]) -> Looks:
    """The measures of a paper, taken over its lines that are not furniture."""
    indexes = list(body)
    boxes = tuple(_points(reading, line) for line in reading.lines)
    return Looks(
        body_sizes(reading, indexes),
        _leading(reading, indexes, boxes),
        _rights(reading, indexes, boxes),
        boxes,
    )


def body_sizes(reading: Reading, indexes: Iterable[int]) -> dict[int, float]:
    """For each page the size of most letters on it and its neighbours, or in the paper if they are few."""
    letters: dict[int, Counter[float]] = defaultdict(Counter)
    whole: Counter[float] = Counter()
    for i in indexes:
        line = reading.lines[i]
        count = (line.end - line.start) // (3 if line.cells else 1)
        whole[line.size or 10.0] += count
        for page in range((line.page or 1) - 1, (line.page or 1) + 2):
            letters[page][line.size or 10.0] += count
    most = whole.most_common(1)[0][0] if whole else 10.0
    return {
        page: counts.most_common(1)[0][0] if counts.total() >= _LEAST_LETTERS else most
        for page, counts in letters.items()
    }


def _points(reading: Reading, line: Line) -> Box:
    page = reading.pages[(line.page or 1) - 1]
    box = line.box or Box(0, 0, 1, 1)
    return Box(box.x0 * page.width, box.y0 * page.height, box.x1 * page.width, box.y1 * page.height)


def follows(reading: Reading, looks: Looks, before: int, after: int) -> bool:
    """Whether a line stands right under another in the same column."""
    a, b = looks.boxes[before], looks.boxes[after]
    same_page = reading.lines[before].page == reading.lines[after].page
    return same_page and b.y0 > a.y0 and min(a.x1, b.x1) > max(a.x0, b.x0) - 12


def _leading(reading: Reading, indexes: list[int], boxes: tuple[Box, ...]) -> dict[float, float]:
    gaps: dict[float, list[float]] = defaultdict(list)
    for a, b in pairwise(indexes):
        one, two = reading.lines[a], reading.lines[b]
        if one.page != two.page or one.size != two.size or one.cells or two.cells or not one.size:
            continue
        gap = boxes[b].y0 - boxes[a].y1
        if -0.5 * one.size < gap < 1.2 * one.size:
            gaps[round(one.size)].append(gap)
    # Lines within paragraphs outnumber the gaps between them, so a low quantile is the leading.
    return {size: sorted(found)[len(found) * 2 // 5] for size, found in gaps.items() if len(found) >= 3}


def _rights(reading: Reading, indexes: list[int], boxes: tuple[Box, ...]) -> dict[int, float]:
    """Right edges of columns: the furthest reach of the lines near by that share the left part."""
    rights: dict[int, float] = {}
    lines = [(reading.lines[i].page, bool(reading.lines[i].cells), boxes[i].x0, boxes[i].x1) for i in indexes]
    for k, i in enumerate(indexes):
        here, box = lines[k][0], boxes[i]
        left, middle = box.x0, box.x0 + 60
        reach = [
            x1
            for page, has_cells, x0, x1 in lines[max(0, k - 12) : k + 13]
            if x0 < middle and x1 > left and page == here and not has_cells
        ]
        rights[i] = max(reach, default=box.x1)
    return rights


def is_forced_break(reading: Reading, looks: Looks, before: int, after: int) -> bool:
    """Whether the next line's first word would still have fitted on the line before."""
    box, size = looks.boxes[before], reading.lines[before].size or 10.0
    words = reading.line_text(after).split()
    first = len(words[0]) if words else 0
    line, text = looks.boxes[after], reading.line_text(after)
    letter = (line.x1 - line.x0) / max(1, len(text))
    return looks.rights[before] - box.x1 > (first + 1.5) * min(letter, 0.7 * size) + 0.6 * size


def is_marked(text: str) -> bool:
    """Whether the line begins with a bullet, a letter or number of a list, or a paragraph's number."""
    return bool(is_list_mark(text) or PARAGRAPH_NUMBER.match(text))


def is_list_mark(text: str) -> bool:
    """Whether the line begins as an item of a list."""
    return bool(BULLET.match(text) or LETTERED.match(text) or NUMBERED.match(text))
