"""Page images: drawn when asked for, kept in memory within bounds of number and size."""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from indexer.model import SourceFile
from indexer.page_images import page_image

WIDTHS = (600, 900, 1200, 1800)
"""Widths in pixels that are drawn; any other is rounded up, so that one page has few images."""
MOST_IMAGES = 256
MOST_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ImageKey:
    """Which image: of which bytes, which page (from 1), how wide (pixels, one of ``WIDTHS``)."""

    checksum: str
    page: int
    width: int

    @property
    def etag(self) -> str:
        """The same for the same image, without drawing it."""
        return hashlib.sha256(f"{self.checksum}/{self.page}/{self.width}".encode()).hexdigest()[:32]


def drawn_width(asked: int) -> int:
    """The width that is drawn where ``asked`` pixels were asked for."""
    return next((width for width in WIDTHS if width >= asked), WIDTHS[-1])


class PageImages:
    """A least-recently-used store of page images."""

    def __init__(self, most_images: int = MOST_IMAGES, most_bytes: int = MOST_BYTES) -> None:
        self.most_images = most_images
        self.most_bytes = most_bytes
        self._images: OrderedDict[ImageKey, bytes] = OrderedDict()
        self._bytes = 0
        self._store = Lock()
        self._drawing = Lock()

    def get(self, path: Path, source: SourceFile, page: int, width: int) -> bytes:
        """PNG bytes of a page of the file at ``path``, whose content is known to be ``source``'s.

        Raises PageOutOfRange or UnreadableFile as drawing does.
        """
        key = ImageKey(source.checksum, page, drawn_width(width))
        found = self._find(key)
        if found is not None:
            return found
        # One at a time: a burst of requests must not hold many drawn pages in memory at once.
        with self._drawing:
            found = self._find(key)
            if found is None:
                found = page_image(path, page, key.width)
                self._keep(key, found)
        return found

    def forget(self, checksum: str) -> None:
        """Drop every image of a file."""
        with self._store:
            for key in [key for key in self._images if key.checksum == checksum]:
                self._bytes -= len(self._images.pop(key))

    def size(self) -> tuple[int, int]:
        """How many images are kept, and their bytes in all."""
        with self._store:
            return len(self._images), self._bytes

    def _find(self, key: ImageKey) -> bytes | None:
        with self._store:
            if key in self._images:
                self._images.move_to_end(key)
            return self._images.get(key)

    def _keep(self, key: ImageKey, image: bytes) -> None:
        with self._store:
            self._images[key] = image
            self._bytes += len(image)
            while self._images and (len(self._images) > self.most_images or self._bytes > self.most_bytes):
                _, dropped = self._images.popitem(last=False)
                self._bytes -= len(dropped)
