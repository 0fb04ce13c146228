"""The phase's public face: the frame and the stakeholders of a case."""

from dataclasses import dataclass

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.framing import models, schema

TABLES: rows.Tables = {
    schema.Question: models.Question,
    schema.SuccessCriterion: models.SuccessCriterion,
    schema.Assumption: models.Assumption,
    schema.BaselineRole: models.BaselineRole,
    schema.Stakeholder: models.Stakeholder,
}


@dataclass(frozen=True)
class HandOver:
    """What framing hands to the phases after it."""

    framing: schema.Framing
    stakeholders: schema.Stakeholders


@remembered
def load(case: Case) -> HandOver:
    """Return the frame of a case."""
    return HandOver(
        framing=rows.load(case, "framing", schema.Framing, TABLES),
        stakeholders=rows.load(case, "stakeholders", schema.Stakeholders, TABLES),
    )


def store(writer: rows.Writer, handover: HandOver) -> None:
    """Add the frame to what is being imported."""
    writer.add("framing", handover.framing, TABLES)
    writer.add("stakeholders", handover.stakeholders, TABLES)
