"""Who sits where: the seats that are held on a day, and what somebody may do for one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q
from django.utils import timezone

from fremsyn.approval.handover import load
from fremsyn.approval.models import Seat
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case, in_force
from fremsyn.cases.rights import Right
from fremsyn.people.models import Person
from fremsyn.people.roles import Role


@dataclass(frozen=True)
class Place:
    """A member's place: who holds it and who stands in; None where nobody does."""

    holder: Person | None = None
    alternate: Person | None = None

    @property
    def people(self) -> tuple[Person, ...]:
        """Return who they are, the holder first."""
        return tuple(each for each in (self.holder, self.alternate) if each is not None)


def held_on(day: date) -> Q:
    """Return the condition that a seat is held on a day by somebody who is in the case as a member of the body."""
    term = Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))
    inside = Q(person__memberships__case=F("case"), person__memberships__role=Role.BOARD)
    return term & inside & in_force(timezone.localdate(), "person__memberships__")


def places(case: Case, day: date) -> Mapping[str, Place]:
    """Return who sits where on a day, by the member's id; a member whose seat nobody holds is not there."""
    found: dict[str, dict[bool, Person]] = {}
    for seat in Seat.objects.filter(held_on(day), case=case).select_related("person"):
        found.setdefault(seat.member, {})[seat.alternate] = seat.person
    return {member: Place(at.get(False), at.get(True)) for member, at in found.items()}


def seated_people(case: Case, day: date) -> list[Person]:
    """Return everybody who holds a seat on a day or stands in for whoever does."""
    return list({each.pk: each for place in places(case, day).values() for each in place.people}.values())


def seat_of(case: Case, person: Person, day: date) -> Seat | None:
    """Return the seat that somebody holds, or stands in for, on a day."""
    return Seat.objects.filter(held_on(day), case=case, person=person).first()


def in_chair(case: Case, person: Person, day: date) -> bool:
    """Tell whether somebody holds the seat of the member in the chair."""
    body = load(case).body
    seat = seat_of(case, person, day) if body else None
    return bool(body and seat and seat.member == body.leader and not seat.alternate)


def leads(visit: Visit) -> bool:
    """Tell whether somebody may lead the body's meetings: whoever serves it, and the member in the chair."""
    return visit.may(Right.SERVE) or (visit.may(Right.VOTE) and in_chair(visit.case, visit.person, visit.case.as_of))
