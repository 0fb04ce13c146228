"""A sealed pack is found out whatever is done to it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import random
import stat
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoDbBlocker

from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.models import SealedPack
from fremsyn.approval.operations import seal_paper
from fremsyn.audit import triggers
from fremsyn.audit.keys import SealKey, demonstration_key, seal_key
from fremsyn.audit.models import Checkpoint, Entry, Head
from fremsyn.audit.notes import Note, origin_of, written
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import changed as changed_case
from fremsyn.chain.content import CaseContent
from fremsyn.chain.folder import read_folder
from fremsyn.chain.operations import import_case, remove_case
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.core.errors import RuleBroken

DOCUMENTS = {"board_paper.da.pdf": b"%PDF-1.7 stands in for a document\n"}


@pytest.fixture(scope="module")
def packs(django_db_setup: None, django_db_blocker: DjangoDbBlocker, repo: Path) -> dict[str, bytes]:
    """The school's pack and KOMBIT's, each of a database that holds nothing afterwards."""
    made = {}
    with django_db_blocker.unblock():
        for name in ("skole", "kombit"):
            content = read_folder(repo / "examples" / name).content
            assert content
            case = import_case(content=content, slug=f"{name}-sealed", by=None, at=NOON)
            made[name] = bytes(seal_demonstration(case=case, documents=DOCUMENTS, at=NOON).content)
            emptied(case)
    return made


def emptied(case: Case) -> None:
    remove_case(case=case, by=None, at=NOON)
    triggers.remove(connection)
    for model in (Checkpoint, Entry, Head):
        model.objects.all().delete()
    triggers.install(connection)


@pytest.fixture(scope="module")
def school(packs: dict[str, bytes]) -> bytes:
    return packs["skole"]


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


# --- an intact pack


def test_an_untouched_pack_is_intact_and_says_what_it_is(packs):
    for pack in packs.values():
        said = verify.verify(pack)
        assert said["intact"]
        assert said["signer"] == "demonstration"
        assert said["mark"] == "demonstration, not a decision"
        assert said["pack_sha256"] == hashlib.sha256(pack).hexdigest()


def test_the_verifier_in_the_pack_is_the_one_here_and_short(school):
    source = Path(verify.__file__).read_bytes()
    assert verify.unzipped(school)["verify.py"] == source
    assert len(source.splitlines()) <= 330


def test_any_zip_program_reads_it(school):
    with zipfile.ZipFile(io.BytesIO(school)) as opened:
        assert opened.testzip() is None
        assert {name: opened.read(name) for name in opened.namelist()} == verify.unzipped(school)
        assert all(stat.S_IMODE(each.external_attr >> 16) == 0o644 for each in opened.infolist())


def test_the_readme_says_in_both_languages_that_it_decides_nothing(school):
    entries = verify.unzipped(school)
    assert "**Demonstration, ikke en beslutning.**" in entries["README.da.md"].decode()
    assert "**Demonstration, not a decision.**" in entries["README.en.md"].decode()
    assert "$" not in entries["README.da.md"].decode()


# --- single changes


def changed(pack: bytes, at: int, by: int = 1) -> bytes:
    return pack[:at] + bytes([pack[at] ^ by]) + pack[at + 1 :]


def at_headers(pack: bytes) -> list[int]:
    """Return every place in a pack that is no entry's content, and the short entries whole."""
    places, at = [], 0
    for name, content in verify.unzipped(pack).items():
        places += range(at, at + 30 + len(name))
        at += 30 + len(name)
        if len(content) < 500:
            places += range(at, at + len(content))
        at += len(content)
    return [*places, *range(at, len(pack))]


def test_every_byte_of_the_headers_and_short_entries_counts_and_some_of_all_others(school):
    for at in sorted({*at_headers(school)[::3], *range(0, len(school), 499)}):
        said = verify.verify(changed(school, at, 1 << at % 8))
        assert not said["intact"], at
        assert said["entry"], at


@pytest.mark.long
def test_every_byte_counts(school):
    for at in range(len(school)):
        assert not verify.verify(changed(school, at, 1 << at % 8))["intact"], at


def test_a_thousand_random_bits_of_kombits_pack_are_found(packs):
    pack, chance = packs["kombit"], random.Random(20261127)
    for _time in range(1000):
        at = chance.randrange(len(pack))
        assert not verify.verify(changed(pack, at, 1 << chance.randrange(8)))["intact"], at


