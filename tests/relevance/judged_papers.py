"""The two judged papers of the text corpus: sections, parts, acronyms, cases, subgroups, statements.

How the judgements are used:
- A title is found when a section begins within two lines of it under words that are alike.
- Kinds that Boardsearch does not have are right as the nearest it has (``STANDS_FOR``). A part's kind,
  date and years are read off the part that holds most of its lines, whether or not its boundary is
  right. Where the judge states no date or no year, none is right.
- A case that the papers do not name is found by its lines, a named one by its name.
- A subgroup's section is found when a subgroup of a like name has places over half of its lines.
- A statement is found when half of the lines of the longer of the two overlap, each used once; its
  kind is not asked (a judge's ``priority`` may be a recommendation, an action or a finding here).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alike import ALIKE, best_likeness, likeness, title_words
from scores import Row, Tally, pair_up
from taking_in import sources_of, take_in

from indexer.model import Acronym, DocumentKind, Extract, Named, Part, Place, Section, Statement

PAPERS = ("000", "002")
STANDS_FOR = {
    "work_programme": {DocumentKind.BUSINESS_PLAN, DocumentKind.OTHER, DocumentKind.REPORT},
    "appendix": {DocumentKind.OTHER, DocumentKind.REPORT},
    "statement_of_purpose": {DocumentKind.POLICY, DocumentKind.OTHER, DocumentKind.REPORT},
}
"""Which of our kinds are right for a judge's kind that is none of ours."""
TITLE_LINES = 2
BOUNDARY_LINES = 3
HALF = 0.5
SAME_NAME = 0.8
"""Share of words in common from which two names are one subgroup's."""
_COMMON = frozenset("subgroup subcommittee group panel board steering the and of in".split())
_UNNAMED = ("not named", "unnamed", "anonymised")

Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """A judged paper: what the judge found, what we found, and its lines that are not blank."""

    name: str
    gold: Gold
    made: Extract
    solid: frozenset[int]

    def lines(self, ranges: Iterable[Iterable[int]]) -> frozenset[int]:
        """The lines in these ranges (first and last, inclusive) that are not blank."""
        return frozenset(n for first, last in ranges for n in range(first, last + 1) if n in self.solid)

    def lines_of(self, places: Iterable[Place]) -> frozenset[int]:
        """The lines at these places that are not blank."""
        return self.lines(place.lines for place in places if place.lines)

    def miss(self, lines: Iterable[int], what: str) -> str:
        """A line of the list of misses."""
        return f"{self.name}:{'-'.join(map(str, lines))} {' '.join(what.split())[:110]}"


def measure_papers(shared: Path, cache: Path) -> list[Row]:
    """All rows on the judged papers."""
    papers = _papers(shared, cache)
    rows = _sections(papers)
    rows += _parts(papers)
    rows += [_acronyms(papers), _cases(papers), _subgroups(papers), _statements(papers)]
    return rows


def _papers(shared: Path, cache: Path) -> list[Paper]:
    golds = {n: json.loads((shared / "gold" / f"structure-{n}.json").read_text("utf-8")) for n in PAPERS}
    made = take_in(sources_of(shared / "corpus", {gold["file"] for gold in golds.values()}), cache)
    papers = []
    for name, gold in golds.items():
        text = (shared / "corpus" / gold["file"]).read_text("utf-8")
        solid = frozenset(number for number, line in enumerate(text.split("\n"), 1) if line.strip())
        papers.append(Paper(name, gold, made[gold["file"]], solid))
    return papers


def _row(
    measure: str, tallies: list[tuple[str, Tally]], target: float, figure: str, misses: list[str]
) -> Row:
    whole = sum((tally for _, tally in tallies), Tally())
    each = ", ".join(f"{name}: {getattr(tally, figure):.2f}" for name, tally in tallies)
    detail = f"{each}; {whole.right} right of {whole.wanted}, {whole.found} found"
    return Row("structure-000, -002", measure, getattr(whole, figure), target, detail, tuple(misses))


# ---------------------------------------------------------------- sections


