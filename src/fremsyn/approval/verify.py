"""Verify a sealed pack: python -I verify.py [PACK] [--key FINGERPRINT] [--json]

Needs nothing but Python, reads the pack and writes nothing. Exit code: 0 intact, 1 not intact or another signer, 2 wrong
use. It lies in each pack as it stands here; whoever trusts nobody takes it from elsewhere, or reads it first.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import struct
import sys
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

FORMAT, EVENT, CAST = "fremsyn/pack@1", "approval.paper_sealed", "approval.ballot_cast"
MANIFEST, SIGNATURE, PUBLIC_KEY = "manifest.json", "signature.txt", "public-key.pem"
CHECKPOINT, INCLUSION, CERTIFICATE = "audit/checkpoint.txt", "audit/inclusion.json", "proof/certificate.txt"
RECORD, BALLOTS, WHOLE, END = "board/record.json", "audit/ballots.json", "(the file)", "(the end of the pack)"
UNCHECKED = "is checked by: python -I proof/checker.py proof/certificate.txt proof/matrix.json"
# Anybody can sign with the demonstration key: it is made from a sentence that stands in the source.
DEMONSTRATION = "f9af 5b00 4869 1bb2 8077 23dd 12d1 f7ce 2e2a e50b 7f39 96de 8d01 80c6 450a 7cc8"
SIGNERS = {
    "confirmed": "signer confirmed",
    "not confirmed": "signer not confirmed: compare the fingerprint with the one in the minutes, or use --key",
    "demonstration": "signed with the demonstration key, with which anybody can sign",
    "another": "SIGNED WITH ANOTHER KEY than the one given",
}
MOST_BYTES, MOST_ENTRIES, LONGEST_NAME = 128 * 1024 * 1024, 2000, 200
NAME = re.compile(rb"[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*")
PEM, DER = "-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", bytes.fromhex("302a300506032b6570032100")


class Wrong(Exception):
    """The first entry that is not as it was sealed, and what is wrong with it."""


def local_record(name: bytes, content: bytes) -> bytes:
    """Return an entry as it stands in the pack: header, name, bytes."""
    sizes = (zlib.crc32(content), len(content), len(content), len(name))
    return struct.pack("<4sHHHHHIIIHH", b"PK\x03\x04", 10, 0, 0, 0, 33, *sizes, 0) + name + content


def directory(entries: Mapping[str, bytes]) -> list[bytes]:
    """Return the lines at the end of the pack: one for each entry, in order, and the last 22 bytes."""
    lines, at = [], 0
    for name, content in entries.items():
        sizes = (zlib.crc32(content), len(content), len(content), len(name))
        fields = (0x0314, 10, 0, 0, 0, 33, *sizes, 0, 0, 0, 0, 0o100644 << 16, at)
        lines.append(struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", *fields) + name.encode())
        at += 30 + len(name) + len(content)
    end = (0, 0, len(lines), len(lines), sum(map(len, lines)), at, 0)
    return [*lines, struct.pack("<4sHHHHIIH", b"PK\x05\x06", *end)]


def zipped(entries: Mapping[str, bytes]) -> bytes:
    """Return the pack of these entries: stored, sorted, without times, so one set of entries makes one pack."""
    ordered = dict(sorted(entries.items()))
    return b"".join([*(local_record(n.encode(), c) for n, c in ordered.items()), *directory(ordered)])


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the entries of a pack, if its bytes are the ones that `zipped` makes of them; else Wrong, at the first."""
    found, at, before = dict[str, bytes](), 0, ""
    if len(data) > MOST_BYTES or data[:4] != b"PK\x03\x04":
        raise Wrong(WHOLE, f"it is no pack, or larger than {MOST_BYTES:,} bytes")
    while data[at : at + 4] == b"PK\x03\x04":
        name, content, end = _entry(data, at, before)
        if name <= before or len(found) == MOST_ENTRIES:
            raise Wrong(name, f"it stands twice, or not in its place, or is entry {MOST_ENTRIES + 1}")
        found[name], at, before = content, end, name
    for name, line in zip([*found, END], directory(found), strict=True):
        if (data[at:] if name == END else data[at : at + len(line)]) != line:
            raise Wrong(name, "its line in the directory is not as it was sealed, or something is before or after")
        at += len(line)
    return found


