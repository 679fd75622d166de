"""Opening a PDF: labels, outline and title of the file, and files that cannot be read."""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadableFile
from indexer.model import Reading, UnreadCode
from indexer.reading.attempt import WHOLE, Attempt
from indexer.reading.pdf import document as pdf_document
from indexer.reading.pdf import read_pdf

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = A4
SENTENCE = "Neglect was seen early by the health visitor who wrote to her manager"


def save(path: Path, *pages: Draw) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def written(*lines: str) -> Draw:
    def draw(canvas: Canvas) -> None:
        for k, line in enumerate(lines):
            canvas.drawString(72, 760 - 14 * k, line)

    return draw


def texts(reading: Reading) -> list[str]:
    return [reading.line_text(i) for i in range(len(reading.lines))]


def rewrite(path: Path, change: Callable[[PdfWriter], None]) -> Path:
    writer = PdfWriter(clone_from=PdfReader(path))
    change(writer)
    writer.write(path)
    return path


# ---------------------------------------------------------------- labels, outline, title


def test_labels_of_the_file_are_used(tmp_path: Path) -> None:
    def change(writer: PdfWriter) -> None:
        writer.set_page_label(0, 1, style="/r")
        writer.set_page_label(2, 3, style="/D")

    path = rewrite(save(tmp_path / "a.pdf", *[written("Text")] * 4), change)
    assert [page.label for page in read_pdf(path).pages] == ["i", "ii", "1", "2"]


def test_bookmarks_survive_loops_and_bad_ends(tmp_path: Path) -> None:
    def change(writer: PdfWriter) -> None:
        outer = writer.add_outline_item(title="One", page_number=0)
        inner = writer.add_outline_item(title="Within one", page_number=1, parent=outer)
        inner.get_object()[NameObject("/Next")] = inner
        writer.add_outline_item(title="Nowhere", page_number=None)
        writer.add_outline_item(title="Two", page_number=1)

    path = rewrite(save(tmp_path / "a.pdf", written("a"), written("b")), change)
    found = [(b.title, b.level, b.page) for b in read_pdf(path).bookmarks]
    assert found == [("One", 1, 1), ("Within one", 2, 2), ("Two", 1, 2)]


def test_the_title_comes_from_the_properties(tmp_path: Path) -> None:
    path = save(tmp_path / "a.pdf", written("Text"))
    rewrite(path, lambda writer: writer.add_metadata({"/Title": "Annual  Report – 2013"}))
    assert read_pdf(path).title == "Annual Report – 2013"


# ---------------------------------------------------------------- what cannot be read


def picture(canvas: Canvas) -> None:
    canvas.drawInlineImage(Image.new("RGB", (60, 80), "grey"), 0, 0, WIDTH, HEIGHT)


def reason(path: Path) -> UnreadCode:
    with pytest.raises(UnreadableFile) as caught:
        read_pdf(path)
    assert pickle.loads(pickle.dumps(caught.value)).reason == caught.value.reason  # noqa: S301
    assert len(caught.value.reason.split(". ")) >= 2, "says what happened and what to do"
    return caught.value.reason_code


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", UnreadCode.EMPTY),
        (b"\n \x00", UnreadCode.EMPTY),
        (b"These are words and no PDF at all. " * 50, UnreadCode.NOT_A_DOCUMENT),
        (b"%PDF-1.7\n" + b"\x80\x81 noise " * 400, UnreadCode.DAMAGED),
    ],
)
def test_files_that_are_no_pdf_are_named(tmp_path: Path, content: bytes, code: UnreadCode) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(content)
    assert reason(path) is code


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    assert reason(tmp_path / "gone.pdf") is UnreadCode.UNREADABLE


def test_a_locked_file_is_named_and_an_empty_password_opens(tmp_path: Path) -> None:
    locked = save(tmp_path / "a.pdf", written("Secret"))
    rewrite(locked, lambda writer: writer.encrypt("pass", algorithm="RC4-128"))
    assert reason(locked) is UnreadCode.ENCRYPTED
    opened = save(tmp_path / "b.pdf", written("Open to read"))
    rewrite(opened, lambda writer: writer.encrypt("", "owner", algorithm="RC4-128"))
    assert read_pdf(opened).text == "Open to read"


def test_a_file_without_pages_after_a_locked_one_is_not_locked(tmp_path: Path) -> None:
    assert reason(rewrite(save(tmp_path / "a.pdf", written("Secret")), lambda w: w.encrypt("x"))) is (
        UnreadCode.ENCRYPTED
    )
    PdfWriter().write(tmp_path / "b.pdf")
    assert reason(tmp_path / "b.pdf") is UnreadCode.DAMAGED


