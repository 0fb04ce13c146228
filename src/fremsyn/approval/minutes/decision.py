"""The decision record of the case file, filled from what the meeting's record holds."""

from collections.abc import Callable, Collection, Iterable, Mapping

from django.utils import translation
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.words import named, named_people
from fremsyn.approval.minutes import words
from fremsyn.approval.minutes.content import decides, runs_for_minutes, states_by_member
from fremsyn.approval.minutes.points import (
    Words,
    ballots_of,
    closed_because,
    put_text,
    quorum_of,
    shut_points,
    sorted_dissents,
)
from fremsyn.approval.models import (
    Disqualification,
    Dissent,
    MeetingRun,
    Minutes,
    PointKind,
    PointRun,
    PointState,
    Ruling,
    Signature,
    Voting,
)
from fremsyn.approval.paper.closing import decided_points
from fremsyn.approval.schema import Approval, Body, DecisionRecord, Member
from fremsyn.approval.states import DECIDED
from fremsyn.cases.access import Visit
from fremsyn.cases.rights import Right
from fremsyn.core.text import LANGUAGES, Text
from fremsyn.web.templatetags.say import say_plain

NOT_TOLD = (PointState.WAITING, PointState.NOTED)


def decision_of(minutes: Minutes) -> DecisionRecord | None:
    """Return the decision record that a meeting's minutes come to; None where it decided nothing.

    It is read by all who read the board's pages: of a point that the minutes close it says that, and why.
    """
    run = next(each for each in runs_for_minutes(minutes.run.case) if each.pk == minutes.run_id)
    approval = load(run.case)
    body = approval.body
    if body is None or not decides(run):
        return None
    over = decided_points(run.case)
    points = [each for each in run.points.all() if not closed_because(each, approval, minutes.words, over)]
    voted = [each for each in run.points.all() if _counted(each)]
    told = [each for each in points if each.kind == PointKind.DECISION and each.state not in NOT_TOLD]
    sums = [quorum_of(each, body).represented for each in told if each.state in DECIDED]
    material = list(run.material.all())
    return DecisionRecord(
        meeting=run.meeting,
        attendance=tuple(_attendance(run, body)),
        quorum=min(sums, default=None),
        disqualified=tuple(_disqualified(points, body)),
        votes=tuple(
            _text(_votes(each, body) if each in points else _behind(each, approval, minutes.words, over))
            for each in voted
        ),
        dissents=tuple(_dissents(points, body)),
        decision_text=_text(lambda: "\n".join(_decision(each) for each in told)) if told else None,
        signatures=tuple(_signatures(minutes, body)),
        pack_sha256=material[-1].pack.sha256 if material else None,
    )


def closed_decisions(visit: Visit) -> tuple[tuple[str, str, Words], ...]:
    """Return what the decision record leaves out as closed, to those who may read it: the point, what came of it, its words."""
    meeting = load(visit.case).decision_record.meeting
    run = MeetingRun.objects.filter(case=visit.case, meeting=meeting or "").first()
    if run is None or not visit.may(Right.CONFIDE):
        return ()
    points = run.points.filter(pk__in=shut_points(run), kind=PointKind.DECISION).exclude(state__in=NOT_TOLD)
    shut = points.select_related("item")
    return tuple(
        (_name(each), words.outcome(each.state), put_text(each))
        if each.state in DECIDED
        else (_name(each), words.ended(words.outcome_said(each)), "")
        for each in shut
        if not (each.item and each.item.ref in visit.closed)
    )


def _text(say: Callable[[], str]) -> Text:
    """Return what is said, in both languages."""
    said = {}
    for language in LANGUAGES:
        with translation.override(language):
            said[language] = say()
    return Text(**said)


def _name(point: PointRun) -> str:
    """Return the point's number at the meeting, with its reference where it has one."""
    ref = f" ({point.item.ref})" if point.item else ""
    return f"{_('Point %(label)s') % {'label': point.label}}{ref}"


def _attendance(run: MeetingRun, body: Body) -> Iterable[Text]:
    states = states_by_member(run, body)
    for member in body.members:

        def say(each: Member = member) -> str:
            return f"{say_plain(each.role)}: {words.how(states[each.id])}"

        yield _text(say)


def _disqualified(points: Iterable[PointRun], body: Body) -> Iterable[Text]:
    for point in points:
        barred = tuple(each for each in point.disqualifications.all() if each.ruling == Ruling.BARRED)
        if barred:

            def say(at: PointRun = point, out: tuple[Disqualification, ...] = barred) -> str:
                return f"{_name(at)}: {named_people(body, out)}"

            yield _text(say)


def _votes(point: PointRun, body: Body) -> Callable[[], str]:
    last = _counted(point)[-1]
    return lambda: f"{_name(point)}. {words.voting_said(last, body, ballots_of(last))}"


def _counted(point: PointRun) -> list[Voting]:
    """Return the votings on the point itself that were counted."""
    return [each for each in point.votings.all() if each.amendment is None and each.count]


def _behind(
    point: PointRun, approval: Approval, written: Mapping[str, str], decided: Collection[str]
) -> Callable[[], str]:
    def say() -> str:
        said = {"label": point.label, "why": closed_because(point, approval, written, decided)}
        return f"{_('Point %(label)s') % said}. {_('Left out of the public edition: %(why)s') % said}"

    return say


def _dissents(points: Iterable[PointRun], body: Body) -> Iterable[Text]:
    """Yield what members wanted in the minutes, in their own words: in both languages whose they are and on which point."""
    for point in points:
        for each in sorted_dissents(point):

            def say(at: PointRun = point, dissent: Dissent = each) -> str:
                return f"{_name(at)}. {named(body, (dissent.member,))}: {dissent.text}"

            yield _text(say)


def _decision(point: PointRun) -> str:
    text = f": {say_plain(put_text(point))}" if point.state in DECIDED else ""
    return f"{_name(point)}. {words.ended(f'{words.outcome_said(point)}{text}')}"


def _signatures(minutes: Minutes, body: Body) -> Iterable[Text]:
    rows = Signature.objects.filter(minutes=minutes).exclude(member="").defer("pdf").order_by("signed_at", "pk")
    for each in rows:

        def say(row: Signature = each) -> str:
            role = named(body, (row.member,))
            signed = f"{role}, {words.moment(row.signed_at)}" if row.signed_at else role
            return signed if row.trusted else _("%(signed)s (not confirmed)") % {"signed": signed}

        yield _text(say)
