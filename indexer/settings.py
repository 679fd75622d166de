"""Settings: what an operator may choose, read from the environment in one place."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from indexer.errors import InvalidSetting, UnknownEngine

ENGINES = ("whoosh", "memory")
"""Engines by name; ``memory`` reads its whole index into memory and is meant for tests and small folders."""

_YES, _NO = ("1", "true", "yes", "on"), ("0", "false", "no", "off")
VOCABULARY_FILE = "vocabulary.toml"
"""At the top of the corpus: the board office's own words, not a paper. See docs/vocabulary.md."""


LEAST_KEY = 32
"""Characters that a secret key has at least."""


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

    url: str = ""
    """Where readers reach the service, such as ``https://board.example``; empty to take each request's."""
    secret_key: str = field(default="", repr=False)
    """What forms and cookies are signed with; empty to keep one in the index folder."""

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
        if self.url and not is_web_address(self.url):
            raise InvalidSetting(
                f"BOARDSEARCH_URL is “{self.url}”.",
                "Set it to the address that readers use, such as https://board.example, or leave it out.",
            )
        if self.secret_key and len(self.secret_key) < LEAST_KEY:
            raise InvalidSetting(
                f"BOARDSEARCH_SECRET_KEY has fewer than {LEAST_KEY} characters.",
                "Set it to a long random text, or leave it out: one is then kept in the index folder.",
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


def is_web_address(text: str) -> bool:
    """Whether it names a web site: a scheme and a host, and nothing after the path."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not (parts.query or parts.fragment)


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
        url=value("URL", default.url).rstrip("/"),
        secret_key=value("SECRET_KEY", default.secret_key),
    )
