"""Files that are sent: named safely, checked, and taken in whole or not at all."""

from __future__ import annotations

import io
import os
import re
import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import (
    BoardsearchError,
    CorpusNotWritable,
    UploadKnown,
    UploadNotAPaper,
    UploadRefused,
    UploadTooLarge,
)
from indexer.files import find_files, is_leftover
from indexer.office import uploads
from indexer.office.uploads import LONGEST_NAME, safe_name, take_in
from indexer.settings import Settings
from indexer.withdrawals import Withdrawals, withdrawal

PAPER = b"# Minutes\n\nThe Board met in June 2015.\n"


def send(settings: Settings, data: bytes, name: str) -> str:
    known = {source.name: source for source in find_files(settings.corpus)[0]}
    return take_in(settings, known, io.BytesIO(data), name).file


@pytest.mark.parametrize(
    ("sent", "safe"),
    [
        ("minutes 2013-09.pdf", "minutes 2013-09.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Papers\\minutes.pdf", "minutes.pdf"),
        ("..", "paper"),
        ("", "paper"),
        (".hidden.md", "hidden.md"),
        ("~$report.docx", "report.docx"),
        ("a<b>:c|d?.pdf", "a_b_c_d.pdf"),
        ("con.pdf", "paper_con.pdf"),
        ("Thumbs.db", "paper_Thumbs.db"),
        ("x" * 1000 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
        ("re\u202efdp.exe.pdf", "re_fdp.exe.pdf"),
        ("Fathers’ details – é.docx", "Fathers’ details – é.docx"),
    ],
)
def test_names_are_made_safe(sent: str, safe: str) -> None:
    assert safe_name(sent) == safe


@given(st.text(max_size=400))
def test_no_name_leaves_its_folder_or_is_passed_over_by_a_build(sent: str) -> None:
    name = safe_name(sent)
    assert 0 < len(name) <= LONGEST_NAME and len(name.encode()) <= 255
    assert not re.search(r'[\x00-\x1f/\\<>:"|?*]', name) and name not in (".", "..")
    assert not is_leftover(name) and name == name.strip() and safe_name(name) == name


def test_a_paper_is_taken_in_and_a_second_of_its_name_gets_a_number(settings: Settings) -> None:
    assert send(settings, PAPER, "m.md") == "uploads/m.md"
    assert send(settings, PAPER + b"More.\n", "m.md") == "uploads/m (2).md"
    assert (settings.corpus / "uploads/m.md").read_bytes() == PAPER
    assert send(settings, PAPER + b"Again.\n", "corrections.toml") == "uploads/corrections.toml"


@pytest.mark.parametrize(
    ("data", "name", "error", "says"),
    [
        (b"", "empty.pdf", UploadRefused, "is empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 40, "scan.pdf", UploadNotAPaper, "a picture"),
        (b"MZ\x90\x00" + b"\0" * 60, "paper.pdf", UploadNotAPaper, "no PDF"),
        (b"PK\x03\x04broken", "paper.docx", UploadNotAPaper, "damaged"),
        (b"plain text\n", "paper.pdf", UploadNotAPaper, "not a PDF"),
        (b"x" * 3000, "long.txt", UploadTooLarge, "MB"),
    ],
)
def test_what_cannot_be_taken_in_leaves_nothing(
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    data: bytes,
    name: str,
    error: type[BoardsearchError],
    says: str,
) -> None:
    monkeypatch.setattr(uploads, "MOST_BYTES", 2000)
    with pytest.raises(error, match=says):
        send(settings, data, name)
    assert list((settings.corpus / "uploads").iterdir()) == []


def test_the_same_file_is_not_taken_in_twice(settings: Settings) -> None:
    send(settings, PAPER, "a.md")
    with pytest.raises(UploadKnown, match=r"a\.md"):
        take_in(settings, {}, io.BytesIO(PAPER), "another name.md")
    with pytest.raises(UploadKnown, match=r"neglect\.md|again\.md"):
        send(settings, (settings.corpus / "neglect.md").read_bytes(), "x.md")


def test_a_withdrawn_file_does_not_come_back_unseen(settings: Settings) -> None:
    source = next(s for s in find_files(settings.corpus)[0] if s.name == "training.md")
    Withdrawals(settings.index).record([withdrawal(source, "training-1", "")])
    with pytest.raises(UploadKnown, match="withdrawn"):
        send(settings, (settings.corpus / "training.md").read_bytes(), "new.md")


def test_of_two_that_come_together_one_is_taken_in(settings: Settings) -> None:
    outcomes: list[str] = []

    def try_it(number: int) -> None:
        try:
            outcomes.append(take_in(settings, {}, io.BytesIO(PAPER), f"{number}.md").file)
        except UploadKnown:
            outcomes.append("known")

    threads = [threading.Thread(target=try_it, args=(number,)) for number in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes)[:4] == ["known"] * 4
    assert len(list((settings.corpus / "uploads").iterdir())) == 1


def test_different_papers_of_one_name_that_come_together_are_all_kept(settings: Settings) -> None:
    threads = [
        threading.Thread(target=take_in, args=(settings, {}, io.BytesIO(PAPER + b"%d" % n), "m.md"))
        for n in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list((settings.corpus / "uploads").iterdir())) == 5


@pytest.mark.skipif(os.name == "nt", reason="a file in the way is told otherwise there")
def test_a_folder_that_cannot_be_written_says_so(settings: Settings) -> None:
    (settings.corpus / "uploads").write_text("in the way")
    with pytest.raises(CorpusNotWritable, match="uploads"):
        take_in(settings, {}, io.BytesIO(PAPER), "m.md")


def test_a_build_that_is_at_work_does_not_see_half_a_file(settings: Settings, tmp_path: Path) -> None:
    seen: list[int] = []

    class Slow(io.BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            seen.append(len(find_files(settings.corpus)[0]))
            return super().read(size)

    take_in(settings, {}, Slow(PAPER), "m.md")
    assert set(seen) == {3} and len(find_files(settings.corpus)[0]) == 4
