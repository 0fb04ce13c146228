"""How the conversation's things are asked for."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from fremsyn.cases.editing.fields import Field, Sheet
from fremsyn.conversation import schema
from fremsyn.conversation.judging.asking import asks_of_all_it_tells
from fremsyn.conversation.wording import CIRCLES, SHOWS

PHASES = {
    "framing": _("1 Framing"),
    "scanning": _("2 Scanning"),
    "scenarios": _("3 Scenarios"),
    "direction": _("4 Direction"),
    "strategy": _("5 Strategy formulation"),
    "plans": _("6 Action plans"),
}
PHASE = Field(_("Phase"), choices=PHASES)
ROUND = {
    "title": Field(_("What the round is called"), _("As those who answer read it: a question, or a few words."), lines=1),
    "phase": PHASE,
    "kind": Field(
        _("What is asked"),
        choices={
            "statements": _("Statements: agree, disagree or pass"),
            "rating": _("A rating from 1 to 7 of each statement, with a reason"),
            "scenarios": _("Scenarios: are they desirable, are they plausible, are we prepared"),
            "open": _("Open questions, answered in one's own words"),
        },
    ),
    "circles": Field(_("Who is asked"), choices=CIRCLES),
    "question": Field(_("Serves the question"), essential=False),
    "asks": Field(
        _("What it is for"), _("Why we ask, and what the answers are used for. It is read first."), lines=2,
        essential=True,
    ),
    "opens": Field(_("Opens")),
    "closes": Field(_("Last day")),
    "heard": Field(
        _("What we heard last"), _("The round opens with it, so that people see that they were heard."), essential=True
    ),
    "surprised_leadership": Field(
        _("What surprised the leadership"),
        _("Those who answer don't know references such as T12: write what they stand for."),
        essential=True,
    ),
    "perspective": Field(
        _("A perspective from a scenario"),
        _("A short story to react to: one person, one day, one conflict. Leave it out, and the round begins at once."),
    ),
    "tellings": Field(
        _("The scenarios that are judged, as they are told"),
        _("Short: a minute's reading. The whole story is a tap away. Empty both fields, and the scenario is left out."),
        essential=True,
    ),
    "statements": Field(_("Statements, in the order in which they are asked"), essential=True),
    "lowest": Field(_("What 1 means, in a rating"), lines=1),
    "highest": Field(_("What 7 means, in a rating"), lines=1),
    "questions": Field(
        _("Open questions"), _("One on each line. They can stand beside statements too."), essential=True
    ),
    "monday": Field(_("Ask: what would you do on Monday?")),
    "postcard": Field(_("Invite to write a postcard from the horizon year")),
    "proposals": Field(
        _("What is said of proposing statements"),
        _("Write a line, and people may propose statements of their own. Somebody reads them first."),
        lines=1,
        essential=True,
    ),
    "anonymity": Field(
        _("How those who answer are protected"),
        choices={
            "pseudonymous": _("Under a pseudonym: answers can't be tied to an address"),
            "unlinked": _("Unlinked: answers can't be joined to anyone"),
            "named": _("By name: can't be invited to by a link"),
        },
        essential=False,
    ),
    "min_group": Field(_("The smallest group that is shown"), _("Five or more."), essential=False),
    "results": Field(
        _("Those who answered see the results"),
        choices={
            "when_closed": _("when the round closes"),
            "when_shown": _("when you show them, after it has closed"),
        },
    ),
}  # fmt: skip

FIELDS: Mapping[type, Sheet] = {
    schema.Session: Sheet(
        {
            "title": Field(_("What the session is called"), lines=1),
            "phase": PHASE,
            "circle": Field(_("Who meets"), choices=CIRCLES),
            "held": Field(_("Day")),
            "minutes_total": Field(_("Length in minutes")),
            "focal_question": Field(_("The question of the session"), lines=2),
            "prompts": Field(_("Prompts"), _("One on each line; three are enough.")),
            "pre_read": Field(_("Pre-read, one page"), lines=10),
            "present": Field(_("Who is there"), _("One role on each line, never a name.")),
            "run_sheet": Field(_("Run sheet")),
            "materials": Field(_("Materials"), lines=2),
            "without_network": Field(_("If the network fails"), lines=2),
            "minutes": Field(_("What came of it"), _("A line for each thing.")),
            "gives": Field(_("Gave")),
            "gate": Field(_("The gate that was passed")),
        }
    ),
    schema.RunSheetLine: Sheet(
        {
            "minutes": Field(_("Minutes")),
            "part": Field(_("Part"), lines=1),
            "how": Field(_("How"), lines=2),
        }
    ),
    schema.Minutes: Sheet(
        {
            "surprised": Field(_("What surprised us")),
            "differ": Field(_("Where we differ")),
            "hold": Field(_("What we now hold")),
            "ask": Field(_("What we ask the circle")),
        }
    ),
    schema.GateDecision: Sheet({"phase": PHASE, "decision": Field(_("What was decided"), lines=2)}),
    schema.Perspective: Sheet(
        {
            "scenario": Field(_("Scenario")),
            "title": Field(_("Title"), lines=1),
            "text": Field(_("The story, in a hundred words or so"), lines=6),
        }
    ),
    schema.Telling: Sheet(
        {
            "title": Field(_("Title"), lines=1),
            "text": Field(_("What those who answer read"), lines=5),
        }
    ),
    schema.Round: Sheet(ROUND, must=asks_of_all_it_tells),
    schema.Statement: Sheet(
        {
            "text": Field(_("The statement"), _("One that reasonable people can differ on, and only one thing in it.")),
            "theme": Field(_("Theme")),
            "round": Field(_("Round")),
        }
    ),
    schema.Insight: Sheet(
        {
            "title": Field(_("What we learnt, in a sentence"), lines=1),
            "text": Field(_("What we make of it"), lines=4),
            "shows": Field(_("It shows"), choices=SHOWS),
            "evidence": Field(_("The figures behind it"), _("Which statement, in which circle. The figure itself is computed.")),
            "used_for": Field(
                _("What it was used for"), _("References such as O7 or T12, or words to search for. Those who answered see it.")
            ),
        }
    ),
    schema.Evidence: Sheet(
        {
            "statement": Field(_("Statement")),
            "circle": Field(_("Circle"), choices=CIRCLES),
        }
    ),
    schema.NotUsed: Sheet(
        {
            "statements": Field(_("Statements that carry nothing further")),
            "why": Field(_("What those who answered are told"), lines=3),
        },
        intro=_("Every statement gets an answer, also those that were not used."),
    ),
    schema.Conversation: Sheet(
        {
            "themes": Field(_("Themes of statements")),
            "privacy": Field(_("How those who answer are protected, in their words"), lines=3),
            "instruction": Field(_("How to answer"), lines=2),
            "agree_per_cent": Field(_("What “per cent who agree” means"), lines=2),
        },
        intro=_("What is the same in every round"),
    ),
}  # fmt: skip
