"""The sample board is what it claims: an independent reader finds every sentence where the truth says."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT / "corpus"
BOARD = ROOT / "tests" / "sample_board"
TRUTH: dict[str, Any] = json.loads((BOARD / "truth.json").read_text(encoding="utf-8"))
DOCUMENTS: list[dict[str, Any]] = TRUTH["documents"]
PDFS = [document for document in DOCUMENTS if document["file"].endswith(".pdf")]
LINED = [document for document in DOCUMENTS if document["file"].endswith((".txt", ".md"))]
KINDS = set(
    "annual_report business_plan agenda_pack agenda minutes report briefing_note case_review "
    "case_review_briefing policy guidance other".split()
)
YEAR = re.compile(r"20\d\d-\d\d")


def by_file(document: dict[str, Any]) -> str:
    return str(document["file"])


def folded(text: str) -> str:
    """Letters only as far as two readers agree: no white space, no hyphens of any kind."""
    return re.sub(r"[\s\u00ad\u2010\u2011\ufffe\x02-]", "", text)


@cache
def page_texts(file: str) -> tuple[str, ...]:
    """Each page's text by pdfium, folded."""
    pdf = pypdfium2.PdfDocument(CORPUS / file)
    try:
        return tuple(folded(page.get_textpage().get_text_range()) for page in pdf)
    finally:
        pdf.close()


def whole_text(file: str) -> str:
    if file.endswith(".pdf"):
        return "".join(page_texts(file))
    if file.endswith(".docx"):
        with zipfile.ZipFile(CORPUS / file) as parts:
            return folded(re.sub(r"<[^>]+>", "", parts.read("word/document.xml").decode()))
    return folded(re.sub(r"<[^>]+>", "", (CORPUS / file).read_text(encoding="utf-8")))


@pytest.mark.parametrize("document", PDFS, ids=by_file)
def test_every_sentence_stands_on_its_page(document: dict[str, Any]) -> None:
    pages = page_texts(document["file"])
    for block in document["blocks"]:
        for sentence in block["sentences"]:
            assert sentence["pages"], sentence
            for page, piece in sentence.get("pieces", [[sentence["pages"][0], sentence["text"]]]):
                assert folded(piece) in pages[page - 1], (page, piece)


@pytest.mark.parametrize("document", PDFS, ids=by_file)
def test_the_pieces_of_a_divided_sentence_make_the_sentence(document: dict[str, Any]) -> None:
    divided = [s for block in document["blocks"] for s in block["sentences"] if "pieces" in s]
    for sentence in divided:
        assert folded("".join(piece for _, piece in sentence["pieces"])) == folded(sentence["text"])
        assert [page for page, _ in sentence["pieces"]] == sentence["pages"]


@pytest.mark.parametrize("document", PDFS, ids=by_file)
def test_headings_recommendations_and_table_rows_stand_on_their_pages(document: dict[str, Any]) -> None:
    pages = page_texts(document["file"])
    placed = [(section["title"], section["pages"]) for section in document["sections"]]
    placed += [(statement["text"], statement["pages"]) for statement in document["statements"]]
    for text, numbers in placed:
        assert folded(text) in "".join(pages[number - 1] for number in numbers) or len(numbers) > 1
    for table in document["tables"]:
        for row in table["rows"]:
            for number in row["pages"]:
                assert all(folded(cell) in pages[number - 1] for cell in row["cells"])


@pytest.mark.parametrize("document", PDFS, ids=by_file)
def test_printed_labels_stand_on_their_pages(document: dict[str, Any]) -> None:
    pages = page_texts(document["file"])
    assert len(pages) == document["pages"] == len(document["labels"])
    for text, label in zip(pages, document["labels"], strict=True):
        stamped = f"Page{label}" if document["label_basis"] == "stamp" else str(label)
        assert label is None or document["label_basis"] == "file" or stamped in text


@pytest.mark.parametrize("document", [d for d in PDFS if d["label_basis"] == "file"], ids=by_file)
def test_real_page_labels_are_in_the_file(document: dict[str, Any]) -> None:
    pdf = pypdfium2.PdfDocument(CORPUS / document["file"])
    labels = [pdf.get_page_label(number) for number in range(len(pdf))]
    pdf.close()
    assert labels == document["labels"]


