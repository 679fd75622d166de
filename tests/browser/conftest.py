"""A real browser on the sample board, served as in use."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
import waitress
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from indexer.build import Options, build
from indexer.settings import Settings
from webapp import create_app

NAMES = ("chromium", "chromium-browser", "google-chrome")
# A browser in a container: no sandbox of its own, and nothing sent to its maker.
ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()
WIDE = {"width": 1280, "height": 900}


FIXED = {
    "home": "/",
    "search": "/search",
    "results": "/search?q=co-sleeping+health+visitors",
    "second page": "/search?q=neglect&page=2",
    "filtered": "/search?q=neglect&kind=minutes&sort=newest",
    "figures": "/search?q=how+many+children+were+subject+to+a+child+protection+plan",
    "nothing": "/search?q=zzqx",
    "error": "/search?q=",
    "papers": "/documents",
    "coverage": "/coverage",
    "guide": "/guide",
    "citations": "/help/citations",
    "accessibility": "/help/accessibility",
    "api": "/help/api",
    "no saved searches": "/saved",
    "named search": "/search?q=neglect&name=Neglect+watch",
    "not found": "/documents/nope",
    "register": "/register",
    "register chosen": "/register?q=neglect&statement=recommendation&sort=due",
    "register nothing": "/register?q=zzqx",
    "register error": "/register?q=of+the",
    "browse": "/browse",
    "theme": "/browse/theme?name=Neglect",
    "subgroup": "/browse/subgroup?name=Training+Subgroup",
    "year": "/browse/year?name=2012-13",
    "glossary": "/glossary",
    "cases": "/cases?learning=review",
    "no case": "/cases?theme=nope",
    "case": "/case?name=Child+K",
    "case without review": "/case?name=Child+P",
    "hand-out": "/case/handout?name=Baby+R",
    "empty pack": "/my-pack",
    "list of questions": "/batch",
    "office": "/office/",
    "office upload": "/office/upload",
    "office build": "/office/build",
    "office papers": "/office/papers",
    "office withdrawn": "/office/withdrawn",
    "office judgements": "/office/judgements",
    "office judge": "/office/judge?q=neglect",
}


@pytest.fixture(scope="session")
def address(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample board is served."""
    settings = Settings(corpus=sample_corpus, index=tmp_path_factory.mktemp("index"), office=True)
    build(settings, Options(jobs=2))
    server = waitress.create_server(create_app(settings), host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


def hits(address: str, question: str) -> list[dict[str, Any]]:
    with urlopen(f"{address}/api/v1/search?q={question}&limit=100") as answer:  # noqa: S310 - our own server
        found: list[dict[str, Any]] = json.load(answer)["hits"]
    return found


@pytest.fixture(scope="session")
def states(address: str) -> dict[str, str]:
    """The address of every page in every state."""
    printed = next(hit for hit in hits(address, "co-sleeping") if hit["file"].endswith(".pdf"))
    plain = next(hit for hit in hits(address, "section+11+audit") if hit["lines"])
    asked = next(hit for hit in hits(address, "recommendation+supervision") if hit["statement"])
    document = f"/documents/{printed['document']['id']}"
    return FIXED | {
        "document": document,
        "page": f"{document}/pages/{printed['pages'][0]['number']}?q=co-sleeping",
        "passage": printed["url"] + "?q=co-sleeping",
        "text passage": plain["url"] + "?q=co-sleeping",
        "find": f"{document}/find?q=co-sleeping",
        "find nothing": f"{document}/find?q=zzqx",
        "office correct": f"/office/papers/{printed['document']['id']}/correct",
        "office withdraw": f"/office/papers/{printed['document']['id']}/withdraw",
        "like": printed["url"] + "/like",
        "since": asked["url"] + "/since",
        "statement": f"/documents/{asked['document']['id']}/statements/1",
    }


@pytest.fixture(scope="session")
def axe(root: Path) -> str:
    """The accessibility checker's script."""
    script = root / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.skip("needs axe-core: make setup-dev")
    return script.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def checker(root: Path) -> list[str]:
    """The command that checks HTML files, the Nu HTML Checker."""
    jar = root / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
    java = shutil.which("java")
    if java is None:
        pytest.skip("needs Java: make browser")
    if not jar.is_file():
        pytest.skip("needs the Nu HTML Checker: make setup-dev")
    return [java, "-jar", str(jar), "--stdout", "--format", "json", "--errors-only"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium of this machine."""
    program = next(filter(None, map(shutil.which, NAMES)), None)
    if program is None:
        pytest.skip("needs a Chromium: make browser")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A visitor; ``context`` parameters (viewport, java_script_enabled ...) may be given indirectly."""
    chosen = {"viewport": WIDE} | getattr(request, "param", {})
    with browser.new_context(base_url=address, **chosen) as visitor:
        yield visitor


@pytest.fixture
def page(context: BrowserContext, address: str) -> Iterator[Page]:
    """A tab that fails its test where a script fails, or where anything leaves the site."""
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.on("console", lambda said: errors.append(said.text) if "Content Security" in said.text else None)
    tab.on("request", lambda sent: None if sent.url.startswith(address) else errors.append(sent.url))
    yield tab
    assert not errors
