"""The default engine: Whoosh-Reloaded keeps the postings on disk, and we score them.

Whoosh's own matchers make several Python calls for each posting of each field. Here a term's posting
list is read once, whole, and scored in one go (see ``scoring``), which is many times faster, and
exact: Whoosh keeps field lengths rounded to a byte and counts deleted passages in its statistics, we
do neither. docs/decisions/0010-engine-contract.md has the figures.

A passage is a Whoosh document: three indexed fields that take our tokens as they are, and four
columns, its ordinal and the three fields' exact lengths.
"""

from __future__ import annotations

import struct
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

import numpy as np

from indexer.errors import BoardsearchError, BuildRunning, EngineUnavailable, IndexDamaged, IndexNotWritable
from indexer.search import contract
from indexer.search.analysis import Placed, Token
from indexer.search.contract import FIELD_WEIGHTS, Capability, IndexedPassage, Matches
from indexer.search.engines.accumulate import Numbers, evaluate, matches_of
from indexer.search.engines.deadline import Deadline
from indexer.search.engines.postings import NO_POSTINGS, Postings
from indexer.search.engines.scoring import NO_ORDINAL, Scorer
from indexer.search.query import Node

with warnings.catch_warnings():
    # Its sources hold invalid escapes, of which newer Pythons warn when they first compile them;
    # what it would import later, inside functions, is imported here too.
    warnings.simplefilter("ignore")
    from whoosh import index as whoosh_index
    from whoosh.codec.whoosh3 import W3Codec, W3LeafMatcher
    from whoosh.columns import NumericColumn
    from whoosh.fields import COLUMN, FieldType, Schema
    from whoosh.formats import Format
    from whoosh.reading import EmptyReader, SegmentReader, TermNotFound
    from whoosh.writing import OPTIMIZE, LockError, SegmentWriter

NAME = "whoosh"
MOST_SEGMENTS = 8
"""A generation is searched far more often than written: above this all segments become one."""
MOST_DELETED = 0.25
"""Nor may a larger share of a search's work be spent on passages that are gone."""

Block = tuple[Numbers, Sequence[float], Sequence[bytes]]
"""Document numbers, frequencies and packed positions, side by side."""

POSITION = np.dtype("<u4")
"""A position as it is packed."""
_BUILD_AGAIN = "Run `boardsearch rebuild`; papers that were read before are not read again."


class TokenPositions(Format):  # type: ignore[misc]  # Whoosh is published without types
    """A posting's value: the token's positions in the field, four bytes each, so that those of a whole
    posting list are read as one array."""

    posting_size = -1  # values vary in length


class TokenField(FieldType):  # type: ignore[misc]
    """A field that takes analysed tokens; Whoosh's own analysis is not used."""

    def __init__(self) -> None:
        super().__init__(format=TokenPositions(), analyzer=None, scorable=False, stored=False)

    def index(self, value: Sequence[Token | Placed], **_: object) -> list[tuple[bytes, int, float, bytes]]:
        """(token, frequency, weight, positions) for each of the tokens; the name is Whoosh's."""
        found: dict[str, list[int]] = defaultdict(list)
        for token in value:
            found[token.text].append(token.position)
        return [(text.encode(), len(at), float(len(at)), _pack_positions(*at)) for text, at in found.items()]


@lru_cache(maxsize=4096)  # nine in ten are one position
def _pack_positions(*positions: int) -> bytes:
    return struct.pack(f"<{len(positions)}I", *positions)


def _schema() -> Any:
    lengths = {_length_column(field): COLUMN(NumericColumn("I")) for field in FIELD_WEIGHTS}
    ordinal = COLUMN(NumericColumn("q", default=NO_ORDINAL))
    return Schema(ordinal=ordinal, **lengths, **{field: TokenField() for field in FIELD_WEIGHTS})


def _codec() -> Any:
    """Whoosh's own, which else looks for the field's rounded length at each posting: our fields have none,
    and each look asks the file system, which is more than half of a commit's time."""
    codec = W3Codec()
    codec.length_stats = False
    return codec


def _length_column(field: str) -> str:
    return f"{field}_length"


# ---------------------------------------------------------------- writing


