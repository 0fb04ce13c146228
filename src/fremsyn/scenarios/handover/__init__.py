"""The phase's public face: drivers, judgements, scenarios and their stories."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import cached_property

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.scenarios import models, schema
from fremsyn.scenarios.handover.judgements import Judgements
from fremsyn.scenarios.handover.matrix import from_stored, to_stored

TABLES: rows.Tables = {
    schema.Driver: models.Driver,
    schema.Variant: models.Variant,
    schema.Scenario: models.Scenario,
}
OF_THE_MATRIX: rows.Tables = {schema.Section: models.Section}


@dataclass(frozen=True)
class HandOver:
    """What the scenarios hand to the phases after them. `stories` are Markdown by path."""

    scenarios: schema.Scenarios
    cross_impact: schema.CrossImpact
    stories: Mapping[str, str]

    @cached_property
    def judgements(self) -> Judgements:
        """Return the matrix with its references."""
        return Judgements.of(self.scenarios, self.cross_impact)


@remembered
def load(case: Case) -> HandOver:
    """Return the scenarios of a case."""
    scenarios = rows.load(case, "scenarios", schema.Scenarios, TABLES)
    return HandOver(
        scenarios=scenarios,
        cross_impact=from_stored(rows.load(case, "cross_impact", schema.CrossImpact, OF_THE_MATRIX), scenarios.drivers),
        stories=dict(models.Story.objects.filter(case=case).order_by("path").values_list("path", "text")),
    )


def store(writer: rows.Writer, handover: HandOver) -> None:
    """Add the scenarios to what is being imported."""
    writer.add("scenarios", handover.scenarios, TABLES)
    writer.add("cross_impact", to_stored(handover.cross_impact, handover.scenarios.drivers), OF_THE_MATRIX)
    models.Story.objects.bulk_create(
        models.Story(case=writer.case, path=path, text=text) for path, text in handover.stories.items()
    )