def _sections(papers: list[Paper]) -> list[Row]:
    tallies, missed, false = [], [], []
    for paper in papers:
        wanted = paper.gold["sections"]
        found = [section for section in paper.made.sections if section.title]
        pairs = pair_up(wanted, found, _section_likeness, ALIKE)
        tallies.append((paper.name, Tally(len(pairs), len(wanted), len(found))))
        missed += [paper.miss(w["lines"][:1], w["title"]) for i, w in enumerate(wanted) if i not in pairs]
        right = set(pairs.values())
        extra = [section for j, section in enumerate(found) if j not in right]
        false += [paper.miss([_first(section.place)], section.title) for section in extra]
    return [
        _row("section titles, recall", tallies, 0.85, "recall", missed),
        _row("section titles, precision", tallies, 0.80, "precision", false),
    ]


def _section_likeness(wanted: Gold, found: Section) -> float:
    near = abs(_first(found.place) - wanted["lines"][0]) <= TITLE_LINES
    return likeness(wanted["title"], found.title) if near else 0.0


def _first(place: Place) -> int:
    assert place.lines is not None, "a text file's places have lines"
    return place.lines[0]


# ---------------------------------------------------------------- parts


def _parts(papers: list[Paper]) -> list[Row]:
    tallies, misses = [], []
    for paper in papers:
        wanted, found = paper.gold["document"]["parts"], paper.made.parts
        pairs = pair_up(wanted, found, _boundary_likeness, HALF)
        tallies.append((paper.name, Tally(len(pairs), len(wanted), len(found))))
        misses += [
            paper.miss(w["lines"][:1], f"missed: {w['title']}")
            for i, w in enumerate(wanted)
            if i not in pairs
        ]
        false = [part for j, part in enumerate(found) if j not in set(pairs.values())]
        misses += [paper.miss([_first(part.place)], f"not a boundary: {part.title}") for part in false]
    return [_row("part boundaries, recall", tallies, 0.90, "recall", misses), *_part_fields(papers)]


def _boundary_likeness(wanted: Gold, found: Part) -> float:
    away = abs(_first(found.place) - wanted["lines"][0])
    return 1 / (1 + away / BOUNDARY_LINES) if away <= BOUNDARY_LINES else 0.0


def _part_fields(papers: list[Paper]) -> list[Row]:
    held = [
        (paper, wanted, _holder(paper, wanted))
        for paper in papers
        for wanted in paper.gold["document"]["parts"]
    ]
    return [_part_field(held, field) for field in ("kind", "date", "years")]


def _holder(paper: Paper, wanted: Gold) -> Part:
    """Our part that holds most of the lines of the judge's."""
    lines = paper.lines([wanted["lines"]])
    return max(paper.made.parts, key=lambda part: len(lines & paper.lines_of([part.place])))


def _part_field(held: list[tuple[Paper, Gold, Part]], field: str) -> Row:
    tallies, misses = [], []
    for name in PAPERS:
        own = [(paper, wanted, part) for paper, wanted, part in held if paper.name == name]
        right = [_is_right(field, wanted[field], part) for _, wanted, part in own]
        tallies.append((name, Tally(sum(right), len(own), len(own))))
        misses += [
            paper.miss(wanted["lines"], f"{wanted[field]} read as {getattr(part, field)}: {wanted['title']}")
            for (paper, wanted, part), ok in zip(own, right, strict=True)
            if not ok
        ]
    return _row(f"part's {field} right", tallies, 0.90, "recall", misses)


def _is_right(field: str, wanted: Any, part: Part) -> bool:
    if field == "kind":
        return part.kind in STANDS_FOR.get(wanted, {wanted})
    if field == "date":
        return part.date == wanted
    return set(part.years) == set(wanted)


# ---------------------------------------------------------------- what is named


def _acronyms(papers: list[Paper]) -> Row:
    tallies, misses = [], []
    for paper in papers:
        wanted, found = paper.gold["acronyms"], paper.made.acronyms
        pairs = pair_up(wanted, found, _acronym_likeness, ALIKE)
        tallies.append((paper.name, Tally(len(pairs), len(wanted), len(found))))
        misses += [
            paper.miss([w["line"]], f"missed: {w['short']} = {w['long']}")
            for i, w in enumerate(wanted)
            if i not in pairs
        ]
        false = [one for j, one in enumerate(found) if j not in set(pairs.values())]
        misses += [paper.miss([_first(one.place)], f"not wanted: {one.short} = {one.long}") for one in false]
    return _row("acronyms, F1", tallies, 0.90, "f1", misses)


def _acronym_likeness(wanted: Gold, found: Acronym) -> float:
    same = _singular(wanted["short"]) == _singular(found.short)
    return likeness(wanted["long"], found.long) if same else 0.0


