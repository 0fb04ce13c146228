"""What has changed since the first reading: the paper as it was sent out then, beside the paper that is put to the second."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.approval import analysis, verify
from fremsyn.approval.ballots.differing import Difference, difference
from fremsyn.approval.handover import load
from fremsyn.approval.models import Edition, Material, SealedPack
from fremsyn.approval.paper.closing import REST, WHERE, holds, seen
from fremsyn.approval.schema import Closed
from fremsyn.cases.access import Visit
from fremsyn.cases.directory import Entry
from fremsyn.cases.kinds import natural
from fremsyn.cases.models import Case
from fremsyn.cases.plain import to_plain
from fremsyn.cases.reader import value_from_plain
from fremsyn.cases.rights import Right
from fremsyn.conversation import handover as conversation_handover
from fremsyn.core.text import LANGUAGES
from fremsyn.direction import handover as direction_handover
from fremsyn.framing import handover as framing_handover
from fremsyn.plans import handover as plans_handover
from fremsyn.scanning import handover as scanning_handover
from fremsyn.scenarios import handover as scenarios_handover
from fremsyn.strategy import handover as strategy_handover
from fremsyn.web.templatetags.say import say_plain

Items = Mapping[str, Mapping[str, Any]]
MOST_PACKS, STORIES = 8, "stories/"
# What the paper rests on stands in these.
HANDOVERS = ("framing", "scanning", "conversation", "scenarios", "direction", "strategy", "plans")


@dataclass(frozen=True)
class Change:
    """A point, a section or a thing that the paper rests on: what was done to it, and its words before and after."""

    key: str
    title: str
    kind: Literal["new", "changed", "removed"]
    entry: Entry | None = None
    words: tuple[Difference, ...] = ()

    @property
    def said(self) -> str:
        """Say what was done to it."""
        return {"new": _("is new"), "changed": _("has changed"), "removed": _("has gone")}[self.kind]


@dataclass(frozen=True)
class Since:
    """All that has changed since the first reading, and which version was sent out for it."""

    pack: SealedPack
    points: tuple[Change, ...]
    sections: tuple[Change, ...]
    things: tuple[Change, ...]

    @property
    def all(self) -> tuple[Change, ...]:
        """Return every change, the points first."""
        return (*self.points, *self.sections, *self.things)

    @property
    def by_key(self) -> Mapping[str, Change]:
        """Return the changes by the key of what was changed."""
        return {each.key: each for each in self.all}


def pack_of_first_reading(case: Case) -> SealedPack | None:
    """Return what was sent out last for the latest first reading, late material too; else the version sealed last before it."""
    firsts = sorted((each for each in load(case).meetings if each.reading == 1), key=lambda each: each.date)
    if not firsts:
        return None
    sent = Material.objects.filter(run__case=case, run__meeting=firsts[-1].id).select_related("pack")
    last = sent.defer("pack__content").order_by("sent_at", "pk").last()
    if last:
        return last.pack
    packs = SealedPack.objects.filter(case=case).exclude(edition=Edition.PUBLIC).order_by("-version").defer("content")
    return next((each for each in packs if timezone.localdate(each.sealed_at) <= firsts[-1].date), None)


def since_first_reading(visit: Visit) -> Since | None:
    """Return what has changed since the first reading; None where the paper isn't put to a second, or nothing was sent out."""
    approval = seen(visit)
    meeting = analysis.meeting_of(approval)
    if approval.paper is None or meeting is None or meeting.reading != 2 or WHERE in visit.withheld:
        return None
    pack = pack_of_first_reading(visit.case)
    then = held(pack.sha256) if pack else {}
    if pack is None or not then:
        return None
    paper = then["approval"].get("paper") or {}
    now: dict[str, Any] = to_plain(approval.paper)
    hidden = {*visit.closed, *_shut(visit, paper)}
    before, after = ({each["ref"]: each for each in one.get("points", [])} for one in (paper, now))
    points = _changes(visit, _open(before, hidden), _open(after, hidden))
    ids = [{f"{WHERE}/sections/{each['id']}": each for each in one.get("sections", [])} for one in (paper, now)]
    return Since(
        pack=pack,
        points=points,
        sections=_changes(visit, _open(ids[0], hidden), _open(ids[1], hidden)),
        things=tuple(_things(visit, then, paper, now)),
    )


