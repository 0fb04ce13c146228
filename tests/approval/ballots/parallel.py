"""Fifty identical ballots at the same moment, each on a connection of its own; a program of its own on a SQLite file.

Run on an empty database: `python parallel.py FOLDER`, with a case written in FOLDER. It prints what came of it as JSON.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from pathlib import Path

MANY = 50


def cast_at_once(voting: int, member: str, person: object) -> list[str]:
    """Cast the same ballot from many threads, and return the receipts, or what was raised instead."""
    from django.db import connection

    from fremsyn.approval.ballots.operations import cast_ballot
    from fremsyn.approval.models import Voting
    from fremsyn.people.models import Person

    ready = threading.Barrier(MANY, timeout=30)
    answers: list[str] = []

    def press() -> None:
        from django.utils import timezone

        me, put = Person.objects.get(pk=person), Voting.objects.get(pk=voting)
        ready.wait()
        try:
            receipt = cast_ballot(voting=put, member=member, value="for", by=me, at=timezone.now())
            answers.append(receipt.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _each in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def main(folder: Path) -> dict[str, object]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    import django

    django.setup()
    from django.utils import timezone

    from fremsyn.approval.ballots.checking import check_ballots
    from fremsyn.approval.ballots.operations import put_to_vote
    from fremsyn.approval.models import Ballot, MeetingRun, PointRun, Presence, Seat
    from fremsyn.cases.models import Membership
    from fremsyn.chain.folder import read_folder
    from fremsyn.chain.operations import import_case
    from fremsyn.people.models import Person
    from fremsyn.people.roles import Role

    content, now = read_folder(folder).content, timezone.now()
    assert content
    case = import_case(content=content, slug="lille", by=None, at=now)
    me = Person.objects.create(username="chair", name="Formand", joined_at=now)
    Membership.objects.create(case=case, person=me, role=Role.BOARD)
    Seat.objects.create(case=case, member="chair", person=me, since=case.as_of)
    run = MeetingRun.objects.create(case=case, meeting="second", state="open", noticed_at=now, opened_at=now)
    point = PointRun.objects.create(
        run=run, position=1, agenda_item=3, number=1, kind="decision", text={"da": "at dørene åbnes"}, state="on"
    )
    Presence.objects.create(point=point, member="chair", state="in", noted_at=now)
    voting = put_to_vote(point=point, by=None, at=now)
    answers = cast_at_once(voting.pk, "chair", me.pk)
    return {
        "answered": len(answers),
        "receipts": len(set(answers)),
        "ballots": Ballot.objects.count(),
        "fault": str(check_ballots()[1]),
    }


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
