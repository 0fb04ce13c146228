"""The forms on which drivers, scenarios and stories are made."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.one_language import in_page_language, written
from fremsyn.cases.free_text import FreeTextField
from fremsyn.cases.shape import Text
from fremsyn.scenarios.editing.operations import FEWEST, MOST, TICKS
from fremsyn.scenarios.pictures.drivers import influences, kinds
from fremsyn.scenarios.schema import Driver, VariantsTested
from fremsyn.web.templatetags.say import say_plain

LONGEST_LINE, LONGEST_TEXT, LONGEST_STORY = 200, 4000, 100_000
FROM_ONE_TO_FIVE = [(str(n), str(n)) for n in range(1, 6)]


def line(label: Any, help_text: Any = "", *, required: bool = True) -> forms.CharField:
    """Return a field for one line of words."""
    return FreeTextField(label=label, help_text=help_text, required=required, max_length=LONGEST_LINE)


def lines(label: Any, help_text: Any = "", *, required: bool = False, rows: int = 2) -> forms.CharField:
    """Return a field for some lines of words."""
    area = forms.Textarea(attrs={"rows": rows})
    return FreeTextField(label=label, help_text=help_text, required=required, max_length=LONGEST_TEXT, widget=area)


def text(words: str) -> Text | None:
    """Return words in the page's language as a text; None where there are none."""
    return written(words.strip(), None)


class TestedForm(forms.Form):
    """The two questions that a driver's states are held against."""

    exclusive = forms.BooleanField(
        label=_("Exclusive? I have asked: can two of the states hold at the same time? They can't."), required=False
    )
    exhaustive = forms.BooleanField(
        label=_("Exhaustive? I have asked: can something happen that none of the states covers? It can't."),
        required=False,
    )
    note = lines(_("What came of asking"), _("A state that was split, joined or added, and why."))

    @property
    def tested(self) -> VariantsTested | None:
        """Return what was ticked; None where nothing was."""
        given = self.cleaned_data
        note = text(given["note"])
        if not (given["exclusive"] or given["exhaustive"] or note):
            return None
        return VariantsTested(exclusive=given["exclusive"], exhaustive=given["exhaustive"], note=note)


def form_of_tested(driver: Driver, data: Any) -> TestedForm:
    """Return the two questions as they were answered for a driver."""
    told = driver.variants_tested or VariantsTested()
    return TestedForm(
        data,
        initial={"exclusive": told.exclusive, "exhaustive": told.exhaustive, "note": in_page_language(told.note)},
    )


