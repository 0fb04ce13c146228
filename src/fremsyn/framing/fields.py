"""How the phase's things are asked for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.codes import small_letters
from fremsyn.cases.editing.fields import Field, Sheet
from fremsyn.framing import schema

PHASES = {
    "framing": _("Framing"),
    "scanning": _("Scanning"),
    "scenarios": _("Scenarios"),
    "direction": _("Direction"),
    "strategy": _("Strategy formulation"),
    "plans": _("Action plans"),
}
CIRCLES = {
    "leadership": _("The top management"),
    "organisation": _("The organisation"),
    "wide": _("The wide circle"),
    "board": _("The board"),
}
STEPS = _("1 is little, 5 is much.")

FIELDS: Mapping[type, Sheet] = {
    schema.Question: Sheet(
        {
            "text": Field(_("The question"), _("Open, and such that the answer could surprise whoever asks."), lines=2),
            "kind": Field(
                _("Which kind of question"),
                _("A case has one focal question."),
                choices={"focal": _("the focal question"), "sub": _("a question under the focal one")},
            ),
        },
        initial={"kind": "sub"},  # the focal one comes with the case
    ),
    schema.Target: Sheet(
        {"number": Field(_("Number")), "unit": Field(_("Unit"), lines=1)},
    ),
    schema.SuccessCriterion: Sheet(
        {
            "text": Field(_("What will be true if the work was good?"), lines=2),
            "measure": Field(_("How is it measured?"), lines=2),
            "target": Field(_("Target")),
        }
    ),
    schema.Assumption: Sheet(
        {
            "text": Field(_("What do we take for granted?"), lines=2),
            "breaks_when": Field(
                _("When does it no longer hold?"), _("Something that can be seen to happen."), lines=2
            ),
            "watched_by": Field(_("Signposts that watch it"), _("References such as X3; they come with the plans.")),
        }
    ),
    schema.Scope: Sheet(
        {
            "inside": Field(_("The case is about"), _("One thing on each line."), lines=5),
            "outside": Field(_("The case leaves alone"), _("One thing on each line."), lines=5),
            "geography": Field(_("Where"), lines=1),
        }
    ),
    schema.BaselineRole: Sheet(
        {
            "name": Field(_("Name of the role"), lines=1),
            "text": Field(_("What the organisation is today, in a sentence or two")),
        },
        given={"kind": "baseline"},
    ),
    schema.Fact: Sheet(
        {"text": Field(_("The fact"), _("With its year, and where it stands."), lines=2)},
        intro=_("A fact of the role here and now"),
    ),
    schema.Baseline: Sheet(
        {"note": Field(_("Note on the role here and now"), lines=2)},
        intro=_("The role here and now"),
    ),
    schema.Event: Sheet(
        {"year": Field(_("Year")), "text": Field(_("What happened?"), lines=2)},
        intro=_("An event on the way here"),
    ),
    schema.History: Sheet(
        {
            "lesson": Field(_("What do we learn from the way here?")),
            "note": Field(_("Note on the history"), lines=2),
        },
        given={"events": ()},
        intro=_("The way here"),
    ),
    schema.Interviews: Sheet(
        {
            "method": Field(_("How the interviews are held"), lines=2),
            "guide": Field(_("The questions"), _("One on each line. Seven are enough."), lines=7),
            "notes_shipped": Field(_("The notes are part of the case")),
        }
    ),
    schema.PhasePlan: Sheet(
        {
            "id": Field(_("Phase"), choices=PHASES),
            "order": Field(_("Number in the row")),
            "name": Field(_("What it is called here"), lines=1),
            "begins": Field(_("First day")),
            "ends": Field(_("Last day")),
            "session": Field(_("Session that closes it")),
            "rounds": Field(_("Rounds in it"), _("References such as R1.")),
            "output": Field(_("What it delivers"), lines=2),
            "gate": Field(_("Who decides at the gate, and on what"), lines=2),
        },
        intro=_("A phase in the plan"),
    ),
    schema.CirclePlan: Sheet(
        {
            "phase": Field(_("Phase"), choices=PHASES),
            "circle": Field(_("Circle"), choices=CIRCLES),
            "begins": Field(_("First day")),
            "ends": Field(_("Last day")),
            "what": Field(_("What they take part in"), lines=1),
        }
    ),
    schema.Process: Sheet(
        {
            "text": Field(_("The process in a sentence or two")),
            "circles": Field(_("Who takes part, when and in what")),
        },
        intro=_("The plan of the process"),
    ),
    schema.Framing: Sheet(
        {
            "scope": Field(_("Scope")),
            "input_fields": Field(_("What flows into the field")),
            "scan_themes": Field(_("Themes of the scanning")),
            "interviews": Field(_("The leaders' interviews")),
        },
        intro=_("The frame of the case"),
    ),
    schema.Stakeholder: Sheet(
        {
            "name": Field(_("Who is it?"), _("A role, an organisation or a group, never a named person."), lines=1),
            "key": Field(
                _("Short name"),
                _("Small letters without spaces; it stands in files. Left empty, it is made of the name."),
                made=small_letters,
            ),
            "category": Field(_("Category")),
            "type": Field(_("Kind"), choices={"role": _("A role"), "org": _("An organisation"), "group": _("A group")}),
            "influence": Field(_("Influence"), STEPS),
            "interest": Field(_("Interest"), STEPS),
            "involvement": Field(_("Involvement")),
            "circle": Field(_("Circle")),
            "channels": Field(_("Channels"), _("One on each line: how they are reached.")),
            "responsible": Field(_("Responsible"), _("A role, never a name."), lines=1),
        }
    ),
    schema.StakeholderScales: Sheet(
        {
            "influence": Field(_("What the ends of influence mean"), lines=2),
            "interest": Field(_("What the ends of interest mean"), lines=2),
        }
    ),
    schema.Stakeholders: Sheet(
        {
            "question": Field(_("Serves the question")),
            "scales": Field(_("The scales")),
            "rules": Field(_("What the map is not")),
            "categories": Field(_("Categories")),
            "involvement": Field(_("Steps of involvement, from the lowest")),
            "circles": Field(_("Circles")),
        },
        intro=_("The words and scales of the stakeholder map"),
    ),
}
