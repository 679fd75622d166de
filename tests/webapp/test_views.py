"""The pages, as a browser without scripts gets them."""

from __future__ import annotations

import io
from dataclasses import replace
from html import escape, unescape
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient
from PIL import Image

from indexer.catalogue import Catalogue
from indexer.model import (
    Acronym,
    Correction,
    DocumentKind,
    Named,
    Part,
    Passage,
    Place,
    Statement,
    StatementKind,
    Table,
    Unread,
    UnreadCode,
)
from indexer.search.results import FacetCount

Hit = dict[str, Any]


def page_of(hit: Hit, number: int) -> str:
    return f"/documents/{hit['document']['id']}/pages/{number}"


def text(client: FlaskClient, url: str, status: int = 200) -> str:
    response = client.get(url)
    assert response.status_code == status, response.text
    assert response.mimetype == "text/html"
    return response.text


def test_home_says_what_is_held_and_leads_to_examples(client: FlaskClient) -> None:
    page = text(client, "/")
    assert "2 papers" in page
    assert "1 file</a>" in page or "1 file could not be read" in page
    assert page.count("/search?q=") == 5


# ---------------------------------------------------------------- search


def test_the_form_is_shown_where_nothing_was_asked(client: FlaskClient) -> None:
    page = text(client, "/search")
    assert 'name="q"' in page
    assert "govuk-error-summary" not in page


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"q": ""}, "The question is empty."),
        ({"q": " \x00\x1f "}, "The question is empty."),
        ({"q": "of the"}, "has only words that stand in nearly every passage."),
        ({"q": "a" * 10_000}, "The question has 10,000 characters"),
        ({"q": "neglect", "theme": "no such theme"}, "no such theme"),
    ],
)
def test_what_cannot_be_asked_is_an_error_summary(client: FlaskClient, query: Hit, said: str) -> None:
    response = client.get("/search", query_string=query)
    assert response.status_code == 400
    assert "govuk-error-summary" in response.text
    assert said in unescape(response.text)
    assert "<title>Error: " in response.text


def test_a_hit_shows_words_place_and_citation(client: FlaskClient, report_hit: Hit) -> None:
    page = text(client, "/search?q=co-sleeping+health+visitor")
    assert "<mark>co-sleeping</mark>" in page
    assert "Page 2 (PDF page 3)" in page
    assert escape(report_hit["citation"]) in page
    assert f'href="{report_hit["url"]}?q=co-sleeping+health+visitor"' in page
    assert "What the papers say" in page


def test_the_answer_is_on_the_first_page_by_relevance_alone(client: FlaskClient) -> None:
    assert "What the papers say" in text(client, "/search?q=neglect")
    assert "What the papers say" not in text(client, "/search?q=neglect&sort=newest")


def test_names_through_time_and_broader_concepts_are_told(client: FlaskClient) -> None:
    page = text(client, "/search?q=serious+case+review")
    assert "“serious case review” from 1999 to 2018" in page
    assert "“child safeguarding practice review” since 2018" in page
    page = text(client, "/search?q=lessons+on+cot+death")
    assert "Broader:" in page and 'href="/search?q=lessons+on+infant+deaths"' in page


def test_nothing_found_says_what_was_searched(client: FlaskClient) -> None:
    page = text(client, "/search?q=zzqx")
    searched = client.get("/api/v1/search?q=zzqx").get_json()["searched"]
    years = f"years {searched['first_year']} to {searched['last_year']}"
    assert f"Nothing found in 2 papers, {years}." in page
    assert "could not be read" in page


def test_filters_are_boxes_and_chosen_ones_can_be_taken_off(client: FlaskClient) -> None:
    page = text(client, "/search?q=board&year=2012-13&kind=annual_report")
    assert 'name="year" value="2012-13" checked' in page
    assert "Year: 2012-13" in page
    assert "Kind of paper: Annual report" in page
    assert 'href="/search?q=board&amp;kind=annual_report"' in page
    assert 'href="/search?q=board"' in page  # all of them


def test_a_filter_narrows(client: FlaskClient, report_hit: Hit, minutes_hit: Hit) -> None:
    page = text(client, "/search?q=neglect&kind=" + minutes_hit["document"]["kind"])
    assert minutes_hit["document"]["id"] in page
    assert report_hit["document"]["id"] not in page


def test_a_page_past_the_last_leads_to_the_last(client: FlaskClient) -> None:
    response = client.get("/search?q=neglect&page=900")
    assert response.status_code == 302
    assert response.location == "/search?q=neglect"


def test_a_hostile_question_is_shown_as_typed(client: FlaskClient) -> None:
    page = text(client, "/search?q=%3Cscript%3Ealert(1)%3C/script%3E+neglect")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; neglect" in page


# ---------------------------------------------------------------- papers


