"""Figures by lines: does a hit show an answer that was judged by where it stands?

A hit shows an answer when the lines that they share hold half of the answer's words, or half of the
hit's own: so a hit is not good for holding everything, nor for being a splinter.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path, PurePosixPath
from statistics import mean, median

from indexer.errors import JudgementsInvalid
from indexer.judging.model import (
    Figures,
    FoundHit,
    Gold,
    GoldAnswer,
    KnownItem,
    Lines,
    QuestionFigures,
    Run,
    Values,
)
from indexer.reading.text import decode

DEPTH = 20
"""Hits that are looked at."""
TOPIC_MEASURES = ("nDCG@10", "R2@20", "P@3", "MRR2")
ITEM_MEASURES = ("S@1", "S@3", "MRR@10")
MEASURES = (*TOPIC_MEASURES, *ITEM_MEASURES)
_WORD = re.compile(r"\w+")
_READ = 10
"""Hits of a question of which a person reads the lines."""


class CorpusLines:
    """The corpus's files, line by line, with words counted up."""

    def __init__(self, corpus: Path) -> None:
        self._corpus = corpus
        self._lines = cache(self._read_lines)
        self._counts = cache(self._count_words)

    def same_file(self, one: str, other: str) -> bool:
        """Whether two names mean one file; judgements may leave its folder out."""
        return PurePosixPath(one).name == PurePosixPath(other).name

    def text(self, place: Lines) -> str:
        """The text of the lines; raises JudgementsInvalid where there is no such file."""
        return "\n".join(self._lines(place.file)[place.first - 1 : place.last])

    def words(self, file: str, first: int, last: int) -> int:
        """How many words stand in the lines; none where the first comes after the last."""
        counts = self._counts(file)
        first, last = min(first, len(counts)), min(last, len(counts) - 1)
        return max(0, counts[last] - counts[first - 1])

    def check(self, spans: Iterable[Lines]) -> None:
        """Raise JudgementsInvalid where a judged file or line is not there."""
        for span in spans:
            if span.last > (length := len(self._lines(span.file))):
                raise JudgementsInvalid(
                    f"{span.file} has {length:,} lines; lines {span.first} to {span.last} of it are judged.",
                    "Judge the file as it lies in the corpus, or name that corpus with --corpus.",
                )

    def _count_words(self, file: str) -> tuple[int, ...]:
        """Words up to and with each line, none before the first."""
        return tuple(accumulate((len(_WORD.findall(line)) for line in self._lines(file)), initial=0))

    def _read_lines(self, file: str) -> tuple[str, ...]:
        direct = self._corpus / file
        name = PurePosixPath(file).name
        found = [direct] if direct.is_file() else sorted(p for p in self._corpus.rglob("*") if p.name == name)
        if not found:
            raise JudgementsInvalid(
                f"{file} is judged, and there is no such file in {self._corpus}.",
                "Name the folder of the judged papers with --corpus.",
            )
        return tuple(decode(found[0].read_bytes()).split("\n"))


def measure_by_lines(gold: Gold, run: Run, corpus: CorpusLines) -> Figures:
    """The figures of a run; raises JudgementsInvalid where the corpus is not the one that was judged."""
    corpus.check(span for topic in gold.topics for answer in topic.answers for span in answer.spans)
    corpus.check(span for item in gold.items for span in item.spans)
    judged = [topic for topic in gold.topics if topic.answers]
    rows = [
        QuestionFigures(t.id, t.query, _topic_values(run.get(t.id, ()), t.answers, corpus)) for t in judged
    ]
    rows += [QuestionFigures(i.id, i.query, _item_values(run.get(i.id, ()), i, corpus)) for i in gold.items]
    notes = [f"{len(gold.topics) - len(judged)} questions without an answer are left out."]
    return Figures(
        means=means_of(rows, MEASURES) | _reading_values(run, corpus),
        questions=tuple(rows),
        notes=tuple(notes) if len(judged) < len(gold.topics) else (),
    )


