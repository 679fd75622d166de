"""The register as CSV can be read back, cell by cell."""

from __future__ import annotations

import csv
import io

from indexer.catalogue import Catalogue
from indexer.generations import current
from indexer.search.register import register
from indexer.search.spreadsheet import COLUMNS, register_to_csv
from indexer.settings import Settings


def test_it_is_read_back_as_it_was(sample_index: Settings) -> None:
    with Catalogue.open(current(sample_index.index).catalogue_path) as catalogue:
        entries = register(catalogue)
    rows = list(csv.DictReader(io.StringIO(register_to_csv(entries), newline="")))
    assert [row["text"] for row in rows] == [entry.statement.text for entry in entries]
    assert [row["citation"] for row in rows] == [entry.citation.text for entry in entries]
    assert [row["themes"] for row in rows] == ["; ".join(entry.themes) for entry in entries]
    assert {row["lines"] for row in rows} > {""}


def test_without_statements_only_the_names_of_the_columns_are_left() -> None:
    assert register_to_csv(()) == ",".join(COLUMNS) + "\n"
