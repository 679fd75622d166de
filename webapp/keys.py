"""The key that forms and cookies are signed with: one for all processes of a service and after a restart."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from indexer.settings import LEAST_KEY, Settings

FILE = "secret-key"


def signing_key(settings: Settings) -> str:
    """The key that was set, else that of the index folder, made where absent; where the folder is not
    there or cannot be written, one for this process alone."""
    return settings.secret_key or _kept(settings.index / FILE) or secrets.token_hex(LEAST_KEY)


def _kept(path: Path) -> str:
    """The key in a file that only this account may read; empty where it cannot be kept."""
    fresh = path.with_name(f"{FILE}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        if not path.exists():
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(secrets.token_hex(LEAST_KEY))
            _put(fresh, path)
        key = path.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)
    return key if len(key) >= LEAST_KEY else ""


def _put(fresh: Path, path: Path) -> None:
    """Give the file its name, whole, unless another process was first: then its key is the one."""
    try:
        os.link(fresh, path)
    except FileExistsError:
        return
    except OSError:
        fresh.replace(path)  # a disk without hard links
