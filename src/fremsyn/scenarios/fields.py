"""How the phase's things are asked for."""

from collections.abc import Collection, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.fields import Field, Sheet
from fremsyn.scenarios import schema
from fremsyn.scenarios.editing.operations import short_name


def _of_driver(name: str, holder: Any, used: Collection[str]) -> str:
    return short_name(name, {*used})


def _of_state(name: str, holder: Any, used: Collection[str]) -> str:
    start = f"{holder.key}."
    return start + short_name(name, {each.removeprefix(start) for each in used}, shortest=1)


FIELDS: Mapping[type, Sheet] = {
    schema.Driver: Sheet(
        {
            "name": Field(_("The driver, without a direction"), _("What could turn out in several ways."), lines=1),
            "key": Field(
                _("Short name"),
                _("Two to five capital letters, such as GOV: the matrix uses it. Left empty, it is made of the name."),
                made=_of_driver,
            ),
            "asks": Field(_("The question it asks of the future"), lines=2),
            "kind": Field(_("Kind"), choices={"sector": _("of our own field"), "context": _("of the world around us")}),
            "impact": Field(_("Impact on the question"), _("1 is slight, 5 is great.")),
            "uncertainty": Field(_("Uncertainty"), _("1 is quite certain, 5 is wide open.")),
            "influence": Field(
                _("Can we influence it?"),
                _("A driver is mostly outside our control; else it is an option."),
                choices={"none": _("no"), "partly": _("partly")},
            ),
            "influence_why": Field(_("How, if partly?"), lines=2),
        },
        given={"variants": ()},
        intro=_("A driver is an uncertainty that matters. Its states are added on its own page, two to five of them."),
    ),
    schema.Variant: Sheet(
        {
            "name": Field(_("The state, in a few words"), lines=1),
            "key": Field(
                _("Short name"),
                _(
                    "The driver's short name, a full stop and a letter, such as GOV.F. Left empty, it is made of the names."
                ),
                made=_of_state,
            ),
            "description": Field(
                _("What is so, in this state?"),
                _("Exclusive? No two states can be true at once. Exhaustive? Whatever happens, one of them is."),
            ),
        },
    ),
    schema.Scenario: Sheet(
        {
            "name": Field(_("Name: what one would call that future"), lines=1),
            "use": Field(_("Use"), choices={"working": _("worked on"), "reserve": _("kept in reserve")}),
            "variants": Field(_("States: one of each driver")),
            "summary": Field(_("The future in three sentences"), lines=4),
            "attraction": Field(_("What attracts")),
            "unease": Field(_("What makes uneasy")),
            "consequences": Field(_("Consequences"), choices={"key": _("For whom"), "value": _("What follows")}),
            "winners": Field(_("Who wins")),
            "losers": Field(_("Who loses")),
            "roles": Field(_("Our possible roles in it")),
        },
    ),
    schema.RoleInScenario: Sheet(
        {"be": Field(_("What we would be"), lines=2), "stop": Field(_("What we would stop being"), lines=2)}
    ),
    schema.Scenarios: Sheet(
        {
            "note": Field(_("A note on the phase's material")),
            "scales": Field(_("What the scales of a driver mean")),
            "set": Field(_("What is said of the scenarios as a set")),
        }
    ),
    schema.DriverScales: Sheet(
        {"impact": Field(_("Impact on the question"), lines=2), "uncertainty": Field(_("Uncertainty"), lines=2)}
    ),
    schema.ScenarioSet: Sheet(
        {
            "text": Field(_("What the set shows")),
            "no_probability": Field(_("Why it is no forecast")),
            "story_shows": Field(_("How the stories were read")),
        }
    ),
    schema.CrossImpact: Sheet(
        {
            "method": Field(_("How it was judged")),
            "scale": Field(_("What the scale means")),
            "judgement": Field(_("Who judged")),
            "no_probability": Field(_("Why it is no forecast")),
            "bias": Field(_("What may be one-sided in it")),
            "empty_sections": Field(_("What an empty section means")),
        }
    ),
}
