"""The server as a process: it answers, and it ends when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

import pytest


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def server(tmp_path):
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", f"from fremsyn.config.server import serve; serve(port={port})"],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings",
            "FREMSYN_DATA": str(tmp_path),
            "DATABASE_URL": "",
        },
        stdin=subprocess.DEVNULL,
    )
    yield process, f"http://127.0.0.1:{port}/healthz"
    process.kill()
    process.wait()


def answer(url: str, seconds: float) -> int:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return int(response.status)
        except urllib.error.URLError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def test_serve_answers_and_ends_within_five_seconds_of_sigterm(server):
    process, url = server
    assert answer(url, 20) == 200

    process.send_signal(signal.SIGTERM)

    process.wait(timeout=5)
    with pytest.raises(urllib.error.URLError):
        answer(url, 0)
