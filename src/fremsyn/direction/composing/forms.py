"""The form on which the desirable scenario is composed."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.one_language import in_page_language, written
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.shape import Text
from fremsyn.direction.composing.operations import Wished, mark_of
from fremsyn.direction.schema import DesirableScenario, DesirableState, Stance
from fremsyn.scenarios.schema import Driver
from fremsyn.web.templatetags.say import say_plain

LONGEST_LINE, LONGEST_TEXT = 200, 4000
STANCES = {"ours": _("ours to do"), "work_for": _("we work for it"), "hope_hedge": _("we hope, and hedge")}


class ComposeForm(forms.Form):
    """A state, a stance and a reason for each driver, and the words for the whole."""

    name = FreeTextField(label=_("Name of the desirable scenario"), required=False, max_length=LONGEST_LINE)
    statement = FreeTextField(
        label=_("The future we wish for, in a few sentences"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip
    tension = FreeTextField(
        label=_("What resists, and what we make of that"), required=False, max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(
        self, drivers: tuple[Driver, ...], wish: DesirableScenario | None, stances: tuple[Stance, ...], data: Any = None
    ) -> None:
        super().__init__(data, initial={name: in_page_language(getattr(wish, name, None)) for name in WORDS})
        self.drivers, self.wish = drivers, wish
        if wish is None:
            for name in ("name", "statement"):
                cast("FreeTextField", self.fields[name]).needed = _("must be filled in")
        held = wish.variants if wish else ()
        self.now: dict[str, DesirableState] = {each.variant.partition(".")[0]: each for each in held}
        words = {each.id: say_plain(each.name) for each in stances} or STANCES
        for driver in drivers:
            self._fields_of(driver, self.now.get(driver.ref), words)

    def _fields_of(self, driver: Driver, now: DesirableState | None, words: Any) -> None:
        states = [("", _("nothing chosen")), *((v.ref, say_plain(v.name)) for v in driver.variants)]
        fields: dict[str, forms.Field] = {
            "state": forms.ChoiceField(label=_("State"), choices=states, required=False),
            "stance": forms.ChoiceField(label=_("Stance"), choices=list(words.items())),
            "why": FreeTextField(
                label=_("Why?"), required=False, max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 2})
            ),
            "seen": forms.CharField(required=False, max_length=16, widget=forms.HiddenInput),
        }
        initial = {
            "state": now.variant if now else "",
            "stance": now.stance if now else "work_for",
            "why": in_page_language(now.why) if now else "",
            "seen": mark_of(now.variant, now.stance, now.why) if now else "",
        }
        for kind, field in fields.items():
            self.fields[f"{kind}-{driver.ref}"] = field
            self.initial[f"{kind}-{driver.ref}"] = initial[kind]

    def rows(self) -> list[tuple[Driver, dict[str, forms.BoundField]]]:
        """Return each driver with its fields by what they ask."""
        return [
            (d, {kind: self[f"{kind}-{d.ref}"] for kind in ("state", "stance", "why", "seen")}) for d in self.drivers
        ]

    @property
    def chosen(self) -> tuple[str, ...]:
        """Return the states as they are chosen on the form, whether or not it was sent."""
        found = (str(self[f"state-{driver.ref}"].value() or "") for driver in self.drivers)
        known = {variant.ref for driver in self.drivers for variant in driver.variants}
        return tuple(ref for ref in found if ref in known)

    @property
    def wished(self) -> dict[str, Wished]:
        """Return what was chosen for each driver."""
        given = self.cleaned_data
        return {
            driver.ref: Wished(
                given[f"state-{driver.ref}"],
                given[f"stance-{driver.ref}"],
                written(
                    given[f"why-{driver.ref}"].strip(), self.now[driver.ref].why if driver.ref in self.now else None
                ),
                given[f"seen-{driver.ref}"],
            )
            for driver in self.drivers
        }

    @property
    def texts(self) -> dict[str, Text | None]:
        """Return the words for the whole."""
        return {name: written(self.cleaned_data[name].strip(), getattr(self.wish, name, None)) for name in WORDS}


WORDS = ("name", "statement", "tension")