def test_a_change_in_an_entry_names_it(school):
    at = school.index(b'"least_regret"')
    assert wrong(changed(school, at)) == "results.json"


# --- whole entries, with the zip made anew


def test_content_that_was_changed_with_its_checksum_is_named(school):
    for name, content in verify.unzipped(school).items():
        named = wrong(verify.zipped({**verify.unzipped(school), name: content[:-1] + b"\t"}))
        assert named == {verify.SIGNATURE: verify.MANIFEST}.get(name, name)


def test_a_dropped_entry_is_named(school):
    entries = verify.unzipped(school)
    for name in entries:
        assert wrong(verify.zipped({n: c for n, c in entries.items() if n != name})) == name


def test_an_added_entry_is_named(school):
    assert wrong(verify.zipped({**verify.unzipped(school), "documents/x.pdf": b"x"})) == "documents/x.pdf"


def test_two_entries_that_change_places_are_named(school):
    entries = verify.unzipped(school)
    one, other = "stories/C1.da.md", "stories/C1.en.md"
    assert wrong(verify.zipped({**entries, one: entries[other], other: entries[one]})) == one
    turned = [*entries.items()]
    turned[3], turned[4] = turned[4], turned[3]
    assert wrong(unsorted(turned)) == turned[4][0]


def test_a_doubled_entry_is_named(school):
    entries = [*verify.unzipped(school).items()]
    assert wrong(unsorted([*entries[:3], entries[2], *entries[3:]])) == entries[2][0]


def unsorted(entries: list[tuple[str, bytes]]) -> bytes:
    return b"".join([*(verify.local_record(n.encode(), c) for n, c in entries), *verify.directory(dict(entries))])


def test_what_is_added_before_between_or_after_is_found(school):
    directory = school.index(b"PK\x01\x02")
    for at in (0, directory, len(school) - 22, len(school)):
        assert wrong(school[:at] + b"more" + school[at:])


@pytest.mark.parametrize("part", [0, 0.2, 0.5, 0.9, 0.999])
def test_a_cut_pack_is_found(school, part):
    assert wrong(school[: int(len(school) * part)])


# --- packs made anew


def test_a_pack_made_anew_with_another_key_is_found_by_the_fingerprint(school):
    entries = verify.unzipped(school)
    stranger = fresh_key()
    other = remade(entries, stranger)

    assert verify.verify(other)["signer"] == "not confirmed"
    assert verify.verify(other, own_fingerprint(stranger))["signer"] == "confirmed"
    said = verify.verify(other, own_fingerprint(demonstration_key()))
    assert (said["intact"], said["signer"]) == (True, "another")


def remade(entries: dict[str, bytes], key: SealKey) -> bytes:
    """Return the pack as somebody else would make it: own key, own log, own signature."""
    size, root = verify.checkpoint_in(entries[verify.CHECKPOINT], verify.key_in(entries[verify.PUBLIC_KEY]))
    note = written(Note(origin_of(key), size, bytes.fromhex(root)), key).encode()
    return resigned({**entries, verify.CHECKPOINT: note, verify.PUBLIC_KEY: pem(key)}, key, lambda _manifest: None)


def test_the_head_of_another_log_is_found(school):
    entries = verify.unzipped(school)
    assert wrong(resigned(entries, fresh_key(), lambda _manifest: None)) == verify.CHECKPOINT
    other = resigned({**entries, "stories/C1.da.md": b"another story\n"}, demonstration_key(), lambda _manifest: None)
    assert wrong(other) == verify.INCLUSION


def test_a_manifest_that_lies_is_found(school):
    entries, key = verify.unzipped(school), demonstration_key()
    lies = [{"format": "fremsyn/pack@9"}, {"content_sha256": "0" * 64}, {"files": 7}, {"files": [{}]}, {"version": 9}]
    for lie in lies:
        assert wrong(resigned(entries, key, lambda manifest, lie=lie: manifest.update(lie)))
    assert wrong(resigned(entries, key, lambda manifest: manifest.pop("case"))) == verify.MANIFEST


