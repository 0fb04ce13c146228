"""A server that is killed without warning and started again, on one port and one database."""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

SECONDS_TO_START = 60


def surroundings(data: Path) -> dict[str, str]:
    """Return the environment of a process that keeps everything in `data`."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "fremsyn.config.settings",
        "FREMSYN_DATA": str(data),
        "DATABASE_URL": "",
    }


def free_port() -> int:
    """Return a port below those that the system gives to connections, so that nobody takes it while the server is down."""
    while True:
        port = random.randrange(20_000, 32_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


class Server:
    """Fremsyn as a group of processes of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start, and return when it answers."""
        command = [sys.executable, "-c", f"from fremsyn.config.server import serve; serve(port={self.port})"]
        self.process = subprocess.Popen(
            command, env=surroundings(self.data), stdin=subprocess.DEVNULL, start_new_session=True
        )
        until = time.monotonic() + SECONDS_TO_START
        while True:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5).close()
            except (urllib.error.URLError, OSError):
                if time.monotonic() > until or self.process.poll() is not None:
                    raise
                time.sleep(0.05)
            else:
                return

    def kill(self) -> None:
        """End every process of it at once, with nothing flushed and nobody told."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None
