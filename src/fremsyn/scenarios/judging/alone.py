"""Which sections are with people who judge them alone: until the group's judgement is settled nobody judges them directly."""

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.core.errors import RuleBroken
from fremsyn.scenarios.models import GroupSection, JudgeTask

Key = tuple[str, str]  # two drivers by reference: the one that acts, the one that is acted on


def judged_alone(case: Case) -> frozenset[Key]:
    """Return the sections that are handed out and not settled; read anew each time."""
    handed = JudgeTask.objects.filter(case=case, taken_back_at=None).values_list("source", "target")
    settled = GroupSection.objects.filter(case=case, settled_at__isnull=False).values_list("source", "target")
    return frozenset(handed.difference(settled).order_by())


def judges_of(case: Case, key: Key) -> tuple[JudgeTask, ...]:
    """Return the tasks of those who are asked to judge a section."""
    asked = JudgeTask.objects.filter(case=case, source=key[0], target=key[1], taken_back_at=None)
    return tuple(asked.select_related("person").order_by("pk"))


def refuse_if_judged_alone(case: Case, source: str, target: str) -> None:
    """Refuse to judge a section directly while it is with others.

    :raises RuleBroken: saying what there is to do
    """
    if (source, target) in judged_alone(case):
        raise RuleBroken(
            _(
                "This section is handed out to be judged alone. It is judged here again when the group's judgement is "
                "settled, or when it is taken back from everybody."
            )
        )
