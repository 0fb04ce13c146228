"""The certificate in a sealed pack: whoever opens it can check that its scenarios are all, and nothing else passes."""

from __future__ import annotations

import dataclasses
import io
import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from approval.packs import resigned
from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.models import SealedPack
from fremsyn.approval.verify import CERTIFICATE
from fremsyn.audit.keys import demonstration_key
from fremsyn.chain import proof
from fremsyn.chain.claims import compute
from fremsyn.chain.content import CaseContent
from fremsyn.chain.proof import CHECKER, MATRIX, proof_of
from fremsyn.chain.sealing import canonical, material, seal_demonstration
from fremsyn.chain.verifying import Recomputed, recompute, verified
from fremsyn.cli import main
from fremsyn.methods.cib import core
from fremsyn.scenarios.handover.judgements import Judgements
from methods.test_cib_core import needs_core

Entries = dict[str, bytes]
COMMAND = [sys.executable, "-I", CHECKER, CERTIFICATE, MATRIX]


@pytest.fixture(scope="module")
def entries(kombit_content: CaseContent) -> Entries:
    """What is sealed of the demonstration case, with the proof."""
    if not core.compiled():
        pytest.skip("the core was not compiled here")
    computed = compute(kombit_content)
    made = proof_of(kombit_content.scenarios.judgements, computed.space)
    return {**material(kombit_content, computed, {}, votes=True), **made.entries}


def came(entries: Entries) -> Recomputed:
    return recompute(verify.zipped(entries))


def with_lines(entries: Entries, *lines: bytes) -> Entries:
    """Return the entries with other lines in the certificate, as its maker would head them."""
    matrix, body = entries[CERTIFICATE].split()[5], b"".join(lines)
    digest = sha256(body).hexdigest().encode()
    head = b"fremsyn cib certificate 1 matrix %s lines %020d sha256 %s\n" % (matrix, len(lines), digest)
    return {**entries, CERTIFICATE: head + body}


def test_the_certificate_proves_the_scenarios_of_the_pack_and_is_the_same_each_time(entries, kombit_content):
    again = proof_of(kombit_content.scenarios.judgements, compute(kombit_content).space)
    assert again.entries == {name: entries[name] for name in (CERTIFICATE, MATRIX, CHECKER)}
    found = came(entries)
    assert (found.ok, found.proven) == (True, 14)


@needs_core
@pytest.mark.django_db
def test_it_lies_in_the_pack_and_is_told_by_both_verifiers(kombit, tmp_path, capsys):
    seal_demonstration(case=kombit, documents={"a.pdf": b"x"}, at=NOON)
    packs = SealedPack.objects.filter(case=kombit)
    assert {each.edition for each in packs} == {"internal", "public"}
    for each in packs:
        pack = bytes(each.content)
        assert "python -I proof/checker.py" in verify.told(verify.verify(pack))
        said = verified(pack, "")
        assert (said["ok"], said["proven"]) == (True, 14), said
        assert "\ncertificate holds: 14 consistent scenarios, and no other" in verify.told(said)
        manifest = json.loads(verify.unzipped(pack)[verify.MANIFEST])["files"]
        assert not any(each["content"] for each in manifest if each["name"].startswith("proof/"))
        assert "`proof/`: certifikatet" in verify.unzipped(pack)["README.da.md"].decode()

        insights = json.loads(verify.unzipped(pack)["handovers/conversation.json"])["insights"]
        told = any("B5" in insight.get("used_for", ()) for insight in insights)
        assert told == (each.edition == "internal"), "the public one doesn't say what a closed point rests on"

    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        opened.extractall(tmp_path)
    done = subprocess.run(COMMAND, cwd=tmp_path, capture_output=True, text=True, check=False, env={})
    assert (done.returncode, done.stdout) == (0, "It holds: 14 consistent scenarios, and no other.\n")
    assert main(["cib-check", str(tmp_path / CERTIFICATE), str(tmp_path / MATRIX)]) == 0
    whole = tmp_path / CERTIFICATE
    whole.write_bytes(whole.read_bytes().replace(b"\n? ", b"\n! ", 1))
    done = subprocess.run(COMMAND, cwd=tmp_path, capture_output=True, text=True, check=False, env={})
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (1, "", 1)
    assert done.stderr.startswith("It proves nothing: line ")


