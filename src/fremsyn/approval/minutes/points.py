"""What the minutes say of one point: the words that were put, who could take part, what was voted, what came of it."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fremsyn.approval import counting
from fremsyn.approval.ballots.differing import Difference, difference
from fremsyn.approval.handover import load
from fremsyn.approval.meeting.attendance import TAKING_PART, sitting_out
from fremsyn.approval.meeting.words import named, person_named
from fremsyn.approval.minutes import words
from fremsyn.approval.models import (
    Dissent,
    MeetingRun,
    Minutes,
    PointKind,
    PointRun,
    PointState,
    Ruling,
    Voting,
    VotingOutcome,
)
from fremsyn.approval.paper.closing import decided_points, why_closed
from fremsyn.approval.schema import Approval, Body
from fremsyn.approval.states import DECIDED, NOT_TAKEN_UP
from fremsyn.core.text import Text
from fremsyn.web.templatetags.say import as_text, say_plain

Words = Text | str
Line = tuple[str, Words]


@dataclass(frozen=True)
class AmendmentMinutes:
    """An amendment: whose it is and what became of it, its words, and how they differ from those that were sent out.

    `taken` where they are the words that the point was put in.
    """

    name: str
    whose: str
    text: Words
    taken: bool
    difference: Difference


@dataclass(frozen=True)
class PointMinutes:
    """A point in the minutes. Where `hidden` says why, nothing of it is there but its number.

    `closed_by_paper` is the ground on which the paper closes it, whatever the minutes say.
    """

    position: int
    label: str
    ref: str = ""
    text: Words = ""
    state: str = ""
    outcome: str = ""
    lines: tuple[Line, ...] = ()
    dissents: tuple[tuple[Text, str], ...] = ()
    amendments: tuple[AmendmentMinutes, ...] = ()
    note: str = ""
    hidden: str = ""
    closed_by_paper: str = ""

    def without(self, why: str) -> "PointMinutes":
        """Return the point with its number alone, and why."""
        return PointMinutes(self.position, self.label, ref=self.ref, hidden=why)


def point_minutes(
    point: PointRun,
    approval: Approval,
    body: Body,
    written: Mapping[str, str],
    decided: Collection[str],
    *,
    whole: bool,
    first: bool,
) -> PointMinutes:
    """Return what the minutes say of a point.

    :param written: the secretary's words, by place
    :param decided: the references of the points that approved minutes decide (see `decided_points`)
    :param whole: with what is closed
    :param first: at a first reading, which decides nothing
    """
    made = PointMinutes(point.position, point.label, point.item.ref if point.item else "")
    by_paper = closed_by_paper(point, approval, decided)
    closed = written.get(f"closed.{point.position}", "") or by_paper
    if closed and not whole:
        return replace(made.without(_("Left out of the public edition: %(why)s") % {"why": closed}), ref="")
    lines = (*_closed_line(closed), *_of_point(point, body, whole=whole, first=first))
    roles = {each.id: each.role for each in body.members}
    return replace(
        made,
        text=put_text(point),
        state=point.state,
        outcome="" if first and point.state == PointState.NOTED else words.outcome(point.state),
        lines=lines,
        amendments=tuple(_amendments(point, body)),
        dissents=tuple((roles.get(each.member, Text(da=each.member)), each.text) for each in sorted_dissents(point)),
        note=note_of(point, written),
        closed_by_paper=by_paper,
    )


def note_of(point: PointRun, written: Mapping[str, str]) -> str:
    """Return what was said on a point: as the secretary wrote it for the minutes, else as it was noted at the meeting."""
    return written.get(f"note.{point.position}", point.note)


def closed_because(point: PointRun, approval: Approval, written: Mapping[str, str], decided: Collection[str]) -> str:
    """Return why a point is absent from the public edition, by the secretary's words or the paper; empty where it is open.

    :param decided: the references of the points that approved minutes decide (see `decided_points`)
    """
    return written.get(f"closed.{point.position}", "") or closed_by_paper(point, approval, decided)


def closed_by_paper(point: PointRun, approval: Approval, decided: Collection[str]) -> str:
    """Return the ground on which the paper closes a point, for which what was decided here is decided; empty where it doesn't."""
    paper, case, ref = approval.paper, point.run.case, point.item.ref if point.item else ""
    if paper is None or not ref:
        return ""
    closed = why_closed(paper, ref, case.as_of, decided=point.state in DECIDED or ref in decided)
    return say_plain(closed.ground) if closed else ""


