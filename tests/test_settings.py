"""Settings come from the environment, and what cannot be used says what can."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import InvalidSetting, UnknownEngine
from indexer.settings import ENGINES, Settings, from_environ


def test_an_empty_environment_gives_the_defaults() -> None:
    assert from_environ({}) == Settings()
    assert (Settings().host, Settings().port, Settings().engine) == ("127.0.0.1", 8000, "whoosh")
    assert (Settings().corpus, Settings().index) == (Path("corpus"), Path("index"))


def test_the_real_environment_is_read_where_none_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOARDSEARCH_PORT", "9000")
    assert from_environ().port == 9000


def test_every_field_has_its_variable() -> None:
    values = {"corpus": "a", "index": "b", "engine": "memory", "host": "::1", "port": "0", "office": "True"}
    values |= {"url": "https://board.example", "secret_key": "k" * 32}
    assert set(values) == {field.name for field in fields(Settings)}
    found = from_environ({f"BOARDSEARCH_{name.upper()}": value for name, value in values.items()})
    assert {name: str(getattr(found, name)) for name in values} == values


@pytest.mark.parametrize("value", ["", "  "])
def test_an_empty_variable_is_one_that_was_not_set(value: str) -> None:
    names = [field.name.upper() for field in fields(Settings)]
    assert from_environ({f"BOARDSEARCH_{name}": value for name in names}) == Settings()


@pytest.mark.parametrize("port", ["http", "-1", "80.5", "65536", "²"])
def test_a_port_that_cannot_be_used(port: str) -> None:
    with pytest.raises(InvalidSetting, match="from 0 to 65535"):
        from_environ({"BOARDSEARCH_PORT": port})


@given(st.integers())
def test_ports_in_range_are_taken_and_others_refused(port: int) -> None:
    if 0 <= port <= 65535:
        assert Settings(port=port).port == port
    else:
        with pytest.raises(InvalidSetting):
            Settings(port=port)


def test_an_engine_that_does_not_exist_names_those_that_do() -> None:
    with pytest.raises(UnknownEngine) as caught:
        from_environ({"BOARDSEARCH_ENGINE": "lucene"})
    assert "lucene" in caught.value.message and all(name in caught.value.hint for name in ENGINES)


@pytest.mark.parametrize(
    ("value", "on"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("", False)]
)
def test_the_office_view_is_off_unless_switched_on(value: str, on: bool) -> None:
    assert from_environ({"BOARDSEARCH_OFFICE": value}).office is on


def test_a_switch_is_yes_or_no() -> None:
    with pytest.raises(InvalidSetting, match="BOARDSEARCH_OFFICE is “maybe”"):
        from_environ({"BOARDSEARCH_OFFICE": "maybe"})


@pytest.mark.parametrize("host", ["0.0.0.0", "192.0.2.7", "::", "board.example"])  # noqa: S104
def test_the_office_view_is_for_this_computer_alone(host: str) -> None:
    with pytest.raises(InvalidSetting, match="would listen on"):
        Settings(host=host, office=True)
    assert not Settings(host=host).office


@pytest.mark.parametrize("host", ["127.0.0.1", "127.1.2.3", "::1", "localhost"])
def test_the_office_view_listens_on_this_computers_own_addresses(host: str) -> None:
    assert Settings(host=host, office=True).office


@pytest.mark.parametrize(
    "url", ["board.example", "ftp://board.example", "https://", "https://[", "https://a/?b=c"]
)
def test_an_address_for_readers_that_is_none(url: str) -> None:
    with pytest.raises(InvalidSetting, match="BOARDSEARCH_URL"):
        from_environ({"BOARDSEARCH_URL": url})


def test_an_address_ends_without_a_slash() -> None:
    assert (
        from_environ({"BOARDSEARCH_URL": "https://board.example/papers/"}).url
        == "https://board.example/papers"
    )


def test_a_key_that_is_too_short_is_refused_and_none_is_ever_shown() -> None:
    with pytest.raises(InvalidSetting, match="32 characters"):
        from_environ({"BOARDSEARCH_SECRET_KEY": "short"})
    assert "k" * 32 not in repr(Settings(secret_key="k" * 32))
