"""Questions by phases: how much bears on each so far."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from fremsyn.cases.access import Visit
from fremsyn.figures.figure import Cell, Figure, Finding
from fremsyn.figures.matrix import Side, heat, toned
from fremsyn.framing.bearing import Bearing
from fremsyn.web.templatetags.say import listed, say_plain


def questions_by_area(visit: Visit, bearings: Mapping[str, Bearing]) -> Figure | None:
    """Draw how many things bear on each question under the focal one, phase by phase; None without questions."""
    if not bearings:
        return None
    rows = [_row(visit, ref, found) for ref, found in bearings.items()]
    areas = next(iter(bearings.values())).areas
    step = max(1.0, max(area.count for found in bearings.values() for area in found.areas) / 3)
    values = [
        [toned(area.count, step, text=str(area.count) if area.count else "–") for area in found.areas]
        for found in bearings.values()
    ]
    return heat(
        _finding(bearings),
        rows,
        [Side(area.name, phase=area.phase) for area in areas],
        values,
        corner=_("Question"),
        extras=(_("In all"),),
    )


def _row(visit: Visit, ref: str, found: Bearing) -> Side:
    entry = visit.entries[ref]
    return Side(say_plain(entry.title), ref, "framing", entry.url, extra=(Cell(found.count),))


def _finding(bearings: Mapping[str, Bearing]) -> Finding:
    counts = {ref: found.count for ref, found in bearings.items()}
    high, low = max(counts.values()), min(counts.values())
    most = listed(ref for ref, count in counts.items() if count == high)
    least = listed(ref for ref, count in counts.items() if count == low)
    title = _("%(most)s has most to go by (%(high)d things), %(least)s least (%(low)d)") % {
        "most": most, "least": least, "high": high, "low": low,
    }  # fmt: skip
    empty = sum(len(found.missing) for found in bearings.values())
    alt = _("A table of %(questions)d questions by phase. %(most)s has %(high)d things, %(least)s has %(low)d.") % {
        "questions": len(bearings), "most": most, "least": least, "high": high, "low": low,
    }  # fmt: skip
    note = _("A dash is a gap: nothing there serves the question yet. There are %(empty)d gaps before the board.") % {
        "empty": empty
    }
    return Finding(
        "questions", title, alt, _("How many things in each phase serve each question under the focal one"), note
    )
