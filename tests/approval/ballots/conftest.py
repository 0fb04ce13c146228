"""A point in the middle of its voting."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from approval.conftest import Board, Sitting
from conftest import NOON
from fremsyn.approval.ballots.operations import Receipt, cast_ballot, put_to_vote
from fremsyn.approval.handover import load
from fremsyn.approval.models import PointRun, PointState, Voting
from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case
from fremsyn.people.confirming import KEY


@dataclass
class Room:
    """The meeting, with what is pressed in it."""

    sitting: Sitting

    @property
    def board(self) -> Board:
        return self.sitting.board

    def point(self, number: int = 1) -> PointRun:
        """Return a point that is being dealt with."""
        point = self.sitting.points[number - 1]
        PointRun.objects.filter(pk=point.pk, state=PointState.WAITING).update(state=PointState.ON, began_at=NOON)
        return PointRun.objects.get(pk=point.pk)

    def put(self, number: int = 1, **given: Any) -> Voting:
        return put_to_vote(point=self.point(number), by=self.board.secretary, at=NOON, **given)

    def cast(self, voting: Voting, member: str = "m2", value: str = "for", **given: Any) -> Receipt:
        asked = {"by": self.board.people[member], "at": NOON, **given}
        return cast_ballot(voting=voting, member=member, value=value, **asked)

    def put_clock(self, at: datetime.datetime) -> None:
        """Let something be written in the log at a time."""
        record("audit.tried", case=None, by=None, at=at)

    def all_cast(self, voting: Voting, **values: str) -> None:
        for member, value in values.items():
            self.cast(voting, member, value)


@pytest.fixture
def room(sitting: Sitting) -> Room:
    return Room(sitting)


@pytest.fixture
def rules() -> Callable[..., None]:
    """Change the body's rules of procedure: `rules(case, barred_from="ruled")`."""

    def change(case: Case, **values: Any) -> None:
        assert load(case).body
        change_thing(case=case, key="approval/body", version=None, values=values, meaning=False, by=None, at=NOON)

    return change


@pytest.fixture
def client_of(room):
    """Return a member's browser's stand-in that has signed in again a moment ago."""

    def signed_in(member, *, confirmed=True):
        client = room.board.client(member)
        if confirmed:
            person = room.board.secretary if member == "secretary" else room.board.people[member]
            session = client.session
            session[KEY] = [str(person.pk), timezone.now().isoformat()]
            session.save()
        return client

    return signed_in
