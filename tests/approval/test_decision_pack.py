"""A pack of a decision: it holds the ballots, the log bears them out, and whatever was changed is found and named."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable
from typing import Any

import pytest

from approval.conftest import Sitting
from approval.packs import DOCUMENTS, resigned, wrong
from conftest import NOON
from fremsyn.approval import verify
from fremsyn.approval.after.operations import keep_approved
from fremsyn.approval.ballots.checking import check_ballots
from fremsyn.approval.ballots.operations import cast_ballot, count_voting, put_to_vote
from fremsyn.approval.models import Ballot, Material, PointState
from fremsyn.approval.record import board_record
from fremsyn.audit.keys import demonstration_key
from fremsyn.audit.verification import verify as log_verify
from fremsyn.cases.models import Case
from fremsyn.chain import sealing
from fremsyn.chain.operations import remove_case
from fremsyn.chain.sealing import seal_demonstration

pytestmark = pytest.mark.django_db
SAID = {"m1": "for", "m2": "for", "m3": "against", "m4": "abstain", "m5": "for"}


@pytest.fixture
def voted(sitting: Sitting) -> Sitting:
    """Two points have been voted on by five members each, and counted."""
    for point in sitting.points[:2]:
        point.state, point.began_at = PointState.ON, NOON
        point.save()
        voting = put_to_vote(point=point, by=sitting.board.chair, at=NOON)
        for member, value in SAID.items():
            cast_ballot(voting=voting, member=member, value=value, by=sitting.board.people[member], at=NOON)
        count_voting(voting=voting, by=sitting.board.chair, at=NOON)
    return sitting


def sealed(case: Case) -> bytes:
    case.refresh_from_db()
    return bytes(seal_demonstration(case=case, documents=DOCUMENTS, at=NOON).content)


def with_record(pack: bytes, change: Callable[[Any], None]) -> bytes:
    """Return the pack as whoever holds the key would make it with another record, its own sealing left as it was."""
    entries = verify.unzipped(pack)
    record = json.loads(entries[verify.RECORD])
    change(record)
    return resigned({**entries, verify.RECORD: verify.canonical(record)}, demonstration_key(), lambda _manifest: None)


def test_the_record_says_who_took_part_what_was_put_and_how_each_voted(voted: Sitting):
    record = board_record(voted.board.case)
    assert record
    (meeting,) = record["meetings"]
    first, second, third = meeting["points"][:3]
    assert [each["state"] for each in (first, second, third)] == ["adopted", "adopted", "waiting"]
    (voting,) = first["votings"]
    assert {each["member"]: each["value"] for each in voting["ballots"]} == SAID
    assert (voting["count"]["for"], voting["count"]["against"], voting["count"]["abstained"]) == (3, 1, 1)
    assert first["attendance"]["m7"] == "in"
    assert third["votings"] == []


def test_a_pack_of_it_is_intact_and_holds_a_proof_of_each_ballot(voted: Sitting):
    pack = sealed(voted.board.case)
    said = verify.verify(pack)
    assert said["intact"], said
    proofs = json.loads(verify.unzipped(pack)[verify.BALLOTS])
    assert [each["entry"]["sequence"] for each in proofs] == sorted(Ballot.objects.values_list("entry", flat=True))


def test_a_ballot_that_was_replaced_in_the_database_is_named(voted: Sitting):
    ballot = Ballot.objects.order_by("pk")[2]
    Ballot.objects.filter(pk=ballot.pk).update(value="for")
    named = wrong(sealed(voted.board.case))
    assert named == f"{verify.RECORD}: second, 4.1, 1, {ballot.member}"


def test_two_ballots_that_changed_places_are_found(voted: Sitting):
    one, other = Ballot.objects.order_by("pk")[0], Ballot.objects.order_by("pk")[2]
    Ballot.objects.filter(pk=one.pk).update(value=other.value)
    Ballot.objects.filter(pk=other.pk).update(value=one.value)
    assert wrong(sealed(voted.board.case)) == f"{verify.RECORD}: second, 4.1, 1, {one.member}"


def test_a_ballot_that_was_deleted_is_found(voted: Sitting):
    gone = Ballot.objects.order_by("pk")[1]
    Ballot.objects.filter(pk=gone.pk).delete()
    said = verify.verify(sealed(voted.board.case))
    assert not said["intact"]


@pytest.mark.parametrize(
    ("change", "names"),
    [
        (lambda voting: voting["ballots"][0].update(value="against"), "m1"),
        (lambda voting: voting["ballots"].pop(), ""),
        (lambda voting: voting["ballots"][1].update(receipt=voting["ballots"][0]["receipt"]), "m2"),
        (lambda voting: voting["ballots"].append(voting["ballots"][0]), "m1"),
        (lambda voting: voting["count"].update({"for": 4, "against": 0}), ""),
    ],
    ids=["another value", "one less", "a receipt of another", "one twice", "another sum"],
)
def test_whoever_has_the_key_cant_make_another_record_of_the_same_log(voted: Sitting, monkeypatch, change, names):
    def lied(case: Case, *, public: bool = False) -> Any:
        record = board_record(case, public=public)
        if record is None:
            return None
        change(record["meetings"][0]["points"][0]["votings"][0])
        return record

    monkeypatch.setattr(sealing, "board_record", lied)
    found = wrong(sealed(voted.board.case))
    assert found.startswith(verify.RECORD)
    assert found.endswith(names)


def test_a_body_that_tells_ballots_by_number_alone_seals_none_by_name(voted: Sitting, monkeypatch):
    approval = sealing.board_record.__globals__["load"](voted.board.case)
    shy = dataclasses.replace(approval, body=dataclasses.replace(approval.body, ballots="by_count"))
    monkeypatch.setitem(board_record.__globals__, "load", lambda _case: shy)
    pack = sealed(voted.board.case)
    assert verify.verify(pack)["intact"]
    entries = verify.unzipped(pack)
    assert verify.BALLOTS not in entries
    voting = json.loads(entries[verify.RECORD])["meetings"][0]["points"][0]["votings"][0]
    assert voting["ballots"] == []
    assert voting["count"]["for"] == 3


@pytest.mark.parametrize("junk", [b"null", b"[]", b'{"meetings":[{"points":[{"votings":[{}]}]}]}', b"[" * 100_000])
def test_no_record_however_it_reads_ends_in_a_traceback(voted: Sitting, junk: bytes):
    entries = {**verify.unzipped(sealed(voted.board.case)), verify.RECORD: junk}
    said = verify.verify(resigned(entries, demonstration_key(), lambda _manifest: None))
    assert not said["intact"]
    assert said["entry"]


def test_a_demonstration_in_which_a_meeting_was_held_is_taken_out_whole_and_the_log_still_holds(voted: Sitting):
    case = voted.board.case
    pack = seal_demonstration(case=case, documents=DOCUMENTS, at=NOON)
    Material.objects.create(run=voted.run, pack=pack, sent_at=NOON)
    keep_approved(run=voted.run, by=None, at=NOON)

    remove_case(case=Case.objects.get(pk=case.pk), by=None, at=NOON)

    assert not Ballot.objects.exists()
    assert check_ballots()[1] is None
    assert log_verify().ok
