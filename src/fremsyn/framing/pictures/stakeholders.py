"""The stakeholder map, and how each category takes part."""

from collections import Counter
from collections.abc import Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Cell, Column, Figure, Finding, Row, Sign, Table
from fremsyn.figures.matrix import Side, heat, toned
from fremsyn.figures.points import Axis, Point, cells
from fremsyn.framing.handover import load
from fremsyn.framing.schema import Stakeholder, Stakeholders
from fremsyn.web.templatetags.say import listed, say_plain

GREAT = 4  # influence or interest from here on is great
NARROW = 680.0


def weighty(stakeholder: Stakeholder) -> bool:
    """Tell whether somebody has great influence and great interest."""
    return stakeholder.influence >= GREAT and stakeholder.interest >= GREAT


def low_rungs(sheet: Stakeholders) -> tuple[str, ...]:
    """Return the codes of the lower rungs of the ladder of involvement."""
    ladder = [rung.id for rung in sheet.involvement]
    return tuple(ladder[: len(ladder) // 2])


def stakeholder_map(visit: Visit, category: str = "") -> Figure:
    """Draw the stakeholders, or those of one category, by influence and interest."""
    sheet = load(visit.case).stakeholders
    shown = [each for each in sheet.stakeholders if category in ("", each.category)]
    key = f"stakeholders-{category}".lower() if category else "stakeholders"
    return _map(visit, sheet, shown, _map_finding(sheet, shown, key, category))


def among_its_own(visit: Visit, stakeholder: Stakeholder) -> Figure:
    """Draw one stakeholder among those of its category."""
    sheet = load(visit.case).stakeholders
    own = [each for each in sheet.stakeholders if each.category == stakeholder.category]
    category = next((say_plain(each.name) for each in sheet.categories if each.id == stakeholder.category), "")
    higher = sum((each.influence, each.interest) > (stakeholder.influence, stakeholder.interest) for each in own)
    if higher:
        title = ngettext(
            "%(higher)d of %(all)d in its category stands higher",
            "%(higher)d of %(all)d in its category stand higher",
            higher,
        )
    else:
        title = _("Nobody in its category stands higher")
    alt = _("%(category)s: influence %(influence)d and interest %(interest)d, among %(all)d.") % {
        "category": category, "influence": stakeholder.influence, "interest": stakeholder.interest, "all": len(own),
    }  # fmt: skip
    subtitle = _("%(category)s. Higher is greater influence, then greater interest") % {"category": category}
    finding = Finding("own-category", title % {"higher": higher, "all": len(own)}, alt, subtitle)
    return _map(visit, sheet, own, finding, strong=stakeholder.ref)


def _map(visit: Visit, sheet: Stakeholders, shown: Sequence[Stakeholder], finding: Finding, strong: str = "") -> Figure:
    ordered = sorted(shown, key=lambda each: (-each.influence, -each.interest))
    points = [
        Point(
            each.interest,
            each.influence,
            each.ref,
            say_plain(each.name),
            visit.entries[each.ref].url,
            "framing",
            open=each.unverified,
            strong=each.ref == strong,
        )
        for each in ordered
    ]
    ticks = tuple((float(value), str(value)) for value in range(1, 6))
    return cells(
        finding,
        points,
        Axis(_("Interest"), 0.5, 5.5, ticks),
        Axis(_("Influence"), 0.5, 5.5, ticks),
        table=_table(visit, sheet, ordered, strong),
        width=NARROW,
        legend=(Sign("●", _("rests on a checked source")), Sign("○", _("unverified"))),
    )


def _map_finding(sheet: Stakeholders, shown: Sequence[Stakeholder], key: str, category: str) -> Finding:
    heavy = [each for each in shown if weighty(each)]
    low = low_rungs(sheet)
    passive = sum(each.involvement in low for each in heavy)
    rungs = listed(_("“%(name)s”") % {"name": say_plain(rung.name)} for rung in sheet.involvement if rung.id in low)
    numbers = {"heavy": len(heavy), "all": len(shown), "passive": passive, "rungs": rungs}
    if not heavy:
        title = _("None of the %(all)d has both great influence and great interest") % numbers
    elif passive == len(heavy):
        title = ngettext(
            "%(heavy)d of %(all)d has great influence and great interest, and stands on the steps %(rungs)s",
            "%(heavy)d of %(all)d have great influence and great interest; all of them stand on the steps %(rungs)s",
            len(heavy),
        )
        title %= numbers
    elif passive:
        title = _(
            "%(heavy)d of %(all)d have great influence and great interest; %(passive)d of them stand on the steps %(rungs)s"
        )
        title %= numbers
    else:
        title = ngettext(
            "%(heavy)d of %(all)d has great influence and great interest, and takes part",
            "%(heavy)d of %(all)d have great influence and great interest; all of them take part",
            len(heavy),
        )
        title %= numbers
    name = next((say_plain(each.name) for each in sheet.categories if each.id == category), "")
    subtitle = _("Influence upwards, interest to the right, from 1 to 5; the number is the reference's")
    alt = _("A map of %(all)d stakeholders. %(heavy)d have influence and interest of 4 or 5.") % numbers
    return Finding(key, title, alt, f"{name}. {subtitle}" if name else subtitle)


def _table(visit: Visit, sheet: Stakeholders, shown: Sequence[Stakeholder], strong: str) -> Table:
    rungs = {each.id: say_plain(each.name) for each in sheet.involvement}
    heads = (
        Column(_("Stakeholder")),
        Column(_("Influence"), "end"),
        Column(_("Interest"), "end"),
        Column(_("Involvement")),
    )
    rows = tuple(
        Row(
            (
                Cell(_marked(each), ref=each.ref, phase="framing", href=visit.entries[each.ref].url),
                Cell(each.influence),
                Cell(each.interest),
                Cell(rungs.get(each.involvement, each.involvement)),
            ),
            marked=each.ref == strong,
        )
        for each in shown
    )
    return Table(_("Stakeholders by influence and interest"), heads, rows, sortable=True)


def _marked(stakeholder: Stakeholder) -> str:
    name = say_plain(stakeholder.name)
    return f"{name} ({_('unverified')})" if stakeholder.unverified else name


def stakeholder_ladder(visit: Visit) -> Figure:
    """Draw how many of each category stand at each rung of involvement."""
    sheet = load(visit.case).stakeholders
    held = Counter((each.category, each.involvement) for each in sheet.stakeholders)
    counts = [[held[category.id, rung.id] for rung in sheet.involvement] for category in sheet.categories]
    step = max(1.0, max((count for row in counts for count in row), default=0) / 3)
    page = reverse("framing:stakeholders", args=[visit.case.slug])
    rows = [
        Side(say_plain(each.name), href=f"{page}?category={each.id}", extra=(Cell(sum(row)),))
        for each, row in zip(sheet.categories, counts, strict=True)
    ]
    return heat(
        _ladder_finding(sheet, held),
        rows,
        [Side(say_plain(rung.name)) for rung in sheet.involvement],
        [[toned(count, step, text=str(count) if count else "–") for count in row] for row in counts],
        corner=_("Category"),
        extras=(_("In all"),),
    )


def _ladder_finding(sheet: Stakeholders, held: Mapping[tuple[str, str], int]) -> Finding:
    high = [rung.id for rung in sheet.involvement if rung.id not in low_rungs(sheet)]
    outside = [
        say_plain(category.name) for category in sheet.categories if not any(held[category.id, rung] for rung in high)
    ]
    taking = sum(each.involvement in high for each in sheet.stakeholders)
    first = next((say_plain(rung.name) for rung in sheet.involvement if rung.id in high), "")
    numbers = {
        "taking": taking, "all": len(sheet.stakeholders), "rung": first,
        "outside": len(outside), "categories": len(sheet.categories), "who": listed(outside),
    }  # fmt: skip
    title = _("%(taking)d of %(all)d stand on “%(rung)s” or higher") % numbers
    if outside:
        title = _(
            "%(taking)d of %(all)d stand on “%(rung)s” or higher, none of them in %(outside)d of %(categories)d categories"
        )
        title %= numbers
    return Finding(
        "involvement",
        title,
        _("A table of categories by rung of involvement. %(taking)d of %(all)d stand on the upper rungs.") % numbers,
        _("How many of each category stand on each rung, from informed to deciding"),
        _("Nobody on “%(rung)s” or higher so far from %(who)s.") % numbers if outside else "",
    )
