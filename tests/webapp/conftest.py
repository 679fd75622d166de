"""A small invented board, its papers made here, read and indexed by the real thing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import waitress
from flask import Flask
from flask.testing import FlaskClient
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from indexer.build import Options, build
from indexer.settings import Settings
from webapp import create_app

HOSTILE = "<script>alert(1)</script>"

REPORT_PAGES = (
    ("Contents", ("Introduction 1", "Co-sleeping 2")),
    (
        "Introduction",
        (
            "Northmere Safeguarding Children Board annual report 2012-13.",
            "The Board met four times in the year and looked at neglect in the early years.",
        ),
    ),
    (
        "Co-sleeping",
        (
            "Two babies died while sleeping beside an adult who had been drinking.",
            "The Board recommended that every health visitor speaks with both parents about co-sleeping",
            "before the birth and again within ten days of it, and writes down what was said.",
            "Midwives were trained in the advice on safer sleeping by March 2013.",
        ),
    ),
)

MINUTES = f"""# Northmere Safeguarding Children Board

Minutes of the meeting held on 14 May 2014

## Neglect

The audit of neglect found drift in six of twenty cases. The Board agreed that every neglect case is
brought to supervision once a month, and asked for a report in September 2014.

## Questions from the public

A member of the public typed {HOSTILE} & "quotes" into the form on domestic abuse. The Board noted it.
"""


def write_report(path: Path) -> None:
    """A PDF whose first page is numbered i and whose next are 1 and 2."""
    canvas = Canvas(str(path), pagesize=A4)
    canvas.setTitle("Northmere annual report 2012-13")
    canvas.addPageLabel(0, style="ROMAN_LOWER")
    canvas.addPageLabel(1, style="ARABIC", start=1)
    for heading, lines in REPORT_PAGES:
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 760, heading)
        canvas.setFont("Helvetica", 11)
        for number, line in enumerate(lines):
            canvas.drawString(72, 725 - 14 * number, line)
        canvas.showPage()
    canvas.save()


@pytest.fixture(scope="session")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of papers: a PDF, Markdown minutes with hostile words, and a file that cannot be read."""
    folder = tmp_path_factory.mktemp("corpus")
    (folder / "minutes").mkdir()
    write_report(folder / "annual report.pdf")
    (folder / "minutes" / "minutes-2014-05-14.md").write_text(MINUTES, encoding="utf-8")
    (folder / "empty.txt").touch()
    return folder


@pytest.fixture(scope="session")
def settings(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of an index that is built."""
    settings = Settings(corpus=corpus, index=tmp_path_factory.mktemp("index"))
    build(settings, Options(jobs=0))
    return settings


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    """The application on that index."""
    return create_app(settings)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture
def no_index(tmp_path: Path) -> FlaskClient:
    """A browser of a service that has no index yet."""
    return create_app(Settings(corpus=tmp_path, index=tmp_path / "index")).test_client()


@pytest.fixture(scope="session")
def report_hit(app: Flask) -> dict[str, Any]:
    """The hit of the recommendation on page 2 (PDF page 3) of the report, as the API gives it."""
    return _hit(app, "co-sleeping health visitor", "annual report.pdf")


@pytest.fixture(scope="session")
def minutes_hit(app: Flask) -> dict[str, Any]:
    """The hit of the hostile words in the minutes, as the API gives it."""
    return _hit(app, "domestic abuse form public", "minutes/minutes-2014-05-14.md")


def _hit(app: Flask, question: str, file: str) -> dict[str, Any]:
    answer = app.test_client().get("/api/v1/search", query_string={"q": question})
    hits: list[dict[str, Any]] = [hit for hit in answer.get_json()["hits"] if hit["file"] == file]
    return hits[0]


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """Where the application is served, for what needs a real connection."""
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


class Outline(HTMLParser):
    """What of a page's markup the tests look at: ids, links, headings, and tags left open."""

    VOID = ("meta", "link", "input", "img", "br", "hr", "rect", "path")

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.levels: list[int] = []
        self.inline: list[str] = []
        self.unbalanced: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.unbalanced += self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        self.ids += [held["id"] or ""] if "id" in held else []
        self.links += [held["href"] or ""] if tag == "a" else []
        self.levels += [int(tag[1])] if tag[0] == "h" and tag[1:].isdecimal() else []
        self.inline += [tag for name in held if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in held) else []
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        elif tag not in self.VOID:
            self.unbalanced.append(tag)


@pytest.fixture
def outline() -> type[Outline]:
    """Reads a page's markup."""
    return Outline
