"""The judgements at a glance: which driver acts on which, and how strongly."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.cases.shape import Text
from fremsyn.figures.figure import Cell, Figure, Finding, Span
from fremsyn.figures.matrix import Side, grid, heat, toned
from fremsyn.scenarios.queries import Ground
from fremsyn.scenarios.words import said


def overview(visit: Visit, base: Ground) -> Figure | None:
    """Show for each pair of drivers the largest judgement of its section, whatever its sign; nothing without drivers."""
    if not base.drivers:
        return None
    acts = {each.ref: sum(each is s.source for s in base.sections) for each in base.drivers}
    is_moved = {each.ref: sum(each is s.target for s in base.sections) for each in base.drivers}
    mover, moved = max(base.drivers, key=lambda d: acts[d.ref]), max(base.drivers, key=lambda d: is_moved[d.ref])
    told = {"mover": said(mover.name), "acts": acts[mover.ref], "moved": said(moved.name), "by": is_moved[moved.ref]}
    finding = Finding(
        key="overview",
        title=_("%(mover)s moves most (%(acts)d drivers), %(moved)s is moved by most (%(by)d)") % told
        if base.sections
        else _("Nobody has judged yet which driver acts on which"),
        subtitle=_("Row acts on column. The number is the section's largest judgement, whatever its sign"),
        alt=ngettext(
            "%(n)d judged section between %(drivers)d drivers, by the size of its largest judgement.",
            "%(n)d judged sections between %(drivers)d drivers, by the size of their largest judgement.",
            len(base.sections),
        )
        % {"n": len(base.sections), "drivers": len(base.drivers)},
    )
    page = reverse("scenarios:matrix", args=[visit.case.slug])
    rows = [
        Side(
            said(each.name),
            ref=each.ref,
            phase="scenarios",
            href=f"{page}#from-{each.ref}",
            extra=(Cell(acts[each.ref]), Cell(is_moved[each.ref])),
        )
        for each in base.drivers
    ]
    columns = [
        Side(each.ref, ref=each.ref, phase="scenarios", href=visit.entries[each.ref].url) for each in base.drivers
    ]
    values = [[_size(base, page, one.ref, other.ref) for other in base.drivers] for one in base.drivers]
    return heat(finding, rows, columns, values, corner=_("Driver"), extras=(_("Moves"), _("Is moved by")))


def _size(base: Ground, page: str, source: str, target: str) -> Cell:
    section = base.section.get((source, target))
    if section is None:
        return Cell() if source == target else Cell(0, text="·", tone=0)
    tone = min(3, round(section.strength))
    return Cell(section.strength, tone=tone, href=f"{page}#{section.anchor}", title=said(section.reason or Text()))


def whole_matrix(visit: Visit, base: Ground) -> Figure | None:
    """Return every judgement between states as one grid, for a file; nothing without states."""
    if not base.handover.judgements.begun:
        return None
    states = [(driver, variant) for driver in base.drivers for variant in driver.variants]
    finding = Finding(
        key="matrix",
        title=_("All cross-impact judgements"),
        subtitle=_("Row acts on column"),
        alt=_("The judgements between all states, from −3 strongly restricting to +3 strongly promoting."),
    )
    sides = [Side(said(variant.name), ref=variant.ref, phase="scenarios") for _driver, variant in states]
    table = base.handover.judgements.matrix.judgements.tolist()
    values = [[toned(value) for value in row] for row in table]
    spans = [Span(each.ref, len(each.variants)) for each in base.drivers]
    heads = [Side(variant.ref, ref=variant.ref, phase="scenarios") for _driver, variant in states]
    return grid(finding, sides, heads, values, spans=spans)
