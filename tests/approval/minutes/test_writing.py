"""The minutes from draft to approval: words, comments, the deadline, the frozen files, and the case's decision record."""

from __future__ import annotations

import datetime
import hashlib
import io
import json
from pathlib import Path

import pikepdf
import pytest
from django.utils import timezone

from approval.minutes.conftest import DAY, PACK, Held, change
from approval.packs import wrong
from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.handover import load
from fremsyn.approval.minutes.operations import drafting
from fremsyn.approval.minutes.operations.approving import approve_minutes
from fremsyn.approval.minutes.state import Rewritten
from fremsyn.approval.models import MinuteComment, Minutes, MinutesState, SealedPack, Told
from fremsyn.approval.schema import Closed
from fremsyn.audit.models import Entry
from fremsyn.audit.personal import erase_personal
from fremsyn.cases.models import Case
from fremsyn.chain.folder import read_folder, write_folder
from fremsyn.chain.operations import export_case, import_case
from fremsyn.chain.sealing import seal_demonstration
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.reports.documents.minutes import typeset


@pytest.fixture
def drafted(held: Held) -> Held:
    held.draft()
    return held


def out(held: Held, days: int = 7) -> None:
    drafting.send_for_comments(version=None, until=NOON.date() + days * DAY, **held.of)


def comment(held: Held, member: str = "m2", text: str = "Det var kl. 14.", **given: object) -> MinuteComment:
    return drafting.comment_on_minutes(text=text, **held.of | {"by": held.sitting.board.people[member]} | given)


def test_there_is_one_set_of_minutes(drafted):
    with pytest.raises(RuleBroken, match="allerede"):
        drafted.draft()


def test_words_are_kept_by_place_and_only_in_places_that_are_there(drafted):
    drafting.write_words(version=1, words={"opening": "Velkommen", "note.2": "Der var uro."}, **drafted.of)
    assert drafted.minutes.words == {"opening": "Velkommen", "note.2": "Der var uro."}
    with pytest.raises(RuleBroken):
        drafting.write_words(version=2, words={"note.99": "?"}, **drafted.of)


def test_a_second_secretary_is_told_and_overwrites_nothing(drafted):
    drafting.write_words(version=1, words={"opening": "Den ene"}, **drafted.of)
    with pytest.raises(Rewritten):
        drafting.write_words(version=1, words={"opening": "Den anden"}, **drafted.of)
    assert drafted.minutes.words["opening"] == "Den ene"


def test_the_draft_goes_out_and_everybody_with_a_seat_is_told(drafted):
    out(drafted)

    assert drafted.minutes.state == MinutesState.COMMENTS
    assert Told.objects.filter(event="minutes.comments").count() == 7


def test_a_deadline_that_lies_behind_is_refused(drafted):
    with pytest.raises(RuleBroken, match="passeret"):
        out(drafted, days=-1)


def in_real_time(drafted) -> None:
    """Let the case be shown as of no day, so that time passes in it."""
    case = drafted.sitting.board.case
    case.shown_as_of = None
    case.save(update_fields=["shown_as_of"])


def test_members_comment_until_the_end_of_the_day_and_not_after(drafted):
    in_real_time(drafted)
    out(drafted, days=1)
    comment(drafted, at=NOON + DAY)
    with pytest.raises(RuleBroken):
        comment(drafted, at=NOON + 2 * DAY)
    assert MinuteComment.objects.count() == 1


def test_only_a_draft_that_is_out_is_commented_on_and_only_from_a_seat(drafted):
    with pytest.raises(RuleBroken):
        comment(drafted)
    out(drafted)
    with pytest.raises(RuleBroken, match="plads"):
        comment(drafted, by=drafted.sitting.board.secretary)


def test_comments_are_answered_before_the_approval(drafted):
    in_real_time(drafted)
    out(drafted)
    made = comment(drafted)
    with pytest.raises(RuleBroken, match="Svar på"):
        drafted.approve(at=NOON + 8 * DAY)
    drafting.answer_comment(comment=made.pk, answer="Rettet.", **drafted.of)
    assert drafted.approve(at=NOON + 8 * DAY).state == MinutesState.APPROVED


