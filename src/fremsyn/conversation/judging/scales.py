"""The three questions that are asked of a scenario, and the five steps of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from fremsyn.conversation.schema import ASPECTS, Aspect, Telling
from fremsyn.core.text import Text

UNSURE = 0
STEPS = 5
HIGH, LOW = 4, 2  # from here up, and from here down


@dataclass(frozen=True)
class Scale:
    """A question of a scenario: its short name, the question, and what its steps are called, the lowest first."""

    name: Promise
    question: Promise
    steps: tuple[Promise, Promise, Promise, Promise, Promise]


SCALES: Mapping[Aspect, Scale] = {
    "desirable": Scale(
        _("Desirable"),
        _("How gladly would you see it turn out like this?"),
        (
            pgettext_lazy("desirable", "not at all"),
            pgettext_lazy("desirable", "rather not"),
            pgettext_lazy("desirable", "for better and worse"),
            pgettext_lazy("desirable", "gladly"),
            pgettext_lazy("desirable", "very gladly"),
        ),
    ),
    "plausible": Scale(
        _("Plausible"),
        _("Could it turn out like this?"),
        (
            pgettext_lazy("plausible", "I can't imagine it"),
            pgettext_lazy("plausible", "hardly"),
            pgettext_lazy("plausible", "perhaps"),
            pgettext_lazy("plausible", "easily"),
            pgettext_lazy("plausible", "we are on our way there"),
        ),
    ),
    "prepared": Scale(
        _("Prepared"),
        _("How well prepared are we if it does?"),
        (
            pgettext_lazy("prepared", "not at all"),
            pgettext_lazy("prepared", "only a little"),
            pgettext_lazy("prepared", "partly"),
            pgettext_lazy("prepared", "well"),
            pgettext_lazy("prepared", "fully"),
        ),
    ),
}
DONT_KNOW = _("Don't know")
NO_PROBABILITY = _(
    "“Plausible” is what people judge; it is no probability. A number of consistent scenarios is none either."
)


def step_words(aspect: Aspect, value: int) -> Promise:
    """Return what an answer is called: a step from 1 to 5, or 0 for not knowing."""
    return SCALES[aspect].steps[value - 1] if value else DONT_KNOW


def between(aspect: Aspect, steps: tuple[int, int]) -> str:
    """Return one step in words or, where two differ, that it lies between them."""
    low, high = (str(step_words(aspect, step)) for step in steps)
    return low if low == high else str(_("between “%(low)s” and “%(high)s”") % {"low": low, "high": high})


def questions(telling: Telling) -> Mapping[Aspect, Text]:
    """Return what is asked of a scenario, in each language in which it is told."""
    titles = {code: title for code in ("da", "en") if (title := getattr(telling.title, code))}
    made: dict[Aspect, Text] = {}
    for aspect in ASPECTS:
        words = {}
        for code, title in titles.items():
            with override(code):
                words[code] = f"{title}: {SCALES[aspect].question}"
        made[aspect] = Text(**words)
    return made
