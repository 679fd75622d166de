"""Print the quality figures on the shared papers: retrieval, citations, structure.

    python tests/relevance/measure.py [--shared DIR] [--keep DIR]

Builds an index of each shared folder with the installed command, asks the judged questions, and
checks quotes against another program's text of the pages that they cite.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pypdfium2
from structure import measure_structure

from indexer.catalogue import Catalogue
from indexer.generations import current
from indexer.model import Passage

SAMPLE = 50
"""Passages drawn at random from each collection for the check of citations."""
SEED = 20170914
_WORD = re.compile(r"[^\W_]+")
_RUN = 4


def main() -> int:
    """Run all measurements; 0, or 1 where a command failed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).parents[3] / "shared")
    parser.add_argument("--keep", type=Path, help="folder to leave the indexes in")
    arguments = parser.parse_args()
    if not arguments.shared.is_dir():
        print(f"No folder {arguments.shared}: nothing to measure on.")
        return 0
    with tempfile.TemporaryDirectory() as scratch:
        folder = arguments.keep or Path(scratch)
        measure_retrieval(arguments.shared, folder)
        for name in ("safeguarding", "council"):
            measure_citations(arguments.shared / "data" / name, folder / name)
    measure_structure(arguments.shared)
    return 0


def build(corpus: Path, index: Path) -> dict[str, object]:
    """Build an index and print what it took; gives the build's own report."""
    command = ["build", "--corpus", str(corpus), "--index", str(index), "--jobs", "2", "--json"]
    started = time.perf_counter()
    done = boardsearch(command, allowed=(0, 3))
    seconds = time.perf_counter() - started
    report: dict[str, object] = json.loads(done.splitlines()[-1])
    size = sum(path.stat().st_size for path in index.rglob("*") if path.is_file())
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    pages = int(str(report["pages"]))
    rate = f", {pages / seconds:.0f} pages a second" if pages else ""
    print(
        f"build {corpus.name}: {report['documents']} documents, {pages} pages, {report['passages']} passages"
        f" in {seconds:.1f} s{rate}; index and cache {size / 1e6:.1f} MB; largest process {memory:.0f} MB"
    )
    return report


def boardsearch(arguments: list[str], allowed: tuple[int, ...] = (0,)) -> str:
    """Run the command line; its standard output. Ends the program where it fails."""
    command = [sys.executable, "-m", "indexer", *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in allowed:
        sys.exit(f"boardsearch {' '.join(arguments)} ended with {done.returncode}:\n{done.stderr}")
    return done.stdout


def measure_retrieval(shared: Path, folder: Path) -> None:
    """The judged questions over the text corpus, scored by the shared measure."""
    index = folder / "corpus"
    build(shared / "corpus", index)
    qrels = shared / "gold" / "dev.json"
    asked = json.loads(qrels.read_text())
    questions = folder / "questions.tsv"
    lines = [f"{one['id']}\t{one['query']}" for one in asked["topics"] + asked["known_items"]]
    questions.write_text("\n".join(lines) + "\n")
    started = time.perf_counter()
    run = boardsearch(["batch", str(questions), "--index", str(index), "--limit", "20"])
    seconds = time.perf_counter() - started
    (folder / "run.jsonl").write_text(run)
    score = [sys.executable, str(shared / "gold" / "score.py"), str(folder / "run.jsonl")]
    options = ["--qrels", str(qrels), "--corpus", str(shared / "corpus")]
    print(subprocess.run([*score, *options], capture_output=True, text=True, check=True).stdout.strip())
    print(f"batch: {len(lines)} questions in {seconds:.1f} s, opening the index included")


def measure_citations(corpus: Path, index: Path) -> None:
    """Whether quotes stand on the pages that they cite, by the text that pypdfium2 reads there."""
    report = build(corpus, index)
    unread = report["unread"]
    assert isinstance(unread, list)
    for one in unread:
        page = f" page {one['page']}" if one["page"] else ""
        print(f"  not read: {one['file']}{page}: {one['code']}")
    with Catalogue.open(current(index).catalogue_path) as catalogue:
        cited = [(d.file, p) for d in catalogue.documents() for p in catalogue.passages(d.id) if p.pages]
    drawn = random.Random(SEED).sample(cited, min(SAMPLE, len(cited)))  # noqa: S311 - a sample, no secret
    shares = [share_on_page(corpus / file, passage) for file, passage in drawn]
    exact = sum(share == 1.0 for share in shares)
    print(
        f"citations {corpus.name}: of {len(drawn)} passages drawn, {exact} stand word for word on their pages"
        f", share of {_RUN}-word runs found: mean {statistics.mean(shares):.4f}, least {min(shares):.2f}"
    )


def share_on_page(path: Path, passage: Passage) -> float:
    """The share of a passage's short runs of words that pypdfium2 reads on the cited pages.

    pypdfium2 gives a page's words in the order in which they were drawn. The cells of a table may be drawn
    column by column, so a run is asked for within its cell; running text is asked for across its lines.
    """
    document = pypdfium2.PdfDocument(path)
    try:
        runs = found = 0
        for span_text, page in _texts(passage):
            witness = "".join(_words(document[page - 1].get_textpage().get_text_bounded()))
            wanted = [run for piece in _pieces(span_text) for run in _runs(_words(piece))]
            runs += len(wanted)
            found += sum(run in witness for run in wanted)
        return found / runs if runs else 1.0
    finally:
        document.close()


def _pieces(text: str) -> list[str]:
    """The cells where the text holds rows of a table, else the text."""
    return re.split(r"[\t\n]", text) if "\t" in text else [text]


def _runs(words: list[str]) -> list[str]:
    return ["".join(words[i : i + _RUN]) for i in range(max(1, len(words) - _RUN + 1)) if words]


def _texts(passage: Passage) -> list[tuple[str, int]]:
    """Each span's text with its page; the spans' lengths cut the passage's text apart."""
    texts, offset = [], 0
    for span in passage.spans:
        length = span.end - span.start
        if span.page is not None:
            texts.append((passage.text[offset : offset + length], span.page))
        offset += length + 1
    return texts


def _words(text: str) -> list[str]:
    """Letters and figures alone: spaces and hyphens differ between programs."""
    return _WORD.findall(re.sub(r"[-\u00ad\u2010\u2011\ufffe]\s*\n?\s*", "", text.casefold()))


if __name__ == "__main__":
    sys.exit(main())
