"""The body rules on what was declared before the point is decided: what is refused, and where the ruling stands."""

from __future__ import annotations

import pytest
from django.urls import reverse

from approval.meeting.test_views import page, text_of
from conftest import NOON
from fremsyn.approval.ballots.operations import count_voting, put_to_vote
from fremsyn.approval.meeting.operations.disqualifying import declare_disqualification, rule_on_disqualification
from fremsyn.approval.meeting.operations.holding import step_point
from fremsyn.approval.meeting.ruling import Unruled
from fremsyn.approval.models import PointRun, Ruling


@pytest.mark.parametrize(
    ("code", "words"), [("da", "Habiliteten er ikke afgjort: Næstformand."), ("en", "It is not ruled on")]
)
def test_a_voting_is_not_counted_before_the_body_has_ruled_and_the_screen_leads_to_the_ruling(sitting, code, words):
    board, point = sitting.board, sitting.points[0]
    client = board.client("secretary")
    client.cookies["fremsyn_language"] = code
    of = {"case": board.case, "meeting": "second", "by": board.people["m2"], "at": NOON}
    PointRun.objects.filter(pk=point.pk).update(state="on", began_at=NOON)
    voting = put_to_vote(point=point, by=board.secretary, at=NOON)
    made = declare_disqualification(point=point.pk, ground="Egen aftale", **of)

    count = {"action": "count", "voting": voting.number, "sure": "1"}
    lead = reverse("approval:point_lead", args=["kombit", "second", point.position])
    refused = client.post(lead, count)
    run = page("approval:meeting_run", "second")
    assert refused["Location"] == f"{run}?point={point.pk}#ruling"
    screen = client.get(f"{run}?point={point.pk}").content.decode()
    assert words in screen
    assert screen.index('id="ruling"') < screen.index('id="focus"')
    assert 'value="count"' not in screen
    assert PointRun.objects.get(pk=point.pk).state == "voting"
    with pytest.raises(Unruled):
        count_voting(voting=voting, by=board.secretary, at=NOON)

    rule_on_disqualification(declared=made.pk, barred=True, **of)
    screen = client.get(f"{run}?point={point.pk}").content.decode()
    assert ('id="ruling"' in screen, 'value="count"' in screen) == (False, True)
    assert client.post(lead, count).status_code == 302
    assert PointRun.objects.get(pk=point.pk).state in {"adopted", "rejected", "fell"}


def test_the_quorum_tells_who_is_not_counted_as_the_ruling_waits(sitting):
    point = sitting.points[0]
    sitting.disqualify(point, "m2", Ruling.PENDING)
    seen = text_of(sitting.board.client("m3"), page("approval:meeting", "second"))
    assert "Ikke medregnet, mens habiliteten ikke er afgjort: Næstformand" in seen
    assert "Ikke medregnet, da inhabil" not in seen


def test_a_point_that_is_talked_about_is_not_concluded_before_the_ruling(sitting):
    point = sitting.points[0]
    PointRun.objects.filter(pk=point.pk).update(kind="information", state="on", began_at=NOON)
    sitting.disqualify(point, "m2", Ruling.PENDING)
    of = {"case": sitting.board.case, "meeting": "second", "by": sitting.board.secretary, "at": NOON}
    with pytest.raises(Unruled):
        step_point(point=point.pk, step="conclude", **of)
    step_point(point=point.pk, step="defer", why="Afgøres næste gang", **of)
