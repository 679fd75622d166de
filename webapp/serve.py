"""The web front end under waitress, a production WSGI server."""

from __future__ import annotations

import contextlib
import signal
import socket
import sys
import threading

import waitress

from indexer.errors import InvalidSetting
from indexer.settings import Settings
from webapp import create_app
from webapp.protection import largest_body

THREADS = 8


def serve(settings: Settings) -> None:
    """Serve until stopped; raises InvalidSetting where the address cannot be listened on."""
    with listen(settings.host, settings.port) as listening:
        server = waitress.create_server(
            create_app(settings),
            sockets=[listening],
            threads=THREADS,
            ident="",  # the server's make and version are nobody's business
            max_request_body_size=largest_body(settings),
            clear_untrusted_proxy_headers=True,
        )
        host = f"[{server.effective_host}]" if ":" in server.effective_host else server.effective_host
        _stop_when_told()
        print(f"Boardsearch is at http://{host}:{server.effective_port}/", file=sys.stderr, flush=True)
        with contextlib.closing(server), contextlib.suppress(KeyboardInterrupt):
            server.run()


def _stop_when_told() -> None:
    """Let SIGTERM, by which service managers stop a program, end the server as Ctrl-C does."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, signal.default_int_handler)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; raises InvalidSetting."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        # The standard library adds the address in its own notation, which is said already.
        reason = str(error.strerror or error).partition(" (while attempting")[0]
        raise InvalidSetting(
            f"Port {port} of {host} cannot be used: {reason}.",
            "Choose another with --port or --host, or stop the program that uses it.",
        ) from error
