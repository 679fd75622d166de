"""Searches that found nothing are counted; words are kept only of what was asked on several days."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from pathlib import Path

import pytest

from indexer.office import unanswered
from indexer.office.unanswered import DAYS, FORGOTTEN_AFTER, Unanswered


class Calendar:
    def __init__(self) -> None:
        self.day = date(2026, 3, 30)

    def __call__(self) -> date:
        return self.day

    def pass_days(self, days: int) -> None:
        self.day += timedelta(days=days)


def test_words_are_kept_after_several_days_and_not_before(tmp_path: Path) -> None:
    calendar = Calendar()
    counts = Unanswered(tmp_path, "secret", calendar)
    for day in range(DAYS):
        assert counts.missed() == ()
        for typed in ("Zebra  crossings", "zebra crossings"):
            counts.count(typed)
        if day + 1 < DAYS:
            assert b"ebra" not in counts.path.read_bytes()
            calendar.pass_days(1)
    (missed,) = counts.missed()
    assert (missed.words, missed.days, missed.last) == ("zebra crossings", DAYS, "2026-04-01")
    assert counts.months() == (("2026-04", 2), ("2026-03", 4))


def test_what_is_asked_once_is_a_count_and_is_forgotten(tmp_path: Path) -> None:
    calendar = Calendar()
    counts = Unanswered(tmp_path, "secret", calendar)
    counts.count("a child’s name")
    calendar.pass_days(FORGOTTEN_AFTER + 1)
    for _ in range(DAYS - 1):
        counts.count("a child’s name")
        calendar.pass_days(1)
    assert counts.missed() == () and b"child" not in counts.path.read_bytes()


def test_another_key_cannot_tell_what_was_asked(tmp_path: Path) -> None:
    calendar = Calendar()
    for secret in ("one", "two", "three"):
        Unanswered(tmp_path, secret, calendar).count("zebra")
        calendar.pass_days(1)
    assert Unanswered(tmp_path, "one", calendar).missed() == ()


def test_no_more_than_so_many_questions_are_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unanswered, "MOST", 3)
    counts = Unanswered(tmp_path, "secret", Calendar())
    for number in range(10):
        counts.count(f"question {number}")
    assert counts.months() == (("2026-03", 10),)


def test_nothing_is_there_before_the_first_and_none_is_lost_at_once(tmp_path: Path) -> None:
    counts = Unanswered(tmp_path, "secret", Calendar())
    assert counts.months() == counts.missed() == () and not counts.path.exists()
    threads = [threading.Thread(target=counts.count, args=("zebra",)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert counts.months() == (("2026-03", 8),)
