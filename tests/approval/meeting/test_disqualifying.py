"""A disqualification is declared or noted, and ruled on; whoever it bars is not counted on the point."""

from __future__ import annotations

import json
import uuid

import pytest

from approval.meeting.holding import declared, note, of, quorum_on, rule, rules, step
from conftest import NOON
from fremsyn.approval.meeting.operations.disqualifying import (
    declare_disqualification,
    note_disqualification,
    rule_on_disqualification,
)
from fremsyn.approval.meeting.words import quorum_words
from fremsyn.approval.models import (
    Disqualification,
    PointState,
    Ruling,
)
from fremsyn.audit.models import Entry
from fremsyn.audit.personal import personal_value
from fremsyn.core.errors import RuleBroken


def test_seven_members_one_disqualified_on_point_two_three_others_present(sitting):
    """Point 2 falls, point 3 goes on."""
    here, (_first, second, third, *_rest) = ("m1", "m2", "m3", "m4"), sitting.points
    for point in sitting.points:
        sitting.here(point, *here)
    made = note(sitting, second, "m4", "Ejer et selskab, der leverer")
    rule(sitting, made, barred=True, words="Væsentlig interesse")

    assert quorum_words(quorum_on(sitting, second)) == "3 af 7 stemmeberettigede deltager; 4 kræves"
    assert quorum_words(quorum_on(sitting, third)) == "4 af 7 stemmeberettigede deltager; 4 kræves"
    step(sitting, second, "take_up")
    assert step(sitting, second, "fall").state == PointState.FELL
    assert step(sitting, third, "take_up").state == PointState.ON
    with pytest.raises(RuleBroken, match="Kun en beslutning"):
        step(sitting, third, "fall")


def test_a_member_declares_and_the_body_rules(sitting):
    second = sitting.points[1]
    made = declared(sitting)
    assert (made.member, made.ruling, made.declared_by) == ("m2", Ruling.PENDING, sitting.board.people["m2"])
    assert quorum_on(sitting, second).represented == 6
    with pytest.raises(RuleBroken, match="allerede oplyst"):
        declared(sitting)
    rule(sitting, made, barred=False)
    assert quorum_on(sitting, second).represented == 7
    ruled = rule(sitting, made, barred=True, words="Nært tilknyttet")
    assert (ruled.ruling, ruled.ruling_text, ruled.ruled_at) == (Ruling.BARRED, "Nært tilknyttet", NOON)
    entry = json.loads(Entry.objects.get(event="approval.disqualification_declared").data)
    assert personal_value(entry["ground"]) == "Egen aftale"
    assert entry["point"] == "4.2"
    assert Entry.objects.filter(event="approval.disqualification_ruled").count() == 2


def test_by_the_rules_a_declaration_may_bar_nobody_before_the_ruling(sitting):
    rules(sitting, barred_from="ruled")
    made = declared(sitting)
    assert quorum_on(sitting, sitting.points[1]).represented == 7
    rule(sitting, made, barred=True)
    assert quorum_on(sitting, sitting.points[1]).represented == 6


def test_what_can_not_be_declared_or_ruled_on_is_refused(sitting):
    second = sitting.points[1]
    with pytest.raises(RuleBroken, match="aldrig oplyst"):
        rule_on_disqualification(declared=0, barred=True, **of(sitting))
    with pytest.raises(RuleBroken, match="få sætninger"):
        note(sitting, second, "m2", "  ")
    for stranger in (sitting.board.secretary.pk, uuid.uuid4()):
        with pytest.raises(RuleBroken, match="ikke en plads"):
            note_disqualification(point=second.pk, person=stranger, ground="x", **of(sitting))
    with pytest.raises(RuleBroken, match="ikke sådan et punkt"):
        note_disqualification(point=0, person=sitting.board.people["m2"].pk, ground="x", **of(sitting))
    step(sitting, second, "withdraw", "x")
    with pytest.raises(RuleBroken, match="Punktet er afsluttet"):
        declared(sitting)
    assert not Disqualification.objects.exists()


def test_a_member_declares_before_the_meeting(board, called):
    point = called.points.get(number=2)
    declare_disqualification(
        case=board.case, meeting="second", point=point.pk, ground="Egen aftale", by=board.people["m2"], at=NOON
    )
    assert Disqualification.objects.get().member == "m2"
