"""Reads of votings, shaped for their pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from fremsyn.approval.ballots import words
from fremsyn.approval.ballots.differing import Difference, difference
from fremsyn.approval.ballots.held import voters
from fremsyn.approval.ballots.operations.casting import acts
from fremsyn.approval.ballots.operations.dissenting import may_write
from fremsyn.approval.ballots.operations.written import waited_for
from fremsyn.approval.meeting.attendance import Attendance, attendance, present_at
from fremsyn.approval.meeting.crumbs import meeting_crumbs
from fremsyn.approval.meeting.ruling import may_take_back, unruled_words
from fremsyn.approval.meeting.seats import leads, places, seat_of
from fremsyn.approval.meeting.state import body_of, moment_of
from fremsyn.approval.models import (
    Amendment,
    AmendmentState,
    Ballot,
    MeetingKind,
    MeetingRun,
    MeetingState,
    PointKind,
    PointRun,
    PointState,
    Ruling,
    Voting,
    VotingOutcome,
)
from fremsyn.approval.paper.late import Late, Otherwise, late_words, otherwise
from fremsyn.approval.schema import Body, Member
from fremsyn.approval.states import ENDED
from fremsyn.cases.access import Visit

MARKS = ("for", "against", "abstain", "none", "out")


@dataclass(frozen=True)
class SeatMark:
    """A member in the row of seats: `mark` is for, against, abstain, cast, none or out."""

    member: Member
    mark: str
    letter: str


@dataclass(frozen=True)
class VotingRow:
    """A voting with its row of seats; how anybody voted is not in it before the count."""

    voting: Voting
    seats: tuple[SeatMark, ...]
    result: str
    decided_by: str
    turnout: str
    because: str
    told: bool = False

    @property
    def by_vote(self) -> list[tuple[str, list[Member]]]:
        """Return the members by what they voted, where it is told by name."""
        found = {mark: [each.member for each in self.seats if each.mark == mark] for mark in MARKS}
        return [(mark, members) for mark, members in found.items() if members]


@dataclass(frozen=True)
class AmendmentRow:
    """An amendment, whose it is, and how it differs from the words that were sent out."""

    amendment: Amendment
    member: Member | None
    difference: Difference


@dataclass(frozen=True)
class Table:
    """What shows of the votings on a point, to whoever may see it."""

    point: PointRun
    rows: tuple[VotingRow, ...]
    amendments: tuple[AmendmentRow, ...]
    text: Mapping[str, str]
    changed: Difference
    quorate: bool
    needed: int
    unruled: str
    late: Otherwise | None

    @property
    def latest(self) -> VotingRow | None:
        """Return the voting that is open, else the last one."""
        return self.rows[-1] if self.rows else None

    @property
    def earlier(self) -> tuple[VotingRow, ...]:
        """Return the votings before the one that is open or was the last."""
        return self.rows[:-1]

    @property
    def open(self) -> VotingRow | None:
        """Return the voting that is open."""
        return self.latest if self.latest and not self.latest.voting.closed_at else None

    @property
    def amending(self) -> AmendmentRow | None:
        """Return the amendment that is being voted on; None where it is the point itself."""
        number = self.open.voting.amendment_id if self.open else None
        return next((each for each in self.amendments if each.amendment.pk == number), None)

    @property
    def waiting(self) -> tuple[AmendmentRow, ...]:
        """Return the amendments that have not been dealt with."""
        return tuple(each for each in self.amendments if each.amendment.state == AmendmentState.PROPOSED)

    @property
    def may_be_put(self) -> bool:
        """Tell whether the point or an amendment to it can be put to the vote now."""
        on = self.point.state == PointState.ON and self.point.run.state == MeetingState.OPEN
        return on and self.point.kind == PointKind.DECISION

    @property
    def may_be_amended(self) -> bool:
        """Tell whether members may propose amendments to the point."""
        before = self.point.state in (PointState.ON, PointState.WAITING)
        return before and self.point.kind == PointKind.DECISION and self.point.run.state == MeetingState.OPEN

    @property
    def may_be_held_again(self) -> bool:
        """Tell whether what was voted on last can be voted on again."""
        over = self.point.state in (PointState.WITHDRAWN, PointState.DEFERRED, PointState.WAITING)
        again = self.point.state != PointState.ON or bool(
            self.latest and self.latest.voting.amendment and self.latest.voting.outcome != VotingOutcome.STRUCK
        )
        return bool(self.rows) and not over and again and self.point.run.state == MeetingState.OPEN


def with_votings(points: QuerySet[PointRun]) -> QuerySet[PointRun]:
    """Fetch what a table of each of the points is made from, in a few queries for all of them."""
    return points.prefetch_related("votings__ballots", "votings__amendment", "amendments")


def table(body: Body, point: PointRun, present: Attendance, late: Late | None) -> Table:
    """Return what shows of the votings on a point.

    :param late: how the latest late material words the meeting's points
    """
    votings = sorted(point.votings.all(), key=lambda each: each.number)
    adopted = [each.amendment for each in votings if each.outcome == VotingOutcome.ADOPTED and each.amendment]
    text = next((each.text for each in reversed(adopted) if each.state == AmendmentState.ADOPTED), point.text)
    members = {each.id: each for each in body.members}
    amendments = sorted(point.amendments.all(), key=lambda each: each.number)
    return Table(
        point,
        tuple(voting_row(body, voting, present) for voting in votings),
        tuple(AmendmentRow(each, members.get(each.member), difference(point.text, each.text)) for each in amendments),
        text,
        difference(point.text, text),
        present.quorum.met,
        present.quorum.needed,
        unruled_words(body, present) if point.state not in ENDED else "",
        otherwise(point, text, late),
    )


def voting_row(body: Body, voting: Voting, present: Attendance) -> VotingRow:
    """Return a voting with its row of seats; how members voted shows after the count, where the body tells it by name."""
    given = {ballot.member: ballot.value for ballot in voting.ballots.all()}
    counted = voting.outcome not in ("", VotingOutcome.STRUCK)
    given = {member: value for member, value in given.items() if member not in voting.count.get("set_aside", ())}
    told = counted and body.ballots == "by_name"
    barred = set(voting.count["barred_members"]) if counted else present.barred
    part = set(voting.count["members"]) if counted else _expected(body, voting, present) | set(given)
    marks = []
    for member in (each for each in body.members if each.votes):
        mark = (given[member.id] if told else "cast") if member.id in given else "none"
        mark = "out" if member.id in barred or member.id not in part else mark
        marks.append(SeatMark(member, mark, words.letter(mark)))
    expected = [each for each in marks if each.mark != "out"]
    cast = sum(each.mark != "none" for each in expected)
    why = words.decided_by(voting.count) if counted else ""
    turnout = words.turnout(cast, len(expected))
    return VotingRow(voting, tuple(marks), words.result(voting), why, turnout, words.again(voting), told)


def _expected(body: Body, voting: Voting, present: Attendance) -> set[str]:
    if voting.point.run.kind == MeetingKind.WRITTEN:
        return set(voters(body))
    return set(present.taking_part)


@dataclass(frozen=True)
class Mine:
    """What a person is at a point: the member they act for, and the ballot that they gave for that member.

    `taken` is where somebody else gave one before, who sat in the seat then; `takes_back` where they have declared a
    disqualification that the body has not ruled on.
    """

    member: Member | None
    barred: bool
    present: bool
    ballot: Ballot | None
    pending: bool = False
    taken: bool = False
    takes_back: bool = False

    @property
    def may_vote(self) -> bool:
        """Tell whether a ballot would be taken from this person."""
        given = self.ballot or self.taken
        return bool(self.member and self.member.votes and self.present and not self.barred and not given)


def mine(visit: Visit, body: Body, point: PointRun, present: Attendance, voting: Voting | None) -> Mine:
    """Return what a person is at a point; with no member where they hold no seat that votes there."""
    members = {each.id: each for each in body.members}
    seat = seat_of(visit.case, visit.person, visit.case.as_of)
    barred, declared = present.closed_to(seat), present.of(seat)
    pending = declared is not None and declared.ruling == Ruling.PENDING
    back = may_take_back(declared, visit.person, point)
    if seat is None or seat.member not in members or not acts(seat, seat.member, present):
        return Mine(None, barred, False, None, pending, takes_back=back)
    ballots = voting.ballots.all() if voting else ()
    ballot = next((each for each in ballots if each.member == seat.member), None)
    there = point.run.kind == MeetingKind.WRITTEN or seat.member in present.taking_part
    own = ballot if ballot and ballot.cast_by_id == visit.person.pk else None
    return Mine(members[seat.member], barred, there, own, pending, ballot is not None and own is None, back)


def found(visit: Visit, meeting: str, position: int) -> PointRun:
    """Return a point of a meeting that a page is about.

    :raises Http404: when there is none
    """
    points = PointRun.objects.filter(run__case=visit.case, run__meeting=meeting, position=position)
    point = with_votings(points.select_related("run__case", "item")).first()
    if point is None:
        raise Http404
    return point


def own_ballots(visit: Visit, shown: Table) -> list[Ballot]:
    """Return the ballots that a person gave in the votings on a point that are over, the latest first."""
    over = [row.voting for row in reversed(shown.rows) if row.voting.closed_at]
    return [each for voting in over for each in voting.ballots.all() if each.cast_by_id == visit.person.pk]


def coming(point: PointRun) -> PointRun | None:
    """Return the point that is dealt with after one that has ended: the next that has not, else the first of those left."""
    if point.state not in ENDED:
        return None
    left = list(point.run.points.exclude(state__in=ENDED))
    return next((each for each in left if each.position > point.position), left[0] if left else None)


def point_page(visit: Visit, point: PointRun) -> dict[str, Any]:
    """Return what the page of a point's votings shows to a person."""
    body = body_of(visit.case)
    present = present_at(body, point)
    shown = table(body, point, present, late_words(point.run))
    me = mine(visit, body, point, present, shown.open.voting if shown.open else None)
    closed = me.barred or bool(point.item and point.item.ref not in visit.entries)
    dissents = {each.member: each for each in point.dissents.all()}
    return {
        "visit": visit,
        "crumbs": meeting_crumbs(visit, point.run.meeting),
        "body": body,
        "point": point,
        "run": point.run,
        "table": shown,
        "mine": me,
        "closed": closed,
        "pending": me.pending,
        "takes_back": me.takes_back,
        "receipts": own_ballots(visit, shown),
        "coming": coming(point) if leads(visit) else None,
        "dissents": [(each, dissents[each.id]) for each in body.members if each.id in dissents],
        "declare": f"{reverse('approval:meeting_declare', args=[visit.case.slug, point.run.meeting])}?point={point.pk}",
        "may_declare": point.state not in ENDED and point.run.state in (MeetingState.NOTICED, MeetingState.OPEN),
        "may_write": bool(me.member) and may_write(point),
    }