@lru_cache(maxsize=MOST_PACKS)
def held(sha256: str) -> Mapping[str, Any]:
    """Return the hand-overs in a pack as plain values, by sheet, and the stories; nothing where it can't be read.

    Why it can't be read `fremsyn verify` has more to say about.
    """
    try:
        entries = verify.unzipped(bytes(SealedPack.objects.get(sha256=sha256).content))
    except verify.Wrong:
        return {}
    found = {name[10:-5]: json.loads(text) for name, text in entries.items() if name.startswith("handovers/")}
    stories = {name: text.decode() for name, text in entries.items() if name.startswith(STORIES)}
    return {**found, "stories": stories} if "approval" in found else {}


def _shut(visit: Visit, paper: Mapping[str, Any]) -> Iterator[str]:
    """Yield the points and sections that are closed now, or were then and are still, to somebody who may not read them."""
    if visit.may(Right.CONFIDE):
        return
    yield from visit.withheld
    keys = [(each["ref"], each) for each in paper.get("points", [])]
    keys += [(f"{REST}/{each['id']}", each) for each in paper.get("sections", [])]
    for key, each in keys:
        rest = REST in visit.withheld and key.startswith(REST)
        if rest or (each.get("closed") and holds(value_from_plain(each["closed"], Closed), visit.case.as_of)):
            yield key


def _open(things: Mapping[str, Any], hidden: set[str]) -> Items:
    return {key: each for key, each in things.items() if key not in hidden}


def _changes(visit: Visit, before: Items, after: Items) -> tuple[Change, ...]:
    keys = [*after, *(key for key in before if key not in after)]
    found = (_change(visit, key, before.get(key), after.get(key)) for key in keys)
    return tuple(each for each in found if each)


def _change(visit: Visit, key: str, was: Any, now: Any) -> Change | None:
    if was == now:
        return None
    kind: Literal["new", "changed", "removed"] = "new" if was is None else "removed" if now is None else "changed"
    title = _title(now or was)
    return Change(key, title, kind, visit.entries.get(key), tuple(_differing(was or {}, now or {})))


def _title(thing: Mapping[str, Any]) -> str:
    named = thing.get("name") or thing.get("title") or {}
    return say_plain(named)


def _differing(was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Difference]:
    """Yield the texts that differ, word by word."""
    for name in dict.fromkeys((*now, *was)):
        one, other = was.get(name) or {}, now.get(name) or {}
        if one != other and _is_text(one) and _is_text(other):
            yield difference(one, other)


def _is_text(value: Any) -> bool:
    return isinstance(value, Mapping) and set(value) <= set(LANGUAGES)


def _things(
    visit: Visit, then: Mapping[str, Any], paper: Mapping[str, Any], now: Mapping[str, Any]
) -> Iterator[Change]:
    """Yield what the paper rests on, then or now, that is not as it was."""
    refs = {
        ref for one in (paper, now) for part in ("points", "sections", "risks") for ref in _because(one.get(part, []))
    }
    before = dict(_items([then.get(sheet, {}) for sheet in HANDOVERS]))
    after = dict(_items([to_plain(each) for each in _current(visit.case)]))
    for ref in sorted(refs, key=natural):
        if ref in visit.entries or ref not in after:
            change = _change(visit, ref, before.get(ref), after.get(ref))
            if change and (ref in before or ref in after):
                yield change


def _because(parts: Any) -> Iterator[str]:
    return (ref for each in parts for ref in each.get("because", []) if ref[1:2].isdigit())


def _current(case: Case) -> Iterator[Any]:
    yield framing_handover.load(case).framing
    yield scanning_handover.load(case).scanning
    yield conversation_handover.load(case).conversation
    yield scenarios_handover.load(case).scenarios
    yield direction_handover.load(case)
    yield strategy_handover.load(case)
    yield plans_handover.load(case)


def _items(node: Any) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every item by its reference with its own content, without the items in it."""
    if isinstance(node, Mapping):
        if isinstance(node.get("ref"), str):
            yield node["ref"], {name: inner for name, inner in node.items() if not _holds_items(inner)}
        for inner in node.values():
            yield from _items(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from _items(inner)


def _holds_items(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) and "ref" in each for each in value)
