"""The office view of the papers: sent, read, corrected and withdrawn, without scripts."""

from __future__ import annotations

import html
import io
import re
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from indexer.build import Options, build
from indexer.office import runs
from indexer.office.uploads import LONGEST_NAME
from indexer.settings import Settings
from webapp import create_app
from webapp.service import Service

PAPER = b"# Minutes of the Board\n\nThe Board met in June 2015 and spoke of safer sleep.\n"
PAGES = (
    "/office/",
    "/office/upload",
    "/office/build",
    "/office/papers",
    "/office/withdrawn",
    "/office/unanswered",
)


@pytest.fixture
def own(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A board of one's own to change, with the office view on."""
    papers = tmp_path / "papers"
    papers.mkdir()
    for name in ("annual report.pdf", "minutes/minutes-2014-05-14.md"):
        target = papers / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes((corpus / name).read_bytes())
    settings = Settings(corpus=papers, index=tmp_path / "index", office=True)
    build(settings, Options(jobs=0))
    monkeypatch.setattr(runs, "_GRACE", 0.0)
    return settings


@pytest.fixture
def desk(own: Settings) -> FlaskClient:
    return create_app(own).test_client()


@pytest.fixture
def no_builds(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Builds are noted and not run: what holds at once must hold without them."""
    asked: list[bool] = []
    monkeypatch.setattr(runs.Builds, "request", lambda _, *, purge=False: asked.append(purge))
    return asked


def token(client: FlaskClient, address: str) -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found
    return found[1]


def send(client: FlaskClient, *files: tuple[bytes, str], **form: str) -> TestResponse:
    data: dict[str, Any] = {"csrf_token": token(client, "/office/upload"), **form}
    data["file"] = [(io.BytesIO(content), name) for content, name in files]
    return client.post("/office/upload", data=data, content_type="multipart/form-data")


def post(client: FlaskClient, address: str, form_page: str = "", **form: str) -> TestResponse:
    return client.post(address, data={"csrf_token": token(client, form_page or address), **form})


def id_of(client: FlaskClient, file: str) -> str:
    found = [d["id"] for d in client.get("/api/v1/documents").get_json() if d["file"] == file]
    return str(found[0])


def builder(client: FlaskClient) -> runs.Builds:
    service = client.application.extensions["boardsearch"]
    assert isinstance(service, Service)
    return service.builds


# ---------------------------------------------------------------- who gets in


@pytest.mark.parametrize("path", PAGES)
def test_it_is_not_there_unless_switched_on_and_for_this_computer_alone(
    client: FlaskClient, desk: FlaskClient, path: str
) -> None:
    assert client.get(path).status_code == 404
    assert desk.get(path).status_code == 200
    assert desk.get(path, headers={"Host": "board.example"}).status_code == 404
    assert desk.get(path, environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 404


@pytest.mark.parametrize(
    "path", ["upload", "build", "papers/x/correct", "papers/x/withdraw", "withdrawn/back"]
)
def test_forms_without_their_token_change_nothing(
    desk: FlaskClient, no_builds: list[bool], path: str
) -> None:
    answer = desk.post(f"/office/{path}", data={"file": (io.BytesIO(PAPER), "a.md")})
    assert answer.status_code == 400 and "load the page again" in answer.text and no_builds == []


# ---------------------------------------------------------------- sending


@pytest.mark.slow
def test_a_paper_is_sent_read_and_found(desk: FlaskClient) -> None:
    answer = send(desk, (PAPER, "minutes-2015-06.md"))
    assert answer.status_code == 200 and "1 paper taken in" in answer.text
    shown = desk.get("/office/build").text
    assert "Show how far it is now" in shown or "Done" in shown
    assert builder(desk).wait(60).phase is runs.Phase.DONE
    assert "1 added" in desk.get("/office/build").text
    found = desk.get("/api/v1/search?q=safer+sleep+June").get_json()["hits"]
    assert found[0]["file"] == "uploads/minutes-2015-06.md"


@pytest.mark.parametrize(
    ("content", "name", "status", "says"),
    [
        (b"", "empty.pdf", 400, "The file is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "scan.pdf", 415, "a picture"),
        (b"MZ\x90\x00" + b"\0" * 60, "program.pdf", 415, "no PDF, Word document"),
        (b"just text", "not really.pdf", 415, "not a PDF"),
    ],
)
def test_what_cannot_be_taken_in_has_its_status_and_reason(
    desk: FlaskClient, own: Settings, no_builds: list[bool], content: bytes, name: str, status: int, says: str
) -> None:
    answer = send(desk, (content, name))
    assert answer.status_code == status and says in answer.text and "Traceback" not in answer.text
    assert no_builds == [] and list((own.corpus / "uploads").iterdir()) == []


def test_hostile_names_stay_in_their_folder(desk: FlaskClient, own: Settings, no_builds: list[bool]) -> None:
    for number, name in enumerate(
        ("../../../outside.md", "x" * 1000 + ".md", "<script>.md", "corrections.toml")
    ):
        answer = send(desk, (PAPER + b"%d" % number, name))
        assert answer.status_code == 200 and "<script>" not in answer.text.split("<body")[1]
    names = [path.name for path in (own.corpus / "uploads").iterdir()]
    assert len(names) == 4 and all(len(name) <= LONGEST_NAME for name in names)
    assert not (own.corpus / "corrections.toml").exists() and len(no_builds) == 4


def test_the_same_file_twice_is_said_and_others_are_taken_in(
    desk: FlaskClient, own: Settings, no_builds: list[bool]
) -> None:
    assert send(desk, (PAPER, "a.md")).status_code == 200
    again = send(desk, (PAPER, "b.md"))
    assert again.status_code == 409 and "among the papers already" in again.text
    known = (own.corpus / "annual report.pdf").read_bytes()
    mixed = send(desk, (known, "copy.pdf"), (PAPER + b"new", "c.md"))
    assert mixed.status_code == 200 and "1 paper taken in" in mixed.text and "Not taken in" in mixed.text


def test_no_file_or_too_many_is_said(desk: FlaskClient, no_builds: list[bool]) -> None:
    assert "No file was chosen" in send(desk).text
    many = send(desk, *((PAPER + b"%d" % n, f"{n}.md") for n in range(21)))
    assert many.status_code == 400 and "21 files" in many.text and no_builds == []


def test_three_hundred_megabytes_are_refused_without_being_looked_at(desk: FlaskClient) -> None:
    answer = desk.post(
        "/office/upload",
        data=b"x",
        content_type="multipart/form-data; boundary=b",
        environ_overrides={"CONTENT_LENGTH": str(300 * 1024 * 1024)},
    )
    assert answer.status_code == 413 and "too large" in answer.text
    # No other form takes as much.
    assert desk.post("/office/build", data=b"x" * 100_000).status_code in (400, 413)


# ---------------------------------------------------------------- correcting


@pytest.mark.slow
def test_a_paper_is_put_right_and_shown_so(desk: FlaskClient, own: Settings) -> None:
    document = id_of(desk, "annual report.pdf")
    address = f"/office/papers/{document}/correct"
    held = dict(
        re.findall(r'name="(title|body|date|years)" type="text" value="([^"]*)"', desk.get(address).text)
    )
    form = {"title": "", "body": "", "date": "", "years": ""} | {k: html.unescape(v) for k, v in held.items()}
    answer = post(
        desk, address, kind="annual_report", **form | {"title": "The Board’s year", "date": "2013-07"}
    )
    assert (answer.status_code, answer.location) == (303, "/office/build")
    assert builder(desk).wait(60).phase is runs.Phase.DONE
    page = html.unescape(desk.get(f"/documents/{document}").text)
    assert "The Board’s year" in page and "July 2013" in page and "What was put right" in page
    text = (own.corpus / "corrections.toml").read_text()
    assert "kind" not in text and "years" not in text
    assert post(desk, address, do="forget").status_code == 303
    assert builder(desk).wait(60).phase is runs.Phase.DONE
    assert "What was put right" not in desk.get(f"/documents/{document}").text


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "Title is to be a text"),
        ({"date": "next week"}, "not a date"),
        ({"years": "2013"}, "reporting years"),
        ({"kind": "novel"}, "novel"),
    ],
)
def test_what_cannot_be_right_is_said_and_what_was_typed_is_still_there(
    desk: FlaskClient, own: Settings, no_builds: list[bool], changes: dict[str, str], says: str
) -> None:
    address = f"/office/papers/{id_of(desk, 'annual report.pdf')}/correct"
    answer = post(
        desk, address, **{"title": "T", "kind": "report", "body": "Typed", "date": "", "years": "", **changes}
    )
    assert answer.status_code == 400 and says in html.unescape(answer.text) and "Typed" in answer.text
    assert not (own.corpus / "corrections.toml").exists() and no_builds == []
    assert desk.get("/office/papers/none/correct").status_code == 404


# ---------------------------------------------------------------- withdrawing


def test_a_withdrawn_paper_is_gone_at_once_and_its_links_say_why(
    desk: FlaskClient, own: Settings, no_builds: list[bool]
) -> None:
    document = id_of(desk, "annual report.pdf")
    hit = desk.get("/api/v1/search?q=co-sleeping").get_json()["hits"][0]
    page = desk.get("/search?q=co-sleeping").text
    key = re.search(r'form="collect" name="passage" value="([^"]+)"', page)
    assert key and key[1].startswith(document)
    desk.post("/my-pack/add", data={"csrf_token": token(desk, "/search?q=co-sleeping"), "passage": key[1]})
    assert desk.get(f"/documents/{document}/pages/3/image").status_code == 200

    address = f"/office/papers/{document}/withdraw"
    answer = post(desk, address, file="keep", why="Sent in error <b>today</b>.")
    assert (answer.status_code, answer.location) == (303, "/office/withdrawn") and no_builds == [True]
    assert "annual report.pdf" in desk.get("/office/withdrawn").text
    for old in (
        f"/documents/{document}",
        f"/documents/{document}/pages/3",
        f"/documents/{document}/pages/3/image",
        f"/documents/{document}/file",
        hit["url"],
        f"{hit['url']}/like",
        f"{hit['url']}/since",
    ):
        gone = desk.get(old)
        assert gone.status_code == 410 and "Sent in error &lt;b&gt;today&lt;/b&gt;." in gone.text, old
        assert "Two babies died" not in gone.text
    api = desk.get(f"/api/v1/documents/{document}")
    assert api.status_code == 410 and api.get_json()["error"]["code"] == "paper_withdrawn"
    assert desk.get("/api/v1/search?q=co-sleeping").get_json()["hits"] == []
    for address in (
        *("/search?q=co-sleeping", "/documents", "/", "/coverage", "/my-pack/print", "/feed?q=co-sleeping"),
        *("/register", "/cases", "/glossary", "/browse", "/api/v1/documents", "/api/v1/answer?q=co-sleeping"),
    ):
        page = desk.get(address).text
        assert "Two babies died" not in page and "annual report 2012-13" not in page.casefold()
    assert "no longer among the papers" in desk.get("/my-pack/print").text
    assert desk.get(f"/office/papers/{document}/withdraw").status_code == 410
    assert not (own.corpus / "annual report.pdf").exists()


@pytest.mark.slow
def test_after_the_build_nothing_of_it_is_left_on_the_disk_and_it_can_be_put_back(
    desk: FlaskClient, own: Settings
) -> None:
    document = id_of(desk, "minutes/minutes-2014-05-14.md")
    post(desk, f"/office/papers/{document}/withdraw", file="keep", why="")
    assert builder(desk).wait(90).phase is runs.Phase.DONE
    held = [path for path in own.index.rglob("*") if path.is_file() and b"drift in six" in path.read_bytes()]
    assert held == [] and len(list((own.index / "generations").iterdir())) == 1
    assert desk.get(f"/documents/{document}").status_code == 410
    checksum = re.search(r'name="checksum" value="(\w+)"', desk.get("/office/withdrawn").text)
    assert checksum
    assert post(desk, "/office/withdrawn/back", "/office/withdrawn", checksum=checksum[1]).status_code == 303
    assert builder(desk).wait(60).phase is runs.Phase.DONE
    assert desk.get(f"/documents/{document}").status_code == 200
    assert "No paper was withdrawn" in desk.get("/office/withdrawn").text


@pytest.mark.parametrize(
    ("form", "status"), [({"file": "eat", "why": ""}, 400), ({"file": "keep", "why": "x" * 501}, 400)]
)
def test_what_no_form_of_ours_sends_is_refused(
    desk: FlaskClient, no_builds: list[bool], form: dict[str, str], status: int
) -> None:
    document = id_of(desk, "annual report.pdf")
    assert post(desk, f"/office/papers/{document}/withdraw", **form).status_code == status
    assert desk.get(f"/documents/{document}").status_code == 200 and no_builds == []
    assert post(desk, "/office/withdrawn/back", "/office/upload", checksum="none").status_code == 404


# ---------------------------------------------------------------- what is missing


def test_searches_that_found_nothing_are_counted_where_the_office_is(
    own: Settings, desk: FlaskClient
) -> None:
    off = create_app(replace(own, office=False)).test_client()
    off.get("/search?q=zzzqqq")
    assert "None was counted yet" in desk.get("/office/").text
    for address in ("/search?q=zzzqqq", "/search?q=zzzqqq&kind=minutes", "/search?q=neglect"):
        desk.get(address)
    page = desk.get("/office/unanswered").text
    assert re.search(rf"{time.gmtime().tm_year}</th><td[^>]*>1</td>", page) and "zzzqqq" not in page


def test_pages_are_whole(desk: FlaskClient, outline: Any, no_builds: list[bool]) -> None:
    document = id_of(desk, "annual report.pdf")
    addresses = (*PAGES, f"/office/papers/{document}/correct", f"/office/papers/{document}/withdraw")
    texts = [desk.get(address).text for address in addresses]
    texts += [send(desk, (PAPER, "a.md"), (b"", "b.md")).text, send(desk, (b"", "b.md")).text]
    post(desk, f"/office/papers/{document}/withdraw", file="keep", why="Why")
    for text in (*texts, desk.get("/office/withdrawn").text, desk.get(f"/documents/{document}").text):
        found = outline(text)
        assert (found.unbalanced, found.inline) == ([], [])
        assert len(found.ids) == len(set(found.ids))
        assert found.levels[0] == 1 and all(
            b - a <= 1 for a, b in zip(found.levels, found.levels[1:], strict=False)
        )
