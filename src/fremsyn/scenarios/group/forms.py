"""The forms of those who lead: what is handed out to whom, and what is taken over by which rule."""

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.free_text import FreeTextField
from fremsyn.scenarios.group.rules import AGREEMENT, MEDIAN, SMALLEST_SHARE, USUAL_SHARE, Rule
from fremsyn.scenarios.group.state import Group, Key
from fremsyn.scenarios.words import said

LONGEST_WHY = 4000


class HandForm(forms.Form):
    """Which sections go to whom: all where a driver acts, all where it is acted on, or a single one."""

    person = forms.MultipleChoiceField(
        label=gettext_lazy("People"), required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": gettext_lazy("One of those you chose is not in the case any more.")},
    )  # fmt: skip
    acts = forms.MultipleChoiceField(required=False)
    acted = forms.MultipleChoiceField(required=False)
    one = forms.ChoiceField(label=gettext_lazy("The driver that acts"), required=False)
    other = forms.ChoiceField(label=gettext_lazy("The driver that is acted on"), required=False)

    def __init__(self, group: Group, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.group = group
        people = {str(each.person_id): each.person.name for each in group.judges}
        for section in group.sections.values():
            people |= {str(each.task.person_id): each.name for each in section.seats if each.task.person_id}
        drivers = [(each.ref, f"{each.ref} {said(each.name)}") for each in group.board.drivers]
        self._choose("person", list(people.items()))
        for name in ("acts", "acted"):
            self._choose(name, drivers)
        for name in ("one", "other"):
            self._choose(name, [("", "–"), *drivers])

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def clean(self) -> dict[str, Any]:
        """Ask for both drivers of a single section, and for two."""
        told = super().clean() or {}
        one, other = told.get("one"), told.get("other")
        if bool(one) != bool(other) or (one and one == other):
            self.add_error("other", _("A single section needs two drivers: one that acts on another."))
        return told

    @property
    def people(self) -> list[UUID]:
        """Return those who were chosen."""
        return [UUID(each) for each in self.cleaned_data["person"]]

    @property
    def sections(self) -> list[Key]:
        """Return the sections that were chosen, in the order of the matrix."""
        told = self.cleaned_data
        return [
            key
            for key in self.group.board.pairs
            if key[0] in told["acts"] or key[1] in told["acted"] or key == (told["one"], told["other"])
        ]


class RuleForm(forms.Form):
    """By which rule the group's matrix is made."""

    rule = forms.ChoiceField(
        label=gettext_lazy("The group's judgement is"),
        choices=[
            (MEDIAN, gettext_lazy("the median of what is given")),
            (AGREEMENT, gettext_lazy("the median where enough agree on the sign, else 0")),
        ],
        widget=forms.RadioSelect,
    )
    share = forms.IntegerField(
        label=gettext_lazy("Enough is, in per cent"), min_value=SMALLEST_SHARE, max_value=100,
        help_text=gettext_lazy("51 to 100; it counts for agreement only."),
    )  # fmt: skip

    def __init__(self, data: Any = None) -> None:
        usual = {"rule": MEDIAN, "share": USUAL_SHARE}
        super().__init__({**usual, **data.dict()} if data else usual)

    @property
    def chosen(self) -> Rule:
        """Return the rule that was chosen; the usual one where it can't be read."""
        if not self.is_valid():
            return Rule()
        return Rule(self.cleaned_data["rule"], self.cleaned_data["share"])


class TakeOverForm(forms.Form):
    """Why the group's judgements are taken over."""

    why = FreeTextField(
        label=gettext_lazy("The reason"), max_length=LONGEST_WHY, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy(
            "Kept with each section's history. A section that has a reason of its own keeps it; one without gets this."
        ),
    )  # fmt: skip
