"""What holds when the board has decided: the approved version, delegation, a new decision, the year's cycle."""

from __future__ import annotations

import datetime
import json

import pytest
from django.core import mail

from approval.conftest import Board, Sitting
from approval.meeting.conftest import pack_of
from conftest import NOON
from fremsyn.approval.after.operations import approved_version, delegate, end_delegation, hashes_now, keep_approved
from fremsyn.approval.after.queries import after_page, pack_for
from fremsyn.approval.after.reminding import mail_quarter, remind
from fremsyn.approval.models import Amendment, Edition, Material, MeetingState, PointRun, PointState, SealedPack, Voting
from fremsyn.approval.paper.operations import move_part
from fremsyn.audit.models import Entry
from fremsyn.cases.access import Visit
from fremsyn.cases.editing.operations import change_thing, withdraw_thing
from fremsyn.cases.models import Case, Deliverable, PhaseRecord, Told
from fremsyn.cases.phases import PhaseState, states
from fremsyn.chain.gates.operations import move_phase
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.people.models import Person
from fremsyn.plans.operations import add_reading
from fremsyn.plans.schema import Reading

pytestmark = pytest.mark.django_db
LATER = NOON + datetime.timedelta(days=1)


@pytest.fixture
def decided(sitting: Sitting) -> Sitting:
    """The meeting is over: B1 to B5 approved, B6 fell; the plan was still being worked on."""
    PhaseRecord.objects.filter(case=sitting.board.case, phase="plans").update(state=PhaseState.OPEN)
    for point in sitting.points:
        point.state = PointState.FELL if point.position == 6 else PointState.ADOPTED
        point.save()
        Voting.objects.create(
            point=point, number=1, text=point.text, opened_at=NOON, closed_at=NOON,
            outcome="fell" if point.position == 6 else "adopted",
        )  # fmt: skip
    sitting.run.state, sitting.run.closed_at = MeetingState.CLOSED, NOON
    sitting.run.save()
    keep_approved(run=sitting.run, by=sitting.board.secretary, at=NOON)
    return sitting


def owner() -> Person:
    return Person.objects.get(username="owner")


def rename(case: Case, key: str, at: datetime.datetime = LATER) -> None:
    name = "indicator" if key.startswith("I") else "name"
    change_thing(
        case=case, key=key, version=None, values={name: Text(da="Nyt", en="New")}, meaning=False, by=owner(), at=at
    )


def test_what_was_approved_is_kept_and_the_phases_are_closed_for_changes(decided: Sitting):
    case = decided.board.case
    approved = approved_version(case)
    assert approved
    assert approved.content["points"] == ["B1", "B2", "B3", "B4", "B5"]
    assert approved.content["phases"] == hashes_now(case)
    assert {states(case)[each] for each in ("direction", "strategy", "plans")} == {PhaseState.CLOSED}
    assert Deliverable.objects.filter(case=case, phase="plans").count() == 1
    for key in ("O1", "A1", "I1"):
        with pytest.raises(RuleBroken):
            rename(case, key)
    told = Entry.objects.filter(event="approval.version_approved").get()
    assert json.loads(told.data)["points"] == ["B1", "B2", "B3", "B4", "B5"]


def test_a_meeting_that_approved_nothing_keeps_nothing(sitting: Sitting):
    assert keep_approved(run=sitting.run, by=None, at=NOON) is None
    assert approved_version(sitting.board.case) is None


def test_management_changes_what_was_left_to_it_and_every_change_is_shown(decided: Sitting):
    case, secretary = decided.board.case, decided.board.secretary
    delegate(case=case, kind="initiative", text=Text(da="Inden for året"), by=secretary, at=LATER)
    rename(case, "I1")
    with pytest.raises(RuleBroken):
        rename(case, "O1")
    page = after_page(Visit(case, secretary, "facilitator"))
    assert [each.entry.ref for each in page["changes"]] == ["I1"]
    assert len(page["differing"]) == 1

    end_delegation(case=case, kind="initiative", by=secretary, at=LATER)
    with pytest.raises(RuleBroken):
        rename(case, "I2")


@pytest.mark.parametrize(("kind", "words"), [("option", "Alt"), ("initiative", "")])
def test_a_delegation_is_of_what_may_be_left_and_in_words(decided: Sitting, kind: str, words: str):
    with pytest.raises(RuleBroken):
        delegate(case=decided.board.case, kind=kind, text=Text(da=words), by=decided.board.secretary, at=LATER)
    assert not Entry.objects.filter(event="approval.delegated").exists()