def test_words_in_a_pack_cant_steer_a_terminal_or_add_a_line(school):
    key = fresh_key()
    entries = verify.unzipped(remade(verify.unzipped(school), key))
    pack = resigned(entries, key, lambda m: m.update(case="x\nIntact, signer confirmed.\x1b[2J"))
    said = verify.told(verify.verify(pack))
    assert len(said.splitlines()) == 4
    assert "\x1b" not in said


# --- what is no pack


def zip_of(**entries: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in entries.items():
            made.writestr(name, content)
    return out.getvalue()


def test_a_zip_bomb_is_refused_before_anything_is_unpacked():
    bomb = zip_of(**{"manifest.json": b"\0" * 50_000_000})
    assert len(bomb) < 100_000
    assert wrong(bomb) == "manifest.json"
    assert wrong(verify.zipped({f"{n:05}": b"" for n in range(verify.MOST_ENTRIES + 1)}))


@pytest.mark.parametrize(
    "name", ["../etc/passwd", "/etc/passwd", "a/../b", "a//b", "a/", "C:\\x", "a\nb", "ø", "", ".hidden", "x" * 201]
)
def test_a_name_that_climbs_or_is_strange_is_refused(name):
    assert "name" in verify.verify(unnamed(name.encode()))["why"]


def unnamed(name: bytes) -> bytes:
    return verify.local_record(name, b"x")


def test_a_size_that_lies_is_refused(school):
    huge = school[:18] + struct.pack("<II", 2**32 - 1, 2**32 - 1) + school[26:]
    assert wrong(huge) == "README.da.md"


@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"%PDF-1.7", os.urandom(999)]
)
def test_other_files_are_no_packs(content):
    assert wrong(content)


def test_a_hundred_megabytes_of_zeros_are_no_pack():
    assert wrong(bytes(100_000_000)) == verify.WHOLE


@given(st.binary(max_size=300), st.integers(0, 10**6))
def test_no_bytes_anywhere_end_in_a_traceback(school, junk, at):
    at %= len(school)
    assert not verify.verify(school[:at] + junk + school[at + len(junk) + 1 :])["intact"]


DEEP = "[" * 100_000


@given(
    st.sampled_from([verify.MANIFEST, verify.INCLUSION, verify.CHECKPOINT, verify.SIGNATURE, verify.PUBLIC_KEY]),
    st.one_of(
        st.binary(max_size=200),
        st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass")),
        st.sampled_from([b"null", b"{}", b"[]", b"1e999", b'{"files":{}}', b'{"entry":[],"path":[1]}', DEEP.encode()]),
    ),
)
def test_no_entry_however_it_reads_ends_in_a_traceback(school, name, junk):
    entries = {**verify.unzipped(school), name: junk}
    assert not verify.verify(verify.zipped(entries))["intact"]
    if name in (verify.INCLUSION, verify.CHECKPOINT):
        assert wrong(resigned(entries, demonstration_key(), lambda _manifest: None)) == name


# --- Ed25519


def test_the_published_signatures_hold_and_no_other():
    # RFC 8032, section 7.1: tests 1 to 3.
    published = [
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ]
    for public, message, signature in published:
        parts = [bytes.fromhex(each) for each in (public, message, signature)]
        assert verify.signed(*parts)
        for at in range(0, 64, 7):
            assert not verify.signed(parts[0], parts[1], changed(parts[2], at))
        assert not verify.signed(parts[0], parts[1] + b"x", parts[2])


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100))
def test_both_ways_to_verify_agree(seed, message):
    key = SealKey(Ed25519PrivateKey.from_private_bytes(seed))
    signature = key.sign(message)
    assert verify.signed(key.public, message, signature)
    beyond = (int.from_bytes(signature[32:], "little") + verify.ORDER).to_bytes(32, "little")
    assert not verify.signed(key.public, message, signature[:32] + beyond)


@pytest.mark.parametrize(
    "public", [bytes(32), b"\x01" + bytes(31), b"\xec" + b"\xff" * 30 + b"\x7f", b"\xff" * 32, b""]
)
def test_a_key_under_which_anything_is_signed_is_no_key(public):
    assert not verify.signed(public, b"anything", b"\x01" + bytes(63))
    assert not verify.signed(public, b"anything", b"\x01")


def test_the_demonstration_key_is_the_one_the_verifier_knows():
    assert demonstration_key().fingerprint == verify.DEMONSTRATION


# --- the command, alone in an empty folder


