"""Judging alone: a person's own judgement of a section is kept, given, changed and undone."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.free_text import refuse_unfit
from fremsyn.cases.models import Case
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.cases.shape import Text
from fremsyn.core.errors import RuleBroken
from fremsyn.core.text import LANGUAGES
from fremsyn.people.models import Person
from fremsyn.scenarios.handover.matrix import Row, stored_row
from fremsyn.scenarios.judging.history import NOTHING, Stand, way_back
from fremsyn.scenarios.judging.operations import Cells, of_row, refuse_unless_there, variants_of
from fremsyn.scenarios.models import GroupSection, JudgeTask, OwnJudgement
from fremsyn.scenarios.schema import Section

FURTHEST_BACK = 60


@dataclass(frozen=True)
class _Which:
    """A person's section, and what is about to be written in it."""

    case: Case
    task: JudgeTask
    by: Person
    at: datetime


@transaction.atomic
def keep_own(
    *, case: Case, source: str, target: str, cells: Cells, reason: Text | None = None, give: bool = False,
    by: Person, at: datetime,
) -> int:  # fmt: skip
    """Keep what a person judges; nobody else sees it before it is given.

    :param cells: −3 to 3 by the references of the two variants; the others stay as they are, at first 0
    :param reason: None leaves it as it is
    :param give: give it, so that it counts; it can be changed until the group's judgement is settled
    :returns: the version that stands now
    :raises RuleBroken: when the section isn't handed out to the person, is settled, lacks a reason, or can't be judged so
    """
    of = _which(case, source, target, by, at)
    refuse_unless_there(case, source, target, cells)
    before = {ref: tuple(row) for ref, row in of.task.rows.items()}
    rows = before | {
        ref: stored_row(of_row(cells, ref), before.get(ref, ())) for ref in variants_of(case, source)
    }  # fmt: skip
    said = _kept(of.task.reason) if reason is None else _plain(reason)
    _refuse_unfit(said)
    if not said and (give or of.task.given_at):
        raise RuleBroken(_("Say why in a sentence. A judgement without a reason can't be talked about."))
    return _written(of, rows, said, given=give or of.task.given_at is not None)


@transaction.atomic
def undo_own(*, case: Case, source: str, target: str, by: Person, at: datetime) -> int:
    """Go back to how a person's own judgement stood before its last change; again, and it goes back one more.

    :raises RuleBroken: when nothing has been changed, or it is given and had no reason then
    """
    of = _which(case, source, target, by, at)
    way = way_back(own_stands(of.task))
    if len(way) < 2:
        raise RuleBroken(_("There is nothing to undo here."))
    said = _plain(way[-2].reason) if way[-2].reason else {}
    if not said and of.task.given_at:
        raise RuleBroken(_("What came before has no reason, and yours is given. Change it here instead."))
    return _written(of, way[-2].rows, said, given=of.task.given_at is not None)


def own_stands(task: JudgeTask) -> tuple[Stand, ...]:
    """Return how a person's own judgement stood after each of its last changes, the first first."""
    newest = OwnJudgement.objects.filter(task=task).order_by("-number")[:FURTHEST_BACK]
    found = tuple(_stand(task, each) for each in reversed(newest))
    return (NOTHING, *found) if not found or found[0].number == 1 else found


def _stand(task: JudgeTask, version: OwnJudgement) -> Stand:
    rows = {ref: tuple(row) for ref, row in version.rows.items()}
    reason = Text(**version.reason) if version.reason else None
    blank = not reason and not any(number for row in rows.values() for number in row)
    section = None if blank else Section(source=task.source, target=task.target, reason=reason, rows=rows)
    return Stand(version.number, section, None, version.at)


def _which(case: Case, source: str, target: str, by: Person, at: datetime) -> _Which:
    lock(case)
    refuse_unless_open(case, "scenarios", "section")
    tasks = JudgeTask.objects.select_for_update()
    task = tasks.filter(case=case, source=source, target=target, person=by, taken_back_at=None).first()
    if task is None:
        raise RuleBroken(_("This section is no longer handed out to you. What you have judged is kept."))
    if GroupSection.objects.filter(case=case, source=source, target=target, settled_at__isnull=False).exists():
        raise RuleBroken(
            _(
                "The group's judgement of this section has been settled meanwhile. Yours stands as it was last saved. "
                "The facilitator can open the section again."
            )
        )
    return _Which(case, task, by, at)


def _written(of: _Which, rows: Mapping[str, Row], reason: dict[str, str], *, given: bool) -> int:
    task = of.task
    kept = {ref: list(row) for ref, row in rows.items()}
    if (kept, reason, given) == (task.rows, _kept(task.reason), task.given_at is not None):
        return task.version
    task.rows, task.reason, task.saved_at = kept, reason or None, of.at
    task.version += 1
    task.given_at = (task.given_at or of.at) if given else None
    task.save(update_fields=["rows", "reason", "saved_at", "version", "given_at"])
    said = {"rows": kept, "reason": reason or None, "given": given}
    OwnJudgement.objects.create(task=task, number=task.version, at=of.at, **said)
    told = {"section": f"{task.source}-{task.target}", "version": task.version, "given": given}
    record("scenarios.own_judgement_kept", case=of.case, by=of.by, at=of.at, **told)
    return task.version


def _plain(text: Text) -> dict[str, str]:
    return {code: words for code in LANGUAGES if (words := (getattr(text, code) or "").strip())}


def _kept(reason: Mapping[str, str | None] | None) -> dict[str, str]:
    return {code: words for code, words in (reason or {}).items() if words}


def _refuse_unfit(reason: Mapping[str, str]) -> None:
    for words in reason.values():
        try:
            refuse_unfit(words)
        except ValidationError as error:
            raise RuleBroken(" ".join(error.messages)) from error
