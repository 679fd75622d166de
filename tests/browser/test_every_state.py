"""Every page in every state in a real browser: no barrier, no sideways scrolling, valid, and light."""

from __future__ import annotations

import gzip
import json
import subprocess
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Page

pytestmark = pytest.mark.browser

NARROW = {"viewport": {"width": 320, "height": 640}}
"""A telephone, and a screen of 1,280 pixels at 400 per cent."""
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
MOST_BYTES = 120 * 1024
"""A page with its style sheet and script, compressed, without images."""


def fetch(url: str) -> tuple[bytes, dict[str, str]]:
    """The body as it is sent to a browser that takes gzip, and the headers; of an error's page, too."""
    try:
        with urlopen(Request(url, headers={"Accept-Encoding": "gzip"})) as answer:  # noqa: S310
            return answer.read(), dict(answer.headers)
    except HTTPError as error:
        return error.read(), dict(error.headers)


@pytest.mark.parametrize("context", [{}, NARROW], indirect=True, ids=["wide", "narrow"])
def test_no_page_has_a_barrier_or_scrolls_sideways(page: Page, states: dict[str, str], axe: str) -> None:
    tags = {"runOnly": {"type": "tag", "values": [*STANDARDS, "best-practice"]}}
    barriers = {}
    for state, path in states.items():
        page.goto(path)
        page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
        page.evaluate(axe)
        found = page.evaluate("options => axe.run(document, options)", tags)
        assert len(found["passes"]) > 10, state
        barriers[state] = [(each["id"], [n["html"] for n in each["nodes"]]) for each in found["violations"]]
        if (width := page.evaluate("document.documentElement.scrollWidth")) > page.evaluate("innerWidth"):
            barriers[state].append(("scrolls sideways", [str(width)]))
    assert {state: found for state, found in barriers.items() if found} == {}


def test_every_page_is_valid_html(
    address: str, states: dict[str, str], checker: list[str], tmp_path: Path
) -> None:
    for state, path in states.items():
        body, headers = fetch(address + path)
        page = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
        (tmp_path / f"{state}.html").write_bytes(page)
    done = subprocess.run([*checker, str(tmp_path)], capture_output=True, text=True, check=False)
    found = json.loads(done.stdout)["messages"]
    assert [(Path(each["url"]).stem, each["message"], each["extract"]) for each in found] == []


def test_the_checker_finds_what_is_wrong(checker: list[str], tmp_path: Path) -> None:
    page = tmp_path / "wrong.html"
    page.write_text("<!DOCTYPE html><html lang=en><title>x</title><p><ul><li style='color:red'>a</ul></p>")
    done = subprocess.run([*checker, str(page)], capture_output=True, text=True, check=False)
    assert json.loads(done.stdout)["messages"]


@pytest.mark.parametrize("state", ["home", "results", "second page", "filtered", "register", "passage"])
def test_a_page_is_light(page: Page, states: dict[str, str], address: str, state: str) -> None:
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.url) if sent.resource_type != "image" else None)
    page.goto(states[state])
    weights = {url.removeprefix(address): len(fetch(url)[0]) for url in asked}
    assert len(weights) == 3, weights
    assert sum(weights.values()) < MOST_BYTES, weights
