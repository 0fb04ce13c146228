"""The server as a process: it answers, and it ends when told."""

from __future__ import annotations

import signal
import urllib.error

import pytest

import serving


def test_serve_ends_within_five_seconds_of_sigterm(tmp_path):
    with serving.served(tmp_path) as site:
        site.process.send_signal(signal.SIGTERM)

        site.process.wait(timeout=5)
        with pytest.raises(urllib.error.URLError):
            serving.status(f"{site.url}/healthz", 0)
