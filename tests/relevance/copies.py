"""Papers that are in a folder twice, alone and in a pack: are their passages known as copies.

Which papers are there twice is told by another program's text of the pages (pypdfium2): nearly all
runs of words of the one stand on pages of the other that hold hardly anything else. A version with
tracked changes or a motion that the minutes repeat is no copy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import permutations
from pathlib import Path

import pypdfium2
from scores import Row
from taking_in import sources_of, take_in

from indexer.duplicates import group_copies, likeness
from indexer.model import Extract, Passage, SourceFile

SAME = 0.85
"""Share of runs in common, each way, from which two texts are one paper: stamps and page ends differ."""
RECOGNISED = 0.9
"""Share of a paper's words in passages that are known as copies."""
_LEAST_RUNS = 100
_LEAST_WORDS = 8
"""Passages under so many words ("None", "To note the report") are not asked for."""
_RUN = 5
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Twin:
    """A paper and the pages of another file where it stands again."""

    file: str
    other: str
    pages: tuple[int, ...]


def measure_copies(shared: Path, cache: Path) -> list[Row]:
    """The share of the papers that are there twice whose passages are known as copies."""
    sources = sources_of(shared / "data" / "council")
    twins = _twins({source.name: _page_runs(Path(source.path)) for source in sources})
    made = take_in(sources, cache)
    groups = _groups(sources, made)
    shares = [(twin, _share_copied(twin, made, groups)) for twin in twins]
    right = sum(share >= RECOGNISED for _, share in shares)
    detail = "; ".join(f"{share:.2f} of {twin.file[:40]} in {twin.other[:40]}" for twin, share in shares)
    misses = tuple(
        f"{twin.file} in {twin.other}: {share:.2f}" for twin, share in shares if share < RECOGNISED
    )
    return [Row("council", "papers there twice known as copies", right / len(twins), 1.0, detail, misses)]


def _page_runs(path: Path) -> list[set[str]]:
    document = pypdfium2.PdfDocument(path)
    try:
        return [_runs(page.get_textpage().get_text_bounded()) for page in document]
    finally:
        document.close()


def _runs(text: str) -> set[str]:
    words = [word.casefold() for word in _WORD.findall(text)]
    return {" ".join(words[i : i + _RUN]) for i in range(len(words) - _RUN + 1)}


def _twins(pages: dict[str, list[set[str]]]) -> list[Twin]:
    """Each pair once: the shorter file in the longer."""
    twins = []
    whole = {file: set[str]().union(*own) for file, own in pages.items()}
    for file, other in permutations(sorted(pages), 2):
        if len(whole[file]) < _LEAST_RUNS or (len(pages[file]), file) > (len(pages[other]), other):
            continue
        shared = [n for n, own in enumerate(pages[other], 1) if 2 * len(own & whole[file]) >= len(own) > 0]
        there = set[str]().union(*(pages[other][n - 1] for n in shared))
        common = len(there & whole[file])
        if common >= SAME * len(whole[file]) and common >= SAME * len(there):
            twins.append(Twin(file, other, tuple(shared)))
    return twins


def _groups(sources: list[SourceFile], made: dict[str, Extract]) -> dict[tuple[str, int], int]:
    """Each passage's group of copies, over all the papers, by its file and position."""
    keys = [(s.name, n) for s in sources if s.name in made for n in range(len(made[s.name].passages))]
    groups = group_copies(
        (ordinal, likeness(made[file].passages[n].text)) for ordinal, (file, n) in enumerate(keys)
    )
    return {keys[ordinal]: group for ordinal, group in groups.items()}


def _share_copied(twin: Twin, made: dict[str, Extract], groups: dict[tuple[str, int], int]) -> float:
    """The share of the words of the paper's passages that have a copy in the other file."""
    there = {group for (file, _), group in groups.items() if file == twin.other}
    words = copied = 0
    for n, passage in enumerate(made[twin.file].passages):
        length = _length(passage)
        if length >= _LEAST_WORDS:
            words += length
            copied += length * (groups.get((twin.file, n)) in there)
    return copied / words if words else 0.0


def _length(passage: Passage) -> int:
    return len(_WORD.findall(passage.text))
