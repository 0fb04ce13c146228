"""How the phase's things are asked for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.codes import small_letters
from fremsyn.cases.editing.fields import Field, Sheet
from fremsyn.direction import schema

MADE = _("Small letters, digits and underscores: it stands in the address. Left empty, it is made of the name.")

FIELDS: Mapping[type, Sheet] = {
    schema.Value: Sheet(
        {
            "id": Field(_("Short name"), MADE, made=small_letters),
            "name": Field(_("The value, in a few words"), lines=1),
            "text": Field(_("What it means here")),
            "costs": Field(_("What it costs us to hold it")),
        },
        intro=_("A value"),
    ),
    schema.Values: Sheet({}, intro=_("The values")),
    schema.DesirableScenario: Sheet(
        {
            "name": Field(_("Name of the desirable scenario"), lines=1),
            "statement": Field(_("The future we wish for, in a few sentences"), lines=5),
            "composed": Field(_("It is composed by hand, not one of the consistent scenarios")),
            "tension": Field(_("What resists, and what we make of that")),
        },
        given={"variants": (), "tried": ()},
    ),
    schema.Stance: Sheet(
        {
            "id": Field(_("Short name"), MADE, made=small_letters),
            "name": Field(_("Stance"), lines=1),
            "text": Field(_("What it means"), lines=2),
        }
    ),
    schema.DesirableState: Sheet(
        {
            "variant": Field(_("State")),
            "stance": Field(
                _("Stance"),
                choices={
                    "ours": _("ours to do"),
                    "work_for": _("we work for it"),
                    "hope_hedge": _("we hope, and hedge"),
                },
            ),
            "why": Field(_("Why?")),
        },
        intro=_("A state of the desirable scenario"),
    ),
    schema.Tried: Sheet(
        {
            "base": Field(_("On which scenario")),
            "change": Field(_("What was changed")),
            "verdict": Field(_("Why it was declined")),
        },
        intro=_("A change that was tried"),
    ),
    schema.Reasoned: Sheet({"text": Field(_("Text"), lines=4)}, intro=_("A sentence and what it rests on")),
    schema.BackcastStep: Sheet(
        {"year": Field(_("Year")), "text": Field(_("What has to be true by then"))},
        intro=_("A step of the backcast"),
    ),
    schema.HorizonStep: Sheet(
        {
            "id": Field(_("Horizon"), choices={"first": _("first"), "second": _("second"), "third": _("third")}),
            "name": Field(_("Name"), lines=1),
            "text": Field(_("What belongs to it")),
        },
        intro=_("One of the three horizons"),
    ),
    schema.Agenda: Sheet(
        {
            "name": Field(_("The strategic agenda, in a few words"), lines=1),
            "aim": Field(_("What we want with it")),
            "place": Field(_("Place in the field"), _("Where does it come from? The three make 100 per cent.")),
            "chosen": Field(_("It is chosen"), essential=True),
        },
    ),
    schema.Direction: Sheet({}, intro=_("The direction")),
}
