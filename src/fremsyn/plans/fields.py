"""How the phase's things are asked for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.fields import Field, Sheet
from fremsyn.plans import must, schema

QUARTER = _("A year, K and 1 to 4: 2027K1 is the first quarter of 2027.")

FIELDS: Mapping[type, Sheet] = {
    schema.Initiative: Sheet(
        {
            "name": Field(_("What is to be done, in a few words"), lines=1),
            "option": Field(_("Which option it carries out")),
            "owner_role": Field(_("Who answers for it"), _("A role, never a name."), lines=1),
            "start": Field(_("First quarter"), QUARTER),
            "end": Field(_("Last quarter"), QUARTER),
            "budget": Field(_("Budget by year, DKK million"), choices={"key": _("Year"), "value": _("DKK million")}),
            "depends_on": Field(_("Waits for"), _("Initiatives that must have ended in an earlier quarter.")),
            "indicator": Field(_("What shows that it works"), lines=2),
        },
        given={"milestones": ()},
        must=must.initiative,
    ),
    schema.Milestone: Sheet(
        {
            "at": Field(_("Reached in"), QUARTER),
            "text": Field(_("What has been reached by then"), lines=2),
        }
    ),
    schema.Reading: Sheet(
        {
            "at": Field(_("Quarter"), QUARTER),
            "number": Field(_("Number")),
            "note": Field(_("Note"), lines=2),
        }
    ),
    schema.Signpost: Sheet(
        {
            "name": Field(_("The figure, in a few words"), lines=1),
            "variant": Field(_("Which state it tells of")),
            "speaks": Field(
                _("When it crosses its threshold, it speaks"),
                choices={"for": _("for that state"), "against": _("against that state")},
            ),
            "operator": Field(
                _("It crosses when the number is"),
                choices={"<": _("below"), "<=": _("at most"), ">": _("above"), ">=": _("at least")},
            ),
            "number": Field(_("Threshold")),
            "unit": Field(_("Unit"), lines=1),
            "frequency": Field(_("How often it is read"), lines=1),
            "owner_role": Field(_("Who reads it"), _("A role, never a name."), lines=1),
            "read_from": Field(_("Where it is read"), lines=1),
            "touches": Field(
                _("What is taken up again when it crosses"),
                _("The lines of the strategy and the plan that it touches."),
            ),
        }
    ),
    schema.PlanNotes: Sheet(
        {
            "quarter": Field(_("How quarters are written"), lines=1),
            "dependency": Field(_("What waiting for means"), lines=1),
            "staffing": Field(_("What is said of staffing"), lines=2),
        }
    ),
    schema.Budget: Sheet(
        {
            "unit": Field(_("Unit"), lines=1),
            "frame": Field(
                _("Frame by year, DKK million"),
                _("What a year may cost, where that is set. It is shown beside the sum of the initiatives."),
                choices={"key": _("Year"), "value": _("DKK million")},
            ),
            "why": Field(_("What is said of the money"), lines=3),
        }
    ),
    schema.Plans: Sheet(
        {
            "strategy": Field(_("The strategy that the plan carries out")),
            "notes": Field(_("How the plan is to be read")),
            "budget": Field(_("The plan's money")),
        },
        intro=_("The plan"),
        must=must.plans,
    ),
}
