"""What Boardsearch knows of a paper: frozen values, no input or output.

Coordinates: pages are numbered from 1; a ``Box`` is in fractions of the page with the origin at
the top left; ``start`` and ``end`` are character offsets into ``Reading.text``, half open.
"""

from __future__ import annotations

from indexer.model.document import (
    Acronym,
    Block,
    Correction,
    Description,
    Document,
    Extract,
    Named,
    PageRef,
    Part,
    Passage,
    Section,
    Statement,
    Table,
    TextBlock,
)
from indexer.model.forms import Forms
from indexer.model.kinds import (
    BlockKind,
    DocumentKind,
    MediaType,
    PageBasis,
    StatementKind,
    UnreadCode,
)
from indexer.model.source import (
    Bookmark,
    Box,
    Line,
    Page,
    Place,
    Reading,
    SourceFile,
    Span,
    Unread,
)

__all__ = [
    "Acronym",
    "Block",
    "BlockKind",
    "Bookmark",
    "Box",
    "Correction",
    "Description",
    "Document",
    "DocumentKind",
    "Extract",
    "Forms",
    "Line",
    "MediaType",
    "Named",
    "Page",
    "PageBasis",
    "PageRef",
    "Part",
    "Passage",
    "Place",
    "Reading",
    "Section",
    "SourceFile",
    "Span",
    "Statement",
    "StatementKind",
    "Table",
    "TextBlock",
    "Unread",
    "UnreadCode",
]
