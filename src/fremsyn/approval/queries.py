"""Reads of the paper, shaped for its pages."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from fremsyn.approval import analysis
from fremsyn.approval.after.outcomes import Outcome, meetings_over, outcomes
from fremsyn.approval.after.standing import decided_keys
from fremsyn.approval.meeting.ruling import closed_file
from fremsyn.approval.minutes.decision import closed_decisions
from fremsyn.approval.models import Edition, MeetingKind, MeetingRun, SealedPack
from fremsyn.approval.paper.closing import REST, closings, holds, said, seen, whole
from fremsyn.approval.schema import Annex, Approval, BoardPoint, Body, DecisionRecord, Meeting, PaperSection, Risk
from fremsyn.approval.words import access, alternatives_found, money_found
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry, anchor, directory
from fremsyn.cases.kinds import PAGE_OF_APP
from fremsyn.cases.rights import Right
from fremsyn.conversation.handover import load as load_talk
from fremsyn.direction import handover as direction_handover
from fremsyn.people.roles import Role
from fremsyn.plans import handover as plans_handover
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.strategy import handover as strategy_handover

SHORTEST_RUN = 4
SEALERS = {Role.OWNER, Role.FACILITATOR}


@dataclass(frozen=True)
class Run:
    """References that follow each other, shown by the first and the last; alone where `last` is None."""

    first: Entry
    last: Entry | None = None


@dataclass(frozen=True)
class Why:
    """The shortest way from something down to a source, itself first, and all that it rests on."""

    way: tuple[Entry, ...]
    sources: tuple[Entry, ...]
    unverified: tuple[Entry, ...]

    @property
    def steps(self) -> int:
        return max(0, len(self.way) - 1)


@dataclass(frozen=True)
class PointRow:
    """A point of the paper, what it rests on and why; `closed` as in `Grounded`."""

    number: int
    thing: BoardPoint
    entry: Entry
    grounds: tuple[Run, ...]
    why: Why
    closed: str = ""


@dataclass(frozen=True)
class Grounded:
    """A section or a risk with its key and what it rests on; `closed` says why and until when, where it is."""

    thing: PaperSection | Risk
    key: str
    grounds: tuple[Run, ...]
    closed: str = ""

    @property
    def place(self) -> str:
        """Return the id under which it stands on the page."""
        return anchor(self.key)


@dataclass(frozen=True)
class MeetingRow:
    """A meeting with its material, and whether it lies behind the day on which the case is shown.

    `until` is when the last vote is taken, where it is held in writing.
    """

    thing: Meeting
    key: str
    place: str
    material: tuple[Run, ...]
    held: bool
    papers: bool
    came: tuple[Outcome, ...] = ()
    until: datetime.datetime | None = None


@dataclass(frozen=True)
class AnnexRow:
    """An annex and the page it is made from; no page where it is closed."""

    thing: Annex
    url: str
    closed: str = ""


def runs(entries: Sequence[Entry]) -> tuple[Run, ...]:
    """Join references that follow each other, four or more (I1, I2 … I15), into runs."""
    found: list[list[Entry]] = []
    for entry in entries:
        if found and _follows(found[-1][-1].ref, entry.ref):
            found[-1].append(entry)
        else:
            found.append([entry])
    joined: list[Run] = []
    for group in found:
        long = len(group) >= SHORTEST_RUN
        joined += [Run(group[0], group[-1])] if long else [Run(entry) for entry in group]
    return tuple(joined)


def _follows(before: str, after: str) -> bool:
    numbers = before[1:], after[1:]
    return before[:1] == after[:1] and all(map(str.isdigit, numbers)) and int(numbers[0]) + 1 == int(numbers[1])


def why(visit: Visit, key: str) -> Why:
    """Return the shortest way from an item to a source, and the sources and unverified items under it."""
    under = visit.chain.under(key)
    beneath = visit.shown(sorted(under, key=lambda each: (under[each], each)))
    sources = tuple(entry for entry in beneath if entry.kind == "source")
    return Why(
        way=visit.shown(visit.chain.path(key, [entry.key for entry in sources])),
        sources=sources,
        unverified=tuple(entry for entry in beneath if entry.unverified),
    )


def point_row(visit: Visit, number: int, point: BoardPoint) -> PointRow:
    """Return a point with its grounds and its why."""
    grounds = runs(visit.shown((*point.because, *point.sources)))
    closed = closings(visit.case).get(point.ref)
    shut = said(closed) if closed and not whole(visit.case) else ""
    return PointRow(number, point, visit.entries[point.ref], grounds, why(visit, point.ref), shut)


def points_of(approval: Approval) -> tuple[BoardPoint, ...]:
    """Return the points of the paper; none as long as there is no paper."""
    return approval.paper.points if approval.paper else ()


def points(visit: Visit) -> tuple[PointRow, ...]:
    """Return the paper's points, numbered; one that is closed to a member is left out."""
    numbered = enumerate(points_of(seen(visit)), start=1)
    return tuple(point_row(visit, number, each) for number, each in numbered if each.ref in visit.entries)