@pytest.mark.parametrize("document", PDFS, ids=by_file)
def test_bookmarks_are_where_the_truth_says(document: dict[str, Any]) -> None:
    pdf = pypdfium2.PdfDocument(CORPUS / document["file"])
    marks = [(mark.get_title(), mark.get_dest()) for mark in pdf.get_toc()]
    starts = {(title, dest.get_index() + 1) for title, dest in marks if dest is not None}
    pdf.close()
    assert bool(starts) == document["bookmarks"]
    if document["bookmarks"] and not document["parts"]:
        headings = {(s["title"], s["pages"][0]) for s in document["sections"] if s["level"] < 3}
        assert starts == headings


@pytest.mark.parametrize("document", LINED, ids=by_file)
def test_every_sentence_stands_on_its_lines(document: dict[str, Any]) -> None:
    lines = (CORPUS / document["file"]).read_text(encoding="utf-8").split("\n")
    for block in document["blocks"]:
        for sentence in block["sentences"]:
            first, last = sentence["lines"]
            assert folded(sentence["text"]) in folded(re.sub(r"[*>]", "", "".join(lines[first - 1 : last])))


@pytest.mark.parametrize("document", [d for d in DOCUMENTS if d["pages"] is None], ids=by_file)
def test_every_sentence_stands_in_a_file_without_pages(document: dict[str, Any]) -> None:
    text = re.sub(r"[*>]", "", whole_text(document["file"])).replace("&amp;", "&")
    assert all(folded(s["text"]) in text for block in document["blocks"] for s in block["sentences"])


def make_board(folder: Path) -> tuple[Path, bytes]:
    """Make the board afresh in a folder; its corpus and its truth."""
    corpus, truth = folder / "corpus", folder / "truth.json"
    made = [sys.executable, "-B", str(BOARD / "make.py"), "--corpus", str(corpus), "--truth", str(truth)]
    subprocess.run(made, check=True, capture_output=True)
    return corpus, truth.read_bytes()


def held_in(corpus: Path) -> dict[str, bytes]:
    files = [file for file in corpus.rglob("*") if file.is_file() and file.name != "README.md"]
    return {file.relative_to(corpus).as_posix(): file.read_bytes() for file in files}


def told_by(data: bytes, file: str) -> object:
    """What a file says: compressed formats may differ in their bytes where zlib differs."""
    if file.endswith(".pdf"):
        pdf = pypdfium2.PdfDocument(data)
        texts = [page.get_textpage().get_text_range() for page in pdf]
        pdf.close()
        return texts
    if file.endswith(".docx"):
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            return {name: parts.read(name) for name in parts.namelist()}
    return data


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bytes]:
    return make_board(tmp_path_factory.mktemp("board"))


@pytest.mark.slow
def test_the_board_is_made_again_byte_for_byte(fresh: tuple[Path, bytes], tmp_path: Path) -> None:
    first, truth = fresh
    second, truth_again = make_board(tmp_path)
    assert truth == truth_again == (BOARD / "truth.json").read_bytes()
    assert held_in(first) == held_in(second)


@pytest.mark.slow
def test_the_papers_in_the_corpus_are_those_of_the_sources(fresh: tuple[Path, bytes]) -> None:
    made, kept = held_in(fresh[0]), held_in(CORPUS)
    assert sorted(made) == sorted(kept)
    assert [file for file in kept if told_by(kept[file], file) != told_by(made[file], file)] == []


def test_the_corpus_holds_the_papers_of_the_truth_and_nothing_else() -> None:
    held = {file.relative_to(CORPUS).as_posix() for file in CORPUS.rglob("*") if file.is_file()}
    assert held == {document["file"] for document in DOCUMENTS} | {"README.md"}
    assert sum((CORPUS / file).stat().st_size for file in held) < 3_000_000


