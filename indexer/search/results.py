"""What a search gives back: hits, facets and answers as values."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.model import Document, Part, Passage, Section
from indexer.search.query import Expansion


@dataclass(frozen=True, slots=True)
class Filter:
    """A facet held to some of its values: a passage passes that has any of them."""

    field: str
    """One of ``FACETS``."""
    values: tuple[str, ...]


FACETS = ("year", "subgroup", "theme", "kind", "body", "statement")


@dataclass(frozen=True, slots=True)
class FacetCount:
    """A facet's value and how many of the found passages have it."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a quote stands, in words and as a link."""

    text: str
    """A line to paste into a letter."""
    url: str
    """Path of the passage's page in the web front end."""


class OfPaper:
    """What stands in a paper, which may be a part of a document: an item of a pack."""

    __slots__ = ()

    document: Document
    part: Part | None

    @property
    def paper_title(self) -> str:
        """The paper's own title, else its document's."""
        return (self.part.title if self.part else "") or self.document.title

    @property
    def paper_date(self) -> str | None:
        """ISO date of the paper, else of its document."""
        return (self.part.date if self.part else None) or self.document.date


@dataclass(frozen=True, slots=True)
class Source(OfPaper):
    """A passage with all that is needed to cite it."""

    passage: Passage
    document: Document
    part: Part | None
    """None where the document has one part only, itself."""
    section: Section | None
    citation: Citation


@dataclass(frozen=True, slots=True)
class Hit:
    """A found passage."""

    rank: int
    score: float
    source: Source
    highlights: tuple[tuple[int, int], ...]
    """Slices of ``passage.text`` that the question's words matched, ascending, apart."""
    snippet: tuple[int, int]
    """The slice of ``passage.text`` to show where room is short: the best sentence or two."""
    also_in: tuple[Source, ...] = ()
    """Near-identical passages of other papers, folded into this hit."""


@dataclass(frozen=True, slots=True)
class PaperFound:
    """A paper with passages that match."""

    passages: int
    best: Hit
    """The best of them, with no copies."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched: for an honest "nothing found"."""

    documents: int
    passages: int
    first_year: str | None
    last_year: str | None
    unread_files: int
    unread_pages: int
    gaps: tuple[str, ...] = ()
    """Reporting years between the first and the last that no paper tells of."""
    bodies: tuple[str, ...] = ()
    """Boards and committees whose papers are here."""


@dataclass(frozen=True, slots=True)
class Results:
    """A page of hits, with what was understood and what was searched."""

    query: str
    total: int
    """Passages that match, copies counted one by one."""
    total_is_exact: bool
    took_ms: float
    engine: str
    hits: tuple[Hit, ...]
    facets: dict[str, tuple[FacetCount, ...]]
    coverage: Coverage
    offset: int = 0
    folded_total: int = 0
    """How many hits there are to page through, copies folded."""
    expansions: tuple[Expansion, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Words of the question that stand in no paper."""
    related: tuple[str, ...] = ()
    """Terms that the papers tell together with what was asked: offered, not searched."""
    suggestion: str | None = None
    """The question with words that no paper has spelled as they may have been meant."""
    corrected: bool = False
    """Whether the suggestion was searched, since what was typed finds little."""
    wishes: tuple[str, ...] = ()
    """What the question wishes to see first, in plain words."""
    wishes_followed: bool = True
    """Whether it comes first; else its words were searched like any others."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim sentence of an answer."""

    text: str
    span: tuple[int, int]
    """Its slice of ``source.passage.text``."""
    highlights: tuple[tuple[int, int], ...]
    """Slices of ``text``."""
    source: Source


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as a paper prints it, for "how many"."""

    when: str
    """Its time as the paper writes it: "2012-13", "March 2012"."""
    value: str
    of: str
    """What it counts, in the paper's words: a table's row and column, or the sentence."""
    row: str
    """Of a table's number, its row and column without their years; empty for a sentence."""
    span: tuple[int, int]
    """Its slice of ``source.passage.text``."""
    source: Source

    @property
    def first_year(self) -> int:
        """The calendar year in which its time begins, or lies."""
        return int(re.findall(r"(?:19|20)\d\d", self.when)[0])

    @property
    def number(self) -> float:
        """The value to draw: of a share, per cent."""
        return float(self.value.strip("%* ").replace(",", ""))


@dataclass(frozen=True, slots=True)
class Series:
    """Figures of one thing over two years or more, by year: what may be drawn side by side."""

    figures: tuple[Figure, ...]

    @property
    def of(self) -> str:
        """What they count, as the latest of them is called."""
        return self.figures[-1].row.strip()


@dataclass(frozen=True, slots=True)
class Answer:
    """The extracted answer: sentences as they stand in the papers, none written by a machine."""

    query: str
    quotes: tuple[Quote, ...]
    coverage: Coverage
    figures: tuple[Figure, ...] = ()
    """Where figures were asked for: by year."""
    series: tuple[Series, ...] = ()
    """Those of them that tell how one thing changed."""
    expansions: tuple[Expansion, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    suggestion: str | None = None
    corrected: bool = False
    wishes: tuple[str, ...] = ()
    wishes_followed: bool = True
    passages: int = 0
    """How many passages match, whether any sentence of theirs answers or not."""
