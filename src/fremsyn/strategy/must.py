"""What must hold of the phase's things, beyond their values: pairs of a field and what is wrong with it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from fremsyn.cases.models import Case
from fremsyn.strategy.schema import Exclusion, Option, Strategy

Wrong = Iterator[tuple[str, str]]


def option(case: Case, thing: Option) -> Wrong:
    """Say what is wrong with an option."""
    if thing.cost_mdkk.high < thing.cost_mdkk.low:
        yield "cost_mdkk-high", _("The high end is below the low end. Swap the two, or correct one.")
    if thing.period.ends < thing.period.begins:
        yield "period-to", _("It ends before it begins. Swap the two years, or correct one.")
    both = sorted(set(thing.requires) & set(thing.excludes))
    if both:
        yield (
            "excludes",
            _("%(refs)s can't be both required and excluded. Take it out of one of the two.")
            % {"refs": ", ".join(both)},
        )


def exclusion(case: Case, thing: Exclusion) -> Wrong:
    """Say what is wrong with the reason for an exclusion."""
    if len(set(thing.pair)) != 2:
        yield "pair", _("Name exactly two options.")


def strategy(case: Case, thing: Strategy) -> Wrong:
    """Say what is wrong with the phase's own words and rules."""
    ids = [each.id for each in thing.criteria]
    twice = sorted({each for each in ids if ids.count(each) > 1})
    if twice:
        yield "criteria", _("The short name %(id)s stands twice. Give each criterion its own.") % {"id": twice[0]}
