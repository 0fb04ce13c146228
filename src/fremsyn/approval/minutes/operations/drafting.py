"""Drafting the minutes, writing the words that are not in the record, and hearing the members on the draft."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load
from fremsyn.approval.meeting.seats import seat_of, seated_people
from fremsyn.approval.meeting.state import day_of, end_of, moment_of
from fremsyn.approval.minutes.content import runs_for_minutes
from fremsyn.approval.minutes.signers import signers_of
from fremsyn.approval.minutes.state import kept, locked
from fremsyn.approval.models import MeetingRun, MeetingState, MinuteComment, Minutes, MinutesState
from fremsyn.approval.states import MINUTES, next_state
from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.models import Case
from fremsyn.cases.telling import tell
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import LANGUAGES
from fremsyn.people.models import Person

OVER = frozenset({MeetingState.CLOSED, MeetingState.STOPPED})
BEING_WRITTEN = frozenset({MinutesState.DRAFT, MinutesState.COMMENTS})
LONGEST = 20_000
SENT = "minutes.comments"


@transaction.atomic
def draft_minutes(*, case: Case, meeting: str, language: str, by: Person | None, at: datetime) -> Minutes:
    """Draft the minutes of a meeting that is over, from its record. Those who took part are to sign, but for whom the file is closed to.

    :param language: the language they are written in
    :raises RuleBroken: when the meeting is not over, or there are minutes already
    """
    held = MeetingRun.objects.select_for_update().filter(case=case, meeting=meeting, state__in=OVER).first()
    body = load(case).body
    if held is None or body is None:
        raise RuleBroken(_("Minutes are made of a meeting that is over. Close it first."))
    run = next(each for each in runs_for_minutes(case) if each.pk == held.pk)
    if Minutes.objects.filter(run=run).exists():
        raise RuleBroken(_("There are minutes of the meeting already. Look at them again."))
    signers = signers_of(run, body)
    made = Minutes.objects.create(
        run=run, language=language if language in LANGUAGES else "da", drafted_at=at, signers=signers
    )
    record("approval.minutes_drafted", case=case, by=by, at=at, meeting=meeting, language=made.language)
    return made


@transaction.atomic
def write_words(
    *, case: Case, meeting: str, version: int | None, words: Mapping[str, str], by: Person | None, at: datetime
) -> Minutes:
    """Write what is not in the record: opening, closing, what was said on a point, why a point is closed.

    :param words: by place; what is not named stays
    :raises RuleBroken: when the minutes are approved, a place is unknown, or a text is too long
    """
    minutes = locked(case, meeting, version)
    _must_be_written(minutes)
    known = {"opening", "closing"} | {
        f"{name}.{position}"
        for position in minutes.run.points.values_list("position", flat=True)
        for name in ("note", "closed")
    }
    if set(words) - known:
        raise RuleBroken(_("The page was not read as it should. Load it again."))
    if any(len(text) > LONGEST for text in words.values()):
        raise RuleBroken(_("The text is too long. Write at most 20,000 characters."))
    new = {place: text for place, text in words.items() if minutes.words.get(place) != text}
    if new:
        minutes.words = {**minutes.words, **new}
        said = {place: keep_personal(text, about=by) for place, text in new.items() if text}
        kept(minutes, "approval.minutes_written", "words", by=by, at=at, places=sorted(new), words=said)
    return minutes


@transaction.atomic
def send_for_comments(
    *, case: Case, meeting: str, version: int | None, until: date, by: Person | None, at: datetime
) -> Minutes:
    """Send the draft out to the members, or send it out again; they comment until the end of a day.

    Who is told stands in `Told`; the mail itself is sent when all this is kept.

    :raises RuleBroken: when the minutes are approved, or the day lies behind
    """
    minutes = locked(case, meeting, version)
    minutes.state = next_state(MINUTES, "send", minutes)
    today = day_of(case, at)
    minutes.comments_until = end_of(case, until, at)
    kept(minutes, "approval.minutes_sent", "state", "comments_until", by=by, at=at, until=until.isoformat())
    tell(case=case, people=seated_people(case, today), event=SENT, about=about_of(minutes), at=at)
    return minutes


def about_of(minutes: Minutes) -> str:
    """Return what the notes of who was told of the latest draft are about."""
    return f"{minutes.run.meeting}@minutes.{minutes.version}"


@transaction.atomic
def comment_on_minutes(*, case: Case, meeting: str, text: str, by: Person, at: datetime) -> MinuteComment:
    """Comment on the draft, for the member whose seat one holds or stands in for.

    :raises RuleBroken: when the draft is not out for comments, the deadline has passed, or one has no seat
    """
    minutes = locked(case, meeting)
    seat = seat_of(case, by, day_of(case, at))
    if seat is None:
        raise RuleBroken(_("You have no seat on the board now, so you can't comment on its minutes."))
    until = minutes.comments_until
    if minutes.state != MinutesState.COMMENTS or until is None or moment_of(case, at) > until:
        raise RuleBroken(_("The minutes are not out for comments now. Write to the board's secretariat."))
    made = MinuteComment.objects.create(minutes=minutes, member=seat.member, text=text, written_at=at, written_by=by)
    said = keep_personal(text, about=by)
    kept(minutes, "approval.minutes_commented", by=by, at=at, member=seat.member, comment=made.pk, text=said)
    return made


@transaction.atomic
def answer_comment(
    *, case: Case, meeting: str, comment: int, answer: str, by: Person | None, at: datetime
) -> MinuteComment:
    """Answer a member's comment; the member sees it.

    :raises RuleBroken: when there is no such comment, or the minutes are approved
    """
    minutes = locked(case, meeting)
    _must_be_written(minutes)
    found = MinuteComment.objects.filter(minutes=minutes, pk=comment).first()
    if found is None:
        raise RuleBroken(_("There is no such comment. Load the page again."))
    found.answer, found.answered_at = answer, at
    found.save(update_fields=["answer", "answered_at"])
    said = keep_personal(answer, about=by)
    kept(minutes, "approval.minutes_comment_answered", by=by, at=at, comment=comment, answer=said)
    return found


def _must_be_written(minutes: Minutes) -> None:
    if minutes.state not in BEING_WRITTEN:
        raise RuleBroken(_("The minutes are approved, so nothing in them can be changed."))
