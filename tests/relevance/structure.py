"""Print how true reading, structure, metadata and plain ranking are, each figure beside its target.

    python tests/relevance/structure.py [--shared DIR] [--only NAME] [--misses N]

Measures: papers (two judged papers), bookmarks, inquiry, bad (broken PDFs), copies, collections
(SciFact and NFCorpus, about three minutes). What each counts as right is said in the module that measures it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bad_files import measure_bad_files
from beir import measure_collections
from cited_pages import measure_bookmarks, measure_inquiry
from copies import measure_copies
from judged_papers import measure_papers
from scores import Row

Measure = Callable[[Path, Path], list[Row]]

MEASURES: dict[str, Measure] = {
    "papers": measure_papers,
    "bookmarks": measure_bookmarks,
    "inquiry": measure_inquiry,
    "bad": measure_bad_files,
    "copies": measure_copies,
    "collections": measure_collections,
}
"""Each takes the shared folder and a folder for readings that later measures use again."""


def main() -> int:
    """Run the measures asked for; always 0: a figure under its target is printed, not an error."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[3] / "shared")
    parser.add_argument("--only", choices=sorted(MEASURES), help="run this measure alone")
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="list so many misses under each figure"
    )
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        print(f"No folder {arguments.shared}: nothing to measure on.")
        return 0
    measure_structure(arguments.shared, arguments.only, arguments.misses)
    return 0


def measure_structure(shared: Path, only: str | None = None, misses: int = 0) -> list[Row]:
    """Print the rows of all measures, or of one, as they come; gives them too."""
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for name, measure in MEASURES.items():
            if only is None or name == only:
                started = time.perf_counter()
                own = measure(shared, Path(cache))
                for row in own:
                    _print(row, misses)
                print(f"  ({name}: {time.perf_counter() - started:.0f} s)", flush=True)
                rows += own
    return rows


def _print(row: Row, misses: int) -> None:
    print(row.text(), flush=True)
    for miss in row.misses[:misses]:
        print(f"    {miss}")
    left = len(row.misses) - misses
    if misses and left > 0:
        print(f"    and {left} more")


if __name__ == "__main__":
    sys.exit(main())
