"""The frame around every case page: process bar, open rounds, marks, role."""

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval import handover as approval_handover
from fremsyn.approval.after.outcomes import meetings_over
from fremsyn.approval.models import MeetingKind, MeetingRun, MeetingState
from fremsyn.cases.access import Visit, visit_of
from fremsyn.cases.kinds import KINDS
from fremsyn.cases.models import PhaseState
from fremsyn.cases.phases import ALWAYS, AT_WORK, PHASES, delegated, gate_url, states
from fremsyn.cases.rights import Right
from fremsyn.conversation import handover as conversation_handover
from fremsyn.framing.handover.gates import Standing, standings
from fremsyn.people.roles import Role
from fremsyn.reports.documents.catalogue import marks_of_case
from fremsyn.web.templatetags.say import listed, say_plain

# A phase that was opened again is drawn as an open one; its words say the rest.
MARKS = {PhaseState.REOPENED: PhaseState.OPEN}


def frame(request: HttpRequest) -> dict[str, Any]:
    """Return what the base template needs; outside a case nothing of one."""
    visit = visit_of(request)
    if visit is None:
        return {"frame": {}}
    return {
        "frame": {
            "case": visit.case,
            "case_url": reverse("chain:case", args=[visit.case.slug]),
            "search_url": reverse("cases:search", args=[visit.case.slug]),
            "role_name": Role(visit.role).label,
            "process": _process(request, visit),
            "locked": _locked(request, visit),
            "left": _named(request, delegated(visit.case)),
            "always": _named(request, ALWAYS),
            "talk": _talk(visit),
            "marks": _marks(visit, rounds=False),
            # for a page with `synthetic` in its context: it shows answers that nobody gave
            "marks_with_answers": _marks(visit, rounds=True),
        }
    }


def _marks(visit: Visit, *, rounds: bool) -> list[dict[str, str]]:
    return [{"label": label, "note": note} for label, note in marks_of_case(visit.case, rounds=rounds)]


def _process(request: HttpRequest, visit: Visit) -> list[dict[str, Any]]:
    again = {entry.app for entry in visit.entries.values() if entry.look_again}
    here = request.resolver_match.app_name if request.resolver_match else ""
    steps = [
        {
            "phase": phase,
            "name": say_plain(standing.plan.name),
            "state": "again" if phase in again else MARKS.get(standing.state, standing.state),
            "state_text": _state_text(standing, phase in again),
            "url": reverse(f"{phase}:{phase}", args=[visit.case.slug]) if visit.may_enter(phase) else "",
            "current": here == phase,
        }
        for phase, standing in standings(visit.case).items()
    ]
    return [*steps, _board(visit, here)]


# Pages that write what may be written whatever the phase's state.
NEVER_LOCKED = frozenset({
    "signal", "signal_note", "noticing", "source", "sources", "stakeholder", "stakeholders", "stakeholders_edit",
    "interviews", "interview_guide", "theme_gather",
})  # fmt: skip


def _locked(request: HttpRequest, visit: Visit) -> str:
    """Return the gate's address where whoever could edit looks at a phase in which nothing can be changed now."""
    found = request.resolver_match
    here = found.app_name if found and found.url_name not in NEVER_LOCKED else ""
    if here not in PHASES or states(visit.case)[here] in AT_WORK or not visit.may(Right.EDIT):
        return ""
    return gate_url(visit.case, here)


def _named(request: HttpRequest, kinds: frozenset[str]) -> str:
    """Return in words those of some kinds that belong to the phase that is looked at."""
    here = request.resolver_match.app_name if request.resolver_match else ""
    return listed([str(KINDS[kind].many) for kind in sorted(kinds) if KINDS[kind].app == here])


def _state_text(standing: Standing, again: bool) -> str:
    if again:
        return _("To be looked at again")
    if standing.closed_on:
        return _("Closed %(date)s") % {"date": date_format(standing.closed_on, "MONTH_DAY_FORMAT")}
    return str(standing.state.label)


