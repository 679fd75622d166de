"""Whatever is put before the commands ends in a message that says what to do, and loses nothing."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.cli import main
from indexer.generations import builder_lock, current

PAPER = """Minutes of the Example Safeguarding Board

1. Co-sleeping

The Board recommends that every midwife should give parents advice on co-sleeping before the baby goes
home, and that health visitors should give the same advice again at the first visit.
"""


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus with one good paper, where the commands look for it."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "good.txt").write_text(PAPER)
    return folder


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one good paper, for questions."""
    folder = tmp_path_factory.mktemp("indexed")
    (folder / "corpus").mkdir()
    (folder / "corpus" / "good.txt").write_text(PAPER)
    command = ["build", "--jobs", "0", "--corpus", str(folder / "corpus"), "--index", str(folder / "index")]
    assert main(command) == 0
    return folder / "index"


def build_json(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    code = main(["build", "--json", "--jobs", "0", *options])
    return code, json.loads(capsys.readouterr().out.splitlines()[-1])


def refused(capsys: pytest.CaptureFixture[str], *command: str, code: int) -> str:
    """The message of a command that must fail with ``code``; results stay empty."""
    capsys.readouterr()
    assert main(command) == code
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("boardsearch: ")
    assert len(captured.err.splitlines()) == 1
    return captured.err


def still_found(capsys: pytest.CaptureFixture[str]) -> bool:
    capsys.readouterr()
    assert main(["search", "co-sleeping", "--json"]) == 0
    return [hit["file"] for hit in json.loads(capsys.readouterr().out)["hits"]] == ["good.txt"]


def a_pdf(pages: int = 3, **options: Any) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, **options)
    for page in range(pages):
        for line in range(30):
            canvas.drawString(
                72, 760 - 20 * line, f"Line {line} of page {page} tells of supervision and training."
            )
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def a_scan() -> bytes:
    picture = Image.new("RGB", (600, 800), "white")
    ImageDraw.Draw(picture).text((50, 50), "A paper that somebody scanned")
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


BAD_FILES = {
    "empty.pdf": (b"", "empty"),
    "text.pdf": (b"Somebody saved plain text under this name.", "not_a_document"),
    "encrypted.pdf": (a_pdf(encrypt=StandardEncryption("secret", canPrint=0)), "encrypted"),
    "scanned.pdf": (a_scan(), "needs_ocr"),
    "noise.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 20, "damaged"),
    "noise.txt": (bytes(range(256)) * 20, "not_a_document"),
}


