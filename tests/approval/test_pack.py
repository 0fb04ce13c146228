"""A sealed pack as it is: what lies in it, who signed it, how it is read, and when it is sealed."""

from __future__ import annotations

import ast
import hashlib
import io
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from approval.packs import changed, fresh_key, own_fingerprint
from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.models import SealedPack
from fremsyn.approval.operations import seal_paper
from fremsyn.audit.keys import SealKey, demonstration_key, seal_key
from fremsyn.audit.models import Entry
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import changed as changed_case
from fremsyn.chain.content import CaseContent
from fremsyn.core.errors import RuleBroken

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


def test_the_danish_readme_has_every_answer_of_the_verifier(school):
    """`verify.py` answers in English alone."""
    table = verify.unzipped(school)["README.da.md"].decode().partition("## Hvad svaret betyder")[2]
    keys = [line.split(" | ")[0].removeprefix("| ") for line in table.splitlines() if line.startswith("| ")]
    assert [each for each in answers() if not any(key in each for key in keys)] == []


def answers() -> list[str]:
    """Return what the verifier can say: who signed, and each reason that it raises, up to what it puts in."""
    raised = [
        each.exc
        for each in ast.walk(ast.parse(Path(verify.__file__).read_text("utf-8")))
        if isinstance(each, ast.Raise)
    ]
    reasons = [each.args[-1] for each in raised if isinstance(each, ast.Call)]
    parts = [each.values if isinstance(each, ast.JoinedStr) else [each] for each in reasons]
    return [*verify.SIGNERS.values(), *(first_words(each) for each in parts)]


def first_words(parts: list[ast.expr]) -> str:
    return next(each.value for each in parts if isinstance(each, ast.Constant))


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
