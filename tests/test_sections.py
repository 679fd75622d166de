"""Sections nest properly, hold every block, stay inside their part and keep their ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks.plain import plain_to_blocks
from indexer.model import Block, BlockKind, DocumentKind, Line, Page, Part, Reading, Section
from indexer.sections import blocks_to_sections

Read = Callable[[str], Reading]
Whole = Callable[[Reading, tuple[Block, ...]], Part]


@pytest.fixture(scope="session")
def outline(as_markdown: Read, one_part: Whole) -> Callable[[str], tuple[Section, ...]]:
    """Markdown to its sections."""

    def sections(text: str) -> tuple[Section, ...]:
        reading = as_markdown(text)
        blocks = plain_to_blocks(reading)
        return blocks_to_sections(reading, blocks, (one_part(reading, blocks),))

    return sections


@given(data=st.data())
def test_sections_nest_and_cover_every_block(
    data: st.DataObject, papers: st.SearchStrategy[str], as_markdown: Read, one_part: Whole
) -> None:
    reading = as_markdown(data.draw(papers))
    blocks = plain_to_blocks(reading)
    cut = data.draw(st.integers(1, len(blocks)))
    whole = one_part(reading, blocks)
    parts = [replace(whole, last_block=cut), replace(whole, first_block=cut)][: 2 if cut < len(blocks) else 1]
    sections = blocks_to_sections(reading, blocks, tuple(parts))
    covered = {i for s in sections for i in range(s.first_block, s.last_block)}
    assert covered == set(range(len(blocks)))
    assert [s.first_block for s in sections] == sorted({s.first_block for s in sections})
    for position, section in enumerate(sections):
        part = parts[section.part]
        assert part.first_block <= section.first_block < section.last_block <= part.last_block
        assert len(section.path) == section.level and section.path[-1] == section.title
        check_against_those_before(section, sections[:position])


def check_against_those_before(section: Section, before: tuple[Section, ...]) -> None:
    """A section lies wholly inside an earlier one, which then is on its path, or wholly behind it."""
    for outer in before:
        if section.first_block < outer.last_block:
            assert section.last_block <= outer.last_block
            assert outer.level < section.level and section.path[: outer.level] == outer.path
            assert outer.place.start <= section.place.start and section.place.end <= outer.place.end


@given(data=st.data())
def test_every_heading_opens_a_section_and_ids_are_unique(
    data: st.DataObject, papers: st.SearchStrategy[str], as_markdown: Read, one_part: Whole
) -> None:
    reading = as_markdown(data.draw(papers))
    blocks = plain_to_blocks(reading)
    sections = blocks_to_sections(reading, blocks, (one_part(reading, blocks),))
    headings = {i for i, block in enumerate(blocks) if block.kind == BlockKind.HEADING}
    assert {s.first_block for s in sections} - {0} == headings - {0}
    assert len({s.id for s in sections}) == len(sections)


def test_levels_have_no_gaps(outline: Callable[[str], tuple[Section, ...]]) -> None:
    found = outline("### Deep\n\n###### Deeper\n\n## Out\n\n#### In\n\n# Outermost\n\ntext\n")
    assert [(s.title, s.level) for s in found] == [
        ("Deep", 1),
        ("Deeper", 2),
        ("Out", 1),
        ("In", 2),
        ("Outermost", 1),
    ]


def test_what_stands_before_the_first_heading_is_under_the_title_of_the_part(
    outline: Callable[[str], tuple[Section, ...]],
) -> None:
    found = outline("Some words first.\n\n# Neglect\n\nMore words.\n")
    assert [(s.title, s.first_block, s.last_block) for s in found] == [("The paper", 0, 1), ("Neglect", 1, 3)]
    assert [s.place.lines for s in found] == [(1, 1), (3, 5)]


def test_a_title_is_read_without_its_emphasis(outline: Callable[[str], tuple[Section, ...]]) -> None:
    assert outline("# **Co-sleeping**  and   *neglect*\n\ntext\n")[0].title == "Co-sleeping and *neglect*"


def test_nothing_lies_inside_a_list_of_contents(outline: Callable[[str], tuple[Section, ...]]) -> None:
    found = outline(
        "# Report\n\nBy the Chair.\n\n# Contents\n\nOne, two.\n\n## One\n\nText.\n\n## Two\n\nText."
    )
    assert [section.path for section in found][1:] == [
        ("Report", "Contents"),
        ("Report", "One"),
        ("Report", "Two"),
    ]


def test_an_id_outlives_text_that_is_added_and_sections_that_come_behind(
    outline: Callable[[str], tuple[Section, ...]],
) -> None:
    before = outline("# One\n\na.\n\n## Findings\n\nb.\n\n# Two\n\n## Findings\n\nc.\n")
    after = outline("# One\n\na, longer.\n\n# New\n\nd.\n\n# Two\n\n## Findings\n\nc.\n\n# End\n\ne.\n")
    ids = {s.path: s.id for s in before}
    assert all(ids[s.path] == s.id for s in after if s.path in ids)
    assert len({s.path for s in after} & set(ids)) == 3


def test_sections_of_the_same_name_have_ids_of_their_own(
    outline: Callable[[str], tuple[Section, ...]],
) -> None:
    found = outline("# Findings\n\na.\n\n# Findings\n\nb.\n")
    assert len({s.id for s in found}) == 2


def test_what_stands_above_a_papers_title_belongs_to_it() -> None:
    titles = ["Briefing note", "4 Exploitation and missing children: update", "1. Purpose", "2. Progress"]
    text = "Item 4 of the agenda\n" + "".join(f"{title}\nThe Board heard of it.\n" for title in titles)
    lines, at = [], 0
    for line in text.splitlines():
        lines.append(Line(at, at + len(line), 1))
        at += len(line) + 1
    reading = Reading(text, tuple(lines), (Page(1, "1", 600, 800, 0, len(text)),))
    levels = iter((1, 1, 2, 2))
    blocks = tuple(
        Block(BlockKind.HEADING, (i,), next(levels)) if i % 2 else Block(BlockKind.PARAGRAPH, (i,))
        for i in range(len(lines))
    )
    title = "Exploitation and missing children: update"
    part = Part("4", title, DocumentKind.BRIEFING_NOTE, "", None, (), 0, len(blocks), reading.place([0]))
    found = blocks_to_sections(reading, blocks, (part,))
    assert [(section.level, section.title) for section in found] == [
        (1, "4 Exploitation and missing children: update"),
        (2, "Briefing note"),
        (2, "1. Purpose"),
        (2, "2. Progress"),
    ]
    assert found[0].first_block == 0
