"""Which version of a case a document tells of, and what was changed since the one before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.approval.handover import load as load_approval
from fremsyn.approval.models import Edition, SealedPack
from fremsyn.approval.paper.readings import held
from fremsyn.audit.leaves import canonical
from fremsyn.cases.kinds import natural
from fremsyn.cases.models import Case
from fremsyn.cases.plain import to_plain
from fremsyn.cases.remembered import remembered
from fremsyn.conversation.handover import load as load_conversation
from fremsyn.direction.handover import load as load_direction
from fremsyn.framing.handover import load as load_framing
from fremsyn.plans.handover import load as load_plans
from fremsyn.reports.documents.pieces import day
from fremsyn.scanning.handover import load as load_scanning
from fremsyn.scenarios.handover import load as load_scenarios
from fremsyn.strategy.handover import load as load_strategy

Held = Mapping[str, Any]  # hand-overs as plain values by sheet, and the stories
CASE = "case"  # the day on which a case is shown makes no other version of it
MOST_NAMED = 40


@dataclass(frozen=True)
class Version:
    """A version of a case: its number, and what is new, changed and gone against the one before, by reference."""

    number: int
    before: int = 0
    sealed_on: date | None = None
    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()

    def said(self, hidden: Collection[str] = ()) -> str:
        """Say in the language in use what was changed.

        :param hidden: references that are not named
        """
        if self.sealed_on is None:
            return _("This is the first version; there is nothing before it to compare with.")
        parts = ((_("new"), self.new), (_("changed"), self.changed), (_("gone"), self.gone))
        shown = [(what, tuple(ref for ref in refs if ref not in hidden)) for what, refs in parts]
        listed = "; ".join(f"{what} {_named(refs)}" for what, refs in shown if refs)
        return _("Since version %(n)d, sealed %(day)s: %(what)s.") % {
            "n": self.before,
            "day": day(self.sealed_on),
            "what": listed or _("nothing that has a reference"),
        }


@remembered
def version_of(case: Case) -> Version:
    """Return the version of what the case hands over: the number of the first pack that holds it as it stands.

    As long as none does it is the number of the pack that is sealed next. A pack that is sealed again for the record of a
    meeting alone has a number of its own, and the same version of the case in it; so sealing changes no version.
    """
    now, number, own = _now(case), 0, True
    before: SealedPack | None = None
    packs = SealedPack.objects.filter(case=case).exclude(edition=Edition.PUBLIC).order_by("-version").defer("content")
    for pack in packs:
        then = _sealed(pack.sha256)
        if not then:
            continue
        own = own and then == now
        if own:
            number = pack.version
        elif before is None or then == _sealed(before.sha256):
            before = pack
        else:
            break
    if before is None:
        return Version(number or 1)
    were, are = dict(items_in(_sealed(before.sha256))), dict(items_in(now))
    return Version(
        number=number or packs[0].version + 1,
        before=before.version,
        sealed_on=timezone.localtime(before.sealed_at).date(),
        new=_sorted(set(are) - set(were)),
        changed=_sorted(ref for ref in set(are) & set(were) if are[ref] != were[ref]),
        gone=_sorted(set(were) - set(are)),
    )


@remembered
def _now(case: Case) -> Held:
    framing, scanning, scenarios = load_framing(case), load_scanning(case), load_scenarios(case)
    sheets = {
        "framing": framing.framing, "stakeholders": framing.stakeholders, "sources": scanning.sources,
        "scanning": scanning.scanning, "conversation": load_conversation(case).conversation,
        "scenarios": scenarios.scenarios, "cross_impact": scenarios.cross_impact, "direction": load_direction(case),
        "strategy": load_strategy(case), "plans": load_plans(case), "approval": load_approval(case),
    }  # fmt: skip
    told = {name: to_plain(thing) for name, thing in sheets.items()} | {"stories": dict(scenarios.stories)}
    as_sealed: Held = json.loads(canonical(told))
    return as_sealed


def _sealed(sha256: str) -> Held:
    """Return what a pack holds of a case; nothing where it can't be read."""
    return {name: each for name, each in held(sha256).items() if name != CASE}


def items_in(node: Any) -> Iterator[tuple[str, str]]:
    """Yield every item in plain hand-overs: its reference and its own content, without the items in it."""
    if isinstance(node, Mapping):
        if isinstance(node.get("ref"), str):
            yield node["ref"], canonical(_own(node))
        for inner in node.values():
            yield from items_in(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from items_in(inner)


def _own(node: Mapping[str, Any]) -> dict[str, Any]:
    return {key: inner for key, inner in node.items() if not (isinstance(inner, list) and any(map(_is_item, inner)))}


def _is_item(node: Any) -> bool:
    return isinstance(node, Mapping) and "ref" in node


def _sorted(refs: Any) -> tuple[str, ...]:
    return tuple(sorted(refs, key=natural))


def _named(refs: tuple[str, ...]) -> str:
    shown = ", ".join(refs[:MOST_NAMED])
    rest = len(refs) - MOST_NAMED
    return shown if rest <= 0 else _("%(refs)s and %(n)d more") % {"refs": shown, "n": rest}
