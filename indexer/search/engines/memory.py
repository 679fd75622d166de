"""The plain engine, and the yardstick for the others: every passage is looked at, one after another.

What the contract leaves open is settled here, and the conformance tests hold every engine to it:

- N is the number of passages in the index; a field's mean length is over the passages that have the
  field; a length is a number of tokens.
- A ``Phrase`` matches in one field. Its tokens stand in order at strictly ascending positions, with
  at most ``slop`` positions between them in all: slop 0 is one after the other. Tokens that share a
  position (co-sleeping gives co at 0, sleep and cosleep at 1) can each be the one that follows.
  It scores as a token would whose occurrences are the positions where a match can begin, with its
  tokens' idfs added up.
- A ``Prefix`` scores as if all tokens that begin so were one token, a ``OneOf`` as if its tokens were.
- A leaf with a ``field`` matches and scores in that field alone.
- ``AnyOf``, ``Best`` and ``AllOf`` without children match nothing, as does a phrase without tokens.

The index is one file. It is read whole and kept in memory, so this engine is for tests and for
folders of a few hundred papers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType

import msgspec

from indexer.errors import EngineUnavailable, IndexDamaged, IndexNotWritable
from indexer.search import contract
from indexer.search.bitsets import bits_of
from indexer.search.contract import FIELD_WEIGHTS, Capability, IndexedPassage, Matches
from indexer.search.engines import bm25
from indexer.search.engines.deadline import Deadline
from indexer.search.query import (
    AllOf,
    Among,
    AnyOf,
    Best,
    Everything,
    Node,
    OneOf,
    Phrase,
    Prefix,
    Term,
    Without,
)

NAME = "memory"
_PATIENCE = 10
"""It looks at every passage, so it is given so much longer than an engine that looks words up."""
FILE = "passages.msgpack"
FORMAT = 1

Positions = dict[str, tuple[int, ...]]
"""Token to its positions in one field of one passage, ascending."""
Words = Term | Phrase | Prefix | OneOf
"""The leaves that are looked for in fields."""


class _Stored(msgspec.Struct, frozen=True):
    """The file: for each ordinal, for each field, the positions of each token."""

    format: int
    passages: dict[int, dict[str, Positions]]


class MemoryWriter:
    """Changes to the index in a folder, written in one go by ``commit``."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE
        self._passages = _read(self._path) if self._path.exists() else {}

    def add(self, passages: Iterable[IndexedPassage]) -> None:
        """Take passages in; an ordinal that is there already is replaced."""
        for passage in passages:
            self._passages[passage.ordinal] = {
                field: _positions(passage, field) for field in FIELD_WEIGHTS if passage.fields.get(field)
            }

    def remove(self, ordinals: Iterable[int]) -> None:
        """Take passages out; ordinals that are not there are passed over."""
        for ordinal in ordinals:
            self._passages.pop(ordinal, None)

    def commit(self) -> None:
        """Replace the file; raises IndexNotWritable where the disk refuses."""
        unfinished = self._path.with_suffix(".part")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            unfinished.write_bytes(msgspec.msgpack.encode(_Stored(FORMAT, self._passages)))
            unfinished.replace(self._path)
        except OSError as error:
            raise IndexNotWritable(
                f"The search index cannot be written: {error}.",
                "Make the index folder writable or free space on the disk, then build again.",
            ) from error

    def abort(self) -> None:
        """Forget all changes since the last commit."""
        self._passages = _read(self._path) if self._path.exists() else {}

    def __enter__(self) -> MemoryWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """What was not committed was never written, so there is nothing to undo."""


