"""Where to go on from a passage: others like it, all that is told of a case, and what came of it since."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from indexer.catalogue import Catalogue, Record
from indexer.errors import UnknownCase
from indexer.search.analysis import analyse
from indexer.search.columns import Columns
from indexer.search.contract import SearchEngine
from indexer.search.fields import heading_of
from indexer.search.likeness import Weights, share, telling_words, tree_of
from indexer.search.query import AnyOf, Best, Node, Phrase, Query, Term
from indexer.search.register import Entry, entries_of
from indexer.search.results import Hit

LIKE_LEAST = 0.12
"""A passage is like another from this share of the score that the other has with itself."""
SINCE_LEAST = 0.38
"""A later passage reports on a recommendation from this share of what the recommendation is about."""
_LEAST_WORDS = 4
"""Telling words that they must have in common; fewer may be a chance."""
_OWNER = 0.08
_PROGRESS = 0.1
"""What it adds to that share to name who was to act, or to tell of something done."""
_LOOKED_AT = 200
"""Later passages that are looked at closely."""
_LONGEST_NAME = 4
"""Words of a case's name that is searched for as it stands; a longer one describes the case."""

_DONE = re.compile(
    r"\b(?:complet|implement|achiev|launch|deliver|introduc|establish|revis|develop|train|agre|publish)ed\b"
    r"|\b(?:commission|review|updat|audit)ed\b|\b(?:in place|under ?way|now (?:ha[vs]e?|in|being)|progress)\b"
    r"|\b(?:outstanding|ongoing|signed off|carried out|rolled out|ha(?:s|ve) been|w(?:as|ere) held)\b",
    re.I,
)

Show = Callable[[Sequence[tuple[int, float]], Query, int], tuple[Hit, ...]]
"""Hits of ordinals in their order, copies folded: what the library makes of an engine's matches."""


@dataclass(frozen=True, slots=True)
class Since:
    """What later papers say of a passage."""

    date: str
    """Of the passage's own paper, as the catalogue has it; empty where it is not known."""
    latest: str
    """Of the latest paper in the index."""
    about: str
    """The recommendation, or the passage where it holds several or none."""
    owner: str | None
    hits: tuple[Hit, ...]
    """Oldest first."""


@dataclass(frozen=True, slots=True)
class Case:
    """A case that papers tell of."""

    name: str
    aliases: tuple[str, ...]
    bodies: tuple[str, ...]
    """Boards and committees whose papers name it: of two boards, it may be two cases of one name."""
    papers: int


@dataclass(frozen=True, slots=True)
class CaseHistory:
    """All that the papers say of one case."""

    case: Case
    hits: tuple[Hit, ...]
    """By the date of their papers, oldest first; what has no date comes last."""
    total: int