class DriverForm(TestedForm):
    """A driver made of trends, with its states."""

    name = line(_("The driver, without a direction"), _("What could turn out in several ways."))
    asks = line(_("The question it asks of the future"))
    key = forms.RegexField(
        r"[A-Z][A-Z0-9]{1,4}", label=_("Short name"), required=False, strip=True,
        help_text=_("Two to five capital letters. Left empty, it is made of the name."),
        error_messages={"invalid": _("Write two to five capital letters from A to Z, or leave it empty.")},
    )  # fmt: skip
    influence_why = lines(_("How, if partly?"))
    impact = forms.ChoiceField(label=_("Impact on the question, from 1 to 5"), choices=FROM_ONE_TO_FIVE, initial="3")
    uncertainty = forms.ChoiceField(label=_("Uncertainty, from 1 to 5"), choices=FROM_ONE_TO_FIVE, initial="3")

    def __init__(self, visit: Visit, data: Any = None, trends: tuple[str, ...] = ()) -> None:
        questions = visit.of_kind("question")
        super().__init__(data, initial={"because": trends, "question": questions[0].ref if questions else ""})
        found = sorted(visit.of_kind("trend"), key=lambda each: each.ref not in trends)
        self.fields["because"] = forms.MultipleChoiceField(
            label=_("The trends it is drawn from"), required=False, widget=forms.CheckboxSelectMultiple,
            choices=[(e.ref, f"{e.ref} {say_plain(e.title)}") for e in found],
        )  # fmt: skip
        self.fields["question"] = forms.ChoiceField(
            label=_("Serves the question"), choices=[(e.ref, f"{e.ref} {say_plain(e.title)}") for e in questions]
        )
        self.fields["kind"] = forms.ChoiceField(label=_("Lies in"), choices=list(kinds().items()))
        self.fields["influence"] = forms.ChoiceField(label=_("Our influence"), choices=list(influences().items()))
        for n in range(1, MOST + 1):
            self.fields[f"state-{n}"] = line(_("State %(n)d, in a few words") % {"n": n}, required=n <= FEWEST)
            self.fields[f"means-{n}"] = lines(_("What is so, in this state?"))

    @property
    def state_fields(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the fields of the states: name and description."""
        return [(self[f"state-{n}"], self[f"means-{n}"]) for n in range(1, MOST + 1)]

    @property
    def head_fields(self) -> list[forms.BoundField]:
        """Return the fields of the driver itself."""
        names = ("name", "asks", "key", "question", "kind", "influence", "influence_why", "impact", "uncertainty")
        return [self[name] for name in names]

    @property
    def states(self) -> tuple[tuple[Text, Text], ...]:
        """Return the states that were written; one without a description is described by its name."""
        given = [(self.cleaned_data[f"state-{n}"], self.cleaned_data[f"means-{n}"]) for n in range(1, MOST + 1)]
        return tuple((text(name) or Text(), text(means) or text(name) or Text()) for name, means in given if name)

    @property
    def driver(self) -> Driver:
        """Return the driver that was written, without its states."""
        given = self.cleaned_data
        return Driver(
            ref="", key=given["key"], name=text(given["name"]) or Text(), asks=text(given["asks"]) or Text(),
            question=given["question"], kind=given["kind"], impact=int(given["impact"]),
            uncertainty=int(given["uncertainty"]), influence=given["influence"],
            influence_why=text(given["influence_why"]), because=tuple(given["because"]),
            unverified=not given["because"], variants_tested=self.tested, variants=(),
        )  # fmt: skip


class ScenarioForm(forms.Form):
    """What a scenario is called, and what draws and worries people in it."""

    name = line(_("Name: what one would call that future"))
    use = forms.ChoiceField(
        label=_("Use"), choices=[("working", _("In the working set")), ("reserve", _("In reserve"))]
    )
    attraction = lines(_("What one longs for"))
    unease = lines(_("What one fears"))
    summary = lines(_("The future in three sentences"), rows=4)

    @property
    def texts(self) -> dict[str, Text | None]:
        """Return what was written, as texts."""
        return {name: text(self.cleaned_data[name]) for name in ("name", "attraction", "unease", "summary")}


class StoryForm(forms.Form):
    """A story in one language, on a version of it."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    text = FreeTextField(
        label=_("The story"), max_length=LONGEST_STORY, strip=False,
        help_text=_("An empty line begins a new paragraph; ## begins a heading. Never a list of states: a person, a place, a conflict."),
        widget=forms.Textarea(attrs={"rows": 30}),
    )  # fmt: skip

    def clean_text(self) -> str:
        """Keep one way of ending lines, as browsers send another."""
        words: str = self.cleaned_data["text"].replace("\r\n", "\n").strip()
        return f"{words}\n"


class TicksForm(forms.Form):
    """For each driver: does the story show it?"""

    def __init__(self, drivers: tuple[Driver, ...], ticks: dict[str, str], data: Any = None) -> None:
        super().__init__(data, initial=ticks)
        words = {"shown": gettext("shown"), "implied": gettext("implied"), "left_out": gettext("left out on purpose")}
        choices = [("", gettext("not ticked")), *((tick, words[tick]) for tick in TICKS)]
        for each in drivers:
            self.fields[each.ref] = forms.ChoiceField(
                label=f"{each.ref} {say_plain(each.name)}", choices=choices, required=False, widget=forms.RadioSelect
            )
