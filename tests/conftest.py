"""What every test may rely on: where things are, default settings, and no silent skips in CI.

A test that cannot run for want of a component (a browser, git, an engine) skips with a reason that
starts with "needs ". With CI set, such a skip is a failure.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from indexer.catalogue import Record
from indexer.model import (
    Block,
    Box,
    Document,
    DocumentKind,
    Line,
    MediaType,
    Page,
    Part,
    Passage,
    Place,
    Reading,
    Section,
    Span,
)
from indexer.reading.text import read_markdown, read_text
from indexer.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
# The caller's own board must not leak into the tests.
SETTINGS = ("CORPUS", "INDEX", "ENGINE", "HOST", "PORT", "OFFICE")

SENTENCES = (
    "The Board met four times in the year, e.g. in March, and heard from Dr. A. Example on co-sleeping.",
    "Neglect was found in 45% of the 1,190 cases (2012-13: 38%); the Children’s Trust spent £1,200 on it.",
    "It is recommended that:",
    "Two infants died",
    "What did we learn? That no agency saw the whole of it!",
    "A long account follows of what each of the agencies knew, when they knew it, whom they told of it, "
    "what was then done by those who had been told, and what the panel, having read every record that was "
    "kept at the time and spoken with everybody who would speak with it, has come to think should have "
    "been done instead.",
    "see para. 4.2 of the review (p. 12) by Mr. Example and cllr. Example, LSCB",
)
"""What invented papers are written with: abbreviations, figures, a lead-in, a long one, some with no end."""

# No deadline: how long an example takes says nothing about whether it holds.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--rewrite-golden``: write the golden files anew, to be looked at by eye before they are kept."""
    parser.addoption("--rewrite-golden", action="store_true", help="write the files of tests/golden anew")


def pytest_configure() -> None:
    """Start from default settings, and draw the same Hypothesis examples in every CI run."""
    for name in SETTINGS:
        os.environ.pop(f"BOARDSEARCH_{name}", None)
    settings.load_profile("ci" if in_ci() else "here")


def in_ci() -> bool:
    """Whether this run decides on a change, so that nothing may be left out."""
    return os.environ.get("CI", "").lower() in ("1", "true", "yes")


def skip_reason(report: pytest.TestReport | pytest.CollectReport) -> str:
    """Why the test or file was skipped; empty where it was not."""
    if not report.skipped or hasattr(report, "wasxfail") or not isinstance(report.longrepr, tuple):
        return ""
    return report.longrepr[2].removeprefix("Skipped: ")


def fail_in_ci(report: pytest.TestReport | pytest.CollectReport) -> None:
    """Turn a skip for want of a component into a failure where nothing may be left out."""
    reason = skip_reason(report)
    if in_ci() and reason.startswith("needs "):
        report.outcome = "failed"
        report.longrepr = f"skipped in CI, where nothing may be left out: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    """Look at each phase of each test."""
    report = yield
    fail_in_ci(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    """Look at each file, which may skip as a whole."""
    report = yield
    fail_in_ci(report)
    return report


@pytest.fixture(scope="session")
def root() -> Path:
    """The repository's own folder."""
    return ROOT


@pytest.fixture(scope="session")
def sample_corpus() -> Path:
    """The papers of the invented board that ships with the project."""
    return ROOT / "corpus"


@pytest.fixture(scope="session")
def shared_folder() -> Path:
    """The real documents beside the repository; a test that asks for them is skipped where they are not."""
    if not SHARED.is_dir():
        pytest.skip("the folder of real documents, ../shared, is not beside the repository")
    return SHARED


# ---------------------------------------------------------------- an index of the sample board


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory, sample_corpus: Path) -> Settings:
    """Settings of an index of the sample board, built once a session."""
    # Imported here: the tests of one stage are to run where another stage cannot be imported.
    from indexer.build import Options, build

    settings = Settings(corpus=sample_corpus, index=tmp_path_factory.mktemp("sample"), engine="memory")
    build(settings, Options(jobs=0))
    return settings


# ---------------------------------------------------------------- readings, without a file of the format


@pytest.fixture(scope="session")
def as_text(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reading]:
    """Characters to what the reader of plain text makes of them."""
    return _reader_of(tmp_path_factory, read_text)


@pytest.fixture(scope="session")
def as_markdown(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reading]:
    """Characters to what the reader of Markdown makes of them."""
    return _reader_of(tmp_path_factory, read_markdown)


def _reader_of(factory: pytest.TempPathFactory, read: Callable[[Path], Reading]) -> Callable[[str], Reading]:
    path = factory.mktemp("reading") / "paper"

    def reading(text: str) -> Reading:
        path.write_bytes(text.encode())
        return read(path)

    return reading


