"""The form for scores: one cell for each option in each scenario that is shown, a score and a reason."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fremsyn.cases.editing.forms import LONGEST_WHY
from fremsyn.cases.free_text import FreeTextField
from fremsyn.strategy.fields import SCORES

LONGEST_REASON = 4_000
Key = tuple[str, str]  # option and scenario


@dataclass(frozen=True)
class Given:
    """What a cell holds: a score from -2 to 2, None where there is none, and why."""

    score: int | None = None
    reason: str = ""


NOTHING = Given()


class ScoresForm(forms.Form):
    """Scores with their reasons. Cells in which nothing is written are left out."""

    def __init__(self, data: Any, cells: Mapping[Key, str], before: Mapping[Key, Given]) -> None:
        """Take the cells, each with its words, and what they hold."""
        super().__init__(data)
        self.cells = tuple(cells)
        for key, words in cells.items():
            stood = before.get(key, NOTHING)
            score, reason = names_of(key)
            self.fields[score] = forms.TypedChoiceField(
                label=_("Score: %(what)s") % {"what": words},
                choices=[(str(each), said) for each, said in SCORES.items()],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect({"class": "steps"}),
                initial=None if stood.score is None else str(stood.score),
            )
            self.fields[reason] = FreeTextField(
                label=_("Why: %(what)s") % {"what": words},
                required=False,
                max_length=LONGEST_REASON,
                widget=forms.Textarea({"rows": 2}),
                initial=stood.reason,
            )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason of a score, and for the score that a reason is of."""
        told = super().clean() or {}
        for key in self.cells:
            score, reason = names_of(key)
            if score in self.errors or reason in self.errors:
                continue
            if told.get(score) is not None and not told.get(reason):
                self.add_error(reason, _("Say why: a score without a reason can't be talked about."))
            if told.get(score) is None and told.get(reason):
                self.add_error(score, _("Choose a score, or take the reason away."))
        return told

    def given(self) -> dict[Key, Given]:
        """Return the cells that hold a score."""
        found = {}
        for key in self.cells:
            score, reason = (self.cleaned_data.get(name) for name in names_of(key))
            if score is not None:
                found[key] = Given(score, reason or "")
        return found


class SettleForm(ScoresForm):
    """The case's own scores, and the versions of the options on which they were written."""

    def __init__(
        self, data: Any, cells: Mapping[Key, str], before: Mapping[Key, Given], versions: Mapping[str, int]
    ) -> None:
        super().__init__(data, cells, before)
        self.options = tuple(versions)
        for ref, version in versions.items():
            self.fields[f"version-{ref}"] = forms.IntegerField(
                widget=forms.HiddenInput, required=False, min_value=1, initial=version
            )
        self.fields["why"] = FreeTextField(
            label=_("Why did you change it?"),
            help_text=_("Kept with the change, for those who ask later."),
            required=False,
            max_length=LONGEST_WHY,
        )

    def versions(self) -> dict[str, int]:
        """Return the versions that this was written on, by option."""
        told = {ref: self.cleaned_data.get(f"version-{ref}") for ref in self.options}
        return {ref: version for ref, version in told.items() if version}

    def hidden(self) -> Iterable[forms.BoundField]:
        """Return the fields that nobody sees."""
        return self.hidden_fields()


def names_of(key: Key) -> tuple[str, str]:
    """Return the names of a cell's two fields."""
    return f"score-{key[0]}-{key[1]}", f"reason-{key[0]}-{key[1]}"