@dataclass(frozen=True)
class WrittenRow:
    """A point of a written procedure: its table, and the ballot of whoever looks."""

    point: PointRun
    table: Table
    mine: Mine


def written_page(visit: Visit, run: MeetingRun) -> dict[str, Any]:
    """Return what the page of a written procedure shows to a person."""
    body, at = body_of(visit.case), timezone.now()
    points = list(with_votings(run.points.select_related("item")))
    seats = places(visit.case, visit.case.as_of)
    found = attendance(body, points, seats)
    rows, late = [], late_words(run)
    for point in points:
        point.run = run
        shown = table(body, point, found[point.pk], late)
        voting = shown.latest.voting if shown.latest else None
        rows.append(WrittenRow(point, shown, mine(visit, body, point, found[point.pk], voting)))
    seat = seat_of(visit.case, visit.person, visit.case.as_of)
    over = bool(run.deadline and moment_of(visit.case, at) > run.deadline)
    left = waited_for(run) if run.state == MeetingState.OPEN else frozenset()
    return {
        "visit": visit,
        "crumbs": meeting_crumbs(visit, run.meeting),
        "body": body,
        "run": run,
        "rows": rows,
        "alternates": any(each.alternate for each in seats.values()),
        "seated": seat is not None and not seat.alternate,
        "left": [each for each in body.members if each.id in left],
        "due": run.state == MeetingState.OPEN and (over or not left),
    }
