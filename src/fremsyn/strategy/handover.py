"""The phase's public face: roles, options, possible strategies and the choice."""

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.strategy import models, schema

TABLES: rows.Tables = {
    schema.Role: models.Role,
    schema.Option: models.Option,
    schema.PossibleStrategy: models.PossibleStrategy,
}


@remembered
def load(case: Case) -> schema.Strategy:
    """Return what the phase hands on."""
    return rows.load(case, "strategy", schema.Strategy, TABLES)


def store(writer: rows.Writer, handover: schema.Strategy) -> None:
    """Add what the phase hands on to what is being imported."""
    writer.add("strategy", handover, TABLES)
