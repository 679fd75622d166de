"""Broken PDFs, each in a process of its own with limits: every one shall end in a state with a name.

Run with a file's path, this module reads that file and prints its state as JSON.
"""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
import time
import warnings
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from scores import Row

from indexer.errors import UnreadableFile
from indexer.extract import extract
from indexer.files import find_files
from indexer.model import MediaType, SourceFile
from indexer.reading import read

SECONDS = 20
BYTES = 1 << 30


@dataclass(frozen=True, slots=True)
class End:
    """How a file ended: a state, whether that is one that a report can name, and what it took."""

    file: str
    state: str
    named: bool
    megabytes: int = 0
    seconds: float = 0.0


def measure_bad_files(shared: Path, cache: Path) -> list[Row]:
    """The share of broken files that end in a named state."""
    del cache  # a reading that is kept would not be put to the test
    folder = shared / "data" / "pdf-bad"
    sources, unread = find_files(folder)
    with ThreadPoolExecutor(2) as pool:
        ends = [End(one.file, one.code, True) for one in unread] + list(pool.map(_end_of, sources))
    states = Counter(end.state.split(":")[0] for end in ends)
    costly = max(ends, key=lambda end: end.megabytes)
    slow = max(ends, key=lambda end: end.seconds)
    detail = ", ".join(f"{count} {state}" for state, count in states.most_common())
    detail += (
        f"; most memory {costly.megabytes} MB ({costly.file}), longest {slow.seconds:.1f} s ({slow.file})"
    )
    misses = tuple(f"{end.file}: {end.state}" for end in ends if not end.named)
    return [
        Row("pdf-bad", "files that end in a named state", 1 - len(misses) / len(ends), 1.0, detail, misses)
    ]


def _end_of(source: SourceFile) -> End:
    command = [sys.executable, __file__, source.path, source.media]
    started = time.perf_counter()
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
    except subprocess.TimeoutExpired:
        return End(source.name, f"hangs: over {SECONDS} s", False, seconds=SECONDS)
    seconds = time.perf_counter() - started
    if done.returncode:
        return End(source.name, f"crash: {done.returncode} {done.stderr[-200:]}", False, seconds=seconds)
    told = json.loads(done.stdout.splitlines()[-1])
    return End(source.name, told["state"], told["named"], told["megabytes"], seconds)


def _state_of(path: Path, media: MediaType) -> tuple[str, bool]:
    """What becomes of a file, and whether a report can name it."""
    source = SourceFile(str(path), path.name, media, "", path.stat().st_size, 0)
    try:
        made = extract(source, read(source))
    except UnreadableFile as error:
        return str(error.reason_code), True
    except MemoryError:
        return f"memory: over {BYTES >> 20} MB", False
    except Exception as error:  # what the reader did not foresee is what is looked for here
        return f"unforeseen: {type(error).__name__}: {error}"[:200], False
    if made.passages:
        return "read", True
    codes = sorted({str(one.code) for one in made.unread})
    return (f"pages {' '.join(codes)}", True) if codes else ("silently empty", False)


def _main(path: str, media: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (BYTES, BYTES))
    logging.disable(logging.ERROR)
    warnings.simplefilter("ignore")
    state, named = _state_of(Path(path), MediaType(media))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(json.dumps({"state": state, "named": named, "megabytes": megabytes}))


if __name__ == "__main__":
    _main(*sys.argv[1:])
