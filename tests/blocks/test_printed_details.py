"""Signatures, the form of letters and details of a front, set in bold, are no headings."""

from __future__ import annotations

from dataclasses import replace

from indexer.blocks.printed import printed_to_blocks
from indexer.model import BlockKind, Box, Line, Page, Reading

TEXT = (
    "The Board heard that neglect had been seen by three agencies and that each had thought that",
    "another was in the lead. It asked for one plan for each child, with a named person to lead.",
)
WIDTH, HEIGHT = 600.0, 800.0


def read(*blocks: str | tuple[str, ...]) -> Reading:
    """A page: a string is a bold line by itself, a tuple the plain lines of a paragraph."""
    lines: list[Line] = []
    text = ""
    y = 80.0
    for block in blocks:
        bold = isinstance(block, str)
        y += 12
        for words in block.split("\n") if isinstance(block, str) else block:
            box = Box(60 / WIDTH, y / HEIGHT, (60 + 5.2 * len(words)) / WIDTH, (y + 11) / HEIGHT)
            lines.append(Line(len(text), len(text) + len(words), 1, None, box, 11.0, bold))
            text += words + "\n"
            y += 14
    return Reading(text, tuple(lines), (Page(1, "1", WIDTH, HEIGHT, 0, len(text)),))


def headings(*blocks: str | tuple[str, ...]) -> list[str]:
    reading = read(*blocks)
    return [
        " ".join(reading.line_text(i) for i in block.lines)
        for block in printed_to_blocks(reading)
        if block.kind == BlockKind.HEADING
    ]


def test_who_signs_a_letter_is_no_heading_and_an_enclosure_has_its_own() -> None:
    signed = ("Jo Example OBE\nChief Inspector of Places", "Ann Other")
    letter = ("Dear colleague", "Local review", TEXT, ("Yours sincerely",), *signed)
    assert headings(*letter) == ["Local review"]
    assert headings(*letter, TEXT, "Next steps", TEXT) == ["Local review", "Next steps"]


def test_a_name_above_an_office_is_no_heading_and_a_title_above_a_holder_is_one() -> None:
    assert headings("Findings", TEXT, "Jo Example", ("Corporate Director of Children’s Services",)) == [
        "Findings"
    ]
    assert headings("Early Help", "Corporate Director: Jo Example", TEXT) == ["Early Help"]


def test_details_of_a_front_are_no_headings() -> None:
    front = (
        "Classification: Unrestricted",
        "Electoral Division: Example North",
        "Is it eligible for call-in? Yes",
    )
    assert headings(*front, "Summary", TEXT) == ["Summary"]


def test_a_heading_with_a_colon_between_texts_stays() -> None:
    titles = ["Practice study: what worked", "Practice study: what did not"]
    assert headings(titles[0], TEXT, titles[1], TEXT) == titles


def test_a_total_with_its_sums_is_no_heading() -> None:
    assert headings("Early Help", TEXT, "Early Help Total 12.5 13.0 0.5", TEXT) == ["Early Help"]


def test_a_paragraph_that_breaks_after_an_abbreviation_goes_on_over_the_page() -> None:
    first = ("The plan is to be made before the young person ceases to be looked after by them (i.e.",)
    reading = read(first, ("before they are eighteen) and is kept up to date for as long as it lasts.",))
    lines = (reading.lines[0], replace(reading.lines[1], page=2))
    pages = (reading.pages[0], replace(reading.pages[0], number=2, label="2"))
    blocks = printed_to_blocks(replace(reading, lines=lines, pages=pages))
    assert [block.lines for block in blocks] == [(0, 1)]