def closed_points(visit: Visit) -> tuple[int, ...]:
    """Return the numbers of the paper's points that are closed to a member."""
    return tuple(n for n, each in enumerate(points_of(seen(visit)), start=1) if each.ref in visit.closed)


def shut_points(visit: Visit) -> tuple[tuple[int, BoardPoint, str], ...]:
    """Return the points that are closed to others than the body, to such a one: number, what is left, and why closed."""
    numbered = enumerate(points_of(seen(visit)), start=1)
    shut = ((number, each) for number, each in numbered if each.ref in visit.withheld and each.closed)
    return tuple((number, each, said(each.closed)) for number, each in shut if each.closed)


def sections(visit: Visit) -> tuple[Grounded, ...]:
    """Return the paper's sections."""
    paper = seen(visit).paper
    return tuple(
        Grounded(
            each,
            f"approval/paper/sections/{each.id}",
            runs(visit.shown(each.because)),
            said(each.closed) if each.closed and holds(each.closed, visit.case.as_of) else "",
        )
        for each in (paper.sections if paper else ())
    )


def risks(visit: Visit) -> tuple[Grounded, ...]:
    """Return the paper's risks."""
    paper = seen(visit).paper
    keys = [key for key, entry in directory(visit.case).entries.items() if entry.kind == "risk"]
    return tuple(
        Grounded(each, key, runs(visit.shown(each.because)))
        for key, each in zip(keys, paper.risks if paper else (), strict=False)
    )


def meetings(visit: Visit) -> tuple[MeetingRow, ...]:
    """Return the meetings in order of their dates."""
    approval = seen(visit)
    put_to = approval.paper.meeting if approval.paper else None
    over, came = meetings_over(visit.case), outcomes(visit).values()
    written = MeetingRun.objects.filter(case=visit.case, kind=MeetingKind.WRITTEN)
    until = dict(written.values_list("meeting", "deadline"))
    return tuple(
        MeetingRow(
            each,
            f"approval/meetings/{each.id}",
            anchor(f"approval/meetings/{each.id}"),
            runs(visit.shown(each.material)),
            each.date < visit.case.as_of or each.id in over,
            each.id == put_to,
            tuple(one for one in came if one.meeting == each.id),
            until.get(each.id),
        )
        for each in sorted(approval.meetings, key=lambda one: one.date)
    )


def annexes(visit: Visit) -> tuple[AnnexRow, ...]:
    """Return the annexes with the pages they are made from."""
    rows, paper = [], seen(visit).paper
    for each in paper.annexes if paper else ():
        known = each.from_part in PAGE_OF_APP and visit.may_enter(each.from_part)
        url = reverse(PAGE_OF_APP[each.from_part], args=[visit.case.slug]) if known else ""
        shut = said(each.closed) if each.closed and holds(each.closed, visit.case.as_of) else ""
        rows.append(AnnexRow(each, "" if shut and visit.withheld else url, shut))
    return tuple(rows)


def alternatives(visit: Visit) -> dict[str, Any]:
    """Return the alternatives with what each costs and gives, and what that comes to in words."""
    case = visit.case
    scenarios = scenarios_handover.load(case).scenarios
    found = analysis.alternatives(seen(visit), strategy_handover.load(case), scenarios)
    return {
        "alternatives": [(visit.entries[each.ref], visit.entries[each.role], each) for each in found],
        "worlds": visit.shown(analysis.working_set(scenarios)),
        "alternatives_heading": alternatives_found(found),
    }


def money(visit: Visit) -> dict[str, Any]:
    """Return the paper's money, agenda by agenda, and what it comes to in words."""
    case = visit.case
    found = analysis.money(plans_handover.load(case), strategy_handover.load(case), direction_handover.load(case))
    return {
        "money": found,
        "money_rows": [(visit.entries[row.agenda], row) for row in found.agendas],
        "money_heading": money_found(found),
    }


