"""Seats the demonstration's people, holds a meeting over the paper's points and drafts its minutes; run on a site's data folder.

With `sign` it takes in a signature of each signer on the minutes that were approved since.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path


def hold() -> None:
    """Hold the meeting and draft its minutes."""
    from django.utils import timezone

    from fremsyn.approval.minutes.operations.drafting import draft_minutes
    from fremsyn.approval.models import Dissent, MeetingRun
    from fremsyn.cases.models import Case
    from journeys import seated

    seated.main("meeting")
    now = timezone.now()
    run = MeetingRun.objects.get(meeting="second")
    for point in run.points.all():
        point.votings.all().delete()
        point.state, point.why, point.ended_at = "withdrawn", "Trukket tilbage af indstilleren", now
        point.save()
    Dissent.objects.create(point=run.points.get(position=1), member="m3", text="Det beklager jeg.", written_at=now)
    run.state, run.closed_at = "closed", now
    run.save()
    draft_minutes(case=Case.objects.get(slug="kombit-2035"), meeting="second", language="da", by=None, at=now)


def sign() -> None:
    """Take in each signer's own copy, as if it had been found signed."""
    from django.utils import timezone

    from fremsyn.approval.minutes.checking import Found
    from fremsyn.approval.minutes.operations.signing import take_signed
    from fremsyn.approval.models import Minutes, Seat

    minutes, now = Minutes.objects.get(), timezone.now()
    for number, member in enumerate(minutes.signers):
        name = Seat.objects.get(member=member).person.name
        found = (Found(name=name, signed_at=now, stamped=False, certificate_sha256=f"{number:064}", trusted=True),)
        case, copy = minutes.run.case, bytes(minutes.pdf or b"") + member.encode()
        take_signed(case=case, meeting=minutes.run.meeting, signed=copy, found=found, by=None, at=now)


def main(what: str = "hold") -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    import django

    django.setup()
    {"hold": hold, "sign": sign}[what]()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main(*sys.argv[1:])
