"""Approving the minutes: from then on they are two files that never change, and the case holds the decision."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from fremsyn.approval.meeting.state import moment_of
from fremsyn.approval.minutes.content import MinutesContent, content_of
from fremsyn.approval.minutes.decision import decision_of
from fremsyn.approval.minutes.points import note_of
from fremsyn.approval.minutes.state import kept, locked
from fremsyn.approval.models import MinuteComment, Minutes, MinutesState
from fremsyn.approval.states import MINUTES, next_state
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import changed
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

KEY = "approval"


@dataclass(frozen=True)
class Typeset:
    """The minutes as files, and the content that they were made from."""

    content: MinutesContent
    pdf: bytes
    public_pdf: bytes


def written(minutes: Minutes, *, whole: bool) -> MinutesContent:
    """Return what the minutes say, in the language that they are written in."""
    with translation.override(minutes.language):
        return content_of(minutes, whole=whole)


@transaction.atomic
def approve_minutes(
    *, case: Case, meeting: str, version: int | None, made: Typeset, why: str = "", by: Person | None, at: datetime
) -> Minutes:
    """Approve the minutes. The files stand from now on, and the decision record of the case is filled.

    :param why: why they are approved before the time for comments is over
    :raises RuleBroken: when they are approved already, a comment is unanswered, something was changed since the files were
        made, or the time for comments is not over and no reason is given
    """
    minutes = locked(case, meeting, version)
    changed(case)  # what is closed of the paper opens with the minutes
    waiting = (
        minutes.state == MinutesState.COMMENTS
        and minutes.comments_until
        and moment_of(case, at) <= minutes.comments_until
    )
    minutes.state = next_state(MINUTES, "approve", minutes)
    if waiting and not why.strip():
        raise RuleBroken(_("The members may still comment. Say why the minutes are approved before that time is over."))
    if MinuteComment.objects.filter(minutes=minutes, answered_at=None).exists():
        raise RuleBroken(_("Answer the members' comments before the minutes are approved."))
    if written(minutes, whole=True) != made.content:
        raise RuleBroken(
            _("The record was changed while the file was made. Look at the minutes and approve them again.")
        )
    notes = {f"note.{each.position}": note_of(each, minutes.words) for each in minutes.run.points.all()}
    minutes.words = {**minutes.words, **notes}
    minutes.pdf, minutes.public_pdf = made.pdf, made.public_pdf
    minutes.sha256 = hashlib.sha256(made.pdf).hexdigest()
    minutes.approved_at, minutes.approved_by = at, by
    hashes = {"sha256": minutes.sha256, "public_sha256": hashlib.sha256(made.public_pdf).hexdigest()}
    said = {"why": keep_personal(why, about=by)} if why.strip() else {}
    kept(
        minutes, "approval.minutes_approved", "state", "words", "pdf", "public_pdf", "sha256", "approved_at", "approved_by",
        by=by, at=at, signers=list(minutes.signers), **hashes, **said,
    )  # fmt: skip
    fill_decision(minutes, by=by, at=at)
    return minutes


def fill_decision(minutes: Minutes, *, by: Person | None, at: datetime) -> None:
    """Fill the decision record of the case from the record of the meeting, where it decided anything."""
    decision = decision_of(minutes)
    if decision is not None:
        values = {"decision_record": decision}
        change_thing(
            case=minutes.run.case,
            key=KEY,
            version=None,
            values=values,
            meaning=False,
            although_closed=True,
            by=by,
            at=at,
        )
