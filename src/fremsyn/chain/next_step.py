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
from fremsyn.scenarios.schema import Driver
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
    so_far: str = ""
    way_on: "Step | None" = None


@dataclass(frozen=True)
class _Wanted:
    """A step as long as there is too little of something. `to` is the kind that is added, with where if need be, or the name of a page.

    `least` to `most` is a rule of thumb, not a demand: from the first one on, whoever wants to goes on without more.
    `whole` counts how many there can be, where that is what is aimed at.
    """

    count: Callable[[Case], int]
    heading: Promise
    text: Promise
    action: Promise
    to: str
    least: int = 1
    most: int = 1
    whole: Callable[[Case], int] | None = None


def next_step(visit: Visit) -> Step | None:
    """Return the next step for whoever may take it: in the first phase that is not closed; None where all is done.

    A part with something in it, though little, is left behind once a later part of the phase has been begun: then
    somebody has gone on.
    """
    if not visit.may(Right.EDIT):
        return None
    for phase, standing in standings(visit.case).items():
        if standing.state == PhaseState.CLOSED:
            continue
        if standing.state == PhaseState.IDLE:
            return _open(visit, phase)
        wanted = _lacking(visit.case, phase) if standing.state != PhaseState.GATE else []
        return _step(visit, phase, wanted) if wanted else _gate(visit, phase)
    wanted = _lacking(visit.case, "board")
    return _step(visit, "board", wanted) if wanted else None


def _lacking(case: Case, phase: str) -> list[tuple[_Wanted, int]]:
    """Return the parts of a phase that hold too little, from the first on, with how much each holds."""
    counted = [(each, each.count(case)) for each in WANTED[phase]]
    begun = max((at for at, (_each, count) in enumerate(counted) if count), default=0)
    return [
        (each, count)
        for at, (each, count) in enumerate(counted)
        if not count or (at == begun and count < (each.whole(case) if each.whole else each.least))
    ]


def _step(visit: Visit, phase: str, wanted: list[tuple[_Wanted, int]]) -> Step:
    slug, (first, count) = visit.case.slug, wanted[0]
    to, asked, where = first.to.partition("?")
    url = (reverse(to, args=[slug]) if ":" in to else reverse("cases:item_add", args=[slug, to])) + asked + where
    way_on = None
    if count:
        way_on = _step(visit, phase, wanted[1:]) if wanted[1:] else _gate(visit, phase) if phase != "board" else None
    return Step(phase, first.heading, first.text, first.action, url, _so_far(visit.case, first, count), way_on)


def _so_far(case: Case, wanted: _Wanted, count: int) -> str:
    if wanted.whole and count:
        return _("%(count)d of %(whole)d so far.") % {"count": count, "whole": wanted.whole(case)}
    if wanted.most == 1:
        return ""
    many = {"least": wanted.least, "most": wanted.most, "count": count}
    if not count:
        return _("A rule of thumb: %(least)d–%(most)d.") % many
    return _("%(count)d so far. A rule of thumb: %(least)d–%(most)d.") % many


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


def _drivers(case: Case) -> list[Driver]:
    return [each for each in scenarios_handover.load(case).judgements.drivers if each.variants]


def _pairs(case: Case) -> int:
    return len(_drivers(case)) * (len(_drivers(case)) - 1)


def _scored(case: Case) -> bool:
    return can_be_weighed(strategy_handover.load(case), scenarios_handover.load(case).scenarios)


