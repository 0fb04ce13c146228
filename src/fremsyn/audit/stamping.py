"""Time stamps over signed heads of the log (RFC 3161), from a service that the operator has chosen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import urlsplit

from cryptography.x509 import Certificate, load_pem_x509_certificates
from django.conf import settings
from django.utils.translation import gettext as _
from rfc3161_client import TimestampRequestBuilder, VerificationError, VerifierBuilder, decode_timestamp_response

from fremsyn.core.errors import RuleBroken

SECONDS, MOST_BYTES = 10, 64 * 1024


@dataclass(frozen=True)
class StampService:
    """Where time stamps are asked for, and the certificates (PEM) that lead to the service's own."""

    address: str
    authorities: Path


def stamp_service() -> StampService | None:
    """Return the service that is set, None where none is.

    :raises RuleBroken: when an address is set without certificates to check its answers by, or is no web address
    """
    if not settings.STAMP_SERVICE:
        return None
    if urlsplit(settings.STAMP_SERVICE).scheme not in ("http", "https") or not settings.STAMP_AUTHORITIES:
        raise RuleBroken(
            _("FREMSYN_STAMP_SERVICE needs a web address, and FREMSYN_STAMP_AUTHORITIES a file with its certificates.")
        )
    return StampService(settings.STAMP_SERVICE, Path(settings.STAMP_AUTHORITIES))


def stamped(message: bytes, service: StampService) -> bytes:
    """Return a time stamp over `message`, checked before it is kept: the bytes of a TimeStampResp (DER).

    :raises RuleBroken: when the service doesn't answer in time, or what it answers doesn't hold

    :source: Adams, Cain, Pinkas, Zuccherato (2001), Internet X.509 PKI Time-Stamp Protocol, RFC 3161
    """
    asked = TimestampRequestBuilder().data(message).nonce(nonce=True).cert_request(cert_request=True).build()
    try:
        answer = _asked(service.address, asked.as_bytes())
        stamp_time(message, answer, authorities_in(service.authorities), nonce=asked.nonce)
    except (OSError, HTTPException, ValueError, VerificationError) as error:
        raise RuleBroken(
            _("No time stamp came from %(service)s that holds (%(why)s). Nothing was sealed; try again.")
            % {"service": service.address, "why": error}
        ) from error
    return answer


def _asked(address: str, query: bytes) -> bytes:
    """Send a query to where the service was said to be, and nowhere else: redirects are not followed."""
    place = urlsplit(address)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    connection = kind(place.hostname or "", place.port, timeout=SECONDS)
    try:
        connection.request("POST", place.path or "/", query, {"Content-Type": "application/timestamp-query"})
        return connection.getresponse().read(MOST_BYTES + 1)
    finally:
        connection.close()


def authorities_in(path: Path) -> list[Certificate]:
    """Return the certificates in a PEM file.

    :raises ValueError: when there are none
    :raises OSError: when it can't be read
    """
    return load_pem_x509_certificates(path.read_bytes())


def stamp_time(
    message: bytes, answer: bytes, authorities: Iterable[Certificate], *, nonce: int | None = None
) -> datetime:
    """Return the time of a time stamp over `message`.

    :raises ValueError: when `answer` is no time stamp
    :raises VerificationError: when it is over something else, or leads to none of the authorities
    """
    builder = VerifierBuilder()
    for each in authorities:
        builder = builder.add_root_certificate(each)
    if nonce is not None:
        builder = builder.nonce(nonce)
    response = decode_timestamp_response(answer)
    builder.build().verify_message(response, message)
    return response.tst_info.gen_time