def test_the_board_has_the_kinds_and_years_promised() -> None:
    kinds = Counter(document["kind"] for document in DOCUMENTS)
    assert kinds["annual_report"] >= 4 and kinds["agenda_pack"] == 3 and kinds["case_review_briefing"] >= 3
    assert kinds["business_plan"] and kinds["guidance"] and kinds["minutes"] >= 2
    assert set(kinds) <= KINDS and len(DOCUMENTS) >= 14
    assert {"2009", "2018"} <= {document["date"][:4] for document in DOCUMENTS}
    assert all("2009-01-01" <= document["date"] <= "2018-12-31" for document in DOCUMENTS)
    assert all(YEAR.fullmatch(year) for document in DOCUMENTS for year in document["years"])
    suffixes = {Path(document["file"]).suffix for document in DOCUMENTS}
    assert suffixes == {".pdf", ".docx", ".html", ".txt", ".md"}


def test_annual_reports_are_long_and_packs_hold_several_papers() -> None:
    assert all(document["pages"] >= 12 for document in PDFS if document["kind"] == "annual_report")
    packs = [document for document in PDFS if document["kind"] == "agenda_pack"]
    assert all({"minutes", "briefing_note"} <= {part["kind"] for part in pack["parts"]} for pack in packs)
    assert all(pack["blank_pages"] for pack in packs)


@pytest.mark.parametrize("document", [d for d in PDFS if d["parts"]], ids=by_file)
def test_the_agenda_and_the_stamps_agree_with_the_parts(document: dict[str, Any]) -> None:
    pages = page_texts(document["file"])
    agenda = "".join(pages[: document["parts"][0]["pages"][0] - 1])
    for part in document["parts"]:
        first, last = part["agenda_pages"]
        assert folded(f"(Pages {first} - {last})") in agenda
        assert folded(f"Agenda Item {part['item']}") in pages[part["pages"][0] - 1]
        assert document["labels"][part["pages"][0] - 1] == first
    for blank in document["blank_pages"]:
        assert "intentionallyleftblank" in pages[blank - 1]


def test_a_paper_that_stands_twice_has_the_same_sentences_in_both_places() -> None:
    held = {document["file"]: document for document in DOCUMENTS}
    assert TRUTH["copies"]
    for copy in TRUTH["copies"]:
        texts = [_sentences(held[place["file"]], place["item"]) for place in copy["places"]]
        assert all(found == texts[0] for found in texts[1:])


def _sentences(document: dict[str, Any], item: str | None) -> list[str]:
    blocks = [block for block in document["blocks"] if item is None or block["part"] == item]
    return [sentence["text"] for block in blocks for sentence in block["sentences"]]


@pytest.mark.parametrize("document", DOCUMENTS, ids=by_file)
def test_every_paper_says_that_it_is_invented(document: dict[str, Any]) -> None:
    file = document["file"]
    assert folded("This is a sample document.") in whole_text(file)
    assert folded("are all invented") in whole_text(file)
    if document["pages"]:
        assert all(folded("Sample document of an invented Board") in page for page in page_texts(file))


def test_the_readme_says_that_the_board_is_invented() -> None:
    assert "Everything in this folder is invented." in (CORPUS / "README.md").read_text(encoding="utf-8")


def test_questions_have_answers_with_places() -> None:
    assert len(TRUTH["questions"]) >= 30
    for question in TRUTH["questions"]:
        for answer in question["answers"]:
            suffix = Path(answer["file"]).suffix
            assert bool(answer["pages"]) == (suffix == ".pdf")
            assert bool(answer["lines"]) == (suffix in (".txt", ".md"))


def test_the_awkward_layouts_are_there() -> None:
    assert {document["label_basis"] for document in PDFS} == {"file", "printed", "stamp"}
    assert {document["bookmarks"] for document in PDFS} == {True, False}
    assert any(document["columns"] == 2 for document in PDFS)
    assert any(label == "iii" for document in PDFS for label in document["labels"])
    raw = pypdfium2.PdfDocument(CORPUS / "case-reviews/child-k-briefing-2011.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in raw)
    raw.close()
    assert re.search(r"[a-z][\ufffe\x02\u00ad-]\r?\n?[a-z]", text), "no word is broken at a line end"
