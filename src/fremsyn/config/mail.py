"""The mail server, from an address such as `smtp://user:password@host:587?tls=1`; where none is set, nothing is mailed."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

PORTS = {"smtp": 25, "smtps": 465}
SECONDS = 20


def mail_server(address: str) -> dict[str, Any]:
    """Return Django's settings for a mail server.

    :param address: `smtp://host:port`, with `?tls=1` to begin encryption after the greeting; `smtps://` encrypts from
        the first byte; empty for none
    :raises ValueError: for another kind of address
    """
    parts = urlsplit(address)
    if address and (parts.scheme not in PORTS or not parts.hostname):
        raise ValueError("EMAIL_URL is not of the form smtp://user:password@host:port or smtps://…")
    return {
        "EMAIL_HOST": parts.hostname or "",
        "EMAIL_PORT": parts.port or PORTS.get(parts.scheme, 25),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parse_qs(parts.query).get("tls") == ["1"],
        "EMAIL_TIMEOUT": SECONDS,
    }