def test_before_the_deadline_the_approval_asks_for_a_reason(drafted):
    out(drafted)
    with pytest.raises(RuleBroken, match="hvorfor"):
        drafted.approve()
    assert drafted.approve(why="Alle syv har svaret.").state == MinutesState.APPROVED


def test_what_is_approved_is_frozen_in_two_files(drafted):
    drafted.approve()
    minutes = drafted.minutes

    assert hashlib.sha256(bytes(minutes.pdf)).hexdigest() == minutes.sha256
    assert bytes(minutes.public_pdf) != bytes(minutes.pdf)
    for held in (minutes.pdf, minutes.public_pdf):
        with pikepdf.open(io.BytesIO(bytes(held))) as file:
            assert file.open_metadata().pdfa_status == "3A"
            assert file.open_metadata()["pdfuaid:part"] == "1"
            assert file.Root.Lang == "da-DK"
    entry = Entry.objects.get(event="approval.minutes_approved")
    assert minutes.sha256 in entry.data
    for edit in (
        lambda: drafting.write_words(version=None, words={"opening": "Nej"}, **drafted.of),
        lambda: out(drafted),
        lambda: drafted.approve(),
    ):
        with pytest.raises(RuleBroken):
            edit()


def test_notes_that_are_changed_after_the_approval_change_nothing(drafted):
    drafted.approve()
    drafted.sitting.points[0].note = "Noget andet"
    drafted.sitting.points[0].save()
    assert drafted.minutes.words["note.1"] == "Der blev talt om 4.1."


def test_a_record_that_changes_while_the_files_are_made_is_not_approved(drafted):
    made = typeset(drafted.minutes, at=NOON)
    drafted.sitting.points[3].why = "En anden grund"
    drafted.sitting.points[3].save()
    with pytest.raises(RuleBroken, match="ændret"):
        approve_minutes(version=None, made=made, **drafted.of)
    assert drafted.minutes.pdf is None


def test_minutes_can_be_written_in_english(held):
    held.draft("en")
    held.approve()
    with pikepdf.open(io.BytesIO(bytes(held.minutes.pdf))) as file:
        assert file.Root.Lang == "en-GB"
        assert str(file.docinfo.Title).startswith("Minutes: ")


def test_the_approval_fills_the_decision_record_and_export_keeps_it(drafted, tmp_path):
    case = drafted.sitting.board.case
    drafted.approve()
    case = Case.objects.get(pk=case.pk)
    record = load(case).decision_record

    assert record.meeting == "second"
    assert len(record.attendance) == 7
    assert record.quorum == 3
    assert record.votes[0].da.startswith("Punkt 4.1 (B1). Godkendt: 6 for, 1 imod.")
    assert record.votes[0].en.startswith("Point 4.1 (B1). Approved: 6 for, 1 against.")
    assert [each.da.partition(".")[2][:8] for each in record.votes] == ["1 (B1). ", "3 (B3). ", "6 (B6). "]
    assert record.dissents[0].da.startswith("Punkt 4.1 (B1). ")
    assert record.dissents[0].en.startswith("Point 4.1 (B1). ")
    assert record.dissents[0].en.endswith("Jeg kan ikke følge flertallet.")
    assert "at det gøres på en anden måde" in record.decision_text.da
    assert record.pack_sha256 == PACK
    assert kept(case, tmp_path) == record


def kept(case: Case, folder: Path) -> object:
    """Return the decision record after an export and an import."""
    write_folder(export_case(case), folder / "ud")
    reading = read_folder(folder / "ud")
    assert reading.content, reading.faults
    return load(import_case(content=reading.content, slug="igen", by=None, at=NOON)).decision_record


