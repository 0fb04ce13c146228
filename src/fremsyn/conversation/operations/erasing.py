"""Taking back all that one answered. None of it stands in the log: it would be a trace."""

from datetime import datetime

from django.db import transaction

from fremsyn.conversation.models import Participant, RoundRun, Vote
from fremsyn.conversation.refusals import Refused, Why


def erasable(participant: Participant) -> bool:
    """Tell whether the answers may still go: until the round is closed, when the count and hash of its votes are kept."""
    return not RoundRun.objects.filter(round=participant.round_id, closed_at__isnull=False).exists()


@transaction.atomic
def erase_answers(*, participant: Participant, at: datetime) -> None:
    """Delete a participant with all votes and texts, and the keys by which a press sent again would be known.

    Nobody is left for a press that is still under way to count for. A statement that was made of a proposal stays, and
    so do others' answers to what is erased: both are theirs who wrote them.

    :raises Refused: when the round has been closed, or it is done already
    """
    held = Participant.objects.select_for_update().filter(pk=participant.pk).first()
    if held is None:
        raise Refused(Why.STRANGER)
    if not erasable(held):
        raise Refused(Why.FINAL)
    Vote.objects.filter(round=held.round_id, participant=held.pseudonym).delete()
    held.delete()
