"""What people do with scores: give their own, and settle the case's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.operations import change_thing
from fremsyn.cases.editing.stored import lock, stored
from fremsyn.cases.models import Case, Item
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.strategy.models import ScoreMark
from fremsyn.strategy.schema import Option, Score

LOWEST, HIGHEST = -2, 2


@dataclass(frozen=True)
class Mark:
    """What somebody gives an option in a scenario, both by reference: a score from -2 to 2, and why."""

    option: str
    scenario: str
    score: int
    reason: str


@transaction.atomic
def give_scores(*, case: Case, marks: Iterable[Mark], by: Person, at: datetime) -> int:
    """Keep a person's own scores; one that they gave before gives way. The case's scores stay as they are.

    Nothing that is remembered of the case holds people's own scores, so the case doesn't count as changed.

    :returns: how many scores are new or other than before
    :raises RuleBroken: for a score out of range or without a reason, or where option or scenario is gone; nothing is kept
    """
    refuse_unless_open(case, "strategy", "option")
    given = tuple(marks)
    items = _items(case, {ref for mark in given for ref in (mark.option, mark.scenario)})
    for mark in given:
        _refuse_unfit(mark.score, mark.reason)
    mine = {
        (row.option_id, row.scenario_id): row
        for row in ScoreMark.objects.filter(option__case=case, by=by).select_for_update()
    }
    kept = []
    for mark in given:
        option, scenario = items[mark.option], items[mark.scenario]
        before = mine.get((option.pk, scenario.pk))
        if before is None or (before.score, before.reason) != (mark.score, mark.reason):
            told = {"score": mark.score, "reason": mark.reason, "at": at}
            ScoreMark.objects.update_or_create(option=option, scenario=scenario, by=by, defaults=told)
            kept.append(f"{mark.option}:{mark.scenario}")
    if kept:
        record("strategy.scores_given", case=case, by=by, at=at, cells=sorted(kept))
    return len(kept)


def _refuse_unfit(score: int, reason: str) -> None:
    if not LOWEST <= score <= HIGHEST:
        raise RuleBroken(_("A score goes from −2 to +2."))
    if not reason.strip():
        raise RuleBroken(_("Say why: a score without a reason can't be talked about."))


def _items(case: Case, refs: set[str]) -> dict[str, Item]:
    found = {item.ref: item for item in Item.objects.filter(case=case, ref__in=refs, withdrawn_at=None)}
    gone = sorted(ref for ref in refs if ref not in found or found[ref].kind not in ("option", "scenario"))
    if gone:
        raise RuleBroken(
            _("%(refs)s has been withdrawn meanwhile, or isn't in this case. The rest you wrote is still here.")
            % {"refs": ", ".join(gone)}
        )
    return found


@transaction.atomic
def settle_scores(
    *,
    case: Case,
    scores: Mapping[str, Mapping[str, Score]],
    versions: Mapping[str, int],
    why: str = "",
    by: Person | None,
    at: datetime,
) -> tuple[str, ...]:
    """Settle what the case says that options do in scenarios; what people gave themselves stays beside it.

    Another number is a change of meaning, and marks what rests on the option; another reason alone is wording.

    :param scores: by option and scenario
    :param versions: of the options, as they were when this was written; one left out is not compared
    :returns: the options that changed
    :raises Conflict: when somebody else has changed an option's scores since
    :raises RuleBroken: when an option or scenario is gone or a score unfit; nothing is kept
    """
    lock(case)
    _items(case, {*scores, *(ref for given in scores.values() for ref in given)})
    settled = {}
    for ref, given in scores.items():
        for score in given.values():
            _refuse_unfit(score.score, str(score.reason))
        before: Option = stored(case, ref).thing
        changes = {to: score for to, score in given.items() if before.scores.get(to) != score}
        if changes:
            numbers = any(
                to not in before.scores or before.scores[to].score != score.score for to, score in changes.items()
            )
            change_thing(
                case=case, key=ref, version=versions.get(ref), values={"scores": {**before.scores, **changes}},
                meaning=numbers, why=why, by=by, at=at,
            )  # fmt: skip
            settled[ref] = sorted(changes)
    if settled:
        record("strategy.scores_settled", case=case, by=by, at=at, cells=settled)
    return tuple(settled)
