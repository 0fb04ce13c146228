"""Security case 20: a ballot that was tampered with in the database is found from the log, and the first one is named."""

from __future__ import annotations

import pytest
from django.db import connection

from conftest import NOON
from fremsyn.approval.ballots.checking import check_ballots
from fremsyn.approval.models import Ballot
from fremsyn.audit import triggers
from fremsyn.audit.operations import record
from fremsyn.audit.verification import verify
from fremsyn.cli import main

pytestmark = [pytest.mark.postgres, pytest.mark.django_db]


@pytest.fixture
def cast(room):
    """Three ballots in one voting, two for and one against."""
    voting = room.put()
    return [room.cast(voting, member, value) for member, value in (("m2", "for"), ("m3", "against"), ("m4", "for"))]


def sql(statement: str, *given: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)


def first_wrong() -> tuple[int, str]:
    _count, fault = check_ballots()
    assert fault
    return fault.entry, fault.what


def test_untouched_ballots_are_whole(cast):
    assert check_ballots() == (3, None)


def test_case_20_a_ballot_replaced_in_the_database_is_named(cast):
    sql("UPDATE approval_ballot SET value = 'for' WHERE member = 'm3'")
    assert first_wrong() == (cast[1].entry, "its ballot has another value")


def test_case_20_a_deleted_row_is_named(cast):
    sql("DELETE FROM approval_ballot WHERE member = 'm2'")
    assert first_wrong() == (cast[0].entry, "its ballot is gone")


def test_case_20_two_rows_swapped_are_named_at_the_first(cast):
    sql("UPDATE approval_ballot SET entry = 900 WHERE member = 'm2'")
    sql("UPDATE approval_ballot SET entry = %s WHERE member = 'm3'", cast[0].entry)
    sql("UPDATE approval_ballot SET entry = %s WHERE member = 'm2'", cast[1].entry)
    entry, what = first_wrong()
    assert entry == cast[0].entry
    assert {"member", "value", "receipt"} <= set(what.removeprefix("its ballot has another ").split(", "))


def test_case_20_the_same_receipt_offered_to_two_is_named(cast, room):
    """The clash attack: two voters are shown one receipt, so that the ballot of one of them can be dropped."""
    shown = {"meeting": "second", "point": 1, "voting": 1, "member": "m5", "value": "for", "receipt": cast[0].code}
    entry = record("approval.ballot_cast", case=room.board.case, by=room.board.people["m5"], at=NOON, **shown)
    assert first_wrong() == (entry.sequence, "its ballot is gone")

    voting, me = Ballot.objects.first().voting_id, room.board.people["m5"]
    Ballot(
        voting_id=voting, member="m5", value="for", receipt="another", entry=entry.sequence, cast_at=NOON, cast_by=me
    ).save(force_insert=True)
    assert first_wrong() == (entry.sequence, "its receipt was given to another ballot before")


def test_a_ballot_that_no_line_tells_of_is_named(cast, room):
    voting, me = Ballot.objects.first().voting_id, room.board.people["m5"]
    Ballot(voting_id=voting, member="m5", value="for", receipt="forged", entry=1, cast_at=NOON, cast_by=me).save()
    assert first_wrong() == (1, "no ballot was cast there, but one refers to it")


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("cast_at = '2026-11-27 08:00:00+00:00'", "time"),
        ("member = 'm6'", "member"),
        ("receipt = 'changed'", "receipt"),
    ],
)
def test_whatever_else_of_a_ballot_is_changed_is_named(cast, change, what):
    sql(f"UPDATE approval_ballot SET {change} WHERE member = 'm3'")
    assert first_wrong() == (cast[1].entry, f"its ballot has another {what}")


def test_the_first_of_several_is_named(cast):
    sql("UPDATE approval_ballot SET value = 'abstain' WHERE member IN ('m3', 'm4')")
    assert first_wrong()[0] == cast[1].entry


def test_case_20_a_time_set_back_in_the_log_is_named(cast):
    triggers.remove(connection)
    sql("UPDATE audit_entry SET at = '2026-11-27 08:00:00+00:00' WHERE sequence = %s", cast[1].entry)
    assert verify().first_wrong == cast[1].entry


def test_the_command_says_how_many_ballots_agree_and_refuses_where_one_does_not(cast, capsys, monkeypatch):
    monkeypatch.setattr("fremsyn.cli.proofs.migrate", lambda: None)
    assert main(["audit", "verify"]) == 0
    assert "3 ballots, each as its line in the log has it." in capsys.readouterr().out

    sql("UPDATE approval_ballot SET value = 'for' WHERE member = 'm3'")
    assert main(["audit", "verify"]) == 1
    assert f"Entry {cast[1].entry}: its ballot has another value." in capsys.readouterr().err
