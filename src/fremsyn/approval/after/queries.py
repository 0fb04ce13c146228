"""Reads of what was approved and of what has moved since, shaped for their page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from fremsyn.approval.after.operations import DELEGABLE, HANDED_OVER, READINGS, approved_version, hashes_now
from fremsyn.approval.handover import load
from fremsyn.approval.minutes.points import Words, shut_points
from fremsyn.approval.minutes.words import outcome_said
from fremsyn.approval.models import Approved, Delegation, PointKind, PointRun, SealedPack
from fremsyn.approval.queries import packs_for
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import KINDS, app_name, natural
from fremsyn.cases.models import ItemVersion, Told
from fremsyn.cases.pages import crumbs
from fremsyn.cases.phases import delegated
from fremsyn.cases.rights import Right
from fremsyn.core.text import Text
from fremsyn.plans import handover as plans_handover
from fremsyn.plans.handover import all_readings, is_beyond, quarter_of, quarter_written, threshold
from fremsyn.plans.schema import Signpost
from fremsyn.web.templatetags.say import as_text, quarter_in_words

QUARTERS_SHOWN = 8


@dataclass(frozen=True)
class Decision:
    """A point that was approved, the assumptions beneath it, and what beneath it is to be looked at again.

    Where it is closed to whoever looks, `shut` has its label and `number` its number, and nothing else is there.
    """

    entry: Entry | None
    ref: str
    text: Text
    assumptions: tuple[Entry, ...]
    moved: tuple[Entry, ...]
    shut: str = ""
    number: int | None = None


@dataclass(frozen=True)
class Other:
    """A point that was not approved: its number at the meeting, and what came of it and why; no words where it is closed."""

    label: str
    said: str
    text: Words
    entry: Entry | None


@dataclass(frozen=True)
class Row:
    """A signpost's readings quarter by quarter: number and whether it is beyond; None where it was not read."""

    entry: Entry
    threshold: str
    owner: Text
    touches: tuple[Entry, ...]
    cells: tuple[tuple[Any, bool] | None, ...]


@dataclass(frozen=True)
class Change:
    """Something that was changed since the body approved it: who, when and why, and whether it is left to management."""

    entry: Entry
    version: ItemVersion
    delegated: bool


def after_page(visit: Visit) -> dict[str, Any]:
    """Return what the page of the approved version shows."""
    approved = approved_version(visit.case)
    shown: dict[str, Any] = {
        "visit": visit,
        "heading": _("What was approved, and what has moved since"),
        "crumbs": crumbs(visit, "approval", (_("After the decision"), "")),
        "approved": approved,
        "may_serve": visit.may(Right.SERVE),
        "quarters": quarters(visit),
        "rows": rows(visit),
    }
    if approved is None:
        return shown
    return {
        **shown,
        "decisions": decisions(visit, approved),
        "others": others(visit, approved),
        "pack": pack_for(visit, approved),
        "meeting": next((each for each in load(visit.case).meetings if each.id == approved.run.meeting), None),
        "differing": differing(visit, approved),
        "changes": changes(visit, approved.at),
        **delegations(visit, approved),
        "told": told(visit),
    }


def pack_for(visit: Visit, approved: Approved) -> SealedPack | None:
    """Return the material that was decided on as somebody may have it: the body's own edition, else the public one."""
    held = approved.pack
    if held is None or visit.closed:
        return None
    found = packs_for(visit).filter(version=held.version).defer("content")
    return found.filter(pk=held.pk).first() or found.first()


def decisions(visit: Visit, approved: Approved) -> tuple[Decision, ...]:
    """Return the points that were approved, in the words that were put, with what they rest on."""
    points = PointRun.objects.filter(run=approved.run, item__isnull=False, item__ref__in=approved.content["points"])
    found: list[Decision] = []
    shut = {} if visit.may(Right.CONFIDE) else shut_points(approved.run)
    for point in points.select_related("item").order_by("position"):
        ref = point.item.ref if point.item else ""
        if point.pk in shut or ref in visit.withheld or ref in visit.closed:
            found.append(Decision(None, "", Text(), (), (), shut=point.label, number=point.number))
            continue
        beneath = visit.shown(sorted(visit.chain.under(ref), key=natural_key))
        found.append(
            Decision(
                entry=visit.entries.get(ref),
                ref=ref,
                text=Text(**_words(point)),
                assumptions=tuple(each for each in beneath if each.kind == "assumption"),
                moved=tuple(each for each in beneath if each.look_again),
                number=point.number,
            )
        )
    return tuple(found)


