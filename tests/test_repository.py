"""The repository keeps its own rules: sizes, names, locks, one version, documented targets."""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest

import indexer

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
LONGEST_FUNCTION = 40
# Names that say nothing about what is inside.
EMPTY_NAMES = {"utils", "util", "helpers", "helper", "common", "core", "misc"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

# Written as patterns, so that this file does not hold what it looks for.
FORBIDDEN = {
    "a path of one machine": re.compile(r"(?<![\w.~:/-])/(home|root|Users|work|workspace)/\w"),
    "a package registry's host": re.compile(r"\b(pypi[.]org|pythonhosted[.]org|npmjs[.](org|com)|/simple/)"),
    "work left undone": re.compile(r"\b(TO[D]O|FIX[M]E|XX[X])\b"),
    "a merge left undone": re.compile(r"^(<{7}|>{7}) ", re.MULTILINE),
    "a note on who typed it": re.compile(r"(?i)co-authored[-]by"),
}


def repository_files() -> list[Path]:
    """Every file that is tracked, or would be if all were added."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a clone, to know which files belong to the repository")
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def python_files() -> list[Path]:
    return [file for file in repository_files() if file.suffix == ".py"]


def texts() -> Iterator[tuple[str, str]]:
    """The name and text of each file that is text."""
    for file in repository_files():
        try:
            yield file.relative_to(ROOT).as_posix(), file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef, source: list[str]) -> int:
    """Lines of code and comment in the body, its docstring and blank lines left out."""
    body = function.body[1:] if ast.get_docstring(function) is not None else function.body
    if not body:
        return 0
    lines = source[body[0].lineno - 1 : body[-1].end_lineno]
    return sum(1 for line in lines if line.strip())


def functions(file: Path) -> Iterator[tuple[str, int]]:
    """The name and length of each function of a file."""
    text = file.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{file.relative_to(ROOT)}:{node.lineno} {node.name}", body_lines(node, text.splitlines())


def make_targets() -> set[str]:
    """The targets that `make help` lists."""
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*## ", text, re.MULTILINE))


def dependency_names() -> set[str]:
    return {re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in PROJECT["dependencies"]}


def test_no_file_is_too_long() -> None:
    lengths = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in python_files()
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_no_function_is_too_long() -> None:
    lengths = {name: length for file in python_files() for name, length in functions(file)}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}


def test_docstrings_and_blank_lines_do_not_count() -> None:
    source = 'def f():\n    """One\n    two."""\n    a = 1\n\n    # why\n    return a\n'
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert body_lines(function, source.splitlines()) == 3


def test_every_module_says_what_it_is_for() -> None:
    silent = [
        str(file.relative_to(ROOT))
        for file in python_files()
        if ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_names_say_what_is_inside() -> None:
    named = {
        str(file.relative_to(ROOT)) for file in python_files() if EMPTY_NAMES & {file.stem, file.parent.name}
    }
    assert named == set()


def test_tests_are_not_a_package() -> None:
    # govuk-frontend-jinja installs a package called tests, which would shadow or be shadowed by ours.
    assert [str(file) for file in (ROOT / "tests").rglob("__init__.py")] == []


def test_the_corpus_holds_no_code() -> None:
    assert [str(file) for file in python_files() if file.is_relative_to(ROOT / "corpus")] == []


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_file_holds(what: str) -> None:
    found = [f"{name}: {match[0]}" for name, text in texts() for match in FORBIDDEN[what].finditer(text)]
    assert found == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a path of one machine", "open('" + "/".join(["", "home", "me"]) + "')"),
        ("a package registry's host", "https://" + "pypi" + ".org/x"),
        ("work left undone", "# TO" + "DO: more"),
        ("a merge left undone", "<" * 7 + " HEAD"),
        ("a note on who typed it", "Co-Authored" + "-By: me"),
    ],
)
def test_the_patterns_find_what_they_are_for(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(text)


@pytest.mark.parametrize(
    "lock", ["requirements.lock", "requirements-dev.lock", "requirements-node.lock", "package-lock.json"]
)
def test_a_lock_names_no_host_and_every_checksum(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    if lock.endswith(".json"):
        packages = {name: each for name, each in json.loads(text)["packages"].items() if name}
        assert packages
        assert [name for name, each in packages.items() if "integrity" not in each] == []
    else:
        pinned = re.findall(r"^(\S+)==\S+.*\\\n    --hash=sha256:", text, re.MULTILINE)
        assert pinned == re.findall(r"^([\w.-]+)\S*", text, re.MULTILINE)


def test_each_dependency_is_locked() -> None:
    locked = set(
        re.findall(r"^([\w.-]+)==", (ROOT / "requirements.lock").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert {re.sub(r"[._]", "-", name).lower() for name in dependency_names()} <= locked


def test_the_locks_agree() -> None:
    pins = [
        set(re.findall(r"^[\w.-]+==\S+", (ROOT / lock).read_text(encoding="utf-8"), re.MULTILINE))
        for lock in ("requirements.lock", "requirements-dev.lock")
    ]
    assert pins[0] - pins[1] == set()


def test_each_dependency_has_its_reasons_in_a_decision() -> None:
    decisions = "\n".join(
        file.read_text(encoding="utf-8") for file in (ROOT / "docs/decisions").glob("*.md")
    ).lower()
    assert {name for name in dependency_names() if name.lower() not in decisions} == set()


def test_each_dependency_is_used() -> None:
    sources = "\n".join(
        file.read_text(encoding="utf-8")
        for file in python_files()
        if file.relative_to(ROOT).parts[0] in {"indexer", "webapp"}
    )
    modules: dict[str, list[str]] = {}
    for module, names in metadata.packages_distributions().items():
        for name in names:
            modules.setdefault(re.sub(r"[._]", "-", name).lower(), []).append(module)
    unused = {
        name
        for name in dependency_names()
        if not re.search(rf"\b({'|'.join(modules[re.sub(r'[._]', '-', name).lower()])})\b", sources)
    }
    assert unused == set()


def test_each_make_target_is_documented() -> None:
    guides = [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]
    documented = set(
        re.findall(r"\bmake ([a-z-]+)", "\n".join(file.read_text(encoding="utf-8") for file in guides))
    )
    assert make_targets() - documented == set()


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["version"] == version
    assert json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["version"] == version
    assert re.findall(r"^## \[(\d[^\]]*)\]", changes, re.MULTILINE)[0] == version
    assert metadata.version("boardsearch") == indexer.__version__ == version


def test_the_style_sheet_matches_its_templates() -> None:
    # govuk-frontend-jinja 4.1 was made from govuk-frontend 6.3.
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert packages["node_modules/govuk-frontend"]["version"].startswith("6.3.")
    assert metadata.version("govuk-frontend-jinja").startswith("4.1.")


def test_ci_runs_make_test_with_nothing_left_out() -> None:
    script = ROOT / ".ci/run"
    assert os.access(script, os.X_OK)
    assert re.search(
        r"^CI=true$.*^export CI$.*^exec make test$", script.read_text(encoding="utf-8"), re.M | re.S
    )
