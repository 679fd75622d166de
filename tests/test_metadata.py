"""Title, kind, body, date and years: on papers made here, and on the sample board against its truth."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from indexer.blocks import reading_to_blocks
from indexer.metadata import describe, describe_part
from indexer.model import Description, DocumentKind, MediaType, Part, Reading, SourceFile
from indexer.occasions import date_of_file
from indexer.parts import blocks_to_parts
from indexer.reading import read
from indexer.reading.text import read_text

ROOT = Path(__file__).resolve().parents[1]
TRUTH: list[dict[str, Any]] = json.loads((ROOT / "tests/sample_board/truth.json").read_text())["documents"]
MEDIA = {
    ".pdf": MediaType.PDF,
    ".txt": MediaType.TEXT,
    ".md": MediaType.MARKDOWN,
    ".html": MediaType.HTML,
    ".docx": MediaType.WORD,
}
KINDS_IN_DOUBT = {"cdop-annual-report-2011-12.pdf", "lado-and-private-fostering-2017-18.md"}
"""Reports by their author's word whose own titles say "Annual Report"."""
TEXT = "The officer said that the numbers had risen in the year and that more would be done about them. "


def described(text: str, folder: Path) -> tuple[Description, tuple[Part, ...]]:
    path = folder / "scan_0042_final.txt"
    path.write_text(text, encoding="utf-8")
    return all_of(read_text(path), path.name)


def all_of(reading: Reading, file: str) -> tuple[Description, tuple[Part, ...]]:
    blocks = reading_to_blocks(reading)
    whole = describe(reading, blocks, file)
    return whole, tuple(
        describe_part(reading, blocks, part, whole) for part in blocks_to_parts(reading, blocks)
    )


@cache
def of_board(file: str) -> tuple[Description, tuple[Part, ...]]:
    path = ROOT / "corpus" / file
    return all_of(read(source_of(path)), file)


def source_of(path: Path) -> SourceFile:
    return SourceFile(str(path), path.name, MEDIA[path.suffix], "", path.stat().st_size, 0)


def alike(first: str, second: str) -> float:
    """Words in common, as a share of the words of both."""
    one, two = (set(re.findall(r"\w+", text.lower())) for text in (first, second))
    return len(one & two) / len(one | two)


def by_file(document: dict[str, Any]) -> str:
    return str(document["file"])


@pytest.mark.parametrize("document", TRUTH, ids=by_file)
def test_the_sample_board(document: dict[str, Any]) -> None:
    whole, _ = of_board(document["file"])
    assert whole.body == document["body"]
    assert alike(whole.title, document["title"]) >= 0.6
    assert whole.date is None or document["date"].startswith(whole.date)
    if Path(document["file"]).name not in KINDS_IN_DOUBT:
        assert whole.kind == document["kind"]


@pytest.mark.slow
def test_years_of_the_sample_board() -> None:
    years = {d["file"]: of_board(d["file"])[0].years for d in TRUTH}
    reporting = [d for d in TRUTH if d["kind"] in ("annual_report", "business_plan")]
    assert all(years[d["file"]] == tuple(d["years"]) for d in reporting)
    # The truth gives every paper a year, by its date at need; only what is stated is read here.
    assert all(years[d["file"]] in ((), tuple(d["years"])) for d in TRUTH)
    meetings = [d["file"] for d in TRUTH if d["kind"] in ("agenda_pack", "minutes")]
    assert meetings and not any(years[file] for file in meetings)


@pytest.mark.parametrize("document", [d for d in TRUTH if d["parts"]], ids=by_file)
def test_parts_of_the_sample_packs(document: dict[str, Any]) -> None:
    whole, parts = of_board(document["file"])
    assert parts[0].kind == DocumentKind.AGENDA and parts[0].date == whole.date
    for part, wanted in zip(parts[1:], document["parts"], strict=True):
        assert part.kind == wanted["kind"]
        assert alike(part.title, wanted["title"]) >= 0.3
        assert part.date is not None and wanted["date"].startswith(part.date)


MINUTES = """Ambleford Safeguarding Children Board

Minutes of the meeting held at 10.00 am on Tuesday, 8 December 2009 in the Guildhall

Present: A Abel (Chair); B Bell (Police)

1. Minutes of the last meeting

The minutes of the meeting held on 15 September 2009 were agreed.
"""


def test_minutes_are_dated_by_their_own_meeting(tmp_path: Path) -> None:
    whole, _ = described(MINUTES, tmp_path)
    assert whole == Description(
        "Minutes of the Ambleford Safeguarding Children Board, 8 December 2009",
        DocumentKind.MINUTES,
        "Ambleford Safeguarding Children Board",
        "2009-12-08",
        (),
    )


AGENDA = """AGENDA

AMBLEFORD SCRUTINY BOARD

Thursday, 30th January, 2025, at 10.00 am

1. Apologies

2. Declarations of interest

3. Minutes of the meeting held on 9 January 2025 (Pages 1 - 10)

4. Any other urgent business

B Clerk, Head of Law

Published on Wednesday, 22 January 2025
"""


