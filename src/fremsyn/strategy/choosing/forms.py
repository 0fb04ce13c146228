"""The form on which a strategy is chosen."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.editing.checks import NotKept
from fremsyn.cases.editing.forms import ChangeForm
from fremsyn.cases.editing.inputs import ReferencesField
from fremsyn.cases.editing.one_language import in_page_language, written
from fremsyn.cases.free_text import FreeTextField
from fremsyn.core.text import Text
from fremsyn.strategy.choosing.operations import Reasons
from fremsyn.strategy.handover import load
from fremsyn.strategy.schema import Option
from fremsyn.web.templatetags.say import say_plain

LONGEST, NEW_LINES = 8_000, 3


def _words(label: str, help_text: str = "", lines: int = 3) -> forms.CharField:
    return FreeTextField(
        label=label,
        help_text=help_text,
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": lines}),
    )


class ChoiceForm(ChangeForm):
    """Which strategy, why not what the sums give, what is left out and why, and what will not be done."""

    def __init__(self, data: Any, visit: Visit, initial: dict[str, Any]) -> None:
        super().__init__(data, initial=_opened(visit, initial))
        self.visit, self.content = visit, load(visit.case)
        self.fields["chosen"] = forms.ChoiceField(
            label=_("We choose"),
            widget=forms.RadioSelect,
            choices=[(each.ref, f"{each.ref} {say_plain(each.name)}") for each in self.content.possible_strategies],
        )
        self.fields["from_minimax"] = _words(
            _("Why not the portfolio of least regret"), _("Where there are several, why this one of them."), 4
        )
        self.fields["from_best_mean"] = _words(_("Why not the portfolio of the highest mean value"), "", 4)
        self.fields["because"] = ReferencesField(
            visit=visit, letter="", label=_("The reasons rest on"), required=False,
            help_text=_("References such as T12 or S4, or words to search for."),
        )  # fmt: skip
        for option in self.content.options:
            self.fields[f"left-{option.ref}"] = _words(f"{option.ref} {say_plain(option.name)}", "", 2)
        for at in range(NEW_LINES):
            self.fields[f"not_done-{at}"] = _words(_("What we will not do, one more"), "", 1)
        self.order_fields([name for name in self.fields if name not in ("meaning", "why")])

    def left(self, held: Iterable[str]) -> list[tuple[Option, forms.BoundField]]:
        """Return the options outside a portfolio, each with the field for why."""
        inside = set(held)
        return [(each, self[f"left-{each.ref}"]) for each in self.content.options if each.ref not in inside]

    def new_lines(self) -> list[forms.BoundField]:
        """Return the fields for more of what will not be done."""
        return [self[f"not_done-{at}"] for at in range(NEW_LINES)]

    def reasons(self) -> Reasons:
        """Return what was written, in the page's language; what stands in the other one stays."""
        told, stood = self.cleaned_data, self.content.deviation
        left = {each.option: each.text for each in self.content.deselected}
        held = next((each.options for each in self.content.possible_strategies if each.ref == told["chosen"]), ())
        outside = [each.ref for each in self.content.options if each.ref not in held]
        given = {
            # what wasn't on the page stays as it is
            ref: _kept(told[f"left-{ref}"], left.get(ref)) if f"left-{ref}" in self.data else left.get(ref)
            for ref in outside
        }
        lines = (_kept(told.get(f"not_done-{at}", ""), None) for at in range(NEW_LINES))
        return Reasons(
            from_minimax=_kept(told["from_minimax"], stood.from_minimax if stood else None),
            from_best_mean=_kept(told["from_best_mean"], stood.from_best_mean if stood else None),
            because=tuple(told["because"]),
            left_out={ref: text for ref, text in given.items() if text},
            not_done=tuple(line for line in lines if line),
        )

    def add_faults(self, refused: NotKept) -> None:
        """Put what was found wrong beside the fields that it is about."""
        for fault in refused.faults:
            name = str(fault.path[0])
            self.add_error(name if name in self.fields else None, fault.says)


def _kept(words: str, before: Text | None) -> Text | None:
    """Return what was written; emptied in the page's language, nothing is left of the other one either."""
    return written(words, before) if words else None


def _opened(visit: Visit, given: dict[str, Any]) -> dict[str, Any]:
    """Return what the form is opened with. Why the choice that stands is made is no reason for another."""
    stands = _stands(visit)
    opened = {**stands, **given}
    if stands["chosen"] and opened["chosen"] != stands["chosen"]:
        same = [name for name in ("from_minimax", "from_best_mean") if opened[name] == stands[name]]
        opened |= dict.fromkeys(same, "") | ({"because": []} if opened["because"] == stands["because"] else {})
    return opened


def _stands(visit: Visit) -> dict[str, Any]:
    content = load(visit.case)
    stood = content.deviation
    return {
        "chosen": content.chosen,
        "meaning": "meaning",
        "from_minimax": in_page_language(stood.from_minimax) if stood else "",
        "from_best_mean": in_page_language(stood.from_best_mean) if stood else "",
        "because": list(stood.because) if stood else [],
        **{f"left-{each.option}": in_page_language(each.text) for each in content.deselected},
    }
