"""Signed copies of the minutes, with real signatures by an issuer of our own: what is taken in, and what is refused and how."""

from __future__ import annotations

import hashlib
import io
import zipfile
from io import BytesIO

import pikepdf
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from hypothesis import given, settings
from hypothesis import strategies as st
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import signers, timestamps
from pyhanko.sign.fields import MDPPerm

from approval.minutes.conftest import Held, House, a_house, signed_by
from fremsyn.approval.handover import load
from fremsyn.approval.minutes.checking import ready_to_sign, signatures_in
from fremsyn.approval.minutes.operations.signing import say_whose, take_signed, waiting_for
from fremsyn.approval.minutes.signing import authorities, service
from fremsyn.approval.models import MinutesState, Signature
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken


@pytest.fixture
def approved(held: Held, house: House, settings, tmp_path) -> Held:
    """Approved minutes that m1, m2 and m7 are to sign; the house's issuer is trusted."""
    held.draft()
    held.approve()
    minutes = held.minutes
    minutes.signers = ["m1", "m2", "m7"]
    minutes.save()
    (tmp_path / "issuers.pem").write_bytes(house.pem)
    settings.SIGNERS_AUTHORITIES = str(tmp_path / "issuers.pem")
    return held


def frozen(held: Held) -> bytes:
    return bytes(held.minutes.pdf)


def send_in(held: Held, signed: bytes) -> list[Signature]:
    found = service().signatures(held.minutes, signed)
    return take_signed(signed=signed, found=found, **held.of)


def test_a_signature_is_taken_in_with_who_and_when(approved, house):
    made = send_in(approved, signed_by(frozen(approved), house.signer("Medlem m1")))

    assert [(each.name, each.member, each.trusted, each.stamped) for each in made] == [("Medlem m1", "m1", True, False)]
    assert made[0].signed_at is not None
    assert approved.minutes.state == MinutesState.APPROVED
    assert waiting_for(approved.minutes) == ["m2", "m7"]


def test_when_all_have_signed_one_after_the_other_the_minutes_are_signed(approved, house):
    content = frozen(approved)
    for number, name in enumerate(("Medlem m1", "Medlem m2", "Medlem m7"), start=1):
        content = signed_by(content, house.signer(name), number)
    assert len(send_in(approved, content)) == 3
    assert approved.minutes.state == MinutesState.SIGNED
    record = load(Case.objects.get(pk=approved.sitting.board.case.pk)).decision_record
    assert len(record.signatures) == 3
    assert not any("ikke bekræftet" in each.da for each in record.signatures)


def test_each_may_sign_a_copy_of_their_own(approved, house):
    for name in ("Medlem m1", "Medlem m2", "Medlem m7"):
        send_in(approved, signed_by(frozen(approved), house.signer(name)))
    assert approved.minutes.state == MinutesState.SIGNED
    assert bytes(approved.minutes.pdf) == frozen(approved)


def test_a_copy_with_one_more_signature_adds_that_one(approved, house):
    one = signed_by(frozen(approved), house.signer("Medlem m1"))
    send_in(approved, one)
    with pytest.raises(RuleBroken, match="her allerede"):
        send_in(approved, one)
    made = send_in(approved, signed_by(one, house.signer("Medlem m2"), 2))
    assert [each.member for each in made] == ["m2"]


def test_a_signature_by_an_unknown_issuer_is_kept_not_confirmed_and_does_not_count(approved):
    made = send_in(approved, signed_by(frozen(approved), a_house("En anden").signer("Medlem m1")))
    assert not made[0].trusted
    assert waiting_for(approved.minutes) == ["m1", "m2", "m7"]


def test_where_no_issuers_are_set_nothing_is_confirmed_but_it_counts(approved, house, settings):
    settings.SIGNERS_AUTHORITIES = ""
    made = send_in(approved, signed_by(frozen(approved), house.signer("Medlem m1")))
    assert not made[0].trusted
    assert waiting_for(approved.minutes) == ["m2", "m7"]


def test_whose_a_signature_is_can_be_said_where_the_name_does_not(approved, house):
    (made,) = send_in(approved, signed_by(frozen(approved), house.signer("M. Einsen")))
    assert made.member == ""
    with pytest.raises(RuleBroken):
        say_whose(signature=made.pk, member="m3", **approved.of)
    say_whose(signature=made.pk, member="m1", **approved.of)
    with pytest.raises(RuleBroken):
        say_whose(signature=made.pk, member="m2", **approved.of)
    assert waiting_for(approved.minutes) == ["m2", "m7"]


def test_a_time_stamp_is_told_from_the_signers_own_clock(approved, house):
    service_ = house.signer("Tidsstempler", rsa.generate_private_key(65537, 2048))
    stamper = timestamps.DummyTimeStamper(service_.signing_cert, service_.signing_key)
    out = BytesIO()
    writer = IncrementalPdfFileWriter(BytesIO(frozen(approved)))
    meta = signers.PdfSignatureMetadata(field_name="Underskrift1")
    signers.sign_pdf(writer, meta, signer=house.signer("Medlem m1"), timestamper=stamper, output=out)
    assert send_in(approved, out.getvalue())[0].stamped


