"""How the minutes say what the record holds."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval.ballots.words import because, carried, decided_by, votes
from fremsyn.approval.counting import Quorum
from fremsyn.approval.meeting.words import named
from fremsyn.approval.models import BallotValue, PointRun, PointState, PresenceState, Voting, VotingOutcome
from fremsyn.approval.schema import Body
from fremsyn.web.templatetags.say import listed

VOTED, GAVE_NONE = "voted", "gave_none"


def outcome(state: str) -> str:
    """Say what came of a point."""
    return {
        PointState.ADOPTED: _("Approved"),
        PointState.REJECTED: _("Rejected"),
        PointState.FELL: _("Fell, as the board was not quorate"),
        PointState.NOTED: _("Dealt with"),
        PointState.WITHDRAWN: _("Withdrawn"),
        PointState.DEFERRED: _("Put off"),
    }.get(PointState(state), _("Not dealt with"))


def outcome_said(point: PointRun) -> str:
    """Say what came of a point, and why where it was withdrawn or put off."""
    why = point.why.strip() if point.state in (PointState.WITHDRAWN, PointState.DEFERRED) else ""
    return ": ".join(filter(None, (outcome(point.state), why)))


def took_part(state: str) -> str:
    """Say how a member took part."""
    return {
        PresenceState.IN: _("present"),
        PresenceState.REMOTE: _("by video or telephone"),
        PresenceState.REPRESENTED: _("represented by the alternate"),
        VOTED: _("voted"),
        GAVE_NONE: _("gave no ballot"),
    }.get(state, _("absent"))


def how(by_point: Mapping[str, str]) -> str:
    """Say how a member took part in the points, by their numbers: as in most of them, and where it was otherwise."""
    states = list(by_point.values())
    if not states:
        return took_part(PresenceState.OUT)
    most = max(dict.fromkeys(states), key=states.count)
    others = {state: [at for at, each in by_point.items() if each == state] for state in states if state != most}
    apart = [
        _("%(how)s at %(points)s") % {"how": took_part(state), "points": listed(labels)}
        for state, labels in others.items()
    ]
    return "; ".join((took_part(most), *apart))


def quorum_said(quorum: Quorum) -> str:
    """Say the sum of a quorum and whether it is met."""
    met = _("The board was quorate") if quorum.met else _("The board was not quorate")
    barred = _("disqualified and not counted: %(n)d") % {"n": quorum.barred} if quorum.barred else ""
    return f"{met}: {'; '.join(filter(None, (_took(quorum), barred)))}"


def _took(quorum: Quorum) -> str:
    return ngettext(
        "%(here)d of %(base)d entitled to vote took part; %(needed)d were needed",
        "%(here)d of %(base)d entitled to vote took part; %(needed)d were needed",
        quorum.represented,
    ) % {"here": quorum.represented, "base": quorum.base, "needed": quorum.needed}


def voting_name(voting: Voting) -> str:
    """Name a voting: which one it is, and whether it was on an amendment."""
    if voting.amendment:
        return _("Voting %(n)d, on amendment %(amendment)d") % {
            "n": voting.number, "amendment": voting.amendment.number,
        }  # fmt: skip
    return _("Voting %(n)d") % {"n": voting.number}


def voting_said(voting: Voting, body: Body, ballots: Mapping[str, str]) -> str:
    """Say what came of a voting, and who voted how where the body tells ballots by name."""
    if voting.outcome == VotingOutcome.STRUCK:
        return " ".join(filter(None, (_("Stopped before it was counted."), because(voting))))
    fell = voting.outcome == VotingOutcome.FELL
    said = [f"{outcome(PointState.FELL) if fell else carried(voting)}: {votes(voting.count)}."]
    said += [tie] if (tie := decided_by(voting.count)) else []
    if body.ballots == "by_name":
        said += _by_name(body, voting.count, ballots)
    if voting.why:
        said.append(f"{_('Voted on again, because:')} {voting.why}")
    return " ".join(said)


def _by_name(body: Body, count: Mapping[str, Any], ballots: Mapping[str, str]) -> Iterable[str]:
    counted = {member: value for member, value in ballots.items() if member not in count.get("set_aside", ())}
    lines = {
        BallotValue.FOR: _("For: %(members)s."),
        BallotValue.AGAINST: _("Against: %(members)s."),
        BallotValue.ABSTAIN: _("Abstained: %(members)s."),
    }
    for value, words in lines.items():
        given = named(body, (member for member, each in counted.items() if each == value))
        if given:
            yield words % {"members": given}


def ended(text: str) -> str:
    """End what somebody wrote with a full stop, where it has no end of its own, so that more can follow."""
    text = text.strip()
    return text if not text or text[-1] in ".!?…" else f"{text}."


def moment(at: Any) -> str:
    """Write a time as the language does; nothing where there is none."""
    return date_format(localtime(at), "DATETIME_FORMAT") if at else ""
