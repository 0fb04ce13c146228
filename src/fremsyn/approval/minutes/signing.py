"""How the minutes get signed: what is handed out to be signed, and what comes back."""

import hashlib
from pathlib import Path
from string import Template
from typing import Protocol

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from fremsyn.approval import verify
from fremsyn.approval.handover import load
from fremsyn.approval.minutes.checking import Found, signatures_in
from fremsyn.approval.models import Minutes
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import LANGUAGES
from fremsyn.web.templatetags.say import say_plain

HERE = Path(__file__).parent


class SigningService(Protocol):
    """A way to get the minutes signed."""

    def package(self, minutes: Minutes) -> bytes:
        """Return what is handed to those who sign, or to the service that asks them."""
        ...

    def signatures(self, minutes: Minutes, returned: bytes) -> tuple[Found, ...]:
        """Return the signatures in what came back.

        :raises RuleBroken: when it is not the minutes, signed
        """
        ...


class ByHand:
    """Whoever serves the body takes the package to where the members sign, and sends back the signed file."""

    def package(self, minutes: Minutes) -> bytes:
        """Return a zip: the file, its hash as `sha256sum` writes it, who is to sign, and how."""
        name = file_name(minutes)
        files = {
            name: bytes(minutes.pdf or b""),
            f"{name}.sha256": f"{minutes.sha256}  {name}\n".encode(),
            **{f"README.{code}.md": _readme(minutes, code) for code in LANGUAGES},
        }
        return verify.zipped(files)

    def signatures(self, minutes: Minutes, returned: bytes) -> tuple[Found, ...]:
        """Return the signatures in a signed copy of the file."""
        return signatures_in(returned, bytes(minutes.pdf or b""), authorities=authorities())


def service() -> SigningService:
    """Return the way in which minutes are signed here."""
    return ByHand()


def authorities() -> bytes:
    """Return the certificates of the issuers that the operator trusts; none where no file is set.

    :raises RuleBroken: when the file can't be read
    """
    if not settings.SIGNERS_AUTHORITIES:
        return b""
    try:
        return Path(settings.SIGNERS_AUTHORITIES).read_bytes()
    except OSError as error:
        raise RuleBroken(
            _("The file of trusted issuers can't be read. Whoever runs the server can mend it.")
        ) from error


def file_name(minutes: Minutes, *, public: bool = False) -> str:
    """Return the name under which the minutes are handed out."""
    edition = "-public" if public else ""
    return f"{minutes.run.case.slug}-{minutes.run.meeting}-minutes{edition}.pdf"


def _readme(minutes: Minutes, language: str) -> bytes:
    body = load(minutes.run.case).body
    roles = {each.id: each.role for each in (body.members if body else ())}
    with translation.override(language):
        signers = "\n".join(f"- {say_plain(roles.get(each, each))}" for each in minutes.signers)
    text = (HERE / "package" / f"README.{language}.md").read_text("utf-8")
    words = {"file": file_name(minutes), "sha256": minutes.sha256, "signers": signers}
    return Template(text).substitute(words).encode()


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of a file, hexadecimal."""
    return hashlib.sha256(content).hexdigest()
