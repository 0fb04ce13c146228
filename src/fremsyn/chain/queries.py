"""The leadership's brief: what was found, where circles see it differently, what must be decided."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.approval import handover as approval_handover
from fremsyn.approval.after.outcomes import Outcome, meetings_over, outcomes
from fremsyn.approval.analysis import meeting_of
from fremsyn.approval.schema import Meeting
from fremsyn.cases import file as case_file
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import how_many
from fremsyn.cases.rights import Right
from fremsyn.cases.shape import Text
from fremsyn.conversation import handover as conversation_handover
from fremsyn.conversation.answers import FAR, answers
from fremsyn.conversation.wording import SHOWS
from fremsyn.direction import handover as direction_handover
from fremsyn.direction.queries import wish_of
from fremsyn.framing.handover.gates import Standing, standings
from fremsyn.plans import handover as plans_handover
from fremsyn.plans.analysis import money
from fremsyn.scenarios.queries import ground
from fremsyn.strategy import handover as strategy_handover
from fremsyn.strategy.queries import best, chosen, priced, unscored
from fremsyn.web.templatetags.say import number, say_plain

DIVIDED = ("gap", "fault_line")


@dataclass(frozen=True)
class Card:
    """Something that was found: a figure, what it counts, what it means, where it stands."""

    phase: str
    figure: str
    heading: str
    text: str
    link: str
    url: str
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class PhaseStep:
    """A phase in the brief: where it stands, its question in the session and what it delivers."""

    standing: Standing
    url: str
    session: Entry | None


@dataclass(frozen=True)
class Decision:
    """What the board must decide, and when; and what it has decided."""

    meeting: Meeting | None
    points: tuple[Entry, ...]
    url: str
    came: tuple[tuple[Entry, Outcome], ...]


def brief(visit: Visit) -> dict[str, Any]:
    """Return what the case's first page holds beside its figure."""
    talk = conversation_handover.load(visit.case).conversation
    found = answers(visit.case)
    own = case_file.load(visit.case)
    divided = [each for each in talk.insights if each.shows in DIVIDED and each.ref in visit.entries]
    return {
        "question": next((entry for entry in visit.of_kind("question")), None),
        "own": own,
        "cards": tuple(cards(visit)),
        "divided": [(visit.entries[each.ref], SHOWS[each.shows]) for each in divided],
        "answer": proposed(visit),
        "decision": decision(visit),
        "phases": phases(visit),
        "far": found.far(),
        "asked": len(found.statements),
        "synthetic": conversation_handover.load(visit.case).is_synthetic(*found.turnout),
        "points_apart": FAR,
        "known": visit.entries,
        "guest": not visit.may_enter("chain"),
        "again": [each for each in visit.entries.values() if each.look_again] if visit.may(Right.EDIT) else [],
        "rounds": visit.of_kind("round"),
    }


def proposed(visit: Visit) -> Text | None:
    """Return the answer to the focal question that is proposed; None where there is none, or it may not be seen."""
    answer = strategy_handover.load(visit.case).role_answer if visit.may_enter("strategy") else None
    return answer.text if answer else None


def phases(visit: Visit) -> tuple[PhaseStep, ...]:
    """Return the six phases with their questions and deliverables."""
    return tuple(
        PhaseStep(
            standing,
            reverse(f"{phase}:{phase}", args=[visit.case.slug]) if visit.may_enter(phase) else "",
            visit.entries.get(standing.session.ref) if standing.session else None,
        )
        for phase, standing in standings(visit.case).items()
    )


def decision(visit: Visit) -> Decision | None:
    """Return the points that wait for the board, and those it has decided; None for those who may not see them, and before there is a paper."""
    if not visit.may_enter("approval"):
        return None
    approval = approval_handover.load(visit.case)
    if approval.paper is None or "approval/paper" in visit.withheld:
        return None
    came = {ref: each for ref, each in outcomes(visit).items() if each.decided}
    meeting, points = meeting_of(approval), visit.of_kind("board_point")
    return Decision(
        meeting=None if meeting and meeting.id in meetings_over(visit.case) else meeting,
        points=tuple(each for each in points if each.ref not in came),
        url=reverse("approval:paper", args=[visit.case.slug]),
        came=tuple((each, came[each.ref]) for each in points if each.ref in came),
    )


def cards(visit: Visit) -> Iterator[Card]:
    """Yield what each phase found, with computed figures, as far as its pages are open to the visitor."""
    makers = {
        "scanning": scanned,
        "scenarios": consistent,
        "conversation": heard,
        "direction": wished,
        "strategy": weighed,
        "plans": planned,
    }
    for app, make in makers.items():
        card = make(visit) if visit.may_enter(app) else None
        if card is not None:
            yield card


def page(visit: Visit, app: str) -> str:
    """Return the address of a phase's page."""
    return reverse(f"{app}:{app}", args=[visit.case.slug])


