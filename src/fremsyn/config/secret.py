"""The key that signs sessions and forms."""

from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path

BYTES = 50


def secret_key(given: str | None, folder: Path | None) -> str:
    """Return the key given, else the one kept in `folder`, made at the first start; without a folder a passing one."""
    if given:
        return given
    if folder is None:
        return secrets.token_urlsafe(BYTES)
    kept = folder / "secret_key"
    if not kept.exists():
        make_key(kept)
    return kept.read_text(encoding="ascii")


def make_key(kept: Path) -> None:
    """Write a new key that only its owner can read; when two start at once, the first one's key stands."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(BYTES))
    try:
        os.link(name, kept)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
