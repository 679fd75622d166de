"""A file's bookmarks open sections where their words stand, else at the top of their page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.model import Block, BlockKind, Bookmark, Line, Page, Part, Reading, Section
from indexer.outline import place_bookmarks
from indexer.sections import blocks_to_sections

Whole = Callable[[Reading, tuple[Block, ...]], Part]
H, P = BlockKind.HEADING, BlockKind.PARAGRAPH
Told = tuple[BlockKind, str, int, int | None]
PAPER: tuple[Told, ...] = (
    (H, "Annual report", 1, 1),
    (P, "The Board met four times.", 1, None),
    (H, "2. Neglect", 1, 2),
    (P, "Six cases were audited.", 1, None),
    (H, "Findings", 2, 3),
    (P, "2.1 Drift was found in two of the cases.", 2, None),
    (H, "Training", 2, 2),
    (P, "Ninety people came.", 2, None),
)
"""Kind, words, page and level of each block."""


def made(told: Sequence[Told], *bookmarks: tuple[str, int, int]) -> tuple[Reading, tuple[Block, ...]]:
    """A reading of one line a block; bookmarks as title, level and page."""
    lines, at = [], 0
    for _, words, page, _ in told:
        lines.append(Line(at, at + len(words), page))
        at += len(words) + 1
    pages = [
        Page(number, str(number), 600, 800, 0, at) for number in sorted({page for _, _, page, _ in told})
    ]
    reading = Reading("\n".join(words for _, words, _, _ in told), tuple(lines), tuple(pages))
    marks = tuple(Bookmark(*bookmark) for bookmark in bookmarks)
    blocks = (Block(kind, (i,), level=level) for i, (kind, _, _, level) in enumerate(told))
    return replace(reading, bookmarks=marks), tuple(blocks)


@pytest.fixture
def outline(one_part: Whole) -> Callable[..., list[tuple[str, int, int]]]:
    """Title, level and first block of each section of the paper with these bookmarks."""

    def sections(*bookmarks: tuple[str, int, int]) -> list[tuple[str, int, int]]:
        return [(s.title, s.level, s.first_block) for s in _sections(one_part, PAPER, *bookmarks)]

    return sections


def _sections(one_part: Whole, told: Sequence[Told], *bookmarks: tuple[str, int, int]) -> tuple[Section, ...]:
    reading, blocks = made(told, *bookmarks)
    return blocks_to_sections(reading, blocks, (one_part(reading, blocks),))


Outline = Callable[..., list[tuple[str, int, int]]]


def test_the_outline_gives_the_levels_and_other_headings_stand_below(outline: Outline) -> None:
    assert outline(("Annual report", 1, 1), ("Neglect", 1, 1)) == [
        ("Annual report", 1, 0),
        ("2. Neglect", 1, 2),
        ("Findings", 2, 4),
        ("Training", 1, 6),
    ]


def test_a_bookmark_whose_words_stand_nowhere_opens_at_the_top_of_its_page(outline: Outline) -> None:
    found = outline(("Annual report", 1, 1), ("Appendix A - letter", 1, 2))
    assert ("Appendix A - letter", 1, 4) in found
    assert ("Findings", 2, 4) in found or ("Findings", 3, 4) in found


def test_a_bookmarked_paragraph_opens_a_section_under_the_bookmarks_words(outline: Outline) -> None:
    found = outline(("Annual report", 1, 1), ("2.1 Drift was found in two", 2, 2))
    assert ("2.1 Drift was found in two", 2, 5) in found


@pytest.mark.parametrize("title", ["Microsoft Word - x.doc", "Layout 1", "_GoBack", "12", ""])
def test_a_name_given_to_the_whole_file_changes_nothing(title: str, outline: Outline) -> None:
    assert outline((title, 1, 1)) == outline()


def test_an_outline_of_the_files_of_a_pack_keeps_the_headings_in_them(outline: Outline) -> None:
    found = outline(("1 - Cover.pdf", 1, 1), ("2 - Appendix.docx", 1, 2))
    assert {"1 - Cover", "2 - Appendix", "Annual report", "2. Neglect", "Findings", "Training"} == {
        title for title, _, _ in found
    }


@given(
    marks=st.lists(
        st.tuples(
            st.sampled_from([*(words for _, words, _, _ in PAPER), "Elsewhere", "Page 3"]),
            st.integers(1, 4),
            st.integers(0, 4),
        ),
        max_size=12,
    )
)
def test_sections_nest_hold_something_and_cover_the_paper(
    marks: list[tuple[str, int, int]], one_part: Whole
) -> None:
    sections = _sections(one_part, PAPER, *marks)
    assert {i for s in sections for i in range(s.first_block, s.last_block)} == set(range(len(PAPER)))
    assert [s.first_block for s in sections] == sorted(s.first_block for s in sections)
    assert len({s.id for s in sections}) == len(sections)
    for position, section in enumerate(sections):
        assert len(section.path) == section.level
        for outer in sections[:position]:
            if section.first_block < outer.last_block:
                assert section.last_block <= outer.last_block and outer.level < section.level


@given(title=st.sampled_from(["Neglect", "Elsewhere"]), page=st.integers(1, 2), level=st.integers(1, 5))
def test_every_bookmark_of_several_is_placed_on_its_page(title: str, page: int, level: int) -> None:
    reading, blocks = made(PAPER, ("Annual report", 1, 1), (title, level, page))
    whole = place_bookmarks(reading, blocks, ())
    assert len(whole) == 2
    assert any(m.title == title and reading.lines[blocks[m.block].lines[0]].page == page for m in whole)
