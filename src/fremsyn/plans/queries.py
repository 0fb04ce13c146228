"""Reads of the plan, shaped for its pages."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.shape import GROUNDS, Number, Text
from fremsyn.core.amounts import total
from fremsyn.framing.handover.gates import Gate, gate, standings
from fremsyn.methods.schedule import Slack, year_of
from fremsyn.plans.analysis import cost, framed, overview
from fremsyn.plans.gate import conditions
from fremsyn.plans.quarters import quarter_number
from fremsyn.plans.schema import Initiative, Signpost
from fremsyn.plans.words import amount, quarters, threshold
from fremsyn.web.templatetags.say import say_plain


@dataclass(frozen=True)
class InitiativeRow:
    """An initiative with its place in the plan; money in DKK million, slack in quarters."""

    thing: Initiative
    entry: Entry
    agenda: Entry
    option: Entry
    cost: Number
    waits_for: tuple[Entry, ...]
    followed_by: tuple[Entry, ...]
    slack: Slack
    critical: bool

    @property
    def slack_words(self) -> str:
        """Say how far it can slip."""
        if self.slack.to_horizon <= 0:
            return _("None: the plan as a whole would end later.")
        if self.slack.to_following == 0:
            return _("%(quarters)s, if what waits for it moves along.") % {"quarters": quarters(self.slack.to_horizon)}
        return _("%(quarters)s before the plan as a whole ends later.") % {"quarters": quarters(self.slack.to_horizon)}


@dataclass(frozen=True)
class SignpostRow:
    """A signpost with its threshold in words, the state it tells of and what it touches; `left_out`: not chosen."""

    thing: Signpost
    entry: Entry
    threshold: str
    variant: Entry
    touches: tuple[Entry, ...]
    left_out: frozenset[str]


@dataclass(frozen=True)
class OwnerRow:
    """A role with what it answers for; money in DKK million."""

    role: Text
    initiatives: tuple[Entry, ...]
    cost: Number
    signposts: tuple[Entry, ...]


def heading(visit: Visit) -> str:
    """Say what the plan comes to."""
    seen = overview(visit.case)
    if not seen.plans.initiatives or seen.chosen is None:
        return _("The initiatives are still to be planned")
    return _("%(count)d initiatives for %(amount)s are to carry out %(strategy)s by the end of %(year)d") % {
        "count": len(seen.plans.initiatives),
        "amount": amount(seen.money.total),
        "strategy": say_plain(seen.chosen.name),
        "year": year_of(seen.last),
    }


def initiative_row(visit: Visit, each: Initiative) -> InitiativeRow:
    """Return an initiative as its page and the table show it."""
    seen = overview(visit.case)
    agenda = next(agenda for agenda, held in seen.by_agenda.items() if each in held)
    return InitiativeRow(
        thing=each,
        entry=visit.entries[each.ref],
        agenda=visit.entries[agenda],
        option=visit.entries[each.option],
        cost=cost(each),
        waits_for=visit.shown(each.depends_on),
        followed_by=visit.shown(other.ref for other in seen.plans.initiatives if each.ref in other.depends_on),
        slack=seen.timetable.slack[each.ref],
        critical=each.ref in seen.timetable.critical_path,
    )


def initiative_rows(visit: Visit) -> tuple[InitiativeRow, ...]:
    """Return all initiatives, in the case's order."""
    return tuple(initiative_row(visit, each) for each in overview(visit.case).plans.initiatives)


def signpost_row(visit: Visit, each: Signpost) -> SignpostRow:
    """Return a signpost as its page and the table show it."""
    held = overview(visit.case).chosen
    chosen = held.options if held else ()
    touches = visit.shown(each.touches)
    left_out = frozenset(entry.ref for entry in touches if entry.kind == "option" and entry.ref not in chosen)
    return SignpostRow(each, visit.entries[each.ref], threshold(each), visit.entries[each.variant], touches, left_out)


def signpost_rows(visit: Visit) -> tuple[SignpostRow, ...]:
    """Return all signposts, in the case's order."""
    return tuple(signpost_row(visit, each) for each in overview(visit.case).plans.signposts)


def owners(visit: Visit) -> tuple[OwnerRow, ...]:
    """Return who answers for what, the role with most money first."""
    plans = overview(visit.case).plans
    named = [each.owner_role for each in plans.initiatives] + [each.owner_role for each in plans.signposts]
    rows = [
        OwnerRow(
            role=role,
            initiatives=visit.shown(each.ref for each in plans.initiatives if each.owner_role == role),
            cost=total(cost(each) for each in plans.initiatives if each.owner_role == role),
            signposts=visit.shown(each.ref for each in plans.signposts if each.owner_role == role),
        )
        for role in dict.fromkeys(named)
    ]
    return tuple(sorted(rows, key=lambda row: -row.cost))


def material(visit: Visit) -> dict[str, Any]:
    """Return the tables of the phase's page and what it hands on."""
    seen = overview(visit.case)
    signposts = signpost_rows(visit)
    return {
        "seen": seen,
        "framed": framed(seen.plans, seen.money.by_year),
        "initiatives": initiative_rows(visit),
        "signposts": signposts,
        "unread": sum(not row.thing.reading for row in signposts),
        "owners": owners(visit),
        "unwatched": visit.shown(seen.coverage.unwatched),
        "strategy": visit.entries[seen.chosen.ref] if seen.chosen else None,
        "milestones": sum(len(each.milestones) for each in seen.plans.initiatives),
        "output": standings(visit.case)["plans"].plan.output,
        "board_points": board_points(visit),
        "adds": {
            "initiatives": [("initiative", _("New initiative"))],
            "signposts": [("signpost", _("New signpost"))],
        },
    }


def initiative_of(visit: Visit, ref: str) -> InitiativeRow:
    """Return one initiative as its page shows it."""
    return next(initiative_row(visit, each) for each in overview(visit.case).plans.initiatives if each.ref == ref)


def signpost_of(visit: Visit, ref: str) -> SignpostRow:
    """Return one signpost as its page shows it."""
    return next(signpost_row(visit, each) for each in overview(visit.case).plans.signposts if each.ref == ref)


def milestone_context(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a milestone with its initiative and the milestones before and after it."""
    initiatives = overview(visit.case).plans.initiatives
    holder = next(each for each in initiatives if any(mark.ref == ref for mark in each.milestones))
    ordered = sorted(holder.milestones, key=lambda mark: quarter_number(mark.at))
    at = next(i for i, mark in enumerate(ordered) if mark.ref == ref)
    return {
        "thing": ordered[at],
        "row": initiative_row(visit, holder),
        "number": at + 1,
        "milestones": ordered,
    }


def touching(visit: Visit, refs: Iterable[str]) -> tuple[SignpostRow, ...]:
    """Return the signposts that touch any of those lines."""
    wanted = set(refs)
    return tuple(row for row in signpost_rows(visit) if wanted & set(row.thing.touches))


def board_points(visit: Visit) -> tuple[Entry, ...]:
    """Return the board's points that rest on an initiative or a signpost, where the role may see them."""
    plans = overview(visit.case).plans
    refs = [each.ref for each in plans.initiatives] + [each.ref for each in plans.signposts]
    found = dict.fromkeys(tie.start for ref in refs for tie in visit.ties_to(ref) if tie.kind in GROUNDS)
    return tuple(entry for entry in visit.shown(found) if entry.kind == "board_point")


def phase_gate(visit: Visit) -> Gate:
    """Return the phase's gate with what it has looked into."""
    return gate(visit.case, "plans", conditions(visit.case))
