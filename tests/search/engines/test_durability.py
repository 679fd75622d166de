"""What every engine keeps through commits, kills, damage and threads, by the contract."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from indexer.errors import EngineUnavailable, IndexDamaged
from indexer.search.analysis import analyse
from indexer.search.contract import Capability, IndexedPassage, Matches, SearchEngine
from indexer.search.query import AnyOf, Everything, Node, Phrase, Prefix, Term

if TYPE_CHECKING:
    from conftest import Shelf

KILLED = """
import os, pathlib, sys
from indexer.search.analysis import analyse
from indexer.search.contract import IndexedPassage
from indexer.search.engines import backend
with backend(sys.argv[1]).writer(pathlib.Path(sys.argv[2])) as writer:
    writer.remove([0])
    writer.add(IndexedPassage(n, {"text": analyse("neglect")}) for n in range(1, 200))
    os._exit(9)
"""


def passage(ordinal: int, text: str) -> IndexedPassage:
    return IndexedPassage(ordinal, {"text": analyse(text)})


def found(engine: SearchEngine, tree: Node) -> list[int]:
    return [ordinal for ordinal, _ in engine.search(tree, 10).ranked]


def bits(*ordinals: int) -> int:
    return sum(1 << ordinal for ordinal in ordinals)


def cut(path: Path, parts: int) -> None:
    """Leave the file without its last part of so many."""
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - max(len(whole) // parts, 1)])


class TestWriting:
    def test_nothing_is_seen_before_the_first_commit(self, shelf: Shelf) -> None:
        with shelf.backend.writer(shelf.folder) as writer:
            writer.add([passage(0, "neglect")])
            with pytest.raises((EngineUnavailable, IndexDamaged)):
                shelf.backend.open(shelf.folder)
        with pytest.raises((EngineUnavailable, IndexDamaged)):
            shelf.backend.open(shelf.folder)

    def test_nothing_is_seen_before_a_later_commit(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"))
        with shelf.backend.writer(shelf.folder) as writer:
            writer.add([passage(1, "neglect")])
            writer.remove([0])
            assert found(shelf.open(), Term("neglect")) == [0]
            writer.commit()
        assert found(shelf.open(), Term("neglect")) == [1]

    def test_adding_replaces(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"), passage(1, "neglect"))
        shelf.write(passage(0, "abuse"))
        engine = shelf.open()
        assert engine.count() == 2
        assert found(engine, Term("neglect")) == [1]
        assert found(engine, Term("abus")) == [0]
        assert engine.frequency("neglect") == 1

    def test_one_writer_may_add_replace_and_remove_the_same_passage(self, shelf: Shelf) -> None:
        with shelf.backend.writer(shelf.folder) as writer:
            writer.add([passage(0, "first"), passage(0, "second"), passage(1, "gone"), passage(2, "back")])
            writer.remove([1, 2])
            writer.add([passage(2, "again")])
            writer.commit()
        engine = shelf.open()
        assert found(engine, Everything()) == [0, 2]
        assert found(engine, AnyOf((Term("first"), Term("gone"), Term("back")))) == []
        assert found(engine, Term("second")) == [0]
        assert found(engine, Term("again")) == [2]

    def test_removing_what_is_not_there_is_passed_over(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"))
        shelf.write(remove=[5, 5, 99])
        assert found(shelf.open(), Everything()) == [0]

    def test_all_passages_may_be_removed(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"), passage(1, "abuse"))
        shelf.write(remove=[0, 1])
        engine = shelf.open()
        assert engine.count() == 0
        assert engine.search(AnyOf((Term("neglect"), Everything())), 10) == Matches((), 0, 0)
        assert found(shelf.write(passage(2, "neglect")).open(), Term("neglect")) == [2]

    def test_abort_forgets(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"))
        writer_of = shelf.backend.writer(shelf.folder)
        with writer_of as writer:
            writer.add([passage(1, "neglect")])
            writer.remove([0])
            writer.abort()
        assert found(shelf.open(), Everything()) == [0]
        assert found(shelf.write(passage(2, "neglect")).open(), Everything()) == [0, 2]

    @pytest.mark.parametrize("error", [None, KeyboardInterrupt()])
    def test_leaving_without_a_commit_forgets(self, shelf: Shelf, error: BaseException | None) -> None:
        shelf.write(passage(0, "neglect"))

        def leave() -> None:
            with shelf.backend.writer(shelf.folder) as writer:
                writer.add([passage(1, "neglect")])
                if error is not None:
                    raise error

        if error is None:
            leave()
        else:
            with pytest.raises(KeyboardInterrupt):
                leave()
        assert found(shelf.open(), Everything()) == [0]
        assert found(shelf.write(passage(2, "x")).open(), Everything()) == [0, 2]

    @pytest.mark.slow
    def test_a_writer_that_is_killed_leaves_the_old_index_and_no_lock(self, shelf: Shelf) -> None:
        shelf.write(passage(0, "neglect"))
        killed = subprocess.run(
            [sys.executable, "-c", KILLED, shelf.backend.name, str(shelf.folder)], check=False
        )
        assert killed.returncode == 9
        assert found(shelf.open(), Everything()) == [0]
        assert found(shelf.write(passage(2, "x")).open(), Everything()) == [0, 2]

    def test_an_open_engine_keeps_what_it_saw(self, shelf: Shelf) -> None:
        shelf.write(*(passage(ordinal, "neglect") for ordinal in range(20)))
        engine = shelf.open()
        for ordinal in range(20, 40):
            shelf.write(passage(ordinal, "neglect"), remove=[ordinal - 20])
        assert engine.search(Term("neglect"), 50).matching == bits(*range(20))
        assert engine.count() == 20
        assert shelf.open().search(Term("neglect"), 50).matching == bits(*range(20, 40))

    def test_passages_may_come_from_a_generator(self, shelf: Shelf) -> None:
        with shelf.backend.writer(shelf.folder) as writer:
            writer.add(passage(ordinal, "neglect") for ordinal in range(3))
            writer.remove(ordinal for ordinal in (1,))
            writer.commit()
        assert found(shelf.open(), Everything()) == [0, 2]


class TestFailure:
    """A failure is raised. It never looks like a search that found nothing."""

    def test_a_folder_that_is_not_there(self, shelf: Shelf) -> None:
        with pytest.raises((EngineUnavailable, IndexDamaged)) as raised:
            shelf.backend.open(shelf.folder)
        assert raised.value.hint

    def test_an_empty_folder(self, shelf: Shelf) -> None:
        shelf.folder.mkdir()
        with pytest.raises((EngineUnavailable, IndexDamaged)):
            shelf.backend.open(shelf.folder)

    # Whoosh leaves a file that it stumbles over to the garbage collector, which closes it.
    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    @pytest.mark.parametrize("damage", [Path.unlink, lambda path: cut(path, 2), lambda path: cut(path, 10)])
    def test_any_file_lost_or_cut_short(self, shelf: Shelf, damage: Callable[[Path], None]) -> None:
        words = " ".join(f"neglect{number}" for number in range(100))
        shelf.write(*(passage(ordinal, f"neglect {words}") for ordinal in range(30)))
        files = sorted(path for path in shelf.folder.iterdir() if path.stat().st_size)
        assert files
        for path in files:
            whole = path.read_bytes()
            damage(path)
            with pytest.raises((EngineUnavailable, IndexDamaged)):
                shelf.backend.open(shelf.folder).search(Term("neglect"), 10)
            path.write_bytes(whole)
        assert shelf.open().search(Term("neglect"), 10).total == 30

    def test_a_closed_engine_says_so(self, shelf: Shelf) -> None:
        engine = shelf.write(passage(0, "neglect")).open()
        assert found(engine, Term("neglect")) == [0]
        engine.close()
        engine.close()
        asks: tuple[Callable[[], object], ...] = (
            lambda: engine.search(Term("neglect"), 10),
            lambda: engine.search(Everything(), 10),
            lambda: engine.frequency("neglect"),
            engine.count,
        )
        for ask in asks:
            with pytest.raises(EngineUnavailable):
                ask()


@pytest.fixture
def hasty_threads() -> Iterator[None]:
    """Threads that interrupt each other at nearly every step."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("hasty_threads")
def test_threads_may_share_an_engine(shelf: Shelf) -> None:
    # Long enough for posting lists of several blocks each.
    shelf.write(*(passage(o, f"w{o % 2} w{o % 3} v{o % 5}") for o in range(600)))
    trees: list[Node] = [
        tree
        for a in range(3)
        for b in range(5)
        for tree in (Term(f"w{a}"), Term(f"v{b}"), Phrase((f"w{a}", f"v{b}"), 1), Prefix("w"))
    ]
    alone = shelf.open(Capability.PHRASE, Capability.PREFIX)
    expected = [alone.search(tree, 10) for tree in trees]
    shared = shelf.open()
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda tree: shared.search(tree, 10), trees)) == expected
