"""A meeting that is ready to be called, with a pack sealed for it, and a mail server of our own."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any

import pytest
from aiosmtpd.controller import Controller

import serving
from approval.conftest import Board
from conftest import NOON
from fremsyn.approval.meeting.operations.calling import send_notice
from fremsyn.approval.models import MeetingRun, SealedPack
from fremsyn.audit.keys import demonstration_key

FINGERPRINT = demonstration_key().fingerprint


def pack_of(board: Board, version: int = 1) -> SealedPack:
    return SealedPack.objects.create(
        case=board.case, version=version, sha256=f"{version:064x}", content_sha256=f"{version:064x}",
        fingerprint=FINGERPRINT, sealed_at=NOON, demonstration=True, votes=True, content=b"PK",
    )  # fmt: skip


@pytest.fixture
def pack(board: Board) -> SealedPack:
    return pack_of(board)


@pytest.fixture
def called(board: Board, pack: SealedPack) -> MeetingRun:
    """The second meeting, called two weeks ahead."""
    return send_notice(case=board.case, meeting="second", pack=pack, by=board.secretary, at=NOON)


@dataclass
class Post:
    """What a mail server has taken; it refuses the addresses in `refused`."""

    port: int = 0
    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802 - the name aiosmtpd calls it by
        if address in self.refused:
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802 - the name aiosmtpd calls it by
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.taken += [(to, message) for to in envelope.rcpt_tos]
        return "250 OK"


@pytest.fixture
def post(settings: Any) -> Iterator[Post]:
    """A real mail server on this machine, which the product is set to use."""
    made = Post(port=serving.free_port())
    server = Controller(made, hostname="127.0.0.1", port=made.port)
    server.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", made.port, 5
    settings.DEFAULT_FROM_EMAIL = "sekretariat@example.org"
    yield made
    server.stop()
