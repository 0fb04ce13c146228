"""Coming into a round by a link, and coming back to it by a code. None of it stands in the log: it would be a trace."""

import hashlib
import re
import secrets
from datetime import datetime

from django.db import transaction

from fremsyn.conversation.models import Invitation, Participant
from fremsyn.conversation.refusals import Refused, Why
from fremsyn.conversation.running import RoundState, state_of

PSEUDONYM_BYTES = 6
# Crockford's letters: none that is taken for another. Twelve of them are 60 bits.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
CODE_LENGTH = 12
READ_AS = str.maketrans("OIL", "011")


def hashed(secret: str) -> str:
    """Return the form in which a token or code is kept."""
    return hashlib.sha256(secret.encode()).hexdigest()


def usable_invitation(token: str, at: datetime) -> Invitation:
    """Return the invitation behind a link that may be used now.

    :raises Refused: with the reason why it may not
    """
    found = Invitation.objects.select_related("round__item__case", "round__run")
    invitation = found.filter(token_sha256=hashed(token), round__item__withdrawn_at=None).first()
    if invitation is None:
        raise Refused(Why.UNKNOWN)
    state = state_of(invitation.round, at)
    for met, why in (
        (invitation.withdrawn_at is not None, Why.WITHDRAWN),
        (state == RoundState.CLOSED, Why.CLOSED),
        (invitation.expires_at <= at, Why.EXPIRED),
        (state == RoundState.PLANNED, Why.PLANNED),
        (invitation.joined >= invitation.cap, Why.FULL),
    ):
        if met:
            raise Refused(why)
    return invitation


@transaction.atomic
def join_round(*, token: str, language: str, at: datetime) -> Participant:
    """Let somebody into a round by the token of their link, under a pseudonym that is tied to nothing.

    :raises Refused: when the link is unknown, withdrawn, run out or used up, or the round takes no answers
    """
    list(Invitation.objects.select_for_update().filter(token_sha256=hashed(token)).values_list("pk", flat=True))
    invitation = usable_invitation(token, at)
    invitation.joined += 1
    invitation.save(update_fields=["joined"])
    return Participant.objects.create(
        round=invitation.round,
        circle=invitation.circle,
        pseudonym=f"p{secrets.token_hex(PSEUDONYM_BYTES)}",
        language=language,
        joined_at=at,
    )


@transaction.atomic
def issue_code(*, participant: Participant, at: datetime) -> str:
    """Give a participant a code to come back by, such as `7KQM-3XPT-9WDA`. Only its hash is kept; an earlier one ends."""
    code = "".join(secrets.choice(LETTERS) for _letter in range(CODE_LENGTH))
    Participant.objects.filter(pk=participant.pk).update(code_sha256=hashed(code))
    return "-".join(re.findall("....", code))


def resume(*, code: str, at: datetime) -> Participant:
    """Return the participant whose code it is, however its letters and hyphens are written.

    :raises Refused: when it is nobody's
    """
    tidy = re.sub(r"[^0-9A-Z]", "", code.upper()).translate(READ_AS)
    found = Participant.objects.filter(code_sha256=hashed(tidy), round__item__withdrawn_at=None).first()
    if found is None:
        raise Refused(Why.CODE)
    return found
