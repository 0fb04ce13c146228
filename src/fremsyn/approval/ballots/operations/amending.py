"""Amendments: other words for a point."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.ballots.held import held_point, must_be_open, touch
from fremsyn.approval.ballots.operations.putting import named, words_of
from fremsyn.approval.meeting.attendance import present_at
from fremsyn.approval.meeting.state import body_of
from fremsyn.approval.models import Amendment, AmendmentState, PointKind, PointRun, PointState
from fremsyn.audit.leaves import canonical
from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

LONGEST_TEXT = 4000


@transaction.atomic
def propose_amendment(
    *, point: PointRun, member: str, text: Mapping[str, str], by: Person | None, at: datetime
) -> Amendment:
    """Propose other words for a point, in Danish, English or both; a language that is not changed has no words then.

    A second press proposes nothing more.

    :param by: whoever acts for the member, or the secretary who writes it down for them
    :raises RuleBroken: when the point can't be amended, the member takes no part in it, or the words are its own
    """
    point = held_point(point)
    words = _refuse_unfit(point, member, text, by)
    known = point.amendments.filter(member=member, state=AmendmentState.PROPOSED)
    for each in known:
        if each.text == words:
            return each
    amendment = Amendment.objects.create(
        point=point,
        number=point.amendments.count() + 1,
        text=words,
        member=member,
        proposed_at=at,
        proposed_by=by,
    )
    touch(point.run)
    record(
        "approval.amendment_proposed",
        case=point.run.case,
        by=by,
        at=at,
        number=amendment.number,
        member=member,
        text=keep_personal(canonical(words), about=by),
        **named(point),
    )
    return amendment


def _refuse_unfit(point: PointRun, member: str, text: Mapping[str, str], by: Person | None) -> dict[str, str]:
    """Return the words of an amendment that can be proposed to a point by a member.

    Words that stand as they were are left out where others are changed: else one language would say what was not adopted.

    :raises RuleBroken: where it can't
    """
    must_be_open(point.run)
    if point.kind != PointKind.DECISION or point.state not in (PointState.WAITING, PointState.ON):
        raise RuleBroken(
            _(
                "Amendments are proposed to a point for decision, before it is voted on. Ask for that to be stopped first."
            )
        )
    body = body_of(point.run.case)
    if member not in {each.id for each in body.members} or present_at(body, point).shuts_out(member, by):
        raise RuleBroken(_("This member takes no part in the point."))
    words = {language: said.strip() for language, said in text.items() if said.strip()}
    if not words or any(len(said) > LONGEST_TEXT for said in words.values()):
        raise RuleBroken(_("Write the amended point: 1 to %(n)d characters.") % {"n": LONGEST_TEXT})
    if all(words_of(point).get(language) == said for language, said in words.items()):
        raise RuleBroken(_("These are the words that the point has already."))
    return {language: said for language, said in words.items() if words_of(point).get(language) != said}


@transaction.atomic
def withdraw_amendment(*, amendment: Amendment, by: Person | None, at: datetime) -> Amendment:
    """Withdraw an amendment that has not been voted on.

    :raises RuleBroken: when it is being voted on or has been dealt with
    """
    point = held_point(amendment.point)
    must_be_open(point.run)
    amendment = point.amendments.get(pk=amendment.pk)
    if amendment.state == AmendmentState.WITHDRAWN:
        return amendment
    if amendment.state != AmendmentState.PROPOSED or amendment.votings.filter(closed_at=None).exists():
        raise RuleBroken(_("The amendment is being voted on or has been voted on, so it can't be withdrawn."))
    amendment.state = AmendmentState.WITHDRAWN
    amendment.save(update_fields=["state"])
    touch(point.run)
    record("approval.amendment_withdrawn", case=point.run.case, by=by, at=at, number=amendment.number, **named(point))
    return amendment
