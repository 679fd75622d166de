"""Journeys in a real browser: with and without scripts, by keyboard, on a telephone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NARROW = {"viewport": {"width": 320, "height": 640}}
NO_SCRIPT = {"java_script_enabled": False}
QUESTION = "co-sleeping health visitors"


@pytest.mark.parametrize("context", [{}, NO_SCRIPT], indirect=True, ids=["script", "no script"])
def test_from_a_question_to_the_marked_page(page: Page) -> None:
    page.goto("/")
    page.get_by_label("What do you want to know?").fill(QUESTION)
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="What the papers say")).to_be_visible()
    hit = page.locator(".app-hit", has_text="PDF page").first
    assert hit.locator("mark").count() > 0
    hit.get_by_role("link").first.click()

    expect(page.locator(".app-page__image").first).to_be_visible()
    assert page.locator("rect").count() > 1
    expect(page.locator(".app-cited").first).to_be_visible()
    expect(page.locator("#citation")).to_have_text(re.compile(r"page \w+ \(PDF page \d+\)"))
    original = page.get_by_role("link", name="Open the original at this page").get_attribute("href")
    assert original
    assert re.search(r"/file#page=\d+$", original)

    page.get_by_role("link", name="Back to results").click()
    expect(page.get_by_label("Search the board’s papers")).to_have_value(QUESTION)


@pytest.mark.parametrize("context", [{}, NO_SCRIPT], indirect=True, ids=["script", "no script"])
def test_filters_are_chosen_and_taken_off(page: Page) -> None:
    page.goto("/search?q=neglect")
    summary = page.locator(".app-filters__summary")
    if summary.is_visible():
        summary.click()
    box = page.locator(".app-facet").first.get_by_role("checkbox").first
    value = box.get_attribute("value")
    box.check()
    page.get_by_role("button", name="Apply filters").click()
    assert f"year={value}" in page.url
    tag = page.get_by_role("link", name=re.compile("Remove this filter"))
    expect(tag).to_contain_text(str(value))
    tag.click()
    assert "year=" not in page.url


@pytest.mark.parametrize("context", [{"permissions": ["clipboard-read", "clipboard-write"]}], indirect=True)
def test_a_citation_is_copied(page: Page, states: dict[str, str]) -> None:
    page.goto(states["passage"])
    page.get_by_role("button", name="Copy citation").click()
    expect(page.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.locator("#citation").inner_text()


@pytest.mark.parametrize("context", [NO_SCRIPT], indirect=True)
def test_without_scripts_the_citation_can_be_selected(page: Page, states: dict[str, str]) -> None:
    page.goto(states["passage"])
    expect(page.locator("#citation")).to_be_visible()
    expect(page.get_by_role("button", name="Copy citation")).to_have_count(0)


def test_the_keyboard_leads_from_the_top_to_the_search(page: Page) -> None:
    page.goto("/search")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search the board’s papers")).to_be_focused()
    page.keyboard.type(QUESTION)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("found"))).to_be_visible()


@pytest.mark.parametrize("context", [{}, NARROW], indirect=True, ids=["wide", "narrow"])
def test_no_tag_breaks_in_the_middle_of_a_word(page: Page) -> None:
    page.goto("/search?q=recommendation+on+safe+sleep")
    tag = page.locator(".app-facts .govuk-tag", has_text="Recommendation").first
    assert tag.evaluate(
        "tag => [...tag.childNodes].map(n => { const r = document.createRange(); "
        "r.selectNode(n); return r.getClientRects().length; })"
    ) == [1]


def test_the_mark_lies_over_the_image(page: Page, states: dict[str, str]) -> None:
    page.goto(states["passage"])
    image = page.locator(".app-page__image").first.bounding_box()
    rectangle = page.locator("rect").first.bounding_box()
    assert image
    assert rectangle
    assert image["x"] <= rectangle["x"]
    assert rectangle["x"] + rectangle["width"] <= image["x"] + image["width"]
    assert image["y"] <= rectangle["y"] < image["y"] + image["height"]


def test_a_printed_search_says_what_was_asked_and_cites_every_hit(page: Page) -> None:
    page.goto("/search?q=neglect")
    page.emulate_media(media="print")
    expect(page.get_by_text("Searched for: neglect")).to_be_visible()
    expect(page.get_by_role("search").first).to_be_hidden()
    expect(page.locator(".app-collect").first).to_be_hidden()
    citations = page.locator(".app-hit .app-cite__text")
    assert citations.count() == 10
    for citation in citations.all():
        expect(citation).to_be_visible()


OWN_COLOURS = [{"forced_colors": "active"}, {"color_scheme": "dark"}]
COLOURS = """() => [...document.querySelectorAll(".app-time__bar, mark")].map(each => {
  const own = getComputedStyle(each), shown = each.matches("mark") ? own.color : own.fill;
  const clear = below => getComputedStyle(below).backgroundColor === "rgba(0, 0, 0, 0)";
  let below = each;
  while (below && clear(below)) below = below.parentElement;
  return [shown, below ? getComputedStyle(below).backgroundColor : "rgb(255, 255, 255)"];
})"""


@pytest.mark.parametrize("context", OWN_COLOURS, indirect=True, ids=["contrast", "dark"])
def test_bars_and_marks_are_seen_in_the_readers_own_colours(page: Page) -> None:
    page.goto("/search?q=neglect")
    colours = page.evaluate(COLOURS)
    assert len(colours) > 10
    assert all(shown != below for shown, below in colours)
