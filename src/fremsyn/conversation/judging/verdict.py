"""What the circles said of a scenario, in a sentence. Where they differ it says that, and no mean is made of it."""

from collections import Counter
from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fremsyn.conversation.judging.results import Judged, JudgedScenario
from fremsyn.conversation.schema import Aspect

HIDDEN, SPLIT = "hidden", "split"
TOGETHER: Mapping[tuple[str, str], Promise] = {
    ("high", "high"): _("Plausible and desirable"),
    ("high", "even"): _("Plausible, for better and worse"),
    ("high", "low"): _("Plausible but unwished"),
    ("even", "high"): _("Desirable and perhaps plausible"),
    ("even", "even"): _("Perhaps plausible, for better and worse"),
    ("even", "low"): _("Unwished but perhaps plausible"),
    ("low", "high"): _("Desirable but hard to imagine"),
    ("low", "even"): _("Hard to imagine, for better and worse"),
    ("low", "low"): _("Hard to imagine and unwished"),
}
ALONE: Mapping[Aspect, Mapping[str, Promise]] = {
    "plausible": {
        "high": _("Plausible"),
        "even": _("Perhaps plausible"),
        "low": _("Hard to imagine"),
        SPLIT: _("The circles differ on how plausible it is"),
    },
    "desirable": {
        "high": _("Desirable"),
        "even": _("For better and worse"),
        "low": _("Unwished"),
        SPLIT: _("The circles differ on how desirable it is"),
    },
    "prepared": {
        "high": _("We are prepared"),
        "even": _("We are only partly prepared"),
        "low": _("We are not prepared"),
        SPLIT: _("The circles differ on how prepared we are"),
    },
}
AFTER: Mapping[str, Promise] = {
    "high": _("%(verdict)s, and we are prepared"),
    "even": _("%(verdict)s, and we are only partly prepared"),
    "low": _("%(verdict)s, and we are not prepared"),
}


def leaning(judged: Judged | None) -> str:
    """Return where most of the circles that are shown lean; each counts once, whatever its size.

    `split` where one leans up and another down, `even` where neither has more, `hidden` where no circle is shown.
    """
    leanings = Counter(each.leaning for each in judged.shown.values()) if judged else Counter()
    if not leanings:
        return HIDDEN
    if leanings["high"] and leanings["low"]:
        return SPLIT
    most = leanings.most_common()
    return most[0][0] if len(most) == 1 or most[0][1] > most[1][1] else "even"


def has_hidden(scenario: JudgedScenario) -> bool:
    """Tell whether a circle is hidden in any question that was asked of a scenario."""
    return any(len(each.shown) < len(each.by_circle) for each in scenario.aspects.values())


def verdict(scenario: JudgedScenario) -> str:
    """Return what was said of a scenario, in one or more sentences; empty where nothing may be shown.

    Where a circle is hidden the last sentence says that it isn't told of.
    """
    said = _of_shown(scenario)
    return f"{said} {_('So say the circles that are shown.')}" if said and has_hidden(scenario) else said


def _of_shown(scenario: JudgedScenario) -> str:
    plausible, desirable, prepared = (
        leaning(scenario.aspects.get(aspect)) for aspect in ("plausible", "desirable", "prepared")
    )
    whole = TOGETHER.get((plausible, desirable))
    if whole and prepared in AFTER:
        return f"{AFTER[prepared] % {'verdict': whole}}."
    if (plausible, desirable, prepared) == (SPLIT, SPLIT, SPLIT):
        return str(_("The circles differ on all of it."))
    if whole:
        said = [whole]
    else:
        said = [ALONE["plausible"][plausible]] if plausible != HIDDEN else []
        said += [ALONE["desirable"][desirable]] if desirable != HIDDEN else []
    said += [ALONE["prepared"][prepared]] if prepared != HIDDEN else []
    return " ".join(f"{each}." for each in said)
