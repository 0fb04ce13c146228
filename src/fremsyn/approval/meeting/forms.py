"""What is sent in about seats and meetings."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from fremsyn.approval.meeting.operations.disqualifying import LONGEST_GROUND
from fremsyn.approval.meeting.operations.holding import BY_HAND, LONGEST_NOTE, WITH_REASON
from fremsyn.approval.models import PresenceState
from fremsyn.approval.schema import CLOCK
from fremsyn.cases.editing.inputs import ClockField
from fremsyn.cases.free_text import FreeTextField
from fremsyn.core.text import LANGUAGES, Text

LONGEST_REASON = 1000


def clock(label: Any, example: Any) -> ClockField:
    told = RegexValidator(rf"^(?:{CLOCK})\Z", _("Write a time such as 13:00."))
    return ClockField(label=label, max_length=20, validators=[told], widget=forms.TextInput({"placeholder": example}))


def day(label: Any, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def reason(label: Any, **options: Any) -> forms.CharField:
    return FreeTextField(label=label, max_length=LONGEST_REASON, widget=forms.Textarea({"rows": 2}), **options)


def needed(field: Any, when: Any) -> Any:
    """Say at a field's label when it must be filled in, where it only must at times."""
    field.needed = when
    return field


class SeatForm(forms.Form):
    """Who gets which seat, and in which term."""

    def __init__(self, *given: Any, members: Any, people: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["member"] = forms.ChoiceField(label=_("The member's seat"), choices=members)
        as_what = [("holder", _("holder of the seat")), ("alternate", _("alternate, who stands in"))]
        self.fields["seated_as"] = forms.ChoiceField(label=_("As"), choices=as_what)
        self.fields["person"] = forms.TypedChoiceField(label=_("Who"), choices=people, coerce=str)
        self.fields["since"] = day(_("From"))
        self.fields["until"] = day(_("To, the last day"), required=False)


class EndForm(forms.Form):
    """The last day of a term."""

    seat = forms.IntegerField(widget=forms.HiddenInput)
    until = day(_("The last day"))


class UndoForm(forms.Form):
    """Why a term that has not begun is undone."""

    seat = forms.IntegerField(widget=forms.HiddenInput)
    why = reason(_("Why the term is undone"))


class NoticeForm(forms.Form):
    """Calling a meeting, or a written procedure until a day; a reason where the notice is short."""

    kind = forms.ChoiceField(
        label=_("How the board decides"),
        choices=[("meeting", _("At the meeting")), ("written", _("In writing, without a meeting"))],
        widget=forms.RadioSelect,
    )
    until = needed(
        day(
            _("In writing: votes are taken until the end of"),
            required=False,
            help_text=_(
                "Every point for decision is put to the vote at once. Any member can stop it by asking for a meeting."
            ),
        ),
        _("must be filled in for a written procedure"),
    )
    why = needed(
        reason(_("Why the members get fewer days than the rules of procedure ask for"), required=False),
        _("must be filled in where they get fewer"),
    )
    votes = forms.BooleanField(label=_("Put the votes in the pack as well, under pseudonyms"), required=False)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("kind") == "meeting":
            said["until"] = None
        elif "until" not in self.errors and not said.get("until"):
            self.add_error("until", _("A written procedure needs a last day for the votes."))
        return said


class LateForm(forms.Form):
    """Material that comes after the notice."""

    why = reason(_("Why the material comes late"))
    votes = forms.BooleanField(label=_("Put the votes in the pack as well, under pseudonyms"), required=False)


class MoveForm(forms.Form):
    """Another day, time or place for a meeting."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    day = day(_("Day"))
    begins = clock(_("Begins"), _("13:00"))
    ends = clock(_("Ends"), _("15:00"))
    place = FreeTextField(label=_("Place"), required=False, max_length=200)
    why = needed(
        reason(_("Why it is moved"), required=False),
        _("must be filled in where the members get fewer days than the rules of procedure ask for"),
    )

    def place_text(self, before: Text | None, language: str) -> Text | None:
        """Return the place: what stood there where it was not touched, else what was written, in the page's language."""
        written = self.cleaned_data["place"]
        if not written:
            return None
        if before and written in (before.da, before.en):
            return before
        return Text(**{language if language in LANGUAGES else "da": written})


class CallOffForm(forms.Form):
    """Why a meeting is called off."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    why = reason(_("Why the meeting is called off"))


class StepForm(forms.Form):
    """What the one who leads a meeting does with it or with a point."""

    action = forms.ChoiceField(choices=[(each, each) for each in ("open", "close", *sorted(BY_HAND))])
    version = forms.IntegerField()
    point = forms.IntegerField(required=False)
    why = FreeTextField(required=False, max_length=LONGEST_REASON)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("action") in WITH_REASON and not said.get("why") and "why" not in self.errors:
            self.add_error("why", _("Say why; it stands in the minutes."))
        return said


class AttendanceForm(forms.Form):
    """How each member takes part in a point, by the member's id; a member without an answer stays as before."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    point = forms.IntegerField(widget=forms.HiddenInput)
    onwards = forms.BooleanField(required=False)
    all_in = forms.BooleanField(required=False)

    def __init__(self, *given: Any, members: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.members = [each.id for each in members]
        for member in self.members:
            self.fields[f"of_{member}"] = forms.ChoiceField(choices=PresenceState.choices, required=False)

    @property
    def states(self) -> dict[str, str]:
        """Return how members take part, by id."""
        return {member: state for member in self.members if (state := self.cleaned_data.get(f"of_{member}"))}


class NoteForm(forms.Form):
    """What was said on a point, and what stood there when the writer began."""

    point = forms.IntegerField(widget=forms.HiddenInput)
    was = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    note = FreeTextField(
        label=_("Notes for the minutes"), required=False, max_length=LONGEST_NOTE,
        widget=forms.Textarea({"rows": 5}),
    )  # fmt: skip


class DeclareForm(forms.Form):
    """A member's declaration at a point."""

    point = forms.IntegerField(widget=forms.HiddenInput)
    ground = FreeTextField(
        label=_("What may bar you from the point"), max_length=LONGEST_GROUND,
        widget=forms.Textarea({"rows": 3}),
    )  # fmt: skip


class NoteDisqualificationForm(forms.Form):
    """A disqualification that whoever serves the body notes, of somebody who sits in it."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    point = forms.IntegerField(widget=forms.HiddenInput)
    person = forms.UUIDField()
    ground = FreeTextField(max_length=LONGEST_GROUND)


class RuleForm(forms.Form):
    """What the body found of a disqualification."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    declared = forms.IntegerField(widget=forms.HiddenInput)
    found = forms.ChoiceField(choices=[("barred", "barred"), ("cleared", "cleared")])
    words = FreeTextField(required=False, max_length=LONGEST_GROUND)
