"""Settings: what an operator may choose, read from the environment in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from indexer.errors import InvalidSetting, UnknownEngine

ENGINES = ("whoosh", "memory")
"""Engines by name; ``memory`` reads its whole index into memory and is meant for tests and small folders."""

_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
VOCABULARY_FILE = "vocabulary.toml"
"""At the top of the corpus: the board office's own words, not a paper. See docs/vocabulary.md."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What an operator may choose. Every field has an environment variable ``BOARDSEARCH_<FIELD>``."""

    corpus: Path = Path("corpus")
    """Folder of papers."""
    index: Path = Path("index")
    """Folder for what is built."""
    engine: str = "whoosh"
    """One of ``ENGINES``."""
    host: str = "127.0.0.1"
    """Address that the web front end listens on."""
    port: int = 8000
    """Port that the web front end listens on."""
    office: bool = False
    """Whether the web front end has the office view, where hits are judged; on this computer alone."""

    @property
    def vocabulary(self) -> Path:
        """The board office's own vocabulary, beside the papers; it need not be there."""
        return self.corpus / VOCABULARY_FILE

    def __post_init__(self) -> None:
        if self.office and not is_loopback(self.host):
            raise InvalidSetting(
                f"The office view is switched on and the service would listen on {self.host} for others.",
                "Listen on 127.0.0.1, or leave BOARDSEARCH_OFFICE out.",
            )
        if self.engine not in ENGINES:
            raise UnknownEngine(
                f"There is no search engine called “{self.engine}”.",
                f"Set BOARDSEARCH_ENGINE or --engine to one of: {', '.join(ENGINES)}.",
            )
        if not 0 <= self.port <= 65535:
            raise InvalidSetting(
                f"The port {self.port} is out of range.",
                "Set BOARDSEARCH_PORT or --port to a number from 0 to 65535.",
            )


def is_loopback(host: str) -> bool:
    """Whether an address or name is this computer's own, which no other computer reaches."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def from_environ(environ: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``BOARDSEARCH_*`` variables; raises InvalidSetting or UnknownEngine."""
    values = os.environ if environ is None else environ
    # Of an instance: on the class itself the slots stand where the defaults were.
    default = Settings()

    def value(name: str, otherwise: object) -> str:
        # An empty variable is one that was not set: compose files and make pass them through.
        return values.get(f"BOARDSEARCH_{name}", "").strip() or str(otherwise)

    port = value("PORT", default.port)
    if not port.isdecimal():
        raise InvalidSetting(f"BOARDSEARCH_PORT is “{port}”.", "Set it to a number from 0 to 65535.")
    office = value("OFFICE", "0").lower()
    if office not in (*_YES, *_NO):
        raise InvalidSetting(f"BOARDSEARCH_OFFICE is “{office}”.", "Set it to 1 or 0.")
    return Settings(
        corpus=Path(value("CORPUS", default.corpus)),
        index=Path(value("INDEX", default.index)),
        engine=value("ENGINE", default.engine),
        host=value("HOST", default.host),
        port=int(port),
        office=office in _YES,
    )
