"""Sentences as slices: nothing lost, nothing doubled, cut where a reader would cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.sentences import split_sentences

TEXTS = st.one_of(
    st.text(),
    st.lists(
        st.sampled_from(["Dr. A", " e.g. ", "1.", "\n- ", "\n\n", "Said.", " ", "No? ", "a) ", "p. 4"])
    ).map("".join),
)


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@given(TEXTS)
def test_slices_ascend_apart_and_hold_all_that_is_visible(text: str) -> None:
    found = split_sentences(text)
    assert all(start < end for start, end in found)
    assert all(one[1] <= two[0] for one, two in itertools.pairwise(found))
    assert all(text[start:end].strip() == text[start:end] for start, end in found)
    edges = [0, *(edge for slice_ in found for edge in slice_), len(text)]
    between = [text[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)]
    assert "".join(between).strip() == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        (" \n ", []),
        ("One. Two? Three!", ["One.", "Two?", "Three!"]),
        ("Dr. Example and Cllr. Sample met at 2 p.m. on Friday.", None),
        ("Agencies, e.g. schools, i.e. all of them (see para. 4.2), agreed.", None),
        ("It fell by 1.5 per cent.", None),
        ("The Board asked for:\n- a plan\n- a report", ["The Board asked for:", "- a plan", "- a report"]),
        ("It agreed\n\nNeglect rose.", ["It agreed", "Neglect rose."]),
        (
            "1. The Board should act. 2. It should report.",
            ["1. The Board should act.", "2. It should report."],
        ),
        ("a) The first. b) The second.", ["a) The first.", "b) The second."]),
        ("A sentence\nthat is wrapped. Another.", ["A sentence\nthat is wrapped.", "Another."]),
        ("She said “It was not seen.” Nobody asked.", ["She said “It was not seen.”", "Nobody asked."]),
    ],
)
def test_cuts(text: str, expected: list[str] | None) -> None:
    assert sentences(text) == ([text] if expected is None else expected)
