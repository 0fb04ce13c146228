"""The phase's public face: initiatives, budget and signposts."""

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.plans import models, schema

TABLES: rows.Tables = {
    schema.Initiative: models.Initiative,
    schema.Milestone: models.Milestone,
    schema.Signpost: models.Signpost,
}


@remembered
def load(case: Case) -> schema.Plans:
    """Return what the phase hands on."""
    return rows.load(case, "plans", schema.Plans, TABLES)


def store(writer: rows.Writer, handover: schema.Plans) -> None:
    """Add what the phase hands on to what is being imported."""
    writer.add("plans", handover, TABLES)
