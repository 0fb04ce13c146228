"""The server as a process: it answers, and it ends when told."""

from __future__ import annotations

import signal
import socket
import urllib.error

import pytest

import serving
from fremsyn.config.server import serve


def test_serve_ends_within_five_seconds_of_sigterm(tmp_path):
    with serving.served(tmp_path) as site:
        site.process.send_signal(signal.SIGTERM)

        site.process.wait(timeout=5)
        with pytest.raises(urllib.error.URLError):
            serving.status(f"{site.url}/healthz", 0)


def test_serve_says_when_the_port_is_taken(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(SystemExit, match="Choose another"):
            serve(port=taken.getsockname()[1])
