"""The pages of minutes: who reads which edition, what is sent in, and that nothing is lost or shown that must not be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from approval.conftest import Board
from approval.minutes.conftest import Held, House, signed_by
from conftest import NOON
from fremsyn.approval.after.operations import keep_approved
from fremsyn.approval.minutes.operations.drafting import write_words
from fremsyn.approval.models import Disqualification, MinuteComment, MinutesState, SealedPack, Told
from fremsyn.people.roles import Role


def at(board: Board, name: str = "minutes", space: str = "approval", **of: Any) -> str:
    return reverse(f"{space}:{name}", kwargs={"case_slug": board.case.slug, "meeting": "second", **of})


@pytest.fixture
def board_(held: Held) -> Board:
    return held.sitting.board


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def test_the_secretary_drafts_from_the_page_and_the_meeting_leads_there(held, board_):
    secretary = board_.client("secretary")
    assert at(board_) in page(secretary, at(board_, "meeting"))
    assert "Lav et udkast" in page(secretary, at(board_))
    response = secretary.post(at(board_, "minutes_draft"), follow=True)
    assert "Jeg kan ikke følge flertallet." in response.content.decode()
    assert held.minutes.language == "da"


def test_whoever_drafts_chooses_the_language(held, board_):
    secretary = board_.client("secretary")
    assert '<option value="da" selected>' in secretary.get(at(board_, "minutes")).content.decode()
    assert secretary.post(at(board_, "minutes_draft"), {"language": "en"}).status_code == 302
    assert held.minutes.language == "en"


def test_a_draft_is_for_the_body_and_those_who_serve_it(held, board_, client_as):
    held.draft()
    for role in (Role.LEADERSHIP, Role.OBSERVER):
        text = page(client_as(role), at(board_))
        assert "Der blev talt om" not in text
        assert "godkendt referat endnu" in text
        assert client_as(role).get(at(board_, "minutes_pdf", edition="public")).status_code == 403
    assert "Der blev talt om 4.1." in page(board_.client("m2"), at(board_))


def test_approved_minutes_are_read_whole_by_the_body_and_in_public_by_others(held, board_, client_as):
    held.draft()
    write_words(version=1, words={"closed.1": "Forretningshemmelighed"}, **held.of)
    held.approve()
    for client in (board_.client("m2"), client_as(Role.LEADERSHIP), board_.client("secretary")):
        text = page(client, at(board_))
        assert "Medlem m1" in text
        assert "Jeg kan ikke følge flertallet." in text
        assert client.get(at(board_, "minutes_pdf", edition="whole")).content == bytes(held.minutes.pdf)
    observer = client_as(Role.OBSERVER)
    text = page(observer, at(board_))
    assert "Medlem m1" not in text
    assert "Jeg kan ikke følge flertallet." not in text
    assert held.minutes.sha256 not in text
    assert observer.get(at(board_, "minutes_pdf", edition="whole")).status_code == 403
    assert observer.get(at(board_, "minutes_pdf", edition="public")).content == bytes(held.minutes.public_pdf)
    assert observer.get(at(board_, "minutes_pdf", edition="other")).status_code == 404


def test_a_member_who_is_disqualified_reads_all_but_that_point(held, board_):
    held.draft()
    held.approve()
    text = page(board_.client("m3"), at(board_))
    assert "Der blev talt om 4.1." in text
    assert "Der blev talt om 4.2." not in text
    assert held.sitting.points[1].text["da"] not in text
    assert board_.client("m3").get(at(board_, "minutes_pdf", edition="whole")).status_code == 403
    public = board_.client("m3").get(at(board_, "minutes_pdf", edition="public"))
    assert public.content == bytes(held.minutes.public_pdf)


@pytest.mark.parametrize(
    ("code", "words"), [("da", "skriver ikke under: inhabil på punkt 4.2"), ("en", "does not sign")]
)
def test_nobody_is_asked_to_sign_a_file_that_is_closed_to_them(held, board_, code, words):
    held.draft()
    assert held.minutes.signers == ["m1", "m2", "m4", "m5", "m6", "m7"]
    held.approve()
    client = board_.client("m3")
    client.cookies["fremsyn_language"] = code
    assert words in page(client, at(board_))


def test_a_disqualified_member_gets_the_public_pack_and_no_other(held, board_):
    own = SealedPack.objects.get()
    public = SealedPack.objects.create(
        case=board_.case, version=1, sha256="b" * 64, content_sha256="b" * 64, sealed_at=NOON, demonstration=True,
        votes=True, fingerprint=own.fingerprint, content=b"PK", edition="public",
    )  # fmt: skip
    client = board_.client("m3")
    found = [client.get(reverse("approval:pack", args=["kombit", each.sha256])).status_code for each in (own, public)]
    assert found == [403, 200]
    text = page(client, reverse("approval:paper", args=["kombit"]))
    links = [reverse("approval:pack", args=["kombit", each.sha256]) in text for each in (own, public)]
    assert links == [False, True]
    assert "Lukket for dig: Den rummer et punkt, du er inhabil på." in text


def test_a_file_is_not_called_closed_by_a_disqualification_before_the_ruling(held, board_):
    Disqualification.objects.update(ruling="pending", ruled_at=None)
    text = page(board_.client("m3"), reverse("approval:meeting", args=["kombit", "second"]))
    assert "et punkt, hvor din habilitet ikke er afgjort" in text
    assert "du er inhabil" not in text


def test_what_is_written_is_kept_and_two_at_once_lose_nothing(held, board_):
    held.draft()
    secretary = board_.client("secretary")
    form = page(secretary, at(board_, "minutes_words"))
    assert "Der blev talt om 4.1." in form
    sent = {"version": 1, "opening": "Velkommen", "note_1": "Anderledes"}
    assert secretary.post(at(board_, "minutes_words"), sent).status_code == 302
    assert held.minutes.words["note.1"] == "Anderledes"
    response = secretary.post(at(board_, "minutes_words"), sent | {"opening": "Den anden"})
    assert response.status_code == 422
    assert "Den anden" in response.content.decode()
    assert "Velkommen" in response.content.decode()
    response = secretary.post(at(board_, "minutes_words"), sent | {"version": 2, "opening": "CPR 010190-1234"})
    assert response.status_code == 422
    assert "CPR" in response.content.decode()


def test_the_draft_is_mailed_with_the_fingerprint_of_the_seal_key(held, board_, post):
    held.draft()
    sent = {"version": 1, "until": "2026-12-10"}
    assert board_.client("secretary").post(at(board_, "minutes_send"), sent).status_code == 302
    assert len(post.taken) == 7
    text = post.taken[0][1].get_content()
    assert held.sitting.run.material.get().pack.fingerprint in text
    assert at(board_) in text
    assert Told.objects.filter(mailed_at=None).count() == 0


def test_without_a_mail_server_it_stands_on_the_page(held, board_):
    held.draft()
    sent = {"version": 1, "until": "2026-12-10"}
    response = board_.client("secretary").post(at(board_, "minutes_send"), sent, follow=True)
    assert "Ingen mailserver" in response.content.decode() or "ikke sendt" in response.content.decode()


def test_a_member_comments_and_sees_the_answer_and_nobody_elses(held, board_):
    held.draft()
    board_.client("secretary").post(at(board_, "minutes_send"), {"version": 1, "until": "2099-12-10"})
    member, secretary = board_.client("m2"), board_.client("secretary")
    assert member.post(at(board_, "minutes_comment"), {"text": "Kl. var 14."}).status_code == 302
    assert "Kl. var 14." in page(member, at(board_, "minutes_comment"))
    assert "Kl. var 14." not in page(board_.client("m4"), at(board_))
    assert "Kl. var 14." in page(secretary, at(board_, "minutes_answer"))
    answer = {"comment": MinuteComment.objects.get().pk, "answer": "Rettet, tak."}
    assert secretary.post(at(board_, "minutes_answer"), answer).status_code == 302
    assert "Besvaret" in page(secretary, at(board_, "minutes_answer"))
    assert "Rettet, tak." in page(member, at(board_))
    assert member.post(at(board_, "minutes_comment"), {"text": ""}).status_code == 422


def test_an_unanswered_comment_is_told_before_the_minutes_are_approved(held, board_):
    held.draft()
    secretary = board_.client("secretary")
    secretary.post(at(board_, "minutes_send"), {"version": 1, "until": "2099-12-10"})
    board_.client("m2").post(at(board_, "minutes_comment"), {"text": "Kl. var 14."})
    text = page(secretary, at(board_, "minutes_approve", "chain"))
    assert at(board_, "minutes_answer") in text
    assert 'name="why"' not in text


def test_the_secretary_approves_and_says_why_before_the_deadline(held, board_):
    held.draft()
    secretary = board_.client("secretary")
    secretary.post(at(board_, "minutes_send"), {"version": 1, "until": "2099-12-10"})
    address = at(board_, "minutes_approve", "chain")
    assert 'name="why"' in page(secretary, address)
    assert secretary.post(address, {"version": 2}).status_code == 422
    assert secretary.post(address, {"version": 1, "why": "Alle har svaret"}).status_code == 422
    assert secretary.post(address, {"version": 2, "why": "Alle har svaret"}).status_code == 302
    assert held.minutes.state == MinutesState.APPROVED
    assert "6 for, 1 imod" in page(secretary, reverse("approval:paper", args=[board_.case.slug]))
    assert secretary.post(address, {"version": 3}).status_code == 422


@pytest.fixture
def upload(held: Held, board_: Board) -> Callable[[bytes], Any]:
    held.draft()
    held.approve()
    client = board_.client("secretary")

    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("referat.pdf", content, "application/pdf")
        return client.post(at(board_, "minutes_signed"), {"signed": file})

    return send


def test_a_signed_copy_is_uploaded_and_shown_as_not_confirmed(held, board_, upload, house: House):
    assert upload(signed_by(bytes(held.minutes.pdf), house.signer("Medlem m1"))).status_code == 302
    text = page(board_.client("m2"), at(board_))
    assert "ikke bekræftet" in text
    signature = held.minutes.signatures.get()
    answer = board_.client("m2").get(at(board_, "minutes_signed_pdf", sha256=signature.pdf_sha256))
    assert answer.content.startswith(bytes(held.minutes.pdf))


def test_whose_it_is_is_said_on_the_page(held, board_, upload, house: House):
    upload(signed_by(bytes(held.minutes.pdf), house.signer("Ukendt Navn")))
    secretary = board_.client("secretary")
    assert "Ukendt Navn" in page(secretary, at(board_))
    given = {"signature": held.minutes.signatures.get().pk, "member": "m4"}
    assert secretary.post(at(board_, "minutes_whose"), given, follow=True).status_code == 200
    assert held.minutes.signatures.get().member == "m4"
    secretary.post(at(board_, "minutes_whose"), {"signature": "x"})


@pytest.mark.parametrize("content", [b"x" * 1_000_000, b"%PDF-1.7\nhej", b"%PDF-1.7 /Encrypt"])
def test_what_is_no_signed_copy_is_refused_at_the_field(board_, upload, content):
    response = upload(content)
    assert response.status_code == 422
    assert "#field-signed" in response.content.decode()


def test_the_package_is_for_the_secretary(held, board_):
    held.draft()
    secretary = board_.client("secretary")
    assert secretary.get(at(board_, "minutes_package")).status_code == 404
    held.approve()
    assert secretary.get(at(board_, "minutes_package")).content.startswith(b"PK")
    assert board_.client("m1").get(at(board_, "minutes_package")).status_code == 403


def test_pages_of_minutes_that_are_not_there_answer_so(held, board_):
    secretary = board_.client("secretary")
    for name in ("minutes_words", "minutes_send", "minutes_answer", "minutes_package"):
        assert secretary.get(at(board_, name)).status_code == 404
    assert secretary.get(at(board_).replace("second", "none")).status_code == 404


def test_a_point_that_the_minutes_close_is_read_by_the_body_alone_on_every_page(held, board_, client_as):
    held.draft()
    write_words(version=1, words={"closed.1": "Forretningshemmelighed"}, **held.of)
    held.approve()
    secretary, run = board_.client("secretary"), held.sitting.run
    keep_approved(run=run, by=board_.secretary, at=NOON)
    said = str(held.sitting.points[0].text["da"])
    paper = reverse("approval:paper", args=[board_.case.slug])
    pages = {
        reverse("approval:after", args=[board_.case.slug]): "Punkt 4.1 er lukket for dig.",
        at(board_, "meeting"): "er lukket for andre end bestyrelsen og sekretariatet",
        at(board_): "Udeladt af den offentlige udgave: Forretningshemmelighed",
    }
    for address, instead in pages.items():
        assert said in page(secretary, address)
        shown = page(client_as(Role.OBSERVER), address)
        assert said not in shown
        assert instead in shown
    decided = page(secretary, paper).partition('id="record"')[2]
    assert said in decided.partition("</section>")[0]
    assert said not in page(client_as(Role.OBSERVER), paper).partition('id="record"')[2]
