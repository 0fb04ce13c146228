"""The phase's public face: the body, its meetings and the paper."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from fremsyn.approval import models, schema
from fremsyn.cases import rows
from fremsyn.cases.models import Case, Item
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
    """Return the references of the points that are closed to somebody in the body: those they are disqualified on."""
    if role != Role.BOARD:
        return frozenset()
    declared = disqualified(case, person).exclude(point__item=None)
    found = list(declared.values_list("point__item__ref", "ruling"))
    body = load(case).body if found else None
    return frozenset(ref for ref, ruling in found if body and body.bars(ruling))


def disqualified(case: Case, person: Person) -> QuerySet[models.Disqualification]:
    """Return what was declared or noted of somebody, or of a seat that they hold, at the points of a case's meetings."""
    seats = models.Seat.objects.filter(case=case, person_id=person.pk).values("member")
    theirs = Q(person_id=person.pk) | Q(person=None, member__in=seats)
    return models.Disqualification.objects.filter(theirs, point__run__case=case)


def sent_before(item: Item) -> str:
    """Say which version the members hold of a paper in which something was changed since; empty where they hold none."""
    if item.kind != "board_point" and not (item.path or "").startswith("approval/paper"):
        return ""
    ahead = (models.MeetingState.NOTICED, models.MeetingState.OPEN)
    sent = models.Material.objects.filter(run__case=item.case_id, run__state__in=ahead).select_related("pack")
    last = sent.order_by("sent_at", "pk").last()
    if last is None:
        return ""
    return _("The members hold version %(n)d: what you changed reaches them when it is sent as late material.") % {
        "n": last.pack.version
    }


def remove_board(case: Case) -> None:
    """Take out how a case's meetings went, those who sat in them first. The log keeps that they were held."""
    of_point, of_run = {"point__run__case": case}, {"run__case": case}
    for table, chosen in (
        (models.Delegation, {"approved__case": case}),
        (models.Approved, {"case": case}),
        (models.Signature, {"minutes__run__case": case}),
        (models.MinuteComment, {"minutes__run__case": case}),
        (models.Minutes, of_run),
        (models.Ballot, {"voting__point__run__case": case}),
        (models.Voting, of_point),
        (models.Amendment, of_point),
        (models.Dissent, of_point),
        (models.Disqualification, of_point),
        (models.Presence, of_point),
        (models.PointRun, of_run),
        (models.Material, of_run),
        (models.MeetingRun, {"case": case}),
        (models.Seat, {"case": case}),
    ):
        table._default_manager.filter(**chosen).delete()