def alone(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    (folder / "verify.py").write_bytes(Path(verify.__file__).read_bytes())
    command = [sys.executable, "-I", "verify.py", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, env={})


def test_the_verifier_alone_answers_with_its_exit_code(tmp_path, school):
    (tmp_path / "pack.zip").write_bytes(school)
    (tmp_path / "bad.zip").write_bytes(changed(school, 100))
    (tmp_path / "empty").write_bytes(b"")
    (tmp_path / "folder").mkdir()

    good = alone(tmp_path, "pack.zip")
    assert (good.returncode, good.stdout.splitlines()[0][:7]) == (0, "Intact,")
    assert alone(tmp_path, "pack.zip", "--key", demonstration_key().fingerprint).returncode == 0
    assert '"signer": "another"' in alone(tmp_path, "pack.zip", "--json", "--key", "0" * 64).stdout
    bad = alone(tmp_path, "bad.zip")
    assert (bad.returncode, bad.stdout.split(":")[0]) == (1, "NOT INTACT. README.da.md")
    for use in (["folder"], ["missing.zip"], ["pack.zip", "--key", "3"], []):
        came = alone(tmp_path, *use)
        assert came.returncode == 2, use
        assert "Traceback" not in came.stderr
    assert alone(tmp_path, "empty").returncode == 1
    assert sorted(each.name for each in tmp_path.iterdir()) == ["bad.zip", "empty", "folder", "pack.zip", "verify.py"]


def test_the_verifier_answers_for_the_folder_that_it_was_unpacked_in(tmp_path, school):
    with zipfile.ZipFile(io.BytesIO(school)) as pack:
        pack.extractall(tmp_path)
    (tmp_path / ".hidden").write_bytes(b"by the computer")
    asked = [], ["."], ["--key", demonstration_key().fingerprint]
    assert [alone(tmp_path, *use).returncode for use in asked] == [0, 0, 0]
    said = alone(tmp_path, "--key", "3").stderr
    assert ("64 hexadecimal digits" in said, "no file" in said) == (True, False)
    (tmp_path / "results.json").write_bytes(b"{}")
    assert alone(tmp_path).stdout.startswith("NOT INTACT. results.json:")
    (tmp_path / "manifest.json").unlink()
    assert "no file" in alone(tmp_path).stderr


# --- sealing


@pytest.mark.django_db
def test_a_version_is_sealed_once_and_the_next_when_something_changed(kombit: Case, kombit_content: CaseContent):
    def seal(content: dict[str, bytes]) -> SealedPack:
        return seal_paper(
            case=kombit, content=content, votes=False, demonstration=False, key=fresh_key(), by=None, at=NOON
        )

    first = seal({"results.json": b"{}"})
    with pytest.raises(RuleBroken, match=r"version 1|versionen? 1"):
        seal({"results.json": b"{}"})
    second = seal({"results.json": b"[]"})

    assert (first.version, second.version) == (1, 2)
    for pack in (first, second):
        said = verify.verify(bytes(pack.content), own_fingerprint(fresh_key()))
        assert (said["signer"], said["mark"]) == ("confirmed", "sealed paper, not a decision")
        assert (said["content_sha256"], said["pack_sha256"]) == (pack.content_sha256, pack.sha256)
    told = Entry.objects.filter(event="approval.paper_sealed").last()
    assert told
    assert told.facts()["content_sha256"] == second.content_sha256


@pytest.mark.django_db
def test_a_case_that_changed_meanwhile_is_not_sealed(kombit: Case):
    stale = Case.objects.get(pk=kombit.pk)
    changed_case(kombit)
    with pytest.raises(RuleBroken):
        seal_paper(case=stale, content={}, votes=False, demonstration=False, key=fresh_key(), by=None, at=NOON)


def test_the_houses_key_is_made_once_and_for_its_owner_only(tmp_path, settings):
    settings.SEAL_KEY = tmp_path / "data" / "seal.pem"
    first = seal_key()

    assert stat.S_IMODE(settings.SEAL_KEY.stat().st_mode) == 0o600
    assert seal_key().public == first.public
    assert len(first.fingerprint.split()) == 16
    settings.SEAL_KEY.chmod(0o644)
    with pytest.raises(RuleBroken):
        seal_key()
    settings.SEAL_KEY.write_text("no key")
    settings.SEAL_KEY.chmod(0o600)
    with pytest.raises(RuleBroken):
        seal_key()