@needs_core
@pytest.mark.django_db
def test_a_pack_with_a_changed_certificate_that_was_signed_anew_is_refused(kombit, tmp_path, capsys):
    pack = bytes(seal_demonstration(case=kombit, documents={"a.pdf": b"x"}, at=NOON).content)
    entries = verify.unzipped(pack)
    lines = entries[CERTIFICATE].splitlines(keepends=True)
    lost = {**entries, CERTIFICATE: b"".join([*lines[:7], *lines[8:]])}
    (tmp_path / "pack.zip").write_bytes(resigned(lost, demonstration_key(), lambda _manifest: None))
    assert main(["verify", str(tmp_path / "pack.zip")]) == 1
    said = capsys.readouterr().out.splitlines()
    assert said[-1].startswith(f"NOT CONFIRMED. {CERTIFICATE}: it proves nothing (line ")
    assert verify.verify(verify.zipped(lost))["entry"] == CERTIFICATE


@pytest.mark.parametrize("change", ["altered", "lost", "doubled", "swapped", "cut", "empty", "junk"])
def test_no_changed_certificate_proves_anything(entries, change):
    lines = entries[CERTIFICATE].splitlines(keepends=True)
    at = next(n for n, line in enumerate(lines) if line.startswith(b"="))
    other = {
        "altered": [*lines[:at], lines[at].replace(b" 0 ", b" 1 "), *lines[at + 1 :]],
        "lost": [*lines[:at], *lines[at + 1 :]],
        "doubled": [*lines[:at], lines[at], *lines[at:]],
        "swapped": [*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]],
        "cut": lines[:-1],
        "empty": [],
        "junk": [b"\xff" * 999],
    }[change]
    found = came({**entries, CERTIFICATE: b"".join(other)})
    assert (found.entry, found.proven) == (CERTIFICATE, None)
    assert found.why.startswith("it proves nothing (line ")
    found = came(with_lines(entries, *other[1:]))
    assert (found.entry, found.proven) == (CERTIFICATE, None)


def test_a_certificate_of_a_part_of_the_scenarios_is_no_proof_of_them_all(entries, kombit_content):
    matrix, out = kombit_content.scenarios.judgements.matrix, io.BytesIO()
    never = 2  # the first driver's last state: as one that is never chosen, its scenarios would be missed
    proof.cib.prove(matrix, out, excluded=[(0, never)])
    found = came({**entries, CERTIFICATE: out.getvalue()})
    assert (found.entry, found.proven) == (CERTIFICATE, None)
    assert "of a part" in found.why
    out = io.BytesIO()
    proof.cib.prove(matrix, out, tolerance=1)
    assert came({**entries, CERTIFICATE: out.getvalue()}).entry == CERTIFICATE


def test_a_certificate_of_another_matrix_or_a_matrix_changed_under_it_is_refused(entries):
    told = json.loads(entries[MATRIX])
    told["matrix"][0][5] += 1
    other = {**entries, MATRIX: canonical(told)}
    assert came(other).entry == MATRIX

    sheet = json.loads(entries["handovers/cross_impact.json"])
    sheet.pop("expected", None)
    row = next(iter(sheet["sections"][0]["rows"].values()))
    row[0], row[1] = row[1], row[0]
    changed = {**entries, "handovers/cross_impact.json": canonical(sheet)}
    assert came(changed).proven is None
    assert not came(changed).ok


@pytest.mark.parametrize("name", [CERTIFICATE, MATRIX, CHECKER])
def test_a_part_of_the_proof_alone_is_refused_and_none_is_none(entries, name):
    assert came({n: held for n, held in entries.items() if n != name}).entry == name
    bare = came({n: held for n, held in entries.items() if not n.startswith("proof/")})
    assert (bare.ok, bare.proven) == (True, None)


def test_where_there_is_no_certificate_the_readme_says_why(kombit_content, monkeypatch):
    judged, space = kombit_content.scenarios.judgements, compute(kombit_content).space
    empty = Judgements((), judged.cross_impact)
    halved = dataclasses.replace(judged.cross_impact.sections[0], rows={"GOV.S": (0.5, -0.5, 0)})
    fractions = Judgements(judged.drivers, dataclasses.replace(judged.cross_impact, sections=(halved,)))
    why = [
        (proof_of(empty, space), "no cross-impact matrix"),
        (proof_of(judged, dataclasses.replace(space, complete=False)), "more consistent scenarios than"),
        (proof_of(fractions, space), "no whole number"),
    ]
    monkeypatch.setattr(proof, "MOST_BYTES", 1000)
    why.append((proof_of(judged, space), "more than 8 MB"))
    monkeypatch.setattr(core, "_core", lambda bits: None)
    why.append((proof_of(judged, space), "lacks the compiled search"))
    for made, said in why:
        assert (made.entries, said in str(made.said.en)) == ({}, True), made.said
        assert str(made.said.da).startswith("intet certifikat på, at scenarierne er alle, for ")


def test_the_checker_in_the_pack_is_the_one_here(entries, repo: Path):
    assert entries[CHECKER] == (repo / "src/fremsyn/methods/cib/checker.py").read_bytes()
