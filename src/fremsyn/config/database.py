"""Which database, and how it is kept from losing what it has acknowledged."""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path
from typing import Any

import dj_database_url

Version = tuple[int, ...]

# These can lose committed data in WAL mode when one connection checkpoints while another writes.
AFFECTED: tuple[Version, Version] = ((3, 7, 0), (3, 51, 2))


def swap_driver() -> Version:
    """Put the `pysqlite3` driver, where it is installed, in the place of Python's own.

    :returns: the version of the SQLite library now in use
    """
    try:
        driver = importlib.import_module("pysqlite3")
    except ModuleNotFoundError:
        driver = importlib.import_module("sqlite3")
    else:
        sys.modules["sqlite3"] = driver
        sys.modules["sqlite3.dbapi2"] = importlib.import_module("pysqlite3.dbapi2")
    version: Version = driver.sqlite_version_info
    return version


def journal_mode(version: Version) -> str:
    """Return WAL, or TRUNCATE with a warning where this SQLite's WAL is unsafe: slower, not unsafe."""
    if not AFFECTED[0] <= version <= AFFECTED[1]:
        return "WAL"
    warnings.warn(
        f"SQLite {'.'.join(map(str, version))} can lose data in WAL mode; the journal is TRUNCATE, which is slower. "
        "Install the package pysqlite3 to get a newer SQLite.",
        RuntimeWarning,
        stacklevel=2,
    )
    return "TRUNCATE"


def database(url: str | None, folder: Path) -> dict[str, Any]:
    """Return Django's settings for the database at `url`, else for a SQLite file in `folder`."""
    if not url:
        folder.mkdir(parents=True, exist_ok=True)
    settings: dict[str, Any] = dict(dj_database_url.parse(url or f"sqlite:///{folder / 'fremsyn.sqlite3'}"))
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        journal = journal_mode(swap_driver())
        settings["OPTIONS"] = {
            **settings.get("OPTIONS", {}),
            "transaction_mode": "IMMEDIATE",
            "timeout": 10,
            "init_command": f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON",
        }
    settings["CONN_MAX_AGE"] = 60
    settings["CONN_HEALTH_CHECKS"] = True
    return settings
