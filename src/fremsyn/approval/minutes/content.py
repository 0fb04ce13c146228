"""What the minutes of a meeting say, read from the record: plain values in the language in use, for page and file alike."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Prefetch, Q
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.attendance import TAKING_PART
from fremsyn.approval.meeting.state import moment_of
from fremsyn.approval.meeting.words import named
from fremsyn.approval.minutes import words
from fremsyn.approval.minutes.points import Line, PointMinutes, point_minutes
from fremsyn.approval.models import (
    Ballot,
    Disqualification,
    Material,
    MeetingKind,
    MeetingRun,
    MeetingState,
    Minutes,
    PointKind,
    PointRun,
    PointState,
    Presence,
    PresenceState,
    Seat,
    Voting,
)
from fremsyn.approval.paper.closing import decided_points
from fremsyn.approval.schema import Body, Meeting
from fremsyn.approval.states import DECIDED, NOT_TAKEN_UP
from fremsyn.cases.models import Case
from fremsyn.core.text import Text
from fremsyn.web.clock import write_clock
from fremsyn.web.templatetags.say import listed, say_plain


@dataclass(frozen=True)
class Attendee:
    """A member, how they took part, and who sat in the seat; the name is empty in the public edition."""

    member: str
    role: Text
    how: str
    name: str = ""
    took_part: bool = True


@dataclass(frozen=True)
class MinutesContent:
    """The minutes of a meeting. `whole` is the body's own edition; `first` a first reading, which decides nothing."""

    meeting: str
    title: Text
    body: Text
    whole: bool
    first: bool
    facts: tuple[Line, ...]
    attendees: tuple[Attendee, ...]
    material: tuple[Line, ...]
    questions: tuple[Text, ...]
    points: tuple[PointMinutes, ...]
    opening: str
    closing: str

    def closed_to(self, refs: Collection[str]) -> "MinutesContent":
        """Return the minutes as a member reads them who is barred from some points."""
        why = _("This point is closed to you: you are disqualified on it.")
        points = (each.without(why) if each.ref and each.ref in refs else each for each in self.points)
        return replace(self, points=tuple(points))


def runs_for_minutes(case: Case) -> Iterator[MeetingRun]:
    """Yield the meetings of a case with all that their minutes are made from."""
    votings = Voting.objects.select_related("amendment").prefetch_related(
        Prefetch("ballots", Ballot.objects.order_by("entry"))
    )
    points = PointRun.objects.select_related("item").prefetch_related(
        Prefetch("presences", Presence.objects.order_by("member")),
        Prefetch("disqualifications", Disqualification.objects.order_by("declared_at", "pk")),
        Prefetch("votings", votings),
        "amendments",
        "dissents",
    )
    sent = Material.objects.select_related("pack").defer("pack__content").order_by("sent_at", "pk")
    runs = MeetingRun.objects.filter(case=case).select_related("case")
    yield from runs.prefetch_related(Prefetch("points", points), Prefetch("material", sent))


def content_of(minutes: Minutes, *, whole: bool) -> MinutesContent:
    """Return what the minutes of a meeting say now, in the language in use.

    :param whole: the body's own edition, with names and what is closed; else the public one, which lacks both
    """
    run = next(each for each in runs_for_minutes(minutes.run.case) if each.pk == minutes.run_id)
    approval = load(run.case)
    planned = next(each for each in approval.meetings if each.id == run.meeting)
    body = approval.body
    if body is None:
        raise ValueError(run.meeting)
    points = tuple(run.points.all())
    first = planned.reading == 1 and not any(each.kind == "decision" for each in points)
    decided = decided_points(run.case)
    said = tuple(
        point_minutes(each, approval, body, minutes.words, decided, whole=whole, first=first) for each in points
    )
    return MinutesContent(
        meeting=run.meeting,
        title=planned.title,
        body=body.name,
        whole=whole,
        first=first,
        facts=(*_facts(run, planned, body), *(() if whole else _lacking(said))),
        attendees=tuple(_attendees(run, planned, body, whole=whole)),
        material=tuple(_material(run)),
        questions=planned.questions if first else (),
        points=said,
        opening=minutes.words.get("opening", ""),
        closing=minutes.words.get("closing", ""),
    )