def test_an_agenda_has_the_meetings_date_not_that_of_its_publication(tmp_path: Path) -> None:
    whole, _ = described(AGENDA, tmp_path)
    assert (whole.kind, whole.date, whole.body) == (
        DocumentKind.AGENDA,
        "2025-01-30",
        "Ambleford Scrutiny Board",
    )


NOTES = f"""Treasury Group 14 November 2024

Agenda

1. Market Update

2. AOB

Attendance:

A Abel, B Bell

Discussion Summary:

{TEXT}
"""


def test_notes_that_list_their_agenda_are_minutes(tmp_path: Path) -> None:
    whole, parts = described(NOTES, tmp_path)
    assert (whole.kind, whole.date, len(parts)) == (DocumentKind.MINUTES, "2024-11-14", 1)
    assert whole.title == "Treasury Group 14 November 2024"
    assert described(AGENDA, tmp_path)[0].kind == DocumentKind.AGENDA


def test_a_head_without_colons_says_to_whom_a_report_goes(tmp_path: Path) -> None:
    table = "| To Cabinet - 30 January 2025 | |\n|---|---|\n| A Abel | 01234 |"
    path = tmp_path / "report.md"
    path.write_text(f"# Finance Monitoring Report\n\n{table}\n\n{TEXT * 4}\n", encoding="utf-8")
    whole, _ = all_of(read(source_of(path)), path.name)
    assert (whole.body, whole.date) == ("Cabinet", "2025-01-30")


CONTENTS = "Executive Summary 2\n\nBackground 5\n\nTreasury Management Strategy 39"


@pytest.mark.parametrize("line", [CONTENTS, "Contact details\n\nHead of Strategy"])
def test_contents_and_contacts_on_a_front_name_no_kind(line: str, tmp_path: Path) -> None:
    whole, _ = described(f"Draft Revenue Budget\n\n{TEXT}\n\n{line}\n\n{TEXT * 4}\n", tmp_path)
    assert whole.kind == DocumentKind.OTHER


def test_a_number_that_ends_one_line_of_a_cover_hides_no_kind(tmp_path: Path) -> None:
    whole, _ = described(f"Summer disorder\n\n{TEXT}\n\nSecond Report of the Session HC 381\n", tmp_path)
    assert whole.kind == DocumentKind.REPORT


@pytest.mark.parametrize(
    ("line", "date"),
    [
        ("Third edition, April 2015", "2015-04"),
        ("Agreed by the Board on 13 September 2011", "2011-09-13"),
        ("Report published: 25 August 2017", "2017-08-25"),
        ("Replaces the editions of May 2010 and September 2012", None),
        ("First issued 13 December 2010", None),
        ("April 2016 to March 2017", None),
        ("Inspection dates: 3 to 14 October 2022", None),
        ("Between April 2008 and March 2013 twenty infants died in the city.", None),
    ],
)
def test_a_paper_takes_no_date_that_is_met_in_passing(line: str, date: str | None, tmp_path: Path) -> None:
    text = f"Safe Sleep Protocol\n\nAmbleford Safeguarding Children Board\n\n{line}\n\n{TEXT}\n"
    assert described(text, tmp_path)[0].date == date


def test_years_come_from_title_and_period_and_not_from_the_date(tmp_path: Path) -> None:
    report = (
        "Ambleford Safeguarding Children Board\n\nAnnual Report 2012 - 2013\n\nBusiness Plan 2013 - 2015\n\n"
    )
    assert described(f"{report}September 2013\n\n{TEXT}\n", tmp_path)[0].years == ("2012-13",)
    guide = "Threshold Guidance\n\nThird edition, April 2015\n\nIn 2010-11 and 2012-13 the numbers rose.\n\n"
    assert described(guide + TEXT, tmp_path)[0].years == ()


def test_a_title_is_labelled_or_on_the_front_before_the_file_name(tmp_path: Path) -> None:
    head = "Public report\n\nReport to: Ambleford Cabinet\n\nTitle: Adoption in Ambleford\n\n"
    report = f"{head}Is this a key decision? No\n\n{TEXT}\n"
    assert described(report, tmp_path)[0].title == "Adoption in Ambleford"
    letter = f"31 October 2019\n\nDear Jo Marsh\n\n{TEXT}\n"
    assert "scan" not in described(letter, tmp_path)[0].title.lower()
    assert describe(Reading("", ()), (), "papers/scan_0042_final.pdf").title == "Scan 0042 final"


def test_an_overlong_title_is_cut_at_a_clause(tmp_path: Path) -> None:
    words = "The future of services for children who live away from home in the city; "
    whole, _ = described(
        f"Report to: Ambleford Cabinet\n\nTitle: {words * 4}\n\nRecommendations\n\n{TEXT}\n", tmp_path
    )
    assert len(whole.title) <= 180 and whole.title.endswith("in the city")


@pytest.mark.parametrize(
    ("name", "date"),
    [
        ("visits/ambleford-focused-visit-31-october-2019.pdf", "2019-10-31"),
        ("2014-09-16-board-appendix-d.pdf", "2014-09-16"),
        ("minutes_20140916.pdf", "2014-09-16"),
        ("annual-report-2012-13.pdf", None),
        ("24-00108-appendix.pdf", None),
    ],
)
def test_a_day_in_a_files_name_is_a_date(name: str, date: str | None) -> None:
    assert date_of_file(name) == date
