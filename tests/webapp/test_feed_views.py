"""Feeds of the papers that match, and searches saved in the reader's browser."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from html import unescape
from pathlib import Path
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient

from indexer.build import Options, build
from indexer.settings import Settings
from webapp import create_app, saved

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def sample(sample_index: Settings) -> FlaskClient:
    return create_app(sample_index).test_client()


def feed(client: FlaskClient, query: str) -> ElementTree.Element:
    response = client.get(f"/feed?{query}")
    assert response.status_code == 200
    assert response.mimetype == "application/atom+xml"
    return ElementTree.fromstring(response.data)  # noqa: S314 - our own feed


def ids(client: FlaskClient, query: str) -> list[str]:
    return [entry.findtext(f"{ATOM}id") or "" for entry in feed(client, query).iter(f"{ATOM}entry")]


# ---------------------------------------------------------------- feeds


def test_a_feed_has_every_paper_that_matches_once(sample: FlaskClient) -> None:
    found = sample.get("/api/v1/search?q=neglect&year=2012-13&limit=100").get_json()["hits"]
    papers = {hit["document"]["id"] for hit in found}
    papers |= {other["url"].split("/")[2] for hit in found for other in hit["also_in"]}
    told = ids(sample, "q=neglect&year=2012-13")
    assert sorted(told) == sorted(f"http://localhost/documents/{paper}" for paper in papers)


def test_an_entry_quotes_and_cites_the_best_passage(sample: FlaskClient) -> None:
    entry = next(feed(sample, "q=%22private+fostering%22+awareness").iter(f"{ATOM}entry"))
    assert entry.findtext(f"{ATOM}title")
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert sample.get(link.attrib["href"].removeprefix("http://localhost")).status_code == 200
    summary = unescape(entry.findtext(f"{ATOM}summary") or "")
    assert re.match(r"\d+ passages?\. “.+”.* .+\.\w+$", summary, re.DOTALL)
    assert "ostering" in summary


def test_a_feed_is_named_and_leads_back_to_its_search(sample: FlaskClient) -> None:
    found = feed(sample, "q=neglect&kind=minutes&sort=oldest&page=3&name=Neglect+watch")
    assert found.findtext(f"{ATOM}title") == "Boardsearch: Neglect watch"
    links = {link.attrib["rel"]: link.attrib["href"] for link in found.findall(f"{ATOM}link")}
    assert links["alternate"].startswith("http://localhost/search?q=neglect&kind=minutes")
    assert "page=" not in links["self"]
    page = sample.get("/search?q=neglect&kind=minutes&page=1").text
    assert 'type="application/atom+xml"' in page
    assert 'href="/feed?q=neglect&amp;kind=minutes"' in page


def test_nothing_found_is_an_empty_feed_and_nothing_asked_a_fault(sample: FlaskClient) -> None:
    assert ids(sample, "q=zzqx") == []
    assert sample.get("/feed").status_code == 400
    assert sample.get("/feed?q=of+the").status_code == 400


def test_a_feed_that_has_not_changed_is_not_sent_again(sample: FlaskClient) -> None:
    first = sample.get("/feed?q=neglect")
    assert sample.get("/feed?q=neglect", headers={"If-None-Match": first.headers["ETag"]}).status_code == 304


def test_a_new_paper_comes_first_however_old_it_says_it_is(tmp_path: Path) -> None:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    texts = {
        "a.md": "# Minutes of 3 May 2016\n\nThe Board heard of neglect in the early years, and agreed.\n"
    }
    texts["b.md"] = texts["a.md"].replace("3 May 2016", "3 May 2009").replace("heard", "was told")
    for age, (name, text) in enumerate(texts.items()):
        (corpus / name).write_text(text)
        os.utime(corpus / name, (1_700_000_000 + age, 1_700_000_000 + age))
    settings = Settings(corpus=corpus, index=tmp_path / "index")
    build(settings, Options(jobs=0))
    client = create_app(settings).test_client()
    titles = [
        entry.findtext(f"{ATOM}title") or "" for entry in feed(client, "q=neglect").iter(f"{ATOM}entry")
    ]
    assert ["2009" in title for title in titles] == [True, False]
    shutil.rmtree(corpus)


def test_without_an_index_there_is_no_feed(no_index: FlaskClient) -> None:
    assert no_index.get("/feed?q=neglect").status_code == 503


# ---------------------------------------------------------------- saved searches


@pytest.fixture
def save(sample_index: Settings) -> Callable[..., FlaskClient]:
    """A browser that saves searches, given as (name, search)."""
    app = create_app(sample_index)
    app.config["WTF_CSRF_ENABLED"] = False

    def saving(*searches: tuple[str, str]) -> FlaskClient:
        client = app.test_client()
        for name, search in searches:
            answer = client.post("/saved", data={"name": name, "search": search})
            assert (answer.status_code, answer.location) == (303, "/saved")
        return client

    return saving


def names(client: FlaskClient) -> list[str]:
    return [
        unescape(name)
        for name in re.findall(r'app-paper__title" href="[^"]*">([^<]+)<', client.get("/saved").text)
    ]


def test_a_saved_search_is_a_named_link_and_a_feed(save: Callable[..., FlaskClient]) -> None:
    client = save(("Neglect watch", "q=neglect&year=2012-13&page=4&sort=newest"))
    page = unescape(client.get("/saved").text)
    assert 'href="/search?q=neglect&year=2012-13&sort=newest&name=Neglect+watch"' in page
    assert 'href="/feed?q=neglect&year=2012-13&name=Neglect+watch"' in page
    assert "Year: 2012-13" in page
    shown = client.get("/search?q=neglect&year=2012-13&name=Neglect+watch").text
    assert "<strong>Saved search:</strong> Neglect watch" in shown


def test_a_search_without_a_name_is_named_by_its_question(save: Callable[..., FlaskClient]) -> None:
    assert names(save(("", "q=neglect"), (" ", "theme=Neglect"))) == ["Neglect", "neglect"]


def test_a_name_is_taken_once_and_can_be_taken_off(save: Callable[..., FlaskClient]) -> None:
    client = save(("a", "q=neglect"), ("b", "q=audit"), ("a", "q=training"))
    assert names(client) == ["a", "b"]
    assert "q=training" in client.get("/saved").text
    client.post("/saved/remove", data={"name": "a"})
    client.post("/saved/remove", data={"name": "never there"})
    assert names(client) == ["b"]
    client.post("/saved/remove", data={"name": "b"})
    assert "There are none in this browser yet." in client.get("/saved").text


def test_the_oldest_drop_out_where_there_is_no_room(save: Callable[..., FlaskClient]) -> None:
    many = [(f"search {i}", f"q=neglect+{i}") for i in range(saved.MOST_SAVED + 5)]
    assert names(save(*many)) == [name for name, _ in reversed(many[5:])]
    client = save(*((f"{i}", f"q={os.urandom(400).hex()}") for i in range(12)))
    cookie = client.get_cookie(saved.COOKIE)
    assert cookie is not None
    assert len(cookie.value) <= saved.MOST_BYTES
    assert names(client)[0] == "11"


@pytest.mark.parametrize("search", ["", "q=", "page=3", "q=" + "a" * 5000])
def test_what_is_no_search_is_not_saved(save: Callable[..., FlaskClient], search: str) -> None:
    answer = save().post("/saved", data={"name": "x", "search": search})
    assert answer.status_code == 400
    assert "Search first, then save it." in answer.text


@pytest.mark.parametrize("value", ["", "x", "W10.aaaa", "eyJhIjoxfQ"])
def test_a_cookie_that_is_not_ours_holds_nothing(sample: FlaskClient, value: str) -> None:
    sample.set_cookie(saved.COOKIE, value)
    assert "There are none in this browser yet." in sample.get("/saved").text
    sample.delete_cookie(saved.COOKIE)


def test_a_form_of_another_site_saves_nothing(sample: FlaskClient) -> None:
    assert sample.post("/saved", data={"name": "x", "search": "q=neglect"}).status_code == 400
    assert sample.get_cookie(saved.COOKIE) is None


def test_hostile_names_are_shown_as_typed(save: Callable[..., FlaskClient]) -> None:
    page = save(("<script>alert(1)</script>", "q=neglect")).get("/saved").text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