def test_hostile_words_of_a_paper_are_shown_as_they_stand(client: FlaskClient, minutes_hit: Hit) -> None:
    for url in (minutes_hit["url"] + "?q=form", "/search?q=domestic+abuse+form+public"):
        page = text(client, url)
        assert "<script>alert" not in page
        assert "&lt;script&gt;" in page


def test_a_document_has_facts_outline_and_original(client: FlaskClient, report_hit: Hit) -> None:
    page = text(client, f"/documents/{report_hit['document']['id']}")
    assert "annual report.pdf" in page
    assert "Co-sleeping</a>" in page
    assert f'href="{page_of(report_hit, 3)}"' in page
    assert "page 2 (PDF page 3)" in page
    assert f'/documents/{report_hit["document"]["id"]}/file"' in page


def test_papers_are_narrowed_by_kind_and_year(client: FlaskClient, report_hit: Hit, minutes_hit: Hit) -> None:
    page = text(client, "/documents?year=2012-13")
    assert report_hit["document"]["id"] in page
    assert minutes_hit["document"]["id"] not in page
    assert "empty.txt" in page  # what could not be read is always named


def test_a_kind_or_year_that_no_paper_has_is_said(client: FlaskClient, report_hit: Hit) -> None:
    page = text(client, "/documents?kind=novel&year=1066-67")
    assert "No paper has the kind “novel” or the year “1066-67”, so that was left out." in page
    assert report_hit["document"]["id"] in page
    assert "left out" not in text(client, "/documents?year=2012-13")


def test_a_page_shows_its_image_and_its_text(client: FlaskClient, report_hit: Hit) -> None:
    page = text(client, page_of(report_hit, 3) + "?q=midwives")
    assert f'src="{page_of(report_hit, 3)}/image?w=900"' in page
    assert "Page 2 (PDF page 3 of 3)" in page
    assert "<mark>Midwives</mark> were trained" in page
    assert "Previous page" in page
    assert "Next page" not in page
    assert f'/documents/{report_hit["document"]["id"]}/file#page=3"' in page


def test_a_passage_is_marked_on_image_and_in_text(client: FlaskClient, report_hit: Hit) -> None:
    page = text(client, report_hit["url"] + "?q=co-sleeping&year=2012-13")
    boxes = [box for span in report_hit["spans"] for box in span["boxes"]]
    assert page.count("<rect ") == len(boxes) + len(report_hit["spans"])
    assert 'class="app-cited"' in page
    assert escape(report_hit["citation"]) in page
    back = next(part for part in page.split('"') if part.startswith("/search?") and "year" in part)
    assert parse_qs(urlsplit(unescape(back)).query) == {"q": ["co-sleeping"], "year": ["2012-13"]}


def test_the_rectangles_lie_on_the_words(client: FlaskClient, report_hit: Hit) -> None:
    drawn = client.get(page_of(report_hit, 3) + "/image?w=600")
    image = Image.open(io.BytesIO(drawn.data)).convert("L")
    box = report_hit["spans"][0]["boxes"][0]
    width, height = image.size
    around = tuple(round(v * s) for v, s in zip(box, (width, height) * 2, strict=True))
    assert min(image.crop(around).get_flattened_data()) < 100  # type: ignore[arg-type]
    assert min(image.crop((0, around[1], around[0] - 3, around[3])).get_flattened_data()) > 200


def test_a_passage_without_pages_stands_in_its_text(client: FlaskClient, minutes_hit: Hit) -> None:
    page = text(client, minutes_hit["url"])
    assert 'class="app-cited"' in page
    assert "The audit of neglect found drift" in page  # what stands around it
    first, last = minutes_hit["lines"]
    assert f"ines {first} to {last}" in page or f"ine {first}" in page


@pytest.mark.parametrize("number", ["0", "4", "-1", "03", "x", "1e3", "9" * 5000, "%00"])
def test_a_page_that_is_not_there(client: FlaskClient, report_hit: Hit, number: str) -> None:
    for tail in ("", "/image"):
        page = text(client, f"/documents/{report_hit['document']['id']}/pages/{number}{tail}", 404)
        assert "Its pages are 1 to 3." in page


@pytest.mark.parametrize(
    "path",
    [
        "/documents/nope",
        "/documents/nope/pages/1",
        "/documents/nope/passages/x",
        "/documents/nope/file",
        "/nope",
    ],
)
def test_what_does_not_exist_is_not_found(client: FlaskClient, path: str) -> None:
    assert "list of papers" in text(client, path, 404)


def test_a_passage_that_is_not_there(client: FlaskClient, report_hit: Hit) -> None:
    assert "has no passage" in text(client, f"/documents/{report_hit['document']['id']}/passages/nope", 404)


def test_pages_of_a_paper_without_pages(client: FlaskClient, minutes_hit: Hit) -> None:
    assert "has no page numbers" in text(client, page_of(minutes_hit, 1), 404)


# ---------------------------------------------------------------- images and files


