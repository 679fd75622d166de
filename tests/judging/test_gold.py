"""The gold format: read whole, or refused with the line of the entry that is wrong."""

from __future__ import annotations

import json
from typing import Any

import pytest

from indexer.errors import JudgementsInvalid
from indexer.judging.gold import is_gold, parse_gold
from indexer.judging.model import Gold, GoldAnswer, KnownItem, Lines, Topic


def span(first: object = 1, last: object = 2) -> dict[str, Any]:
    return {"file": "a.txt", "lines": [first, last]}


def topic(key: str = "T1", grade: object = 2, **spans: Any) -> dict[str, Any]:
    return {"id": key, "query": "neglect", "answers": [{"grade": grade, "spans": [span(**spans)]}]}


def item(key: str = "K1") -> dict[str, Any]:
    return {"id": key, "query": "who", "answer": "the Board", "spans": [span()]}


def parse(content: object) -> Gold:
    return parse_gold("gold.json", json.dumps(content, indent=1).split("\n"))


def test_reads_needs_and_known_items() -> None:
    lines = (Lines("a.txt", 1, 2),)
    assert parse({"topics": [topic()], "known_items": [item()]}) == Gold(
        (Topic("T1", "neglect", (GoldAnswer(2, lines),)),), (KnownItem("K1", "who", "the Board", lines),)
    )
    assert parse({"known_items": [item()]}).questions == {"K1": "who"}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"topics": [topic(), topic("T2", grade=3)]}, "Line 22 of gold.json is not as it should be: "),
        ({"topics": [topic(first="x")]}, "Line 4 of gold.json is not as it should be: Expected `int`"),
        ({"topics": [topic(first=0)]}, "Line 4 of gold.json is not as it should be: Expected `int` >= 1"),
        ({"topics": [topic(first=3)]}, "Line 4 of gold.json has lines 3 to 2 in T1"),
        ({"topics": [topic()], "known_items": [item("T1")]}, "Line 24 of gold.json has the id T1 again"),
        ({"topics": [{"query": "no id"}]}, "gold.json is not as it should be: "),
        ({"topics": []}, "gold.json holds no question"),
        ({"topics": {}}, "gold.json is not as it should be: "),
    ],
)
def test_names_the_line_of_the_entry_that_is_wrong(content: object, said: str) -> None:
    with pytest.raises(JudgementsInvalid) as caught:
        parse(content)
    assert caught.value.message.startswith(said)


def test_names_the_line_that_is_not_json() -> None:
    with pytest.raises(JudgementsInvalid, match=r"^Line 3 of gold.json is not JSON"):
        parse_gold("gold.json", ["{", '"topics": [', "oops"])


def test_is_told_from_columns_by_its_first_sign() -> None:
    assert is_gold(["", '  {"topics": []}'])
    assert not is_gold(["q1 0 a 1"])
    assert not is_gold([])