def _singular(short: str) -> str:
    """IDVAs are several IDVA."""
    return (short[:-1] if short.endswith("s") and short[:-1].isupper() else short).casefold()


def _cases(papers: list[Paper]) -> Row:
    tallies, misses = [], []
    for paper in papers:
        wanted, found = paper.gold["cases"], paper.made.cases
        pairs = pair_up(wanted, found, lambda w, f, paper=paper: _case_likeness(paper, w, f), ALIKE)  # type: ignore[misc]
        tallies.append((paper.name, Tally(len(pairs), len(wanted), len(found))))
        misses += [
            paper.miss(w["lines"][0], f"missed: {w['name']}") for i, w in enumerate(wanted) if i not in pairs
        ]
        false = [one for j, one in enumerate(found) if j not in set(pairs.values())]
        misses += [paper.miss([_first(one.places[0])], f"not wanted: {one.name}") for one in false]
    return _row("cases, F1", tallies, 0.90, "f1", misses)


def _case_likeness(paper: Paper, wanted: Gold, found: Named) -> float:
    """By name; a case without one by the share of its lines, or of ours, that the two have in common."""
    named = best_likeness((wanted["name"], *wanted["aliases"]), (found.name, *found.aliases))
    if named >= ALIKE or not any(mark in wanted["name"] for mark in _UNNAMED):
        return named
    theirs, ours = paper.lines(wanted["lines"]), paper.lines_of(found.places)
    shorter = min(len(theirs), len(ours))
    return ALIKE + (1 - ALIKE) * len(theirs & ours) / shorter if theirs & ours else 0.0


def _subgroups(papers: list[Paper]) -> Row:
    tallies, misses = [], []
    for paper in papers:
        right = wanted = 0
        for one in paper.gold["subgroups"]:
            told = paper.lines_of(
                place for f in paper.made.subgroups if _same_group(one, f) for place in f.places
            )
            missed = [span for span in one["lines"] if _share(paper.lines([span]), told) < HALF]
            wanted += len(one["lines"])
            right += len(one["lines"]) - len(missed)
            state = "named, lines missed" if told else "not named at all"
            misses += [paper.miss(span, f"{state}: {one['name']}") for span in missed]
        tallies.append((paper.name, Tally(right, wanted, len(paper.made.subgroups))))
    return _row("subgroup sections found", tallies, 0.90, "recall", misses)


def _same_group(wanted: Gold, found: Named) -> bool:
    """Whether two are one subgroup: any of their names alike but for words that all such names share."""
    names, others = (wanted["name"], *wanted["aliases"]), (found.name, *found.aliases)
    return any(_name_likeness(_bare(one), _bare(other)) >= SAME_NAME for one in names for other in others)


def _name_likeness(one: frozenset[str], other: frozenset[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _bare(name: str) -> frozenset[str]:
    return frozenset(title_words(name)) - _COMMON


def _share(lines: frozenset[int], held: frozenset[int]) -> float:
    return len(lines & held) / len(lines) if lines else 1.0


# ---------------------------------------------------------------- statements


def _statements(papers: list[Paper]) -> Row:
    tallies, misses = [], []
    for paper in papers:
        wanted, found = paper.gold["actions"], paper.made.statements
        pairs = pair_up(wanted, found, lambda w, f, paper=paper: _overlap(paper, w, f), HALF)  # type: ignore[misc]
        tallies.append((paper.name, Tally(len(pairs), len(wanted), len(found))))
        misses += [
            paper.miss(w["lines"], f"missed {w['kind']}: {w['starts']}")
            for i, w in enumerate(wanted)
            if i not in pairs
        ]
        false = [one for j, one in enumerate(found) if j not in set(pairs.values())]
        misses += [paper.miss(one.place.lines or (), f"not wanted, {one.kind}: {one.text}") for one in false]
    whole = sum((tally for _, tally in tallies), Tally())
    row = _row("statements, F1", tallies, 0.75, "f1", misses)
    shares = f"recall {whole.recall:.2f}, precision {whole.precision:.2f}; "
    return Row(row.on, row.measure, row.value, row.target, shares + row.detail, row.misses)


def _overlap(paper: Paper, wanted: Gold, found: Statement) -> float:
    theirs, ours = paper.lines([wanted["lines"]]), paper.lines_of([found.place])
    longer = max(len(theirs), len(ours))
    return len(theirs & ours) / longer if longer else 0.0
