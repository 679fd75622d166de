"""PDF papers: headings against the authors' own bookmarks, passages against the pages they stand on.

A bookmark is found when a section begins on its page under a title that is alike. A judged text is
found when nearly all its runs of four words stand in our passages, and rightly cited when a third of
them stand in passages that cite a judged page, since many texts go on over the page. A recommendation
is found as a statement when the statements on the judged pages hold half of its runs.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from alike import ALIKE, likeness, share_in, title_words, word_runs
from scores import Row, pair_up
from taking_in import sources_of, take_in

from indexer.model import BlockKind, Extract, Section, SourceFile

FOUND = 0.8
"""Share of a text's runs that must stand in our passages: notes' marks in its midst cost a few."""
CITED = 1 / 3
"""Share of a text's runs that must stand in passages citing a judged page: it may go on overleaf."""
AS_STATEMENT = 0.5
_FOLDERS = ("council", "inquiry", "planning", "safeguarding")
_LONG_TITLE = 20
"""Words from which a bookmark is a paragraph that the author's program took for a heading."""
_WORD = re.compile(r"\w+")

Gold = dict[str, Any]


def measure_bookmarks(shared: Path, cache: Path) -> list[Row]:
    """Headings with the outline hidden, the size of sections, headings with the outline used."""
    marks = _by_file(shared / "data" / "bookmarks" / "bookmarks.jsonl")
    sources = _sources(shared / "data", set(marks))
    hidden = _by_base_name(take_in(sources, cache, outline=False))
    used = _by_base_name(take_in(sources, cache, outline=True))
    first = _heading_row("outline hidden: heading recall", marks, hidden, 0.80)
    last = _heading_row("outline used: heading recall", marks, used, 0.99)
    return [first, _words_row(hidden), last]


def _by_file(path: Path) -> dict[str, list[Gold]]:
    rows: dict[str, list[Gold]] = defaultdict(list)
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        rows[row["file"]].append(row)
    return rows


def _by_base_name(made: dict[str, Extract]) -> dict[str, Extract]:
    return {Path(name).name: one for name, one in made.items()}


def _sources(data: Path, names: set[str]) -> list[SourceFile]:
    """The files of these names, in whatever folder they lie."""
    found = chain.from_iterable(sources_of(data / folder) for folder in _FOLDERS)
    return [source for source in found if Path(source.name).name in names]


def _heading_row(measure: str, marks: dict[str, list[Gold]], made: dict[str, Extract], target: float) -> Row:
    right = wanted = titles = titles_right = 0
    each, misses = [], []
    for file, own in sorted(marks.items(), key=lambda item: -len(item[1])):
        pairs = pair_up(own, made[file].sections, _heading_likeness, ALIKE)
        short = [i for i, mark in enumerate(own) if len(_WORD.findall(mark["title"])) < _LONG_TITLE]
        right, wanted = right + len(pairs), wanted + len(own)
        titles, titles_right = titles + len(short), titles_right + sum(i in pairs for i in short)
        each.append(f"{file[:24]}: {len(pairs)}/{len(own)}")
        misses += [_missed(mark, made[file]) for i, mark in enumerate(own) if i not in pairs]
    detail = f"{right} of {wanted}; under {_LONG_TITLE} words: {titles_right} of {titles}; " + ", ".join(each)
    return Row("bookmarks", measure, right / wanted, target, detail, tuple(misses))


def _heading_likeness(mark: Gold, section: Section) -> float:
    """Only on the bookmark's page; a heading may go on from a bookmark, even of one word."""
    if section.place.pages[:1] != (mark["page"],):
        return 0.0
    words = title_words(mark["title"])
    goes_on = bool(words) and title_words(section.title)[: len(words)] == words
    alike = likeness(mark["title"], section.title)
    return max(alike, ALIKE) if goes_on else alike


def _missed(mark: Gold, made: Extract) -> str:
    """A bookmark that no section stands for, with what we made of its words."""
    alike = [
        s.place.pages[0] for s in made.sections if s.place.pages and likeness(mark["title"], s.title) >= ALIKE
    ]
    blocks = [b for b in made.blocks if b.page == mark["page"] and likeness(mark["title"], b.text) >= ALIKE]
    note = f"a {blocks[0].kind} there" if blocks else "no such block there"
    if alike:
        note += f"; sections so called on pages {', '.join(map(str, alike[:4]))}"
    return f"{mark['file'][:40]} p{mark['page']} {' '.join(mark['title'].split())[:70]!r}: {note}"


