"""Reads of seats and meetings, shaped for their pages."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from fremsyn.approval.ballots.queries import Table, table, with_votings
from fremsyn.approval.handover import load
from fremsyn.approval.meeting.agenda import agenda_of, with_paper
from fremsyn.approval.meeting.attendance import Attendance, attendance
from fremsyn.approval.meeting.crumbs import meeting_crumbs
from fremsyn.approval.meeting.mail import can_mail, latest_told
from fremsyn.approval.meeting.ruling import closed_file, may_take_back
from fremsyn.approval.meeting.seats import Place, leads, places, seat_of
from fremsyn.approval.meeting.words import named_people, quorum_words, written_words
from fremsyn.approval.minutes.points import shut_points
from fremsyn.approval.models import (
    Disqualification,
    Material,
    MeetingKind,
    MeetingRun,
    MeetingState,
    PointKind,
    PointRun,
    PointState,
    Ruling,
    Seat,
)
from fremsyn.approval.paper.late import Late, late_words
from fremsyn.approval.schema import Body, Meeting, Member
from fremsyn.approval.states import ENDED
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Membership, Told
from fremsyn.cases.pages import crumbs
from fremsyn.cases.rights import Right
from fremsyn.people.models import Person
from fremsyn.people.roles import Role
from fremsyn.web.templatetags.say import say_plain

Page = dict[str, Any]


@dataclass(frozen=True)
class MeetingRow:
    """A meeting in the list: as it is planned, and how it goes; `run` is None until it is called."""

    meeting: Meeting
    run: MeetingRun | None
    state: str


@dataclass(frozen=True)
class MemberRow:
    """A member at a point: who has the seat, how they take part, and what was declared of whom.

    `barred` is where whoever sits there is disqualified by now; `free` are those with the seat of whom nothing was declared.
    """

    id: str
    role: Any
    place: Place
    state: str
    barred: bool
    declared: tuple[Disqualification, ...]
    free: tuple[Person, ...]

    @property
    def here(self) -> bool:
        """Tell whether the member takes part."""
        return self.state not in ("", "out")


@dataclass(frozen=True)
class PointRow:
    """A point of a meeting as somebody sees it; to a member who is barred from it, it is closed."""

    point: PointRun
    attendance: Attendance
    members: tuple[MemberRow, ...]
    quorum: str
    barred: str
    unruled: str
    closed: bool
    pending: bool
    takes_back: bool
    table: Table

    @property
    def ended(self) -> bool:
        """Tell whether the point has ended."""
        return self.point.state in ENDED

    @property
    def ruling_waits(self) -> bool:
        """Tell whether the body has still to rule on a disqualification here."""
        return not self.ended and bool(self.attendance.unruled)

    @property
    def can_be_ruled(self) -> bool:
        """Tell whether the body can rule on a disqualification here now."""
        return not self.ended and self.point.run.state == MeetingState.OPEN

    @property
    def decides(self) -> bool:
        """Tell whether the body decides the point."""
        return self.point.kind == PointKind.DECISION

    @property
    def falls(self) -> bool:
        """Tell whether it is being dealt with and can't be decided, as the body is not quorate on it."""
        return self.decides and self.point.state == PointState.ON and not self.attendance.quorum.met


def planned(visit: Visit, ident: str) -> Meeting:
    """Return a meeting that a page is about.

    :raises Http404: when the case has none of that id
    """
    found = next((each for each in load(visit.case).meetings if each.id == ident), None)
    if found is None:
        raise Http404
    return found


def run_of(visit: Visit, ident: str) -> MeetingRun | None:
    """Return how a meeting goes; None until it is called."""
    return MeetingRun.objects.filter(case=visit.case, meeting=ident).first()


def state_of(visit: Visit, meeting: Meeting, run: MeetingRun | None) -> str:
    """Return where a meeting stands; one that the case tells an outcome of, or whose day has passed, was held."""
    if run is not None:
        return run.state
    held = meeting.outcome is not None or meeting.date < visit.case.as_of
    return MeetingState.CLOSED if held else MeetingState.PLANNED


def meetings_page(visit: Visit) -> dict[str, Any]:
    """Return the list of the body's meetings, in order of their dates."""
    approval = load(visit.case)
    runs = {run.meeting: run for run in MeetingRun.objects.filter(case=visit.case)}
    rows = [
        MeetingRow(each, runs.get(each.id), str(MeetingState(state_of(visit, each, runs.get(each.id))).label))
        for each in sorted(approval.meetings, key=lambda one: one.date)
    ]
    return {
        "visit": visit,
        "heading": _("The board's meetings"),
        "crumbs": crumbs(visit, "approval"),
        "rows": rows,
        "body": approval.body,
        "secretary": visit.may(Right.SERVE),
    }