@pytest.mark.parametrize("share", [0.15, 0.5, 0.9])
def test_a_truncated_file_is_read_as_far_as_it_goes_or_named(tmp_path: Path, share: float) -> None:
    path = save(tmp_path / "a.pdf", *[written(*[SENTENCE] * 6)] * 5)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])
    try:
        reading = read_pdf(path)
    except UnreadableFile as error:
        assert error.reason_code is UnreadCode.DAMAGED
    else:
        assert SENTENCE in reading.text or reading.unread_pages


def test_a_scan_needs_text_recognition(tmp_path: Path) -> None:
    assert reason(save(tmp_path / "a.pdf", picture, picture)) is UnreadCode.NEEDS_OCR


def test_a_scanned_page_among_others_is_named_and_a_blank_one_is_not(tmp_path: Path) -> None:
    def stamped(canvas: Canvas) -> None:
        picture(canvas)
        canvas.drawString(500, 20, "Page 4")

    path = save(tmp_path / "a.pdf", written("Text"), picture, lambda canvas: None, stamped)
    reading = read_pdf(path)
    assert reading.unread_pages == ((2, UnreadCode.NEEDS_OCR), (4, UnreadCode.NEEDS_OCR))
    assert texts(reading) == ["Text", "Page 4"]


def test_a_broken_page_does_not_take_the_others_with_it(tmp_path: Path) -> None:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Contents")] = NumberObject(7)
        writer.pages[0][NameObject("/MediaBox")] = NumberObject(7)
        writer.pages[0][NameObject("/Rotate")] = NameObject("/Up")

    path = rewrite(save(tmp_path / "a.pdf", written("Lost"), written("Kept")), change)
    reading = read_pdf(path)
    assert len(reading.pages) == 2
    assert texts(reading) == ["Kept"]


def test_a_page_that_takes_too_long_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.reading.pdf.SECONDS_A_PAGE", -1.0)
    assert reason(save(tmp_path / "a.pdf", written("Slow"))) is UnreadCode.TIMED_OUT


def test_a_page_that_ended_one_attempt_is_read_by_the_other_program(tmp_path: Path) -> None:
    path = save(tmp_path / "a.pdf", written("One"), written("Two"), written("Three"))
    told: list[int] = []
    reading = read_pdf(path, Attempt(((2, UnreadCode.DAMAGED),), told.append))
    assert texts(reading) == ["One", "Two", "Three"]
    assert reading.unread_pages == ()
    assert told == [WHOLE, 1, WHOLE, 2, 3, WHOLE]  # the other program opens the file for page 2


def test_a_page_that_ended_two_attempts_is_lost_and_no_other(tmp_path: Path) -> None:
    path = save(tmp_path / "a.pdf", written("One"), written("Two"), written("Three"))
    told: list[int] = []
    lost = ((2, UnreadCode.DAMAGED), (2, UnreadCode.TIMED_OUT))
    reading = read_pdf(path, Attempt(lost, told.append))
    assert texts(reading) == ["One", "Three"]
    assert len(reading.pages) == 3
    assert reading.unread_pages == ((2, UnreadCode.TIMED_OUT),)
    assert 2 not in told


def test_a_file_that_ended_an_attempt_as_it_was_opened_is_read_by_the_other_program(tmp_path: Path) -> None:
    path = save(tmp_path / "a.pdf", written("One"))
    assert texts(read_pdf(path, Attempt(((WHOLE, UnreadCode.DAMAGED),)))) == ["One"]
    with pytest.raises(UnreadableFile):
        read_pdf(path, Attempt(((WHOLE, UnreadCode.DAMAGED),) * 2))


def test_a_file_that_is_too_large_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "a.pdf", written("One"), written("Two"))
    monkeypatch.setattr(pdf_document, "MOST_PAGES", 1)
    assert reason(path) is UnreadCode.TOO_LARGE
    monkeypatch.setattr(pdf_document, "MOST_BYTES", 10)
    assert reason(path) is UnreadCode.TOO_LARGE


def test_a_reading_can_be_sent_between_processes(tmp_path: Path) -> None:
    reading = read_pdf(save(tmp_path / "a.pdf", written(SENTENCE)))
    assert pickle.loads(pickle.dumps(reading)) == reading  # noqa: S301


CHECK = """
import sys
from pathlib import Path
from indexer.errors import UnreadableFile
from indexer.reading.pdf import read_pdf
try:
    reading = read_pdf(Path(sys.argv[1]))
    assert reading.text.strip(), "silently empty"
except UnreadableFile as error:
    print(error.reason)
"""


@pytest.mark.shared
@pytest.mark.slow
def test_every_broken_file_is_read_or_named(shared_folder: Path, root: Path) -> None:
    files = sorted((shared_folder / "data/pdf-bad").glob("*.pdf"))
    assert files
    for path in files:
        command = [sys.executable, "-W", "error", "-c", CHECK, str(path)]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=60, check=False)
        assert (done.returncode, done.stderr) == (0, ""), path.name