def decided(record: DecisionRecord) -> bool:
    """Tell whether anything has been entered in the decision record."""
    return bool(record.meeting or record.votes or record.decision_text or record.attendance or record.signatures)


def paper_context(visit: Visit) -> dict[str, Any]:
    """Return all that the paper's page shows."""
    approval = seen(visit)
    shown = points(visit)
    unverified = dict.fromkeys(entry for row in shown for entry in row.why.unverified)
    return {
        "approval": approval,
        "paper": approval.paper,
        "closed_paper": "approval/paper" in visit.withheld,
        "closed_rest": REST in visit.withheld,
        "body": approval.body,
        "meeting": analysis.meeting_of(approval),
        "access": access(approval.paper.access) if approval.paper else "",
        "points": shown,
        "closed_points": closed_points(visit),
        "shut_points": shut_points(visit),
        "sections": sections(visit),
        "risks": risks(visit),
        "meetings": meetings(visit),
        "annexes": annexes(visit),
        **body_context(visit, approval.body),
        "notice": analysis.notice(approval),
        "unverified": tuple(unverified),
        "insights": () if _is_shut(visit, "involvement") else _insights(visit, shown),
        "decided": decided(approval.decision_record),
        "outcomes": outcomes(visit),
        "decided_closed": closed_decisions(visit),
        "standing": decided_keys(visit.case),
        **({} if _is_shut(visit, "economy") else money(visit)),
        **({} if _is_shut(visit, "alternatives") else alternatives(visit)),
    }


def _is_shut(visit: Visit, section: str) -> bool:
    """Tell whether a section is closed to somebody, and with it what stands under its words."""
    return not visit.withheld.isdisjoint({REST, f"{REST}/{section}"})


def body_context(visit: Visit, body: Body | None) -> dict[str, Any]:
    """Return what the paper's page says of the body that decides; nothing as long as none is written."""
    if body is None:
        return {}
    return {
        "voting": analysis.voting(body),
        "quorum": analysis.quorum(body),
        "casting": next((each.role for each in body.members if each.id == body.caster), None),
        "body_sources": visit.shown(body.sources),
    }


def _insights(visit: Visit, shown: Iterable[PointRow]) -> tuple[Entry, ...]:
    grounds = dict.fromkeys(ref for row in shown for ref in row.thing.because)
    return tuple(entry for entry in visit.shown(grounds) if entry.kind == "insight")


def point_context(visit: Visit, ref: str) -> dict[str, Any]:
    """Return a point with its paper, the way to a source from each of its grounds, and the money that it names."""
    approval = seen(visit)
    row = next(row for row in points(visit) if row.thing.ref == ref)
    grounds = visit.shown((*row.thing.because, *row.thing.sources))
    named = tuple(each for each in plans_handover.load(visit.case).initiatives if each.ref in row.thing.because)
    return {
        "row": row,
        "thing": row.thing,
        "paper": approval.paper,
        "count": len(points_of(approval)),
        "meeting": analysis.meeting_of(approval),
        "ways": [(entry, why(visit, entry.key)) for entry in grounds],
        "initiatives": len(named),
        "initiatives_cost": analysis.cost(named),
        "decided": decided(approval.decision_record),
        "outcome": outcomes(visit).get(ref),
    }


def packs_for(visit: Visit) -> QuerySet[SealedPack]:
    """Return the packs that somebody may download: those with closed parts only where they may be read."""
    packs = SealedPack.objects.filter(case=visit.case)
    return packs if visit.may(Right.CONFIDE) else packs.exclude(edition=Edition.INTERNAL)


def packs_context(visit: Visit) -> dict[str, Any]:
    """Return the packs that were sealed of the case, latest first, and whether this person may seal another."""
    packs = packs_for(visit).order_by("-version", "edition").defer("content")
    return {
        "packs": list(packs),
        "versions": len({each.version for each in packs}),
        "may_seal": may_seal(visit),
        "votes_synthetic": talk_is_synthetic(visit),
        "packs_closed": closed_file(visit),
    }


def may_seal(visit: Visit) -> bool:
    """Tell whether a role seals the board's paper."""
    return visit.role in SEALERS


def talk_is_synthetic(visit: Visit) -> bool:
    """Tell whether nobody cast the votes of the case, so that they may be handed on as they are."""
    return load_talk(visit.case).conversation.status.synthetic
