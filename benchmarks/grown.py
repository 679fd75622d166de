"""An index of as many passages as are wanted, grown from the sample board's own by a seed.

Each grown paper is one of the sample's with its structure as it is: parts, sections, years, subgroups,
statements, the length of each passage. The words are new: a walk over which word follows which in the
sample (a Markov chain of order one), which keeps the commonness of words and of neighbours, with one
word in fifty taken from ten thousand made-up names, as more papers bring more names. One passage in
twenty stands again, word for word, in the next paper, so that copies are folded. For speed alone:
the passages mean nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, cycle
from pathlib import Path
from random import Random

from benchmarks.synthetic import made_up_words
from indexer.build import VERSIONS
from indexer.catalogue import Catalogue
from indexer.duplicates import likeness
from indexer.generations import FORMAT_VERSION, Manifest, builder_lock, current, publish, staged
from indexer.ingest import Ingested
from indexer.model import Document, Extract, Part, Passage, Section, SourceFile
from indexer.search import related
from indexer.search.engines import backend
from indexer.search.prepared import prepare
from indexer.writing import Writing

ENGINE = "whoosh"
_NAMES = 10_000
_NAME_EVERY = 50
_COPY_EVERY = 20


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of the sample, as the catalogue holds it."""

    document: Document
    parts: tuple[Part, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]


def grow_index(sample: Path, index: Path, passages: int, seed: int = 3) -> None:
    """Make an index of ``passages`` passages from the index ``sample``; the same for the same seed."""
    with Catalogue.open(current(sample).catalogue_path) as catalogue:
        papers = [_paper(catalogue, document) for document in catalogue.documents()]
    with builder_lock(index), staged(index) as folder:
        path = folder / "catalogue.sqlite"
        with Catalogue.create(path) as catalogue, backend(ENGINE).writer(folder / ENGINE) as writer:
            writing = Writing(catalogue, writer)
            for extract in grown_extracts(papers, passages, seed):
                likenesses = tuple(likeness(passage.text) for passage in extract.passages)
                found = Ingested(extract=extract, prepared=prepare(extract), likenesses=likenesses)
                writing.take_in(found, extract.source)
            writing.group_copies()
            writing.count_words()
            catalogue.commit()
            writer.commit()
            counts = catalogue.counts()
        related.write(folder, related.Related())  # what is offered beside the hits is looked up, not searched
        sizes = (counts.documents, counts.pages, counts.sections, counts.passages)
        publish(index, folder, Manifest(FORMAT_VERSION, ENGINE, "", *sizes, VERSIONS))


def grown_extracts(papers: list[Paper], passages: int, seed: int) -> Iterator[Extract]:
    """Papers with ``passages`` passages in all, the last cut short."""
    words = Words(papers, Random(seed))  # noqa: S311 - nothing here is secret
    left = passages
    copied: tuple[Passage, ...] = ()
    for number, paper in zip(count(1), cycle(papers), strict=False):
        grown = tuple(_grown(passage, words) for passage in paper.passages[:left])
        shown = tuple({p.id: p for p in (*grown, *copied)}.values())[:left]
        yield _extract(paper, shown, number)
        left -= len(shown)
        copied = tuple(replace(p, section=None, part=0) for p in grown[::_COPY_EVERY])
        if not left:
            return


class Words:
    """Draws texts word by word."""

    def __init__(self, papers: list[Paper], random: Random) -> None:
        self._random = random
        self._names = [word.capitalize() for word in made_up_words()[:_NAMES]]
        self._after: defaultdict[str, list[str]] = defaultdict(list)
        for paper in papers:
            for passage in paper.passages:
                words = passage.text.split()
                for word, following in zip(("", *words), (*words, ""), strict=True):
                    self._after[word].append(following)

    def draw(self, length: int) -> str:
        """A text of ``length`` words."""
        words, word = [], ""
        while len(words) < length:
            word = self._random.choice(self._after[word])
            if word:
                is_name = self._random.randrange(_NAME_EVERY) == 0
                words.append(self._random.choice(self._names) if is_name else word)
        return " ".join(words)


def _paper(catalogue: Catalogue, document: Document) -> Paper:
    key = document.id
    return Paper(document, catalogue.parts(key), catalogue.sections(key), catalogue.passages(key))


def _grown(passage: Passage, words: Words) -> Passage:
    text = words.draw(max(1, len(passage.text.split())))
    # Where it stands is kept; what stands there is not what the file says, so no rectangle is.
    spans = tuple(replace(span, boxes=()) for span in passage.spans)
    return replace(passage, text=text, spans=spans)


def _extract(paper: Paper, passages: tuple[Passage, ...], number: int) -> Extract:
    name = f"{number:04}-{paper.document.file}"
    document = replace(paper.document, id=f"{paper.document.id}-{number}", file=name)
    source = SourceFile(name, name, document.media, "", 0, 0)
    return Extract(document, source, (), paper.parts, paper.sections, passages, ())
