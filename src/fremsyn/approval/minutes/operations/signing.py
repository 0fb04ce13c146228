"""Taking in signed minutes, and saying whose a signature is."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.minutes.checking import Found
from fremsyn.approval.minutes.content import names_on
from fremsyn.approval.minutes.operations.approving import fill_decision
from fremsyn.approval.minutes.signing import authorities, sha256_of
from fremsyn.approval.minutes.state import kept, locked
from fremsyn.approval.models import Minutes, MinutesState, Signature
from fremsyn.approval.states import MINUTES, next_state
from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person


@transaction.atomic
def take_signed(
    *, case: Case, meeting: str, signed: bytes, found: tuple[Found, ...], by: Person | None, at: datetime
) -> list[Signature]:
    """Keep the signatures in a signed copy of the minutes that were not there before.

    A signature belongs to the signer of its name. When all have signed, the minutes are signed.

    :param found: the signatures that the copy was found to hold
    :raises RuleBroken: when the minutes are not approved, or all of the signatures are known
    """
    minutes = locked(case, meeting)
    _must_be_approved(minutes)
    known = set(minutes.signatures.values_list("certificate_sha256", flat=True))
    new = {each.certificate_sha256: each for each in found if each.certificate_sha256 not in known}
    if not new:
        raise RuleBroken(_("The signatures in the file are here already."))
    sha256 = sha256_of(signed)
    made = [
        Signature.objects.create(
            minutes=minutes, name=each.name, member=_member(minutes, each.name), signed_at=each.signed_at,
            stamped=each.stamped, certificate_sha256=each.certificate_sha256, trusted=each.trusted, pdf=signed,
            pdf_sha256=sha256, uploaded_at=at, uploaded_by=by,
        )
        for each in new.values()
    ]  # fmt: skip
    said = [{"certificate": each.certificate_sha256, "trusted": each.trusted, "member": each.member} for each in made]
    kept(minutes, "approval.minutes_signature_taken", by=by, at=at, file=sha256, signatures=said)
    _all_signed(minutes, by=by, at=at)
    return made


@transaction.atomic
def say_whose(*, case: Case, meeting: str, signature: int, member: str, by: Person | None, at: datetime) -> Signature:
    """Say which signer a signature belongs to, where its name does not.

    :raises RuleBroken: when there is no such signature or signer, or the signer has signed
    """
    minutes = locked(case, meeting)
    _must_be_approved(minutes)
    found = minutes.signatures.select_for_update().filter(pk=signature).first()
    if found is None or found.member:
        raise RuleBroken(_("There is no such signature, or somebody has said whose it is. Load the page again."))
    if member not in waiting_for(minutes):
        raise RuleBroken(_("That member is not to sign, or has signed."))
    found.member = member
    found.save(update_fields=["member"])
    kept(
        minutes, "approval.minutes_signature_ascribed", by=by, at=at,
        certificate=found.certificate_sha256, member=member,
    )  # fmt: skip
    _all_signed(minutes, by=by, at=at)
    return found


def waiting_for(minutes: Minutes) -> list[str]:
    """Return the signers who have no signature yet, by id."""
    signed = set(counted(minutes).values_list("member", flat=True))
    return [member for member in minutes.signers if member not in signed]


def counted(minutes: Minutes) -> QuerySet[Signature]:
    """Return the signatures that count: where the operator has set issuers, those that are confirmed; else all."""
    return minutes.signatures.filter(trusted=True) if authorities() else minutes.signatures.all()


def _member(minutes: Minutes, name: str) -> str:
    """Return the one signer who has not signed and bears a name; empty where none does, or several."""
    day = next(each.date for each in load(minutes.run.case).meetings if each.id == minutes.run.meeting)
    names = names_on(minutes.run.case, day)
    waiting = set(waiting_for(minutes))
    found = {member for (member, _alternate), held in names.items() if member in waiting and _alike(held, name)}
    return found.pop() if len(found) == 1 else ""


def _alike(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()


def _all_signed(minutes: Minutes, *, by: Person | None, at: datetime) -> None:
    """Make the minutes signed when every signer has, and note the signatures in the case's decision record."""
    if minutes.state == MinutesState.APPROVED and minutes.signers and not waiting_for(minutes):
        minutes.state = next_state(MINUTES, "sign", minutes)
        kept(minutes, "approval.minutes_signed", "state", by=by, at=at)
    fill_decision(minutes, by=by, at=at)


def _must_be_approved(minutes: Minutes) -> None:
    if minutes.state not in (MinutesState.APPROVED, MinutesState.SIGNED):
        raise RuleBroken(_("The minutes have not been approved, so there is nothing to sign yet."))
