"""Letting people into a case and out of it."""

import hashlib
import secrets
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.models import Case, CaseInvitation, CaseInvitationUse, Membership
from fremsyn.cases.remembered import changed
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.people.operations import register_person
from fremsyn.people.roles import Role

TOKEN_BYTES = 32
LARGEST_CAP = 200
MOST_OPEN = 100
LONGEST_NOTE = 120


def hashed(token: str) -> str:
    """Return what is kept of a token: its SHA-256, hexadecimal."""
    return hashlib.sha256(token.encode()).hexdigest()


def refusal(invitation: CaseInvitation, at: datetime) -> str:
    """Say why nobody comes in by a link any more; nothing where somebody may."""
    if invitation.withdrawn_at:
        return _("This invitation has been withdrawn. Ask whoever sent it for a new one.")
    if invitation.expires_at <= at:
        return _("This invitation has run out. Ask whoever sent it for a new one.")
    if invitation.uses.count() >= invitation.cap:
        return _("This invitation has been used. Ask whoever sent it for a new one.")
    return ""


@transaction.atomic
def invite_to_case(
    *, case: Case, role: str, cap: int, expires_at: datetime, note: str = "", by: Person, at: datetime
) -> tuple[CaseInvitation, str]:
    """Make a link into a case and return it with its token, which nobody can be told again: only its hash is kept.

    :param cap: how many may come in by it, from 1 to 200
    :param note: whom it is for, at most 120 characters
    :raises RuleBroken: when role, cap, time or note can't stand, or too many links are open
    """
    changed(case)
    _refuse_owner_by_others(case, role, by)
    open_now = case.invitations.filter(withdrawn_at=None, expires_at__gt=at).count()
    for met, words in (
        (role in Role.values, _("There is no such role. Choose one of the list.")),
        (1 <= cap <= LARGEST_CAP, _("An invitation is for one to 200 people. Write a number in between.")),
        (expires_at > at, _("The invitation would have run out already. Choose a later day.")),
        (len(note) <= LONGEST_NOTE, _("The note is too long. Write at most 120 characters.")),
        (open_now < MOST_OPEN, _("There are 100 open invitations already. Withdraw some of them first.")),
    ):
        if not met:
            raise RuleBroken(words)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = CaseInvitation.objects.create(
        case=case, role=role, cap=cap, note=note, token_sha256=hashed(token), made_at=at, made_by=by,
        expires_at=expires_at,
    )  # fmt: skip
    told = {"invitation": str(made.pk), "role": role, "cap": cap, "expires_at": expires_at}
    record("cases.invitation_made", case=case, by=by, at=at, **told)
    return made, token


@transaction.atomic
def withdraw_invitation(*, case: Case, invitation: UUID, by: Person, at: datetime) -> None:
    """Let nobody else in by a link; who came by it stays.

    :raises RuleBroken: when there is none, or it was withdrawn before
    """
    changed(case)
    held = case.invitations.filter(pk=invitation).first()
    if held is None or held.withdrawn_at:
        raise RuleBroken(_("The invitation has been withdrawn already."))
    held.withdrawn_at = at
    held.save(update_fields=["withdrawn_at"])
    record("cases.invitation_withdrawn", case=case, by=by, at=at, invitation=str(held.pk))


@transaction.atomic
def accept_invitation(*, token: str, person: Person, at: datetime) -> Membership:
    """Let a person into a case by a link.

    :raises RuleBroken: when the link is unknown, withdrawn, run out or used up, or the person was let in before
    """
    invitation = CaseInvitation.objects.select_related("case").filter(token_sha256=hashed(token)).first()
    if invitation is None:
        raise RuleBroken(_("There is no such invitation. Check that the whole link was copied."))
    case = invitation.case
    changed(case)
    why = refusal(invitation, at)
    if invitation.uses.filter(person=person).exists():
        why = _("You have used this invitation before. Ask whoever sent it for a new one.")
    if Membership.objects.filter(case=case, person=person).exists():
        why = _("You are in this case already.")
    if why:
        raise RuleBroken(why)
    CaseInvitationUse.objects.create(invitation=invitation, person=person, at=at)
    membership = Membership.objects.create(case=case, person=person, role=invitation.role)
    told = {"invitation": str(invitation.pk), "role": invitation.role}
    record("cases.invitation_accepted", case=case, by=person, at=at, **told)
    return membership


@transaction.atomic
def join_with_new_account(*, token: str, username: str, name: str, password: str, at: datetime) -> Membership:
    """Make an account and let it into a case by a link; neither without the other.

    :raises RuleBroken: when the link or the account can't be used
    """
    person = register_person(username=username, name=name, password=password, at=at)
    return accept_invitation(token=token, person=person, at=at)


@transaction.atomic
def change_role(*, case: Case, person: UUID, role: str, by: Person, at: datetime) -> Membership:
    """Give somebody in the case another role.

    :raises RuleBroken: for somebody outside, an unknown role, the last owner, or where only an owner may
    """
    changed(case)
    held = _member(case, person)
    if role not in Role.values:
        raise RuleBroken(_("There is no such role. Choose one of the list."))
    _refuse_owner_by_others(case, role, by)
    _refuse_owner_by_others(case, held.role, by)
    if role != Role.OWNER:
        _refuse_last_owner(held)
    before, held.role = held.role, role
    held.save(update_fields=["role"])
    record("cases.role_changed", case=case, by=by, at=at, person=str(held.person_id), before=before, role=role)
    return held


@transaction.atomic
def remove_member(*, case: Case, person: UUID, by: Person, at: datetime) -> None:
    """Take somebody out of the case. What they wrote stays; the same link does not let them in again.

    :raises RuleBroken: for somebody outside, the last owner, or where only an owner may
    """
    changed(case)
    held = _member(case, person)
    _refuse_owner_by_others(case, held.role, by)
    _refuse_last_owner(held)
    held.delete()
    record("cases.member_removed", case=case, by=by, at=at, person=str(person), role=held.role)


def _member(case: Case, person: UUID) -> Membership:
    held = Membership.objects.filter(case=case, person=person).first()
    if held is None:
        raise RuleBroken(_("This person is not in the case any more."))
    return held


def _refuse_last_owner(held: Membership) -> None:
    others = Membership.objects.filter(case=held.case_id, role=Role.OWNER).exclude(pk=held.pk)
    if held.role == Role.OWNER and not others.exists():
        raise RuleBroken(_("A case has at least one process owner. Make somebody else process owner first."))


def _refuse_owner_by_others(case: Case, role: str, by: Person) -> None:
    owns = Membership.objects.filter(case=case, person=by, role=Role.OWNER)
    if role == Role.OWNER and not owns.exists():
        raise RuleBroken(_("Only a process owner decides who else is one."))
