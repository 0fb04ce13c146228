"""What is done with the paper as a whole: drafted from the hand-overs, its parts put in order."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.approval.paper.drafting.draft import WHERE, Draft, draft_of
from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import add_thing, add_things
from fremsyn.cases.editing.stored import lock, row_of
from fremsyn.cases.models import Case, Item
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.cases.remembered import changed
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person

MOVED = frozenset({"board_point", "paper_section", "risk"})


@transaction.atomic
def draft_paper(*, case: Case, by: Person | None, at: datetime) -> Draft:
    """Draft what the paper lacks from what the phases hand over. What somebody has written stays as it is.

    :raises RuleBroken: when the hand-overs don't answer the focal question yet, or there is nothing to add
    """
    lock(case)
    draft = draft_of(case)
    if draft.missing:
        raise RuleBroken(_("A paper can't be drafted yet. Missing: %(what)s.") % {"what": "; ".join(draft.missing)})
    if not draft.adds:
        raise RuleBroken(_("The paper has everything that a draft would add. Change it point by point."))
    told: dict[str, Any] = {"case": case, "by": by, "at": at}
    if draft.paper:
        _refuse_withdrawn(case)
        add_thing(parent="approval", slot="paper", thing=draft.paper, **told)
    for slot in ("points", "sections", "risks"):
        things = getattr(draft, slot)
        if things:
            add_things(parent=WHERE, slot=slot, things=things, **told)
    counts = {slot: len(getattr(draft, slot)) for slot in ("points", "sections", "risks")}
    record("approval.paper_drafted", case=case, by=by, at=at, **counts)
    return draft


def _refuse_withdrawn(case: Case) -> None:
    if Item.objects.filter(case=case, path=WHERE).exists():
        raise RuleBroken(_("The paper was withdrawn. Bring it back, then it can be drafted on."))


@transaction.atomic
def move_part(*, case: Case, key: str, up: bool, by: Person | None, at: datetime) -> Item:
    """Move a point, a section or a risk of the paper one place up or down among its like.

    :raises RuleBroken: when it is none of these, is withdrawn, or stands first or last already
    """
    lock(case)
    item = row_of(case, key)
    if item.kind not in MOVED or item.withdrawn_at is not None:
        raise RuleBroken(_("%(key)s has no place that it could be moved from.") % {"key": key})
    refuse_unless_open(case, "approval", item.kind, key)
    siblings = list(
        Item.objects.filter(parent=item.parent, slot=item.slot, withdrawn_at=None).order_by("position", "path")
    )
    place = [each.pk for each in siblings].index(item.pk)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(siblings):
        raise RuleBroken(_("It stands first already.") if up else _("It stands last already."))
    changed(case)
    siblings[place], siblings[other] = siblings[other], siblings[place]
    for position, each in enumerate(siblings):
        each.position = position
    Item.objects.bulk_update(siblings, ["position"])
    record("approval.part_moved", case=case, by=by, at=at, key=key, place=other + 1)
    return item