def shut_points(run: MeetingRun) -> dict[int, str]:
    """Return why points of a meeting are closed to others than the body and those who serve it, by the points' keys."""
    words = Minutes.objects.filter(run=run).values_list("words", flat=True).first() or {}
    approval, decided, found = load(run.case), decided_points(run.case), {}
    for point in run.points.select_related("item"):
        point.run = run
        if why := closed_because(point, approval, words, decided):
            found[point.pk] = why
    return found


def put_text(point: PointRun) -> Text:
    """Return the words that were put last, those that were sent out where nothing was put."""
    put = [each for each in point.votings.all() if each.amendment is None and each.outcome != VotingOutcome.STRUCK]
    text = as_text(put[-1].text if put else point.text)
    return text if isinstance(text, Text) else Text(da=text)


def sorted_dissents(point: PointRun) -> list[Dissent]:
    """Return what members wanted in the minutes, in the order in which they wrote it."""
    return sorted(point.dissents.all(), key=lambda each: (each.written_at, each.pk))


def _closed_line(closed: str) -> Iterator[Line]:
    if closed:
        yield _("Closed part"), _("Left out of the public edition: %(why)s") % {"why": closed}


def _of_point(point: PointRun, body: Body, *, whole: bool, first: bool) -> Iterator[Line]:
    if point.amendments.all():
        yield _("Words that were sent out"), as_text(point.text)
        yield from _one_language(point)
    yield from _disqualifications(point, body, whole=whole)
    if point.kind == PointKind.DECISION and not first:
        if point.state not in NOT_TAKEN_UP:
            yield _("Quorum"), words.quorum_said(quorum_of(point, body))
        yield from _votings(point, body)
    if point.why and not any(each.why == point.why for each in point.votings.all()):
        yield _("Why"), point.why


def _one_language(point: PointRun) -> Iterator[Line]:
    put = put_text(point)
    if len(point.text) > 1 and isinstance(put, Text) and not (put.da and put.en):
        said = _("They were changed in Danish alone.") if put.da else _("They were changed in English alone.")
        yield _("Words that were put"), said


def _amendments(point: PointRun, body: Body) -> Iterator[AmendmentMinutes]:
    for each in sorted(point.amendments.all(), key=lambda one: one.number):
        about = {"member": named(body, (each.member,)), "state": each.get_state_display()}
        yield AmendmentMinutes(
            name=_("Amendment %(n)s") % {"n": each.number},
            whose=_("Put forward by %(member)s, %(state)s") % about,
            text=as_text(each.text),
            taken=as_text(each.text) == put_text(point),
            difference=difference(point.text, each.text),
        )


def _disqualifications(point: PointRun, body: Body, *, whole: bool) -> Iterator[Line]:
    for each in point.disqualifications.all():
        member = person_named(body, each)
        found = {
            Ruling.BARRED: _("%(member)s: the board ruled that the member was disqualified; the member took no part."),
            Ruling.CLEARED: _("%(member)s was not disqualified."),
            Ruling.PENDING: _("%(member)s declared a disqualification. The board did not rule on it."),
        }[Ruling(each.ruling)] % {"member": member}
        parts = [found]
        if whole:
            parts.append(_("Declared: %(ground)s") % {"ground": words.ended(each.ground)})
            ruling = words.ended(each.ruling_text)
            parts += [_("The board's ruling: %(words)s") % {"words": ruling}] if ruling else []
        yield _("Disqualification"), " ".join(parts)


def quorum_of(point: PointRun, body: Body) -> counting.Quorum:
    """Return the sum of the quorum by which a point was decided or fell: that of its last voting, else of the attendance."""
    counted = [each.count for each in point.votings.all() if "needed" in each.count]
    if counted:
        return counting.Quorum(**{name: counted[-1][name] for name in ("base", "barred", "represented", "needed")})
    states = {each.member: each.state for each in point.presences.all()}
    barring = (each for each in point.disqualifications.all() if body.bars(each.ruling))
    barred = {each.member for each in sitting_out(barring, states)}
    here = {member for member, state in states.items() if state in TAKING_PART}
    return counting.quorum(body, barred=barred, taking_part=here)


def _votings(point: PointRun, body: Body) -> Iterator[Line]:
    for voting in point.votings.all():
        if voting.outcome:
            yield words.voting_name(voting), words.voting_said(voting, body, ballots_of(voting))
        if voting.override:
            yield _("Decided without a quorum, because"), voting.override


def ballots_of(voting: Voting) -> dict[str, str]:
    """Return the ballots of a voting, by member."""
    return {each.member: each.value for each in voting.ballots.all()}