def _entry(data: bytes, at: int, before: str) -> tuple[str, bytes, int]:
    after = f"(the entry after {before or 'the beginning'})"
    if len(data) < at + 30:
        raise Wrong(after, "the pack ends in it")
    method, size, length, extra = struct.unpack_from("<8xH8xI4xHH", data, at)
    start = at + 30 + length
    raw, content = data[at + 30 : start], data[start : start + size]
    if length > LONGEST_NAME or not NAME.fullmatch(raw):
        raise Wrong(after, "its name is none that a pack may hold, such as a path that climbs")
    if method or extra:
        raise Wrong(raw.decode(), "it is compressed or has extra fields; a pack holds its entries as they are")
    if local_record(raw, content) != data[at : start + size] or len(content) < size:
        raise Wrong(raw.decode(), "its bytes or its header are not as they were sealed, or the pack ends in it")
    return raw.decode(), content, start + size


# Ed25519, only what verifying needs (Josefsson, Liusvaara, 2017, RFC 8032, section 5.1); a point is x, y, z and t.
P, ORDER = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493
D, ROOT = -121665 * pow(121666, -1, P) % P, pow(2, (P - 1) // 4, P)
BASE = (4 * pow(5, -1, P) % P).to_bytes(32, "little")
Point = tuple[int, int, int, int]
NOTHING: Point = (0, 1, 1, 0)


def _add(a: Point, b: Point) -> Point:
    low, high = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    c, d = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2]
    e, f, g, h = high - low, d - c, d + c, high + low
    return e * f % P, g * h % P, f * g % P, e * h % P


def _times(number: int, point: Point) -> Point:
    total = NOTHING
    for bit in f"{number:b}":
        total = _add(_add(total, total), point if bit == "1" else NOTHING)
    return total


def _point(encoded: bytes) -> Point:
    y, odd = int.from_bytes(encoded, "little") & (1 << 255) - 1, encoded[31] >> 7
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * ROOT % P
    if y >= P or (x * x - square) % P or (x == 0 and odd):
        raise ValueError("this is no point of the curve")
    x = x if x & 1 == odd else P - x
    return x, y, 1, x * y % P


def signed(public: bytes, message: bytes, signature: bytes) -> bool:
    """Tell whether `signature` (64 bytes) over `message` was made with the private half of `public` (32 bytes)."""
    s = int.from_bytes(signature[32:], "little")
    try:
        key, r = _point(public), _point(signature[:32])
    except (ValueError, IndexError):
        return False
    if len(public) != 32 or len(signature) != 64 or s >= ORDER:
        return False
    number = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % ORDER
    small, (x, y, z, _), (u, v, w, _) = _times(8, key), _times(s, _point(BASE)), _add(r, _times(number, key))
    return small[0] % P != 0 and (x * w - u * z) % P == 0 and (y * w - v * z) % P == 0


def fingerprint_of(public: bytes) -> str:
    """Return the SHA-256 of a public key in groups of four, as it stands in minutes and mail."""
    return re.sub(r"(.{4})(?=.)", r"\1 ", hashlib.sha256(public).hexdigest())


def canonical(value: Any) -> bytes:
    """Return the one JSON text of texts, whole numbers, lists and mappings (RFC 8785, as far as these go)."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def content_sha256(hashes: Mapping[str, str]) -> str:
    """Return the hash over the content's hashes by name: over lines `hash  name`, as sha256sum writes them."""
    return hashlib.sha256("".join(f"{hashes[name]}  {name}\n" for name in sorted(hashes)).encode()).hexdigest()


