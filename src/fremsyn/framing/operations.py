"""What people do in the frame beside writing its things one by one."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import add_thing, change_thing
from fremsyn.cases.models import Case, Item
from fremsyn.cases.remembered import changed
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import Text
from fremsyn.framing.handover import load
from fremsyn.framing.models import InterviewNote, InterviewPassage, InterviewTheme
from fremsyn.framing.passages import sentences
from fremsyn.framing.schema import Question
from fremsyn.people.models import Person


@transaction.atomic
def move_stakeholders(
    *, case: Case, places: Mapping[str, tuple[int, int, int]], by: Person | None, at: datetime
) -> tuple[Item, ...]:
    """Move stakeholders on the map, all or none. A move is a change of meaning.

    :param places: by reference: influence and interest, each 1 to 5, and the version that the move was made on
    :raises Conflict: when somebody else has moved one of them since
    :raises RuleBroken: when the phase is closed, or one is gone
    """
    return tuple(
        change_thing(
            case=case, key=ref, version=version, values={"influence": influence, "interest": interest}, meaning=True,
            by=by, at=at,
        )
        for ref, (influence, interest, version) in places.items()
    )  # fmt: skip


@transaction.atomic
def write_notes(
    *, case: Case, who: str, answers: Mapping[int, str], by: Person | None, at: datetime
) -> tuple[InterviewNote, ...]:
    """Keep what was said in an interview.

    :param who: a role, never a name
    :param answers: by the question's number in the guide, from 1; 0 for what was said beside the questions
    :raises RuleBroken: when nothing was written, or by whom is missing
    """
    written = {number: text.strip() for number, text in answers.items() if text.strip()}
    if not who.strip() or not written:
        raise RuleBroken(_("Write the role of whoever was interviewed, and at least one note."))
    changed(case)
    notes = [
        InterviewNote(case=case, who=who.strip(), question=number, text=text, at=at, by=by)
        for number, text in written.items()
    ]
    made = InterviewNote.objects.bulk_create(notes)
    record("framing.interview_noted", case=case, by=by, at=at, notes=len(made))
    return tuple(made)


@transaction.atomic
def gather_theme(
    *,
    case: Case,
    name: str,
    notes: Iterable[InterviewNote],
    passages: Mapping[int, Iterable[int]] | None = None,
    by: Person | None,
    at: datetime,
) -> InterviewTheme:
    """Gather notes under a theme; one of that name takes the notes to those it has.

    :param passages: by a note's id, which of its sentences, from 0, the theme points to; without them it is the whole note
    :raises RuleBroken: without a name or notes
    """
    chosen = list(notes)
    if not name.strip() or not chosen:
        raise RuleBroken(_("Tick the notes that belong together, and give the theme a name."))
    changed(case)
    theme = InterviewTheme.objects.filter(case=case, name=name.strip()).first()
    theme = theme or InterviewTheme.objects.create(case=case, name=name.strip(), at=at, by=by)
    theme.notes.add(*chosen)
    for note in chosen:
        _point_to(theme, note, (passages or {}).get(note.pk, ()))
    record("framing.interview_theme_gathered", case=case, by=by, at=at, theme=theme.pk, notes=len(chosen))
    return theme


def _point_to(theme: InterviewTheme, note: InterviewNote, numbers: Iterable[int]) -> None:
    said = sentences(note.text)
    for number in numbers:
        if number >= len(said):
            raise RuleBroken(_("That passage isn't in the note. Load the page again."))
        InterviewPassage.objects.get_or_create(theme=theme, note=note, position=number, defaults={"text": said[number]})


@transaction.atomic
def ask_of_theme(*, theme: InterviewTheme, text: Text, by: Person | None, at: datetime) -> Item:
    """Make a theme a question under the focal one; the theme stays as its reason.

    :raises RuleBroken: when it is one already, or the phase is closed
    """
    held = InterviewTheme.objects.select_for_update().select_related("case").get(pk=theme.pk)
    if held.question_id:
        raise RuleBroken(_("A question has been made of this theme already."))
    focal = next(each.ref for each in load(held.case).framing.questions if each.kind == "focal")
    thing = Question(ref="", kind="sub", text=text, because=(focal,))
    held.question = add_thing(case=held.case, parent="framing", slot="questions", thing=thing, by=by, at=at)
    held.save(update_fields=["question"])
    record("framing.interview_theme_asked", case=held.case, by=by, at=at, theme=held.pk, question=held.question.ref)
    return held.question
