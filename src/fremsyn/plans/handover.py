"""The phase's public face: initiatives, budget and signposts."""

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.plans import models, schema
from fremsyn.plans.quarters import quarter_of, quarter_written
from fremsyn.plans.reading.series import all_readings, is_beyond
from fremsyn.plans.words import threshold

__all__ = ["TABLES", "all_readings", "is_beyond", "load", "quarter_of", "quarter_written", "store", "threshold"]

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
