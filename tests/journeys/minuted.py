"""Seats the demonstration's people, holds a meeting over the paper's points and drafts its minutes; run on a site's data folder."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "fremsyn.config.settings")
    import django

    django.setup()
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


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))
    main()