class MemoryEngine:
    """Searches what one file held when it was opened."""

    name = NAME
    capabilities = frozenset(Capability)

    def __init__(
        self,
        passages: Mapping[int, Mapping[str, Positions]],
        field_weights: Mapping[str, float] = FIELD_WEIGHTS,
    ) -> None:
        self._passages = passages
        self._field_weights = field_weights
        self._closed = False

    def search(self, tree: Node, limit: int, within: int | None = None) -> Matches:
        """The passages that ``tree`` matches, best first, at most ``limit``; raises EngineTimeout."""
        self._check_open()
        search = _Search(self._passages, self._statistics, Deadline(_PATIENCE * contract.LONGEST_SEARCH))
        scores = {ordinal: score for ordinal in self._passages for score in search.scores(tree, ordinal)}
        matching = bits_of(scores)
        passing = matching if within is None else matching & within
        ranked = sorted(
            ((ordinal, score) for ordinal, score in scores.items() if passing >> ordinal & 1),
            key=lambda found: (-found[1], found[0]),
        )
        return Matches(tuple(ranked[: max(limit, 0)]), matching, passing.bit_count())

    def count(self) -> int:
        """How many passages the index holds."""
        self._check_open()
        return len(self._passages)

    def frequency(self, token: str) -> int:
        """In how many passages the token stands, in any field; 0 where in none."""
        self._check_open()
        return sum(
            any(token in positions for positions in fields.values()) for fields in self._passages.values()
        )

    def close(self) -> None:
        """Let go of the passages; a search afterwards raises EngineUnavailable."""
        self._closed = True
        self._passages = {}

    def _check_open(self) -> None:
        if self._closed:
            raise EngineUnavailable("The search index was closed.", "Open the index again.")

    @cached_property
    def _statistics(self) -> _Statistics:
        return _Statistics(self._passages, self._field_weights)


class MemoryBackend:
    """Opens and writes the index in a folder."""

    name = NAME

    def writer(self, folder: Path) -> MemoryWriter:
        """A writer on the index in ``folder``; raises IndexDamaged."""
        return MemoryWriter(folder)

    def open(self, folder: Path, field_weights: Mapping[str, float] = FIELD_WEIGHTS) -> MemoryEngine:
        """The engine on the index in ``folder``; raises IndexDamaged."""
        return MemoryEngine(_read(folder / FILE), field_weights)


BACKEND = MemoryBackend()


class _Statistics:
    """What scores need to know of the whole index."""

    def __init__(
        self, passages: Mapping[int, Mapping[str, Positions]], field_weights: Mapping[str, float]
    ) -> None:
        self.passages = len(passages)
        self.field_weights = field_weights
        self.lengths: dict[str, dict[int, int]] = {field: {} for field in FIELD_WEIGHTS}
        self.having: dict[str, dict[str, int]] = {field: defaultdict(int) for field in FIELD_WEIGHTS}
        for ordinal, fields in passages.items():
            for field, positions in fields.items():
                self.lengths[field][ordinal] = sum(map(len, positions.values()))
                for token in positions:
                    self.having[field][token] += 1
        self.means = {
            field: sum(lengths.values()) / max(len(lengths), 1) for field, lengths in self.lengths.items()
        }

    def idf(self, having: int) -> float:
        """The idf of what ``having`` passages have in a field."""
        return bm25.inverse_document_frequency(having, self.passages)


