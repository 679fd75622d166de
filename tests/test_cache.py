"""A cached reading is the reading, or nothing."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.cache import ReadingCache
from indexer.model import Bookmark, Box, Line, MediaType, Page, Reading, SourceFile, UnreadCode

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
units = st.floats(0, 1)
lines = st.builds(
    Line,
    st.integers(0, 100),
    st.integers(0, 100),
    st.none() | st.integers(1, 9),
    st.none() | st.integers(1, 9),
    st.none() | st.builds(Box, units, units, units, units),
    st.none() | units,
    st.booleans(),
    st.just(()) | st.just(((0, 1), (2, 3))),
    st.none() | st.integers(1, 6),
)
readings = st.builds(
    Reading,
    texts,
    st.lists(lines, max_size=4).map(tuple),
    st.just(())
    | st.builds(Page, st.just(1), texts, units, units, st.just(0), st.just(1)).map(lambda p: (p,)),
    st.just(()) | st.builds(Bookmark, texts, st.just(1), st.just(1)).map(lambda b: (b,)),
    texts,
    st.just(()) | st.just(((2, UnreadCode.NEEDS_OCR),)),
)


def a_source(checksum: str = "ab" * 32, media: MediaType = MediaType.TEXT) -> SourceFile:
    return SourceFile("/papers/a.txt", "a.txt", media, checksum, 1, 1)


@given(readings)
def test_gives_back_what_it_was_given(reading: Reading) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        cache = ReadingCache(Path(folder), "1")
        cache.put(a_source(), reading)
        assert cache.get(a_source()) == reading


def test_another_file_type_or_version_is_another_reading(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, "1")
    cache.put(a_source(), Reading("words", ()))
    assert cache.get(a_source("cd" * 32)) is None
    assert cache.get(a_source(media=MediaType.MARKDOWN)) is None
    assert ReadingCache(tmp_path, "2").get(a_source()) is None


def test_a_damaged_entry_is_no_entry(tmp_path: Path) -> None:
    cache = ReadingCache(tmp_path, "1")
    cache.put(a_source(), Reading("words", ()))
    (path,) = (path for path in tmp_path.rglob("*") if path.is_file())
    for damage in (b"", path.read_bytes()[:-3], b"\xff" * 40):
        path.write_bytes(damage)
        assert cache.get(a_source()) is None


def test_keeps_only_what_is_wanted(tmp_path: Path) -> None:
    kept, dropped = a_source(), a_source("cd" * 32)
    old, cache = ReadingCache(tmp_path, "1"), ReadingCache(tmp_path, "2")
    old.put(kept, Reading("old", ()))
    for source in (kept, dropped):
        cache.put(source, Reading("words", ()))
    (tmp_path / "readings-2" / "ab" / "left.123.tmp").write_bytes(b"half")
    cache.keep_only([kept])
    assert cache.get(kept) is not None
    assert cache.get(dropped) is None
    assert sum(path.is_file() for path in tmp_path.rglob("*")) == 1
