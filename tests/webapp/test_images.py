"""Page images are kept within bounds, and drawn once."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.model import MediaType, SourceFile
from webapp import images
from webapp.images import WIDTHS, ImageKey, PageImages, drawn_width

SOURCE = SourceFile("/x.pdf", "x.pdf", MediaType.PDF, "c" * 64, 9, 0)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """The (page, width) of every image that was drawn; each is 100 bytes."""
    calls: list[tuple[int, int]] = []

    def draw(path: Path, page: int, width: int) -> bytes:
        calls.append((page, width))
        return b"x" * 100

    monkeypatch.setattr(images, "page_image", draw)
    return calls


def ask(store: PageImages, *pages: int, width: int = 600) -> None:
    for page in pages:
        store.get(Path("/x.pdf"), SOURCE, page, width)


def test_an_image_is_drawn_once(drawn: list[tuple[int, int]]) -> None:
    ask(PageImages(), 1, 1, 1)
    assert drawn == [(1, 600)]


def test_widths_that_differ_by_little_are_one_image(drawn: list[tuple[int, int]]) -> None:
    store = PageImages()
    for width in (601, 700, 900):
        ask(store, 1, width=width)
    assert drawn == [(1, 900)]


def test_the_one_not_asked_for_longest_goes_first(drawn: list[tuple[int, int]]) -> None:
    store = PageImages(most_images=2)
    ask(store, 1, 2, 1, 3, 1)
    assert [page for page, _ in drawn] == [1, 2, 3]
    ask(store, 2)
    assert [page for page, _ in drawn] == [1, 2, 3, 2]


def test_bytes_are_bounded(drawn: list[tuple[int, int]]) -> None:
    store = PageImages(most_bytes=250)
    ask(store, 1, 2, 3, 4)
    assert store.size() == (2, 200)


def test_an_image_larger_than_all_room_is_given_and_not_kept(drawn: list[tuple[int, int]]) -> None:
    store = PageImages(most_bytes=50)
    assert len(store.get(Path("/x.pdf"), SOURCE, 1, 600)) == 100
    assert store.size() == (0, 0)


@pytest.mark.parametrize(("asked", "width"), [(0, WIDTHS[0]), (600, 600), (601, 900), (10**9, WIDTHS[-1])])
def test_drawn_width(asked: int, width: int) -> None:
    assert drawn_width(asked) == width


def test_an_etag_is_of_content_page_and_width() -> None:
    keys = {ImageKey(c, p, w).etag for c in "ab" for p in (1, 11) for w in WIDTHS}
    assert len(keys) == 2 * 2 * len(WIDTHS)
