"""Scans become passages that know where they stand and how surely they were read; originals stay as is."""

from __future__ import annotations

import hashlib
import io
import shutil
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import indexer.reading.ocr as ocr
from indexer.build import BuildReport, Options, build
from indexer.catalogue import Catalogue
from indexer.check import find_faults
from indexer.cli import USAGE, main
from indexer.errors import OcrUnavailable, UnreadableFile
from indexer.files import find_files
from indexer.generations import current
from indexer.ingest import Task, ingest, outcome
from indexer.model import Box, Passage, SourceFile, UnreadCode
from indexer.reading.pdf import read_pdf
from indexer.search.library import SearchRequest, open_library
from indexer.search.payload import hit_to_json
from indexer.settings import Settings
from indexer.terminal import Style, search_lines
from webapp import create_app

SCANNED = (
    "Learning from reviews",
    "The Board heard in March 2014 that two infants had died",
    "while sleeping beside a parent who had been drinking.",
    "Health visitors had given advice at the first visit and",
    "had not come back to it with either of the families.",
)
A4 = (595.0, 842.0)


def a_scan(*lines: str) -> Image.Image:
    """An A4 page at 150 dots an inch, as a scanner gives it."""
    picture = Image.new("L", (1240, 1754), 250)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(lines):
        draw.text((130, 150 + 60 * number), line, fill=20, font=ImageFont.load_default(size=34))
    return picture


def noise() -> Image.Image:
    """A page of a picture without a word."""
    return Image.radial_gradient("L").resize((1240, 1754))


def save_scan(path: Path, *pictures: Image.Image) -> None:
    first, *others = pictures
    first.save(path, save_all=True, append_images=others, resolution=150)


def save_mixed(path: Path) -> None:
    """A page of text, a scanned page, and a scanned page with a printed stamp; pages named from vii on."""
    canvas = Canvas(str(path), pagesize=A4, invariant=True)
    canvas.addPageLabel(0, style="ROMAN_LOWER", start=7)
    for number, line in enumerate(("Minutes of the Example Safeguarding Board", "Neglect was discussed.")):
        canvas.drawString(72, 760 - 20 * number, line)
    canvas.showPage()
    for stamp in ("", "Page 12"):
        canvas.drawImage(ImageReader(a_scan(*SCANNED)), 0, 0, *A4)
        canvas.drawString(500, 20, stamp)
        canvas.showPage()
    canvas.save()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    return Settings(corpus=corpus, index=tmp_path / "index", engine="memory")


@pytest.fixture
def programs() -> None:
    if any(shutil.which(name) is None for name in ocr.PROGRAMS):
        pytest.skip("needs OCRmyPDF and Tesseract: make ocr")


def kept(source: SourceFile, folder: Path, pdf: bytes, words: ocr.Words) -> None:
    """Lay down what an earlier run recognised."""
    place = folder / source.checksum[:2]
    place.mkdir(parents=True)
    (place / f"{source.checksum}.pdf").write_bytes(pdf)
    (place / f"{source.checksum}.json").write_bytes(msgspec.json.encode(words))


def printed(*pages: tuple[str, ...]) -> bytes:
    data = io.BytesIO()
    canvas = Canvas(data, pagesize=A4, invariant=True)
    for lines in pages:
        for number, line in enumerate(lines):
            canvas.drawString(72, 760 - 20 * number, line)
        canvas.showPage()
    canvas.save()
    return data.getvalue()


@pytest.fixture
def scan(settings: Settings) -> SourceFile:
    save_scan(settings.corpus / "scan.pdf", a_scan(*SCANNED), noise())
    ((source,), _) = find_files(settings.corpus)
    return source


# ---------------------------------------------------------------- without the programs