def others(visit: Visit, approved: Approved) -> tuple[Other, ...]:
    """Return the paper's points at the same meeting that were not approved; what is closed to somebody has its number alone."""
    points = approved.run.points.filter(item__isnull=False, kind=PointKind.DECISION).select_related("item")
    shut = {} if visit.may(Right.CONFIDE) else shut_points(approved.run)
    found = []
    for point in points.exclude(item__ref__in=approved.content["points"]).order_by("position"):
        entry = visit.entries.get(point.item.ref or "") if point.item and point.pk not in shut else None
        said = outcome_said(point) if entry else _("Closed to you.")
        found.append(Other(point.label, said, as_text(point.text) if entry else "", entry))
    return tuple(found)


def natural_key(key: str) -> tuple[str, int, str]:
    """Return the key by which references and paths are sorted together."""
    return (key, 0, "") if "/" in key else natural(key)


def _words(point: PointRun) -> Mapping[str, str]:
    """Return the words that were adopted: those of the latest voting that was counted."""
    last = point.votings.filter(outcome="adopted", amendment=None).order_by("number").last()
    words: Mapping[str, str] = last.text if last else point.text
    return words


def differing(visit: Visit, approved: Approved) -> list[str]:
    """Return the names of the phases that do not hand over any more what was approved."""
    now = hashes_now(visit.case)
    return [app_name(phase) for phase in HANDED_OVER if approved.content["phases"].get(phase) != now[phase]]


def changes(visit: Visit, since: datetime) -> tuple[Change, ...]:
    """Return what was changed in the approved phases since, the latest first."""
    written = ItemVersion.objects.filter(item__case=visit.case, item__sheet__in=HANDED_OVER, at__gt=since)
    found = []
    for each in written.exclude(event__in=["first", "holds"]).select_related("item", "by").order_by("-at", "-pk"):
        entry = visit.entries.get(each.item.ref or each.item.path)
        if entry and not _only_read(each):
            found.append(Change(entry, each, each.item.kind in delegated(visit.case)))
    return tuple(found)


def _only_read(version: ItemVersion) -> bool:
    """Tell whether a version has nothing new but readings of a signpost, which are shown quarter by quarter."""
    before = ItemVersion.objects.filter(item=version.item, number__lt=version.number).order_by("-number").first()
    if version.item.kind != "signpost" or before is None or version.event == "withdrawn":
        return False
    bare = [{name: said for name, said in each.content.items() if name not in READINGS} for each in (before, version)]
    return bool(bare[0] == bare[1])


def delegations(visit: Visit, approved: Approved) -> dict[str, Any]:
    """Return what is left to management, and what could be."""
    held = Delegation.objects.filter(approved=approved, ended_at=None).order_by("given_at")
    shown = [(KINDS[each.kind].many, each, Text(**each.text)) for each in held]
    open_to = [(kind, KINDS[kind].many) for kind in DELEGABLE if kind not in {each.kind for _n, each, _t in shown}]
    return {"delegations": shown, "delegable": open_to}


def quarters(visit: Visit) -> list[str]:
    """Return the quarters that the cycle shows, the first one first; the last is the one that runs."""
    now = quarter_of(visit.case.as_of)
    return [quarter_written(at) for at in range(now - QUARTERS_SHOWN + 1, now + 1)]


def rows(visit: Visit) -> tuple[Row, ...]:
    """Return every signpost with its readings in those quarters."""
    return tuple(_row(visit, each) for each in plans_handover.load(visit.case).signposts if each.ref in visit.entries)


def _row(visit: Visit, signpost: Signpost) -> Row:
    read = {each.at: (each.number, is_beyond(signpost, each)) for each in all_readings(signpost)}
    return Row(
        entry=visit.entries[signpost.ref],
        threshold=threshold(signpost),
        owner=signpost.owner_role,
        touches=visit.shown(signpost.touches),
        cells=tuple(read.get(each) for each in quarters(visit)),
    )


def told(visit: Visit) -> list[tuple[str, Told]]:
    """Return of what people were told, readings and quarters, the latest first, for those who serve the body."""
    if not visit.may(Right.SERVE):
        return []
    events = ("plans.signpost_crossed", "approval.quarter")
    found = Told.objects.filter(case=visit.case, event__in=events).select_related("person").order_by("-at", "-pk")[:20]
    return [(", ".join(quarter_in_words(part) for part in each.about.split("@")), each) for each in found]
