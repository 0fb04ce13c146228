"""Open a round, or a board's meeting, in a fresh database and tell how to get in. Run in a process of its own.

Run: .venv/bin/python bench/faults/prepare.py STATEMENTS, or: prepare.py board POINTS
"""

import datetime
import json
import sys
from pathlib import Path
from typing import Any

import django


def a_round(statements: int) -> dict[str, Any]:
    """Add a round with so many statements, open it, invite to it, and return token, reference and statements."""
    from django.utils import timezone

    from conversation.live import link, make_round
    from fremsyn.cases.models import Case

    at, case = timezone.now(), Case.objects.get()
    texts = [
        (f"Udsagn nummer {n} om det fælles.", f"Statement number {n} on what is shared.") for n in range(statements)
    ]
    round_ = make_round(case, at=at, texts=texts, perspective=None)
    refs = list(
        round_.item.outgoing.filter(field="statements").order_by("position").values_list("to_item__ref", flat=True)
    )
    return {"token": link(round_, at=at, cap=10_000), "round": round_.item.ref, "statements": refs, "slug": case.slug}


def a_meeting(points: int) -> dict[str, Any]:
    """Seat the body, put so many points to the vote with all present, and return each member's session."""
    from django.test import Client
    from django.utils import timezone

    from fremsyn.approval.ballots.operations import put_to_vote
    from fremsyn.approval.handover import load, remove_board
    from fremsyn.approval.models import MeetingRun, PointRun, Presence, Seat
    from fremsyn.cases.models import Case, Membership
    from fremsyn.people.operations import register_person

    at, case = timezone.now(), Case.objects.get()
    remove_board(case)
    body = load(case).body
    sessions: dict[str, str] = {}
    for member in (each.id for each in body.members if each.votes):
        person = register_person(username=member, name=f"Medlem {member}", password=None, at=at)
        Membership.objects.create(case=case, person=person, role="board")
        Seat.objects.create(case=case, member=member, person=person, since=case.as_of - datetime.timedelta(days=1))
        browser = Client()
        browser.force_login(person)
        sessions[member] = browser.cookies["fremsyn_session"].value
    run = MeetingRun.objects.create(case=case, meeting="second", state="open", noticed_at=at, opened_at=at)
    for position in range(1, points + 1):
        text = {"da": f"at punkt {position} vedtages", "en": f"that point {position} is adopted"}
        point = PointRun.objects.create(
            run=run, position=position, agenda_item=1, number=position, kind="decision", text=text, state="on"
        )
        Presence.objects.bulk_create(Presence(point=point, member=each, state="in", noted_at=at) for each in sessions)
        put_to_vote(point=point, by=None, at=at)
    return {"slug": case.slug, "points": points, "sessions": sessions}


def main(what: str, *rest: str) -> None:
    """Prepare what is asked for, and print how to get in as JSON."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    django.setup()
    sys.stdout.write(json.dumps(a_meeting(int(*rest)) if what == "board" else a_round(int(what))))


if __name__ == "__main__":
    main(*sys.argv[1:])