def meeting_page(visit: Visit, ident: str) -> dict[str, Any]:
    """Return what a meeting's page shows to whoever looks at it."""
    meeting, run, approval = planned(visit, ident), run_of(visit, ident), load(visit.case)
    state = state_of(visit, meeting, run)
    put = with_paper(approval, meeting)
    written = run is not None and run.kind == MeetingKind.WRITTEN
    rows = point_rows(visit, run, approval.body) if run and approval.body else ()
    return {
        "visit": visit,
        "heading": meeting.title,
        "crumbs": crumbs(visit, "approval", (_("Meetings"), reverse("approval:meetings", args=[visit.case.slug]))),
        "meeting": meeting,
        "body": approval.body,
        "run": run,
        "state": state,
        "state_words": MeetingState(state).label,
        "agenda": agenda_of(approval, meeting),
        "put": put,
        "put_points": visit.of_kind("board_point") if put else (),
        "rows": rows,
        "attended": not written and any(row.attendance.states for row in rows),
        "shut": shut_labels(visit, run) if run else (),
        "material": material(run),
        "leads": leads(visit),
        "secretary": visit.may(Right.SERVE),
        "inside": visit.may(Right.SERVE) or visit.role == Role.BOARD,
        "closed": closed_file(visit),
    }


def material(run: MeetingRun | None) -> list[Material]:
    """Return the packs that a meeting's members were sent, in order."""
    if run is None:
        return []
    return list(run.material.select_related("pack").defer("pack__content").order_by("sent_at", "pk"))


def point_rows(visit: Visit, run: MeetingRun, body: Body) -> tuple[PointRow, ...]:
    """Return a meeting's points as somebody sees them."""
    seats = places(visit.case, visit.case.as_of)
    found_ = with_votings(run.points.select_related("item"))
    points = [each for each in found_ if not (each.item and each.item.ref in visit.withheld)]
    if not visit.may(Right.CONFIDE):
        shut = shut_points(run)
        points = [each for each in points if each.pk not in shut]
    for point in points:
        point.run = run
    found = attendance(body, points, seats)
    seat = seat_of(visit.case, visit.person, visit.case.as_of) if visit.role == Role.BOARD else None
    late = late_words(run)
    return tuple(_row(visit, body, point, found[point.pk], seats, seat, late) for point in points)


def shut_labels(visit: Visit, run: MeetingRun) -> tuple[str, ...]:
    """Return the numbers of the points that are left out to somebody, as they are closed; none to the body."""
    if visit.may(Right.CONFIDE):
        return ()
    shut = shut_points(run)
    points = run.points.select_related("item")
    return tuple(each.label for each in points if each.pk in shut or (each.item and each.item.ref in visit.withheld))


def _row(
    visit: Visit,
    body: Body,
    point: PointRun,
    at: Attendance,
    seats: Mapping[str, Place],
    own: Seat | None,
    late: Late | None,
) -> PointRow:
    members = tuple(_member(each, point, at, seats.get(each.id, Place())) for each in body.members)
    out = named_people(body, (each for each in at.out if each not in at.unruled))
    waits = named_people(body, (each for each in at.out if each in at.unruled))
    closed = at.closed_to(own) or bool(point.item and point.item.ref in visit.closed)
    declared = at.of(own)
    pending = declared is not None and declared.ruling == Ruling.PENDING
    back = may_take_back(declared, visit.person, point)
    votings = table(body, point, at, late)
    said = turnout_of(votings) if point.run.kind == MeetingKind.WRITTEN else quorum_words(at.quorum)
    return PointRow(point, at, members, said, out, waits, closed, pending, back, votings)


def turnout_of(votings: Table) -> str:
    """Say how many have voted of those who may, and how many are needed, where a body decides in writing."""
    if votings.latest is None:
        return ""
    marks = [each.mark for each in votings.latest.seats if each.mark != "out"]
    return written_words(sum(mark != "none" for mark in marks), len(marks), votings.needed)


def _member(each: Member, point: PointRun, at: Attendance, place: Place) -> MemberRow:
    stands = each.id in at.taking_part or point.state in ENDED
    declared = tuple(one for one in at.disqualified if one.member == each.id)
    free = (who for who in place.people if not any(one.is_of(who.pk, each.id) for one in declared))
    state = at.states.get(each.id, "") if stands else ""
    return MemberRow(each.id, each.role, place, state, each.id in at.barred, declared, tuple(free))