def _facts(run: MeetingRun, planned: Meeting, body: Body) -> Iterator[Line]:
    yield _("Body"), body.name
    yield _("Meeting"), planned.title
    yield _("Reading"), _("first reading") if planned.reading == 1 else _("second reading")
    in_writing = run.kind == MeetingKind.WRITTEN
    if in_writing:
        yield _("Form"), _("written procedure")
        yield _("Ballots until"), words.moment(run.deadline)
    else:
        hours = f"{write_clock(planned.begins)}\N{EN DASH}{write_clock(planned.ends)}"
        yield _("Day"), f"{date_format(planned.date, 'DATE_FORMAT')}, {hours}"
    for name, at in ((_("Began"), run.opened_at), (_("Ended"), run.closed_at)):
        if at:
            yield name, words.moment(moment_of(run.case, at))
    if planned.place and not in_writing:
        yield _("Place"), planned.place
    if body.leader and not in_writing:
        yield _("In the chair"), named(body, (body.leader,))
    if run.state == MeetingState.STOPPED:
        yield _("Stopped"), _("A member asked for a meeting.")
    if run.why:
        yield _("Short notice, or moved"), run.why


def _lacking(points: tuple[PointMinutes, ...]) -> Iterator[Line]:
    """Yield what the public edition lacks, in one line: nothing of what is closed but the points' numbers."""
    shut = [each.label for each in points if each.hidden]
    lacks = [_("The names of those who held the seats"), _("what was declared and ruled of a disqualification")]
    of_points = ngettext("what stands on point %(labels)s", "what stands on points %(labels)s", len(shut))
    lacks += [of_points % {"labels": listed(shut)}] if shut else []
    yield _("Left out"), f"{'; '.join(lacks)}."


def _attendees(run: MeetingRun, planned: Meeting, body: Body, *, whole: bool) -> Iterator[Attendee]:
    states = states_by_member(run, body)
    day = localdate(run.deadline) if run.kind == MeetingKind.WRITTEN else planned.date
    names = names_on(run.case, day) if whole else {}
    for member in body.members:
        mine = states[member.id]
        stood_in = PresenceState.REPRESENTED in mine.values()
        holder, alternate = (names.get((member.id, each), "") for each in (False, True))
        name = f"{holder} ({_('alternate')}: {alternate})" if stood_in and alternate else holder
        part = any(state in {*TAKING_PART, words.VOTED} for state in mine.values())
        yield Attendee(member.id, member.role, words.how(mine), name, part)


def states_by_member(run: MeetingRun, body: Body) -> dict[str, dict[str, str]]:
    """Return how each member took part in each point that was taken up, by the member's id and the point's number."""
    points = list(run.points.all())
    in_writing = run.kind == MeetingKind.WRITTEN
    taken_up = [each for each in points if each.state not in NOT_TAKEN_UP] or points
    if in_writing:  # an information is read there, and nobody votes on it
        taken_up = [each for each in taken_up if each.kind == PointKind.DECISION]
    found: dict[str, dict[str, str]] = {member.id: {} for member in body.members}
    for point in taken_up:
        noted = {each.member: each.state for each in point.presences.all()}
        cast = {each.member for voting in point.votings.all() for each in voting.ballots.all()}
        for member, states in found.items():
            if in_writing:
                voted = noted[member] if noted.get(member) == PresenceState.REPRESENTED else words.VOTED
                states[point.label] = voted if member in cast else words.GAVE_NONE
            else:
                states[point.label] = noted.get(member, PresenceState.OUT)
    return found


def names_on(case: Case, day: date) -> Mapping[tuple[str, bool], str]:
    """Return who sat where on a day: names by the member's id, and whether as alternate."""
    held = Seat.objects.filter(Q(until=None) | Q(until__gte=day), case=case, since__lte=day).select_related("person")
    return {(each.member, each.alternate): each.person.name for each in held}


def _material(run: MeetingRun) -> Iterator[Line]:
    for each in run.material.all():
        about = {"n": each.pack.version, "at": words.moment(moment_of(run.case, each.sent_at))}
        name = _("Late material, pack %(n)d") if each.late else _("Material, pack %(n)d")
        said = [
            _("Sent %(at)s.") % about,
            f"SHA-256: {each.pack.sha256}.",
            _("Fingerprint of the seal key: %(key)s.") % {"key": each.pack.fingerprint},
        ]
        if each.why:
            said.insert(1, _("Why it came late: %(why)s") % {"why": each.why})
        yield name % about, " ".join(said)


def title_of(content: MinutesContent) -> str:
    """Return what the minutes are called."""
    return _("Minutes: %(meeting)s") % {"meeting": say_plain(content.title)}


def approved_words(at: datetime) -> str:
    """Say when the minutes were approved."""
    return _("Approved %(at)s") % {"at": words.moment(at)}


def decides(run: MeetingRun) -> bool:
    """Tell whether a meeting decided anything."""
    return any(each.state in DECIDED or each.state == PointState.FELL for each in run.points.all())