class WhooshWriter:
    """Changes to the index in a folder. Good for one commit; a context manager that aborts unless
    committed. Keeps about as much in memory as Whoosh's own buffer, 128 MB."""

    def __init__(self, folder: Path) -> None:
        with _writing(folder):
            folder.mkdir(parents=True, exist_ok=True)
            is_there = whoosh_index.exists_in(folder)
            index = whoosh_index.open_dir(folder) if is_there else whoosh_index.create_in(folder, _schema())
            self._writer: Any = index.writer(codec=_codec())
        self._folder = folder
        try:
            self._committed = self._read_ordinals()
        except BaseException:
            self._writer.cancel()
            raise
        self._added: dict[int, int] = {}

    def add(self, passages: Iterable[IndexedPassage]) -> None:
        """Take passages in; an ordinal that is there already is replaced."""
        with _writing(self._folder):
            for passage in passages:
                self._delete(passage.ordinal)
                self._added[passage.ordinal] = self._writer.docnum
                fields = {
                    field: passage.fields[field] for field in FIELD_WEIGHTS if passage.fields.get(field)
                }
                lengths = {_length_column(field): len(tokens) for field, tokens in fields.items()}
                self._writer.add_document(ordinal=passage.ordinal, **lengths, **fields)

    def remove(self, ordinals: Iterable[int]) -> None:
        """Take passages out; ordinals that are not there are passed over."""
        with _writing(self._folder):
            for ordinal in ordinals:
                self._delete(ordinal)

    def commit(self) -> None:
        """Make all changes durable, merging segments where there are too many."""
        with _writing(self._folder):
            self._writer.commit(mergetype=_merge)

    def abort(self) -> None:
        """Forget all changes."""
        if not self._writer.is_closed:
            self._writer.cancel()

    def __enter__(self) -> WhooshWriter:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.abort()

    def _read_ordinals(self) -> dict[int, int]:
        """The document number of each ordinal that was committed earlier."""
        found: dict[int, int] = {}
        with _reading(self._folder):
            offset = 0
            for segment in self._writer.segments:
                reader = SegmentReader(self._writer.storage, self._writer.schema, segment)
                for docnum, ordinal in enumerate(_live_ordinals(reader)):
                    found[ordinal] = offset + docnum
                offset += segment.doc_count_all()
                reader.close()
        found.pop(NO_ORDINAL, None)
        return found

    def _delete(self, ordinal: int) -> None:
        if ordinal in self._added:
            # Whoosh's own deletion reaches committed segments only.
            self._writer.newsegment.delete_document(self._added.pop(ordinal))
        elif ordinal in self._committed:
            self._writer.delete_document(self._committed.pop(ordinal))


def _merge(writer: SegmentWriter, segments: list[Any]) -> list[Any]:
    """Whoosh's merge policy: the segments to leave as they are, all others written into the new one."""
    kept = [segment for segment in segments if segment.doc_count()]
    passages = sum(segment.doc_count_all() for segment in kept)
    deleted = sum(segment.deleted_count() for segment in kept)
    if len(kept) >= MOST_SEGMENTS or deleted > MOST_DELETED * passages:
        return list(OPTIMIZE(writer, kept))
    return kept


# ---------------------------------------------------------------- searching


class WhooshEngine:
    """Searches the index as it was when opened. Threads may share it: what is decoded is immutable,
    and the files, whose read position is shared, are read under a lock."""

    name = NAME
    capabilities = frozenset(Capability)

    def __init__(self, folder: Path, field_weights: Mapping[str, float] = FIELD_WEIGHTS) -> None:
        self._folder = folder
        self._lock = Lock()
        self._closed = False
        with _reading(folder):
            self._segments = _open_segments(folder)
            self._scorer = Scorer(self._segments, self._files, field_weights)

    def search(self, tree: Node, limit: int, within: int | None = None) -> Matches:
        """The passages that ``tree`` matches, best first, at most ``limit``; raises EngineTimeout."""
        self._check_open()
        check = Deadline(contract.LONGEST_SEARCH).check
        return matches_of(evaluate(tree, lambda leaf: self._scorer.scores(leaf, check)), limit, within)

    def count(self) -> int:
        """How many passages the index holds."""
        self._check_open()
        return self._scorer.passages

    def frequency(self, token: str) -> int:
        """In how many passages the token stands, in any field; 0 where in none."""
        self._check_open()
        return self._scorer.frequency(token)

    def close(self) -> None:
        """Give the files back; a search afterwards raises EngineUnavailable."""
        with self._lock:
            if not self._closed:
                self._closed = True
                for segment in self._segments:
                    segment.close()

    @contextmanager
    def _files(self) -> Iterator[None]:
        with self._lock, _reading(self._folder):
            self._check_open()
            yield

    def _check_open(self) -> None:
        if self._closed:
            raise EngineUnavailable("The search index was closed.", "Open the index again.")