@pytest.mark.parametrize(
    ("asked", "width"), [("1", 600), ("600", 600), ("601", 900), ("99999", 1800), ("x", 900), ("", 900)]
)
def test_an_image_has_one_of_a_few_widths(
    client: FlaskClient, report_hit: Hit, asked: str, width: int
) -> None:
    response = client.get(page_of(report_hit, 2) + f"/image?w={asked}")
    assert response.mimetype == "image/png"
    assert Image.open(io.BytesIO(response.data)).width == width


def test_an_image_is_not_sent_twice(client: FlaskClient, report_hit: Hit) -> None:
    url = page_of(report_hit, 2) + "/image?w=600"
    first = client.get(url)
    assert "max-age" in first.headers["Cache-Control"]
    again = client.get(url, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data


def test_a_pdf_opens_in_the_browser(client: FlaskClient, report_hit: Hit) -> None:
    response = client.get(f"/documents/{report_hit['document']['id']}/file", buffered=True)
    assert response.mimetype == "application/pdf"
    assert response.headers["Content-Disposition"].startswith("inline")
    assert response.data.startswith(b"%PDF")


def test_any_other_file_is_to_keep(client: FlaskClient, minutes_hit: Hit) -> None:
    response = client.get(f"/documents/{minutes_hit['document']['id']}/file", buffered=True)
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "key", ["..%2f..%2fetc%2fpasswd", "%2fetc%2fpasswd", "..", "annual%20report.pdf%2f..%2fx"]
)
def test_no_path_leads_out_of_the_corpus(client: FlaskClient, key: str) -> None:
    assert client.get(f"/documents/{key}/file").status_code == 404


# ---------------------------------------------------------------- what a paper names


def place(page: int) -> Place:
    return Place(0, 9, None, (page,))


def test_a_document_names_what_it_holds(
    client: FlaskClient, report_hit: Hit, outline: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = Part("4", "Neglect audit", DocumentKind.REPORT, "", None, (), 0, 9, place(2))
    held: dict[str, tuple[object, ...]] = {
        "parts": (part, part),
        "statements": (Statement(StatementKind.RECOMMENDATION, "That <all> visit.", "R1", place(3)),),
        "subgroups": (Named("Training Subgroup", ("TSG",), (place(2),)),),
        "cases": (Named("Child K", (), ()),),
        "acronyms": (Acronym("TSG", "Training Subgroup", place(2)),),
        "tables": (Table("", place(3)),),
        "corrections": (Correction("4", "years", ("2011-12",), ("2012-13", "2013-14")),),
        "unread": (Unread("annual report.pdf", UnreadCode.NEEDS_OCR, "The page needs OCR.", 2),),
    }
    for name, values in held.items():
        monkeypatch.setattr(f"indexer.catalogue.Catalogue.{name}", lambda *_, values=values: values)
    page = text(client, f"/documents/{report_hit['document']['id']}")
    for words in (
        *("4. Neglect audit", "1 recommendation", "R1", "That &lt;all&gt; visit.", "Training Subgroup"),
        *("1 table", 'aria-label="1 table: page 3 of 3"', '<rect x="666.7" y="0" width="333.3"'),
        "Item 4, years: 2012-13, 2013-14 (the paper says: 2011-12)",
        *("Child K", "Short forms", "Table 1", "The page needs OCR.", "Papers in this pack"),
    ):
        assert words in page
    assert not outline(page).unbalanced
    assert page.index("Needs OCR: page 2 is a picture") < page.index("Kind")
    # A page that could not be read says so where it is shown.
    assert "could not be read: The page needs OCR." in text(client, page_of(report_hit, 2))


def test_a_scanned_paper_says_so_before_all_else(
    client: FlaskClient, report_hit: Hit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def recognised(*_: object) -> tuple[Passage, ...]:
        return tuple(replace(passage, ocr_quality=0.87) for passage in read(*_))

    read = Catalogue.passages
    monkeypatch.setattr(Catalogue, "passages", recognised)
    page = text(client, f"/documents/{report_hit['document']['id']}")
    assert page.index("was recognised from a scan") < page.index("Kind")
    assert "quality of 0.87 out of 1" in page
    assert "recognised from a scan" in text(client, page_of(report_hit, 2))


def test_coverage_counts_papers_and_names_what_could_not_be_read(client: FlaskClient, outline: Any) -> None:
    page = text(client, "/coverage")
    assert "Northmere Safeguarding Children Board" in page
    assert 'href="/documents?year=2012-13"' in page
    assert "empty.txt" in page and "1 file and 0 pages" in page
    assert not outline(page).inline
    assert 'href="/coverage"' in text(client, "/documents")


def test_themes_are_ways_in(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = {"theme": (FacetCount("Safe & sound", 3), FacetCount("None", 0))}
    monkeypatch.setattr("indexer.search.library.Library.facet_values", lambda _: counts)
    page = text(client, "/")
    assert '<a class="govuk-link" href="/browse/theme?name=Safe+%26+sound">Safe &amp; sound</a>' in page
    assert "3 passages" in page
    assert ">None<" not in page