def run_page(visit: Visit, ident: str, asked: str) -> dict[str, Any]:
    """Return what is needed to lead a meeting: its page, and the point that is looked at.

    :param asked: the key of the point that was asked for; the one being dealt with, else the next, where it is none
    """
    page = meeting_page(visit, ident)
    rows: tuple[PointRow, ...] = page["rows"]
    on = next((row for row in rows if row.point.state in (PointState.ON, PointState.VOTING)), None)
    coming = next((row for row in rows if not row.ended), None)
    focus = (
        next((row for row in rows if str(row.point.pk) == asked), None) or on or coming or (rows[-1] if rows else None)
    )
    return {
        **page,
        "crumbs": meeting_crumbs(visit, ident),
        "led_as": _led_as(page["run"], page["state"]),
        "focus": focus,
        "busy": on,
        "alternates": any(each.place.alternate for each in focus.members) if focus else False,
        "coming": _after(rows, focus),
        "left": [row for row in rows if not row.ended],
        "version": page["run"].version if page["run"] else 0,
    }


def _led_as(run: MeetingRun | None, state: str) -> str:
    """Return what the screen is called: nobody leads a meeting that is over, or goes on in writing."""
    over = state not in (MeetingState.PLANNED, MeetingState.NOTICED, MeetingState.OPEN)
    return _("The chair's page") if over or (run and run.kind == MeetingKind.WRITTEN) else _("Lead the meeting")


def _after(rows: tuple[PointRow, ...], focus: PointRow | None) -> PointRow | None:
    """Return the point that is dealt with after one: the next that has not ended, else the first of those left."""
    left = [row for row in rows if not row.ended and row is not focus]
    at = focus.point.position if focus else 0
    return next((row for row in left if row.point.position > at), left[0] if left else None)


def declare_page(visit: Visit, ident: str, asked: str) -> dict[str, Any]:
    """Return the points at which a member may still declare something.

    :param asked: the key of the point whose page the member came from
    """
    page = meeting_page(visit, ident)
    open_points = [row for row in page["rows"] if not row.ended and not row.closed]
    chosen = next((row.point.pk for row in open_points if str(row.point.pk) == asked), None)
    seat = seat_of(visit.case, visit.person, visit.case.as_of)
    page["crumbs"] = meeting_crumbs(visit, ident)
    of = {"point__run": page["run"], "declared_by": visit.person, "ruling": Ruling.PENDING}
    mine = Disqualification.objects.filter(**of).exclude(point__state__in=ENDED).select_related("point")
    page["declared"] = list(mine.order_by("point__position"))
    return {**page, "open_points": open_points if seat else [], "seat": seat, "chosen_point": chosen}


def as_it_stands(page: dict[str, Any]) -> dict[str, Any]:
    """Return when and where a meeting is, for the form that moves it, and the version that the page shows."""
    meeting, run = page["meeting"], page["run"]
    return {
        "version": run.version if run else None,
        "day": meeting.date,
        "begins": meeting.begins,
        "ends": meeting.ends,
        "place": say_plain(meeting.place),
    }


def told_page(visit: Visit, run: MeetingRun | None) -> dict[str, Any]:
    """Return who was told the latest of a meeting, for whoever serves the body."""
    latest = latest_told(run) if run and visit.may(Right.SERVE) else None
    told = (
        Told.objects.filter(case=visit.case, event=latest.event, about=latest.about) if latest else Told.objects.none()
    )
    rows = list(told.select_related("person").order_by("person__name"))
    waiting = [each for each in rows if each.mailed_at is None and each.person.email]
    return {"told": rows, "can_mail": can_mail(), "waiting": waiting}


def seats_page(visit: Visit) -> dict[str, Any]:
    """Return who sits in the body, has sat there and will."""
    body, today = load(visit.case).body, visit.case.as_of
    seats = list(Seat.objects.filter(case=visit.case).select_related("person").order_by("since", "pk"))
    return {
        "visit": visit,
        "heading": _("Seats and terms"),
        "crumbs": crumbs(visit, "approval", (_("Meetings"), reverse("approval:meetings", args=[visit.case.slug]))),
        "body": body,
        "rows": [(each, [seat for seat in seats if seat.member == each.id]) for each in (body.members if body else ())],
        "today": today,
    }


def seat_choices(visit: Visit) -> dict[str, list[tuple[str, str]]]:
    """Return the members' seats, and the people of the case who may have one."""
    body = load(visit.case).body
    people = Membership.objects.filter(case=visit.case, role=Role.BOARD).select_related("person")
    return {
        "members": [(each.id, say_plain(each.role)) for each in (body.members if body else ())],
        "people": sorted(
            ((str(each.person_id), f"{each.person.name} ({each.person.username})") for each in people),
            key=lambda choice: choice[1],
        ),
    }
