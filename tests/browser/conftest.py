"""A real browser on the sample board, served as in use."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

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


@pytest.fixture(scope="session")
def address(sample_corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where the sample board is served."""
    settings = Settings(corpus=sample_corpus, index=tmp_path_factory.mktemp("index"))
    build(settings, Options(jobs=2))
    server = waitress.create_server(create_app(settings), host="127.0.0.1", port=0, threads=8)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join(timeout=10)


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