def scanned(visit: Visit) -> Card | None:
    """Return how many trends were found and how many of them rest on no checked source."""
    trends = visit.of_kind("trend")
    bare = sum(entry.unverified for entry in trends)
    if not trends:
        return None
    return Card(
        phase="scanning",
        figure=how_many("trend", len(trends)),
        heading=_("from %(signals)s and %(sources)s")
        % {kind + "s": how_many(kind, len(visit.of_kind(kind))) for kind in ("signal", "source")},
        text=ngettext(
            "%(n)d of them rests on no source that has been checked. It is marked.",
            "%(n)d of them rest on no source that has been checked. They are marked.",
            bare,
        )
        % {"n": bare}
        if bare
        else _("All of them rest on a source."),
        link=_("See the trends"),
        url=page(visit, "scanning"),
    )


def consistent(visit: Visit) -> Card | None:
    """Return how many scenarios hang together."""
    found = ground(visit.case)
    scenarios = found.handover.scenarios
    if not scenarios.drivers:
        return None
    working = visit.shown(each.ref for each in scenarios.scenarios if each.use == "working")
    counted = _("%(n)s of %(all)s") if found.space.complete else _("At least %(n)s of %(all)s")
    return Card(
        phase="scenarios",
        figure=counted % {"n": number(len(found.space.found)), "all": number(found.space.configurations)},
        heading=_("futures hang together"),
        text=say_plain(scenarios.set.no_probability),
        link=_("See the scenarios"),
        url=page(visit, "scenarios"),
        entries=working,
    )


def heard(visit: Visit) -> Card | None:
    """Return on how many statements circles stand far apart."""
    found = answers(visit.case)
    if not found.statements:
        return None
    return Card(
        phase="talk",
        figure=_("%(n)s of %(all)s") % {"n": found.far(), "all": len(found.statements)},
        heading=_("statements set the circles apart"),
        text=_("Two circles are %(points)d points or more apart. The conversation gave %(n)d insights.")
        % {"points": FAR, "n": len(visit.of_kind("insight"))},
        link=_("See the conversation"),
        url=page(visit, "conversation"),
    )


def wished(visit: Visit) -> Card | None:
    """Return what pulls against the desirable scenario."""
    desirable, found = direction_handover.load(visit.case).desirable, wish_of(visit.case)
    if desirable is None or found is None:
        return None
    resists = found.weighed.resists
    return Card(
        phase="direction",
        figure=_("%(n)s of %(all)s") % {"n": len(resists), "all": len(desirable.variants)},
        heading=_("drivers pull against what we wish"),
        text=_("%(title)s: the judgements pull another way here. It is written down, not hidden.")
        % {"title": say_plain(visit.entries[desirable.ref].title)},
        link=_("See the direction"),
        url=page(visit, "direction"),
        entries=visit.shown((desirable.ref, *resists)),
    )


def weighed(visit: Visit) -> Card | None:
    """Return how many portfolios fit and where the chosen one stands among them."""
    found, held = best(visit.case), chosen(visit.case)
    if held is None:
        return None
    if found is None or held.ref not in priced(visit.case):
        return _not_weighed(visit, held.ref)
    return Card(
        phase="strategy",
        figure=number(found.feasible),
        heading=_("portfolios keep the frame and the rules"),
        text=ngettext(
            "The chosen one loses at most %(own)s points, whichever scenario comes."
            " The least possible is %(least)s, and one portfolio reaches it.",
            "The chosen one loses at most %(own)s points, whichever scenario comes."
            " The least possible is %(least)s, and %(ties)d portfolios reach it.",
            len(found.least_regret),
        )
        % {
            "least": number(found.least_regret[0].max_regret),
            "ties": len(found.least_regret),
            "own": number(priced(visit.case)[held.ref].max_regret),
        },
        link=_("See the strategy"),
        url=page(visit, "strategy"),
        entries=visit.shown((held.ref,)),
    )


def _not_weighed(visit: Visit, ref: str) -> Card | None:
    """Return that the portfolios can't be worked out although one is chosen, as scenarios of the set lack scores."""
    lacking = unscored(visit.case)
    if not lacking:
        return None
    return Card(
        phase="strategy",
        figure="–",
        heading=_("portfolios: they can't be worked out now"),
        text=_("The choice stands, but options lack scores in scenarios that are in the working set now."),
        link=_("See the strategy"),
        url=page(visit, "strategy"),
        entries=visit.shown((ref, *(each.ref for each in lacking))),
    )


def planned(visit: Visit) -> Card | None:
    """Return what the plan costs and what watches it."""
    plans = plans_handover.load(visit.case)
    sum_ = money(plans)
    if not sum_.by_year:
        return None
    return Card(
        phase="plans",
        figure=_("DKK %(n)s million") % {"n": number(sum_.total)},
        heading=_("in %(years)s") % {"years": "–".join(map(str, sorted({min(sum_.by_year), max(sum_.by_year)})))},
        text=_("%(initiatives)s, and %(signposts)s to tell us when to think again.")
        % {
            "initiatives": how_many("initiative", len(plans.initiatives)),
            "signposts": how_many("signpost", len(plans.signposts)),
        },
        link=_("See the plans"),
        url=page(visit, "plans"),
    )
