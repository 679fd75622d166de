"""How far a build has come, told to whoever waits: a bar, plain lines, or nothing."""

from __future__ import annotations

import contextlib
import json
import sys
import time
from pathlib import Path
from typing import Never, Protocol, TextIO

from tqdm import tqdm

_BAR = "{desc}: {percentage:3.0f}%|{bar}| {n_fmt} of {total_fmt} files, {elapsed}, {remaining} left{postfix}"
_EVERY = 5.0
"""Seconds between plain lines."""


class Progress(Protocol):
    """What a build tells of itself. ``start``, then ``advance`` for each file, then ``finish``."""

    def start(self, files: int) -> None:
        """So many files are to be read."""

    def advance(self, file: str, pages: int) -> None:
        """A file was dealt with; it had so many pages."""

    def step(self, what: str) -> None:
        """Another stage of the build begins: a few words."""

    def finish(self) -> None:
        """No more is to come."""


class Silent:
    """Says nothing."""

    def start(self, files: int) -> None:
        """Nothing."""

    def advance(self, file: str, pages: int) -> None:
        """Nothing."""

    def step(self, what: str) -> None:
        """Nothing."""

    def finish(self) -> None:
        """Nothing."""


class Noted:
    """Written into a file as JSON, for programs that watch: each time the whole of it, in one step."""

    def __init__(self, path: Path, beside: Progress) -> None:
        """``beside`` is told as well."""
        self._path = path
        self._beside = beside
        self._files = self._done = 0
        self._last = ""

    def start(self, files: int) -> None:
        """Note how many files there are to read."""
        self._files = files
        self._note("Reading")
        self._beside.start(files)

    def advance(self, file: str, pages: int) -> None:
        """Note the file."""
        self._done, self._last = self._done + 1, file
        self._note("Reading")
        self._beside.advance(file, pages)

    def step(self, what: str) -> None:
        """Note what begins."""
        self._note(what)
        self._beside.step(what)

    def finish(self) -> None:
        """Nothing more to note: the command's own end says what came of it."""
        self._beside.finish()

    def _note(self, step: str) -> None:
        told = {"files": self._files, "done": self._done, "last": self._last, "step": step}
        fresh = self._path.with_name(f"{self._path.name}.tmp")
        # Whoever watches misses a line; the build is worth more than what is told of it.
        with contextlib.suppress(OSError):
            fresh.write_text(json.dumps(told), "utf-8")
            fresh.replace(self._path)


class Bar:
    """A bar on a terminal: files, pages a second, time left."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._bar: tqdm[Never] | None = None
        self._pages = 0

    def start(self, files: int) -> None:
        """Draw the bar."""
        # The time left is by the mean of all files so far: papers differ too much for the last few to tell.
        self._bar = tqdm(
            total=files,
            desc="Reading",
            bar_format=_BAR,
            smoothing=0,
            file=self._stream,
            dynamic_ncols=True,
        )

    def advance(self, file: str, pages: int) -> None:
        """Move the bar on by one file."""
        if self._bar is None:
            return
        self._pages += pages
        elapsed = float(self._bar.format_dict["elapsed"]) or 1.0
        self._bar.set_postfix_str(
            f"{self._pages:,} pages, {self._pages / elapsed:.1f} a second", refresh=False
        )
        self._bar.update()

    def step(self, what: str) -> None:
        """Name the stage on the bar."""
        if self._bar is not None:
            self._bar.set_description_str(what)

    def finish(self) -> None:
        """Leave the bar as it stands and go to the next line."""
        if self._bar is not None:
            self._bar.close()


class Lines:
    """A line every few seconds: for logs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total = self._files = self._pages = 0
        self._told = 0.0

    def start(self, files: int) -> None:
        """Say how many files there are to read."""
        self._total = files
        self._say(f"Reading {_files(files)}.")

    def advance(self, file: str, pages: int) -> None:
        """Say how far it is, if it was not said just now."""
        self._files += 1
        self._pages += pages
        if time.monotonic() - self._told >= _EVERY:
            so_far = "1 page" if self._pages == 1 else f"{self._pages:,} pages"
            self._say(f"{self._files:,} of {_files(self._total)} read, {so_far}; last: {file}")

    def step(self, what: str) -> None:
        """Say what begins."""
        self._say(f"{what}.")

    def finish(self) -> None:
        """Nothing more to say."""

    def _say(self, text: str) -> None:
        self._told = time.monotonic()
        print(text, file=self._stream, flush=True)


def _files(number: int) -> str:
    return "1 file" if number == 1 else f"{number:,} files"


def progress_for(stream: TextIO = sys.stderr, quiet: bool = False) -> Progress:
    """A bar where ``stream`` is a terminal; else lines, or nothing where they would be in the way."""
    if stream.isatty():
        return Bar(stream)
    return Silent() if quiet else Lines(stream)
