"""A case that anybody may try out, in every role."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.cases.operations import add_member
from fremsyn.chain.content import CaseContent
from fremsyn.chain.demonstration_board import seat_board
from fremsyn.chain.operations import Progress, import_case, remove_case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Demonstration, Person
from fremsyn.people.operations import make_demonstration
from fremsyn.people.roles import Role


@transaction.atomic
def make_demonstration_case(*, content: CaseContent, at: datetime, progress: Progress) -> Case:
    """Store a case for trying out, with one invented person in each role and each seat of the board, whose next meeting is
    called; an earlier one of its name goes.

    The database is marked as a demonstration, so that it can't be taken for anything else.

    :raises RuleBroken: in a database that somebody works in
    """
    if not Demonstration.objects.exists() and (Person.objects.exists() or Case.objects.exists()):
        raise RuleBroken(
            _(
                "This database is in use. A demonstration needs one of its own: choose it with DATABASE_URL or FREMSYN_DATA."
            )
        )
    people = make_demonstration(at=at)
    earlier = Case.objects.filter(slug=content.case.slug).first()
    if earlier:
        progress("removing the earlier one")
        remove_case(case=earlier, by=None, at=at)
    case = import_case(content=content, slug=content.case.slug, by=None, at=at, progress=progress)
    for role, person in people.items():
        add_member(slug=case.slug, person=person, role=role, by=None, at=at)
    progress("calling the board's meeting")
    seat_board(case=case, member=people[Role.BOARD], by=people[Role.FACILITATOR], at=at)
    return case
