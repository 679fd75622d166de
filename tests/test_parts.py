"""The papers inside a pack and a report's appendices."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.blocks import reading_to_blocks
from indexer.model import DocumentKind, MediaType, Part, Reading, SourceFile
from indexer.parts import blocks_to_parts
from indexer.reading import read
from indexer.reading.text import read_text

ROOT = Path(__file__).resolve().parents[1]
TRUTH: list[dict[str, Any]] = json.loads((ROOT / "tests/sample_board/truth.json").read_text())["documents"]
PACKS = [document for document in TRUTH if document["parts"]]
TEXT = "The officer said that the numbers had risen in the year and that more would be done about them. "

PACK = f"""Public Document Pack

Ambleford Scrutiny Board

Time and Date

2.00 pm on Tuesday, 3 June 2014

Public Business

1. Apologies

2. Declarations of Interest

3. Minutes of the last meeting (Pages 3 - 4)

4. Adoption Service (Pages 5 - 9)

Report of the Director of Children's Services

Agenda Item 3

Ambleford Scrutiny Board

Minutes of the meeting held on 6 May 2014

Present: Councillors A Abel and B Bell

{TEXT}

Agenda Item 4

Public report

Report to: Ambleford Scrutiny Board

Title: Adoption Service in 2013/14

{TEXT}

List of Appendices included:

Appendix 1 - Annual Report

Appendix 2 - Policy

This page is intentionally left blank

Appendix 1

Adoption Service Annual Report 2013/14

{TEXT}

Annex A - Case study of two boys

{TEXT}

Appendix 1

{TEXT}
"""


def parts_of(text: str, folder: Path) -> tuple[Reading, tuple[Part, ...]]:
    path = folder / "pack.txt"
    path.write_text(text, encoding="utf-8")
    reading = read_text(path)
    return reading, blocks_to_parts(reading, reading_to_blocks(reading))


def read_file(path: Path) -> Reading:
    kinds = {".pdf": MediaType.PDF, ".txt": MediaType.TEXT}
    return read(SourceFile(str(path), path.name, kinds[path.suffix], "", path.stat().st_size, 0))


def test_a_text_pack_is_cut_at_its_papers(tmp_path: Path) -> None:
    _, parts = parts_of(PACK, tmp_path)
    assert [part.item for part in parts] == [None, "3", "4", "4"]
    assert [part.kind for part in parts[1:3]] == [DocumentKind.MINUTES, DocumentKind.REPORT]


def test_a_list_of_appendices_and_a_running_head_begin_nothing(tmp_path: Path) -> None:
    reading, parts = parts_of(PACK, tmp_path)
    assert len(parts) == 4
    lines = reading.text.split("\n")
    assert parts[3].place.lines is not None
    assert lines[parts[3].place.lines[0] - 1] == "Appendix 1"
    assert lines[parts[3].place.lines[0] + 1].startswith("Adoption Service Annual Report")


def test_a_scrap_at_the_end_is_no_part(tmp_path: Path) -> None:
    _, parts = parts_of(PACK + "\nThis page is intentionally left blank\n\nPage 12\n", tmp_path)
    assert len(parts) == 4


def test_an_appendix_has_the_years_of_its_report(tmp_path: Path) -> None:
    cover = "Ambleford Safeguarding Children Board\n\nAnnual Report 2012-13\n\n"
    report = f"{cover}{TEXT}\n\nAppendix 1: Acronyms\n\n{TEXT}\n"
    _, parts = parts_of(report, tmp_path)
    assert [part.years for part in parts] == [("2012-13",), ("2012-13",)]
    assert parts[1].body == parts[0].body


def test_a_file_that_is_an_appendix_has_no_paper_before_it(tmp_path: Path) -> None:
    cover = "Ambleford Council\n\nQuarterly Performance Report for the Executive and the Children's Panel\n\n"
    start = f"Appendix 1\n\n{TEXT}\n\n"
    _, parts = parts_of(f"{cover}{start}{TEXT * 4}\n", tmp_path)
    assert len(parts) == 1
    _, parts = parts_of(f"{cover}{TEXT * 4}\n\n{start}{TEXT * 4}\n", tmp_path)
    assert len(parts) == 2


def test_an_entry_of_a_contents_list_that_wraps_begins_nothing(tmp_path: Path) -> None:
    entry = "Appendix 8: Recent reports from the House and\nits Technology Committee 111\n\n"
    _, parts = parts_of(f"Ambleford Report\n\n{TEXT * 4}\n\n{entry}{TEXT * 4}\n", tmp_path)
    assert len(parts) == 1


@given(st.lists(st.sampled_from(PACK.split("\n\n")), max_size=12))
def test_parts_cover_all_blocks_in_order(pieces: list[str]) -> None:
    with TemporaryDirectory() as folder:
        reading, parts = parts_of("\n\n".join([*pieces, "The end."]), Path(folder))
    blocks = reading_to_blocks(reading)
    assert parts[0].first_block == 0 and parts[-1].last_block == len(blocks)
    assert all(one.last_block == two.first_block for one, two in pairwise(parts))


def test_nothing_has_no_parts() -> None:
    assert blocks_to_parts(Reading("", ()), ()) == ()


@pytest.mark.parametrize("document", PACKS, ids=lambda document: str(document["file"]))
def test_the_packs_of_the_sample_board(document: dict[str, Any]) -> None:
    reading = read_file(ROOT / "corpus" / document["file"])
    parts = blocks_to_parts(reading, reading_to_blocks(reading))
    found = {(part.item, part.place.pages[0]) for part in parts[1:]}
    assert found == {(part["item"], part["pages"][0]) for part in document["parts"]}


@pytest.mark.parametrize("number", ["000", "002"])
def test_real_papers_are_cut_where_a_reader_cuts_them(number: str, shared_folder: Path) -> None:
    gold = shared_folder / "gold" / f"structure-{number}.json"
    wanted = json.loads(gold.read_text(encoding="utf-8"))["document"]["parts"]
    reading = read_file(next((shared_folder / "corpus").glob(f"{number}*.txt")))
    parts = blocks_to_parts(reading, reading_to_blocks(reading))
    starts = [part.place.lines[0] for part in parts if part.place.lines]
    near = [any(abs(start - part["lines"][0]) <= 3 for start in starts) for part in wanted]
    assert sum(near) >= len(wanted) - 1 and len(parts) <= len(wanted)
