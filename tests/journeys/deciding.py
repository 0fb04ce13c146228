"""What the others of a board do while two of them are followed: take their seats, vote, and get through the agenda.

Run on a site's data folder: `deciding.py seat`, `deciding.py cast 1 m3=for m4=for`, `deciding.py finish`. The
demonstration's board member is in the chair (m1); the vice-chair (m2) signs in with `PASSWORD`.
"""

from __future__ import annotations

import datetime
import os
import sys
from typing import Any

VICE_CHAIR, PASSWORD = "naestformand", "kun til fremvisning 7"
HERE = ("m1", "m2", "m3", "m4")


def seat() -> None:
    """Give each of the seven seats a person."""
    from django.utils import timezone

    from fremsyn.approval.handover import load, remove_board
    from fremsyn.approval.models import SealedPack, Seat
    from fremsyn.cases.models import Case, Membership
    from fremsyn.people.models import Person
    from fremsyn.people.operations import register_person

    case, now = Case.objects.get(slug="kombit-2035"), timezone.now()
    remove_board(case)
    SealedPack.objects.filter(case=case).delete()
    body = load(case).body
    assert body
    for each in body.members:
        if each.id == "m1":
            person = Person.objects.get(username="demo-board")
        else:
            named = (VICE_CHAIR, PASSWORD) if each.id == "m2" else (each.id, None)
            person = register_person(username=named[0], name=f"Medlem {each.id}", password=named[1], at=now)
            Membership.objects.create(case=case, person=person, role="board")
        Seat.objects.create(case=case, member=each.id, person=person, since=datetime.date(2026, 1, 1))


def unseat() -> None:
    """Leave the body's seats empty and its meetings uncalled, with one person in the case to seat."""
    from fremsyn.approval.handover import remove_board
    from fremsyn.cases.models import Case, Membership

    remove_board(Case.objects.get(slug="kombit-2035"))
    Membership.objects.filter(person__username__startswith="demo-board-").delete()


def cast(position: str, *given: str) -> None:
    """Cast ballots, each told as `member=value`, in the voting that is open on a point."""
    from django.utils import timezone

    from fremsyn.approval.ballots.operations import cast_ballot
    from fremsyn.approval.models import Seat, Voting

    voting = Voting.objects.get(point__position=int(position), closed_at=None)
    for member, value in (each.split("=") for each in given):
        person = Seat.objects.get(member=member).person
        cast_ballot(voting=voting, member=member, value=value, by=person, at=timezone.now())


def finish() -> None:
    """Take up each point that is left, vote on it and count."""
    from django.utils import timezone

    from fremsyn.approval.ballots.operations import count_voting, put_to_vote
    from fremsyn.approval.meeting.operations.holding import step_point
    from fremsyn.approval.models import MeetingRun, PointRun, Seat

    run = MeetingRun.objects.select_related("case").get()
    of: dict[str, Any] = {"by": Seat.objects.get(member="m1").person, "at": timezone.now()}
    for point in run.points.filter(state="waiting"):
        step_point(case=run.case, meeting=run.meeting, point=point.pk, step="take_up", **of)
        voting = put_to_vote(point=PointRun.objects.get(pk=point.pk), **of)
        cast(str(point.position), *(f"{member}=for" for member in HERE))
        count_voting(voting=voting, **of)


def main(what: str, *given: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    import django

    django.setup()
    {"unseat": unseat, "seat": seat, "cast": cast, "finish": finish}[what](*given)


if __name__ == "__main__":
    main(*sys.argv[1:])
