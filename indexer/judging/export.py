"""The judgement set as TREC files, for other programs and other boards."""

from __future__ import annotations

from indexer.judging.judgements import Current
from indexer.judging.qrels import to_trec


def qrels_text(now: Current) -> str:
    """The judgements as a qrels file; names are DOCUMENT/PASSAGE."""
    grades = now.qrels().grades
    return to_trec((key, name, grade) for key, own in grades.items() for name, grade in own.items())


def topics_text(now: Current) -> str:
    """The questions as lines of id, tab, question."""
    return "".join(f"{key}\t{question}\n" for key, question in now.qrels().questions.items())
