"""Pages as pictures: size, place, errors, threads."""

from __future__ import annotations

import io
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import PageOutOfRange, UnreadableFile
from indexer.page_images import NARROWEST, WIDEST, page_image


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    canvas = Canvas(str(tmp_path / "paper.pdf"), pagesize=(400, 600))
    for number in (1, 2):
        canvas.rect(0, 300 * (number - 1), 400, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return tmp_path / "paper.pdf"


def image_of(path: Path, number: int, width: int) -> Image.Image:
    return Image.open(io.BytesIO(page_image(path, number, width)))


def test_the_picture_is_a_png_of_the_page_asked_for(paper: Path) -> None:
    first, second = (image_of(paper, number, 400).convert("L") for number in (1, 2))
    assert first.format is None and first.size == (400, 600)
    assert (first.getpixel((200, 100)), first.getpixel((200, 500))) == (255, 0)
    assert (second.getpixel((200, 100)), second.getpixel((200, 500))) == (0, 255)
    assert page_image(paper, 1, 400).startswith(b"\x89PNG")


@pytest.mark.parametrize(("asked", "width"), [(1, NARROWEST), (100_000, WIDEST), (640, 640)])
def test_the_width_is_kept_within_bounds(paper: Path, asked: int, width: int) -> None:
    assert image_of(paper, 1, asked).width == width


def test_a_strip_of_a_page_does_not_fill_the_memory(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "strip.pdf"), pagesize=(20, 14_000))
    canvas.showPage()
    canvas.save()
    assert image_of(tmp_path / "strip.pdf", 1, WIDEST).height <= 6000


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_page_that_is_not_there_is_said_so(paper: Path, number: int) -> None:
    with pytest.raises(PageOutOfRange, match="2 pages"):
        page_image(paper, number, 400)


def test_a_file_that_cannot_be_drawn_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.pdf").write_bytes(b"no PDF")
    for name in ("broken.pdf", "missing.pdf"):
        with pytest.raises(UnreadableFile, match=name):
            page_image(tmp_path / name, 1, 400)


def test_threads_get_the_same_picture(paper: Path) -> None:
    expected = page_image(paper, 1, 300)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: page_image(paper, 1, 300), range(24))) == {expected}
