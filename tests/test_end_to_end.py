"""The sample board through the whole of it: what its maker knows is found, cited and answered."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexer.catalogue import Catalogue
from indexer.model import BlockKind
from indexer.search.library import Library, SearchRequest, open_library
from indexer.search.payload import document_to_json
from indexer.search.results import Source
from indexer.settings import Settings

pytestmark = pytest.mark.slow

HERE = Path(__file__).resolve().parent
TRUTH: dict[str, Any] = json.loads((HERE / "sample_board" / "truth.json").read_text(encoding="utf-8"))
PDFS = [document for document in TRUTH["documents"] if document["file"].endswith(".pdf")]
GOLDEN = (
    "agendas/children-scrutiny-panel-2010-11-17.pdf",
    "annual-reports/wscb-annual-report-2012-13.pdf",
    "audits/section-11-audit-2012.txt",
)
ENOUGH_ANSWERED = 0.8
# Covers, agendas and notices at the foot of every page are headings or furniture rather than prose.
NO_PROSE = {"cover_line", "cover_title", "contents_title", "agenda_item", "notice"}
ASIDE = (BlockKind.HEADING, BlockKind.FURNITURE)


@pytest.fixture(scope="module")
def library(sample_index: Settings) -> Iterator[Library]:
    opened = open_library(sample_index)
    yield opened
    opened.close()


def by_file(document: dict[str, Any]) -> str:
    return str(document["file"])


def folded(text: str) -> str:
    """Letters only as far as two readers agree: no white space, no hyphens of any kind."""
    return re.sub(r"[\s\u00ad\u2010\u2011\ufffe\x02-]", "", text)


def sentences(document: dict[str, Any], *, prose: bool) -> Iterator[dict[str, Any]]:
    """The sentences of a paper that are prose (with a full stop or the like), or the other ones."""
    for block in document["blocks"]:
        for sentence in block["sentences"]:
            is_prose = block["kind"] not in NO_PROSE and sentence["text"][-1] in ".?!:;"
            if is_prose == prose:
                yield sentence


@pytest.mark.parametrize("document", PDFS, ids=by_file)
def test_every_sentence_is_in_a_passage_that_cites_its_page_and_label(
    library: Library, document: dict[str, Any]
) -> None:
    key = library.catalogue.document(document["file"]).id
    passages = [
        (folded(passage.text), {page.number: page.label for page in passage.pages})
        for passage in library.catalogue.passages(key)
    ]
    lost = [
        sentence
        for sentence in sentences(document, prose=True)
        if not any(
            folded(sentence["text"]) in text and cites(cited, sentence["pages"], sentence["labels"])
            for text, cited in passages
        )
    ]
    assert lost == []


def cites(cited: dict[int, str], pages: list[int], labels: list[str | None]) -> bool:
    """Whether all the pages are cited, each by its label where it has one."""
    known = dict(zip(pages, labels, strict=True))
    return set(pages) <= set(cited) and all(label in (None, cited[page]) for page, label in known.items())


@pytest.mark.parametrize("document", PDFS, ids=by_file)
def test_what_is_no_prose_stands_on_its_page_all_the_same(library: Library, document: dict[str, Any]) -> None:
    key = library.catalogue.document(document["file"]).id
    for sentence in sentences(document, prose=False):
        first = sentence["pages"][0]
        shown = "".join(block.text for block in library.catalogue.blocks(key, first))
        assert folded(sentence["text"]) in folded(shown) or len(sentence["pages"]) > 1, sentence


def test_every_sentence_of_the_other_formats_is_in_a_passage(library: Library) -> None:
    for document in TRUTH["documents"]:
        if document["pages"] is None:
            key = library.catalogue.document(document["file"]).id
            held = folded("".join(re.sub(r"[*>]", "", p.text) for p in library.catalogue.passages(key)))
            lost = [s["text"] for s in sentences(document, prose=True) if folded(s["text"]) not in held]
            assert lost == [], document["file"]


def test_the_answering_page_is_among_the_first_five_for_most_questions(
    library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = TRUTH["questions"]
    missed = [q for q in questions if not is_answered(library, q)]
    with capsys.disabled():
        print(f"\n{len(questions) - len(missed)} of {len(questions)} questions answered among the first five")
        for question in missed:
            print("  missed:", question["question"])
    assert len(missed) <= (1 - ENOUGH_ANSWERED) * len(questions)


def is_answered(library: Library, question: dict[str, Any]) -> bool:
    hits = library.search(SearchRequest(question["question"], limit=5)).hits
    sources = [source for hit in hits for source in (hit.source, *hit.also_in)]
    return any(answers(source, place) for source in sources for place in question["answers"])


def answers(source: Source, place: dict[str, Any]) -> bool:
    """Whether a hit cites the page that answers or, where the format has none, holds the words."""
    if source.document.file != place["file"]:
        return False
    if place["pages"]:
        return bool(set(place["pages"]) & {page.number for page in source.passage.pages})
    return folded(place["phrase"]) in folded(source.passage.text)


@pytest.mark.parametrize("copy", TRUTH["copies"], ids=lambda copy: str(copy["source"]))
def test_a_paper_that_stands_twice_is_found_once(library: Library, copy: dict[str, Any]) -> None:
    files = {place["file"] for place in copy["places"]}
    document = next(d for d in TRUTH["documents"] if d["file"] == copy["places"][0]["file"])
    long = [s["text"] for s in sentences(document, prose=True) if len(s["text"].split()) > 15][:10]
    for text in long:
        hits = library.search(SearchRequest(f'"{text}"', boilerplate=True)).hits
        assert len(hits) == 1, text
        assert {source.document.file for source in (hits[0].source, *hits[0].also_in)} == files


@pytest.mark.parametrize("file", GOLDEN)
def test_the_structure_is_the_one_that_was_looked_at(
    library: Library, file: str, request: pytest.FixtureRequest
) -> None:
    golden = HERE / "golden" / (file.rsplit("/", 1)[-1] + ".txt")
    found = "\n".join(outline(library.catalogue, file)) + "\n"
    if request.config.getoption("--rewrite-golden"):
        golden.write_text(found, encoding="utf-8")
    assert golden.read_text(encoding="utf-8") == found


def outline(catalogue: Catalogue, file: str) -> Iterator[str]:
    """What ``show`` tells of a paper, a line a thing, for people to read."""
    shown = document_to_json(catalogue, catalogue.document(file))
    document = shown["document"]
    yield " | ".join(str(document[key]) for key in ("title", "kind", "body", "date", "years"))
    for part in shown["parts"]:
        yield f"part {part['item']} | {part['title']} | {part['kind']} | {part['date']} | {place(part)}"
    for section in shown["sections"]:
        yield f"{'  ' * section['level']}{section['title']} | {place(section)}"
    for statement in shown["statements"]:
        words = " ".join(statement["text"].split()[:12])
        yield f"{statement['kind']} {statement['number']} | {words} | {place(statement)}"
    for kind in ("subgroups", "cases"):
        yield from (
            f"{kind[:-1]} {one['name']} | {', '.join(one['aliases'])} | {place(one)}" for one in shown[kind]
        )
    yield from (f"acronym {one['short']} | {one['long']} | {place(one)}" for one in shown["acronyms"])
    yield from (f"table {one['title']} | {place(one)}" for one in shown["tables"])


def place(item: dict[str, Any]) -> str:
    """Pages as a range, or else lines."""
    pages, lines = item["pages"], item["lines"]
    if pages:
        return f"page {pages[0]}" + (f" to {pages[-1]}" if len(pages) > 1 else "")
    return f"lines {lines}"
