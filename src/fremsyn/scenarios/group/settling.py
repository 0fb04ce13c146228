"""Opening sections before all have given, and settling what the group's judgement is: then it stands in the case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.audit.personal import keep_personal
from fremsyn.cases.editing.one_language import written
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios.group.rules import TALK, Table
from fremsyn.scenarios.group.state import GroupPair, Key, group_of
from fremsyn.scenarios.judging.operations import judge
from fremsyn.scenarios.models import GroupSection
from fremsyn.web.templatetags.say import listed


@dataclass(frozen=True)
class Decision:
    """What the group's judgement of a section is to be.

    :param table: −3…3, a row for each state of the source that is in use
    :param reason: the section's reason; None leaves the one that it has
    :param mark: what was seen when this was decided (`GroupPair.mark`); None decides whatever stands there
    """

    key: Key
    table: Table
    reason: Text | None
    mark: str | None = None


@transaction.atomic
def open_section(*, case: Case, source: str, target: str, by: Person | None, at: datetime) -> None:
    """Open a section for the talk before all have given theirs. Who has not given theirs still sees nobody else's.

    :raises RuleBroken: when nobody has given theirs, or it is open or settled already
    """
    found = _locked(case)
    section = _one(found, (source, target))
    if not section.given:
        raise RuleBroken(_("Nobody has given a judgement of this section yet, so there is nothing to open."))
    if section.settled or section.ready:
        raise RuleBroken(_("This section is open already. Somebody else may have been quicker."))
    _keep(case, (source, target), opened_at=at, opened_by=by)
    record("scenarios.section_opened", case=case, by=by, at=at, section=f"{source}-{target}")


@transaction.atomic
def settle_sections(
    *, case: Case, decisions: Iterable[Decision], rule: str = TALK, why: str, by: Person | None, at: datetime
) -> int:
    """Settle the group's judgement of sections, all or none: it becomes the case's, with who, when and why.

    :param rule: how it came about: `talk`, `median` or `agreement`
    :param why: kept with each; it becomes the reason of a section that has none
    :returns: how many sections of the case's matrix changed
    :raises RuleBroken: without a reason, or where something was given, settled or withdrawn meanwhile
    """
    given = tuple(decisions)
    if not why.strip():
        raise RuleBroken(_("Say why in a sentence; it is kept with the group's judgement."))
    if not given:
        raise RuleBroken(_("Choose at least one section to take over."))
    found = _locked(case)
    _refuse_stale(found, given)
    changed = sum(_settled(case, found[each.key], each, why.strip(), by, at) for each in given)
    for each in given:
        _keep(case, each.key, settled_at=at, settled_by=by, rule=rule, why=why.strip())
    record(
        "scenarios.sections_settled", case=case, by=by, at=at, rule=rule, why=keep_personal(why.strip(), about=by),
        sections=[f"{source}-{target}" for source, target in (each.key for each in given)],
    )  # fmt: skip
    return changed


@transaction.atomic
def unsettle_section(*, case: Case, source: str, target: str, by: Person | None, at: datetime) -> None:
    """Let the judges change theirs again. What stands in the case stays until it is settled anew.

    :raises RuleBroken: when it isn't settled
    """
    section = _one(_locked(case), (source, target))
    if not section.settled:
        raise RuleBroken(_("This section is not settled. Somebody else may have been quicker."))
    _keep(case, (source, target), settled_at=None, settled_by=None, rule="", why="")
    record("scenarios.section_unsettled", case=case, by=by, at=at, section=f"{source}-{target}")


def _locked(case: Case) -> Mapping[Key, GroupPair]:
    lock(case)
    refuse_unless_open(case, "scenarios", "section")
    return group_of(case).sections


def _one(found: Mapping[Key, GroupPair], key: Key) -> GroupPair:
    if key not in found:
        raise RuleBroken(_("This section is handed out to nobody, or one of its drivers has been withdrawn meanwhile."))
    return found[key]


def _refuse_stale(found: Mapping[Key, GroupPair], given: tuple[Decision, ...]) -> None:
    done = [each.key for each in given if _one(found, each.key).settled]
    if done:
        raise RuleBroken(
            _("%(sections)s has been settled already. Nothing was changed; look at it again.") % _named(done)
        )
    moved = [each.key for each in given if each.mark is not None and each.mark != found[each.key].mark]
    if moved:
        raise RuleBroken(
            _(
                "Somebody has judged %(sections)s while you had the page open. Nothing was changed; "
                "the page shows what stands now, so look at it again."
            )
            % _named(moved)
        )


def _named(keys: Iterable[Key]) -> dict[str, str]:
    return {"sections": listed([f"{source} → {target}" for source, target in keys])}


def _settled(
    case: Case, section: GroupPair, decision: Decision, why: str, by: Person | None, at: datetime
) -> bool:  # fmt: skip
    pair = section.pair
    shape = (len(pair.source.variants), {len(pair.target.variants)})
    if (len(decision.table), {len(row) for row in decision.table}) != shape:
        raise RuleBroken(_("One of the states has been withdrawn meanwhile. Open the section again."))
    cells = {
        (one.ref, other.ref): number
        for (one, stands), row in zip(pair.rows, decision.table, strict=True)
        for other, before, number in zip(pair.target.variants, stands, row, strict=True)
        if number != before
    }
    reason = decision.reason or (None if pair.reason else written(why, None))
    if pair.section is not None and not cells and reason in (None, pair.reason):
        return False
    source, target = decision.key
    judge(case=case, source=source, target=target, cells=cells, reason=reason, why=why, group=True, by=by, at=at)
    return True


def _keep(case: Case, key: Key, **values: object) -> None:
    GroupSection.objects.update_or_create(case=case, source=key[0], target=key[1], defaults=values)
