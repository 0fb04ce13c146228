"""How votings are said."""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval.models import Voting, VotingOutcome


def result(voting: Voting) -> str:
    """Say what came of a voting: how, and with which votes; nothing as long as it is open."""
    if not voting.outcome:
        return ""
    if voting.outcome == VotingOutcome.STRUCK:
        return _("Stopped before it was counted")
    fell = voting.outcome == VotingOutcome.FELL
    return f"{_('Fell: no quorum') if fell else carried(voting)}: {votes(voting.count)}"


def carried(voting: Voting) -> str:
    """Say whether a counted voting carried what was put: a point is approved, an amendment adopted."""
    if voting.outcome == VotingOutcome.REJECTED:
        return _("Rejected")
    return _("Adopted") if voting.amendment_id else _("Approved")


def because(voting: Voting) -> str:
    """Say why a voting was stopped or is held again: as it was written, or that a written procedure was stopped with it."""
    if voting.outcome == VotingOutcome.STRUCK and not voting.why:
        return _("A member asked for a meeting.")
    return voting.why


def again(voting: Voting) -> str:
    """Say why a voting was stopped, or that it is held again and why; nothing of a first one that went its way."""
    why = because(voting)
    return why if voting.outcome == VotingOutcome.STRUCK or not why else f"{_('Voted on again, because:')} {why}"


def votes(count: dict[str, Any]) -> str:
    """Say the votes of a count: 6 for, 0 against, 1 abstained, 1 disqualified."""
    said = [_("%(n)d for") % {"n": count["for"]}, _("%(n)d against") % {"n": count["against"]}]
    others = {
        "abstained": _("%(n)d abstained"),
        "not_cast": _("%(n)d gave no ballot"),
        "barred": _("%(n)d disqualified"),
    }
    said += [words % {"n": count[name]} for name, words in others.items() if count[name]]
    return ", ".join(said)


def decided_by(count: dict[str, Any]) -> str:
    """Say why a tie fell out as it did; nothing where there was a majority."""
    return {
        "casting_vote": _("The votes were equal; the casting vote decided."),
        "tie": _("The votes were equal, so the proposal fell."),
    }.get(count.get("decided_by", ""), "")


def turnout(cast: int, of: int) -> str:
    """Say how many have voted."""
    return ngettext("%(cast)d of %(of)d has voted", "%(cast)d of %(of)d have voted", cast) % {"cast": cast, "of": of}


def letter(mark: str) -> str:
    """Return the letter that stands for a mark in the row of seats."""
    return {
        "cast": "✓",
        "out": "–",
    }.get(mark, "·")