class WhooshSegment:
    """One of the index's segments: its columns in memory, its postings to be read."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        # A handle of our own, since Whoosh's filters deleted passages one call at a time.
        self._file = reader.segment().open_file(reader.storage(), W3Codec.POSTS_EXT)
        self.ordinals = np.array(_live_ordinals(reader), np.int64)
        self.lengths = {
            field: np.array(reader.column_reader(_length_column(field)).load(), np.float64)
            for field in FIELD_WEIGHTS
        }

    def postings(self, field: str, token: str) -> Postings:
        """Where the token stands in the field."""
        blocks = list(self._blocks(field, token.encode()))
        if not blocks:
            return NO_POSTINGS
        docs, counts, values = zip(*blocks, strict=True)
        packed = b"".join(chain.from_iterable(values))
        return Postings(
            np.concatenate(docs, dtype=np.int64),
            np.concatenate(counts, dtype=np.float64),
            np.frombuffer(packed, POSITION).astype(np.int64),
        )

    def beginning(self, field: str, prefix: str) -> list[str]:
        """The tokens of the field that begin so."""
        return [token.decode() for token in self._reader.expand_prefix(field, prefix)]

    def close(self) -> None:
        """Close the files."""
        self._file.close()
        self._reader.close()

    def _blocks(self, field: str, token: bytes) -> Iterator[Block]:
        """The token's postings, block by block; those of deleted documents are there too."""
        try:
            info = self._reader.term_info(field, token)
        except TermNotFound:
            return
        if info.is_inlined():
            ids, weights, values = info.inlined_postings()
            yield np.array(ids, np.int64), weights, values
        else:
            yield from PostingBlocks(self._file, *info.extent(), TokenPositions()).blocks()


class PostingBlocks(W3LeafMatcher):  # type: ignore[misc]
    """Whoosh's reader of a posting list, which gives a whole block at a time: a hundred postings cost
    what one does by its own calls for each posting's number, weight and value."""

    def blocks(self) -> Iterator[Block]:
        """Each block from the first to the last."""
        while self.is_active():
            self._read_data()
            ids = np.cumsum(self._data[0], dtype=np.int64)  # each is kept as what it is more than the last
            self._read_weights()
            self._read_values()
            yield ids, self._weights, self._values
            self._next_block()


def _open_segments(folder: Path) -> list[WhooshSegment]:
    index = whoosh_index.open_dir(folder, readonly=True)
    if index.latest_generation() == 0:
        raise IndexDamaged(f"The search index in “{folder}” was begun but never finished.", _BUILD_AGAIN)
    reader: Any = index.reader()
    if isinstance(reader, EmptyReader):
        return []
    return [WhooshSegment(leaf) for leaf, _ in reader.leaf_readers()]


def _live_ordinals(reader: Any) -> list[int]:
    """The ordinal of each document of a segment, ``NO_ORDINAL`` where it is deleted."""
    ordinals: list[int] = list(reader.column_reader("ordinal"))
    for doc in reader.segment().deleted_docs():
        ordinals[doc] = NO_ORDINAL
    return ordinals


# ---------------------------------------------------------------- backend and errors


class WhooshBackend:
    """Opens and writes the index in a folder."""

    name = NAME

    def writer(self, folder: Path) -> WhooshWriter:
        """A writer on the index in ``folder``, made where absent; raises BuildRunning where another
        is open, IndexNotWritable, IndexDamaged."""
        return WhooshWriter(folder)

    def open(self, folder: Path, field_weights: Mapping[str, float] = FIELD_WEIGHTS) -> WhooshEngine:
        """The engine on the index in ``folder``; raises IndexDamaged or EngineUnavailable."""
        return WhooshEngine(folder, field_weights)


BACKEND = WhooshBackend()


@contextmanager
def _reading(folder: Path) -> Iterator[None]:
    """Say in our own words why an index could not be read."""
    try:
        yield
    except BoardsearchError:
        raise
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            raise _damaged(folder, error) from error
        raise EngineUnavailable(
            f"The search index in “{folder}” cannot be opened: {error}.",
            "Make the folder readable to this user, then try again.",
        ) from error
    except Exception as error:
        # A damaged file can make Whoosh stumble anywhere: pickle, zlib, struct, or its own checks.
        raise _damaged(folder, error) from error


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    """Say in our own words why an index could not be written."""
    try:
        yield
    except BoardsearchError:
        raise
    except LockError as error:
        raise BuildRunning(
            f"The search index in “{folder}” is being written already.", "Wait until that build has ended."
        ) from error
    except OSError as error:
        raise IndexNotWritable(
            f"The search index in “{folder}” cannot be written: {error}.",
            "Make the folder writable or free space on the disk, then build again.",
        ) from error
    except Exception as error:
        raise _damaged(folder, error) from error


def _damaged(folder: Path, error: Exception) -> IndexDamaged:
    reason = f"{type(error).__name__}: {error}".rstrip(": ")
    return IndexDamaged(f"The search index in “{folder}” is damaged ({reason}).", _BUILD_AGAIN)
