"""A demonstration takes no database that somebody works in."""

import datetime

import pytest

from fremsyn.approval.models import MeetingRun, Seat
from fremsyn.cases.models import Case, Membership
from fremsyn.chain.demonstration import make_demonstration_case
from fremsyn.chain.operations import remove_case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Demonstration, DemonstrationSeat, Person

AT = datetime.datetime(2026, 11, 27, 12, tzinfo=datetime.UTC)


def test_a_database_in_use_is_refused_and_stays_as_it_was(kombit, kombit_content):
    with pytest.raises(RuleBroken, match="i brug"):
        make_demonstration_case(content=kombit_content, at=AT, progress=lambda _step: None)

    assert Case.objects.get() == kombit
    assert kombit.memberships.count() == 8
    assert not Demonstration.objects.exists()


def test_a_demonstration_is_made_anew_in_its_own_database(kombit, kombit_content):
    remove_case(case=kombit, by=None, at=AT)
    Person.objects.all().delete()
    first = make_demonstration_case(content=kombit_content, at=AT, progress=lambda _step: None)

    again = make_demonstration_case(content=kombit_content, at=AT, progress=lambda _step: None)

    assert Case.objects.get() == again != first
    assert Membership.objects.filter(case=again).count() == 8 + 6
    assert Seat.objects.filter(case=again, person__name__endswith="(demonstration)").count() == 7
    titles = [each.title["da"] for each in DemonstrationSeat.objects.order_by("pk")]
    assert (titles[:2], len(titles)) == (["Bestyrelsesformand", "Næstformand"], 7)
    run = MeetingRun.objects.get(case=again)
    assert (run.meeting, run.state, run.points.count(), run.material.count()) == ("second", "noticed", 6, 1)
