"""What the tests of sealed packs share: packs that somebody changed, and who could sign them."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection

from conftest import NOON
from fremsyn.approval import verify
from fremsyn.audit import triggers
from fremsyn.audit.keys import SealKey
from fremsyn.audit.models import Checkpoint, Entry, Head
from fremsyn.audit.notes import Note, origin_of, written
from fremsyn.cases.models import Case
from fremsyn.chain.operations import remove_case

DOCUMENTS = {"board_paper.da.pdf": b"%PDF-1.7 stands in for a document\n"}


def emptied(case: Case) -> None:
    remove_case(case=case, by=None, at=NOON)
    triggers.remove(connection)
    for model in (Checkpoint, Entry, Head):
        model.objects.all().delete()
    triggers.install(connection)


def wrong(pack: bytes, key: str = "") -> str:
    """Return the entry that is named as the first wrong one; the pack must not pass."""
    said = verify.verify(pack, key)
    assert not said["intact"], said
    assert said["why"]
    return str(said["entry"])


def own_fingerprint(key: SealKey) -> str:
    return key.fingerprint.replace(" ", "")


def resigned(entries: dict[str, bytes], key: SealKey, change: Callable[[dict[str, object]], None]) -> bytes:
    """Return a pack whose manifest was changed and signed by whoever has `key`."""
    entries = {**entries, verify.PUBLIC_KEY: pem(key)}
    manifest = json.loads(entries[verify.MANIFEST])
    manifest["files"] = [
        {**each, "sha256": hashlib.sha256(entries[each["name"]]).hexdigest(), "size": len(entries[each["name"]])}
        for each in manifest["files"]
        if each["name"] in entries
    ]
    content = {each["name"]: each["sha256"] for each in manifest["files"] if each["content"]}
    manifest["content_sha256"] = verify.content_sha256(content)
    change(manifest)
    made = verify.canonical(manifest)
    return verify.zipped({**entries, verify.MANIFEST: made, verify.SIGNATURE: base64.b64encode(key.sign(made)) + b"\n"})


def pem(key: SealKey) -> bytes:
    return verify.PEM.format(base64.b64encode(verify.DER + key.public).decode()).encode()


def fresh_key() -> SealKey:
    return SealKey(Ed25519PrivateKey.from_private_bytes(b"\x07" * 32))


def changed(pack: bytes, at: int, by: int = 1) -> bytes:
    return pack[:at] + bytes([pack[at] ^ by]) + pack[at + 1 :]


def remade(entries: dict[str, bytes], key: SealKey) -> bytes:
    """Return the pack as somebody else would make it: own key, own log, own signature."""
    size, root = verify.checkpoint_in(entries[verify.CHECKPOINT], verify.key_in(entries[verify.PUBLIC_KEY]))
    note = written(Note(origin_of(key), size, bytes.fromhex(root)), key).encode()
    return resigned({**entries, verify.CHECKPOINT: note, verify.PUBLIC_KEY: pem(key)}, key, lambda _manifest: None)