@pytest.mark.parametrize("name", BAD_FILES)
def test_a_file_that_cannot_be_read_is_named_and_the_rest_is_built(
    corpus: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    data, expected = BAD_FILES[name]
    (corpus / name).write_bytes(data)
    code, report = build_json(capsys)
    assert (code, report["documents"]) == (3, 1)
    assert {one["file"] for one in report["unread"]} == {name}
    assert expected in {one["code"] for one in report["unread"]}
    assert all(len(one["reason"]) > 20 for one in report["unread"])
    assert still_found(capsys)


def test_a_truncated_pdf_is_read_as_far_as_it_goes_or_named(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = a_pdf(pages=8)
    for share in (10, 50, 90):
        (corpus / f"cut-{share}.pdf").write_bytes(whole[: len(whole) * share // 100])
    code, report = build_json(capsys)
    named = {one["file"] for one in report["unread"] if one["page"] is None}
    assert code == (3 if named else 0)
    assert report["documents"] + len(named) == 4
    assert still_found(capsys)


def test_no_permission_is_named(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (corpus / "closed.txt").write_text(PAPER)
    really_open = Path.open

    # Not by chmod: the tests may run as an account that may read everything.
    def refuse(path: Path, *arguments: Any, **options: Any) -> Any:
        if path.name == "closed.txt":
            raise PermissionError(13, "Permission denied", str(path))
        return really_open(path, *arguments, **options)

    monkeypatch.setattr(Path, "open", refuse)
    code, report = build_json(capsys)
    assert (code, report["documents"]) == (3, 1)
    assert [(one["file"], one["code"]) for one in report["unread"]] == [("closed.txt", "unreadable")]
    assert "permission" in report["unread"][0]["reason"]


def test_no_corpus_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "--corpus" in refused(capsys, "build", code=2)
    assert not (tmp_path / "index").exists()


def test_an_empty_corpus_folder_leaves_the_index(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--jobs", "0"]) == 0
    (corpus / "good.txt").unlink()
    assert "left as it is" in refused(capsys, "build", code=2)
    assert still_found(capsys)


def test_an_index_folder_that_cannot_be_written(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (corpus.parent / "file").write_text("")
    assert "--index" in refused(capsys, "build", "--index", "file/index", code=2)


def test_a_full_disk(
    corpus: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["build", "--jobs", "0"]) == 0
    (corpus / "new.txt").write_text(PAPER.replace("midwife", "teacher"))

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        message = refused(capsys, "build", "--jobs", "0", "--json", code=2)
    assert "No space left" in message
    assert "untouched" in message
    assert still_found(capsys)


def test_a_second_build_at_once(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--jobs", "0"]) == 0
    with builder_lock(corpus.parent / "index"):
        assert "Wait" in refused(capsys, "build", code=5)
        assert still_found(capsys)  # readers are not kept waiting


@pytest.mark.parametrize(
    "command", [("search", "x"), ("answer", "x"), ("list",), ("show", "x"), ("check",), ("serve",)]
)
def test_no_index(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: tuple[str, ...],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert "boardsearch build" in refused(capsys, *command, code=4)


def test_an_index_of_an_older_version(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--jobs", "0"]) == 0
    (current(Path("index")).path / "manifest.json").write_text('{"format": 0}')
    assert "boardsearch build" in refused(capsys, "search", "co-sleeping", code=4)
    assert main(["build", "--jobs", "0"]) == 0
    assert still_found(capsys)


def test_a_damaged_index(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--jobs", "0"]) == 0
    current(Path("index")).catalogue_path.write_bytes(b"nonsense")
    assert "boardsearch build" in refused(capsys, "search", "co-sleeping", code=4)
    assert main(["build", "--jobs", "0"]) == 0
    assert still_found(capsys)


def test_an_engine_that_lost_its_files_is_not_nothing_found(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["build", "--jobs", "0", "--engine", "memory"]) == 0
    for path in current(Path("index")).engine_folder.iterdir():
        path.unlink()
    capsys.readouterr()
    assert main(["search", "co-sleeping"]) in (4, 5)
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "boardsearch" in captured.err


@pytest.mark.parametrize(
    ("options", "named"),
    [
        (("--year", "1066-67"), "1066-67"),
        (("--theme", "basket weaving"), "basket weaving"),
        (("--subgroup", "No Such Group"), "No Such Group"),
        (("--kind", "minute"), "minutes"),  # the near one is offered
    ],
)
def test_an_unknown_filter_value(
    indexed: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], named: str
) -> None:
    assert named in refused(capsys, "search", "co-sleeping", *options, "--index", str(indexed), code=2)


@pytest.mark.parametrize(
    "command",
    [
        (),
        ("find", "x"),
        ("search",),
        ("search", "x", "--colour", "blue"),
        ("search", "x", "--limit", "0"),
        ("search", "x", "--limit", "many"),
        ("search", "x", "--sort", "random"),
        ("build", "--jobs", "-1"),
        ("serve", "--port", "65536"),
        ("show",),
    ],
)
def test_what_the_command_line_does_not_know(
    capsys: pytest.CaptureFixture[str], command: tuple[str, ...]
) -> None:
    assert "--help" in refused(capsys, *command, code=2)


def test_an_unknown_engine(corpus: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "whoosh" in refused(capsys, "build", "--engine", "lucene", code=2)


@pytest.mark.parametrize(
    ("name", "value"),
    [("BOARDSEARCH_ENGINE", "lucene"), ("BOARDSEARCH_PORT", "http"), ("BOARDSEARCH_PORT", "70000")],
)
def test_a_setting_that_cannot_be_used(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)
    assert name in refused(capsys, "list", code=2)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("?!", "“?!” has no word in it"),
        ("the of and", "the of and"),
        ("x" * 10_000, "10,000"),
        ("neglect " * 1250, "10,000"),
    ],
)
def test_a_question_that_cannot_be_understood(
    indexed: Path, capsys: pytest.CaptureFixture[str], question: str, part: str
) -> None:
    for command in ("search", "answer"):
        assert part in refused(capsys, command, question, "--index", str(indexed), code=2)


@pytest.mark.parametrize(
    "question",
    [
        '"co-sleeping',
        'co-sleeping "',
        "“co-sleeping",
        "co-sleeping (((",
        "co-sleeping\x00\x07\x1b[2J",
        "co-sleeping *?~^:\\",
    ],
)
def test_a_question_with_odd_marks_is_searched_for_its_words(
    indexed: Path, capsys: pytest.CaptureFixture[str], question: str
) -> None:
    capsys.readouterr()
    assert main(["search", question, "--json", "--index", str(indexed)]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 1
    assert main(["search", question, "--index", str(indexed)]) == 0
    assert "\x1b" not in capsys.readouterr().out  # it must not drive the terminal


def test_an_unknown_document(indexed: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "boardsearch list" in refused(capsys, "show", "nothing.pdf", "--index", str(indexed), code=2)


def test_control_characters_in_a_paper_do_not_reach_the_terminal(
    corpus: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "good.txt").write_text(PAPER.replace("midwife", "mid\x1b[31mwife"))
    assert main(["build", "--jobs", "0"]) == 0
    for command in (("search", "co-sleeping"), ("answer", "co-sleeping"), ("show", "good.txt"), ("list",)):
        assert main(command) == 0
        assert "\x1b" not in capsys.readouterr().out
