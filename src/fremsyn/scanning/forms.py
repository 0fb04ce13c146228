"""The choice of trends to be shown, as it stands in the address."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fremsyn.scanning.analysis import RINGS, is_certain, is_pressing
from fremsyn.scanning.schema import Scanning, Trend
from fremsyn.scanning.wording import years
from fremsyn.web.templatetags.say import say_plain

MARKS: Mapping[str, Callable[[Trend], bool]] = {
    "pressing": is_pressing,
    "uncertain": lambda trend: not is_certain(trend),
    "contested": lambda trend: bool(trend.signals.against),
    "unverified": lambda trend: trend.unverified,
}


class TrendFilter(forms.Form):
    """Narrows the trends; a value that is in none of the case's vocabularies is an error, and then all are shown."""

    only = forms.MultipleChoiceField(required=False, choices=[(mark, mark) for mark in MARKS])

    def __init__(self, data: Mapping[str, Any], scanning: Scanning) -> None:
        super().__init__(data or None)
        self.trends = scanning.trends
        questions = sorted({trend.question for trend in scanning.trends}, key=lambda ref: (len(ref), ref))
        choices = {
            "theme": (_("Theme"), [(word.id, say_plain(word.name)) for word in scanning.themes]),
            "steep": (_("Kind"), [(word.id, say_plain(word.name)) for word in scanning.steep]),
            "years": (_("Years until it is felt"), [(code, years(code)) for code in RINGS]),
            "question": (_("Question"), [(ref, ref) for ref in questions]),
        }
        for name, (label, words) in choices.items():
            self.fields[name] = forms.ChoiceField(required=False, label=label, choices=[("", _("all")), *words])

    def chosen(self) -> tuple[Trend, ...]:
        """Return the trends that all choices leave; all of them where nothing is chosen, or wrongly."""
        if not self.is_bound or not self.is_valid():
            return self.trends
        wanted = self.cleaned_data
        return tuple(
            trend
            for trend in self.trends
            if wanted["theme"] in ("", trend.theme)
            and wanted["steep"] in ("", trend.steep)
            and wanted["years"] in ("", trend.time_to_impact_years)
            and wanted["question"] in ("", trend.question)
            and all(MARKS[mark](trend) for mark in wanted["only"])
        )

    def marks(self) -> list[dict[str, object]]:
        """Return the boxes to tick: code, words, how many trends bear the mark, whether it is ticked."""
        said = {
            "pressing": _("Greatest impact within two years"),
            "uncertain": _("Uncertain"),
            "contested": _("Signals against"),
            "unverified": _("Unverified"),
        }
        ticked = self.cleaned_data.get("only", []) if self.is_bound and self.is_valid() else []
        return [
            {
                "code": mark,
                "words": said[mark],
                "count": sum(holds(each) for each in self.trends),
                "ticked": mark in ticked,
            }
            for mark, holds in MARKS.items()
        ]

    @property
    def narrows(self) -> bool:
        """Tell whether anything is chosen."""
        return self.is_bound and (not self.is_valid() or any(self.cleaned_data.values()))
