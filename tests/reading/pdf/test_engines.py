"""Two programs that read PDFs: what they agree on, and when the second is asked."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.errors import UnreadableFile
from indexer.model import Reading, UnreadCode
from indexer.page_images import page_image
from indexer.reading import pdf
from indexer.reading.pdf import READERS, read_pdf
from indexer.reading.pdf.content import PageContent
from indexer.reading.pdf.document import Opener, PdfFile, unreadable

Draw = Callable[[Canvas], None]


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


def read_by(monkeypatch: pytest.MonkeyPatch, path: Path, *readers: Opener) -> Reading:
    monkeypatch.setattr(pdf, "READERS", readers)
    return read_pdf(path)


def both(monkeypatch: pytest.MonkeyPatch, path: Path) -> tuple[Reading, Reading]:
    first, second = (read_by(monkeypatch, path, reader) for reader in READERS)
    return first, second


class Failing:
    """A file as another program opens it, but for one page, of which something else is had."""

    def __init__(self, file: PdfFile, index: int, page: PageContent, unread: UnreadCode | None) -> None:
        self.file, self.index, self.page, self.unread = file, index, page, unread
        self.count = file.count
        self.labels, self.outline, self.title, self.close = file.labels, file.outline, file.title, file.close

    def read_page(self, index: int, seconds: float) -> tuple[PageContent, UnreadCode | None]:
        return (self.page, self.unread) if index == self.index else self.file.read_page(index, seconds)


# ---------------------------------------------------------------- what both give


def mixed(canvas: Canvas) -> None:
    canvas.setFont("Helvetica-Bold", 16)
    canvas.drawString(72, 780, "Findings of the review")
    canvas.setFont("Times-Roman", 11)
    canvas.drawString(72, 750, "Neglect was seen early - “by the health visitor” – and so on")
    canvas.drawString(72, 730, "a  line with two spaces, and then a gap")
    canvas.drawString(400, 730, "across")
    canvas.grid([72, 250, 400], [700, 680, 660])
    for k, row in enumerate((("Agency", "Places"), ("Health", "140"))):
        for x, text in zip((76, 254), row, strict=True):
            canvas.drawString(x, 686 - 20 * k, text)
    canvas.saveState()
    canvas.rotate(90)
    canvas.drawString(200, -560, "Along the edge")
    canvas.restoreState()
    canvas.translate(300, 300)
    canvas.rotate(40)
    canvas.drawString(0, 0, "DRAFT")


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_both_give_the_same_lines_in_the_same_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, turn: int
) -> None:
    writer = PdfWriter(clone_from=PdfReader(save(tmp_path / "a.pdf", mixed, written("Second page"))))
    writer.pages[0][NameObject("/Rotate")] = NumberObject(turn)
    writer.set_page_label(0, 0, style="/r", start=4)
    writer.add_outline_item(title="Findings", page_number=1)
    writer.add_metadata({"/Title": "A review"})
    writer.write(tmp_path / "b.pdf")
    first, second = both(monkeypatch, tmp_path / "b.pdf")
    assert first.text == second.text and "“by the health visitor”" in first.text
    assert (first.pages, first.bookmarks, first.title) == (second.pages, second.bookmarks, second.title)
    assert [page.label for page in first.pages] == ["iv", "1"]
    for ours, theirs in zip(first.lines, second.lines, strict=True):
        assert (ours.size, ours.bold, ours.cells) == (theirs.size, theirs.bold, theirs.cells)
        assert ours.box is not None and theirs.box is not None
        if "DRAFT" not in first.text[ours.start : ours.end]:
            assert ours.box == pytest.approx(theirs.box, abs=0.002)


def test_text_set_wide_is_whole_words_by_both(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "Annual Report 2015", charSpace=4)

    first, second = both(monkeypatch, save(tmp_path / "a.pdf", draw))
    assert first.text == second.text == "Annual Report 2015"


def test_a_space_that_stands_alone_parts_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(canvas: Canvas) -> None:
        text = canvas.beginText(72, 700)
        for part in ("10.", " ", "There"):
            text.textOut(part)
        text.setTextOrigin(89, 700)  # closer than a space is wide
        canvas.drawText(text)
        for x, part in ((72, "11."), (88, " "), (88.6, "Social")):
            canvas.drawString(x, 650, part)

    for reading in both(monkeypatch, save(tmp_path / "a.pdf", draw)):
        assert reading.text.splitlines() == ["10. There", "11. Social"]


def test_a_hyphen_at_the_end_of_a_line_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = save(tmp_path / "a.pdf", written("the family was in touch with multi-", "agency teams"))
    for reading in both(monkeypatch, path):
        assert reading.text.splitlines()[0].endswith("multi-")


def test_text_inside_forms_is_read_at_its_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.beginForm("stamp")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(0, 0, "Agenda Item 4")
        canvas.endForm()
        canvas.translate(100, 500)
        canvas.scale(2, 2)
        canvas.doForm("stamp")

    for reading in both(monkeypatch, save(tmp_path / "a.pdf", draw)):
        assert (reading.text, reading.lines[0].size) == ("Agenda Item 4", 20.0)


# ---------------------------------------------------------------- when the second is asked


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    return save(tmp_path / "a.pdf", written("First page"), written("Second page"))


GARBAGE = PageContent((0.0, 0.0, 595.0, 842.0), letters=10, unknown=5)
NOTHING = PageContent((0.0, 0.0, 595.0, 842.0))


@pytest.mark.parametrize(
    ("page", "unread"),
    [
        (NOTHING, UnreadCode.DAMAGED),
        (NOTHING, UnreadCode.TIMED_OUT),
        (GARBAGE, None),
        (NOTHING, None),
    ],
)
def test_a_page_that_one_cannot_read_is_read_by_the_other(
    monkeypatch: pytest.MonkeyPatch, paper: Path, page: PageContent, unread: UnreadCode | None
) -> None:
    first, second = READERS

    def failing(data: bytes) -> PdfFile | None:
        file = first(data)
        return file and Failing(file, 1, page, unread)

    reading = read_by(monkeypatch, paper, failing, second)
    assert reading.text == "First page\fSecond page"
    assert not reading.unread_pages


def test_the_other_is_not_asked_where_all_is_well(monkeypatch: pytest.MonkeyPatch, paper: Path) -> None:
    def never(data: bytes) -> PdfFile | None:
        raise AssertionError("asked in vain")

    assert read_by(monkeypatch, paper, READERS[0], never).text == "First page\fSecond page"


def cannot(data: bytes) -> PdfFile | None:
    return None


def locked(data: bytes) -> PdfFile | None:
    raise unreadable(UnreadCode.ENCRYPTED)


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("failing", [cannot, locked])
def test_a_file_that_one_cannot_open_is_read_by_the_other(
    monkeypatch: pytest.MonkeyPatch, paper: Path, reader: Opener, failing: Opener
) -> None:
    assert read_by(monkeypatch, paper, failing, reader).text == "First page\fSecond page"


def test_what_one_says_of_a_file_that_none_opens_is_the_reason(
    monkeypatch: pytest.MonkeyPatch, paper: Path
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_by(monkeypatch, paper, cannot, locked)
    assert caught.value.reason_code is UnreadCode.ENCRYPTED


def test_bookmarks_are_those_of_whoever_finds_where_they_lead(tmp_path: Path) -> None:
    """Names that stand in an unsorted list are found by looking through all of it only."""
    writer = PdfWriter(clone_from=PdfReader(save(tmp_path / "a.pdf", written("One"), written("Two"))))
    names = ArrayObject()
    for name, number in (("zebra", 0), ("apple", 1)):
        place = ArrayObject([writer.pages[number].indirect_reference, NameObject("/Fit")])
        names += [TextStringObject(name), place]
        item = writer.add_outline_item(title=name.title(), page_number=number).get_object()
        del item["/A"]
        item[NameObject("/Dest")] = TextStringObject(name)
    tree = DictionaryObject({NameObject("/Dests"): DictionaryObject({NameObject("/Names"): names})})
    writer.root_object[NameObject("/Names")] = tree
    writer.write(tmp_path / "b.pdf")
    assert [(b.title, b.page) for b in read_pdf(tmp_path / "b.pdf").bookmarks] == [("Zebra", 1), ("Apple", 2)]


# ---------------------------------------------------------------- threads


def test_reading_and_drawing_in_threads_do_not_disturb_each_other(paper: Path) -> None:
    def work(number: int) -> str | bytes:
        return page_image(paper, 1, 200) if number % 2 else read_pdf(paper).text

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(work, range(40)))
    assert set(results) == {"First page\fSecond page", page_image(paper, 1, 200)}
