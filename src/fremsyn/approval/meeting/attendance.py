"""Who takes part in a point, who is barred from it, and whether the body is quorate on it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from fremsyn.approval import counting
from fremsyn.approval.meeting.seats import Place, places
from fremsyn.approval.models import Disqualification, MeetingKind, PointRun, Presence, PresenceState, Ruling, Seat
from fremsyn.approval.schema import Body
from fremsyn.approval.states import ENDED
from fremsyn.people.models import Person

TAKING_PART = frozenset({PresenceState.IN, PresenceState.REMOTE, PresenceState.REPRESENTED})
Seats = Mapping[str, Place]


@dataclass(frozen=True)
class Attendance:
    """A point's attendance: how each member takes part, who is barred, and the quorum that comes of it.

    A disqualification is of a person. `barring` are those that close the point by now, and `out` those of them whose person
    sits there: a member whose alternate has stepped in is none of them, as long as nothing bars the alternate.
    """

    states: Mapping[str, str]
    taking_part: frozenset[str]
    disqualified: tuple[Disqualification, ...]
    barring: tuple[Disqualification, ...]
    out: tuple[Disqualification, ...]
    quorum: counting.Quorum

    @property
    def barred(self) -> frozenset[str]:
        """Return the ids of the members in whose seat somebody sits who is barred."""
        return frozenset(each.member for each in self.out)

    @property
    def unruled(self) -> tuple[Disqualification, ...]:
        """Return what was declared and the body has still to rule on."""
        return tuple(each for each in self.disqualified if each.ruling == Ruling.PENDING)

    def of(self, seat: Seat | None) -> Disqualification | None:
        """Return what was declared of somebody who has a seat."""
        return next((each for each in self.disqualified if seat and each.is_of(seat.person_id, seat.member)), None)

    def closed_to(self, seat: Seat | None) -> bool:
        """Tell whether the point is closed to somebody who has a seat."""
        return self.of(seat) in self.barring

    def shuts_out(self, member: str, by: Person | None) -> bool:
        """Tell whether what somebody does for a member counts for nothing: whoever sits there is barred, or they are."""
        return member in self.barred or any(by and each.is_of(by.pk, member) for each in self.barring)


def present_at(body: Body, point: PointRun) -> Attendance:
    """Return how members take part in a point."""
    return attendance(body, [point], places(point.run.case, point.run.case.as_of))[point.pk]


def attendance(body: Body, points: Collection[PointRun], seats: Seats) -> dict[int, Attendance]:
    """Return the attendance of several points of one meeting, by the point's key, in two queries.

    As long as a point has not ended, a member whose seat nobody holds any more takes no part in it.

    :param seats: who sits where now
    """
    keys = [point.pk for point in points]
    states: dict[int, dict[str, str]] = {key: {} for key in keys}
    for presence in Presence.objects.filter(point__in=keys):
        states[presence.point_id][presence.member] = presence.state
    declared: dict[int, list[Disqualification]] = {key: [] for key in keys}
    for each in Disqualification.objects.filter(point__in=keys).order_by("declared_at", "pk"):
        declared[each.point_id].append(each)
    return {each.pk: _at(body, each, states[each.pk], tuple(declared[each.pk]), seats) for each in points}


def _at(
    body: Body, point: PointRun, states: Mapping[str, str], declared: tuple[Disqualification, ...], seats: Seats
) -> Attendance:
    sitting = None if point.state in ENDED else seats
    # In writing whoever votes takes part, by that alone: who votes for a seat is noted, no attendance.
    noted = states if point.run.kind == MeetingKind.MEETING else {}
    here = frozenset(member for member, state in noted.items() if state in TAKING_PART)
    here = here if sitting is None else here & frozenset(sitting)
    barring = tuple(each for each in declared if body.bars(each.ruling))
    out = sitting_out(barring, states, sitting)
    total = counting.quorum(body, barred={each.member for each in out}, taking_part=here)
    return Attendance(states, here, declared, barring, out, total)


def sitting_out(
    barring: Iterable[Disqualification], states: Mapping[str, str], seats: Seats | None = None
) -> tuple[Disqualification, ...]:
    """Return those disqualifications whose person sits in the member's seat at a point.

    :param barring: those that close the point
    :param states: how members take part: the alternate sits where the member is represented, else whoever holds the seat
    :param seats: who sits where now; None for a point that has ended, where it stands as what somebody was barred
    """
    return tuple(each for each in barring if _sits(each, states, seats))


def _sits(each: Disqualification, states: Mapping[str, str], seats: Seats | None) -> bool:
    represented = states.get(each.member) == PresenceState.REPRESENTED
    if each.person_id is None:
        return True
    if seats is None:
        return each.alternate == represented
    place = seats.get(each.member, Place())
    who = place.alternate if represented else place.holder
    return who is not None and who.pk == each.person_id