class Onward:
    """Ways on from what was found in one index."""

    def __init__(
        self,
        catalogue: Catalogue,
        engine: SearchEngine,
        columns: Columns,
        dates: Mapping[int, str],
        show: Show,
    ) -> None:
        self._catalogue, self._engine, self._columns = catalogue, engine, columns
        self._dates, self._show = dates, show

    def like(self, document_id: str, passage_id: str, limit: int = 10) -> tuple[Hit, ...]:
        """The passages most like this one, copies of it left out; none where none is like it.

        Raises UnknownDocument or UnknownPassage, EngineError where the engine failed.
        """
        record = self._catalogue.record_of(document_id, passage_id)
        weights = self._telling(record.passage.text, heading_of(record.passage, record.section))
        if not weights:
            return ()
        tree = tree_of(weights)
        own = self._engine.search(tree, 1, 1 << record.ordinal).ranked
        found = self._engine.search(tree, 5 * limit, self._others(record))
        least = LIKE_LEAST * own[0][1] if own else 0.0
        ranked = [(ordinal, score) for ordinal, score in found.ranked if score >= least]
        return self._show(ranked, Query(record.passage.text, tree, ideas=_ideas(tree)), limit)

    def since(self, document_id: str, passage_id: str, limit: int = 10) -> Since:
        """The later passages that report on this one, oldest first: none is an honest answer.

        Raises as ``like``.
        """
        record = self._catalogue.record_of(document_id, passage_id)
        return self._since(record, *self._statement(record), limit)

    def since_entry(self, entry: Entry, limit: int = 10) -> Since:
        """The later passages that report on one entry of the register, oldest first.

        Raises UnknownPassage where no passage holds it, EngineError where the engine failed.
        """
        record = self._catalogue.record_of(entry.document.id, entry.passage_id or "")
        return self._since(record, entry.statement.text, entry.undertaking.owner, limit)

    def _since(self, record: Record, about: str, owner: str | None, limit: int) -> Since:
        date, latest = self._dates[record.ordinal], max(self._dates.values(), default="")
        weights = self._telling(about, "")
        if not date or len(weights) < _LEAST_WORDS:
            return Since(date, latest, about, owner, ())
        tree = tree_of(weights)
        found = self._engine.search(tree, _LOOKED_AT, self._others(record) & self._later(date))
        ranked = self._reports(found.ranked, weights, owner)[: 2 * limit]
        ranked.sort(key=lambda item: (self._dates[item[0]], item[0]))
        query = Query(about, tree, ideas=_ideas(tree))
        return Since(date, latest, about, owner, self._show(ranked, query, limit))

    def cases(self) -> tuple[Case, ...]:
        """The cases that papers name, by name."""
        return tuple(sorted(self._cases.values(), key=lambda case: case.name.casefold()))

    def case(self, name: str, limit: int = 100) -> CaseHistory:
        """All passages that tell of the case of this name or other name; raises UnknownCase."""
        case = self._case(name)
        told = set(self._told_in[_folded(case.name)])
        names = [node for one in (case.name, *case.aliases) if (node := _name_node(one)) is not None]
        tree: Node = Best(tuple(names))
        if names:
            matching = self._engine.search(tree, 1).matching
            told |= set(self._columns.ordinals(matching))
        told &= set(self._columns.ordinals(self._columns.everything & ~self._columns.boilerplate))
        ordered = sorted(told, key=lambda o: (not self._dates[o], self._dates[o], o))
        total = len({self._columns.groups[ordinal] for ordinal in ordered})
        query = Query(case.name, tree, ideas=tuple(names))
        return CaseHistory(case, self._show([(o, 0.0) for o in ordered], query, limit), total)

    def _telling(self, text: str, heading: str) -> Weights:
        return telling_words(text, heading, self._engine.frequency, self._engine.count())

    def _others(self, record: Record) -> int:
        """All passages but this one, its copies and routine text."""
        copies = sum(1 << ordinal for ordinal in self._catalogue.group_members(record.group))
        return self._columns.everything & ~self._columns.boilerplate & ~copies & ~(1 << record.ordinal)

    def _later(self, date: str) -> int:
        """The passages of later papers; a month is not later than a day of it."""
        return sum(1 << ordinal for ordinal, other in self._dates.items() if _is_later(other, date))

    def _statement(self, record: Record) -> tuple[str, str | None]:
        """What a passage recommends and who is to do it; its whole text where it is not one statement."""
        held = [
            entry
            for entry in entries_of(self._catalogue, record.document)
            if entry.passage_id == record.passage.id
        ]
        if len(held) == 1:
            return held[0].statement.text, held[0].undertaking.owner
        return record.passage.text, None

    def _reports(
        self, ranked: Sequence[tuple[int, float]], weights: Weights, owner: str | None
    ) -> list[tuple[int, float]]:
        """The candidates that say enough of the same, best first."""
        records = self._catalogue.records([ordinal for ordinal, _ in ranked])
        wanted = frozenset(token.text for token in analyse(owner or ""))
        scored = []
        for ordinal, _ in ranked:
            record = records[ordinal]
            text = f"{heading_of(record.passage, record.section)}\n{record.passage.text}"
            tokens = frozenset(token.text for token in analyse(text))
            value = share(weights, tokens)
            if len(tokens & weights.keys()) < _LEAST_WORDS or value < SINCE_LEAST - _OWNER - _PROGRESS:
                continue
            value += _OWNER * (bool(wanted) and wanted <= tokens)
            value += _PROGRESS * (_DONE.search(record.passage.text) is not None)
            if value >= SINCE_LEAST:
                scored.append((ordinal, value))
        return sorted(scored, key=lambda item: (-item[1], item[0]))

    def _case(self, name: str) -> Case:
        wanted = _folded(name)
        if wanted in self._cases:
            return self._cases[wanted]
        for case in self._cases.values():
            if wanted in map(_folded, case.aliases):
                return case
        raise UnknownCase(
            f"No paper in this index tells of a case called “{name}”.",
            "Run `boardsearch case` without a name, or open the page “Cases”, to see those that there are.",
        )

    @cached_property
    def _cases(self) -> dict[str, Case]:
        """The cases by folded name, those of several papers as one."""
        found: dict[str, Case] = {}
        for document in self._catalogue.documents():
            for named in self._catalogue.cases(document.id):
                before = found.get(_folded(named.name), Case(named.name, (), (), 0))
                bodies = dict.fromkeys((*before.bodies, *([document.body] if document.body else [])))
                found[_folded(named.name)] = Case(
                    before.name,
                    tuple(dict.fromkeys((*before.aliases, *named.aliases))),
                    tuple(bodies),
                    before.papers + 1,
                )
        return found

    @cached_property
    def _told_in(self) -> Mapping[str, Sequence[int]]:
        """The passages that tell of each case, by its folded name."""
        told: defaultdict[str, list[int]] = defaultdict(list)
        for record in self._catalogue.all_records():
            for name in record.passage.cases:
                told[_folded(name)].append(record.ordinal)
        return told


def _is_later(other: str, date: str) -> bool:
    known = min(len(other), len(date))
    return bool(known) and other[:known] > date[:known]


def _ideas(tree: Node) -> tuple[Node, ...]:
    return tree.children if isinstance(tree, AnyOf) else (tree,)


def _folded(name: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in name).casefold().split())


def _name_node(name: str) -> Node | None:
    """A name as it stands in text; None for a description, whose words may stand anywhere."""
    tokens = tuple(_pieces(name))
    if not 1 < len(tokens) <= _LONGEST_NAME or not name[:1].isupper() or name.lower().startswith(_DESCRIBES):
        return None
    return Phrase(tokens) if len(tokens) > 1 else Term(tokens[0])


_DESCRIBES = ("serious case", "case ", "domestic homicide", "first ", "second ", "third ", "learning ")


def _pieces(name: str) -> Iterator[str]:
    seen: set[int] = set()
    for token in analyse(name):
        if token.position not in seen:
            seen.add(token.position)
            yield token.text
