"""Fremsyn as a process of its own, as an operator runs it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

SECONDS_TO_START = 30


@dataclass(frozen=True)
class Site:
    """A running server: where it answers, and its process."""

    url: str
    process: subprocess.Popen[bytes]


def surroundings(data: Path) -> dict[str, str]:
    """Return the environment of a process that keeps everything in `data`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings",
        "FREMSYN_DATA": str(data),
        "DATABASE_URL": "",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def status(url: str, seconds: float) -> int:
    """Return the status that `url` answers with, waiting so long for somebody to answer at all."""
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return int(response.status)
        except (urllib.error.URLError, TimeoutError):
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


@contextmanager
def served(data: Path) -> Iterator[Site]:
    """Serve the database in `data` until the block ends."""
    port = free_port()
    command = [sys.executable, "-c", f"from fremsyn.config.server import serve; serve(port={port})"]
    process = subprocess.Popen(command, env=surroundings(data), stdin=subprocess.DEVNULL)
    try:
        status(f"http://127.0.0.1:{port}/healthz", SECONDS_TO_START)
        yield Site(f"http://127.0.0.1:{port}", process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
