"""How the phase's things are asked for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.codes import small_letters
from fremsyn.cases.editing.fields import Field, Sheet, Words
from fremsyn.strategy import must, schema

SCORES: Mapping[int, Words] = {-2: _("−2 harms"), -1: "−1", 0: _("0 neutral"), 1: "+1", 2: _("+2 helps")}

MADE = _("Small letters, digits and underscores: it stands in the address. Left empty, it is made of the name.")

FIELDS: Mapping[type, Sheet] = {
    schema.Role: Sheet(
        {
            "name": Field(_("The role, in a few words"), lines=1),
            "text": Field(_("What we would be with this role")),
        },
        given={"kind": "possible"},
    ),
    schema.CostInterval: Sheet(
        {
            "low": Field(_("At the low end"), _("DKK million, over all years.")),
            "high": Field(_("At the high end"), _("The frame is tested on the high end.")),
        }
    ),
    schema.Years: Sheet({"begins": Field(_("From the year")), "ends": Field(_("To the year"))}),
    schema.Score: Sheet(
        {
            "score": Field(_("Score"), choices=SCORES),
            "reason": Field(_("Why?"), lines=2),
        }
    ),
    schema.Option: Sheet(
        {
            "name": Field(_("What could be done, in a few words"), lines=1),
            "agenda": Field(_("Strategic agenda"), _("An option does something for one strategic agenda.")),
            "description": Field(_("What it is, so that an outsider can picture it"), lines=4),
            "place": Field(_("Place in the field"), _("Where does it come from? The three make 100 per cent.")),
            "cost_mdkk": Field(_("Cost in DKK million")),
            "effect": Field(_("Effect, if it succeeds"), _("1 moves little, 5 moves much.")),
            "effort": Field(_("Effort"), _("1 takes little of the organisation, 5 much.")),
            "risk": Field(_("Risk"), _("1 seldom goes wrong, 5 easily.")),
            "period": Field(_("When it is carried out")),
            "requires": Field(_("Requires these options")),
            "excludes": Field(_("Can't be had with these options")),
            "scores": Field(
                _("What it does in each scenario"),
                _("From −2, it harms there, to +2, it helps there; always with why."),
            ),
        },
        must=must.option,
    ),
    schema.PossibleStrategy: Sheet(
        {
            "name": Field(_("Name of the possible strategy"), lines=1),
            "role": Field(_("Under which role")),
            "text": Field(_("What it wants, in a sentence or two")),
            "options": Field(_("Options"), _("Its portfolio. Figures are computed from them.")),
        }
    ),
    schema.Criterion: Sheet(
        {
            "id": Field(_("Short name"), MADE, made=small_letters),
            "name": Field(_("The criterion, in a few words"), lines=1),
            "how": Field(_("How it is judged"), lines=2),
        }
    ),
    schema.StrategyScales: Sheet(
        {
            "effect": Field(_("What effect 1–5 means"), lines=1),
            "score": Field(_("What a score from −2 to +2 means"), lines=1),
            "effort": Field(_("What effort 1–5 means"), lines=1),
            "risk": Field(_("What risk 1–5 means"), lines=1),
            "cost": Field(_("What the cost counts"), lines=1),
        }
    ),
    schema.Exclusion: Sheet(
        {
            "pair": Field(_("Which two options")),
            "reason": Field(_("Why they can't be had together")),
        },
        intro=_("Why two options can't be had together"),
        must=must.exclusion,
    ),
    schema.Deviation: Sheet(
        {
            "from_minimax": Field(_("Why not the portfolio of least regret"), lines=4),
            "from_best_mean": Field(_("Why not the portfolio of the highest mean value"), lines=4),
        },
        intro=_("Why the choice isn't what the sums alone would give"),
    ),
    schema.Reasoned: Sheet(
        {"text": Field(_("Text"), lines=4)},
        intro=_("A sentence and what it rests on"),
    ),
    schema.Deselected: Sheet(
        {
            "option": Field(_("Which option")),
            "text": Field(_("Why it is left out, and what it would have given")),
        },
        intro=_("An option that is left out"),
    ),
    schema.Strategy: Sheet(
        {
            "budget_mdkk": Field(_("The frame, DKK million"), _("No portfolio may cost more at its high end.")),
            "budget_rule": Field(_("How the frame is counted"), lines=2),
            "value_rule": Field(_("How value is counted"), lines=2),
            "criteria": Field(_("What we judge by")),
            "scales": Field(_("What the scales mean")),
        },
        intro=_("The strategy"),
        must=must.strategy,
    ),
}
