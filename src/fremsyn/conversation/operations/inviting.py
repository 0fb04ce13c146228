"""Inviting to a round."""

import secrets
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.remembered import changed
from fremsyn.conversation.models import Invitation, Round
from fremsyn.conversation.operations.joining import hashed
from fremsyn.conversation.running import RoundState, state_of
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

TOKEN_BYTES = 16
LARGEST_CAP = 10_000
LONGEST_NOTE = 120


@transaction.atomic
def invite(
    *, round_: Round, circle: str, cap: int, expires_at: datetime, note: str = "", by: Person | None, at: datetime
) -> tuple[Invitation, str]:
    """Make a link into a round and return it with its token, which nobody can be told again: only its hash is kept.

    :param cap: how many may come in by it: 1 for a personal link, up to 10,000 for a group's
    :param note: for whoever handles the links, such as "IT managers"; at most 120 characters
    :raises RuleBroken: when the round is closed or by name, does not ask that circle, or cap, time or note can't stand
    """
    for met, words in (
        (state_of(round_, at) != RoundState.CLOSED, _("The round has closed. Open it again before you invite to it.")),
        (round_.anonymity != "named", _("Answers in this round are given by name, and a link has none.")),
        (circle in round_.circles, _("The round does not ask that circle. Choose one that it asks.")),
        (1 <= cap <= LARGEST_CAP, _("A link is for one to 10,000 people. Write a number in between.")),
        (expires_at > at, _("The link would have run out already. Choose a later time.")),
        (len(note) <= LONGEST_NOTE, _("The note is too long. Write at most 120 characters.")),
    ):
        if not met:
            raise RuleBroken(words)
    case = round_.item.case
    changed(case)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = Invitation.objects.create(
        round=round_, circle=circle, note=note, token_sha256=hashed(token), cap=cap, made_at=at, made_by=by,
        expires_at=expires_at,
    )  # fmt: skip
    record(
        "conversation.invitation_made", case=case, by=by, at=at, invitation=str(made.pk), round=round_.item.ref,
        circle=circle, cap=cap, expires_at=expires_at,
    )  # fmt: skip
    return made, token


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: Person | None, at: datetime) -> Invitation:
    """Let nobody else in by a link. Those who came by it keep their answers and go on.

    :raises RuleBroken: when it was withdrawn before
    """
    held = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if held.withdrawn_at is not None:
        raise RuleBroken(_("The link has been withdrawn already."))
    case = held.round.item.case
    changed(case)
    held.withdrawn_at, held.withdrawn_by = at, by
    held.save(update_fields=["withdrawn_at", "withdrawn_by"])
    record("conversation.invitation_withdrawn", case=case, by=by, at=at, invitation=str(held.pk))
    return held
