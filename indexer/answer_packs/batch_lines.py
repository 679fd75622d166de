"""What ``boardsearch batch`` prints: the hits of many questions as lines of JSON, or as CSV."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.answer_packs.table import batch_to_csv
from indexer.errors import UsageError
from indexer.search.payload import error_to_json, hit_to_json
from indexer.search.results import Hit

Answered = tuple[str, str, Sequence[Hit], UsageError | None]
"""A question's id and words, its hits, and why it could not be asked."""


def batch_lines(answered: Iterable[Answered], *, as_csv: bool) -> Iterator[str]:
    """The lines, each as soon as its question is answered."""
    if not as_csv:
        return (json.dumps(_to_json(*one), ensure_ascii=False) for one in answered)
    rows = ((key, question, hits, str(error or "")) for key, question, hits, error in answered)
    return (text.removesuffix("\n") for text in batch_to_csv(rows))


def _to_json(key: str, question: str, hits: Sequence[Hit], error: UsageError | None) -> dict[str, Any]:
    line = {"id": key, "query": question, "hits": [hit_to_json(hit) for hit in hits]}
    return line | error_to_json(error) if error else line
