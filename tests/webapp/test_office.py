"""The office view: off by default, for this computer alone, and its marks are kept and measured."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from flask.testing import FlaskClient

from indexer.judging.judgements import JudgementSet
from indexer.settings import Settings
from webapp import create_app

QUESTION = "neglect"


@pytest.fixture
def desk(settings: Settings) -> Iterator[FlaskClient]:
    """A browser without scripts on the computer where the office view is on."""
    yield create_app(replace(settings, office=True)).test_client()
    JudgementSet(settings.index).path.unlink(missing_ok=True)


def page(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def form_of(client: FlaskClient, rank: int) -> dict[str, str]:
    """The hidden fields of a hit's form."""
    shown = page(client, f"/office/judge?q={QUESTION}")
    form = shown.split(f'id="hit-{rank}"')[1].split("<form")[1].split("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


def mark(client: FlaskClient, rank: int, grade: str, **changes: str) -> Any:
    return client.post("/office/judge", data={**form_of(client, rank), "grade": grade, **changes})


# ---------------------------------------------------------------- who gets in


@pytest.mark.parametrize(
    "path", ["/office/judgements", "/office/judge?q=neglect", "/office/judgements/qrels.txt"]
)
def test_is_not_there_unless_switched_on(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path).status_code in (404, 400)
    assert "Office" not in page(client, f"/search?q={QUESTION}")


@pytest.mark.parametrize("host", ["board.example", "192.0.2.7:8000", "localhost.example"])
def test_another_name_for_this_computer_is_kept_out(desk: FlaskClient, host: str) -> None:
    assert desk.get("/office/judgements", headers={"Host": host}).status_code == 404
    assert desk.get("/search?q=neglect", headers={"Host": host}).status_code == 200


def test_another_computer_is_kept_out(desk: FlaskClient) -> None:
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert desk.get("/office/judgements", environ_base=elsewhere).status_code == 404


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000"])
def test_this_computer_gets_in_by_its_own_names(desk: FlaskClient, host: str) -> None:
    assert desk.get("/office/judgements", headers={"Host": host}).status_code == 200


# ---------------------------------------------------------------- marking


def test_a_hit_is_marked_and_the_mark_taken_back(desk: FlaskClient, settings: Settings) -> None:
    answer = mark(desk, 1, "1")
    assert answer.status_code == 303 and answer.location.endswith("/office/judge?q=neglect#hit-1")
    (kept,) = JudgementSet(settings.index).all()
    assert (kept.question, kept.grade) == (QUESTION, 1) and "neglect" in kept.text.lower()
    assert "govuk-tag--green" in page(desk, f"/office/judge?q={QUESTION}")
    assert mark(desk, 1, "0").status_code == 303
    assert [j.grade for j in JudgementSet(settings.index).all()] == [0]
    assert mark(desk, 1, "").status_code == 303
    assert JudgementSet(settings.index).all() == ()


def test_the_list_counts_and_measures(desk: FlaskClient) -> None:
    assert "No question has been judged yet" in page(desk, "/office/judgements")
    mark(desk, 1, "0")
    assert "Nothing can be measured before one hit" in page(desk, "/office/judgements")
    mark(desk, 2, "1")
    shown = page(desk, "/office/judgements")
    assert re.search(r"RR</dt>\s*<dd[^>]*>0\.500<", shown)
    assert [int(n) for n in re.findall(r"numeric\">(\d+)</td>", shown)] == [1, 1]


def test_the_marks_can_be_taken_away_as_trec_files(desk: FlaskClient, settings: Settings) -> None:
    mark(desk, 1, "1")
    (kept,) = JudgementSet(settings.index).all()
    qrels = desk.get("/office/judgements/qrels.txt")
    assert qrels.get_data(as_text=True) == f"q1\t0\t{kept.document}/{kept.passage}\t1\n"
    assert qrels.mimetype == "text/plain" and "attachment" in qrels.headers["Content-Disposition"]
    assert page(desk, "/office/judgements/topics.tsv") == f"q1\t{QUESTION}\n"
    assert desk.get("/office/judgements/other").status_code == 404


# ---------------------------------------------------------------- what no form of ours sends


def test_a_form_without_its_token_changes_nothing(desk: FlaskClient, settings: Settings) -> None:
    sent = {**form_of(desk, 1), "grade": "1"}
    for token in ("", "forged", sent["csrf_token"][:-2]):
        answer = desk.post("/office/judge", data={**sent, "csrf_token": token})
        assert answer.status_code == 400 and "load the page again" in answer.get_data(as_text=True)
    other = create_app(replace(settings, office=True)).test_client()
    assert other.post("/office/judge", data=sent).status_code == 400
    assert JudgementSet(settings.index).all() == ()


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"document": "none"}, 404),
        ({"passage": "none"}, 404),
        ({"q": " "}, 400),
        ({"q": "x" * 1001}, 400),
        ({"grade": "5"}, 400),
    ],
)
def test_what_cannot_be_marked_is_refused(
    desk: FlaskClient, settings: Settings, changes: dict[str, str], status: int
) -> None:
    sent = {**form_of(desk, 1), "grade": "1", **changes}
    answer = desk.post("/office/judge", data=sent)
    assert answer.status_code == status
    assert "Traceback" not in answer.get_data(as_text=True)
    assert JudgementSet(settings.index).all() == ()


def test_a_question_that_cannot_be_asked_says_why(desk: FlaskClient) -> None:
    answer = desk.get("/office/judge?q=" + "x" * 1001)
    assert answer.status_code == 400 and "1,001 characters" in answer.get_data(as_text=True)
    assert desk.get("/office/judge").status_code == 302
    assert "nothing to mark" in page(desk, "/office/judge?q=zzzzqqq")


def test_the_cookie_is_set_by_forms_alone_and_kept_from_others(desk: FlaskClient) -> None:
    for address in ("/", "/documents", "/guide", "/search?q=zzzzqqq"):
        assert "Set-Cookie" not in desk.get(address).headers
    cookie = desk.get(f"/office/judge?q={QUESTION}").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Strict" in cookie


def test_pages_are_whole(desk: FlaskClient, outline: Any) -> None:
    mark(desk, 1, "1")
    for address in ("/office/judgements", f"/office/judge?q={QUESTION}"):
        found = outline(page(desk, address))
        assert (found.unbalanced, found.inline) == ([], [])
        assert len(found.ids) == len(set(found.ids))
        assert found.levels[0] == 1 and all(
            b - a <= 1 for a, b in zip(found.levels, found.levels[1:], strict=False)
        )