class _Search:
    """One walk of a tree over all passages. ``scores`` gives one score, or none for no match."""

    def __init__(
        self, passages: Mapping[int, Mapping[str, Positions]], statistics: _Statistics, deadline: Deadline
    ) -> None:
        self._passages = passages
        self._statistics = statistics
        self._check_time = deadline.check
        self._joint_idfs: dict[tuple[Words, str], float] = {}

    def scores(self, node: Node, ordinal: int) -> list[float]:
        """[score] where the passage matches, else []."""
        self._check_time()
        match node:
            case Everything():
                return [0.0]
            case Among(ordinals=ordinals):
                return [0.0] if ordinals >> ordinal & 1 else []
            case Term(weight=weight) | Phrase(weight=weight) | Prefix(weight=weight) | OneOf(weight=weight):
                fields = [field for field in self._passages[ordinal] if node.field in ("", field)]
                found = [self._in_field(node, ordinal, field) for field in fields]
                return [weight * sum(found)] if any(found) else []
            case AnyOf(children=children):
                scores = [score for child in children for score in self.scores(child, ordinal)]
                return [sum(scores)] if scores else []
            case Best(children=children):
                scores = [score for child in children for score in self.scores(child, ordinal)]
                return [max(scores)] if scores else []
            case AllOf(children=children):
                scores = [score for child in children for score in self.scores(child, ordinal)]
                return [sum(scores)] if children and len(scores) == len(children) else []
            case Without(wanted=wanted, unwanted=unwanted):
                return [] if self.scores(unwanted, ordinal) else self.scores(wanted, ordinal)

    def _in_field(self, node: Words, ordinal: int, field: str) -> float:
        """The field's share of the score; 0 where it does not match there, else above 0."""
        occurrences = self._occurrences(node, self._passages[ordinal][field])
        if not occurrences:
            return 0.0
        statistics = self._statistics
        penalty = bm25.length_penalty(statistics.lengths[field][ordinal], statistics.means[field])
        return (
            statistics.field_weights[field] * self._idf(node, field) * bm25.saturation(occurrences, penalty)
        )

    def _occurrences(self, node: Words, positions: Positions) -> int:
        match node:
            case Term(token=token):
                return len(positions.get(token, ()))
            case Prefix(prefix=prefix):
                return sum(len(at) for token, at in positions.items() if token.startswith(prefix))
            case OneOf(tokens=tokens):
                return sum(len(positions.get(token, ())) for token in set(tokens))
            case Phrase(tokens=tokens, slop=slop):
                wanted = [set(positions.get(token, ())) for token in tokens]
                return sum(_follow(start, wanted[1:], slop) for start in wanted[0]) if wanted else 0

    def _idf(self, node: Words, field: str) -> float:
        match node:
            case Term(token=token):
                return self._statistics.idf(self._statistics.having[field][token])
            case Phrase(tokens=tokens):
                return sum(self._statistics.idf(self._statistics.having[field][token]) for token in tokens)
            case Prefix(prefix=prefix):
                return self._joint_idf(node, field, lambda token: token.startswith(prefix))
            case OneOf(tokens=tokens):
                return self._joint_idf(node, field, set(tokens).__contains__)

    def _joint_idf(self, node: Words, field: str, is_one: Callable[[str], bool]) -> float:
        """The idf of what any of several tokens is taken for."""
        key = (node, field)
        if key not in self._joint_idfs:
            having = sum(any(map(is_one, fields.get(field, ()))) for fields in self._passages.values())
            self._joint_idfs[key] = self._statistics.idf(having)
        return self._joint_idfs[key]


def _follow(position: int, wanted: list[set[int]], spare: int) -> bool:
    """Whether the wanted positions can follow ``position`` in order with ``spare`` left out in all."""
    if not wanted:
        return True
    return any(
        position + 1 + gap in wanted[0] and _follow(position + 1 + gap, wanted[1:], spare - gap)
        for gap in range(spare + 1)
    )


def _positions(passage: IndexedPassage, field: str) -> Positions:
    found: dict[str, list[int]] = defaultdict(list)
    for token in passage.fields[field]:
        found[token.text].append(token.position)
    return {token: tuple(positions) for token, positions in found.items()}


def _read(path: Path) -> dict[int, dict[str, Positions]]:
    """The passages that the file holds; raises IndexDamaged."""
    hint = "Run `boardsearch rebuild`; papers that were read before are not read again."
    try:
        stored = msgspec.msgpack.decode(path.read_bytes(), type=_Stored)
    except (OSError, msgspec.DecodeError) as error:
        raise IndexDamaged(f"The search index “{path}” cannot be read: {error}.", hint) from error
    if stored.format != FORMAT:
        raise IndexDamaged(f"The search index “{path}” has another format, {stored.format}.", hint)
    return stored.passages
