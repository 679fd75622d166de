"""Passages: every word in exactly one, none across a section, each verbatim where it says it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks.plain import plain_to_blocks
from indexer.model import Block, BlockKind, Line, Page, PageBasis, PageRef, Part, Passage, Reading, Section
from indexer.passages import MOST_WORDS, TABLE_WORDS, sections_to_passages
from indexer.sections import blocks_to_sections

Read = Callable[[str], Reading]
ASIDE = (BlockKind.HEADING, BlockKind.FURNITURE)
LONG = " ".join(f"Sentence number {n} says what the panel found on its day." for n in range(1, 61))


@dataclass(frozen=True)
class Paper:
    """A reading and what the stages made of it."""

    reading: Reading
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]

    def texts(self) -> list[str]:
        return [" ".join(passage.text.split()) for passage in self.passages]


Stages = Callable[..., Paper]


@pytest.fixture(scope="session")
def stages(one_part: Callable[[Reading, tuple[Block, ...]], Part]) -> Stages:
    """A reading through the stages up to passages; its blocks may be given."""

    def run(reading: Reading, blocks: tuple[Block, ...] = (), document_id: str = "paper") -> Paper:
        blocks = blocks or plain_to_blocks(reading)
        sections = blocks_to_sections(reading, blocks, (one_part(reading, blocks),))
        return Paper(reading, blocks, sections, sections_to_passages(reading, blocks, sections, document_id))

    return run


def words_of(reading: Reading, block: Block) -> list[tuple[int, int]]:
    lines = [reading.lines[i] for i in block.lines]
    return [
        m.span() for line in lines for m in re.compile(r"\w+").finditer(reading.text, line.start, line.end)
    ]


def body_words(paper: Paper) -> list[tuple[int, int]]:
    return [span for b in paper.blocks if b.kind not in ASIDE for span in words_of(paper.reading, b)]


@st.composite
def printed_blocks(draw: st.DrawFn, reading: Reading) -> tuple[Block, ...]:
    """Any division of lines into blocks, some of whose lines are set aside, as the PDF stage makes them."""
    kind = st.sampled_from([BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.FOOTNOTE, *ASIDE])
    blocks: list[Block] = []
    for index in range(len(reading.lines)):
        chosen = draw(kind)
        body = [b for b in blocks if b.kind not in (*ASIDE, BlockKind.FOOTNOTE)]
        if body and body[-1] is not blocks[-1] and draw(st.booleans()):
            blocks[blocks.index(body[-1])] = replace(body[-1], lines=(*body[-1].lines, index))
        elif blocks and blocks[-1].kind == chosen == BlockKind.PARAGRAPH and draw(st.booleans()):
            blocks[-1] = replace(blocks[-1], lines=(*blocks[-1].lines, index))
        else:
            blocks.append(Block(chosen, (index,), level=1 if chosen == BlockKind.HEADING else None))
    return tuple(sorted(blocks, key=lambda block: block.lines))


def check_laws(paper: Paper) -> None:
    """What holds for the passages of any paper."""
    reading = paper.reading
    for passage in paper.passages:
        assert passage.text == "\n".join(reading.text[s.start : s.end] for s in passage.spans) != ""
        assert all(a.end <= b.start for a, b in zip(passage.spans, passage.spans[1:], strict=False))
        assert [page.number for page in passage.pages] == sorted({s.page for s in passage.spans if s.page})
    held = [span for passage in paper.passages for span in passage.spans]
    for start, end in body_words(paper):
        assert sum(s.start <= start and end <= s.end for s in held) == 1, reading.text[start:end]
    assert len({passage.id for passage in paper.passages}) == len(paper.passages)


@given(data=st.data())
@pytest.mark.parametrize("form", ["as_text", "as_markdown"])
def test_laws_for_text(
    form: str,
    data: st.DataObject,
    papers: st.SearchStrategy[str],
    request: pytest.FixtureRequest,
    stages: Stages,
) -> None:
    paper = stages(request.getfixturevalue(form)(data.draw(papers)))
    check_laws(paper)
    in_file = paper.reading.text.split("\n")
    for passage in paper.passages:
        assert passage.lines is not None and passage.section is not None
        first, last = passage.lines
        assert " ".join(passage.text.split()) in " ".join(" ".join(in_file[first - 1 : last]).split())
        check_section(paper, passage)


def check_section(paper: Paper, passage: Passage) -> None:
    """A passage lies in its section and not in one nested in it or behind it."""
    assert passage.section is not None
    section = paper.sections[passage.section]
    start, end = passage.spans[0].start, passage.spans[-1].end
    assert section.place.start <= start and end <= section.place.end
    for other in paper.sections[passage.section + 1 :]:
        assert end <= other.place.start


@given(data=st.data())
def test_laws_for_print(data: st.DataObject, as_printed: Callable[..., Reading], stages: Stages) -> None:
    line = st.sampled_from(
        ["The Board heard of it.", "Neglect", "and what the panel", LONG[:900], LONG[900:1700]]
    )
    pages = data.draw(st.lists(st.lists(line, min_size=1, max_size=6), min_size=1, max_size=4))
    reading = as_printed(*pages)
    check_laws(stages(reading, data.draw(printed_blocks(reading))))


def test_short_paragraphs_are_gathered_and_sections_kept_apart(as_text: Read, stages: Stages) -> None:
    paper = stages(as_text("1. One\n\nFirst is said.\n\nSecond is said.\n\n2. Two\n\nThird is said.\n"))
    assert paper.texts() == ["First is said. Second is said.", "Third is said."]
    assert [p.lines for p in paper.passages] == [(3, 5), (9, 9)]


def test_a_long_paragraph_is_cut_between_sentences(as_text: Read, stages: Stages) -> None:
    paper = stages(as_text(f"{LONG}\n"))
    assert len(paper.passages) > 2
    for text in paper.texts():
        assert (
            text.startswith("Sentence number") and text.endswith("day.") and len(text.split()) <= MOST_WORDS
        )


def test_a_sentence_without_an_end_is_kept_whole(as_text: Read, stages: Stages) -> None:
    endless = "word " * 700
    assert stages(as_text(endless)).texts() == [endless.strip()]


def test_a_paragraph_across_pages_leaves_out_what_stands_between(
    as_printed: Callable[..., Reading], stages: Stages
) -> None:
    reading = as_printed(["Neglect is", "Page 7"], ["Running head", "hard to see."], labels=["7", "8"])
    aside = [Block(BlockKind.FURNITURE, (1,)), Block(BlockKind.FURNITURE, (2,))]
    (passage,) = stages(reading, (Block(BlockKind.PARAGRAPH, (0, 3)), *aside)).passages
    assert passage.text == "Neglect is\nhard to see."
    assert passage.pages == (PageRef(1, "7", PageBasis.FILE), PageRef(2, "8", PageBasis.FILE))


def test_a_long_footnote_inside_a_long_paragraph_stays_out_of_it(
    as_printed: Callable[..., Reading], stages: Stages
) -> None:
    note = "1 " + "See what the note says of it at length. " * 30
    reading = as_printed([LONG[:2000], note], [LONG[2000:]])
    paper = stages(reading, (Block(BlockKind.PARAGRAPH, (0, 2)), Block(BlockKind.FOOTNOTE, (1,))))
    check_laws(paper)
    assert not [p.text for p in paper.passages if "Sentence" in p.text and "note says" in p.text]


def test_paragraphs_on_two_pages_are_two_passages(as_printed: Callable[..., Reading], stages: Stages) -> None:
    reading = as_printed(["First is said."], ["Second is said."])
    paper = stages(reading, (Block(BlockKind.PARAGRAPH, (0,)), Block(BlockKind.PARAGRAPH, (1,))))
    assert [[page.number for page in p.pages] for p in paper.passages] == [[1], [2]]


def test_rows_stay_apart_from_prose_and_carry_their_header(as_text: Read, stages: Stages) -> None:
    rows = "\n".join(
        f"Agency {n}\tdid {n} audits of neglect in the year that was looked at" for n in range(40)
    )
    paper = stages(as_text(f"Before the table.\n\nAgency\tAudits\n{rows}\n\nAfter the table.\n"))
    assert paper.texts()[0] == "Before the table." and paper.texts()[-1] == "After the table."
    tables = paper.passages[1:-1]
    assert len(tables) > 2 and all(len(p.text.split()) <= TABLE_WORDS for p in tables)
    assert {p.context for p in tables[1:]} == {"Agency | Audits"}


def test_a_caption_goes_with_its_table(as_text: Read, stages: Stages) -> None:
    rows = "Agency\tAudits\nPolice\t12\nHealth\t14"
    paper = stages(as_text(f"{LONG[:700]}\n\nTable 3: Audits by agency, 2012-13\n\n{rows}\n"))
    assert paper.texts()[-1] == " ".join(f"Table 3: Audits by agency, 2012-13 {rows}".split())


def test_items_carry_the_sentence_that_leads_them_in(as_text: Read, stages: Stages) -> None:
    items = "\n".join(f"- {LONG[n * 600 : n * 600 + 550]}" for n in range(3))
    paper = stages(as_text(f"Prose that ends.\n\nEvery agency in the county is asked to:\n\n{items}\n"))
    contexts = [p.context for p in paper.passages if p.text.startswith("-")]
    assert contexts and set(contexts) == {"Every agency in the county is asked to:"}


def test_ids_differ_between_documents_and_between_copies(as_text: Read, stages: Stages) -> None:
    reading = as_text("1. One\n\nThe same is said.\n\n2. Two\n\nThe same  is said.\n")
    one, other = stages(reading, document_id="one"), stages(reading, document_id="other")
    assert len({p.id for p in (*one.passages, *other.passages)}) == 4


@given(st.lists(st.integers(0, 3), min_size=2, max_size=5), st.integers(0, 4), st.integers(0, 3))
def test_ids_outlive_what_is_added_to_other_sections(
    as_markdown: Read, stages: Stages, counts: list[int], changed: int, more: int
) -> None:
    def written(counts: list[int]) -> Paper:
        sections = (
            f"# Topic {n}\n\n" + f"Of topic {n} this is said. " * 20 + "\n\n" for n in range(len(counts))
        )
        extras = (
            "".join(f"Extra {n}-{i} is said.\n\n" for i in range(count)) for n, count in enumerate(counts)
        )
        return stages(as_markdown("".join(a + b for a, b in zip(sections, extras, strict=True))))

    changed %= len(counts)
    after = [count + more if n == changed else count for n, count in enumerate(counts)]
    old, new = written(counts), written(after)
    kept = [p.id for p in old.passages if p.section != changed]
    assert kept == [p.id for p in new.passages if p.section != changed]


def test_ids_do_not_depend_on_how_lines_are_broken(as_text: Read, stages: Stages) -> None:
    one = stages(as_text("Neglect is hard to see.\n"))
    other = stages(as_text("\n\nNeglect is\n  hard to see.\n"))
    assert [p.id for p in one.passages] == [p.id for p in other.passages]


def test_the_names_of_columns_in_several_rows_are_read_from_the_top_down() -> None:
    rows = [
        ["", "2024", "2025"],
        ["Team", "Core", "Core"],
        *[[f"Team {k}", "1.5", "2.5"] for k in range(120)],
    ]
    text, lines, blocks = "", [], []
    for k, row in enumerate(rows):
        starts = [len(text) + sum(len(cell) + 1 for cell in row[:n]) for n in range(len(row))]
        cells = tuple((a, a + len(cell)) for a, cell in zip(starts, row, strict=True))
        lines.append(Line(len(text), cells[-1][1], 1, cells=cells))
        text += "\t".join(row) + "\n"
        blocks.append(Block(BlockKind.TABLE_ROW, (k,), None, cells, k < 2, 0))
    reading = Reading(text, tuple(lines), (Page(1, "1", 600, 800, 0, len(text)),))
    whole = Section("s", "Budget", 1, ("Budget",), 0, 0, len(blocks), reading.place(range(len(lines))))
    found = sections_to_passages(reading, tuple(blocks), (whole,), "paper")
    assert len(found) > 1
    assert found[-1].context == "Team | 2024 Core | 2025 Core"
