"""The phase's public face: the body, its meetings and the paper."""

from fremsyn.approval import models, schema
from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered

TABLES: rows.Tables = {
    schema.BoardPoint: models.BoardPoint,
}


@remembered
def load(case: Case) -> schema.Approval:
    """Return what the phase hands on."""
    return rows.load(case, "approval", schema.Approval, TABLES)


def store(writer: rows.Writer, handover: schema.Approval) -> None:
    """Add what the phase hands on to what is being imported."""
    writer.add("approval", handover, TABLES)