def test_nothing_is_delegated_before_anything_is_approved_nor_twice(decided: Sitting, board: Board):
    given = {"case": board.case, "kind": "milestone", "text": Text(da="Ja"), "by": board.secretary, "at": LATER}
    delegate(**given)
    with pytest.raises(RuleBroken):
        delegate(**given)


def test_another_change_is_a_new_decision_and_the_approved_version_stays(decided: Sitting):
    case = decided.board.case
    with pytest.raises(RuleBroken):
        move_phase(case=case, phase="strategy", step="reopen", why="Ny viden", by=owner(), at=LATER)
    move_phase(case=case, phase="strategy", step="reopen", why="Ny viden", anew=True, by=owner(), at=LATER)
    rename(case, "O1")
    approved = approved_version(case)
    assert approved
    assert approved.content["phases"]["strategy"] != hashes_now(case)["strategy"]
    assert (
        json.loads(Entry.objects.filter(event="chain.phase_moved").latest("sequence").data)["new_decision_after"] == 1
    )


def test_a_reading_changes_nothing_that_was_approved_marks_the_lines_and_tells_those_who_serve(decided: Sitting):
    case, before = decided.board.case, hashes_now(decided.board.case)
    signpost = next(each for each in after_page(Visit(case, owner(), "owner"))["rows"] if each.entry.ref == "X6")
    for number in (1, 5):
        add_reading(case=case, ref="X6", reading=Reading(at="2026K4", number=number), by=owner(), at=LATER)
    assert hashes_now(case) == before
    assert not after_page(Visit(case, owner(), "owner"))["changes"]
    told = Told.objects.filter(case=case, event="plans.signpost_crossed")
    assert {each.person.username for each in told} == {"owner", "facilitator"}
    page = after_page(Visit(case, owner(), "owner"))
    beneath = {each.ref for point in page["decisions"] for each in point.moved}
    assert beneath
    assert beneath <= {each.ref for each in signpost.touches}


def test_when_a_quarter_has_ended_those_who_serve_are_told_once(decided: Sitting, settings):
    settings.EMAIL_HOST = "mail.example"
    case = decided.board.case
    Person.objects.filter(username="facilitator").update(email="sekretaer@example.org")
    assert remind(case=case, at=LATER) == ()
    case.shown_as_of = datetime.date(2027, 1, 5)
    case.save()
    assert len(remind(case=case, at=LATER)) == 2
    assert mail_quarter(case=case, at=LATER) == 1
    assert remind(case=case, at=LATER) == ()
    (sent,) = mail.outbox
    assert sent.to == ["sekretaer@example.org"]
    assert "H7" in sent.body
    assert "X1 " in sent.body


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_page_shows_versions_delegations_and_the_cycle(decided: Sitting, client_as, language: str):
    delegate(case=decided.board.case, kind="initiative", text=Text(da="Inden for året"), by=owner(), at=LATER)
    client = client_as("facilitator")
    client.cookies["fremsyn_language"] = language
    page = client.get("/cases/kombit/board/after/").content.decode()
    assert "Inden for året" in page
    assert "undefined" not in page
    posted = client.post("/cases/kombit/board/after/delegate/", {"kind": "milestone", "text": "Ja"})
    assert posted.status_code == 302
    assert client.post("/cases/kombit/board/after/delegate/", {"kind": "milestone", "text": ""}).status_code == 422
    assert client.post("/cases/kombit/board/after/delegate/milestone/end/").status_code == 302
    assert client_as("board").post("/cases/kombit/board/after/delegate/", {"kind": "signpost"}).status_code == 403


def test_what_was_decided_of_the_paper_stands_until_a_new_decision_begins(decided: Sitting):
    board = decided.board
    case, client = board.case, board.client("secretary")

    def change(key: str, at: datetime.datetime = LATER) -> None:
        words = {"text": Text(da="at noget andet godkendes")}
        change_thing(case=case, key=key, version=None, values=words, meaning=False, by=board.secretary, at=at)

    with pytest.raises(RuleBroken):
        change("B1")
    with pytest.raises(RuleBroken):
        withdraw_thing(case=case, key="B1", by=board.secretary, at=LATER)
    with pytest.raises(RuleBroken):
        move_part(case=case, key="B2", up=True, by=board.secretary, at=LATER)
    edit = "/cases/kombit/edit/at/B1/change/"
    assert edit not in client.get("/cases/kombit/board/").content.decode()
    assert "Det har bestyrelsen besluttet" in client.get(edit).content.decode()
    assert "Det har bestyrelsen besluttet" in client.get("/cases/kombit/board/points/B1/").content.decode()
    change("B6")  # it fell, so it is put again
    change("approval/paper/sections/background")
    PointRun.objects.filter(item__ref="B6").update(state=PointState.REJECTED)
    for key in ("B6", "approval/paper/sections/background"):
        with pytest.raises(RuleBroken):
            change(key)
    move_phase(case=case, phase="strategy", step="reopen", why="Ny viden", anew=True, by=owner(), at=LATER)
    change("B1", LATER + datetime.timedelta(days=1))


