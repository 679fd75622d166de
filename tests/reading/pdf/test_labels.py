"""Page numbers as printed: found where they run along the pages, and nowhere else."""

from __future__ import annotations

import json
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from indexer.reading.pdf import read_pdf
from indexer.reading.pdf.labels import from_roman, printed_labels, to_roman


def test_printed_numbers_become_labels_where_they_run_along() -> None:
    pages = [["Cover"], ["Text", "ii"], ["Text", "iii"], *[["Text", f"Page {n} of 9"] for n in range(1, 6)]]
    assert printed_labels(pages) == ("1", "ii", "iii", "1", "2", "3", "4", "5")


def test_a_page_without_its_printed_number_takes_it_from_its_neighbours() -> None:
    assert printed_labels([["5"], ["6"], ["no number"], ["8"], ["9"]]) == ("5", "6", "7", "8", "9")


def test_a_number_that_stays_the_same_is_no_page_number() -> None:
    assert printed_labels([["2013"], ["2013"], ["2013"]]) == ("1", "2", "3")


@given(st.integers(1, 300))
def test_roman_numbers_round_trip(value: int) -> None:
    assert from_roman(to_roman(value)) == value


def sample_papers(root: Path) -> list[dict[str, object]]:
    truth = json.loads((root / "tests/sample_board/truth.json").read_text(encoding="utf-8"))
    return [paper for paper in truth["documents"] if paper["file"].endswith(".pdf")]


def test_the_sample_boards_pages_have_their_labels(root: Path, sample_corpus: Path) -> None:
    for paper in sample_papers(root):
        pages = read_pdf(sample_corpus / str(paper["file"])).pages
        expected = paper["labels"]
        assert isinstance(expected, list)
        found = [page.label if known else None for page, known in zip(pages, expected, strict=True)]
        assert found == expected, paper["file"]
