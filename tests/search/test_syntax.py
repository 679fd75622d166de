"""What was typed is taken apart without fail, and what was not understood is named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.search.syntax import (
    FURTHEST,
    MOST_DEPTH,
    NEAR_DISTANCE,
    Alike,
    Beginning,
    Both,
    Either,
    Fielded,
    Near,
    Not,
    Plain,
    Quoted,
    Run,
    Typed,
    read,
)

SIGNS = (
    *("AND", "OR", "NOT", "NEAR", "NEAR/3", "(", ")", '"', "-", "*", "~", "~2", ":", "year:", 'title:"'),
    *("neglect", "a b", " ", " ", " ", "2012-13", "’", "safe*", '"x y"~4', "\u202e", "🙂", "'; DROP TABLE"),
)
TYPED = st.one_of(st.text(max_size=80), st.lists(st.sampled_from(SIGNS), max_size=30).map("".join))


def tree(text: str) -> Typed:
    found, notes = read(text)
    assert notes == ()
    return found


def run(*items: Typed) -> Run:
    return Run(items)


def depth(typed: Typed) -> int:
    match typed:
        case Run(items=inner) | Both(parts=inner) | Either(parts=inner):
            return 1 + max(map(depth, inner), default=0)
        case Not(of=inner):
            return 1 + depth(inner)
        case _:
            return 1


@given(TYPED)
def test_any_text_can_be_read(typed: str) -> None:
    found, notes = read(typed)
    assert depth(found) <= 4 * MOST_DEPTH + 4
    assert all(note.endswith((".", "!")) for note in notes)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("who was warned?", run(Plain("who was warned?"))),
        ('"bed sharing"', run(Quoted("bed sharing"))),
        ('"bed sharing"~5', run(Quoted("bed sharing", 5))),
        ('"bed sharing"~999', run(Quoted("bed sharing", FURTHEST))),
        ("safe*", run(Beginning("safe"))),
        ("neglct~", run(Alike("neglct"))),
        ("neglct~1", run(Alike("neglct", 1))),
        ("-audit", run(Not(Plain("audit")))),
        ('-"bed sharing"', run(Not(Quoted("bed sharing")))),
        ("-safe*", run(Not(Beginning("safe")))),
        ("NOT audit", run(Not(Plain(" audit")))),
        ("year:2012-13", run(Fielded("year", "2012-13"))),
        ('Subgroup:"Audit Group"', run(Fielded("subgroup", "Audit Group"))),
        ("-kind:minutes", run(Not(Fielded("kind", "minutes")))),
        ("year:2012-13,", run(Fielded("year", "2012-13"))),
        ("bed NEAR baby", run(Near("bed", "baby", NEAR_DISTANCE))),
        ('bed NEAR/3 "small baby"', run(Near("bed", "small baby", 3))),
        ("a AND b", Both((run(Plain("a ")), run(Plain(" b"))))),
        ("a OR b AND c", Either((run(Plain("a ")), Both((run(Plain(" b ")), run(Plain(" c"))))))),
        ("(a OR b) AND c", Both((run(Either((run(Plain("a ")), run(Plain(" b"))))), run(Plain(" c"))))),
        ("a NOT (b OR c)", run(Plain("a "), Not(Either((run(Plain("b ")), run(Plain(" c"))))))),
    ],
)
def test_signs(typed: str, expected: Typed) -> None:
    assert tree(typed) == expected


@pytest.mark.parametrize(
    "typed",
    [
        "neglect and abuse or not near home",
        "looked after children (LAC) placements",
        "voice of the child: how children are heard",
        "section 11 - audit",
        "child(ren) at 3:30",
        "HANDOVER ANDROID NOTE",
        "co-sleeping don't and/or",
    ],
)
def test_plain_questions_hold_no_signs(typed: str) -> None:
    found = tree(typed)
    assert isinstance(found, Run)
    assert all(isinstance(item, Plain) for item in found.items)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ('neglect "audit', "no partner"),
        ("(a AND b", "bracket had no partner"),
        ("a) AND b", "bracket had no partner"),
        ("AND neglect", "“AND” has nothing before it"),
        ("neglect OR", "“OR” has nothing after it"),
        ("neglect NOT", "“NOT” has nothing after it"),
        ("a AND (OR) b", "“OR” has nothing"),
        ("NEAR neglect", "“NEAR” takes"),
        ("neg*ct", "only at the end"),
        ("author:smith", "no field “author:”"),
        ("(" * 200 + "a AND b" + ")" * 200, f"more than {MOST_DEPTH} deep"),
    ],
)
def test_what_was_not_understood_is_named(typed: str, said: str) -> None:
    _, notes = read(typed)
    assert any(said in note for note in notes), notes


def test_deep_brackets_keep_what_is_inside() -> None:
    found, _ = read("(" * 200 + "a AND b" + ")" * 200)
    while isinstance(found, Run):
        (found,) = found.items
    assert found == Both((run(Plain("a ")), run(Plain(" b"))))