def included(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> str:
    """Return the root to which `path` leads from leaf `index` (from 0) of `size`, empty if to none (RFC 6962, 2.1.1)."""
    node, at, last = leaf, index, size - 1
    for other in path:
        if not last:
            return ""
        right = at & 1 or at == last
        node = hashlib.sha256(b"\x01" + (other + node if right else node + other)).digest()
        while right and at and not at & 1:
            at, last = at >> 1, last >> 1
        at, last = at >> 1, last >> 1
    return "" if last or not 0 <= index < size else node.hex()


def _decoded(text: str) -> bytes:
    made = base64.b64decode(text, validate=True)
    if base64.b64encode(made).decode() != text:
        raise ValueError("it is not the one way to write base64")
    return made


def key_in(pem: bytes) -> bytes:
    """Return the 32 bytes of the Ed25519 key in a PEM file; ValueError when it is none."""
    der = _decoded(pem.decode().partition("\n")[2].partition("\n")[0])
    if not der.startswith(DER) or PEM.format(base64.b64encode(der).decode()).encode() != pem:
        raise ValueError("it is no Ed25519 key")
    return der[len(DER) :]


def checkpoint_in(note: bytes, public: bytes) -> tuple[int, str]:
    """Return the log's size and root, from a checkpoint (C2SP) signed with this key alone; else ValueError."""
    origin, size, root, blank, line, end = note.decode().split("\n")
    start, body = f"\N{EM DASH} {origin} ", f"{origin}\n{size}\n{root}\n".encode()
    made, stamp = _decoded(line[len(start) :]), hashlib.sha256(f"{origin}\n\x01".encode() + public).digest()
    if not line.startswith(start) or blank or end or str(int(size)) != size or len(_decoded(root)) != 32:
        raise ValueError("it is not written as a checkpoint is")
    if made[:4] != stamp[:4] or not signed(public, body, made[4:]):
        raise ValueError("it was not signed with the key in the pack")
    return int(size), _decoded(root).hex()


def _manifest(entries: Mapping[str, bytes], public: bytes) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(entries[MANIFEST])
    files = {each["name"]: each["sha256"] for each in made["files"]}
    if files[PUBLIC_KEY] != hashlib.sha256(entries[PUBLIC_KEY]).hexdigest():
        raise Wrong(PUBLIC_KEY, "it is another key than the manifest names")
    signature, end = entries[SIGNATURE].decode()[:-1], entries[SIGNATURE][-1:]
    if end != b"\n" or not signed(public, entries[MANIFEST], _decoded(signature)):
        raise Wrong(MANIFEST, f"it is not what the key in the pack signed, or {SIGNATURE} was changed")
    if canonical(made) != entries[MANIFEST] or made["format"] != FORMAT or len(files) != len(made["files"]):
        raise ValueError("it is not written as a manifest is")
    for each in made["files"]:
        if each["name"] not in entries:
            raise Wrong(each["name"], "it is missing, and the manifest names it")
        content = entries[each["name"]]
        if (len(content), hashlib.sha256(content).hexdigest()) != (each["size"], each["sha256"]):
            raise Wrong(each["name"], "its size or hash is not the one in the manifest")
    for name in sorted(entries.keys() - files.keys() - {MANIFEST, SIGNATURE}):
        raise Wrong(name, "the manifest does not name it")
    if made["content_sha256"] != content_sha256({e["name"]: e["sha256"] for e in made["files"] if e["content"]}):
        raise ValueError("its content_sha256 is not that of its content")
    return made


def _logged(proof: Any, event: str, size: int, root: str) -> Any:
    entry, path = proof["entry"], [bytes.fromhex(each) for each in proof["path"]]
    if included(hashlib.sha256(b"\x00" + canonical(entry)).digest(), entry["sequence"] - 1, size, path) != root:
        raise ValueError("this does not stand in the log that the checkpoint signs")
    if entry["event"] != event:
        raise ValueError("the log tells of something else")
    return json.loads(entry["data"])


def _board(record: Any, lines: dict[int, Any], entries: Mapping[str, bytes]) -> None:
    for minutes in (each["minutes"] for each in record["meetings"] if "file" in (each.get("minutes") or ())):
        if hashlib.sha256(entries.get(minutes["file"], b"")).hexdigest() != minutes["sha256"]:
            raise Wrong(minutes["file"], "these are not the minutes that the record tells of, or they are missing")
    receipts: set[str] = set()
    for voting in (each for meeting in record["meetings"] for point in meeting["points"] for each in point["votings"]):
        for each in voting["ballots"]:
            line, where = lines.pop(each["entry"], {}), f"{RECORD}: {voting['place']}, {each['member']}"
            if any(line.get(name) != each[name] for name in each.keys() - {"entry"}):
                raise Wrong(where, "the log tells of another ballot, or of none")
            if each["receipt"] in receipts:
                raise Wrong(where, "its receipt was given to another ballot as well")
            receipts.add(each["receipt"])
        counted = {*voting["count"].get("members", ())} - {*voting["count"].get("set_aside", ())}
        cast = [each["value"] for each in voting["ballots"] if each["member"] in counted]
        sums = {"for": cast.count("for"), "against": cast.count("against"), "abstained": cast.count("abstain")}
        if voting["ballots"] and voting["count"] and any(voting["count"][name] != n for name, n in sums.items()):
            raise Wrong(f"{RECORD}: {voting['place']}", "its count is not the sum of its ballots")
    for line in lines:
        raise Wrong(RECORD, f"the ballot in entry {line} of the log is missing")


def verify(data: bytes, key: str = "") -> dict[str, Any]:
    """Say whether a pack is intact and whether `key`, a fingerprint of 64 hexadecimal digits, is that of its signer."""
    found: dict[str, Any] = {"pack_sha256": hashlib.sha256(data).hexdigest(), "intact": False, "signer": "unknown"}
    at = WHOLE
    try:
        entries = unzipped(data)
        for at in (MANIFEST, SIGNATURE, CHECKPOINT, INCLUSION, PUBLIC_KEY):
            if at not in entries:
                raise Wrong(at, "it is missing")
        public = key_in(entries[at])
        at = MANIFEST
        manifest = _manifest(entries, public)
        found |= {name: manifest[name] for name in ("case", "version", "sealed_at", "mark", "content_sha256")}
        at = CHECKPOINT
        size, root = checkpoint_in(entries[at], public)
        at = INCLUSION
        said = _logged(json.loads(entries[at]), EVENT, size, root)
        if any(said[key] != manifest[key] for key in ("content_sha256", "version")):
            raise ValueError("the log tells of another sealing")
        at = BALLOTS
        proofs = json.loads(entries.get(at, b"[]"))
        lines = {each["entry"]["sequence"]: _logged(each, CAST, size, root) for each in proofs}
        at = RECORD
        _board(json.loads(entries.get(at, b'{"meetings":[]}')), lines, entries)
    except Wrong as wrong:
        return found | dict(zip(("entry", "why"), wrong.args, strict=True))
    except (ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        return found | {"entry": at, "why": f"it can't be read as what it should be ({error})"}
    own, certificate = fingerprint_of(public), UNCHECKED if CERTIFICATE in entries else "none"
    signer = "another" if key not in ("", own.replace(" ", "")) else "confirmed" if key else "not confirmed"
    signer = "demonstration" if own == DEMONSTRATION and signer != "another" else signer
    return found | {"intact": True, "signer": signer, "fingerprint": own, "certificate": certificate}


def told(found: Mapping[str, Any]) -> str:
    """Return what came of verifying, in words; nothing in a pack can add a line to them or steer a terminal."""
    shown = {name: re.sub(r"[^ -~]", "?", str(value)) for name, value in found.items()}
    if not found["intact"]:
        return "NOT INTACT. {entry}: {why}".format(**shown)
    said = "Intact, {who}.\n{case}, version {version}, sealed {sealed_at}: {mark}\nkey {fingerprint}\n"
    return (said + "content {content_sha256}\ncertificate {certificate}").format(who=SIGNERS[found["signer"]], **shown)


def opened(pack: str, key: str) -> tuple[bytes, str]:
    """Return the bytes of a pack, or of the files of an unpacked one, and the plain fingerprint; ValueError for misuse."""
    plain, at = re.sub(r"[\s:]", "", key).lower(), Path(pack)
    if key and not re.fullmatch("[0-9a-f]{64}", plain):
        raise ValueError("the fingerprint has not 64 hexadecimal digits")
    if at.is_file():
        with at.open("rb") as file:
            return file.read(MOST_BYTES + 1), plain
    files = [each for each in at.rglob("[!.]*") if each.is_file()] if (at / MANIFEST).is_file() else []
    if not files or sum(each.stat().st_size for each in files) > MOST_BYTES:
        raise ValueError(f"{at} is no file, and no folder of an unpacked pack: name the pack's file")
    return zipped({each.relative_to(at).as_posix(): each.read_bytes() for each in files}), plain


def main() -> int:
    """Verify the pack named on the command line and return the exit code."""
    parser = argparse.ArgumentParser(description="Verify a sealed pack.")
    parser.add_argument("pack", nargs="?", default=Path(__file__).parent, help="file, or folder; else the one it is in")
    parser.add_argument("--key", metavar="FINGERPRINT", default="", help="the signer's, from the minutes")
    parser.add_argument("--json", action="store_true", help="write one JSON object to standard output")
    given = parser.parse_args()
    try:
        found = verify(*opened(given.pack, given.key))
    except (OSError, ValueError) as error:
        parser.error(str(error))
    sys.stdout.write((json.dumps(found) if given.json else told(found)) + "\n")
    return int(not found["intact"] or found["signer"] == "another")


if __name__ == "__main__":
    sys.exit(main())