def _board(visit: Visit, here: str) -> dict[str, Any]:
    enters = visit.may_enter("approval")
    runs = list(MeetingRun.objects.filter(case=visit.case)) if enters else []
    on, over = _meeting_on(visit, runs), meetings_over(visit.case)
    text = _coming(visit, runs) if enters else ""
    if text and any(over.values()):
        text = _("It has decided")
    return {
        "phase": "board",
        "name": _("The board"),
        "state": "open" if on else "idle",
        "state_text": _("The meeting is in progress") if on else text,
        "url": on or (reverse("approval:paper", args=[visit.case.slug]) if enters else ""),
        "current": here == "approval",
    }


def _coming(visit: Visit, runs: list[MeetingRun]) -> str:
    """Say which reading comes next, else which was the last, and its day: in writing until when votes are taken."""
    off = {each.meeting for each in runs if each.state in (MeetingState.CANCELLED, MeetingState.STOPPED)}
    meetings = [each for each in approval_handover.load(visit.case).meetings if each.id not in off]
    written = {each.meeting: localdate(each.deadline) for each in runs if each.deadline}
    days = [(written.get(each.id, each.date), each) for each in meetings]
    if not days:
        return ""
    day, coming = next((each for each in days if each[0] >= visit.case.as_of), days[-1])
    said = {"number": coming.reading, "date": date_format(day, "MONTH_DAY_FORMAT")}
    if coming.id in written:
        return _("Reading %(number)d, in writing until %(date)s") % said
    return _("Reading %(number)d, %(date)s") % said


def _meeting_on(visit: Visit, runs: list[MeetingRun]) -> str:
    """Return the address of the body's meeting that is in progress, if any."""
    run = next((each for each in runs if (each.kind, each.state) == (MeetingKind.MEETING, MeetingState.OPEN)), None)
    return reverse("approval:meeting", args=[visit.case.slug, run.meeting]) if run else ""


def _talk(visit: Visit) -> list[dict[str, str]]:
    handover = conversation_handover.load(visit.case)
    talk, shut = handover.conversation, handover.live & set(handover.votes)  # closed before their last day
    page = reverse("conversation:conversation", args=[visit.case.slug])
    running = [each for each in talk.rounds if each.opens <= visit.case.as_of <= each.closes and each.ref not in shut]
    bands = [
        {
            "text": _("%(title)s: open until %(date)s")
            % {"title": say_plain(each.title), "date": date_format(each.closes, "MONTH_DAY_FORMAT")},
            "url": reverse("conversation:round", args=[visit.case.slug, each.ref]),
        }
        for each in running
    ]
    closed = [each for each in talk.rounds if each.closes < visit.case.as_of or each.ref in shut]
    if not bands and closed:
        last = max(closed, key=lambda each: each.closes)
        bands.append(
            {
                "text": _("No open rounds. The last one closed %(date)s: %(title)s")
                % {"date": date_format(last.closes, "MONTH_DAY_FORMAT"), "title": say_plain(last.title)},
                "url": reverse("conversation:round", args=[visit.case.slug, last.ref]),
            }
        )
    return [*bands, {"text": _counts(visit), "url": page}, *_part(visit)]


def _counts(visit: Visit) -> str:
    sessions, rounds, insights = (len(visit.of_kind(kind)) for kind in ("session", "round", "insight"))
    parts = (
        (sessions, ngettext("%(n)d session", "%(n)d sessions", sessions)),
        (rounds, ngettext("%(n)d round", "%(n)d rounds", rounds)),
        (insights, ngettext("%(n)d insight", "%(n)d insights", insights)),
    )
    return ", ".join(words % {"n": n} for n, words in parts if n) or _("See the conversation")


def _part(visit: Visit) -> list[dict[str, str]]:
    if visit.may_enter("framing"):
        return []
    return [{"text": _("The phases without a link are not open to your role."), "url": ""}]