@pytest.fixture(scope="session")
def as_printed() -> Callable[..., Reading]:
    """Pages, each a list of lines, to a reading with a box for every line; labels where given."""

    def reading(*pages: Sequence[str], labels: Sequence[str] = ()) -> Reading:
        text = ""
        lines: list[Line] = []
        found: list[Page] = []
        for number, page in enumerate(pages, 1):
            text += "\f" if found else ""
            first = len(text)
            for place, line in enumerate(page):
                text += "\n" if place else ""
                box = Box(0.1, 0.1 + 0.02 * place, 0.9, 0.115 + 0.02 * place)
                lines.append(Line(len(text), len(text) + len(line), page=number, box=box, size=11.0))
                text += line
            label = labels[number - 1] if labels else str(number)
            found.append(Page(number, label, 595.0, 842.0, first, len(text)))
        return Reading(text, tuple(lines), tuple(found))

    return reading


@pytest.fixture(scope="session")
def one_part() -> Callable[[Reading, tuple[Block, ...]], Part]:
    """All the blocks of a reading as the only part of a document."""

    def part(reading: Reading, blocks: tuple[Block, ...]) -> Part:
        place = reading.place(range(len(reading.lines)))
        return Part(None, "The paper", DocumentKind.REPORT, "", None, (), 0, len(blocks), place)

    return part


@pytest.fixture(scope="session")
def papers() -> st.SearchStrategy[str]:
    """Texts that hold what board papers hold, in any order: never without a word."""
    sentence = st.sampled_from(SENTENCES)
    words = st.sampled_from(SENTENCES[-1].split())
    prose = st.lists(sentence, min_size=1, max_size=12).map(" ".join)
    wrapped = prose.map(lambda text: re.sub(r"(.{60}\S*) ", r"\1\n", text))
    mark = st.sampled_from(["# ", "## ", "1. ", "2.1 ", "Appendix A ", "- ", "• ", "(a) ", "> ", ""])
    marked = st.tuples(mark, sentence).map("".join)
    heading = st.tuples(mark, st.sampled_from(["Introduction", "Neglect", "FINDINGS", "Next steps"])).map(
        "".join
    )
    row = st.lists(words, min_size=2, max_size=4).map("\t".join)
    piped = st.lists(words, min_size=2, max_size=4).map(lambda cells: "| " + " | ".join(cells) + " |")
    stamp = st.sampled_from(
        ["Page 3", "- 12 -", "17", "This page is intentionally left blank", "| --- | --- |"]
    )
    junk = st.text(st.characters(codec="utf-8"), max_size=30)
    piece = st.one_of(prose, wrapped, marked, heading, row, piped, stamp, junk)
    joined = st.lists(st.tuples(piece, st.sampled_from(["\n", "\n\n", "\r\n", "\n\n\n"])), max_size=20)
    return st.tuples(joined, prose).map(lambda all: "".join(a + b for a, b in all[0]) + all[1])


DOCUMENT: dict[str, Any] = {
    "id": "annual-report-1a2b",
    "file": "reports/annual report.pdf",
    "media": MediaType.PDF,
    "title": "Annual report 2012-13",
    "kind": DocumentKind.ANNUAL_REPORT,
    "body": "Northmere Safeguarding Children Board",
    "date": "2013-09-14",
    "years": ("2012-13",),
    "page_count": 40,
}
PART: dict[str, Any] = {
    "item": None,
    "title": "Annual report 2012-13",
    "kind": DocumentKind.ANNUAL_REPORT,
    "body": "Northmere Safeguarding Children Board",
    "date": "2013-09-14",
    "years": ("2012-13",),
    "first_block": 0,
    "last_block": 1,
    "place": Place(0, 1, None, (1,)),
}


@pytest.fixture(scope="session")
def a_record() -> Callable[..., Record]:
    """A passage of this text under these headings; ``document``, ``part`` and ``passage`` change fields."""

    def record(
        text: str,
        *headings: str,
        ordinal: int = 0,
        document: dict[str, Any] | None = None,
        part: dict[str, Any] | None = None,
        passage: dict[str, Any] | None = None,
    ) -> Record:
        place = Place(0, len(text), None, (1,))
        section = Section("s1", headings[-1], len(headings), headings, 0, 0, 1, place) if headings else None
        own: dict[str, Any] = {
            "id": f"p{ordinal}",
            "text": text,
            "spans": (Span(0, len(text), None, ()),),
            "lines": None,
            "pages": (),
            "section": 0 if headings else None,
            "part": 0,
        }
        return Record(
            ordinal=ordinal,
            passage=Passage(**own | (passage or {})),
            document=Document(**DOCUMENT | (document or {})),
            part=Part(**PART | (part or {})),
            section=section,
            group=ordinal,
        )

    return record