def test_every_page_says_what_was_decided_in_the_words_that_were_adopted(decided: Sitting):
    changed_words = {"da": "at strategien godkendes med et forbehold"}
    amended = Amendment.objects.create(
        point=decided.points[0], number=1, text=changed_words, member="m2", state="adopted", proposed_at=NOON
    )
    Voting.objects.filter(point=decided.points[0]).update(text=changed_words, number=2)
    Voting.objects.create(
        point=decided.points[0], number=1, text=changed_words, amendment=amended, opened_at=NOON, closed_at=NOON,
        outcome="adopted",
    )  # fmt: skip
    count = {
        "base": 7, "barred": 0, "represented": 7, "needed": 4, "met": True, "for": 7, "against": 0, "abstained": 0, "not_cast": 0,
        "adopted": True, "members": [], "barred_members": [], "set_aside": [], "decided_by": "majority",
    }  # fmt: skip
    Voting.objects.all().update(count=count)
    client = decided.board.client("secretary")
    for address in ("", "board/", "board/points/B1/", "board/meetings/second/", "board/meetings/second/run/"):
        shown = client.get(f"/cases/kombit/{address}").content.decode()
        assert changed_words["da"] in shown, address
    first = client.get("/cases/kombit/").content.decode()
    assert "Bestyrelsen har besluttet 5 punkter." in first
    assert "1 punkt" in first or "Ét punkt" in first
    assert "Det svar, der foreslås" not in first
    board = client.get("/cases/kombit/board/").content.decode()
    assert "Intet er besluttet endnu" not in board
    assert "Har besluttet" in board.partition("<main")[0]


def test_top_management_changes_what_was_left_to_it_and_nothing_else(decided: Sitting, client_as):
    client, change = client_as("leadership"), "/cases/kombit/edit/at/{}/change/"
    assert client.get(change.format("I1")).status_code == 403
    delegate(case=decided.board.case, kind="initiative", text=Text(da="Inden for året"), by=owner(), at=LATER)
    page = client.get("/cases/kombit/plans/initiatives/I1/").content.decode()
    assert change.format("I1") in page
    assert client.get(change.format("I1")).status_code == 200
    assert [client.get(change.format(key)).status_code for key in ("M1", "A1")] == [403, 403]
    assert client_as("board").get(change.format("I1")).status_code == 403
    page = client_as("owner").get("/cases/kombit/plans/initiatives/I1/").content.decode()
    assert "overladt til ledelsen" in page
    assert "/move/" not in page


def test_the_material_is_the_latest_that_was_sent_and_leads_to_an_edition_that_may_be_had(sitting: Sitting):
    run = sitting.run
    for version in (1, 2):
        pack = pack_of(sitting.board, version)
        Material.objects.create(run=run, pack=pack, late=version == 2, sent_at=NOON + datetime.timedelta(version))
    SealedPack.objects.update(edition=Edition.INTERNAL)
    sitting.points[0].state = PointState.ADOPTED
    sitting.points[0].save()
    approved = keep_approved(run=run, by=None, at=NOON)
    assert approved
    assert approved.pack
    assert approved.pack.version == 2
    observer = Visit(sitting.board.case, owner(), "observer")
    assert pack_for(observer, approved) is None
    assert pack_for(Visit(sitting.board.case, owner(), "owner"), approved) == approved.pack
    public = pack_of(sitting.board, 3)
    SealedPack.objects.filter(pk=public.pk).update(version=2, edition=Edition.PUBLIC)
    assert pack_for(observer, approved) == public


def test_the_paper_as_a_document_says_what_was_decided_before_the_minutes_are_approved(decided: Sitting):
    text = decided.board.client("secretary").get("/cases/kombit/documents/board_paper/").content.decode()
    assert "Hvad der blev ud af punkterne på mødet; referatet er ikke godkendt endnu." in text
