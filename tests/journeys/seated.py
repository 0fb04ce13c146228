"""Seats people of its own and opens a meeting over the six points of the paper; run on a site's data folder.

The board member of the demonstration holds the seat of m2. There are votings on points 1, 3 and 4, and an amendment to 2. With `written` the meeting is a written procedure.
"""

from __future__ import annotations

import datetime
import os
import sys


def main(kind: str) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from fremsyn.approval.ballots.operations import begin_written, propose_amendment, put_to_vote
    from fremsyn.approval.handover import load, remove_board
    from fremsyn.approval.models import MeetingRun, PointRun, Presence, Seat
    from fremsyn.cases.models import Case, Item, Membership
    from fremsyn.people.models import Person
    from fremsyn.people.operations import register_person

    case, now = Case.objects.get(slug="kombit-2035"), timezone.now()
    remove_board(case)
    approval, since = load(case), datetime.date(2026, 1, 1)
    assert approval.body
    assert approval.paper
    for member in approval.body.members:
        if member.id == "m2":
            person = Person.objects.get(username="demo-board")
        else:
            person = register_person(username=member.id, name=f"Medlem {member.id}", password=None, at=now)
            Membership.objects.create(case=case, person=person, role="board")
        Seat.objects.create(case=case, member=member.id, person=person, since=since)
    state = (
        {"state": "noticed", "deadline": now + datetime.timedelta(days=7)} if kind == "written" else {"state": "open"}
    )
    run = MeetingRun.objects.create(case=case, meeting="second", kind=kind, noticed_at=now, opened_at=now, **state)
    for position, point in enumerate(approval.paper.points, start=1):
        row = PointRun.objects.create(
            run=run, position=position, agenda_item=4, number=position, kind="decision",
            item=Item.objects.get(case=case, ref=point.ref), text={"da": point.text.da, "en": point.text.en},
            state="waiting" if kind == "written" else "on",
        )  # fmt: skip
        if kind == "meeting":
            Presence.objects.bulk_create(
                Presence(point=row, member=each.id, state="in", noted_at=now) for each in approval.body.members
            )
    if kind == "written":
        begin_written(run=run, by=None, at=now)
        return
    for position in (1, 3, 4):
        put_to_vote(point=run.points.get(position=position), by=None, at=now)
    second = run.points.get(position=2)
    text = {"da": second.text["da"].replace("godkendes", "tages til efterretning")}
    propose_amendment(point=second, member="m5", text=text, by=None, at=now)


if __name__ == "__main__":
    main(sys.argv[1])
