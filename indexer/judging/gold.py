"""The gold format: JSON with needs and known items, each answer judged by lines of files.

{"topics": [{"id", "query", "answers": [{"grade": 2, "spans": [{"file", "lines": [1, 2]}]}]}],
 "known_items": [{"id", "query", "answer", "spans": [...]}]}
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import msgspec

from indexer.judging.files import invalid
from indexer.judging.model import Gold, GoldAnswer, KnownItem, Lines, Topic

_Line = Annotated[int, msgspec.Meta(ge=1)]
_Text = Annotated[str, msgspec.Meta(min_length=1)]
_HINT = "Compare it with the format in docs/measuring.md."


class _Span(msgspec.Struct):
    file: _Text
    lines: tuple[_Line, _Line]


class _Answer(msgspec.Struct):
    grade: Annotated[int, msgspec.Meta(ge=1, le=2)]
    spans: Annotated[list[_Span], msgspec.Meta(min_length=1)]


class _Topic(msgspec.Struct):
    id: _Text
    query: _Text
    answers: list[_Answer]


class _Item(msgspec.Struct):
    id: _Text
    query: _Text
    answer: _Text
    spans: Annotated[list[_Span], msgspec.Meta(min_length=1)]


class _File(msgspec.Struct):
    topics: list[_Topic] = []
    known_items: list[_Item] = []


def is_gold(lines: Iterable[str]) -> bool:
    """Whether a file is meant to be in the gold format: JSON rather than columns."""
    return next((line.lstrip()[:1] == "{" for line in lines if line.strip()), False)


def parse_gold(file: str, lines: Iterable[str]) -> Gold:
    """The judgements in the lines of a file; raises JudgementsInvalid with the line that is wrong."""
    text = "\n".join(lines)
    try:
        plain = json.loads(text)
    except json.JSONDecodeError as error:
        raise invalid(file, error.lineno, f"is not JSON: {error.msg}", _HINT) from error
    try:
        found = msgspec.convert(plain, _File)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at ")
        raise invalid(file, _line_of(text, plain, path), f"is not as it should be: {what}", _HINT) from error
    gold = Gold(tuple(map(_topic, found.topics)), tuple(map(_item, found.known_items)))
    _check(file, text, gold)
    return gold


def _check(file: str, text: str, gold: Gold) -> None:
    """Refuse what has the right shape and makes no sense."""
    spans = [(topic.id, span) for topic in gold.topics for answer in topic.answers for span in answer.spans]
    spans += [(item.id, span) for item in gold.items for span in item.spans]
    keys = Counter(one.id for one in gold.topics) + Counter(one.id for one in gold.items)
    if not keys:
        raise invalid(file, None, "holds no question", _HINT)
    for key, times in keys.items():
        if times > 1:
            raise invalid(file, _line_with(text, key, last=True), f"has the id {key} again", _HINT)
    for key, span in spans:
        if span.first > span.last:
            what = f"has lines {span.first} to {span.last} in {key}, which run backwards"
            raise invalid(file, _line_with(text, key), what, "Give the first line first.")


def _line_of(text: str, plain: object, path: str) -> int | None:
    """The line of the entry that a path such as ``$.topics[3].answers[0]`` leads into."""
    step = re.match(r"`\$\.(\w+)\[(\d+)\]", path)
    if step and isinstance(plain, dict):
        entry = plain[step[1]][int(step[2])]
        if isinstance(entry, dict) and isinstance(entry.get("id"), str):
            return _line_with(text, entry["id"])
    return None


def _line_with(text: str, key: str, *, last: bool = False) -> int | None:
    """The line on which an entry's id stands, as far as it can be told from the text."""
    places = [m.start() for m in re.finditer(rf'"id"\s*:\s*{re.escape(json.dumps(key))}', text)]
    return text.count("\n", 0, places[-1 if last else 0]) + 1 if places else None


def _topic(topic: _Topic) -> Topic:
    answers = (GoldAnswer(answer.grade, _spans(answer.spans)) for answer in topic.answers)
    return Topic(topic.id, topic.query, tuple(answers))


def _item(item: _Item) -> KnownItem:
    return KnownItem(item.id, item.query, item.answer, _spans(item.spans))


def _spans(spans: list[_Span]) -> tuple[Lines, ...]:
    return tuple(Lines(span.file, *span.lines) for span in spans)
