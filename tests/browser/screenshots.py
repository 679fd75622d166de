"""Takes the pictures of docs/pictures anew: ten pages of the sample board, in Chromium.

Run by `make screenshots`. The pictures have 256 colours: all that pages of text need, at a third of the size.
"""

from __future__ import annotations

import io
import json
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.request import urlopen

import waitress
from PIL import Image
from playwright.sync_api import sync_playwright

from indexer.build import Options, build
from indexer.settings import Settings
from webapp import create_app

ROOT = Path(__file__).resolve().parent.parent.parent
PICTURES = ROOT / "docs" / "pictures"
PAGES = {
    "home": "/",
    "results": "/search?q=co-sleeping+recommendations",
    "passage": "{hit}?q=co-sleeping",
    "document": "{document}",
    "register": "/register?theme=Neglect",
    "browse": "/browse",
    "theme": "/browse/theme?name=Neglect",
    "case": "/case?name=Child+K",
    "handout": "/case/handout?name=Baby+R",
    "coverage": "/coverage",
}
VIEW = {"width": 1280, "height": 1100}
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")


@contextmanager
def served() -> Iterator[str]:
    """The sample board's address, while it is served."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(corpus=ROOT / "corpus", index=Path(folder))
        build(settings, Options(jobs=2))
        server = waitress.create_server(create_app(settings), host="127.0.0.1", port=0, threads=8)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.effective_port}"
        server.close()
        thread.join(timeout=10)


def places(address: str) -> dict[str, str]:
    """The addresses of a printed page's passage and of its paper."""
    with urlopen(f"{address}/api/v1/search?q=co-sleeping&kind=annual_report") as answer:  # noqa: S310 - our own
        hit = next(hit for hit in json.load(answer)["hits"] if hit["file"].endswith(".pdf"))
    return {"hit": hit["url"], "document": f"/documents/{hit['document']['id']}"}


def main() -> int:
    """Take every picture; without a Chromium, say so and give exit code 1."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if program is None:
        print("screenshots: there is no Chromium; run `make browser`", file=sys.stderr)
        return 1
    with served() as address, sync_playwright() as playwright:
        found = places(address)
        chromium = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        page = chromium.new_page(viewport=VIEW, base_url=address)
        for name, path in PAGES.items():
            page.goto(path.format(**found), wait_until="networkidle")
            taken = Image.open(io.BytesIO(page.screenshot()))
            taken.convert("RGB").quantize(256).save(PICTURES / f"{name}.png", optimize=True)
        chromium.close()
    print(f"screenshots: {len(PAGES)} pictures are in {PICTURES.relative_to(ROOT)}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
