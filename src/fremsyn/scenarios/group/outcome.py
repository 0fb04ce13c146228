"""The outcome of the talk about a section, as it is written in its form."""

from django.utils import timezone
from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.scenarios.group.rules import MEDIAN, TALK, Rule, Table, combined
from fremsyn.scenarios.group.settling import Decision, settle_sections
from fremsyn.scenarios.group.state import GroupPair
from fremsyn.scenarios.judging.forms import SectionForm


def write_outcome(visit: Visit, section: GroupPair, form: SectionForm, mark: str) -> bool:
    """Settle a section as it was written, by the median where that is what was written; False where the form is wrong.

    :param mark: what was seen when it was written (`GroupPair.mark`)
    :raises RuleBroken: when something changed meanwhile
    """
    why = form.cleaned_data["reason"].strip()
    if not why:
        form.add_error("reason", _("Say why in a sentence; it is kept with the group's judgement."))
        return False
    table = table_of(section, form)
    settle_sections(
        case=visit.case,
        decisions=[Decision(section.key, table, form.said, mark)],
        rule=MEDIAN if table == combined(section.tables, Rule()) else TALK,
        why=why,
        by=visit.person,
        at=timezone.now(),
    )
    return True


def table_of(section: GroupPair, form: SectionForm) -> Table:
    """Return the judgements that were typed, a row for each state of the source."""
    cells, pair = form.cells, section.pair
    return tuple(
        tuple(cells[one.ref, other.ref] for other in pair.target.variants) for one in pair.source.variants
    )  # fmt: skip
