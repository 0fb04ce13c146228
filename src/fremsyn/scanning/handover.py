"""The phase's public face: the sources and the scan of a case."""

from dataclasses import dataclass

from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.scanning import models, schema

TABLES: rows.Tables = {
    schema.Source: models.Source,
    schema.Signal: models.Signal,
    schema.Trend: models.Trend,
}


@dataclass(frozen=True)
class HandOver:
    """What scanning hands to the phases after it."""

    sources: schema.Sources
    scanning: schema.Scanning


@remembered
def load(case: Case) -> HandOver:
    """Return the scan of a case."""
    return HandOver(
        sources=rows.load(case, "sources", schema.Sources, TABLES),
        scanning=rows.load(case, "scanning", schema.Scanning, TABLES),
    )


def store(writer: rows.Writer, handover: HandOver) -> None:
    """Add the scan to what is being imported."""
    writer.add("sources", handover.sources, TABLES)
    writer.add("scanning", handover.scanning, TABLES)
