"""From a question to something to hand on, and the office's papers: without scripts, and without barriers."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import waitress
from playwright.sync_api import Browser, Page, expect

from indexer.build import Options, build
from indexer.settings import Settings
from webapp import create_app
from webapp.service import Service

pytestmark = pytest.mark.browser

NO_SCRIPTS = {"java_script_enabled": False}
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def barriers(page: Page, axe: str) -> list[str]:
    """What the checker finds on a page, and whether it scrolls sideways on a telephone."""
    page.evaluate("for (const each of document.querySelectorAll('main details')) each.open = true")
    page.evaluate(axe)
    found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", STANDARDS)
    assert len(found["passes"]) > 10
    said = [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found["violations"]]
    page.set_viewport_size({"width": 320, "height": 640})
    if (width := page.evaluate("document.documentElement.scrollWidth")) > 320:
        said.append(f"scrolls sideways: {width}")
    page.set_viewport_size({"width": 1280, "height": 900})
    return said


def invalid(pages: dict[str, str], checker: list[str], folder: Path) -> list[tuple[str, str, str]]:
    """What the Nu HTML Checker says of pages as they are sent."""
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(text, encoding="utf-8")
    done = subprocess.run([*checker, str(folder)], capture_output=True, text=True, check=False)
    messages = json.loads(done.stdout)["messages"]
    return [(Path(each["url"]).stem, each["message"], each.get("extract", "")) for each in messages]


@pytest.fixture
def office(sample_corpus: Path, tmp_path: Path) -> Iterator[tuple[str, Service]]:
    """A few papers of the sample board with the office view on, and what serves them."""
    corpus = tmp_path / "papers"
    corpus.mkdir()
    for name in ("minutes/wscb-minutes-2014-09-16.html", "annual-reports/wscb-annual-report-2008-09.pdf"):
        shutil.copy(sample_corpus / name, corpus)
    settings = Settings(corpus=corpus, index=tmp_path / "index", office=True)
    build(settings, Options(jobs=0))
    app = create_app(settings)
    server = waitress.create_server(app, host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}", app.extensions["boardsearch"]
    server.close()
    thread.join(timeout=10)


@pytest.mark.parametrize("context", [NO_SCRIPTS, {}], indirect=True, ids=["without scripts", "with scripts"])
def test_from_a_question_to_a_shared_pack(page: Page, browser: Browser, tmp_path: Path) -> None:
    page.goto("/")
    page.get_by_label("What do you want to know?").fill("What did we learn about co-sleeping?")
    page.get_by_role("button", name="Search", exact=True).click()
    for count in (1, 2):
        page.get_by_role("button", name=re.compile("^Add to pack")).first.click()
        expect(page.get_by_role("link", name=f"Your pack ({count})")).to_be_visible()
    page.locator(".app-hit__title a").nth(3).click()
    page.get_by_role("button", name=re.compile("^Add to pack")).click()
    page.get_by_role("link", name="Your pack (3)").click()
    page.get_by_label("Title").fill("Co-sleeping: what the Board has said")
    page.get_by_label("Note to passage 1").fill("Raise with the health visitors.")
    second = page.locator(".app-hit__title").nth(1).inner_text()
    page.get_by_role("button", name=re.compile("^Up ?: passage 2")).click()
    assert page.locator(".app-hit__title").first.inner_text()[3:] == second[3:]
    expect(page.get_by_label("Note to passage 2")).to_have_value("Raise with the health visitors.")
    with page.expect_download() as download:
        page.get_by_role("link", name="Word document").click()
    download.value.save_as(tmp_path / "pack.docx")
    assert (tmp_path / "pack.docx").read_bytes().startswith(b"PK")
    page.get_by_role("button", name="Share by a link").click()
    link = page.locator("#share a").first.get_attribute("href")
    with browser.new_context(**NO_SCRIPTS) as other:
        reader = other.new_page()
        reader.goto(str(link))
        expect(reader.get_by_role("heading", level=1)).to_have_text("Co-sleeping: what the Board has said")
        assert reader.locator("form").count() == 0 or reader.locator("button").count() == 0


def test_pages_of_packs_have_no_barrier_and_are_valid(
    page: Page, axe: str, checker: list[str], tmp_path: Path
) -> None:
    texts, found = {}, {}

    def look(name: str) -> None:
        texts[name] = page.request.get(page.url).text()
        found[name] = barriers(page, axe)

    page.goto("/my-pack")
    look("empty")
    page.goto("/batch")
    look("batch")
    page.get_by_label("Questions").fill("co-sleeping\nzzqx\nrecommendations on co-sleeping")
    page.get_by_role("button", name="Ask").click()
    look("batch pack")
    page.get_by_role("button", name="Share by a link").click()
    look("shared")
    edit = page.locator("details .app-link").inner_text()
    for name, address in (("print", "/my-pack/print"), ("delete", "/my-pack/delete"), ("edit", edit)):
        page.goto(address)
        look(name)
    page.goto("/search?q=co-sleeping")
    look("results with what is collected")
    page.goto("/my-pack")
    page.get_by_label("Title").evaluate(
        "each => { each.removeAttribute('maxlength'); each.value = 'x'.repeat(300) }"
    )
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_role("alert")).to_contain_text("300 characters")
    found["error"] = barriers(page, axe)
    assert {name: said for name, said in found.items() if said} == {}
    assert invalid(texts, checker, tmp_path) == []


def test_the_office_sends_corrects_and_withdraws_without_scripts(
    browser: Browser, office: tuple[str, Service], tmp_path: Path
) -> None:
    base, service = office
    paper = tmp_path / "minutes.md"
    paper.write_text("# Minutes of the Board\n\nThe Board met in June 2015 and spoke of safer sleep.\n")
    with browser.new_context(base_url=base, **NO_SCRIPTS) as context:
        page = context.new_page()
        page.goto("/office/")
        page.get_by_role("link", name="Send papers").click()
        page.get_by_label("Papers").set_input_files(paper)
        page.get_by_role("button", name="Send").click()
        page.get_by_role("link", name="See how far the reading is").click()
        service.builds.wait(60)
        page.reload()
        expect(page.locator("#state")).to_contain_text("1 added")
        page.goto("/search?q=safer sleep June 2015")
        page.locator(".app-hit__title a").first.click()
        read = page.url
        page.goto("/office/papers?q=minutes.md")
        page.get_by_role("link", name=re.compile("^Withdraw ?: ")).first.click()
        page.get_by_label("Reason, for readers").fill("Sent in error.")
        page.get_by_role("button", name="Withdraw").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Withdrawn papers")
        answer = page.goto(read)
        assert answer is not None and answer.status == 410
        expect(page.locator("main")).to_contain_text("Sent in error.")
        service.builds.wait(60)


def test_the_reading_is_watched_and_pages_of_the_office_have_no_barrier(
    browser: Browser, office: tuple[str, Service], axe: str, checker: list[str], tmp_path: Path
) -> None:
    base, service = office
    folder = tmp_path / "pages"
    folder.mkdir()
    paper, empty = tmp_path / "minutes.md", tmp_path / "empty.pdf"
    paper.write_text("# Minutes of the Board\n\nThe Board met in June 2015 and spoke of safer sleep.\n")
    empty.touch()
    texts, found = {}, {}
    with browser.new_context(base_url=base, viewport={"width": 1280, "height": 900}) as context:
        page = context.new_page()

        def look(name: str) -> None:
            texts[name] = page.request.get(page.url).text()
            found[name] = barriers(page, axe)

        page.goto("/office/upload")
        look("upload")
        page.get_by_label("Papers").set_input_files([paper, empty])
        page.get_by_role("button", name="Send").click()
        found["sent"] = barriers(page, axe)
        page.goto("/office/build")
        expect(page.locator("#state")).to_contain_text("1 added", timeout=60_000)
        document = service.libraries.get().catalogue.documents()[0].id
        for name in ("", "build", "papers", f"papers/{document}/correct", f"papers/{document}/withdraw"):
            page.goto(f"/office/{name}")
            look(name.rpartition("/")[2] or "home")
        page.get_by_role("button", name="Withdraw").click()
        look("withdrawn")
        page.goto(f"/documents/{document}")
        found["gone"] = barriers(page, axe)
        for _ in range(2):
            page.goto("/search?q=zzqx")
        page.goto("/office/unanswered")
        look("unanswered")
    service.builds.wait(60)
    assert {name: said for name, said in found.items() if said} == {}
    assert invalid(texts, checker, folder) == []
