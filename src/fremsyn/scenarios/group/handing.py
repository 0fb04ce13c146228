"""Handing sections out, and taking them back; what somebody has judged stays whatever is done here."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from fremsyn.audit.operations import record
from fremsyn.cases.editing.stored import lock
from fremsyn.cases.models import Case
from fremsyn.cases.phases import refuse_unless_open
from fremsyn.core.errors import RuleBroken
from fremsyn.people.models import Person
from fremsyn.scenarios.group.state import Group, Key, group_of
from fremsyn.scenarios.models import JudgeTask


@dataclass(frozen=True)
class HandedOut:
    """How many sections were handed out, one for each person; `settled` were left out because they are settled."""

    new: int
    settled: int


@dataclass(frozen=True)
class TakenBack:
    """How many were taken back, and of how many a judgement was given, which is kept and doesn't count meanwhile."""

    gone: int
    given: int


@transaction.atomic
def hand_out(
    *, case: Case, people: Iterable[UUID], sections: Iterable[Key], by: Person | None, at: datetime
) -> HandedOut:
    """Ask people to judge sections, each alone. Who is asked already stays so; what was taken back comes back as it was.

    :raises RuleBroken: when the phase is closed, nobody or nothing is chosen, somebody can't judge in the case, or a
        driver is gone; nothing is handed out
    """
    lock(case)
    refuse_unless_open(case, "scenarios", "section")
    found = group_of(case)
    who, what = _chosen(found, people, sections)
    _refuse_unless_here(found, who)
    free = [key for key in what if key not in found.sections or not found.sections[key].settled]
    before = {
        (task.person_id, task.source, task.target): task
        for task in JudgeTask.objects.filter(case=case, person__in=who).select_for_update()
    }
    new = [(person, *key) for person in who for key in free if (person, *key) not in before]
    back = [
        task
        for person in who
        for key in free
        if (task := before.get((person, *key))) is not None and task.taken_back_at is not None
    ]
    JudgeTask.objects.bulk_create(
        JudgeTask(case=case, person_id=person, source=source, target=target, asked_by=by, asked_at=at)
        for person, source, target in new
    )
    JudgeTask.objects.filter(pk__in=[task.pk for task in back]).update(taken_back_at=None)
    said = {"people": [str(each) for each in who], "sections": [f"{one}-{other}" for one, other in free]}
    if new or back:
        record("scenarios.sections_handed_out", case=case, by=by, at=at, **said)
    return HandedOut(len(new) + len(back), len(what) - len(free))


@transaction.atomic
def take_back(
    *, case: Case, people: Iterable[UUID], sections: Iterable[Key], by: Person | None, at: datetime
) -> TakenBack:
    """Ask people no longer. A judgement that was given is kept; it counts again when the section is handed out anew.

    :raises RuleBroken: when the phase is closed, nobody or nothing is chosen, or a driver is gone
    """
    lock(case)
    refuse_unless_open(case, "scenarios", "section")
    who, what = _chosen(group_of(case), people, sections)
    tasks = JudgeTask.objects.filter(case=case, person__in=who, taken_back_at=None).select_for_update()
    gone = [task for task in tasks if (task.source, task.target) in set(what)]
    JudgeTask.objects.filter(pk__in=[task.pk for task in gone]).update(taken_back_at=at)
    if gone:
        said = sorted({f"{task.source}-{task.target}" for task in gone})
        people_gone = sorted({str(task.person_id) for task in gone})
        record("scenarios.sections_taken_back", case=case, by=by, at=at, people=people_gone, sections=said)
    return TakenBack(len(gone), sum(task.given_at is not None for task in gone))


def _chosen(found: Group, people: Iterable[UUID], sections: Iterable[Key]) -> tuple[list[UUID], list[Key]]:
    who, what = list(dict.fromkeys(people)), list(dict.fromkeys(sections))
    if not who:
        raise RuleBroken(_("Choose at least one person."))
    if not what:
        raise RuleBroken(_("Choose at least one driver or section."))
    if not set(what) <= set(found.board.pairs):
        raise RuleBroken(_("One of the two drivers has been withdrawn meanwhile. Choose another section."))
    return who, what


def _refuse_unless_here(found: Group, who: list[UUID]) -> None:
    if not set(who) <= {each.person_id for each in found.judges}:
        raise RuleBroken(
            _("One of those you chose can't judge in this case any more. Load the page again and choose anew.")
        )