FRAMING = (
    _Wanted(
        lambda case: len(_frame(case).framing.questions) - 1,
        _("Write the questions under the focal one"),
        _(
            "Three to ten questions that must be answered before the focal one can be. Ask the leaders first: the guide for the interviews is on the framing's page."
        ),
        _("Write a question"),
        "question",
        3,
        10,
    ),
    _Wanted(
        lambda case: len(_frame(case).stakeholders.stakeholders),
        _("Say who has a stake"),
        _("Roles, organisations and groups: how much they can affect the decision, and how much it affects them."),
        _("Add a stakeholder"),
        "stakeholder",
        5,
        15,
    ),
    _Wanted(
        lambda case: _frame(case).framing.baseline.role is not None,
        _("Describe the role here and now"),
        _("What the organisation is today, in a few sentences. The strategy ends by saying what it is to be instead."),
        _("Describe the role"),
        "baseline_role",
    ),
    _Wanted(
        lambda case: len(_frame(case).framing.assumptions),
        _("Write down what you take for granted"),
        _("Each assumption says when it no longer holds. What nobody has written down, nobody discovers is wrong."),
        _("Add an assumption"),
        "assumption",
        5,
        10,
    ),
    _Wanted(
        lambda case: len(_frame(case).framing.success_criteria),
        _("Say how you will know that it was good"),
        _("A few criteria with a measure and a number."),
        _("Add a success criterion"),
        "success_criterion",
        3,
        5,
    ),
)
SCANNING = (
    _Wanted(
        lambda case: len(scanning_handover.load(case).scanning.signals),
        _("Note the first signals"),
        _(
            "Something you have seen that may be the beginning of something: what changes, and so what? Thirty seconds each."
        ),
        _("Note a signal"),
        "signal",
        10,
        30,
    ),
    _Wanted(
        lambda case: len(scanning_handover.load(case).sources.sources),
        _("Add the sources you build on"),
        _("Everything in the case ends at a source that others can look up."),
        _("Add a source"),
        "source",
        5,
        20,
    ),
    _Wanted(
        lambda case: len(scanning_handover.load(case).scanning.trends),
        _("Gather the signals into trends"),
        _("A trend is a development that several signals speak for. Ask for the signals against it too."),
        _("Write a trend"),
        "trend",
        8,
        20,
    ),
)
SCENARIOS = (
    _Wanted(
        lambda case: len(_drivers(case)),
        _("Write the drivers and their states"),
        _(
            "The few questions that decide how the world may turn out, each with two to five answers that exclude each other."
        ),
        _("Write a driver"),
        "scenarios:driver_add",
        4,
        12,
    ),
    _Wanted(
        lambda case: len(scenarios_handover.load(case).judgements.sections),
        _("Judge how the drivers act on each other"),
        _(
            "Section by section: does this state favour or hinder that one? The list of futures that hang together follows by itself."
        ),
        _("Go to the matrix"),
        "scenarios:matrix_judge",
        whole=_pairs,
    ),
    _Wanted(
        lambda case: len(scenarios_handover.load(case).scenarios.scenarios),
        _("Choose the scenarios and tell them"),
        _(
            "A few futures that hang together and lie far apart. Each gets a name, something to long for and something to fear."
        ),
        _("See the futures that hang together"),
        "scenarios:scenarios",
        3,
        5,
    ),
)
DIRECTION = (
    _Wanted(
        lambda case: len(direction_handover.load(case).values.principles),
        _("Write the values, and what they cost"),
        _("A value that costs nothing decides nothing."),
        _("Add a value"),
        "value",
        3,
        7,
    ),
    _Wanted(
        lambda case: direction_handover.load(case).desirable is not None,
        _("Put the desirable scenario together"),
        _("One state of each driver. What resists the wish is worked out while you choose."),
        _("Put it together"),
        "direction:desirable_compose",
    ),
    _Wanted(
        lambda case: direction_handover.load(case).vision is not None,
        _("Write the vision"),
        _("A few sentences, told from the horizon, that somebody outside the room can repeat."),
        _("Write the vision"),
        "reasoned?in=direction&field=vision",
    ),
    _Wanted(
        lambda case: len(direction_handover.load(case).agendas),
        _("Choose the strategic agendas"),
        _("The few lines of work that carry the direction into options."),
        _("Add a strategic agenda"),
        "agenda",
        3,
        5,
    ),
)
STRATEGY = (
    _Wanted(
        lambda case: len(strategy_handover.load(case).roles),
        _("Write the possible roles"),
        _("What could the organisation be? At least two that reasonable people could choose."),
        _("Add a role"),
        "role",
        2,
        5,
    ),
    _Wanted(
        lambda case: len(strategy_handover.load(case).options),
        _("Write the options"),
        _("What could be done for each agenda, with cost, effect, effort and risk."),
        _("Add an option"),
        "option",
        6,
        20,
    ),
    _Wanted(
        _scored,
        _("Try the options in the scenarios"),
        _("Each option gets a score with a reason in each scenario of the working set."),
        _("Go to the options"),
        "strategy:strategy",
    ),
    _Wanted(
        lambda case: len(strategy_handover.load(case).possible_strategies),
        _("Put possible strategies together"),
        _("Each is a role and a portfolio of options. The best by the sums stand beside them."),
        _("Go to the portfolios"),
        "strategy:portfolio_try",
        2,
        5,
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
        lambda case: len(plans_handover.load(case).initiatives),
        _("Plan the initiatives"),
        _("What is done for each option chosen: by which role, when and for how much."),
        _("Add an initiative"),
        "initiative",
        5,
        15,
    ),
    _Wanted(
        lambda case: len(plans_handover.load(case).signposts),
        _("Set up the signposts"),
        _("Figures that somebody reads at fixed times, and that tell which future is coming."),
        _("Add a signpost"),
        "signpost",
        5,
        15,
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
