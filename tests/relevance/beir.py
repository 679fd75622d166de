"""SciFact and NFCorpus (Thakur et al. 2021, "BEIR"): plain ranking, beside Anserini's published BM25.

Each document is a paper of one passage, under its title as document title and as heading; it goes
through the real analyser, the real engine, the closer ranking and the folding of copies. The
vocabulary is off: it is of another field.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from scores import Row

from indexer.build import VERSIONS
from indexer.catalogue import Catalogue
from indexer.generations import FORMAT_VERSION, Manifest, builder_lock, publish, staged
from indexer.model import (
    Document,
    DocumentKind,
    Extract,
    MediaType,
    Part,
    Passage,
    Place,
    Section,
    SourceFile,
    Span,
)
from indexer.search import related
from indexer.search.engines import backend
from indexer.search.library import Library, SearchRequest, open_library
from indexer.search.prepared import indexed, prepare_passage
from indexer.settings import Settings

TARGETS = {"scifact": 0.675, "nfcorpus": 0.320}
NDCG = ir_measures.nDCG @ 10
_ENGINE = "whoosh"


@dataclass(frozen=True, slots=True)
class Judged:
    """A collection's questions and grades, by question and document."""

    questions: dict[str, str]
    grades: dict[str, dict[str, int]]


def measure_collections(shared: Path, folder: Path) -> list[Row]:
    """nDCG@10 of each collection; the questions that find nothing right as misses."""
    convert = [sys.executable, str(shared / "data" / "ir" / "convert.py"), str(folder / "ir"), *TARGETS]
    subprocess.run(convert, check=True, capture_output=True)
    return [_measure(folder / "ir" / name, folder / f"{name}-index") for name in TARGETS]


def _measure(source: Path, index: Path) -> Row:
    judged = read_judged(source)
    passages = index_collection(source / "corpus.jsonl", index)
    with closing(open_library(Settings(index=index))) as library:
        run = {key: found(library, question) for key, question in judged.questions.items()}
    values = {one.query_id: one.value for one in ir_measures.iter_calc([NDCG], judged.grades, run)}
    mean = sum(values.values()) / len(judged.questions)
    misses = tuple(f"{key}: {judged.questions[key]}" for key in judged.questions if not values.get(key))
    detail = f"{len(judged.questions)} questions, {passages:,} documents, {len(misses)} questions with none"
    return Row(source.name, "nDCG@10, vocabulary off", mean, TARGETS[source.name], detail, misses)


def found(library: Library, question: str) -> dict[str, float]:
    """The documents of the ten best hits, the best with the highest score."""
    hits = library.search(SearchRequest(question, expand=False, boilerplate=True)).hits
    return {hit.source.document.file: -float(hit.rank) for hit in hits}


def read_judged(source: Path) -> Judged:
    """The questions and grades of a converted collection."""
    rows = (line.split("\t") for line in (source / "queries.tsv").read_text("utf-8").splitlines())
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in (source / "qrels.tsv").read_text("utf-8").splitlines():
        question, document, grade = line.split("\t")
        grades[question][document] = int(grade)
    return Judged({row[0]: row[1] for row in rows}, dict(grades))


# ---------------------------------------------------------------- an index of documents that were never files


def index_collection(corpus: Path, index: Path) -> int:
    """Make an index of a collection's documents; gives how many passages it holds."""
    with builder_lock(index), staged(index) as folder:
        path = folder / "catalogue.sqlite"
        with Catalogue.create(path) as catalogue, backend(_ENGINE).writer(folder / _ENGINE) as writer:
            for extract in _extracts(corpus):
                (ordinal,) = catalogue.add(extract)
                passage, part, section = extract.passages[0], extract.parts[0], extract.sections[0]
                prepared = prepare_passage(passage, extract.document, part, section)
                catalogue.set_forms([(ordinal, prepared.forms)])
                writer.add([indexed(ordinal, prepared)])
            count = catalogue.passage_count()
            catalogue.commit()
            writer.commit()
        related.write(folder, related.Related())
        publish(index, folder, _manifest(count))
    return count


def _manifest(count: int) -> Manifest:
    return Manifest(FORMAT_VERSION, _ENGINE, "", count, 0, count, count, VERSIONS)


def _extracts(corpus: Path) -> Iterator[Extract]:
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield _extract(row["id"], row["title"], row["text"])


def _extract(key: str, title: str, text: str) -> Extract:
    place, kind = Place(0, len(text), None, ()), DocumentKind.OTHER
    span = Span(0, len(text), None, ())
    return Extract(
        document=Document(key, key, MediaType.TEXT, title, kind, "", None, (), 0),
        source=SourceFile(key, key, MediaType.TEXT, "", len(text), 0),
        pages=(),
        parts=(Part(None, title, kind, "", None, (), 0, 0, place),),
        sections=(Section("s", title, 1, (title,), 0, 0, 0, place),),
        passages=(Passage("p", text, (span,), None, (), section=0, part=0),),
        blocks=(),
    )
