"""The key that seals: apart from the one that signs sessions, so that losing one does not lose the other."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from django.conf import settings
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from fremsyn.core.errors import RuleBroken

# Public by nature: whoever has this sentence has the key. What it signs is a demonstration and proves nothing.
DEMONSTRATION = "Fremsyn's demonstration key: it stands in the source, anybody can sign with it, it proves nothing"
READABLE_BY_OTHERS = 0o007


class SealKey:
    """An Ed25519 key pair."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    @cached_property
    def public(self) -> bytes:
        """Return the public half, 32 bytes."""
        return self._private.public_key().public_bytes_raw()

    @property
    def fingerprint(self) -> str:
        """Return the SHA-256 of the public half in groups of four, as it stands in minutes and mail."""
        whole = hashlib.sha256(self.public).hexdigest()
        return " ".join(whole[at : at + 4] for at in range(0, len(whole), 4))

    def sign(self, message: bytes) -> bytes:
        """Return the signature over a message, 64 bytes; the same each time."""
        return self._private.sign(message)


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether the private half of `public` (32 bytes) made `signature` over `message`."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def demonstration_key() -> SealKey:
    """Return the key that anybody can sign with."""
    return SealKey(Ed25519PrivateKey.from_private_bytes(hashlib.sha256(DEMONSTRATION.encode()).digest()))


def seal_key() -> SealKey:
    """Return the house's key, made at the first use and kept where the settings say.

    :raises RuleBroken: when the file holds another kind of key, or everybody on the machine may read it
    """
    kept = Path(settings.SEAL_KEY)
    if not kept.exists():
        _make_key(kept)
    if kept.stat().st_mode & READABLE_BY_OTHERS:
        raise RuleBroken(_("Everybody on this machine can read the seal key. Take that right away first."))
    try:
        private = load_pem_private_key(kept.read_bytes(), password=None)
    except (ValueError, TypeError):
        private = None
    if not isinstance(private, Ed25519PrivateKey):
        raise RuleBroken(_("The file of the seal key holds no Ed25519 key."))
    return SealKey(private)


def _make_key(kept: Path) -> None:
    """Write a new key that only its owner can read; when two start at once, the first one's key stands."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    made = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    handle, name = tempfile.mkstemp(dir=kept.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(made)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(name, kept)
    except FileExistsError:
        pass
    finally:
        Path(name).unlink()