def means_of(rows: Iterable[QuestionFigures], measures: Iterable[str]) -> dict[str, float]:
    """The mean of each measure over the questions that have it."""
    held = tuple(rows)
    values = {m: [row.values[m] for row in held if m in row.values] for m in measures}
    return {measure: mean(each) for measure, each in values.items() if each}


def _topic_values(hits: Sequence[FoundHit], answers: Sequence[GoldAnswer], corpus: CorpusLines) -> Values:
    """Each answer is credited to the first hit that shows it; one hit is worth its best answer."""
    left, gains, full = list(answers), [], []
    for hit in hits[:DEPTH]:
        new = [answer for answer in left if _shows_any(hit, answer.spans, corpus)]
        left = [answer for answer in left if answer not in new]
        gains.append(max((answer.grade for answer in new), default=0))
        full.append(sum(answer.grade == 2 for answer in new))
    spans = [span for answer in answers for span in answer.spans]
    values = {
        "nDCG@10": _dcg(gains) / _dcg(sorted((a.grade for a in answers), reverse=True)),
        "P@3": sum(_shows_any(hit, spans, corpus) for hit in hits[:3]) / 3,
    }
    if wanted := sum(answer.grade == 2 for answer in answers):
        values["R2@20"] = sum(full) / min(wanted, DEPTH)
        values["MRR2"] = next((1 / rank for rank, count in enumerate(full, 1) if count), 0.0)
    return values


def _dcg(gains: Sequence[int]) -> float:
    """Discounted cumulative gain of the first ten, a grade worth 2**grade - 1 (Burges et al. 2005)."""
    return sum((2.0**gain - 1) / math.log2(rank + 1) for rank, gain in enumerate(gains[:10], 1))


def _item_values(hits: Sequence[FoundHit], item: KnownItem, corpus: CorpusLines) -> Values:
    ranks = (rank for rank, hit in enumerate(hits[:10], 1) if _holds(hit, item, corpus))
    rank = next(ranks, None)
    return {
        "S@1": float(rank == 1),
        "S@3": float(rank is not None and rank <= 3),
        "MRR@10": 1 / rank if rank else 0.0,
    }


def _holds(hit: FoundHit, item: KnownItem, corpus: CorpusLines) -> bool:
    """Whether one of a hit's places shows the item's lines and the very words of its answer."""
    words = _fold(item.answer).lower()
    places = [place.lines for place in hit.places if place.lines]
    return any(
        any(_shows(place, span, corpus) for span in item.spans) and words in _fold(corpus.text(place)).lower()
        for place in places
    )


def _shows_any(hit: FoundHit, spans: Iterable[Lines], corpus: CorpusLines) -> bool:
    places = [place.lines for place in hit.places if place.lines]
    return any(_shows(place, span, corpus) for span in spans for place in places)


def _shows(place: Lines, span: Lines, corpus: CorpusLines) -> bool:
    if not corpus.same_file(place.file, span.file):
        return False
    first, last = max(place.first, span.first), min(place.last, span.last)
    if first > last:
        return False
    words = (corpus.words(span.file, one.first, one.last) for one in (place, span))
    return 2 * corpus.words(span.file, first, last) >= min(words)


def _reading_values(run: Run, corpus: CorpusLines) -> dict[str, float]:
    """The share of hits whose text stands in the lines that they cite, and those lines' median words."""
    shown = [(hit.text, hit.places[0].lines) for hits in run.values() for hit in hits[:_READ]]
    cited = [(text, lines) for text, lines in shown if lines]
    if not cited:
        return {}
    true = [bool(text) and _fold(text) in _fold(corpus.text(lines)) for text, lines in cited]
    words = [corpus.words(lines.file, lines.first, lines.last) for _, lines in cited]
    return {"cited": mean(true), "words": float(median(words))}


def _fold(text: str) -> str:
    return " ".join(text.split())