def test_what_was_recognised_before_is_used_without_the_programs(
    scan: SourceFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    sure = (ocr.Word(0.2, 0.1, 0.75), ocr.Word(0.25, 0.1, 0.25), ocr.Word(0.2, 0.123, 1.0))
    kept(scan, tmp_path / "ocr", printed(("Neglect was seen", "in the spring.")), {1: sure, 2: ()})
    reading = ocr.recognise(scan, None, tmp_path / "ocr", run=False)
    assert reading is not None
    assert [line.ocr_quality for line in reading.lines] == [0.5, 1.0]


def test_a_line_in_which_no_word_was_seen_has_the_quality_of_its_page(
    scan: SourceFile, tmp_path: Path
) -> None:
    words = {1: (ocr.Word(0.9, 0.9, 0.6), ocr.Word(0.8, 0.9, 0.8))}
    kept(scan, tmp_path, printed(("Neglect was seen",)), words)
    reading = ocr.recognise(scan, None, tmp_path, run=False)
    assert reading is not None
    assert [line.ocr_quality for line in reading.lines] == [0.7]


def test_a_page_with_no_words_is_empty_and_one_with_a_text_layer_is_as_it_was(
    scan: SourceFile, tmp_path: Path
) -> None:
    kept(scan, tmp_path, printed(("A text layer.",), ()), {2: ()})
    reading = ocr.recognise(scan, None, tmp_path, run=False)
    assert reading is not None
    assert reading.unread_pages == ((2, UnreadCode.EMPTY),)
    assert [line.ocr_quality for line in reading.lines] == [None]


def test_a_file_in_which_no_page_has_words_is_empty(scan: SourceFile, tmp_path: Path) -> None:
    kept(scan, tmp_path, Path(scan.path).read_bytes(), {1: (), 2: ()})
    with pytest.raises(UnreadableFile) as caught:
        ocr.recognise(scan, None, tmp_path, run=False)
    assert caught.value.reason_code is UnreadCode.EMPTY
    assert caught.value.reason.endswith(".")


@pytest.mark.parametrize("spoil", [lambda p: p.write_bytes(b'{"1":'), lambda p: p.unlink()])
def test_what_is_kept_only_in_part_is_as_good_as_nothing(
    scan: SourceFile, tmp_path: Path, spoil: Callable[[Path], object]
) -> None:
    kept(scan, tmp_path, printed(("Neglect was seen",)), {1: ()})
    for words in tmp_path.glob("*/*.json"):
        spoil(words)
    assert ocr.recognise(scan, None, tmp_path, run=False) is None


def test_nothing_is_kept_of_files_that_are_gone(scan: SourceFile, tmp_path: Path) -> None:
    gone = replace(scan, checksum="ab" * 32)
    for source in (scan, gone):
        kept(source, tmp_path, b"", {})
    (tmp_path / "work-stopped").mkdir()
    ocr.keep_only(tmp_path, [scan])
    left = {path.name for path in tmp_path.rglob("*") if path.is_file() or path.name.startswith("work-")}
    assert left & {"work-stopped", f"{gone.checksum}.pdf", f"{gone.checksum}.json"} == set()
    assert {f"{scan.checksum}.pdf", f"{scan.checksum}.json"} <= left


def test_ocr_without_the_programs_ends_before_anything_is_read(
    settings: Settings, scan: SourceFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(OcrUnavailable) as caught:
        build(settings, Options(jobs=0, ocr=True))
    assert all(word in str(caught.value) for word in ("ocrmypdf", "tesseract", "make ocr", "apt-get"))
    assert not settings.index.exists()


def test_the_command_says_what_to_install(
    settings: Settings,
    scan: SourceFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert main(["build", "--ocr", "--corpus", str(settings.corpus), "--index", str(settings.index)]) == USAGE
    assert "make ocr" in capsys.readouterr().err


def stand_in(monkeypatch: pytest.MonkeyPatch, *command: str, seconds: float = 20.0) -> None:
    """Have another program run in OCRmyPDF's place."""
    start = subprocess.Popen

    def other(_: list[str], **options: object) -> object:
        return start(list(command), **options)  # type: ignore[call-overload]

    monkeypatch.setattr(ocr.subprocess, "Popen", other)
    monkeypatch.setattr(ocr, "SECONDS_A_FILE", seconds)


@pytest.mark.parametrize(
    ("script", "seconds", "code", "said"),
    [
        ("exit 8", 20.0, UnreadCode.ENCRYPTED, "locked"),
        ("exit 2", 20.0, UnreadCode.DAMAGED, "damaged"),
        ("echo out of ink >&2; exit 7", 20.0, UnreadCode.NEEDS_OCR, "code 7: out of ink"),
        ("exit 7", 20.0, UnreadCode.NEEDS_OCR, "did not say why"),
        ("sleep 60", 0.2, UnreadCode.TIMED_OUT, "longer than"),
    ],
)
def test_a_program_that_fails_is_the_reason_of_its_file(
    scan: SourceFile,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    script: str,
    seconds: float,
    code: UnreadCode,
    said: str,
) -> None:
    stand_in(monkeypatch, "sh", "-c", script, seconds=seconds)
    found = outcome(scan, ingest(Task(scan, tmp_path / "cache", ocr=True)), 60).unread
    assert found is not None
    assert (found.code, said in found.reason) == (code, True)
    assert not list((tmp_path / "cache").rglob("*.*"))


def test_where_recognition_fails_the_other_pages_are_read_and_the_scanned_ones_say_why(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save_mixed(settings.corpus / "mixed.pdf")
    ((source,), _) = find_files(settings.corpus)
    stand_in(monkeypatch, "sh", "-c", "exit 8")
    found = outcome(source, ingest(Task(source, tmp_path / "cache", ocr=True)), 60).extract
    assert found is not None
    assert any("Neglect" in passage.text for passage in found.passages)
    assert [(one.page, one.code) for one in found.unread] == [
        (2, UnreadCode.ENCRYPTED),
        (3, UnreadCode.ENCRYPTED),
    ]
    assert all("locked" in one.reason for one in found.unread)


# ---------------------------------------------------------------- with the programs


@pytest.fixture
def papers(settings: Settings) -> dict[str, str]:
    """A scan, a file with scanned pages and one without: names to checksums."""
    save_scan(settings.corpus / "scan.pdf", a_scan(*SCANNED), noise())
    save_mixed(settings.corpus / "mixed.pdf")
    (settings.corpus / "plain.txt").write_text("Minutes of the Board\n\nThresholds were discussed.\n")
    return checksums(settings)


def checksums(settings: Settings) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in settings.corpus.iterdir()}


def passages(settings: Settings, file: str) -> tuple[Passage, ...]:
    with Catalogue.open(current(settings.index).catalogue_path) as catalogue:
        return catalogue.passages(catalogue.document(file).id)


def needing(report: BuildReport) -> set[tuple[str, int | None]]:
    return {(one.file, one.page) for one in report.unread if one.code is UnreadCode.NEEDS_OCR}


@pytest.mark.slow
@pytest.mark.usefixtures("programs")
def test_marks_beyond_plain_letters_are_recognised_too(settings: Settings) -> None:
    said = "The term \N{LEFT DOUBLE QUOTATION MARK}full and fair\N{RIGHT DOUBLE QUOTATION MARK} is clear."
    save_scan(settings.corpus / "scan.pdf", a_scan(said))
    build(settings, Options(jobs=0, ocr=True))
    text = " ".join(passage.text for passage in passages(settings, "scan.pdf"))
    assert said in text


@pytest.mark.slow
@pytest.mark.usefixtures("programs")
def test_scans_are_recognised_where_they_stand_and_once(
    settings: Settings, papers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    before = build(settings, Options(jobs=2))
    assert needing(before) == {("scan.pdf", None), ("mixed.pdf", 2), ("mixed.pdf", 3)}
    after = build(settings, Options(jobs=2, ocr=True))
    assert needing(after) == set()
    assert [(one.file, one.page, one.code) for one in after.unread] == [("scan.pdf", 2, UnreadCode.EMPTY)]
    assert (after.added, after.changed, after.unchanged) == (1, 0, 2)
    assert checksums(settings) == papers
    assert find_faults(settings) == ()

    assert all(passage.ocr_quality is None for passage in passages(settings, "plain.txt"))
    for file, pages in (("scan.pdf", [1]), ("mixed.pdf", [2, 3])):
        for page in pages:
            assert_recognised(passages(settings, file), page)
    typed = [p for p in passages(settings, "mixed.pdf") if p.pages[0].number == 1]
    assert typed and all(passage.ocr_quality is None for passage in typed)
    labels = {ref.number: ref.label for p in passages(settings, "mixed.pdf") for ref in p.pages}
    assert labels == {1: "vii", 2: "viii", 3: "ix"}
    assert_told(settings)

    # Done once: neither a second build nor one made anew from the papers runs the program again.
    stand_in(monkeypatch, "false")
    found = passages(settings, "scan.pdf")
    generation = current(settings.index)
    build(settings, Options(jobs=0, ocr=True))
    assert current(settings.index) == generation
    shutil.rmtree(next((settings.index / "cache").glob("readings-*")))
    build(settings, Options(jobs=0, fresh=True))
    assert passages(settings, "scan.pdf") == found


def assert_told(settings: Settings) -> None:
    """A hit says how surely it was read: in JSON, on the terminal, in the results and on its page."""
    with closing(open_library(settings)) as library:
        results = library.search(SearchRequest("infants drinking"))
    found = hit_to_json(results.hits[0])
    words = f"Text recognised from a scan (quality {found['ocr_quality']:.2f})"
    assert words in "\n".join(search_lines(results, Style()))
    client = create_app(settings).test_client()
    for address in ("/search?q=infants+drinking", found["url"]):
        assert words in client.get(address).text
    assert client.get("/api/v1/search?q=thresholds").json["hits"][0]["ocr_quality"] is None


def assert_recognised(found: tuple[Passage, ...], page: int) -> None:
    """The scanned words are in passages of this page, at their place, marked and nearly sure."""
    own = [passage for passage in found if passage.pages[0].number == page]
    text = " ".join(" ".join(passage.text.split()) for passage in own)
    assert "two infants had died while sleeping beside a parent who had been drinking." in text
    assert all(passage.ocr_quality is not None and 0.8 < passage.ocr_quality <= 1 for passage in own)
    boxes = [
        box for passage in own for span in passage.spans for box in span.boxes if "Board" in passage.text
    ]
    first = Box(130 / 1240, 210 / 1754, 0.9, 250 / 1754)
    assert any(abs(box.x0 - first.x0) < 0.02 and first.y0 - 0.01 < box.y0 < first.y1 for box in boxes)


@pytest.mark.slow
@pytest.mark.usefixtures("programs")
def test_a_turned_page_keeps_its_places(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "turned.pdf"), pagesize=A4[::-1], invariant=True)
    canvas.setPageRotation(90)
    canvas.rotate(90)
    canvas.drawImage(ImageReader(a_scan(*SCANNED)), 0, -A4[1], *A4)
    canvas.showPage()
    canvas.save()
    ((source,), _) = find_files(tmp_path)
    with pytest.raises(UnreadableFile):
        read_pdf(tmp_path / "turned.pdf")
    reading = ocr.recognise(source, None, tmp_path / "ocr", run=True)
    assert reading is not None
    assert (reading.pages[0].width, reading.pages[0].height) == A4[::-1]
    line = next(line for line in reading.lines if "infants" in reading.text[line.start : line.end])
    assert line.box is not None and line.ocr_quality is not None
    # The picture keeps its size on a page that is wider and lower.
    assert abs(line.box.x0 - 130 / 1240 * A4[0] / A4[1]) < 0.01
    assert abs(line.box.y1 - 250 / 1754 * A4[1] / A4[0]) < 0.01
