"""The web server, in the foreground."""

from __future__ import annotations

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

THREADS = 16
SECONDS_TO_END = 3


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until SIGTERM or Ctrl-C, then end within 5 seconds.

    One process with some sixteen threads: SQLite has one writer, and threads share its connection costs.
    """
    Server(
        "fremsyn.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.warning,
        workers_kill_timeout=SECONDS_TO_END,
    ).serve()
