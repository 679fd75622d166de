"""The right words go into the right field."""

from __future__ import annotations

from indexer.model import Document, DocumentKind, MediaType, Part, Passage, Place, Section
from indexer.search.analysis import analyse
from indexer.search.contract import FIELD_WEIGHTS
from indexer.search.prepared import indexed, prepare_passage

PLACE = Place(0, 1, None, ())
REPORT = DocumentKind.REPORT
DOCUMENT = Document("d", "d.pdf", MediaType.PDF, "Agenda pack", REPORT, "", None, (), 1)
PART = Part("4", "Audit of neglect", REPORT, "", None, (), 0, 1, PLACE)
SECTION = Section("s", "Findings", 2, ("Results", "Findings"), 0, 0, 1, PLACE)
PASSAGE = Passage("p", "Twelve cases were looked at.", (), None, (), 0, 0, context="Year | Cases")


def tokens(text: str) -> list[str]:
    return [token.text for token in analyse(text)]


def found(section: Section | None = SECTION, part: Part = PART) -> dict[str, list[str]]:
    given = indexed(7, prepare_passage(PASSAGE, DOCUMENT, part, section))
    assert given.ordinal == 7
    return {field: [token.text for token in value] for field, value in given.fields.items()}


def test_every_field_has_its_words() -> None:
    fields = found()
    assert fields.keys() == FIELD_WEIGHTS.keys()
    assert fields["text"] == tokens("Twelve cases were looked at.")
    assert fields["heading"] == tokens("Results Findings Year Cases")
    assert fields["title"] == tokens("Agenda pack Audit of neglect")


def test_a_passage_outside_sections_has_its_context_alone() -> None:
    assert found(section=None)["heading"] == tokens("Year Cases")


def test_a_paper_that_is_its_whole_document_is_titled_once() -> None:
    alone = Part(None, "Agenda pack", REPORT, "", None, (), 0, 1, PLACE)
    assert found(part=alone)["title"] == tokens("Agenda pack")
