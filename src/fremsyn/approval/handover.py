"""The phase's public face: the body, its meetings and the paper."""

from fremsyn.approval import models, schema
from fremsyn.cases import rows
from fremsyn.cases.models import Case
from fremsyn.cases.remembered import remembered
from fremsyn.people.models import Person
from fremsyn.people.roles import Role

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


def closed_to(case: Case, person: Person, role: str) -> frozenset[str]:
    """Return the references of the points that are closed to a member of the body: those they are disqualified on."""
    if role != Role.BOARD:
        return frozenset()
    seats = models.Seat.objects.filter(case=case, person_id=person.pk).values("member")
    declared = models.Disqualification.objects.filter(point__run__case=case, member__in=seats).exclude(point__item=None)
    found = list(declared.values_list("point__item__ref", "ruling"))
    body = load(case).body if found else None
    return frozenset(ref for ref, ruling in found if body and body.bars(ruling))
