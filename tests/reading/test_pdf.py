"""Reading PDF: words, order, columns, tables, labels, bookmarks, and files that cannot be read."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, NumberObject, RectangleObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.model import Reading
from indexer.page_images import page_image
from indexer.reading.pdf import read_pdf

Draw = Callable[[Canvas], None]
WIDTH, HEIGHT = A4

LEFT = [
    "Neglect was seen early by the health",
    "visitor who wrote to her manager but",
    "the letter was not passed to anybody",
    "who could have acted on it and so the",
    "family was not visited for six weeks",
    "although three agencies knew of them.",
]
RIGHT = [
    "Supervision did not ask what the child",
    "was living with and the plan said only",
    "that the mother should keep attending",
    "appointments which she did not manage",
    "because nobody had told her the place",
    "where the clinic had been moved to.",
]


def save(path: Path, *pages: Draw) -> Path:
    canvas = Canvas(str(path), pagesize=A4)
    for draw in pages:
        canvas.setFont("Helvetica", 11)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return path


def written(*lines: str, top: float = 760.0, x: float = 72.0) -> Draw:
    def draw(canvas: Canvas) -> None:
        for k, line in enumerate(lines):
            canvas.drawString(x, top - 14 * k, line)

    return draw


def texts(reading: Reading) -> list[str]:
    return [reading.line_text(i) for i in range(len(reading.lines))]


def rewrite(path: Path, change: Callable[[PdfWriter], None]) -> Path:
    writer = PdfWriter(clone_from=PdfReader(path))
    change(writer)
    writer.write(path)
    return path


# ---------------------------------------------------------------- text and its shape


def test_lines_are_slices_of_the_text_and_pages_are_joined_by_form_feeds(tmp_path: Path) -> None:
    path = save(tmp_path / "a.pdf", written("First line", "second line"), written("Third line"))
    reading = read_pdf(path)
    assert reading.text == "First line\nsecond line\fThird line"
    assert [line.page for line in reading.lines] == [1, 1, 2]
    assert [reading.text[page.start : page.end] for page in reading.pages] == [
        "First line\nsecond line",
        "Third line",
    ]
    assert (reading.pages[0].width, reading.pages[0].height) == (round(WIDTH, 2), round(HEIGHT, 2))


def test_size_and_weight_are_those_of_most_letters(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 700, "Findings")
        canvas.setFont("Helvetica", 11)
        canvas.drawString(72, 670, "Plain words that follow the heading")

    heading, plain = read_pdf(save(tmp_path / "a.pdf", draw)).lines
    assert (heading.size, heading.bold) == (16.0, True)
    assert (plain.size, plain.bold) == (11.0, False)


def test_text_printed_twice_to_look_bold_is_read_once(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for shift in (0.0, 0.4):
            canvas.drawString(72 + shift, 700, "Serious case review")

    reading = read_pdf(save(tmp_path / "a.pdf", draw))
    assert reading.text == "Serious case review"
    assert reading.lines[0].bold


def test_a_large_number_beside_two_lines_of_small_print_leaves_them_apart(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(72, 700, "Inspection of the city council")
        canvas.drawString(72, 690, "11 to 15 November")
        canvas.setFont("Helvetica", 16)
        canvas.drawString(500, 694, "2")

    lines = texts(read_pdf(save(tmp_path / "a.pdf", draw)))
    assert "11 to 15 November" in lines and len(lines) == 2


def test_words_that_are_placed_without_spaces_are_parted(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        x = 72.0
        for word in ("placed", "by", "position"):
            canvas.drawString(x, 700, word)
            x += canvas.stringWidth(word) + 3.0

    assert read_pdf(save(tmp_path / "a.pdf", draw)).text == "placed by position"


def test_a_footnotes_raised_figure_does_not_join_the_word(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 700, "abuse")
        canvas.setFont("Helvetica", 6)
        canvas.drawString(72 + canvas.stringWidth("abuse", "Helvetica", 11), 705, "12")

    assert read_pdf(save(tmp_path / "a.pdf", draw)).text == "abuse 12"


WORDS = st.lists(st.text("abcdefghijkl", min_size=2, max_size=7), min_size=1, max_size=40)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


@settings(max_examples=25)
@given(words=WORDS, places=st.permutations([(x, y) for x in range(8) for y in range(6)]))
def test_no_word_is_lost_or_invented_wherever_it_stands(
    folder: Path, words: list[str], places: list[tuple[int, int]]
) -> None:
    def draw(canvas: Canvas) -> None:
        for word, (x, y) in zip(words, places, strict=False):
            canvas.drawString(40 + 65 * x, 60 + 110 * y, word)

    reading = read_pdf(save(folder / "words.pdf", draw))
    assert Counter(reading.text.split()) == Counter(words)
    for line in reading.lines:
        assert reading.text[line.start : line.end].strip()
        assert all(line.start <= a <= b <= line.end for a, b in line.cells)


# ---------------------------------------------------------------- order


def test_columns_are_read_one_after_the_other_between_full_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(
            72, 780, "What the review of the family found in each of the agencies that knew them well"
        )
        written(*LEFT, top=750)(canvas)
        written(*RIGHT, top=743, x=310)(canvas)
        canvas.drawString(
            72, 620, "The Board accepted all of this at its meeting and asked for a plan within a month"
        )

    lines = texts(read_pdf(save(tmp_path / "a.pdf", draw)))
    assert lines[1:-1] == LEFT + RIGHT
    assert lines[0].startswith("What the review") and lines[-1].startswith("The Board accepted")


def test_running_heads_and_feet_stay_out_of_the_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(72, 815, "Annual Report")
        written(*LEFT, top=750)(canvas)
        written(*RIGHT, top=750, x=310)(canvas)
        canvas.drawString(72, 25, "12")

    assert texts(read_pdf(save(tmp_path / "a.pdf", draw))) == ["Annual Report", *LEFT, *RIGHT, "12"]


ROWS = [["Agency", "Places"], ["Health", "140"], ["Schools", "35"]]


def ruled(canvas: Canvas) -> None:
    canvas.grid([72, 250, 400], [700, 680, 660, 640])
    for k, row in enumerate(ROWS):
        for x, text in zip((76, 254), row, strict=True):
            canvas.drawString(x, 686 - 20 * k, text)


def cells(reading: Reading) -> list[list[str]]:
    return [[reading.text[a:b] for a, b in line.cells] for line in reading.lines if line.cells]


def test_a_ruled_table_is_read_row_by_row_with_cells(tmp_path: Path) -> None:
    assert cells(read_pdf(save(tmp_path / "a.pdf", ruled))) == ROWS


def test_a_cell_that_wraps_is_kept_together(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.grid([72, 250, 400], [700, 660, 640])
        written("Neglect strategy for", "the city", top=685, x=76)(canvas)
        written("Board Manager", "by June", top=685, x=254)(canvas)
        canvas.drawString(76, 646, "Audit")
        canvas.drawString(254, 646, "Chair")

    assert cells(read_pdf(save(tmp_path / "a.pdf", draw))) == [
        ["Neglect strategy for the city", "Board Manager by June"],
        ["Audit", "Chair"],
    ]


def test_a_table_ruled_between_its_rows_only_has_cells(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for k in range(4):
            canvas.line(72, 700 - 20 * k, 400, 700 - 20 * k)
        for k, row in enumerate(ROWS):
            canvas.drawString(76, 686 - 20 * k, row[0])
            canvas.drawString(300, 686 - 20 * k, row[1])

    assert cells(read_pdf(save(tmp_path / "a.pdf", draw))) == ROWS


def test_a_table_without_rules_is_told_by_its_alignment(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for k, row in enumerate(ROWS):
            canvas.drawString(72, 700 - 15 * k, row[0])
            canvas.drawString(300, 700 - 15 * k, row[1])

    assert cells(read_pdf(save(tmp_path / "a.pdf", draw))) == ROWS


def test_the_figures_of_a_wide_table_stay_in_their_rows(tmp_path: Path) -> None:
    names = [f"{word} of children in the care of the council" for word in ("Adoption", "Fostering") * 4]
    figures = [f"-{k},041.{k}" for k in range(1, 9)]

    def draw(canvas: Canvas) -> None:
        for k, name in enumerate(names):
            canvas.drawString(40, 700 - 15 * k, name)
            for column in range(5):
                canvas.drawRightString(340 + 55 * column, 700 - 15 * k, figures[k])

    assert cells(read_pdf(save(tmp_path / "a.pdf", draw))) == [
        [name, *[figure] * 5] for name, figure in zip(names, figures, strict=True)
    ]


def test_numbered_paragraphs_are_no_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for k, line in enumerate(LEFT):
            canvas.drawString(72, 700 - 15 * k, f"{k + 1}.1")
            canvas.drawString(120, 700 - 15 * k, line)

    reading = read_pdf(save(tmp_path / "a.pdf", draw))
    assert not cells(reading)
    assert texts(reading)[0] == f"1.1 {LEFT[0]}"


# ---------------------------------------------------------------- places on the page


def ink(path: Path, box: tuple[float, float, float, float]) -> tuple[bool, bool]:
    """Whether there is ink inside a box of the drawn page, and whether there is any outside."""
    image = Image.open(io.BytesIO(page_image(path, 1, 900))).convert("L")
    x0, y0, x1, y1 = box
    margin = 0.01
    frame = (
        int((x0 - margin) * image.width),
        int((y0 - margin) * image.height),
        int((x1 + margin) * image.width),
        int((y1 + margin) * image.height),
    )
    inside = image.crop(frame).getextrema()[0] < 128
    image.paste(255, frame)
    return inside, image.getextrema()[0] < 128


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("crop", [None, (40, 300, 560, 800)])
def test_boxes_lie_on_the_ink_of_the_page_as_displayed(
    tmp_path: Path, turn: int, crop: tuple[int, int, int, int] | None
) -> None:
    def change(writer: PdfWriter) -> None:
        writer.pages[0][NameObject("/Rotate")] = NumberObject(turn)
        if crop:
            writer.pages[0].cropbox = RectangleObject(crop)

    path = rewrite(save(tmp_path / "a.pdf", written("A single line of text", top=650, x=150)), change)
    reading = read_pdf(path)
    assert texts(reading) == ["A single line of text"]
    box = reading.lines[0].box
    assert box is not None and ink(path, box) == (True, False)


def test_sideways_text_is_read_along_its_own_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.rotate(90)
        written(*LEFT, top=-100, x=100)(canvas)

    assert texts(read_pdf(save(tmp_path / "a.pdf", draw))) == LEFT


def test_text_outside_the_crop_box_is_not_read(tmp_path: Path) -> None:
    def change(writer: PdfWriter) -> None:
        writer.pages[0].cropbox = RectangleObject((0, 0, 595, 700))

    path = save(tmp_path / "a.pdf", written("Cut off", top=760), written("Kept"))
    path = rewrite(path, change)
    assert texts(read_pdf(path)) == ["Kept"]
