"""What those who lead a meeting do in it, and the pages on which they do, said shortly."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from approval.conftest import Sitting
from conftest import NOON
from fremsyn.approval.counting import Quorum
from fremsyn.approval.meeting.attendance import present_at
from fremsyn.approval.meeting.operations.disqualifying import (
    declare_disqualification,
    note_disqualification,
    rule_on_disqualification,
)
from fremsyn.approval.meeting.operations.holding import (
    step_point,
)
from fremsyn.approval.models import (
    Disqualification,
    PointRun,
)
from fremsyn.cases.editing.operations import change_thing


def of(sitting: Sitting, **given: Any) -> dict[str, Any]:
    return {"case": sitting.board.case, "meeting": "second", "by": sitting.board.secretary, "at": NOON} | given


def step(sitting: Sitting, point: PointRun, name: str, why: str = "", **given: Any) -> PointRun:
    return step_point(point=point.pk, step=name, why=why, **of(sitting, **given))


def taking_part(sitting: Sitting, point: PointRun) -> set[str]:
    return set(present_at(sitting.board.body, PointRun.objects.get(pk=point.pk)).taking_part)


def quorum_on(sitting: Sitting, point: PointRun) -> Quorum:
    return present_at(sitting.board.body, point).quorum


def note(sitting: Sitting, point: PointRun, who: str, ground: str = "Egen aftale") -> Disqualification:
    return note_disqualification(point=point.pk, person=sitting.board.people[who].pk, ground=ground, **of(sitting))


def rule(sitting: Sitting, made: Disqualification, *, barred: bool, words: str = "") -> Disqualification:
    return rule_on_disqualification(declared=made.pk, barred=barred, words=words, **of(sitting))


def rules(sitting: Sitting, **values: Any) -> None:
    """Change the body's rules of procedure."""
    change_thing(
        case=sitting.board.case, key="approval/body", version=None, values=values, meaning=False, by=None, at=NOON
    )


def declared(sitting: Sitting, member: str = "m2", point: int = 1) -> Disqualification:
    return declare_disqualification(
        case=sitting.board.case, meeting="second", point=sitting.points[point].pk, ground="Egen aftale",
        by=sitting.board.people[member], at=NOON,
    )  # fmt: skip


def page(name: str, *args: str, case: str = "kombit") -> str:
    return reverse(name, args=[case, *args])


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


def run_address(sitting: Sitting, number: int = 1) -> str:
    return f"{page('approval:meeting_run', 'second')}?point={sitting.points[number - 1].pk}"
