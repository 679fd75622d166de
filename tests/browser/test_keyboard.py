"""The journeys of the three readers, from a question to a hand-out, with the keyboard alone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NO_SCRIPT = {"java_script_enabled": False}
BOTH = pytest.mark.parametrize("context", [{}, NO_SCRIPT], indirect=True, ids=["script", "no script"])
MOST_TABS = 250
FOCUS = """() => {
  if (document.activeElement === document.body) return null;  // between the last stop and the first
  const held = document.activeElement, box = held.getBoundingClientRect(), look = getComputedStyle(held);
  const x = box.x + Math.min(box.width / 2, 20), y = box.y + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return {
    words: (held.labels?.[0]?.innerText || held.innerText || held.value || "").trim(),
    // Of a check box or a link inside something larger, the part that shows may be its neighbour.
    inside: y >= 0 && y <= innerHeight && x >= 0 && x <= innerWidth,
    covered: !(top && (held.contains(top) || top.contains(held) || held.labels?.length)),
    shown: look.outlineStyle !== "none" || look.boxShadow !== "none"
      || getComputedStyle(held, "::before").boxShadow !== "none"
      || (held.labels?.length > 0 && getComputedStyle(held.labels[0], "::before").boxShadow !== "none"),
  };
}"""


def tab_to(page: Page, words: str) -> None:
    """Press Tab until the focus is on what begins with ``words``; every stop is seen and not hidden."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if (focus := page.evaluate(FOCUS)) is None:
            continue
        assert focus["shown"], (page.url, focus)
        assert focus["inside"] and not focus["covered"], (page.url, focus)
        if focus["words"].startswith(words):
            return
    raise AssertionError(f"“{words}” is not reached on {page.url}")


def follow(page: Page, words: str) -> None:
    """Go to a link or button by Tab, and press Enter."""
    tab_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


@BOTH
def test_a_practitioner_from_a_question_to_a_page_to_print(page: Page) -> None:
    page.goto("/")
    tab_to(page, "What do you want to know?")
    page.keyboard.type("What did we learn about co-sleeping?")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What the papers say")).to_be_visible()
    follow(page, page.locator(".app-hit__title a").first.inner_text().split("\n")[0][:30])
    expect(page.locator("#citation")).to_be_visible()
    follow(page, "Next")
    expect(page.locator(".app-walk__place")).to_have_text(re.compile(r"\d+ of \d+"))
    follow(page, "Add to pack")
    follow(page, "Your pack (1)")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text("page")


@BOTH
def test_the_board_office_from_a_scrutiny_question_to_what_came_of_it(page: Page) -> None:
    page.goto("/register")
    tab_to(page, "Words that it holds")
    page.keyboard.type("safe sleep")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".app-hit").first).to_be_visible()
    # On a wide screen the filters stand open; one is chosen and taken off again.
    tab_to(page, "Recommendation")
    page.keyboard.press("Space")
    follow(page, "Apply filters")
    expect(page.get_by_text("Kind of statement: Recommendation")).to_be_visible()
    follow(page, "What later papers say of it")
    expect(page.get_by_role("heading", name=re.compile("later|known"))).to_be_visible()
    expect(page.locator("#citation")).to_be_visible()


@BOTH
def test_a_trainer_from_the_cases_to_a_hand_out(page: Page) -> None:
    page.goto("/cases")
    follow(page, "Child K")
    expect(page.get_by_role("heading", name="What happened")).to_be_visible()
    follow(page, "Hand-out to print")
    expect(page.get_by_role("heading", name="How to handle this hand-out")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Main")).to_be_hidden()
    expect(page.get_by_role("heading", name="How to handle this hand-out")).to_be_visible()