def _words_row(made: dict[str, Extract]) -> Row:
    words = {file: _words(one) for file, one in made.items()}
    sections = {file: max(1, len(one.sections)) for file, one in made.items()}
    means = sorted(((words[file] / sections[file], file) for file in made), reverse=True)
    mean = sum(words.values()) / sum(sections.values())
    detail = f"{sum(sections.values())} sections; longest: {means[0][1][:24]}: {means[0][0]:.0f}"
    misses = tuple(f"{file}: {each:.0f} words a section" for each, file in means if each >= 600)
    return Row(
        "bookmarks", "outline hidden: mean words of a section", mean, 600, detail, misses, at_most=True
    )


def _words(made: Extract) -> int:
    return sum(len(_WORD.findall(block.text)) for block in made.blocks if block.kind != BlockKind.FURNITURE)


# ---------------------------------------------------------------- judged passages


@dataclass(frozen=True, slots=True)
class Held:
    """The runs of words that a paper's passages and statements hold, each with its pages."""

    whole: set[str]
    passages: list[tuple[set[str], tuple[int, ...]]]
    statements: list[tuple[set[str], tuple[int, ...]]]


def measure_inquiry(shared: Path, cache: Path) -> list[Row]:
    """Judged texts found with their page, and recommendations found as statements."""
    folder = shared / "data" / "inquiry"
    gold = _by_file(folder / "page-gold.jsonl")
    made = take_in(sources_of(folder, set(gold)), cache)
    held = {file: _held(one) for file, one in made.items()}
    rows = list(chain.from_iterable(gold.values()))
    recommended = [row for row in rows if row["id"].endswith(":recommendation")]
    states = [(row, _citation(row, held[row["file"]])) for row in rows]
    missed = [(row, _statement_share(row, held[row["file"]])) for row in recommended]
    return [_citation_row(states), _statement_row(missed)]


def _held(made: Extract) -> Held:
    return Held(
        whole=set(word_runs("\n".join(passage.text for passage in made.passages))),
        passages=[(set(word_runs(p.text)), tuple(page.number for page in p.pages)) for p in made.passages],
        statements=[(set(word_runs(s.text)), s.place.pages) for s in made.statements],
    )


def _citation(row: Gold, held: Held) -> str:
    """Empty where the text is found with its page; else what went wrong."""
    runs = word_runs(row["text"])
    share = share_in(runs, held.whole)
    if share < FOUND:
        return f"text not whole: {share:.2f}"
    there = (own for own, pages in held.passages if set(pages) & set(row["pages"]))
    if share_in(runs, set(chain.from_iterable(there))) >= CITED:
        return ""
    cited = [pages for own, pages in held.passages if share_in(runs, own) >= CITED]
    return f"cited on {cited[:3]}, stands on {row['pages']}"


def _citation_row(states: list[tuple[Gold, str]]) -> Row:
    misses = tuple(_shown(row, state) for row, state in states if state)
    reasons = Counter(state.split(":")[0].split(" on ")[0] for _, state in states if state)
    detail = f"{len(states)} texts" + "".join(f"; {count} {reason}" for reason, count in reasons.items())
    right = 1 - len(misses) / len(states)
    return Row("inquiry/page-gold", "text found and its page cited", right, 0.98, detail, misses)


def _statement_share(row: Gold, held: Held) -> float:
    there = (own for own, pages in held.statements if set(pages) & set(row["pages"]))
    return share_in(word_runs(row["text"]), set(chain.from_iterable(there)))


def _statement_row(shares: list[tuple[Gold, float]]) -> Row:
    missed = [(row, share) for row, share in shares if share < AS_STATEMENT]
    by_file = Counter(row["file"] for row, _ in missed)
    detail = f"{len(shares)} recommendations" + "".join(
        f"; {n} missed in {file[:28]}" for file, n in by_file.items()
    )
    misses = tuple(_shown(row, f"{share:.2f} of it in statements") for row, share in missed)
    return Row(
        "inquiry/page-gold",
        "recommendations as statements",
        1 - len(missed) / len(shares),
        0.85,
        detail,
        misses,
    )


def _shown(row: Gold, state: str) -> str:
    return f"{row['id']} p{row['pages']} {state}: {' '.join(row['text'].split())[:90]!r}"
