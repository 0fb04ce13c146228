"""The phase's public face: values, the desirable scenario and the agendas."""

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.direction import models, schema

TABLES: rows.Tables = {
    schema.DesirableScenario: models.DesirableScenario,
    schema.Agenda: models.Agenda,
}


@remembered
def load(case: Case) -> schema.Direction:
    """Return what the phase hands on."""
    return rows.load(case, "direction", schema.Direction, TABLES)


def store(writer: rows.Writer, handover: schema.Direction) -> None:
    """Add what the phase hands on to what is being imported."""
    writer.add("direction", handover, TABLES)