def test_the_board_paper_shows_the_decision(drafted):
    from fremsyn.reports.documents.catalogue import document

    drafted.approve()
    case = Case.objects.get(pk=drafted.sitting.board.case.pk)
    shown = repr(document(case, "board_paper", "da").blocks)
    assert "6 for, 1 imod" in shown
    assert "Jeg kan ikke følge flertallet." in shown
    assert PACK in shown


def test_the_sealed_packs_hold_the_minutes_and_the_public_one_nothing_that_is_closed(
    drafted, by_number, access, client_as
):
    """Security cases 4 and 17: neither what the minutes close nor a closed point of the paper, nor any name."""
    case, secret = drafted.sitting.board.case, b"kke f\xc3\xb8lge flertallet"
    access("internal")
    change(case, "B3", closed=Closed(ground=Text(da="Forhandling", en="Bargaining")))
    drafting.write_words(version=1, words={"closed.1": "Personsag"}, **drafted.of)
    drafted.approve()
    case = Case.objects.get(pk=case.pk)
    record = load(case).decision_record
    assert record.votes[0].da == "Punkt 4.1. Udeladt af den offentlige udgave: Personsag"
    assert "Punkt 4.2 (B2). Bortfaldt, da bestyrelsen ikke var beslutningsdygtig." in record.decision_text.da
    assert "Punkt 4.4 (B4). Trukket tilbage: Trukket af indstilleren." in record.decision_text.da
    assert [each.da.partition(":")[0] for each in record.disqualified] == ["Punkt 4.2 (B2)"]
    assert not record.dissents

    seal_demonstration(case=case, documents={}, at=NOON)
    packs = {
        each.edition: bytes(each.content) for each in SealedPack.objects.filter(case=case, edition__gt="", version=2)
    }
    whole, public = (verify.unzipped(packs[name]) for name in ("internal", "public"))
    assert verify.verify(packs["internal"])["intact"]
    assert verify.verify(packs["public"])["intact"]
    assert secret in whole[verify.RECORD]
    assert not [name for name, held in public.items() if secret in held or b"Medlem m1" in held]
    assert whole["board/minutes-1.pdf"] == bytes(drafted.minutes.pdf)
    assert public["board/minutes-1.pdf"] == bytes(drafted.minutes.public_pdf)
    first, second, third, *_others = json.loads(public[verify.RECORD])["meetings"][0]["points"]
    assert first == {"label": "4.1", "position": 1, "closed": "Personsag", "votings": []}
    assert third["closed"] == "Forhandling"
    assert (second["state"], second["attendance"]["m1"]) == ("fell", "in")
    page = client_as("observer").get("/cases/kombit/board/meetings/second/").content.decode()
    assert "4.2" in page
    assert "Punkterne 4.1 og 4.3 er lukket for andre" in page
    assert ">4.1<" not in page
    Minutes.objects.update(pdf=b"%PDF of something else")
    assert wrong(bytes(seal_demonstration(case=case, documents={}, at=NOON).content)) == "board/minutes-1.pdf"


def test_what_people_wrote_stands_in_the_log_as_commitments_alone(drafted):
    drafting.write_words(version=1, words={"opening": "Et ord i åbningen"}, **drafted.of)
    out(drafted)
    comment(drafted, text="En bemærkning")
    assert not [entry for entry in Entry.objects.all() if "ord i åbn" in entry.data or "En bemærkning" in entry.data]
    assert erase_personal(about=drafted.sitting.board.people["m2"], by=None, at=NOON) == 1


def test_the_time_for_comments_follows_the_day_that_a_demonstration_is_shown_as_of(drafted):
    case, shown = drafted.sitting.board.case, datetime.date(2026, 11, 20)
    case.shown_as_of = shown
    case.save(update_fields=["shown_as_of"])
    until = shown + 3 * DAY
    drafting.send_for_comments(until=until, version=None, **drafted.of)
    assert timezone.localdate(drafted.minutes.comments_until) == until
    comment(drafted, at=NOON + 2 * DAY)
