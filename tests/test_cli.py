"""The commands do what the contract says: results on standard output, messages on standard error, the
right exit code. And what an operator may meet is documented."""

from __future__ import annotations

import dataclasses
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import indexer.errors
from indexer.cli import COMMANDS, EXIT_CODES, exit_code, main
from indexer.errors import BoardsearchError
from indexer.model import UnreadCode
from indexer.settings import Settings

PAPER = """Minutes of the Example Safeguarding Board
14 September 2013

1. Co-sleeping

The Board recommends that every midwife should give parents advice on co-sleeping before the baby goes
home, and that health visitors should give the same advice again at the first visit.

2. Neglect

The audit group looked at twelve cases of neglect and found that the voice of the child was missing from
half of the records. The group will look again in the spring.
"""


@pytest.fixture(scope="module")
def board(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a corpus and an index of it, which is what the commands take by default."""
    folder = tmp_path_factory.mktemp("board")
    corpus = folder / "corpus"
    corpus.mkdir()
    (corpus / "minutes.txt").write_text(PAPER)
    (corpus / "other.md").write_text(
        "# Training\n\nAll staff were trained in thresholds for referral this year.\n"
    )
    (corpus / "empty.txt").write_text("")
    assert run_main(folder, "build", "--jobs", "0") == 3
    yield folder


@pytest.fixture(autouse=True)
def in_board(board: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(board)


def run_main(folder: Path, *arguments: str) -> int:
    before = Path.cwd()
    os.chdir(folder)
    try:
        return main(arguments)
    finally:
        os.chdir(before)


def here(root: Path) -> dict[str, str]:
    """The environment of a process that takes the package from this repository, installed or not."""
    return {**os.environ, "PYTHONPATH": str(root)}


def json_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    """The JSON of a command that succeeds; it is one line."""
    assert main(arguments) == 0
    (line,) = capsys.readouterr().out.splitlines()
    value = json.loads(line)
    assert isinstance(value, (dict, list))
    return value  # type: ignore[return-value]


def test_build_json_is_what_the_contract_names(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--json", "--jobs", "0"]) == 3
    captured = capsys.readouterr()
    report = json.loads(captured.out.splitlines()[-1])
    assert list(report) == [
        *("documents", "pages", "sections", "passages", "seconds", "engine"),
        *("added", "changed", "removed", "unchanged", "unread"),
    ]
    assert (report["documents"], report["unchanged"], report["engine"]) == (2, 2, "whoosh")
    (unread,) = report["unread"]
    assert (unread["file"], unread["page"], unread["code"]) == ("empty.txt", None, "empty")
    assert captured.err == ""


def test_build_in_words_names_what_could_not_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["build", "--jobs", "0"]) == 3
    out = capsys.readouterr().out
    assert "2 documents" in out
    assert "empty.txt [empty]" in out


def test_a_build_without_trouble_exits_with_nought(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text(PAPER)
    command = ["--corpus", str(tmp_path), "--index", str(tmp_path / "index"), "--engine", "memory"]
    assert main(["build", *command, "--jobs", "0"]) == 0
    assert main(["rebuild", *command, "--jobs", "0", "--json"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["unchanged"] == 1


def test_search_json_is_what_the_contract_names(capsys: pytest.CaptureFixture[str]) -> None:
    results = json_of(capsys, "search", "advice on co-sleeping", "--json")
    named = (
        "query",
        "total",
        "total_is_exact",
        "took_ms",
        "engine",
        "expansions",
        "suggestion",
        "hits",
        "facets",
    )
    assert set(named) <= results.keys()
    hit = results["hits"][0]  # type: ignore[index]
    named = (
        "rank",
        "score",
        "id",
        "text",
        "highlights",
        "file",
        "lines",
        "pages",
        "document",
        "part",
        "section",
    )
    assert {*named, "subgroups", "themes", "cases", "statement", "citation", "url", "also_in"} <= hit.keys()
    assert (hit["rank"], hit["file"], hit["pages"]) == (1, "minutes.txt", [])
    first, last = hit["lines"]
    lines = " ".join(PAPER.splitlines()[first - 1 : last])
    assert " ".join(hit["text"].split()) in " ".join(lines.split())


def test_search_in_words_shows_the_sentence_and_its_citation(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "co-sleeping", "advice"]) == 0  # words need no quotes
    out = capsys.readouterr().out
    assert "advice on co-sleeping" in " ".join(out.split())
    assert "minutes.txt" in out
    assert "\033[" not in out  # bold is for terminals


def test_nothing_found_says_what_was_searched(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "trampolines"]) == 0
    out = capsys.readouterr().out
    assert "Nothing found in 2 documents" in out
    assert "1 file could not be read" in out


def test_filters_hold_a_search(capsys: pytest.CaptureFixture[str]) -> None:
    everything = json_of(capsys, "search", "the child advice trained", "--json")
    kinds = everything["facets"]["kind"]  # type: ignore[index]
    for count in kinds:
        held = json_of(capsys, "search", "the child advice trained", "--json", "--kind", count["value"])
        assert held["total"] == count["count"]
    both = [argument for count in kinds for argument in ("--kind", count["value"])]
    assert (
        json_of(capsys, "search", "the child advice trained", "--json", *both)["total"] == everything["total"]
    )


def test_limit_and_offset_page_through(capsys: pytest.CaptureFixture[str]) -> None:
    question = "advice neglect trained"
    whole = [hit["id"] for hit in json_of(capsys, "search", question, "--json")["hits"]]  # type: ignore[attr-defined]
    assert len(whole) > 1
    paged = [
        hit["id"]
        for offset in range(len(whole))
        for hit in json_of(capsys, "search", question, "--json", "--limit", "1", "--offset", str(offset))[
            "hits"
        ]  # type: ignore[attr-defined]
    ]
    assert paged == whole


def test_answer_quotes_word_for_word(capsys: pytest.CaptureFixture[str]) -> None:
    answer = json_of(capsys, "answer", "what should midwives do about co-sleeping?", "--json")
    sentences = answer["sentences"]
    assert isinstance(sentences, list)
    for sentence in sentences:
        assert " ".join(sentence["text"].split()) in " ".join(PAPER.split())
        assert sentence["citation"]
    assert main(["answer", "midwives co-sleeping"]) == 0
    assert "minutes.txt" in capsys.readouterr().out


def test_batch_answers_each_line_and_goes_on_past_what_it_cannot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.tsv"
    questions.write_text("\ufeffn1\tco-sleeping\r\nn2\t\nn3\tthe of\n\nn4\tneglect\twith a tab\n", "utf-8")
    assert main(["batch", str(questions), "--limit", "1"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["id"] for line in lines] == ["n1", "n2", "n3", "n4"]
    assert [len(line["hits"]) for line in lines] == [1, 0, 0, 1]
    assert [line.get("error", {}).get("code") for line in lines] == [
        *(None, "query_empty", "query_only_stop_words", None)
    ]
    assert lines[3]["query"] == "neglect\twith a tab"


def test_batch_reads_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"n1\tneglect\n")))
    assert main(["batch", "-"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "n1"


def test_batch_names_the_bad_line_before_it_answers_any(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    questions = tmp_path / "questions.tsv"
    for content, line in ((b"n1\tneglect\nno tab here\n", "Line 2"), (b"n1\tx\n\nn2\t\xff\n", "Line 3")):
        questions.write_bytes(content)
        assert main(["batch", str(questions)]) == 2
        captured = capsys.readouterr()
        assert (captured.out, line in captured.err) == ("", True)
    assert main(["batch", str(tmp_path / "absent.tsv")]) == 2


def test_statements_as_records(capsys: pytest.CaptureFixture[str]) -> None:
    (record,) = json_of(capsys, "statements", "--kind", "recommendation", "--json")
    assert isinstance(record, dict) and record["text"].startswith("The Board recommends that every midwife")
    assert (record["file"], record["kind"], record["pages"]) == ("minutes.txt", "recommendation", [])
    assert " ".join(record["text"].split()) in " ".join(PAPER.split())
    assert {"number", "owner", "due", "years", "themes", "section", "citation", "url"} <= record.keys()


def test_statements_in_words_and_as_csv(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["statements", "--theme", "Neglect"]) == 0
    assert "found." in capsys.readouterr().out
    assert main(["statements", "--csv", "--limit", "1"]) == 0
    header, *rest = capsys.readouterr().out.splitlines()
    assert header.startswith("kind,number,text,owner,due") and rest
    for wrong in (["--csv", "--json"], ["--kind", "wish"], ["--theme", "wish"]):
        assert main(["statements", *wrong]) == 2


def test_show_json_is_what_the_contract_names(capsys: pytest.CaptureFixture[str]) -> None:
    shown = json_of(capsys, "show", "minutes.txt", "--json")
    named = ("parts", "sections", "statements", "subgroups", "cases", "acronyms", "tables", "unread_pages")
    assert {"document", "scan", *named, "corrections"} == shown.keys()
    document = shown["document"]
    assert isinstance(document, dict)
    assert {"id", "file", "title", "kind", "body", "date", "years"} <= document.keys()
    assert json_of(capsys, "show", document["id"], "--json") == shown


def test_show_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "minutes.txt"]) == 0
    out = capsys.readouterr().out
    assert "Outline" in out
    assert "Neglect" in out


def test_show_offers_the_names_that_come_near(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "MINUTES"]) == 2
    assert "minutes.txt" in capsys.readouterr().err


def test_list_has_every_document_and_what_could_not_be_read(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json_of(capsys, "list", "--json")
    assert sorted(document["file"] for document in listed) == ["minutes.txt", "other.md"]  # type: ignore[index]
    assert main(["list"]) == 0
    out = capsys.readouterr().out
    assert all(name in out for name in ("minutes.txt", "other.md", "empty.txt [empty]"))


def test_check_says_whether_the_index_is_whole_and_current(
    board: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["check"]) == 0
    assert "is whole" in capsys.readouterr().out
    (board / "corpus" / "new.txt").write_text(PAPER)
    try:
        assert main(["check"]) == 4
        assert "added: new.txt" in capsys.readouterr().out
        assert main(["check", "--json"]) == 4
        report = json.loads(capsys.readouterr().out)
        assert (report["whole"], report["current"], report["added"]) == (True, False, ["new.txt"])
    finally:
        (board / "corpus" / "new.txt").unlink()


def test_environment_and_options_choose_the_folders(
    board: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["list"]) == 4
    monkeypatch.setenv("BOARDSEARCH_INDEX", str(board / "index"))
    assert main(["list"]) == 0
    assert main(["list", "--index", str(tmp_path)]) == 4  # an option beats the environment


def test_serve_hands_its_settings_to_the_web_server(monkeypatch: pytest.MonkeyPatch) -> None:
    import webapp.serve

    served: list[Settings] = []
    monkeypatch.setattr(webapp.serve, "serve", served.append)
    assert main(["serve", "--host", "0.0.0.0", "--port", "8080"]) == 0  # noqa: S104
    assert (served[0].host, served[0].port) == ("0.0.0.0", 8080)  # noqa: S104


def test_ctrl_c_ends_with_a_line(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setitem(COMMANDS, "list", interrupted)  # type: ignore[misc]
    assert main(["list"]) == 130
    assert "stopped" in capsys.readouterr().err


def test_python_m_indexer_is_the_same_command_and_speaks_utf8(root: Path, board: Path) -> None:
    environment = {**here(root), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    command = [sys.executable, "-m", "indexer", "search", "co-sleeping"]
    done = subprocess.run(command, cwd=board, env=environment, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "    — " in done.stdout.decode("utf-8")


def test_a_reader_that_stops_reading_is_no_error(root: Path, board: Path) -> None:
    program = "import sys; from indexer.cli import main; sys.exit(main(['list']))"
    with subprocess.Popen(
        [sys.executable, "-c", program],
        cwd=board,
        env=here(root),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == 0


def test_version_and_help_name_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    for option in ("--version", "--help"):
        with pytest.raises(SystemExit) as ended:
            main([option])
        assert ended.value.code == 0
    out = capsys.readouterr().out
    assert {line.split()[0] for line in out.splitlines() if line.startswith("    ")} >= set(COMMANDS)


def errors(kind: type[BoardsearchError] = BoardsearchError) -> list[type[BoardsearchError]]:
    return [kind, *(below for child in kind.__subclasses__() for below in errors(child))]


def test_every_error_has_its_exit_code() -> None:
    expected = {
        "IndexMissing": 4,
        "IndexOutdated": 4,
        "IndexDamaged": 4,
        "IndexNotWritable": 2,
        "BuildRunning": 5,
        "EngineUnavailable": 5,
        "EngineTimeout": 5,
        "PartialResults": 5,
        "QueryEmpty": 2,
        "UnknownFilter": 2,
        "CorpusMissing": 2,
        "UnknownDocument": 2,
        "PageOutOfRange": 2,
        "UnreadableFile": 3,
    }
    for name, code in expected.items():
        kind = getattr(indexer.errors, name)
        assert exit_code(kind.__new__(kind)) == code, name
    for kind in errors()[1:]:
        assert any(issubclass(kind, listed) for listed, _ in EXIT_CODES), kind


def test_every_error_is_documented(root: Path) -> None:
    text = (root / "docs" / "errors.md").read_text("utf-8")
    for kind in errors()[1:]:
        assert f"`{kind.code}`" in text, kind
    for code in UnreadCode:
        assert f"`{code}`" in text, code


def test_every_command_and_setting_is_documented(root: Path) -> None:
    text = (root / "docs" / "operations.md").read_text("utf-8")
    for command in COMMANDS:
        assert f"`boardsearch {command}" in text, command
    for setting in dataclasses.fields(Settings):
        assert f"`BOARDSEARCH_{setting.name.upper()}`" in text, setting.name
