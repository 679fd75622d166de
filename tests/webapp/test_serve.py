"""The server: it serves, and says in words why it cannot."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request

import pytest

from indexer.errors import InvalidSetting
from indexer.settings import Settings
from webapp.serve import serve

PROGRAM = "from indexer.settings import from_environ; from webapp.serve import serve; serve(from_environ())"


def test_a_port_in_use_is_said(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(
            InvalidSetting, match=rf"^Port {port} of 127\.0\.0\.1 cannot be used: [^()]+\. "
        ) as error:
            serve(Settings(corpus=settings.corpus, index=settings.index, port=port))
    assert "--port" in error.value.hint


def test_an_address_that_is_not_ours_is_said() -> None:
    with pytest.raises(InvalidSetting, match=r"of 192\.0\.2\.1 cannot be used"):
        serve(Settings(host="192.0.2.1", port=0))


@pytest.mark.slow
def test_it_says_where_serves_and_stops(settings: Settings) -> None:
    environ = os.environ | {
        "BOARDSEARCH_INDEX": str(settings.index),
        "BOARDSEARCH_CORPUS": str(settings.corpus),
        "BOARDSEARCH_PORT": "0",
    }
    command = [sys.executable, "-c", PROGRAM]
    with subprocess.Popen(command, env=environ, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            address = re.search(r"http://127\.0\.0\.1:\d+", said)
            assert address, said
            with urllib.request.urlopen(f"{address[0]}/healthz", timeout=30) as answer:  # noqa: S310 - ours
                assert answer.status == 200
                assert "waitress" not in answer.headers.get("Server", "")
            server.send_signal(signal.SIGTERM)
            assert server.wait(timeout=30) == 0
        finally:
            server.kill()
