"""How the phase's things are asked for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.fields import Field, Sheet
from fremsyn.scanning import schema

FIELDS: Mapping[type, Sheet] = {
    schema.Source: Sheet(
        {
            "title": Field(_("Title, in its own language"), lines=1),
            "kind": Field(_("Kind of source")),
            "url": Field(_("Address"), _("Begins with https://"), essential=True),
            "date": Field(_("Date"), _("As the source gives it: 2026, 2026-05 or 2026-05-17.")),
            "supports": Field(_("What the case takes from it")),
        }
    ),
    schema.Signal: Sheet(
        {
            "title": Field(
                _("What did you notice?"), _("One sentence: something concrete that has happened."), lines=1
            ),
            "what_changes": Field(_("What changes, if there is more of it?")),
            "so_what": Field(_("So what, for the question?")),
            "kind": Field(_("Kind of signal")),
            "noticed_by": Field(_("Noticed by"), _("A circle or a role, never a name.")),
            "noted": Field(_("Noticed on"), essential=False),
        }
    ),
    schema.Trend: Sheet(
        {
            "title": Field(_("The trend, as a sentence with a direction"), lines=1),
            "description": Field(_("What is happening, and how do we know?"), lines=5),
            "theme": Field(_("Theme")),
            "steep": Field(_("Kind")),
            "place": Field(_("Place in the field"), _("Where does it come from? The three make 100 per cent.")),
            "impact": Field(_("Impact on the question"), _("1 is slight, 5 is great.")),
            "certainty": Field(_("Certainty"), _("1 is very uncertain, 5 is certain.")),
            "time_to_impact_years": Field(
                _("Years until it is felt"),
                choices={"0-2": _("0–2 years"), "2-5": _("2–5 years"), "5-10": _("5–10 years")},
            ),
            "signals": Field(_("Signals")),
        }
    ),
    schema.ForAndAgainst: Sheet(
        {
            "supporting": Field(_("Signals that speak for it")),
            "against": Field(_("Signals that speak against it"), _("A trend without any is often not looked into.")),
        }
    ),
    schema.Sources: Sheet(
        {
            "note": Field(_("Note on the register")),
            "kinds": Field(_("Kinds of source")),
        },
        intro=_("The words of the register of sources"),
    ),
    schema.ScanScales: Sheet(
        {
            "impact": Field(_("What the ends of impact mean"), lines=2),
            "certainty": Field(_("What the ends of certainty mean"), lines=2),
            "time_to_impact_years": Field(_("What is meant by years until it is felt"), lines=2),
        }
    ),
    schema.Coverage: Sheet(
        {"says": Field(_("What the scan has seen much and little of"), lines=5)},
        intro=_("What the scan has seen, in your own words"),
    ),
    schema.Scanning: Sheet(
        {
            "scales": Field(_("The scales")),
            "themes": Field(_("Themes")),
            "steep": Field(_("Kinds of trend")),
            "signal_kinds": Field(_("Kinds of signal"), _("With wild_card, wild cards are shown as such.")),
            "field": Field(_("The corners of the field"), _("Their codes are fixed; the words are yours.")),
        },
        intro=_("The words and scales of the scan"),
    ),
}
