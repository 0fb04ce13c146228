"""The web server, in the foreground."""

from __future__ import annotations

import socket

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

THREADS = 16
SECONDS_TO_END = 3


def serve(host: str = "127.0.0.1", port: int = 8000) -> None:
    """Serve until SIGTERM or Ctrl-C, then end within 5 seconds.

    One process with some sixteen threads: SQLite has one writer, and threads share its connection costs.

    :raises SystemExit: with a word on what to do, when somebody else already answers there
    """
    refuse_taken(host, port)
    Server(
        "fremsyn.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=THREADS,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=SECONDS_TO_END,
    ).serve()


def refuse_taken(host: str, port: int) -> None:
    """End with a plain message when `port` can't be had; the server's own would be a page of machine addresses."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(f"Can't serve on {host}:{port} ({error.strerror}). Choose another: PORT=8001") from error
