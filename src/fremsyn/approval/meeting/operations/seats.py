"""Seating the body's members, ending their terms, and undoing one entered by mistake. Whoever has no term left is out."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fremsyn.approval.meeting.state import body_of, day_of
from fremsyn.approval.models import Amendment, Ballot, Disqualification, Dissent, MinuteComment, Seat
from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.models import Case, Membership
from fremsyn.cases.remembered import changed
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.roles import Role


@transaction.atomic
def seat_member(
    *,
    case: Case,
    member: str,
    alternate: bool,
    person: UUID,
    since: date,
    until: date | None = None,
    by: Person | None,
    at: datetime,
) -> Seat:
    """Give somebody a member's seat in a term, as its holder or as the one who stands in.

    :param member: the member's id in the body
    :param until: the last day of the term; None as long as none is set
    :raises RuleBroken: for an unknown member, somebody who is no member of the board in this case, a term that ends
        before it begins, or one that overlaps another of the seat or the person
    """
    changed(case)
    if member not in {each.id for each in body_of(case).members}:
        raise RuleBroken(_("The board has no such member. Load the page again."))
    membership = Membership.objects.select_related("person").filter(case=case, person=person, role=Role.BOARD).first()
    if membership is None:
        raise RuleBroken(_("Only somebody who is in the case as a board member can have a seat. Invite them first."))
    if until is not None and until < since:
        raise RuleBroken(_("The term would end before it begins."))
    _refuse_overlap(case, member, membership.person, since, until, alternate=alternate)
    seat = Seat.objects.create(
        case=case, member=member, alternate=alternate, person=membership.person, since=since, until=until
    )
    _follow(membership)
    said = {"seat": seat.pk, "member": member, "alternate": alternate, "person": str(person)}
    record("approval.seat_taken", case=case, by=by, at=at, since=str(since), until=str(until or ""), **said)
    return seat


@transaction.atomic
def end_term(*, case: Case, seat: int, until: date, by: Person | None, at: datetime) -> Seat:
    """Set the last day of a term. When none is left after it, the case is closed to the person from the next day on.

    :raises RuleBroken: when there is no such seat, its term has ended already, or would end before it began
    """
    changed(case)
    held = Seat.objects.select_for_update().select_related("person").filter(case=case, pk=seat).first()
    if held is None:
        raise RuleBroken(_("There is no such seat any more. Load the page again."))
    if until < held.since:
        raise RuleBroken(_("The term would end before it begins."))
    if held.until is not None and until >= held.until:
        raise RuleBroken(
            _("The term ends on %(day)s already. A longer one is a new term.") % {"day": date_format(held.until)}
        )
    held.until = until
    held.save(update_fields=["until"])
    membership = Membership.objects.filter(case=case, person=held.person, role=Role.BOARD).first()
    if membership is not None:
        _follow(membership)
    said = {"seat": held.pk, "member": held.member, "alternate": held.alternate, "person": str(held.person_id)}
    record("approval.term_ended", case=case, by=by, at=at, until=str(until), **said)
    return held


@transaction.atomic
def undo_seat(*, case: Case, seat: int, why: str, by: Person | None, at: datetime) -> Seat:
    """Take out a term that was entered by mistake and has not begun; the log keeps that it was there, and why it went.

    Whoever has other terms is in the case until the last of them ends; whoever has none is in it as before they were seated.

    :raises RuleBroken: without a reason, when there is no such seat, its term has begun, or something was done in it
    """
    changed(case)
    held = Seat.objects.select_for_update().select_related("person").filter(case=case, pk=seat).first()
    if held is None:
        raise RuleBroken(_("There is no such seat any more. Load the page again."))
    if not why.strip():
        raise RuleBroken(_("Say why the term is undone; the log keeps it."))
    if held.since <= day_of(case, at):
        raise RuleBroken(_("The term has begun, so it stands. Set its last day instead."))
    if _leaned_on(held):
        raise RuleBroken(_("Something was said or voted in this seat already, so the term stands. Set its last day."))
    said = {"seat": held.pk, "member": held.member, "alternate": held.alternate, "person": str(held.person_id)}
    held.delete()
    membership = Membership.objects.filter(case=case, person=held.person, role=Role.BOARD).first()
    if membership is not None:
        _follow(membership)
    record("approval.seat_undone", case=case, by=by, at=at, why=keep_personal(why.strip(), about=by), **said)
    return held


def _leaned_on(seat: Seat) -> bool:
    """Tell whether the person has done anything for the member, and has had no other term in which it can have been."""
    if Seat.objects.filter(case=seat.case_id, person=seat.person_id, member=seat.member).exclude(pk=seat.pk).exists():
        return False
    acts = (
        Ballot.objects.filter(voting__point__run__case=seat.case_id, cast_by=seat.person_id),
        Amendment.objects.filter(point__run__case=seat.case_id, proposed_by=seat.person_id),
        Dissent.objects.filter(point__run__case=seat.case_id, written_by=seat.person_id),
        Disqualification.objects.filter(point__run__case=seat.case_id, person=seat.person_id),
        MinuteComment.objects.filter(minutes__run__case=seat.case_id, written_by=seat.person_id),
    )
    return any(each.filter(member=seat.member).exists() for each in acts)


def _refuse_overlap(
    case: Case, member: str, person: Person, since: date, until: date | None, *, alternate: bool
) -> None:
    same = Q(until=None) | Q(until__gte=since)
    if until is not None:
        same &= Q(since__lte=until)
    others = Seat.objects.filter(same, case=case).select_related("person")
    taken = others.filter(member=member, alternate=alternate).first()
    if taken is not None:
        raise RuleBroken(
            _("%(name)s has this seat then. End that term first, or let this one begin after it.")
            % {"name": taken.person.name}
        )
    if others.filter(person=person).exists():
        raise RuleBroken(_("%(name)s has another seat then. A person has one seat at a time.") % {"name": person.name})


def _follow(membership: Membership) -> None:
    """Let a membership end with the last of the person's terms."""
    ends = list(
        Seat.objects.filter(case=membership.case_id, person=membership.person_id).values_list("until", flat=True)
    )
    membership.until = None if None in ends else max((end for end in ends if end), default=None)
    membership.save(update_fields=["until"])