def test_a_certifying_signature_is_one_too(approved, house):
    signed = signed_by(frozen(approved), house.signer("Medlem m1"), certify=True, docmdp_permissions=MDPPerm.FILL_FORMS)
    assert send_in(approved, signed)[0].member == "m1"


def changed(content: bytes) -> bytes:
    """Return the file with a page's size changed in an update of its own, which the bytes before do not show."""
    writer = IncrementalPdfFileWriter(BytesIO(content))
    page = writer.root["/Pages"]["/Kids"][0].get_object()
    page["/Rotate"] = generic.NumberObject(180)
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def another(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as file:
        out = BytesIO()
        file.save(out)
        return out.getvalue()


def encrypted(content: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(content)) as file:
        out = BytesIO()
        file.save(out, encryption=pikepdf.Encryption(owner="x", user="y"))
        return out.getvalue()


def refused(held: Held, signed: bytes, because: str) -> None:
    with pytest.raises(RuleBroken, match=because):
        send_in(held, signed)
    assert not Signature.objects.exists()


def test_what_is_no_signed_copy_of_the_minutes_is_refused_in_words(approved, house):
    content, signer = frozen(approved), house.signer("Medlem m1")
    refused(approved, content, "ingen har skrevet under")
    refused(approved, content + b"\n", "Ingen har skrevet under|ikke læses")
    refused(approved, b"x" * 1_000_000, "ikke en PDF")
    refused(approved, b"", "ikke en PDF")
    refused(approved, signed_by(another(content), signer), "andet dokument")
    refused(approved, signed_by(bytes(approved.minutes.public_pdf), signer), "andet dokument")
    refused(approved, encrypted(content), "krypteret")
    refused(approved, signed_by(changed(content), signer), "ændret")
    refused(approved, changed(signed_by(content, signer)), "ændret|dækker ikke")
    refused(approved, content + b"\0" * (21 * 1024 * 1024), "for stor")


def test_a_signature_that_does_not_fit_is_refused(approved, house):
    signed = bytearray(signed_by(frozen(approved), house.signer("Medlem m1")))
    reader = PdfFileReader(BytesIO(bytes(signed)))
    _start, first, second, _rest = reader.embedded_signatures[0].byte_range
    middle = first + (second - first) // 3
    signed[middle] = ord("0") if signed[middle] != ord("0") else ord("1")
    refused(approved, bytes(signed), "passer ikke|ikke læses")


def test_what_follows_the_last_signature_is_refused(approved, house):
    signed = signed_by(frozen(approved), house.signer("Medlem m1"))
    refused(approved, signed + b"% en hilsen\n", "dækker ikke|ikke læses")


def test_signed_minutes_are_taken_in_only_when_they_are_approved(held):
    held.draft()
    with pytest.raises(RuleBroken, match="ikke godkendt"):
        take_signed(signed=b"", found=(), **held.of)


def test_a_file_of_issuers_that_is_not_there_or_holds_something_else_is_said(approved, house, settings, tmp_path):
    signed = signed_by(frozen(approved), house.signer("Medlem m1"))
    settings.SIGNERS_AUTHORITIES = str(tmp_path / "none.pem")
    refused(approved, signed, "udstedere")
    (tmp_path / "none.pem").write_bytes(b"hello")
    refused(approved, signed, "udstedere")


def test_the_package_holds_the_file_its_hash_and_who_is_to_sign(approved):
    with zipfile.ZipFile(BytesIO(service().package(approved.minutes))) as package:
        files = {name: package.read(name) for name in package.namelist()}
    name = "kombit-second-minutes.pdf"
    assert files[name] == frozen(approved)
    assert files[f"{name}.sha256"].decode() == f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n"
    roles = [each.role for each in approved.sitting.board.body.members if each.id in ("m1", "m2", "m7")]
    for language in ("da", "en"):
        readme = files[f"README.{language}.md"].decode()
        assert all(getattr(role, language) in readme for role in roles)
        assert approved.minutes.sha256 in readme


@pytest.fixture(scope="module")
def small(house: House) -> tuple[bytes, bytes]:
    """A small file, and the same file signed."""
    out = BytesIO()
    with pikepdf.new() as file:
        file.add_blank_page()
        file.save(out)
    content = ready_to_sign(out.getvalue())
    signed = signed_by(content, house.signer("Medlem m1"))
    assert [each.name for each in signatures_in(signed, content, authorities=house.pem)] == ["Medlem m1"]
    return content, signed


@settings(max_examples=40)
@given(data=st.data())
def test_whatever_is_done_to_what_was_added_it_is_refused_or_read(small, house, data):
    frozen, signed = small
    added = bytearray(signed[len(frozen) :])
    for _change in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(added) - 1))
        added[at : at + data.draw(st.integers(0, 40))] = data.draw(st.binary(max_size=40))
    try:
        found = signatures_in(frozen + bytes(added), frozen, authorities=house.pem)
    except RuleBroken:
        return
    assert [each.name for each in found] == ["Medlem m1"]


def test_no_issuers_are_read_where_none_are_set(settings):
    settings.SIGNERS_AUTHORITIES = ""
    assert authorities() == b""
