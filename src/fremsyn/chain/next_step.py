"""What comes next in a case, read from what is there: one step, with where it is taken."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fremsyn.approval import handover as approval_handover
from fremsyn.cases.access import Visit
from fremsyn.cases.models import Case, PhaseState
from fremsyn.cases.phases import gate_url
from fremsyn.cases.rights import Right
from fremsyn.direction import handover as direction_handover
from fremsyn.framing import handover as framing_handover
from fremsyn.framing.handover.gates import standings
from fremsyn.plans import handover as plans_handover
from fremsyn.scanning import handover as scanning_handover
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.strategy import handover as strategy_handover
from fremsyn.strategy.analysis import can_be_weighed


@dataclass(frozen=True)
class Step:
    """Something to be done: what, why, the words on the button, and where it is done."""

    phase: str
    heading: str | Promise
    text: str | Promise
    action: str | Promise
    url: str


@dataclass(frozen=True)
class _Wanted:
    """A step as long as `there` says no. `to` is the kind that is added, or the name of a page."""

    there: Callable[[Case], bool]
    heading: Promise
    text: Promise
    action: Promise
    to: str


def next_step(visit: Visit) -> Step | None:
    """Return the next step for whoever may take it: in the first phase that is not closed; None where all is done."""
    if not visit.may(Right.EDIT):
        return None
    for phase, standing in standings(visit.case).items():
        if standing.state == PhaseState.CLOSED:
            continue
        if standing.state == PhaseState.IDLE:
            return _open(visit, phase)
        wanted = next((each for each in WANTED[phase] if not each.there(visit.case)), None)
        if wanted and standing.state != PhaseState.GATE:
            return _step(visit, phase, wanted)
        return _gate(visit, phase)
    wanted = next((each for each in WANTED["board"] if not each.there(visit.case)), None)
    return _step(visit, "board", wanted) if wanted else None


def _step(visit: Visit, phase: str, wanted: _Wanted) -> Step:
    slug = visit.case.slug
    url = reverse(wanted.to, args=[slug]) if ":" in wanted.to else reverse("cases:item_add", args=[slug, wanted.to])
    return Step(phase, wanted.heading, wanted.text, wanted.action, url)


def _gate(visit: Visit, phase: str) -> Step:
    return Step(
        phase,
        _("Bring the phase to its gate"),
        _(
            "Every part of the phase has been begun. The gate says what is missing and what is thin, and the leadership decides."
        ),
        _("See the gate"),
        gate_url(visit.case, phase),
    )


def _open(visit: Visit, phase: str) -> Step:
    return Step(
        phase,
        _("Open the next phase"),
        _("The phase before it is closed. The gate's page tells what this one asks for, and opens it."),
        _("Go to the gate"),
        gate_url(visit.case, phase),
    )


def _frame(case: Case) -> framing_handover.HandOver:
    return framing_handover.load(case)


def _scored(case: Case) -> bool:
    return can_be_weighed(strategy_handover.load(case), scenarios_handover.load(case).scenarios)


FRAMING = (
    _Wanted(
        lambda case: len(_frame(case).framing.questions) > 1,
        _("Write the questions under the focal one"),
        _(
            "Three to ten questions that must be answered before the focal one can be. Ask the leaders first: the guide for the interviews is on the framing's page."
        ),
        _("Write a question"),
        "question",
    ),
    _Wanted(
        lambda case: bool(_frame(case).stakeholders.stakeholders),
        _("Say who has a stake"),
        _("Roles, organisations and groups: how much they can affect the decision, and how much it affects them."),
        _("Add a stakeholder"),
        "stakeholder",
    ),
    _Wanted(
        lambda case: _frame(case).framing.baseline.role is not None,
        _("Describe the role here and now"),
        _("What the organisation is today, in a few sentences. The strategy ends by saying what it is to be instead."),
        _("Describe the role"),
        "baseline_role",
    ),
    _Wanted(
        lambda case: bool(_frame(case).framing.assumptions),
        _("Write down what you take for granted"),
        _("Each assumption says when it no longer holds. What nobody has written down, nobody discovers is wrong."),
        _("Add an assumption"),
        "assumption",
    ),
    _Wanted(
        lambda case: bool(_frame(case).framing.success_criteria),
        _("Say how you will know that it was good"),
        _("A few criteria with a measure and a number."),
        _("Add a success criterion"),
        "success_criterion",
    ),
)
SCANNING = (
    _Wanted(
        lambda case: bool(scanning_handover.load(case).scanning.signals),
        _("Note the first signals"),
        _(
            "Something you have seen that may be the beginning of something: what changes, and so what? Thirty seconds each."
        ),
        _("Note a signal"),
        "signal",
    ),
    _Wanted(
        lambda case: bool(scanning_handover.load(case).sources.sources),
        _("Add the sources you build on"),
        _("Everything in the case ends at a source that others can look up."),
        _("Add a source"),
        "source",
    ),
    _Wanted(
        lambda case: bool(scanning_handover.load(case).scanning.trends),
        _("Gather the signals into trends"),
        _("A trend is a development that several signals speak for. Ask for the signals against it too."),
        _("Write a trend"),
        "trend",
    ),
)
SCENARIOS = (
    _Wanted(
        lambda case: scenarios_handover.load(case).judgements.begun,
        _("Write the drivers and their states"),
        _(
            "The few questions that decide how the world may turn out, each with two to five answers that exclude each other."
        ),
        _("Write a driver"),
        "scenarios:driver_add",
    ),
    _Wanted(
        lambda case: bool(scenarios_handover.load(case).judgements.sections),
        _("Judge how the drivers act on each other"),
        _(
            "Section by section: does this state favour or hinder that one? The list of futures that hang together follows by itself."
        ),
        _("Go to the matrix"),
        "scenarios:matrix_judge",
    ),
    _Wanted(
        lambda case: bool(scenarios_handover.load(case).scenarios.scenarios),
        _("Choose the scenarios and tell them"),
        _(
            "A few futures that hang together and lie far apart. Each gets a name, something to long for and something to fear."
        ),
        _("Add a scenario"),
        "scenario",
    ),
)
DIRECTION = (
    _Wanted(
        lambda case: bool(direction_handover.load(case).values.principles),
        _("Write the values, and what they cost"),
        _("A value that costs nothing decides nothing."),
        _("Add a value"),
        "value",
    ),
    _Wanted(
        lambda case: direction_handover.load(case).desirable is not None,
        _("Put the desirable scenario together"),
        _("One state of each driver. What resists the wish is worked out while you choose."),
        _("Put it together"),
        "direction:desirable_compose",
    ),
    _Wanted(
        lambda case: bool(direction_handover.load(case).agendas),
        _("Choose the strategic agendas"),
        _("The few lines of work that carry the direction into options."),
        _("Add a strategic agenda"),
        "agenda",
    ),
)
STRATEGY = (
    _Wanted(
        lambda case: bool(strategy_handover.load(case).roles),
        _("Write the possible roles"),
        _("What could the organisation be? At least two that reasonable people could choose."),
        _("Add a role"),
        "role",
    ),
    _Wanted(
        lambda case: bool(strategy_handover.load(case).options),
        _("Write the options"),
        _("What could be done for each agenda, with cost, effect, effort and risk."),
        _("Add an option"),
        "option",
    ),
    _Wanted(
        _scored,
        _("Try the options in the scenarios"),
        _("Each option gets a score with a reason in each scenario of the working set."),
        _("Go to the options"),
        "strategy:strategy",
    ),
    _Wanted(
        lambda case: bool(strategy_handover.load(case).possible_strategies),
        _("Put possible strategies together"),
        _("Each is a role and a portfolio of options. The best by the sums stand beside them."),
        _("Add a possible strategy"),
        "possible_strategy",
    ),
    _Wanted(
        lambda case: strategy_handover.load(case).chosen is not None,
        _("Make the choice, and write why"),
        _("One of the possible strategies; and what you let go of, with the reason."),
        _("Go to the choice"),
        "strategy:strategy_choose",
    ),
)
PLANS = (
    _Wanted(
        lambda case: bool(plans_handover.load(case).initiatives),
        _("Plan the initiatives"),
        _("What is done for each option chosen: by which role, when and for how much."),
        _("Add an initiative"),
        "initiative",
    ),
    _Wanted(
        lambda case: bool(plans_handover.load(case).signposts),
        _("Set up the signposts"),
        _("Figures that somebody reads at fixed times, and that tell which future is coming."),
        _("Add a signpost"),
        "signpost",
    ),
)
BOARD = (
    _Wanted(
        lambda case: approval_handover.load(case).paper is not None,
        _("Write the paper to the board"),
        _("Points that are voted on one by one, each with what it rests on."),
        _("Go to the paper"),
        "approval:paper",
    ),
)
WANTED: Mapping[str, tuple[_Wanted, ...]] = {
    "framing": FRAMING,
    "scanning": SCANNING,
    "scenarios": SCENARIOS,
    "direction": DIRECTION,
    "strategy": STRATEGY,
    "plans": PLANS,
    "board": BOARD,
}
