"""The catalogue: every document, section and passage in one SQLite file. It is the truth; a search
engine's index is a copy that can be made again from it at any time."""

from __future__ import annotations

from indexer.catalogue.reading import CatalogueReading, ColumnRow, Counts, Look, Record
from indexer.catalogue.writing import CatalogueWriting

__all__ = ["Catalogue", "ColumnRow", "Counts", "Look", "Record"]


class Catalogue(CatalogueReading, CatalogueWriting):
    """An open catalogue: ``create`` a new one, or ``open`` one to read (or, for a build, to write).

    Documents are named by ``Document.id`` or by their file's name relative to the corpus. Passages
    are known to search engines by their ordinal, an integer given once and never used again.
    """
