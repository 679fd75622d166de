"""Printed blocks of the sample board's papers, held to the truth that their maker knows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from indexer.blocks.printed import printed_to_blocks
from indexer.model import Block, BlockKind, Reading
from indexer.reading.pdf import read_pdf

HEADING = BlockKind.HEADING


def letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def words(reading: Reading, block: Block) -> str:
    return " ".join(reading.line_text(i) for i in block.lines)


def sample_papers(root: Path) -> list[dict[str, Any]]:
    truth = json.loads((root / "tests/sample_board/truth.json").read_text(encoding="utf-8"))
    return [paper for paper in truth["documents"] if paper["file"].endswith(".pdf")]


@pytest.mark.slow
def test_the_sample_boards_sentences_headings_and_rows_are_found(root: Path, sample_corpus: Path) -> None:
    wanted, found = 0, 0
    for paper in sample_papers(root):
        reading = read_pdf(sample_corpus / paper["file"])
        blocks = printed_to_blocks(reading)
        whole = {letters(words(reading, block)) for block in blocks}
        headings = {letters(words(reading, block)) for block in blocks if block.kind is HEADING}
        rows = {tuple(letters(reading.text[a:b]) for a, b in block.cells) for block in blocks}
        sentences = [s["text"] for block in paper["blocks"] for s in block["sentences"]]
        checks = [any(letters(s) in text for text in whole) for s in sentences]
        checks += [letters(section["title"]) in headings for section in paper["sections"]]
        told_rows = [row["cells"] for table in paper["tables"] for row in table["rows"]]
        checks += [tuple(letters(cell) for cell in row) in rows for row in told_rows]
        wanted, found = wanted + len(checks), found + sum(checks)
    assert wanted > 500 and found >= 0.995 * wanted
