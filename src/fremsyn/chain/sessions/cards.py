"""Cards to lay on a table: one idea on each, with its reference, four to a sheet of A4."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.conversation.handover import load as load_conversation
from fremsyn.conversation.handover.judged import Said, said
from fremsyn.core.text import Text
from fremsyn.framing.handover import load as load_framing
from fremsyn.scanning.handover import load as load_scanning
from fremsyn.scenarios.handover import load as load_scenarios

ON_A_SHEET = 4


@dataclass(frozen=True)
class Card:
    """A card: its thing, its idea, what is said about it, and a small line below."""

    entry: Entry
    idea: Text
    body: Text | None = None
    foot: str = ""


def trends(visit: Visit, _phase: str) -> Iterator[Card]:
    """Yield a card for each trend, those with the greatest impact first."""
    held = load_scanning(visit.case).scanning.trends
    for each in sorted(held, key=lambda trend: -trend.impact):
        foot = _("Impact %(impact)d of 5 · certainty %(certainty)d of 5") % {
            "impact": each.impact,
            "certainty": each.certainty,
        }
        yield Card(visit.entries[each.ref], each.title, each.description, foot)


def scenarios(visit: Visit, _phase: str) -> Iterator[Card]:
    """Yield a card for each scenario, with what the circles said of it."""
    told = said(visit)
    for each in load_scenarios(visit.case).scenarios.scenarios:
        foot = _foot(told[each.ref]) if each.ref in told else ""
        yield Card(visit.entries[each.ref], each.name, each.summary, foot)


def _foot(told: Said) -> str:
    words = _("The circles: %(verdict)s") % {"verdict": told.verdict}
    return f"{words} · {_('Synthetic answers')}" if told.synthetic else words


def statements(visit: Visit, phase: str) -> Iterator[Card]:
    """Yield a card for each statement of the phase's rounds, or of all where the phase has none."""
    talk = load_conversation(visit.case).conversation
    asked = {ref for each in talk.rounds if each.phase == phase for ref in each.statements}
    wanted = [
        each for each in talk.statements if not each.aspect
    ]  # what is asked of a scenario is on the scenario's card
    for each in (each for each in wanted if each.ref in asked or not asked):
        yield Card(visit.entries[each.ref], each.text, None, _("Agree, disagree, and why?"))


def assumptions(visit: Visit, _phase: str) -> Iterator[Card]:
    """Yield a card for each assumption."""
    for each in load_framing(visit.case).framing.assumptions:
        yield Card(visit.entries[each.ref], each.text, each.breaks_when)


def insights(visit: Visit, _phase: str) -> Iterator[Card]:
    """Yield a card for each insight."""
    for each in load_conversation(visit.case).conversation.insights:
        yield Card(visit.entries[each.ref], each.title, each.text)


KINDS: Mapping[str, tuple[Promise, Callable[[Visit, str], Iterator[Card]]]] = {
    "trend": (gettext_lazy("Trends"), trends),
    "scenario": (gettext_lazy("Scenarios"), scenarios),
    "statement": (gettext_lazy("Statements"), statements),
    "assumption": (gettext_lazy("Assumptions"), assumptions),
    "insight": (gettext_lazy("Insights"), insights),
}
OF_PHASE: Mapping[str, Sequence[str]] = {
    "framing": ("assumption",),
    "scanning": ("trend",),
    "scenarios": ("scenario", "statement"),
    "direction": ("scenario", "insight"),
    "strategy": ("scenario", "insight"),
    "plans": ("scenario", "insight"),
}


def sheets(visit: Visit, phase: str, kinds: Iterable[str]) -> list[list[Card]]:
    """Return the cards of those kinds for a session of that phase, four to a sheet."""
    made = [card for kind in kinds if kind in KINDS for card in KINDS[kind][1](visit, phase)]
    return [made[at : at + ON_A_SHEET] for at in range(0, len(made), ON_A_SHEET)]
