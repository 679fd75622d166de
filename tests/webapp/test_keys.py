"""The key of forms and cookies: kept once, for this account alone, and shared by all processes."""

from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from indexer.settings import Settings
from webapp.keys import FILE, signing_key


def test_it_is_made_once_and_kept_for_this_account_alone(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path)
    key = signing_key(settings)
    assert len(key) >= 64 and signing_key(settings) == key
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_processes_that_start_together_get_one_key(tmp_path: Path) -> None:
    keys: list[str] = []
    threads = [
        threading.Thread(target=lambda: keys.append(signing_key(Settings(index=tmp_path)))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(keys) == 8 and len(set(keys)) == 1


def test_one_that_was_set_is_stronger_and_nothing_is_written(tmp_path: Path) -> None:
    assert signing_key(Settings(index=tmp_path, secret_key="k" * 40)) == "k" * 40
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("held", [b"", b"short", b"\xff" * 80])
def test_a_key_that_is_none_is_not_used(tmp_path: Path, held: bytes) -> None:
    (tmp_path / FILE).write_bytes(held)
    assert len(signing_key(Settings(index=tmp_path))) >= 64


def test_without_a_folder_each_process_has_its_own(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path / "none")
    assert signing_key(settings) != signing_key(settings) and not settings.index.exists()
